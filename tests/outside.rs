//! Services outside the shop that are slow, broken or away: nobody waits for them with a lock, and no unit is lost to them.

use std::time::Duration;

use chrono::TimeDelta;
use domain::checkout::PlacedOrder;
use domain::orders::{CancelOrder, OrderStatus};
use domain::payments::{GatewayOutcome, PaymentMethod, RefundOrder, RefundWhat};
use services::jobs::Scheduler;
use services::testing::database;
use services::{Error, Shop, jobs, orders, payments};
use sqlx::{AssertSqlSafe, MySqlPool};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::gateway::RealGateway;
use crate::shop::{SECRET, TestShop};
use crate::waiting::until;

/// A gateway that takes every request and answers none.
struct Silent {
    asked: UnboundedReceiver<TcpStream>,
}

impl Silent {
    /// Makes it the shop's.
    async fn of(shop: &Shop) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        shop.set_demo_gateway(&format!("http://{}", listener.local_addr().unwrap()), SECRET);
        let (ask, asked) = unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if ask.send(stream).is_err() {
                    break;
                }
            }
        });
        Self { asked }
    }

    /// Waits until it is asked, makes sure that nobody who asks has anything of the database meanwhile, and hangs up.
    async fn finds_nothing_locked(&mut self, shop: &TestShop, what: &str) {
        let mut line = tokio::time::timeout(Duration::from_secs(10), self.asked.recv()).await.unwrap().unwrap();
        let mut request = [0; 512];
        assert!(line.read(&mut request).await.unwrap() > 0, "{what} asks the gateway");

        let pool = database(shop);
        // Before the asker loses patience with the gateway.
        let none_is_used = until(async || usize::try_from(pool.size()).unwrap() == pool.num_idle());
        let waited = tokio::time::timeout(Duration::from_secs(3), none_is_used).await;
        assert!(waited.is_ok(), "{what} keeps a connection while it waits");
        for table in ["orders", "order_lines", "payments", "refunds", "stock", "holds", "carts", "job_lease"] {
            let all = format!("select * from {table} for update nowait");
            let free = sqlx::query(AssertSqlSafe(all)).fetch_all(&pool).await;
            assert!(free.is_ok(), "{what} keeps a lock on {table} while it waits: {free:?}");
        }
        drop(line);
    }
}

/// Edge case 5. Whoever asks a gateway has no transaction, no lock and no connection while the answer is not there.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn nothing_is_locked_while_a_gateway_is_asked(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let asking = |what: &'static str, at: Shop, placed: &PlacedOrder| {
        let (number, token) = (placed.number.clone(), placed.access_token.clone());
        tokio::spawn(async move {
            let refused = payments::begin(&at, &number, &token).await.unwrap_err();
            assert!(matches!(refused, Error::Unavailable { .. }), "{what}: {refused:?}");
        })
    };
    let working = |at: Shop| tokio::spawn(async move { jobs::run_due_work(&at).await.unwrap() });
    let gateway = RealGateway::of(&shop);
    let (paid, twice) = (shop.paid_order(shirt, 1).await, shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap());
    let (overdue, off) =
        (shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap(), shop.order(shirt, 1, PaymentMethod::Demo).await);
    shop.notify(&TestShop::notification(&twice, GatewayOutcome::Failed)).await.unwrap();

    let mut silent = Silent::of(&shop).await;
    let at = Shop::clone(&shop);
    let key = shop.cart(shirt, 1).await;
    let placing = tokio::spawn(async move {
        let order = crate::shop::request(PaymentMethod::Demo);
        services::checkout::place(&at, &key, "k", order).await.unwrap()
    });
    silent.finds_nothing_locked(&shop, "placing").await;
    let placed = placing.await.unwrap();
    let begun = asking("paying", Shop::clone(&shop), &placed);
    silent.finds_nothing_locked(&shop, "paying").await;
    begun.await.unwrap();
    let begun = asking("paying again", Shop::clone(&shop), &twice);
    silent.finds_nothing_locked(&shop, "paying again, which ends the first attempt").await;
    begun.await.unwrap();

    let job = working(Shop::clone(&shop));
    silent.finds_nothing_locked(&shop, "the job that ends what was given up").await;
    job.await.unwrap();
    gateway.back_to(&shop);
    let cancel = CancelOrder { order_id: shop.id(&off.unwrap()).await, reason: "out of cloth".to_owned() };
    orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    shop.clock().advance(TimeDelta::minutes(5));
    jobs::run_due_work(&shop).await.unwrap();

    let what = RefundWhat::Everything;
    let request = RefundOrder { order_id: shop.id(&paid).await, what, reason: "torn".to_owned(), key: "k".to_owned() };
    payments::refund(&shop, &shop.owner, request).await.unwrap();
    let mut silent = Silent::of(&shop).await;
    shop.clock().advance(TimeDelta::minutes(5));
    let job = working(Shop::clone(&shop));
    silent.finds_nothing_locked(&shop, "the job that sends refunds").await;
    job.await.unwrap();
    gateway.back_to(&shop);
    shop.clock().advance(TimeDelta::minutes(5));
    jobs::run_due_work(&shop).await.unwrap();

    let mut silent = Silent::of(&shop).await;
    shop.clock().advance(TimeDelta::hours(25));
    let job = working(Shop::clone(&shop));
    silent.finds_nothing_locked(&shop, "the job that lets orders run out of time").await;
    job.await.unwrap();
    assert_eq!(shop.detail(&overdue).await.status, OrderStatus::Cancelled);
    shop.assert_stock_adds_up().await;
}

