//! Memberships that the desk ends before their time, and the money that goes back.

use domain::audit::{AuditAction, ListAudit};
use domain::memberships::{EndMembership, GetMember, MemberDetail, MembershipId, MembershipStatus, PurchaseStatus};
use domain::message::Message;
use domain::money::Money;
use domain::page::PageNumber;
use domain::payments::GatewayOutcome;
use domain::staff::{Role, Staff};
use services::{Error, Result, audit, memberships};
use sqlx::MySqlPool;

use super::told;
use crate::shop::{TestShop, account};

fn request(id: MembershipId, refund: Option<i64>, key: &str) -> EndMembership {
    let (reason, key) = ("minta berhenti".to_owned(), key.to_owned());
    EndMembership { membership_id: id, reason, refund: refund.map(Money::minor), key }
}

impl TestShop {
    async fn end(&self, id: MembershipId, refund: Option<i64>, key: &str) -> Result<MemberDetail> {
        memberships::end(self, &self.owner, request(id, refund, key)).await
    }
}

fn refused_at_the_amount(error: &Error) -> Message {
    let Error::Invalid(fields) = error else { panic!("{error:?}") };
    assert_eq!(fields[0].field, "refund");
    fields[0].message.clone()
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_desk_ends_a_membership_at_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, yearly) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    shop.become_member(&siti, &monthly).await;
    let id = shop.membership(&siti).await.unwrap().id;
    let renewal = shop.ask_for(&siti, &monthly).await.unwrap();
    shop.go_to_pay(&siti, &renewal).await;
    assert!(memberships::benefit_of(&shop, &siti).await.unwrap().is_some());
    let changes =
        "select count(*) from events where kind = 'changed' and json_value(content, '$.about') = 'memberships'";
    let heard = shop.count(changes).await;

    for _ in 0..2 {
        let ended = shop.end(id, None, "sekali").await.unwrap();
        assert_eq!(ended.row.membership.status, MembershipStatus::Cancelled);
        assert_eq!(ended.refundable, Money::minor(29_000), "no money goes back unless it is asked for");
    }

    assert_eq!(memberships::benefit_of(&shop, &siti).await.unwrap(), None);
    assert_eq!(shop.membership(&siti).await, None);
    assert_eq!(shop.letters_of("membership_ended").await, 1);
    assert!(shop.count(changes).await > heard);
    assert_eq!(shop.count("select count(*) from audit where action = 'end_membership'").await, 1);
    let all = ListAudit { staff_id: None, subject: None, search: None, from: None, to: None, page: PageNumber::FIRST };
    let row = audit::page(&shop, &shop.owner, all).await.unwrap().rows.remove(0);
    assert_eq!((row.action, row.subject.name.as_str()), (AuditAction::EndMembership, siti.name.as_str()));
    let status = row.changes.iter().find(|change| change.path == ["status"]).unwrap();
    assert_eq!((status.before.as_deref(), status.after.as_deref()), (Some("active"), Some("cancelled")));
    assert!(row.changes.iter().any(|change| change.after.as_deref() == Some("minta berhenti")));

    // The renewal that waited waits no more; its money would go back.
    let renewal = memberships::purchase(&shop, &siti, &renewal.number).await.unwrap();
    assert_eq!(renewal.status, PurchaseStatus::Cancelled);
    shop.notify(&told(&renewal, 1, GatewayOutcome::Paid)).await.unwrap();
    assert_eq!(shop.membership(&siti).await, None);
    let again = shop.end(id, None, "lagi").await.unwrap_err();
    assert!(matches!(again, Error::Refused(Message::MembershipIsOver)), "{again:?}");
    // The place is free for another membership.
    shop.become_member(&siti, &yearly).await;
    assert_ne!(shop.membership(&siti).await.unwrap().id, id);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_of_a_membership_goes_back_once_and_from_the_newest_purchase_first(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let first = shop.become_member(&siti, &monthly).await;
    let second = shop.become_member(&siti, &monthly).await;
    let id = shop.membership(&siti).await.unwrap().id;

    let mut posts = tokio::task::JoinSet::new();
    for _ in 0..2 {
        let (shop, owner) = (Clone::clone(&*shop), shop.owner.clone());
        posts.spawn(async move { memberships::end(&shop, &owner, request(id, Some(40_000), "sekali")).await.unwrap() });
    }
    for detail in posts.join_all().await {
        assert_eq!(detail.refundable, Money::minor(18_000));
    }

    let detail = memberships::member(&shop, &shop.owner, GetMember { membership_id: id }).await.unwrap();
    let back = |number: &str| {
        let of = |row: &&domain::memberships::PurchaseRow| row.purchase.number == number;
        detail.purchases.iter().find(of).unwrap().balance.refunded
    };
    assert_eq!((back(&second.number), back(&first.number)), (Money::minor(29_000), Money::minor(11_000)));
    assert_eq!(detail.row.membership.status, MembershipStatus::Cancelled);
    assert_eq!(shop.count("select count(*) from refunds where status = 'requested'").await, 2);
    assert_eq!(shop.letters_of("membership_ended").await, 1);

    // What is left of one that is over goes back by a wish of its own, and no more than is left.
    let mut wishes = tokio::task::JoinSet::new();
    for key in ["satu", "dua"] {
        let (shop, owner) = (Clone::clone(&*shop), shop.owner.clone());
        wishes.spawn(async move { memberships::end(&shop, &owner, request(id, Some(18_000), key)).await });
    }
    let outcomes = wishes.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let refused = outcomes.into_iter().find_map(Result::err).unwrap();
    assert_eq!(refused_at_the_amount(&refused), Message::NothingToRefund);
    assert_eq!(shop.count("select cast(sum(amount) as signed) from refunds").await, 58_000);
    assert_eq!(shop.letters_of("membership_ended").await, 1);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_membership_lives_on_when_more_should_go_back_than_was_paid(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    shop.become_member(&siti, &monthly).await;
    let id = shop.membership(&siti).await.unwrap().id;

    for (amount, key) in [(29_001, "a"), (0, "b"), (-1, "c")] {
        let message = refused_at_the_amount(&shop.end(id, Some(amount), key).await.unwrap_err());
        assert!(matches!(message, Message::TooMuchToRefund { .. } | Message::NotAnAmount), "{message:?}");
    }
    let nameless = EndMembership { reason: " ".to_owned(), ..request(id, None, "d") };
    let refused = memberships::end(&shop, &shop.owner, nameless).await.unwrap_err();
    assert!(matches!(&refused, Error::Invalid(fields) if fields[0].field == "reason"), "{refused:?}");
    let clerk = Staff { role: Role::Staff, ..shop.owner.clone() };
    let forbidden = memberships::end(&shop, &clerk, request(id, None, "e")).await.unwrap_err();
    assert!(matches!(forbidden, Error::Forbidden(_)), "{forbidden:?}");
    let nobody = shop.end(MembershipId::new(99), None, "f").await.unwrap_err();
    assert!(matches!(nobody, Error::NotFound(Message::NoSuchMembership)), "{nobody:?}");

    assert!(shop.membership(&siti).await.is_some());
    assert_eq!(shop.count("select count(*) from refunds").await, 0);
    assert_eq!(shop.count("select count(*) from audit where action = 'end_membership'").await, 0);
}
