//! Stock: what comes in, and what the list says.

use domain::catalog::VariantId;
use domain::inventory::{ListStock, ReceiveStock, StockFilter};
use domain::message::Message;
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use services::{Error, inventory};
use sqlx::MySqlPool;

use crate::shop::TestShop;

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn received_units_can_be_bought_and_are_in_the_ledger(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 0).await;

    let request = ReceiveStock { variant_id: shirt, quantity: 7, note: "from the tailor".to_owned() };
    let row = inventory::receive(&shop, &shop.owner, request).await.unwrap();

    assert_eq!((row.stock.on_hand, row.stock.available()), (7, 7));
    assert_eq!(shop.count("select count(*) from stock_movements where note = 'from the tailor'").await, 1);
    assert_eq!(shop.count("select count(*) from audit where action = 'receive_stock'").await, 1);
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn nothing_and_too_much_cannot_come_in(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 0).await;
    for quantity in [0, 1_000_001, u32::MAX] {
        let request = ReceiveStock { variant_id: shirt, quantity, note: String::new() };
        let refused = inventory::receive(&shop, &shop.owner, request).await.unwrap_err();
        assert!(matches!(refused, Error::Invalid(_)), "{quantity}: {refused:?}");
    }
    let request = ReceiveStock { variant_id: VariantId::new(999), quantity: 1, note: String::new() };
    let refused = inventory::receive(&shop, &shop.owner, request).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound(Message::NoSuchVariant)));
    assert_eq!(shop.stock(shirt).await, (0, 0));
}

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn the_list_tells_low_from_out(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("FULL", 100, 50).await;
    let low = shop.variant("LOW", 100, 4).await;
    shop.variant("OUT", 100, 0).await;
    shop.order(low, 2, PaymentMethod::Demo).await.unwrap();
    let skus = async |filter, search: &str| -> Vec<String> {
        let request = ListStock { search: Some(search.to_owned()), filter, page: PageNumber::FIRST };
        let page = inventory::page(&shop, &shop.owner, request).await.unwrap();
        assert_eq!(usize::try_from(page.position.total).unwrap(), page.rows.len());
        page.rows.into_iter().map(|row| row.sku).collect()
    };

    assert_eq!(skus(StockFilter::All, "").await, ["FULL", "LOW", "OUT"]);
    assert_eq!(skus(StockFilter::Low, "").await, ["OUT", "LOW"], "the emptiest first");
    assert_eq!(skus(StockFilter::Out, "").await, ["OUT"]);
    assert_eq!(skus(StockFilter::All, "ful").await, ["FULL"]);
}

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn the_database_itself_refuses_a_broken_counter(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 3).await;
    for broken in ["reserved = -1", "reserved = 4", "on_hand = -1"] {
        let sql = format!("update stock set {broken} where variant_id = {}", shirt.get());
        let done = sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&services::testing::database(&shop)).await;
        assert!(done.is_err(), "{broken}");
    }
    assert_eq!(shop.stock(shirt).await, (3, 0));
}
