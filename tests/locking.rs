//! Locks: who takes which, in which order, and that nothing is decided by what was read before a lock.

use std::future::Future;
use std::sync::Arc;

use domain::catalog::VariantId;
use domain::customers::SignInCustomer;
use domain::inventory::stock_takes::{ApplyStockTake, CountInStockTake, StartStockTake};
use domain::message::Message;
use domain::money::{BasisPoints, Money};
use domain::orders::{
    CallOffRest, CancelOrder, LineUnits, OrderDetail, OrderLine, OrderStatus, ReturnOrder, ReturnedUnits, ShipOrder,
};
use domain::payments::{GatewayOutcome, PaymentMethod};
use domain::pricing::VoucherKind;
use domain::text::Password;
use domain::vouchers::SaveVoucher;
use services::customers::accounts;
use services::inventory::stock_takes;
use services::orders::ImportOrder;
use services::testing::database;
use services::{Error, Shop, carts, checkout, jobs, orders, vouchers};
use sqlx::{MySql, MySqlPool, Transaction};

use crate::shop::{SHOPPER_PASSWORD, TestShop, account, request};
use crate::waiting::until_blocked;

mod short;

/// Two variants, of which carts always want the higher one first.
struct Two {
    shop: TestShop,
    low: VariantId,
    high: VariantId,
}

impl Two {
    async fn open(db: MySqlPool) -> Self {
        let shop = TestShop::open(db).await;
        let (low, high) = (shop.variant("LOW", 10_000, 500).await, shop.variant("HIGH", 10_000, 500).await);
        assert!(low < high);
        Self { shop, low, high }
    }

    async fn cart(&self, quantity: u32) -> String {
        let key = self.shop.cart(self.high, quantity).await;
        carts::set_line(&self.shop, &key, self.low, quantity).await.unwrap();
        key
    }

    async fn place(&self, method: PaymentMethod) -> domain::checkout::PlacedOrder {
        checkout::place(&self.shop, &self.cart(1).await, "k", request(method)).await.unwrap()
    }

    /// An order of two of both that left, or of which one unit left.
    async fn shipped(&self, is_whole: bool) -> OrderDetail {
        let (shop, owner) = (&self.shop, &self.shop.owner);
        let cart = self.cart(2).await;
        let placed = checkout::place(shop, &cart, "k", request(PaymentMethod::CashOnDelivery)).await.unwrap();
        let order = shop.detail(&placed).await;
        let one = LineUnits { line_id: order.lines[0].id, quantity: 1 };
        let all = ShipOrder::all(order.id, "");
        let parcel = if is_whole { all } else { ShipOrder { lines: Some(vec![one]), ..all } };
        orders::ship(shop, owner, parcel).await.unwrap()
    }

    /// Lets an act wait for the lower variant's counters, and makes sure that it does not have the higher one's by then.
    async fn ascends(&self, what: &str, act: impl Future<Output = ()> + Send + 'static) {
        let hand = counters(&self.shop, self.low).await;
        let act = tokio::spawn(act);
        until_blocked(&self.shop, 1).await;
        let probe = sqlx::query("select on_hand from stock where variant_id = ? for update nowait");
        let free = probe.bind(self.high.get()).execute(&database(&self.shop)).await;
        assert!(free.is_ok(), "{what} has the higher variant while it waits for the lower one");
        hand.rollback().await.unwrap();
        act.await.unwrap();
    }
}

/// One unit of each line comes back, the last line's first.
fn back(order: &OrderDetail) -> ReturnOrder {
    let one = |line: &OrderLine| ReturnedUnits { line_id: line.id, quantity: 1, restock: true };
    let (lines, note) = (order.lines.iter().rev().map(one).collect(), "too small".to_owned());
    ReturnOrder { order_id: order.id, lines, note, refund: false, key: "back".to_owned() }
}

/// Holds a variant's counters until it is let go.
async fn counters(shop: &Shop, variant: VariantId) -> Transaction<'static, MySql> {
    let mut hand = database(shop).begin().await.unwrap();
    let lock = sqlx::query("select on_hand from stock where variant_id = ? for update").bind(variant.get());
    lock.execute(&mut *hand).await.unwrap();
    hand
}

