//! Notices: what gateways told and cannot be applied waits for a person, and keeps nothing else waiting.

use std::time::Duration;

use chrono::TimeDelta;
use domain::events::Happening;
use domain::id::InboxId;
use domain::memberships::PurchaseStatus;
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::orders::OrderStatus;
use domain::payments::{
    DemoRefund, DemoRefundNotification, GatewayOutcome, NoticeTrouble, PaymentMethod, RetryNotice, SetAsideNotice,
    StuckNotice,
};
use services::payments::{Received, demo};
use services::{Error, jobs, memberships, payments, reports};
use sqlx::MySqlPool;

use crate::memberships::told;
use crate::shop::{SECRET, TestShop, account};

impl TestShop {
    async fn stuck(&self) -> Vec<StuckNotice> {
        jobs::board(self, &self.owner).await.unwrap().notices
    }

    async fn later(&self, by: TimeDelta) {
        self.clock().advance(by);
        jobs::run_due_work(self).await.unwrap();
    }

    /// An inbox row as only a change of the shop's gateways, or of what they send, leaves it.
    async fn received(&self, gateway: &str, key: &str, body: &str) {
        sqlx::query(
            "insert into payment_inbox (gateway, event_key, body, received_at) values (?, ?, ?, utc_timestamp(6))",
        )
        .bind(gateway)
        .bind(key)
        .bind(body)
        .execute(&services::testing::database(self))
        .await
        .unwrap();
    }

    async fn tries(&self) -> i64 {
        self.count("select cast(coalesce(sum(tries), 0) as signed) from payment_inbox").await
    }
}

fn aside(notice_id: InboxId, reason: &str) -> SetAsideNotice {
    SetAsideNotice { notice_id, reason: reason.to_owned() }
}

/// What fails again and again is tried ever more seldom, shown once it lasts, and applied as soon as it can be.
#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn money_that_cannot_be_applied_waits_for_the_owner_and_is_not_lost(db: MySqlPool) {
    let shop = TestShop::open_own(db).await;
    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let purchase = shop.ask_for(&siti, &monthly).await.unwrap();
    shop.go_to_pay(&siti, &purchase).await;
    let pool = services::testing::database(&shop);
    sqlx::query("alter table memberships add constraint broken check (value_amount < 0)").execute(&pool).await.unwrap();
    let mut heard = shop.subscribe();

    assert_eq!(shop.notify(&told(&purchase, 1, GatewayOutcome::Paid)).await.unwrap(), Received::New);
    assert_eq!(shop.stuck().await, [], "an error may pass by itself");
    for _ in 0..8 {
        shop.later(TimeDelta::seconds(8)).await;
    }
    let [notice] = shop.stuck().await.try_into().unwrap();
    assert_eq!((notice.trouble, notice.tries), (NoticeTrouble::Failed, 4));
    assert!(notice.detail.as_ref().is_some_and(|why| why.contains("broken")), "{notice:?}");
    let about = notice.about.clone().unwrap();
    let amount = about.money.map(|(amount, _)| amount);
    assert_eq!((about.reference, amount), (format!("{}-1", purchase.number), Some(purchase.due)));
    assert_eq!(reports::dashboard(&shop, &shop.owner).await.unwrap().needs_review.notices, 1);
    let expected = Happening::NoticeStuck { gateway: "demo".to_owned() };
    let heard = async { while heard.recv().await.unwrap().what != expected {} };
    tokio::time::timeout(Duration::from_secs(5), heard).await.unwrap();
    for _ in 0..20 {
        shop.later(TimeDelta::seconds(8)).await;
    }
    assert!(shop.tries().await <= 7, "ever more seldom: {}", shop.tries().await);

    let again = RetryNotice { notice_id: notice.id };
    let in_vain = payments::retry(&shop, &shop.owner, again).await.unwrap_err();
    assert!(matches!(in_vain, Error::Refused(Message::NoticeStillStuck)), "{in_vain:?}");
    sqlx::query("alter table memberships drop constraint broken").execute(&pool).await.unwrap();
    payments::retry(&shop, &shop.owner, again).await.unwrap();
    assert_eq!(shop.stuck().await, []);
    let paid = memberships::purchase(&shop, &siti, &purchase.number).await.unwrap();
    assert_eq!(paid.status, PurchaseStatus::Paid);
    assert!(shop.membership(&siti).await.is_some());
    let over = payments::retry(&shop, &shop.owner, again).await.unwrap_err();
    assert!(matches!(over, Error::NotFound(Message::NoSuchNotice)), "{over:?}");
}