/// How a gateway can fail.
const FAILURES: [&str; 6] = [
    "",
    "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\n<garbage>",
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
    "HTTP/1.1 200 OK\r\ncontent-length: 500\r\nconnection: close\r\n\r\n{\"redirect_url\":",
];

/// Makes a gateway the shop's that always answers so.
async fn answering(shop: &Shop, answer: &'static str) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    shop.set_demo_gateway(&format!("http://{}", listener.local_addr().unwrap()), SECRET);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
}

/// Edge case 10. However the payment's page fails to be made: the order keeps its units while it can still be paid, and
/// gives them back when it is called off or its time runs out, without the gateway's help.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_payment_that_cannot_be_made_loses_no_unit(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 12).await;
    let (mut called_off, mut left) = (Vec::new(), Vec::new());
    for (number, failure) in FAILURES.into_iter().enumerate() {
        answering(&shop, failure).await;
        let held = i64::try_from(2 * number).unwrap();
        for orders in [&mut called_off, &mut left] {
            let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
            let own_page = placed.payment.clone().unwrap().redirect_url;
            assert!(own_page.contains(&format!("/orders/{}/pay?", placed.number)), "{failure}: {own_page}");
            let refused = payments::begin(&shop, &placed.number, &placed.access_token).await.unwrap_err();
            assert!(matches!(refused, Error::Unavailable { .. }), "{failure}: {refused:?}");
            assert_eq!(shop.detail(&placed).await.status, OrderStatus::PendingPayment, "{failure}");
            orders.push(placed);
        }
        assert_eq!(shop.stock(shirt).await, (12, held + 2), "{failure}");
    }

    for placed in &called_off {
        let cancel = CancelOrder { order_id: shop.id(placed).await, reason: "no page".to_owned() };
        orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    }
    assert_eq!(shop.stock(shirt).await, (12, 6));
    shop.clock().advance(TimeDelta::hours(25));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (12, 0));
    for placed in &left {
        assert_eq!(shop.detail(placed).await.status, OrderStatus::Cancelled);
    }
    shop.assert_stock_adds_up().await;
}

/// A gateway that takes every request and answers none keeps no other job waiting, and nobody who wants the shop to end.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_silent_gateway_keeps_no_other_job_waiting(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 40).await;
    for _ in 0..20 {
        let paid = shop.paid_order(shirt, 1).await;
        let cancel = CancelOrder { order_id: shop.id(&paid).await, reason: "out of cloth".to_owned() };
        orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    }
    let key = shop.cart(shirt, 3).await;
    services::checkout::open(&shop, &key).await.unwrap();
    shop.clock().advance(TimeDelta::minutes(11));
    let _silent = Silent::of(&shop).await;

    let scheduler = Scheduler::start(&shop);
    tokio::time::timeout(Duration::from_secs(15), until(async || shop.stock(shirt).await.1 == 0)).await.unwrap();
    let asked = "select count(*) from refunds where tries > 0";
    tokio::time::timeout(Duration::from_secs(15), until(async || shop.count(asked).await > 0)).await.unwrap();
    // A request that is under way has five seconds.
    tokio::time::timeout(Duration::from_secs(12), scheduler.stop()).await.unwrap();
    assert_eq!(shop.count("select count(*) from refunds where status = 'requested'").await, 20, "and nothing is lost");
}