/// Pitfall M18. Edge case 6. Holding, placing, leaving, paying, calling off: the lower variant's counters come first.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn buying_locks_variants_in_ascending_order(db: MySqlPool) {
    let two = Two::open(db).await;
    let shop = Shop::clone(&two.shop);

    let (key, at) = (two.cart(2).await, shop.clone());
    let till = key.clone();
    two.ascends("coming to the till", async move { drop(checkout::open(&at, &till).await.unwrap()) }).await;
    let at = shop.clone();
    two.ascends("leaving the till", async move { checkout::leave(&at, &key).await.unwrap() }).await;

    for method in [PaymentMethod::Demo, PaymentMethod::CashOnDelivery] {
        for is_held in [false, true] {
            let (key, at) = (two.cart(2).await, shop.clone());
            if is_held {
                checkout::open(&shop, &key).await.unwrap();
                // The order wants more than the cart holds, so that holding and selling both move the counters.
                carts::set_line(&shop, &key, two.low, 3).await.unwrap();
                carts::set_line(&shop, &key, two.high, 3).await.unwrap();
            }
            let order = request(method);
            let act = async move { drop(checkout::place(&at, &key, "k", order).await.unwrap()) };
            Box::pin(two.ascends("placing", act)).await;
        }
    }

    let (unpaid, paid) = (two.place(PaymentMethod::Demo).await, two.place(PaymentMethod::CashOnDelivery).await);
    for placed in [unpaid, paid] {
        let (at, owner) = (shop.clone(), two.shop.owner.clone());
        let cancel = CancelOrder { order_id: two.shop.id(&placed).await, reason: "out of cloth".to_owned() };
        let act = async move { drop(orders::cancel(&at, &owner, cancel).await.unwrap()) };
        two.ascends("calling off", act).await;
    }
    two.shop.assert_stock_adds_up().await;
}

/// Pitfall M18. Edge case 6. So it is for whatever comes later: money in time and late, and time that runs out.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_and_time_lock_variants_in_ascending_order(db: MySqlPool) {
    let two = Two::open(db).await;
    let (paid, late) = (two.place(PaymentMethod::Demo).await, two.place(PaymentMethod::Demo).await);
    let shop = Shop::clone(&two.shop);
    let tell = |placed: &domain::checkout::PlacedOrder| {
        let (shop, notification) = (shop.clone(), TestShop::notification(placed, GatewayOutcome::Paid));
        async move {
            let body = serde_json::to_vec(&notification).unwrap();
            let now = shop.now().await.unwrap().timestamp();
            let signature = services::payments::demo::sign(crate::shop::SECRET, now, &body);
            let headers = [(services::payments::demo::SIGNATURE_HEADER.to_owned(), signature)];
            services::payments::receive(&shop, "demo", &headers, &body).await.unwrap();
        }
    };

    two.ascends("paying", tell(&paid)).await;
    checkout::open(&shop, &two.cart(2).await).await.unwrap();
    shop.clock().advance(chrono::TimeDelta::minutes(11));
    let at = shop.clone();
    two.ascends("releasing a hold", Box::pin(async move { jobs::run_due_work(&at).await.unwrap() })).await;
    shop.clock().advance(chrono::TimeDelta::hours(25));
    let at = shop.clone();
    two.ascends("running out of time", Box::pin(async move { jobs::run_due_work(&at).await.unwrap() })).await;
    two.ascends("paying late", tell(&late)).await;
    two.shop.assert_stock_adds_up().await;
}

/// Pitfall M18. Edge case 6. And for whatever else moves counters: joined carts, stock-takes, imports.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn everything_else_locks_variants_in_ascending_order(db: MySqlPool) {
    let two = Two::open(db).await;
    let shop = Shop::clone(&two.shop);
    let siti = account(&shop, "siti@example.com").await;
    let own = accounts::cart_key(&shop, &siti).await.unwrap();
    let guest = two.cart(15).await;
    for variant in [two.high, two.low] {
        carts::set_line(&shop, &own, variant, 15).await.unwrap();
    }
    checkout::open(&shop, &own).await.unwrap();
    checkout::open(&shop, &guest).await.unwrap();
    let at = shop.clone();
    // One order has no more than twenty, so that ten of both are given back.
    let act = async move {
        let asked = SignInCustomer { email: siti.email, password: Password::typed(SHOPPER_PASSWORD) };
        accounts::sign_in(&at, asked, Some(&guest)).await.unwrap();
    };
    two.ascends("joining carts", act).await;

    let begun = StartStockTake { name: "November".to_owned() };
    let id = stock_takes::start(&shop, &two.shop.owner, begun).await.unwrap().row.id;
    let mut version = 0;
    for sku in ["HIGH", "LOW"] {
        let count = CountInStockTake { stock_take_id: id, sku: sku.to_owned(), counted: 400 };
        version = stock_takes::count(&shop, &two.shop.owner, count).await.unwrap().row.version;
    }
    let (at, owner) = (shop.clone(), two.shop.owner.clone());
    let apply = ApplyStockTake { stock_take_id: id, version };
    two.ascends("a stock-take", async move { drop(stock_takes::apply(&at, &owner, apply).await.unwrap()) }).await;

    let (at, owner) = (shop.clone(), two.shop.owner.clone());
    let import = ImportOrder {
        request: request(PaymentMethod::CashOnDelivery),
        lines: vec![("HIGH".to_owned(), 1), ("LOW".to_owned(), 1)],
        placed_at: shop.now().await.unwrap(),
        steps: Vec::new(),
    };
    two.ascends("an import", async move { assert!(orders::import(&at, &owner, import).await.is_ok()) }).await;
    two.shop.assert_stock_adds_up().await;
}