/// However many cannot be applied, a new one is.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_thousand_stuck_notices_keep_no_other_waiting(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let many = "insert into payment_inbox (gateway, event_key, body, received_at)
                with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 1000)
                select 'closed', concat('evt-', n), '{}', utc_timestamp(6) from numbers";
    sqlx::query(many).execute(&services::testing::database(&shop)).await.unwrap();
    jobs::run_due_work(&shop).await.unwrap();

    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.paid_order(shirt, 1).await;
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::Processing);
    let tried = shop.tries().await;
    assert!(tried > 0);
    shop.paid_order(shirt, 1).await;
    assert!(shop.tries().await <= 1_000, "each was tried once in this time at most");
}

/// What only a person can judge is shown at once: money for a payment that is not ours, a refund that we did not give,
/// what says nothing, and what came from a service that is not used any more.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_nobody_asked_for_is_shown_with_what_it_says(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.paid_order(shirt, 1).await;
    let mut unknown = TestShop::notification(&placed, GatewayOutcome::Paid);
    (unknown.reference, unknown.event_id) = ("ET-NOTHERE0-1".to_owned(), "evt-elsewhere".to_owned());
    shop.notify(&unknown).await.unwrap();
    let refund = DemoRefundNotification {
        event_id: "evt-by-hand".to_owned(),
        reference: format!("{}-1", placed.number),
        refund: DemoRefund {
            refund_id: "rf-1".to_owned(),
            key: "given by hand".to_owned(),
            amount: Money::minor(1_000),
            currency: Currency::Rupiah,
        },
        at: chrono::Utc::now(),
    };
    let body = serde_json::to_vec(&refund).unwrap();
    let signature = demo::sign(SECRET, shop.now().await.unwrap().timestamp(), &body);
    payments::receive(&shop, "demo", &[(demo::SIGNATURE_HEADER.to_owned(), signature)], &body).await.unwrap();
    shop.received("demo", "evt-noise", "no json at all").await;
    shop.received("closed", "evt-old", "{}").await;
    for _ in 0..8 {
        shop.later(TimeDelta::seconds(10)).await;
    }

    let stuck = shop.stuck().await;
    let seen: Vec<_> = stuck.iter().map(|notice| notice.trouble).collect();
    let all = [
        NoticeTrouble::UnknownPayment,
        NoticeTrouble::UnknownRefund,
        NoticeTrouble::Unreadable,
        NoticeTrouble::NoGateway,
    ];
    assert_eq!(seen, all);
    assert_eq!(stuck[0].about.as_ref().unwrap().order_id, None);
    let back = stuck[1].about.as_ref().unwrap();
    assert_eq!((back.outcome, back.order_id), (None, Some(shop.id(&placed).await)));
    assert_eq!((stuck[2].about.as_ref(), stuck[3].about.as_ref()), (None, None));
    assert_eq!(shop.detail(&placed).await.balance.refunded, Money::ZERO, "nothing is believed that was not asked for");

    // A person decides; the reason is in the history, and nothing tries any more.
    let silent = payments::set_aside(&shop, &shop.owner, aside(stuck[0].id, " ")).await.unwrap_err();
    assert!(matches!(silent, Error::Invalid(_)), "{silent:?}");
    for notice in &stuck {
        payments::set_aside(&shop, &shop.owner, aside(notice.id, "uangnya sudah dicek")).await.unwrap();
    }
    assert_eq!(shop.stuck().await, []);
    assert_eq!(shop.count("select count(*) from payment_inbox where applied_at is null").await, 0);
    assert_eq!(shop.count("select count(*) from payment_inbox where outcome = 'set_aside'").await, 4);
    let twice = payments::set_aside(&shop, &shop.owner, aside(stuck[0].id, "lagi")).await.unwrap_err();
    assert!(matches!(twice, Error::NotFound(Message::NoSuchNotice)), "{twice:?}");
}

/// One that is applied, or still may be, is nobody's to set aside.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_not_stuck_cannot_be_set_aside(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    shop.received("closed", "evt-young", "{}").await;
    jobs::run_due_work(&shop).await.unwrap();
    let id = InboxId::new(shop.count("select cast(id as signed) from payment_inbox").await.unsigned_abs());
    let refused = payments::set_aside(&shop, &shop.owner, aside(id, "coba")).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound(Message::NoSuchNotice)), "{refused:?}");
    let refused = payments::retry(&shop, &shop.owner, RetryNotice { notice_id: InboxId::new(id.get() + 1) });
    assert!(matches!(refused.await.unwrap_err(), Error::NotFound(Message::NoSuchNotice)));
}
