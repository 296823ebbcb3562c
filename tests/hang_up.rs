//! Clients that go away in the middle: whatever they began is whole or never was, and nobody else is in their transaction.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use domain::payments::PaymentMethod;
use reqwest::Method;
use serde_json::Value;
use services::testing::database;
use services::{Shop, carts, checkout};
use sqlx::{Connection, MySqlConnection, MySqlPool};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::served::{Answer, Served};
use crate::shop::{TestShop, request};
use crate::waiting::{until, until_blocked};

/// Looks at a future so often, a moment apart, and drops it then. True when it was done before.
async fn give_up_after(looks: u32, future: impl Future) -> bool {
    let mut future = pin!(future);
    for _ in 0..looks {
        if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    false
}

/// Everything that is written over any connection of the pool is seen by others at once: none is in a transaction.
async fn no_connection_is_in_a_transaction(shop: &Shop, after: &str) {
    let pool = database(shop);
    let mut outsider = MySqlConnection::connect_with(&pool.connect_options()).await.unwrap();
    let mut all = Vec::new();
    for number in 0..pool.size() {
        let mut conn = pool.acquire().await.unwrap();
        let name = format!("{after} {number}");
        sqlx::query("insert into secrets (name, content) values (?, '')")
            .bind(&name)
            .execute(&mut *conn)
            .await
            .unwrap();
        let seen: Option<i64> = sqlx::query_scalar("select 1 from secrets where name = ?")
            .bind(&name)
            .fetch_optional(&mut outsider)
            .await
            .unwrap();
        assert!(seen.is_some(), "a connection was given back in the middle of a transaction ({after})");
        all.push(conn);
    }
    outsider.close().await.unwrap();
}

/// A transaction whose beginning nobody waits for is nobody's: the pool ends it before anybody else gets its connection.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_transaction_that_is_given_up_while_it_begins_is_ended(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let pool = database(&shop);
    let mut was_given_up = 0;
    for looks in 1..=6 {
        for _ in 0..3 {
            was_given_up += u32::from(!give_up_after(looks, pool.begin()).await);
        }
        no_connection_is_in_a_transaction(&shop, &format!("begin {looks}")).await;
    }
    assert!(was_given_up > 0, "some were given up on the way");
}

/// A statement that is given up while it is prepared leaves answers on the line that are nobody's: its connection is
/// closed, and its place in the pool is free again.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_statement_that_is_given_up_while_it_is_prepared_costs_no_connection(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let pool = database(&shop);
    for round in 0..60 {
        let unknown = sqlx::AssertSqlSafe(format!("select ? as a{round}, ? as b{round}"));
        give_up_after(1 + round % 3, sqlx::query(unknown).bind(1).bind(2).fetch_one(&pool)).await;
    }

    until(async || usize::try_from(pool.size()).unwrap() == pool.num_idle()).await;
    for number in 0..40 {
        let sum: i64 = sqlx::query_scalar("select cast(? + ? as signed)")
            .bind(number)
            .bind(number)
            .fetch_one(&pool)
            .await
            .unwrap();
        assert_eq!(sum, 2 * number, "nobody reads somebody else's answer");
        carts::create(&shop).await.unwrap();
    }
    no_connection_is_in_a_transaction(&shop, "prepare").await;
}

/// The same for a whole call, wherever it is: it happened or it did not, and the next one finds a clean connection.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_call_that_is_given_up_anywhere_is_whole_or_undone(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 500).await;
    let mut done = 0;
    for looks in 1..=40 {
        let key = shop.cart(shirt, 1).await;
        checkout::open(&shop, &key).await.unwrap();
        let order = request(PaymentMethod::CashOnDelivery);
        done += u32::from(give_up_after(looks, checkout::place(&shop, key.as_str(), "k", order.clone())).await);
        if looks % 8 == 0 {
            no_connection_is_in_a_transaction(&shop, &format!("place {looks}")).await;
        }

        checkout::place(&shop, key.as_str(), "k", order).await.unwrap();
        assert!(carts::show(&shop, &key).await.unwrap().is_empty());
        let sold = i64::from(looks);
        assert_eq!(shop.stock(shirt).await, (500 - sold, 0), "after {looks} looks");
    }
    assert!(done < 40, "some were given up on the way");
    assert_eq!(shop.count("select count(*) from orders").await, 40);
    shop.assert_stock_adds_up().await;
}