/// One order of which the gateway says what cannot be applied is left alone, and keeps no other from running out of time.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_whose_money_cannot_be_applied_holds_up_no_other(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (shirt, hat) = (shop.variant("SHIRT", 150_000, 5).await, shop.variant("HAT", 50_000, 5).await);
    let gateway = RealGateway::of(&shop);
    let broken = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let other = shop.order(hat, 1, PaymentMethod::Demo).await.unwrap();
    // The shop misses the notification, and its own numbers are wrong.
    gateway.decide(&broken.payment.clone().unwrap().redirect_url, "pay").await;
    let pool = database(&shop);
    sqlx::query("update stock set reserved = 0 where variant_id = ?").bind(shirt.get()).execute(&pool).await.unwrap();

    shop.clock().advance(TimeDelta::hours(25));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.detail(&other).await.status, OrderStatus::Cancelled);
    assert_eq!(shop.detail(&broken).await.status, OrderStatus::PendingPayment, "its money is there");

    sqlx::query("update stock set reserved = 1 where variant_id = ?").bind(shirt.get()).execute(&pool).await.unwrap();
    shop.clock().advance(TimeDelta::minutes(1));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.detail(&broken).await.status, OrderStatus::Processing);
    shop.assert_stock_adds_up().await;
}

/// An attempt that its gateway cannot close keeps no other open, and is tried ever more seldom.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn one_attempt_that_cannot_be_closed_keeps_no_other_open(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let gateway = RealGateway::of(&shop);
    let (odd, plain) = (
        shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap(),
        shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap(),
    );
    // A reference that no gateway takes, and that comes first.
    let sql = "update payments set reference = ? where reference = ?";
    let reference = format!("{}-1", odd.number);
    sqlx::query(sql).bind("no/such/place").bind(&reference).execute(&database(&shop)).await.unwrap();
    for placed in [&odd, &plain] {
        let cancel = CancelOrder { order_id: shop.id(placed).await, reason: "out of cloth".to_owned() };
        orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    }
    for _ in 0..4 {
        shop.clock().advance(TimeDelta::seconds(11));
        jobs::run_due_work(&shop).await.unwrap();
    }
    let open = "select count(*) from payments where closed_at is null";
    assert_eq!(shop.count(open).await, 1, "the other one is closed");
    assert_eq!(shop.count("select cast(close_tries as signed) from payments where closed_at is null").await, 3);
    gateway.back_to(&shop);
}

/// A proxy's page in the place of an answer refuses nothing: the refund waits, and the attempt stays to be closed.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_page_that_is_not_the_gateways_own_decides_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let gateway = RealGateway::of(&shop);
    let paid = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    gateway.decide(&paid.payment.clone().unwrap().redirect_url, "pay").await;
    shop.notify(&TestShop::notification(&paid, GatewayOutcome::Paid)).await.unwrap();
    let open = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    for placed in [&paid, &open] {
        let cancel = CancelOrder { order_id: shop.id(placed).await, reason: "out of cloth".to_owned() };
        orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    }
    for page in [
        "HTTP/1.1 404 Not Found\r\ncontent-type: text/html\r\ncontent-length: 12\r\nconnection: close\r\n\r\n<h1>Away</h1>",
        "HTTP/1.1 409 Conflict\r\ncontent-type: text/html\r\ncontent-length: 12\r\nconnection: close\r\n\r\n<h1>Away</h1>",
        "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 74\r\nconnection: close\r\n\r\n{\"refund_id\":\"rf-1\",\"key\":\"another\",\"amount\":150000,\"currency\":\"IDR\"}     ",
    ] {
        answering(&shop, page).await;
        shop.clock().advance(TimeDelta::hours(1));
        jobs::run_due_work(&shop).await.unwrap();
        assert_eq!(shop.count("select count(*) from refunds where status = 'requested'").await, 1, "{page}");
        assert_eq!(shop.count("select count(*) from payments where closed_at is not null").await, 0, "{page}");
    }
    gateway.back_to(&shop);
    shop.clock().advance(TimeDelta::hours(1));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.count("select count(*) from refunds where status = 'succeeded'").await, 1);
    assert_eq!(shop.count("select count(*) from payments where closed_at is not null").await, 1);
}
