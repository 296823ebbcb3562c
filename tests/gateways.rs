//! Each payment service over real HTTP, from the checkout to the money that goes back: what it tells, and what it does not tell.

use chrono::TimeDelta;
use domain::checkout::PlacedOrder;
use domain::orders::{OrderDetail, OrderStatus};
use domain::payments::{CheckPayments, GatewayName, PaymentStatus, RefundOrder, RefundStatus, RefundWhat};
use rand::seq::SliceRandom;
use reqwest::Method;
use services::{jobs, payments};
use sqlx::MySqlPool;

use crate::served::{Answer, Served};
use crate::simulators::{Fault, Notice, Simulator, Standing};
use crate::waiting::until;

/// Runs a story with each service on a database of its own: they are told apart by the test's name.
macro_rules! with_each {
    ($($name:ident, $midtrans:ident, $xendit:ident, $stripe:ident;)*) => {$(
        #[sqlx::test(migrator = "crate::template::SCHEMA")]
        async fn $midtrans(db: MySqlPool) {
            Box::pin($name(GatewayName::Midtrans, db)).await;
        }
        #[sqlx::test(migrator = "crate::template::SCHEMA")]
        async fn $xendit(db: MySqlPool) {
            Box::pin($name(GatewayName::Xendit, db)).await;
        }
        #[sqlx::test(migrator = "crate::template::SCHEMA")]
        async fn $stripe(db: MySqlPool) {
            Box::pin($name(GatewayName::Stripe, db)).await;
        }
    )*};
}

mod asleep;
mod keys;
mod permutations;
mod raced;
mod secrecy;
mod silent;
mod strangers;
mod used;

/// A shop with a shirt on the shelf, and a service that is used by it.
struct Scene {
    shop: Served,
    service: Simulator,
    shirt: domain::catalog::VariantId,
}

impl Scene {
    async fn of(name: GatewayName, db: MySqlPool, units: u32) -> Self {
        let shop = Served::open(db).await;
        let shirt = shop.variant("SHIRT", 150_000, units).await;
        let service = Simulator::of(name, &shop).await;
        Self { shop, service, shirt }
    }

    /// An order of one, and the address of its page at the service.
    async fn order(&self) -> (PlacedOrder, String) {
        let placed = self.shop.order(self.shirt, 1, self.service.method()).await.unwrap();
        let page = placed.payment.as_ref().unwrap().redirect_url.clone();
        (placed, page)
    }

    async fn detail(&self, placed: &PlacedOrder) -> OrderDetail {
        self.shop.detail(placed).await
    }

    async fn post(&self, notice: &Notice) -> Answer {
        let mut request = self.shop.ask(Method::POST, &format!("/webhooks/{}", self.service.name));
        for (name, value) in &notice.headers {
            request = request.header(*name, value);
        }
        Answer::of(request.body(notice.body.clone()).send().await.unwrap()).await
    }

    /// Lets time pass here and there, and does what is due then.
    async fn pass(&self, by: TimeDelta) {
        self.shop.clock().advance(by);
        self.service.advance(by);
        jobs::run_due_work(&self.shop).await.unwrap();
    }

    async fn is(&self, placed: &PlacedOrder, status: OrderStatus) -> bool {
        self.detail(placed).await.status == status
    }

    fn reference(placed: &PlacedOrder) -> String {
        format!("{}-1", placed.number)
    }
}

