//! What buyers are written: one letter for each thing that they must know, in the transaction of it.

use domain::orders::{CancelOrder, ShipOrder};
use domain::payments::PaymentMethod;
use services::orders;
use sqlx::MySqlPool;

use crate::shop::TestShop;

impl TestShop {
    /// The kinds of letters in the outbox, oldest first.
    async fn letters(&self) -> Vec<String> {
        let rows: Vec<(String,)> = sqlx::query_as("select kind from mail_outbox order by id")
            .fetch_all(&services::testing::database(self))
            .await
            .unwrap();
        rows.into_iter().map(|row| row.0).collect()
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn each_step_that_concerns_the_buyer_leaves_one_letter(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let paid = shop.paid_order(shirt, 1).await;
    let ship = ShipOrder::all(shop.id(&paid).await, "");
    orders::ship(&shop, &shop.owner, ship.clone()).await.unwrap();
    assert_eq!(shop.letters().await, ["payment_arrived", "order_shipped"]);

    orders::ship(&shop, &shop.owner, ship).await.unwrap_err();
    assert_eq!(shop.letters().await.len(), 2, "a refused step writes nothing");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_cancelled_order_tells_of_the_money_only_when_there_is_some(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let unpaid = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let paid = shop.paid_order(shirt, 1).await;
    for placed in [&unpaid, &paid] {
        let cancel = CancelOrder { order_id: shop.id(placed).await, reason: "out of cloth".to_owned() };
        orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    }
    let letters = shop.letters().await;
    assert_eq!(letters, ["payment_arrived", "order_cancelled", "order_cancelled", "refund_requested"]);
}
