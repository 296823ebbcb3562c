//! What buyers are written: one letter for each thing that they must know, in the transaction of it; and how it leaves.

use std::time::Duration;

use chrono::TimeDelta;
use domain::command::Command;
use domain::events::ShopEvent;
use domain::mail::{LetterId, LetterPage, LetterState, ListLetters, MailKind};
use domain::orders::{CancelOrder, ShipOrder};
use domain::payments::PaymentMethod;
use domain::staff::{Permission, Role, Staff};
use services::{Error, commands, jobs, orders, testing};
use sqlx::MySqlPool;
use tokio::sync::broadcast::Receiver;

use crate::shop::{TestShop, account};

mod account;
mod accounts;
mod faults;
mod own_words;
mod owner;
mod sending;
pub(crate) mod server;
mod staff;
mod story;
mod words;

impl TestShop {
    /// The kinds of letters in the outbox, oldest first.
    async fn letters(&self) -> Vec<String> {
        let rows: Vec<(String,)> = sqlx::query_as("select kind from mail_outbox order by id")
            .fetch_all(&services::testing::database(self))
            .await
            .unwrap();
        rows.into_iter().map(|row| row.0).collect()
    }

    /// Takes every letter out of the outbox but those of that kind.
    pub(crate) async fn keep_only(&self, kind: &str) {
        let others = sqlx::query("delete from mail_outbox where kind <> ?").bind(kind);
        others.execute(&testing::database(self)).await.unwrap();
    }

    /// A page of letters as the desk lists them.
    async fn listed(&self, before: Option<LetterId>) -> LetterPage {
        let page = commands::answer(self, &self.owner, ListLetters { before }.into()).await.unwrap();
        serde_json::from_value(page).unwrap()
    }