/// Pitfall M18. Edge case 6. And for what comes back: returns, and what has not left of an order that is called off.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_comes_back_locks_variants_in_ascending_order(db: MySqlPool) {
    let two = Two::open(db).await;
    let shop = Shop::clone(&two.shop);
    let (sent, part) = (two.shipped(true).await, two.shipped(false).await);

    let (at, owner) = (shop.clone(), two.shop.owner.clone());
    let act = async move { drop(orders::take_back(&at, &owner, back(&sent)).await.unwrap()) };
    two.ascends("a return", act).await;
    let (at, owner) = (shop.clone(), two.shop.owner.clone());
    let rest = CallOffRest { order_id: part.id, reason: "out of cloth".to_owned() };
    let act = async move { drop(orders::call_off_rest(&at, &owner, rest).await.unwrap()) };
    two.ascends("calling off the rest", act).await;
    two.shop.assert_stock_adds_up().await;
}

/// Pitfall M18. Edge case 6. Units that come back and units that are bought meet at the same counters, all at once: nobody
/// is turned away, and nothing is lost.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn returns_and_buyers_at_once_wait_for_each_other(db: MySqlPool) {
    let two = Arc::new(Two::open(db).await);
    let mut crowd = tokio::task::JoinSet::new();
    for number in 0..24 {
        let order = two.shipped(number % 2 == 0).await;
        let (two, other) = (Arc::clone(&two), Arc::clone(&two));
        crowd.spawn(async move {
            let (shop, owner) = (&two.shop, &two.shop.owner);
            if number % 2 == 0 {
                orders::take_back(shop, owner, back(&order)).await.unwrap();
            } else {
                let rest = CallOffRest { order_id: order.id, reason: "out of cloth".to_owned() };
                orders::call_off_rest(shop, owner, rest).await.unwrap();
            }
        });
        let method = if number % 3 == 0 { PaymentMethod::Demo } else { PaymentMethod::CashOnDelivery };
        crowd.spawn(async move { drop(other.place(method).await) });
    }
    crowd.join_all().await;

    // Each order took two of both; twelve brought one of both back, twelve never sent one of one and two of the other.
    let (low, high) = (two.shop.stock(two.low).await, two.shop.stock(two.high).await);
    assert_eq!((low.0 + high.0, low.1, high.1), (2 * 500 - 24 * 4 + 12 * 2 + 12 * 3 - 2 * 16, 8, 8));
    two.shop.assert_stock_adds_up().await;
}

/// Edge case 4. The last unit goes between the look at the shelf and the write: the write finds out, and all is undone.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn units_that_go_after_the_look_are_missed_by_the_write(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let hat = shop.variant("HAT", 50_000, 9).await;
    let shirt = shop.variant("SHIRT", 150_000, 1).await;

    for method in [None, Some(PaymentMethod::CashOnDelivery), Some(PaymentMethod::Demo)] {
        let key = shop.cart(shirt, 1).await;
        carts::set_line(&shop, &key, hat, 2).await.unwrap();
        let mut faster = counters(&shop, shirt).await;
        let (at, cart) = (Shop::clone(&shop), key.clone());
        let act = tokio::spawn(async move {
            match method {
                None => checkout::open(&at, &cart).await.map(drop),
                Some(method) => checkout::place(&at, &cart, "k", request(method)).await.map(drop),
            }
        });
        until_blocked(&shop, 1).await;
        sqlx::query("update stock set on_hand = 0 where variant_id = ?")
            .bind(shirt.get())
            .execute(&mut *faster)
            .await
            .unwrap();
        faster.commit().await.unwrap();

        let refused = act.await.unwrap().unwrap_err();
        let Error::OutOfStock(shortages) = refused else { panic!("{method:?}: {refused:?}") };
        assert_eq!((shortages.len(), shortages[0].variant_id, shortages[0].available), (1, shirt, 0));
        let cart = carts::show(&shop, &key).await.unwrap();
        assert_eq!((cart.units, cart.is_short()), (3, true), "the cart is as it was");
        assert_eq!(shop.stock(hat).await, (9, 0), "and nothing of the rest is taken");
        sqlx::query("update stock set on_hand = 1 where variant_id = ?")
            .bind(shirt.get())
            .execute(&database(&shop))
            .await
            .unwrap();
    }
    assert_eq!(shop.count("select count(*) from orders").await, 0);
    shop.assert_stock_adds_up().await;
}