with_each! {
    paid_once, midtrans_is_paid_once, xendit_is_paid_once, stripe_is_paid_once;
    forged, midtrans_forged_notices_do_nothing, xendit_forged_notices_do_nothing, stripe_forged_notices_do_nothing;
    shuffled, midtrans_notices_in_any_order, xendit_notices_in_any_order, stripe_notices_in_any_order;
    lost, midtrans_lost_notices_are_not_missed, xendit_lost_notices_are_not_missed, stripe_lost_notices_are_not_missed;
    late, midtrans_money_comes_late, xendit_money_comes_late, stripe_money_comes_late;
    other, midtrans_tells_another_amount, xendit_tells_another_amount, stripe_tells_another_amount;
    away, midtrans_is_away, xendit_is_away, stripe_is_away;
    refunded, midtrans_refunds_once, xendit_refunds_once, stripe_refunds_once;
    unknown, midtrans_tells_of_strangers, xendit_tells_of_strangers, stripe_tells_of_strangers;
    ended, midtrans_page_ends_with_the_order, xendit_page_ends_with_the_order, stripe_page_ends_with_the_order;
    twice, midtrans_one_page_for_all_who_ask, xendit_one_page_for_all_who_ask, stripe_one_page_for_all_who_ask;
}

/// The buyer pays on the page, the service tells, the order goes on: once, however often it is told.
async fn paid_once(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 5).await;
    let (placed, page) = scene.order().await;
    scene.service.pay(&page).await;
    let notices = scene.service.take_notices();
    for notice in notices.iter().chain(&notices).chain(&notices) {
        assert_eq!(scene.post(notice).await.status, 200);
    }
    until(async || scene.is(&placed, OrderStatus::Processing).await).await;
    jobs::run_due_work(&scene.shop).await.unwrap();
    let detail = scene.detail(&placed).await;
    assert_eq!((detail.payment_status, detail.balance.paid), (Some(PaymentStatus::Paid), placed.totals.total));
    assert_eq!((detail.history.len(), detail.refunds.len()), (2, 0));
    assert_eq!(scene.shop.stock(scene.shirt).await, (4, 0));
    let stored = scene.shop.count("select count(*) from payment_inbox").await;
    assert_eq!(stored, i64::try_from(notices.len()).unwrap(), "each is stored once");
    assert_eq!(scene.shop.count("select count(*) from payment_inbox where applied_at is null").await, 0);
}

/// Whoever does not know the secret changes nothing, and nothing is kept of it. Whoever knows a genuine body gains nothing by
/// sending it with other words where its proof does not cover them.
async fn forged(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 5).await;
    let (placed, _) = scene.order().await;
    let reference = Scene::reference(&placed);
    scene.service.alter(&reference, |payment| payment.standing = Standing::Paid);
    let forged = scene.service.forged(&reference);
    let naked = Notice { headers: Vec::new(), body: "{}".to_owned() };
    let genuine = scene.service.notice_of(&reference);
    scene.service.alter(&reference, |payment| payment.standing = Standing::Open);
    for notice in [&forged, &naked] {
        let answer = scene.post(notice).await;
        assert_eq!((answer.status, answer.problem().as_str()), (401, "bad_signature"));
    }
    assert_eq!(scene.shop.count("select count(*) from payment_inbox").await, 0);
    let huge = Notice { body: " ".repeat(70_000), ..genuine.clone() };
    assert_eq!(scene.post(&huge).await.status, 413);

    // Stripe signs the whole body; with the others the status within it is anybody's.
    if name != GatewayName::Stripe {
        assert_eq!(scene.post(&genuine).await.status, 200);
        until(async || scene.shop.count("select count(*) from payment_inbox where applied_at is null").await == 0)
            .await;
    }
    assert!(scene.is(&placed, OrderStatus::PendingPayment).await, "the service itself says that nobody has paid");
}