    /// The newest letter is of that kind, and a desk that lists letters hears of it.
    async fn tells_of(&self, heard: &mut Receiver<ShopEvent>, kind: MailKind) {
        let newest = self.listed(None).await.rows.into_iter().find(|row| row.kind == kind).unwrap();
        let tells = async {
            loop {
                let event = heard.recv().await.unwrap();
                if event.at >= newest.written_at && ListLetters::TOPICS.contains(&event.what.about().topic()) {
                    break;
                }
            }
        };
        assert!(tokio::time::timeout(Duration::from_secs(5), tells).await.is_ok(), "nobody hears of {kind}");
    }
}
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn each_step_that_concerns_the_buyer_leaves_one_letter(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let paid = shop.paid_order(shirt, 1).await;
    let ship = ShipOrder::all(shop.id(&paid).await, "");
    orders::ship(&shop, &shop.owner, ship.clone()).await.unwrap();
    assert_eq!(shop.letters().await, ["order_placed", "payment_arrived", "new_order", "order_shipped"]);

    orders::ship(&shop, &shop.owner, ship).await.unwrap_err();
    assert_eq!(shop.letters().await.len(), 4, "a refused step writes nothing");
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
    let placed = ["order_placed", "order_placed", "payment_arrived", "new_order"];
    assert_eq!(letters, [&placed[..], &["order_cancelled", "order_cancelled", "refund_requested"]].concat());
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_desk_lists_each_letter_with_whom_it_is_for_and_whether_it_was_sent(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let nothing = shop.listed(None).await;
    assert_eq!((nothing.rows.len(), nothing.older_than), (0, None));
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.paid_order(shirt, 1).await;
    let (monthly, _) = shop.two_plans().await;
    shop.become_member(&account(&shop, "ayu@example.com").await, &monthly).await;

    let rows = shop.listed(None).await.rows;
    let kinds: Vec<_> = rows.iter().map(|row| row.kind).collect();
    let newest_first = [
        MailKind::MembershipPaid,
        MailKind::VerifyEmail,
        MailKind::NewOrder,
        MailKind::PaymentArrived,
        MailKind::OrderPlaced,
    ];
    assert_eq!(kinds, newest_first);
    assert_eq!((rows[0].to.as_str(), &rows[0].order), ("ayu@example.com", &None));
    let order = Some((shop.id(&placed).await, placed.number.clone()));
    assert_eq!((rows[3].to.as_str(), &rows[3].order), ("siti@example.com", &order));
    assert_eq!((&rows[2].to, &rows[2].order), (&shop.owner.email, &order), "the owner's own letter");
    assert!(rows.iter().all(|row| (row.state, row.sent_at) == (LetterState::Waiting, None)), "all of them wait");

    let sent = "update mail_outbox set state = 'sent', sent_at = created_at, next_try_at = null
                where kind = 'payment_arrived'";
    sqlx::query(sent).execute(&testing::database(&shop)).await.unwrap();
    assert_eq!(shop.listed(None).await.rows[3].sent_at, Some(rows[3].written_at));
}

/// The end of a membership is told by a job, and so is what comes before it: both letters are for its member.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn whoever_looks_at_the_letters_hears_of_every_new_one(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let siti = account(&shop, "siti@example.com").await;
    let (monthly, _) = shop.two_plans().await;
    let mut heard = shop.subscribe();

    shop.paid_order(shirt, 1).await;
    shop.tells_of(&mut heard, MailKind::PaymentArrived).await;
    shop.become_member(&siti, &monthly).await;
    shop.tells_of(&mut heard, MailKind::MembershipPaid).await;
    let left = shop.membership(&siti).await.unwrap().ends_at - shop.now().await.unwrap();
    shop.clock().advance(left - TimeDelta::hours(60));
    jobs::run_due_work(&shop).await.unwrap();
    shop.tells_of(&mut heard, MailKind::MembershipEndsSoon).await;
    shop.clock().advance(TimeDelta::hours(61));
    jobs::run_due_work(&shop).await.unwrap();
    shop.tells_of(&mut heard, MailKind::MembershipEnded).await;
    let rows = shop.listed(None).await.rows;
    assert!(rows.iter().all(|row| row.to == "siti@example.com" || row.to == shop.owner.email), "{rows:?}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_pages_of_letters_follow_each_other_whatever_is_written_meanwhile(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    shop.paid_order(shirt, 1).await;
    shop.keep_only("payment_arrived").await;
    let more = "insert into mail_outbox (kind, order_id, created_at, asked_at, next_try_at)
                select 'order_shipped', id, placed_at, placed_at, placed_at from orders";
    for _ in 0..49 {
        sqlx::query(more).execute(&testing::database(&shop)).await.unwrap();
    }

    let first = shop.listed(None).await;
    shop.paid_order(shirt, 1).await;
    let second = shop.listed(first.older_than).await;

    assert_eq!((first.rows.len(), second.rows.len()), (25, 25));
    assert_eq!((first.older_than, second.older_than), (Some(first.rows[24].id), None), "fifty are two whole pages");
    let ids: Vec<_> = first.rows.iter().chain(&second.rows).map(|row| row.id).collect();
    assert!(ids.is_sorted_by(|newer, older| newer > older), "newest first, and none twice: {ids:?}");
    assert_eq!(second.rows[24].kind, MailKind::PaymentArrived, "the oldest is the last");
    assert_eq!(shop.listed(Some(second.rows[24].id)).await.rows, []);
    let newest = shop.listed(None).await;
    assert!(newest.rows[0].id > first.rows[0].id && newest.older_than > first.older_than, "the newest came on top");
}

/// Addresses, money and memberships of everybody in one list are for the owner.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_clerk_is_not_shown_the_letters(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let clerk = Staff { role: Role::Staff, ..shop.owner.clone() };
    let refused = commands::answer(&shop, &clerk, ListLetters { before: None }.into()).await.unwrap_err();
    assert!(matches!(&refused, Error::Forbidden(no) if no.permission == Permission::ChangeSettings), "{refused:?}");
}