/// Edge case 4. Edge case 13. A voucher's last use goes in the same moment: the order is undone, and its units with it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_voucher_that_goes_after_the_look_is_missed_by_the_write(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let tenth = VoucherKind::Percent(BasisPoints::new(1_000));
    let once = SaveVoucher { total_limit: Some(1), ..SaveVoucher::for_everybody("ONCE", tenth) };
    vouchers::save(&shop, &shop.owner, once).await.unwrap();
    let key = shop.cart(shirt, 1).await;
    checkout::open(&shop, &key).await.unwrap();

    let mut faster = database(&shop).begin().await.unwrap();
    sqlx::query("update vouchers set used = 1").execute(&mut *faster).await.unwrap();
    let (at, cart) = (Shop::clone(&shop), key.clone());
    let order = domain::checkout::PlaceOrder { voucher_code: "once".to_owned(), ..request(PaymentMethod::Demo) };
    let act = tokio::spawn(async move { checkout::place(&at, &cart, "k", order).await });
    until_blocked(&shop, 1).await;
    faster.commit().await.unwrap();

    let refused = act.await.unwrap().unwrap_err();
    let Error::Invalid(fields) = refused else { panic!("{refused:?}") };
    assert_eq!((fields[0].field.as_str(), &fields[0].message), ("voucher_code", &Message::VoucherUsedUp));
    assert_eq!(shop.count("select count(*) from orders").await, 0);
    assert_eq!(shop.stock(shirt).await, (5, 1), "what was held is held");
    let cart = carts::show(&shop, &key).await.unwrap();
    assert_eq!((cart.units, cart.subtotal), (1, Money::minor(150_000)));
}

/// Pitfall M7. The job that ends an order and the money for it meet at the order's lock, in either order: it is paid, sold
/// once, and its history tells the way there.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_job_and_a_payment_that_meet_leave_an_order_that_is_paid(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    for (round, is_job_first) in [true, false].into_iter().enumerate() {
        let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
        let paid = TestShop::notification(&placed, GatewayOutcome::Paid);
        let body = serde_json::to_vec(&paid).unwrap();
        let later = chrono::TimeDelta::hours(25 + i64::try_from(round).unwrap());
        shop.clock().advance(later);
        let signature =
            services::payments::demo::sign(crate::shop::SECRET, shop.now().await.unwrap().timestamp(), &body);
        let headers = vec![(services::payments::demo::SIGNATURE_HEADER.to_owned(), signature)];

        let mut hand = database(&shop).begin().await.unwrap();
        sqlx::query("select id from orders for update").fetch_all(&mut *hand).await.unwrap();
        let (at, other) = (Shop::clone(&shop), Shop::clone(&shop));
        let mut job = Some(async move { jobs::run_due_work(&at).await.unwrap() });
        let mut money = Some(async move {
            services::payments::receive(&other, "demo", &headers, &body).await.unwrap();
        });
        let mut acts = Vec::new();
        for step in [is_job_first, !is_job_first] {
            acts.push(match step {
                true => tokio::spawn(job.take().unwrap()),
                false => tokio::spawn(money.take().unwrap()),
            });
            until_blocked(&shop, i64::try_from(acts.len()).unwrap()).await;
        }
        hand.rollback().await.unwrap();
        for act in acts {
            act.await.unwrap();
        }

        let order = shop.detail(&placed).await;
        assert_eq!((order.status, order.refunds.len()), (OrderStatus::Processing, 0), "round {round}");
        let path: Vec<_> = order.history.iter().map(|entry| entry.status).collect();
        let (waited, off, on) = (OrderStatus::PendingPayment, OrderStatus::Cancelled, OrderStatus::Processing);
        // Who waited first need not be let in first: a server may choose.
        let ways = [vec![waited, off, on], vec![waited, on]];
        assert!(ways.contains(&path), "round {round}: {path:?}");
        assert_eq!(shop.stock(shirt).await, (4 - i64::try_from(round).unwrap(), 0));
        shop.clock().advance(-later);
    }
    shop.assert_stock_adds_up().await;
}