/// What comes doubled and in any order ends in the same way.
async fn shuffled(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 9).await;
    let mut waiting = Vec::new();
    let mut orders = Vec::new();
    for number in 0..4 {
        let (placed, page) = scene.order().await;
        if number < 3 {
            scene.service.pay(&page).await;
        }
        orders.push(placed);
    }
    for notice in scene.service.take_notices() {
        waiting.extend([notice.clone(), notice]);
    }
    waiting.shuffle(&mut rand::rng());
    for notice in &waiting {
        assert_eq!(scene.post(notice).await.status, 200);
    }
    until(async || {
        jobs::run_due_work(&scene.shop).await.unwrap();
        scene.shop.count("select count(*) from payment_inbox where applied_at is null").await == 0
    })
    .await;
    for (number, placed) in orders.iter().enumerate() {
        let expected = if number < 3 { OrderStatus::Processing } else { OrderStatus::PendingPayment };
        assert!(scene.is(placed, expected).await, "{number}");
    }
    assert_eq!(scene.shop.stock(scene.shirt).await, (6, 1));
    scene.shop.assert_stock_adds_up().await;
}

/// No notice ever arrives: the money is seen within a minute, or at once when somebody asks.
async fn lost(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 9).await;
    let (seen, page) = scene.order().await;
    for _ in 0..4 {
        scene.pass(TimeDelta::seconds(61)).await;
    }
    scene.service.pay(&page).await;
    drop(scene.service.take_notices());
    assert!(scene.is(&seen, OrderStatus::PendingPayment).await);
    scene.pass(TimeDelta::seconds(60)).await;
    assert!(scene.is(&seen, OrderStatus::Processing).await, "within a minute");

    let (asked, page) = scene.order().await;
    scene.service.pay(&page).await;
    let order_id = scene.shop.id(&asked).await;
    let now = payments::check(&scene.shop, &scene.shop.owner, CheckPayments { order_id }).await.unwrap();
    assert_eq!(now.status, OrderStatus::Processing, "staff ask");

    let (back, page) = scene.order().await;
    scene.service.pay(&page).await;
    let thanks = format!("/orders/{}/thanks?token={}", back.number, back.access_token);
    assert_eq!(scene.shop.get(&thanks).await.status, 200);
    until(async || scene.is(&back, OrderStatus::Processing).await).await;
}

/// Money that comes when the order has run out of time: it goes on while there is stock, and goes back when there is none.
async fn late(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 1).await;
    let (first, _) = scene.order().await;
    scene.service.fail(Fault::Broken);
    scene.pass(TimeDelta::hours(25)).await;
    assert!(scene.is(&first, OrderStatus::Cancelled).await, "a service that is away holds no unit for ever");
    scene.service.fail(Fault::None);
    scene.service.alter(&Scene::reference(&first), |payment| {
        (payment.standing, payment.is_chosen) = (Standing::Paid, true);
    });
    scene.pass(TimeDelta::hours(1)).await;
    assert!(scene.is(&first, OrderStatus::Processing).await, "its unit was still there");

    scene.shop.stocked("SHIRT", 1).await;
    let (second, _) = scene.order().await;
    scene.service.fail(Fault::Broken);
    scene.pass(TimeDelta::hours(25)).await;
    scene.service.fail(Fault::None);
    let buyer = scene.shop.order(scene.shirt, 1, domain::payments::PaymentMethod::CashOnDelivery).await.unwrap();
    assert!(scene.is(&buyer, OrderStatus::Processing).await, "somebody else has its unit");
    scene.service.alter(&Scene::reference(&second), |payment| {
        (payment.standing, payment.is_chosen) = (Standing::Paid, true);
    });
    scene.pass(TimeDelta::hours(1)).await;
    scene.pass(TimeDelta::minutes(5)).await;
    let detail = scene.detail(&second).await;
    assert_eq!(detail.status, OrderStatus::Cancelled);
    assert_eq!((detail.refunds.len(), detail.refunds[0].status), (1, RefundStatus::Succeeded), "it is back");
    let given: i64 =
        scene.service.payment(&Scene::reference(&second)).unwrap().refunds.iter().map(|it| it.amount).sum();
    assert_eq!(given, scene.service.payment(&Scene::reference(&second)).unwrap().amount);
    scene.shop.assert_stock_adds_up().await;
}

