//! Stock: what comes in, and what the list says.

use domain::catalog::{CreateProduct, VariantId};
use domain::inventory::stock_takes::{
    AbandonStockTake, ApplyStockTake, CountInStockTake, GetStockTake, StartStockTake, StockTakeStatus,
};
use domain::inventory::{
    CorrectStock, CountStock, ListMovements, ListStock, MovementReason, ReceiveStock, SetStockLimits, StockFilter,
};
use domain::locale::{Locale, Translated};
use domain::message::Message;
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use domain::problem::Problem;
use domain::staff::Staff;
use services::inventory::stock_takes;
use services::{Error, Shop, carts, catalog, checkout, inventory};
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use crate::shop::{TestShop, product, request};

#[sqlx::test(migrator = "crate::template::SCHEMA")]
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

#[sqlx::test(migrator = "crate::template::SCHEMA")]
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

/// Checklist 33.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
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

/// Pitfall M18. Edge case 3.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_list_is_in_the_order_of_the_names_in_the_readers_language(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for (sku, id, en) in [("A", "Éclair", "window"), ("B", "dompet", "Zebra"), ("C", "Fajar", "apron")] {
        let name = Translated { id: id.to_owned(), en: en.to_owned() };
        catalog::create(&shop, &shop.owner, CreateProduct { name, ..product(sku, 100) }, None).await.unwrap();
    }
    let order = async |locale| {
        let reader = Staff { locale, ..shop.owner.clone() };
        let request = ListStock { search: None, filter: StockFilter::All, page: PageNumber::FIRST };
        let page = inventory::page(&shop, &reader, request).await.unwrap();
        page.rows.into_iter().map(|row| row.sku).collect::<String>()
    };

    assert_eq!(order(Locale::Indonesian).await, "BAC", "dompet, Éclair, Fajar");
    assert_eq!(order(Locale::English).await, "CAB", "apron, window, Zebra");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
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

/// Checklist 99. Edge case 9. Pitfall M10.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn corrections_are_differences_and_lose_no_sale(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 40).await;

    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        let (shop, owner) = (Shop::clone(&shop), shop.owner.clone());
        tasks.spawn(async move {
            let request = CorrectStock { variant_id: shirt, delta: -1, note: "torn".to_owned() };
            inventory::correct(&shop, &owner, request).await.is_ok()
        });
    }
    for _ in 0..10 {
        let (key, shop) = (shop.cart(shirt, 1).await, Shop::clone(&shop));
        let order = request(PaymentMethod::CashOnDelivery);
        tasks.spawn(async move { checkout::place(&shop, &key, "once", order).await.is_ok() });
    }

    assert!(tasks.join_all().await.into_iter().all(|went_well| went_well));
    assert_eq!(shop.stock(shirt).await, (10, 0));
    shop.assert_stock_adds_up().await;
}

/// Edge case 9.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn promised_units_are_not_corrected_away(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    shop.order(shirt, 3, PaymentMethod::Demo).await.unwrap();

    let correct = |delta| {
        let request = CorrectStock { variant_id: shirt, delta, note: "lost".to_owned() };
        inventory::correct(&shop, &shop.owner, request)
    };

    let refused = correct(-3).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::UnitsArePromised { reserved: 3, .. })), "{refused:?}");
    assert_eq!(correct(-2).await.unwrap().stock.available(), 0);
    for delta in [0, 1_000_001, i32::MIN] {
        assert!(matches!(correct(delta).await.unwrap_err(), Error::Invalid(_)), "{delta}");
    }
    shop.assert_stock_adds_up().await;
}