/// What a client sends to place its cart's order.
fn raw_order(cart: &str) -> String {
    let body = serde_json::to_string(&request(PaymentMethod::CashOnDelivery)).unwrap();
    format!(
        "POST /api/v1/carts/{cart}/checkout HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n\
         idempotency-key: k\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn call(shop: &Served, cart: &str) -> TcpStream {
    let address = shop.url("");
    let mut line = TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
    line.write_all(raw_order(cart).as_bytes()).await.unwrap();
    line
}

async fn ask_again(shop: &Served, cart: &str) -> Value {
    let ask = shop.ask(Method::POST, &format!("/api/v1/carts/{cart}/checkout")).header("idempotency-key", "k");
    let answer = Answer::of(ask.json(&request(PaymentMethod::CashOnDelivery)).send().await.unwrap()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()["number"].clone()
}

/// The client hangs up while its order waits for the cart, or for the counters: the order is placed all the same, all of
/// it and once, and the same key gives it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_client_that_hangs_up_while_its_order_waits_finds_it_placed(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 3).await;
    for (round, lock) in ["select id from carts for update", "select on_hand from stock for update"].iter().enumerate()
    {
        let cart = shop.cart(shirt, 1).await;
        checkout::open(&shop, &cart).await.unwrap();
        let left = 3 - i64::try_from(round).unwrap();

        let mut hand = database(&shop).begin().await.unwrap();
        sqlx::query(*lock).fetch_all(&mut *hand).await.unwrap();
        let line = call(&shop, &cart).await;
        until_blocked(&shop, 1).await;
        drop(line);
        // The server hears of it before the lock is free.
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(shop.stock(shirt).await, (left, 1), "the hold is there, and nothing is sold yet");
        hand.rollback().await.unwrap();
        until(async || shop.count("select count(*) from orders").await == 4 - left).await;

        assert_eq!(shop.stock(shirt).await, (left - 1, 0));
        no_connection_is_in_a_transaction(&shop, &format!("hang up {round}")).await;
        ask_again(&shop, &cart).await;
        assert_eq!(shop.count("select count(*) from orders").await, 4 - left);
        shop.assert_stock_adds_up().await;
    }
    shop.stop().await;
}

/// Clients hang up at any moment: each cart has its hold or its order, never both and never neither, and the same key
/// gives the one order.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn clients_that_hang_up_at_any_moment_get_their_one_order_later(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 100).await;
    for round in 0..40_u64 {
        let cart = shop.cart(shirt, 1).await;
        checkout::open(&shop, &cart).await.unwrap();
        let line = call(&shop, &cart).await;
        tokio::time::sleep(Duration::from_millis(round)).await;
        drop(line);

        let either = "select (select count(*) from holds) + (select count(*) from orders)";
        let done = i64::try_from(round).unwrap() + 1;
        assert_eq!(shop.count(either).await, done, "round {round}");
        let number = ask_again(&shop, &cart).await;
        assert_eq!(ask_again(&shop, &cart).await, number);
        assert_eq!(shop.stock(shirt).await, (100 - done, 0));
    }
    assert_eq!(shop.count("select count(*) from orders").await, 40);
    shop.assert_stock_adds_up().await;
    shop.stop().await;
}

/// A committed transaction hands its connection to the next one, and the last ones rest for a moment: that keeps nobody
/// waiting, who wants a connection or wants to end them all.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn connections_that_rest_keep_nobody_waiting(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 200).await;
    let mut buyers = tokio::task::JoinSet::new();
    for _ in 0..80 {
        let (shop, key) = (Clone::clone(&*shop), shop.cart(shirt, 1).await);
        buyers.spawn(async move {
            checkout::place(&shop, key.as_str(), "k", request(PaymentMethod::CashOnDelivery)).await.unwrap();
            carts::show(&shop, &key).await.unwrap();
        });
    }
    buyers.join_all().await;
    assert_eq!(shop.count("select count(*) from orders").await, 80);
    no_connection_is_in_a_transaction(&shop, "a crowd").await;

    // One more commit, so that something rests.
    carts::create(&shop).await.unwrap();
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    tokio::time::timeout(Duration::from_secs(3), shop.close()).await.unwrap();
    let closed = carts::create(&shop).await.unwrap_err();
    assert!(matches!(closed, services::Error::Unavailable { .. }), "{closed:?}");
}

/// Who holds the shop last may be no task: nothing is given back any more then, and nothing panics.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_shop_is_dropped_where_no_task_can_be_started(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    std::thread::spawn(move || drop(shop)).join().unwrap();
}