/// Another amount or currency than was asked for pays nothing: a person decides.
async fn other(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 5).await;
    for change in [0, 1] {
        let (placed, _) = scene.order().await;
        let reference = Scene::reference(&placed);
        scene.service.alter(&reference, |payment| {
            (payment.standing, payment.is_chosen) = (Standing::Paid, true);
            match change {
                0 => payment.amount -= 10_000,
                _ => payment.currency = if name == GatewayName::Stripe { "usd" } else { "USD" }.to_owned(),
            }
        });
        assert_eq!(scene.post(&scene.service.notice_of(&reference)).await.status, 200);
        until(async || scene.detail(&placed).await.payment_status == Some(PaymentStatus::NeedsReview)).await;
        scene.pass(TimeDelta::minutes(2)).await;
        let detail = scene.detail(&placed).await;
        assert_eq!((detail.status, detail.to_check.len()), (OrderStatus::PendingPayment, 1));
    }
}

/// A service that is away, slow or hangs up at the checkout: the order stands, is paid later by one page, or ends in its time.
async fn away(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 5).await;
    scene.service.fail(Fault::Broken);
    let (placed, own_page) = scene.order().await;
    assert!(own_page.contains("/pay?"), "the shop's own page tries again: {own_page}");
    let shown = scene.shop.visitor().get(own_page.trim_start_matches(&scene.shop.url(""))).await;
    assert!(
        shown.status == 200 && shown.text.contains("/pay?"),
        "a button to try again, and the order to come back to"
    );
    let refused = payments::begin(&scene.shop, &placed.number, &placed.access_token).await.unwrap_err();
    assert!(matches!(refused, services::Error::Unavailable { .. }), "{refused:?}");

    scene.service.fail(Fault::HangsUp);
    payments::begin(&scene.shop, &placed.number, &placed.access_token).await.unwrap_err();
    scene.service.fail(Fault::None);
    let page = payments::begin(&scene.shop, &placed.number, &placed.access_token).await.unwrap();
    assert_eq!(payments::begin(&scene.shop, &placed.number, &placed.access_token).await.unwrap(), page);
    scene.service.fail(Fault::Slow(std::time::Duration::from_millis(500)));
    scene.service.pay(&page).await;
    scene.pass(TimeDelta::seconds(60)).await;
    assert!(scene.is(&placed, OrderStatus::Processing).await);

    scene.service.fail(Fault::Broken);
    let (unpaid, _) = scene.order().await;
    scene.pass(TimeDelta::hours(25)).await;
    assert!(scene.is(&unpaid, OrderStatus::Cancelled).await);
    assert_eq!(scene.shop.stock(scene.shirt).await, (4, 0), "nothing is reserved for ever");
}

/// Money goes back once, also when the service does it and hangs up before it says so.
async fn refunded(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 5).await;
    let (placed, page) = scene.order().await;
    scene.service.pay(&page).await;
    scene.pass(TimeDelta::seconds(60)).await;
    let order_id = scene.shop.id(&placed).await;
    let what = RefundWhat::Amount(domain::money::Money::minor(30_000));
    let request = RefundOrder { order_id, what, reason: "sobek".to_owned(), key: "k".to_owned() };
    payments::refund(&scene.shop, &scene.shop.owner, request).await.unwrap();
    scene.service.fail(Fault::HangsUp);
    scene.pass(TimeDelta::minutes(1)).await;
    assert_eq!(scene.detail(&placed).await.refunds[0].status, RefundStatus::Requested);
    scene.service.fail(Fault::None);
    scene.pass(TimeDelta::hours(1)).await;
    let detail = scene.detail(&placed).await;
    assert_eq!(detail.refunds[0].status, RefundStatus::Succeeded);
    let there = scene.service.payment(&Scene::reference(&placed)).unwrap();
    let unit = there.amount / placed.totals.total.get();
    assert_eq!(there.refunds.iter().map(|refund| refund.amount).collect::<Vec<_>>(), [30_000 * unit]);

    // Signed when it is sent, as each of its tries is.
    drop(scene.service.take_notices());
    assert_eq!(scene.post(&scene.service.notice_of(&Scene::reference(&placed))).await.status, 200);
    until(async || scene.shop.count("select count(*) from payment_inbox where applied_at is null").await == 0).await;
    assert_eq!(scene.detail(&placed).await.refunds.len(), 1, "what the service tells of it is the same refund");
}

