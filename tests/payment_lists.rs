//! The desk's lists of payments: attempts, what gateways told, and how often somebody told what was not genuine.

use domain::id::InboxId;
use domain::message::Message;
use domain::payments::{
    CheckAttempt, GatewayOutcome, GetNotice, ListAttempts, ListNotices, NoticeOutcome, PaidFor, PaymentId,
    PaymentMethod, PaymentStatus,
};
use domain::staff::{Role, Staff};
use services::payments::{self, demo};
use services::{Error, testing};
use sqlx::MySqlPool;

use crate::shop::TestShop;

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn attempts_are_listed_by_pages_and_by_status_and_each_is_asked_about(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 99).await;
    let paid = shop.paid_order(shirt, 1).await;
    let order = shop.id(&paid).await;
    let many = "insert into payments (order_id, gateway, reference, status, amount, currency, created_at, updated_at)
                with recursive n as (select 1 as i union all select i + 1 from n where i < 120)
                select ?, 'demo', concat('X-', i), if(i % 3 = 0, 'failed', 'expired'), i, 'IDR', utc_timestamp(6),
                       utc_timestamp(6) from n";
    sqlx::query(many).bind(order.get()).execute(&testing::database(&shop)).await.unwrap();

    for status in [None, Some(PaymentStatus::Failed), Some(PaymentStatus::NeedsReview)] {
        let (mut before, mut seen): (Option<PaymentId>, Vec<PaymentId>) = (None, Vec::new());
        loop {
            let page = payments::attempts(&shop, &shop.owner, ListAttempts { status, before }).await.unwrap();
            assert!(page.rows.len() <= 50 && page.rows.iter().all(|row| status.is_none_or(|it| it == row.status)));
            seen.extend(page.rows.iter().map(|row| row.id));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert!(seen.is_sorted_by(|one, next| one > next), "newest first, and none twice");
        let all = [(None, 121), (Some(PaymentStatus::Failed), 40), (Some(PaymentStatus::NeedsReview), 0)];
        assert_eq!(seen.len(), all.iter().find(|(of, _)| *of == status).unwrap().1);
    }
    let request = ListAttempts { status: Some(PaymentStatus::Paid), before: None };
    let page = payments::attempts(&shop, &shop.owner, request).await.unwrap();
    let first = &page.rows[0];
    assert_eq!(first.paid_for, PaidFor::Order { id: order, number: paid.number.clone() });
    assert!(!first.can_ask, "it is decided");
    payments::check_attempt(&shop, &shop.owner, CheckAttempt { payment_id: first.id }).await.unwrap();
    let nobody = payments::check_attempt(&shop, &shop.owner, CheckAttempt { payment_id: PaymentId::new(9_999) }).await;
    assert!(matches!(nobody, Err(Error::NotFound(_))));

    let helper = Staff { role: Role::Staff, ..shop.owner.clone() };
    let listed = payments::attempts(&shop, &helper, ListAttempts { status: None, before: None }).await;
    assert!(matches!(listed, Err(Error::Forbidden(_))));
    assert!(matches!(payments::notices(&shop, &helper, ListNotices { before: None }).await, Err(Error::Forbidden(_))));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn notices_tell_what_came_of_them_without_secrets_and_what_is_forged_is_only_counted(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let placed = shop.paid_order(shirt, 1).await;
    let forged = serde_json::to_vec(&TestShop::notification(&placed, GatewayOutcome::Paid)).unwrap();
    for wrong in ["another secret", ""] {
        let signature = demo::sign(wrong, shop.now().await.unwrap().timestamp(), &forged);
        let headers = [(demo::SIGNATURE_HEADER.to_owned(), signature)];
        let refused = payments::receive(&shop, "demo", &headers, &forged).await.unwrap_err();
        assert!(matches!(refused, Error::SignedOut(Message::BadSignature)), "{refused:?}");
    }
    assert!(payments::receive(&shop, "demo", &[], &forged).await.is_err());
    assert!(matches!(payments::receive(&shop, "nobody", &[], &forged).await, Err(Error::NotFound(_))));

    let page = payments::notices(&shop, &shop.owner, ListNotices { before: None }).await.unwrap();
    assert_eq!(page.refused.iter().map(|it| (it.gateway.as_str(), it.count)).collect::<Vec<_>>(), [("demo", 3)]);
    assert_eq!(page.rows.iter().map(|row| row.outcome).collect::<Vec<_>>(), [Some(NoticeOutcome::Paid)]);
    assert_eq!(shop.count("select count(*) from payment_inbox").await, 1, "nothing else of them is kept");

    let secret = r#"{"reference":"X-1","signature_key":"rahasia","card":{"number":"4811"},"amount":5}"#;
    let stored =
        "insert into payment_inbox (gateway, event_key, body, received_at) values ('demo', 'e', ?, utc_timestamp(6))";
    let id = sqlx::query(stored).bind(secret).execute(&testing::database(&shop)).await.unwrap().last_insert_id();
    let notice_id = InboxId::new(id);
    let told = payments::notice(&shop, &shop.owner, GetNotice { notice_id }).await.unwrap();
    assert!(
        told.body.contains("X-1") && !told.body.contains("rahasia") && !told.body.contains("4811"),
        "{}",
        told.body
    );
    assert_eq!((told.row.outcome, told.row.applied_at), (None, None));

    let newer = payments::notices(&shop, &shop.owner, ListNotices { before: Some(notice_id) }).await.unwrap();
    assert_eq!(newer.rows.len(), 1);
    assert_eq!(shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap().totals.total, placed.totals.total);
}