/// Edge case 9.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_count_that_a_sale_overtook_is_refused(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let count = |counted, seen_on_hand| {
        let request = CountStock { variant_id: shirt, counted, seen_on_hand, note: String::new() };
        inventory::count(&shop, &shop.owner, request)
    };

    let refused = count(5, 5).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::StockHasChanged { on_hand: 4 })), "{refused:?}");
    assert_eq!(count(3, 4).await.unwrap().stock.on_hand, 3);

    let request = ListMovements { variant_id: shirt, page: PageNumber::FIRST };
    let ledger = inventory::movements(&shop, &shop.owner, request).await.unwrap();
    let seen: Vec<_> = ledger.movements.iter().map(|line| (line.reason, line.delta, line.on_hand)).collect();
    assert_eq!(
        seen,
        [(MovementReason::Counted, -1, 3), (MovementReason::Sold, -1, 4), (MovementReason::Received, 5, 5)]
    );
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn one_order_has_no_fewer_and_no_more_units_than_the_limits_say(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    let limits = |min_quantity, max_quantity| {
        let request = SetStockLimits { variant_id: shirt, low_stock_limit: 9, min_quantity, max_quantity };
        inventory::set_limits(&shop, &shop.owner, request)
    };
    let waiting = shop.cart(shirt, 2).await;
    assert_eq!(limits(3, 6).await.unwrap().stock.low_stock_limit, 9);

    for (quantity, fits) in [(2, false), (3, true), (6, true), (7, false)] {
        let key = carts::create(&shop).await.unwrap();
        let answer = carts::set_line(&shop, &key, shirt, quantity).await;
        assert_eq!(answer.is_ok(), fits, "{quantity}: {answer:?}");
    }
    // What was put into a cart before is looked at again at the till.
    let refused = checkout::open(&shop, &waiting).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::QuantityOutOfLimits)), "{refused:?}");
    for (min, max) in [(0, 5), (6, 5), (1, 1_001)] {
        assert!(matches!(limits(min, max).await.unwrap_err(), Error::Invalid(_)), "{min} to {max}");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_stock_take_applies_its_differences_once_and_keeps_later_sales(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 10).await;
    let hat = shop.variant("HAT", 50_000, 4).await;
    // Sold, but still on the shelf.
    shop.order(shirt, 2, PaymentMethod::CashOnDelivery).await.unwrap();
    let take = stock_takes::start(&shop, &shop.owner, StartStockTake { name: "November".to_owned() }).await.unwrap();
    let id = take.row.id;
    let count = |sku: &str, counted| {
        let request = CountInStockTake { stock_take_id: id, sku: sku.to_owned(), counted };
        stock_takes::count(&shop, &shop.owner, request)
    };

    count("SHIRT", 3).await.unwrap();
    count("HAT", 5).await.unwrap();
    let counted = count("SHIRT", 9).await.unwrap();
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let seen: Vec<_> = counted.lines.iter().map(|line| (line.sku.as_str(), line.expected, line.delta())).collect();
    assert_eq!(seen.len(), 2);
    assert!(seen.contains(&("SHIRT", 10, -1)) && seen.contains(&("HAT", 4, 1)), "{seen:?}");
    assert_eq!(counted.value.get(), 50_000 - 150_000);

    let apply = |version| {
        let (shop, owner) = (Shop::clone(&shop), shop.owner.clone());
        async move { stock_takes::apply(&shop, &owner, ApplyStockTake { stock_take_id: id, version }).await }
    };
    let refused = apply(counted.row.version - 1).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::StockTakeHasChanged)), "{refused:?}");
    let mut tries = JoinSet::new();
    for _ in 0..8 {
        tries.spawn(apply(counted.row.version));
    }
    let applied = tries.join_all().await.into_iter().filter(Result::is_ok).count();

    assert_eq!(applied, 1);
    assert_eq!((shop.stock(shirt).await, shop.stock(hat).await), ((6, 0), (5, 0)));
    assert!(matches!(count("HAT", 1).await.unwrap_err(), Error::Refused(Message::StockTakeIsClosed)));
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_stock_take_that_would_break_a_promise_changes_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let hat = shop.variant("HAT", 50_000, 4).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    shop.order(shirt, 4, PaymentMethod::Demo).await.unwrap();
    let take = stock_takes::start(&shop, &shop.owner, StartStockTake { name: "Rak B".to_owned() }).await.unwrap();
    let id = take.row.id;
    for (sku, counted) in [("HAT", 9), ("SHIRT", 3)] {
        let request = CountInStockTake { stock_take_id: id, sku: sku.to_owned(), counted };
        stock_takes::count(&shop, &shop.owner, request).await.unwrap();
    }
    let shown = stock_takes::show(&shop, &shop.owner, GetStockTake { stock_take_id: id }).await.unwrap();
    assert!(shown.lines.iter().any(|line| line.sku == "SHIRT" && line.breaks_promises()));

    let request = ApplyStockTake { stock_take_id: id, version: shown.row.version };
    let refused = stock_takes::apply(&shop, &shop.owner, request).await.unwrap_err();

    assert!(matches!(refused, Error::Refused(Message::UnitsArePromised { .. })), "{refused:?}");
    assert_eq!((shop.stock(hat).await, shop.stock(shirt).await), ((4, 0), (5, 4)));
    let gone = stock_takes::abandon(&shop, &shop.owner, AbandonStockTake { stock_take_id: id }).await.unwrap();
    assert_eq!(gone.row.status, StockTakeStatus::Abandoned);
    shop.assert_stock_adds_up().await;
}

/// What no shelf holds and no note says is refused at its field, and leaves nothing.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn absurd_numbers_and_notes_are_refused_at_their_fields(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let field = |refused: Error| Problem::from(&refused).fields[0].field.clone();
    let long = "x".repeat(2_000);
    let receive = |quantity: u32, note: &str| {
        let request = ReceiveStock { variant_id: shirt, quantity, note: note.to_owned() };
        inventory::receive(&shop, &shop.owner, request)
    };
    assert_eq!(field(receive(1, &long).await.unwrap_err()), "note");
    let count = CountStock { variant_id: shirt, seen_on_hand: 5, counted: 6, note: long.clone() };
    assert_eq!(field(inventory::count(&shop, &shop.owner, count).await.unwrap_err()), "note");

    let almost = "update stock set on_hand = 999999999 where variant_id = ?";
    sqlx::query(almost).bind(shirt.get()).execute(&services::testing::database(&shop)).await.unwrap();
    assert_eq!(field(receive(2, "").await.unwrap_err()), "quantity");
    let correct = CorrectStock { variant_id: shirt, delta: 2, note: "ketemu".to_owned() };
    assert_eq!(field(inventory::correct(&shop, &shop.owner, correct).await.unwrap_err()), "delta");
    receive(1, "").await.unwrap();
    assert_eq!(shop.count("select cast(max(on_hand) as signed) from stock").await, 1_000_000_000);
}