/// A genuine notice of a payment that the shop does not know is kept and answered; a person is told when money came.
async fn unknown(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 5).await;
    let (placed, page) = scene.order().await;
    scene.service.pay(&page).await;
    drop(scene.service.take_notices());
    scene.service.alter(&Scene::reference(&placed), |payment| payment.reference = "ELSEWHERE-1".to_owned());
    assert_eq!(scene.post(&scene.service.notice_of("ELSEWHERE-1")).await.status, 200);
    let waits = "select count(*) from payment_inbox where trouble = 'unknown_payment' and stuck_since is not null";
    until(async || scene.shop.count(waits).await == 1).await;
    assert!(scene.is(&placed, OrderStatus::PendingPayment).await);
}

/// Nobody can pay an order at its page that was called off, or that nobody paid in time.
async fn ended(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 5).await;
    let (placed, page) = scene.order().await;
    // The buyer looks at the way to pay, and does not.
    scene.service.alter(&Scene::reference(&placed), |payment| payment.is_chosen = true);
    scene.pass(TimeDelta::hours(25)).await;
    assert!(scene.is(&placed, OrderStatus::Cancelled).await);
    assert!(scene.service.is_closed(&page).await);

    let (called_off, page) = scene.order().await;
    scene.service.alter(&Scene::reference(&called_off), |payment| payment.is_chosen = true);
    services::orders::cancel_by_buyer(&scene.shop, &called_off.number, &called_off.access_token, "").await.unwrap();
    scene.pass(TimeDelta::seconds(30)).await;
    assert!(scene.service.is_closed(&page).await);
    assert_eq!(scene.shop.stock(scene.shirt).await, (5, 0));
}

/// Whoever asks twice at once gets one page, and whatever else was made can be paid by nobody.
async fn twice(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 5).await;
    scene.service.fail(Fault::Broken);
    let (placed, _) = scene.order().await;
    scene.service.fail(Fault::Slow(std::time::Duration::from_millis(200)));
    let asking: Vec<_> = (0..6)
        .map(|_| {
            let (shop, number, token) =
                (Clone::clone(&**scene.shop), placed.number.clone(), placed.access_token.clone());
            tokio::spawn(async move { payments::begin(&shop, &number, &token).await.unwrap() })
        })
        .collect();
    let mut pages = Vec::new();
    for asked in asking {
        pages.push(asked.await.unwrap());
    }
    pages.sort_unstable();
    pages.dedup();
    assert_eq!(pages.len(), 1, "{pages:?}");
    scene.service.fail(Fault::None);
    let made = scene.service.count(&Scene::reference(&placed));
    assert!(made >= 1);
    if name != GatewayName::Midtrans {
        // There one name is paid once, whatever page it is paid on.
        assert_eq!(scene.service.open(&Scene::reference(&placed)), 1, "of {made} pages one is open");
    }
    // What is told of the others ends nothing.
    for notice in scene.service.take_notices() {
        assert_eq!(scene.post(&notice).await.status, 200);
    }
    until(async || scene.shop.count("select count(*) from payment_inbox where applied_at is null").await == 0).await;
    let again = payments::begin(&scene.shop, &placed.number, &placed.access_token).await.unwrap();
    assert_eq!(again, pages[0], "the page that stays is still the one");
    scene.service.pay(&pages[0]).await;
    scene.pass(TimeDelta::seconds(60)).await;
    assert!(scene.is(&placed, OrderStatus::Processing).await);
}
