//! What letters say: every kind has words in both languages, and its links lead where its reader may go.

use std::collections::BTreeSet;

use domain::jobs::JobName;
use domain::locale::{Locale, Translated};
use domain::mail::{DaySums, LetterId, LowUnits, MailKind, Told};
use domain::money::Money;
use domain::payments::{RefundOrder, RefundWhat};
use services::{payments, testing};
use sqlx::MySqlPool;

use crate::served::Served;
use crate::shop::account;

/// Which kinds are about what.
const OF_ORDERS: [MailKind; 10] = [
    MailKind::OrderPlaced,
    MailKind::PaySoon,
    MailKind::OrderLink,
    MailKind::PaymentArrived,
    MailKind::OrderExpired,
    MailKind::OrderCancelled,
    MailKind::OrderShipped,
    MailKind::RestCalledOff,
    MailKind::OrderReturned,
    MailKind::ProofRefused,
];
const OF_ACCOUNTS: [MailKind; 6] = [
    MailKind::PasswordWasReadable,
    MailKind::VerifyEmail,
    MailKind::ResetPassword,
    MailKind::PasswordChanged,
    MailKind::SignInLink,
    MailKind::NewSignIn,
];
const OF_MEMBERSHIPS: [MailKind; 2] = [MailKind::MembershipEndsSoon, MailKind::MembershipEnded];

/// A letter of every kind, in whatever language their readers have by now.
pub(super) async fn every_kind(shop: &Served) -> Vec<(MailKind, LetterId)> {
    let db = testing::database(shop);
    let write = async |kind: MailKind, column: &str, table: &str, refund: bool| {
        let refund = if refund { "(select max(id) from refunds)" } else { "null" };
        let id = if table == "accounts" { "customer_id" } else { "id" };
        let insert = format!(
            "insert into mail_outbox (kind, {column}, refund_id, created_at, asked_at, next_try_at)
             select ?, {id}, {refund}, utc_timestamp(6), utc_timestamp(6), utc_timestamp(6) from {table}
             order by {id} desc limit 1"
        );
        let done = sqlx::query(sqlx::AssertSqlSafe(insert)).bind(kind.as_str()).execute(&db).await.unwrap();
        (kind, LetterId::new(done.last_insert_id()))
    };
    let mut all = Vec::new();
    for kind in OF_ORDERS {
        all.push(write(kind, "order_id", "orders", false).await);
    }
    for kind in [MailKind::RefundRequested, MailKind::RefundSucceeded] {
        all.push(write(kind, "order_id", "orders", true).await);
    }
    for kind in OF_MEMBERSHIPS {
        all.push(write(kind, "membership_id", "memberships", false).await);
    }
    all.push(write(MailKind::MembershipPaid, "membership_purchase_id", "membership_purchases", false).await);
    for kind in OF_ACCOUNTS {
        all.push(write(kind, "customer_id", "accounts", false).await);
    }
    for kind in [MailKind::StaffReset, MailKind::StaffPasswordChanged] {
        all.push(write(kind, "staff_id", "staff", false).await);
    }
    for kind in [MailKind::NewOrder, MailKind::MoneyToDecide] {
        all.push(write(kind, "order_id", "orders", false).await);
        let to_owner = "update mail_outbox set staff_id = (select min(id) from staff) where id = ?";
        sqlx::query(to_owner).bind(all[all.len() - 1].1.get()).execute(&db).await.unwrap();
    }
    let low = LowUnits { sku: "SHIRT-M".to_owned(), name: Translated::same("Kemeja"), left: 2 };
    let sums = DaySums {
        day: chrono::NaiveDate::from_ymd_opt(2026, 11, 29).unwrap(),
        orders: 3,
        sold: Money::minor(450_000),
        to_pack: 1,
        unpaid: 2,
        low: 1,
        failed_letters: 1,
    };
    for (kind, about, told) in [
        (MailKind::ConfirmNewEmail, "customer_id", None),
        (MailKind::EmailChanged, "customer_id", Some(Told::NewEmail { email: "baru@example.com".to_owned() })),
        (MailKind::VoucherGiven, "customer_id", Some(Told::Voucher { code: "HEMAT10".to_owned() })),
        (MailKind::LowStock, "staff_id", Some(Told::LowStock { variants: vec![low] })),
        (
            MailKind::JobFailed,
            "staff_id",
            Some(Told::JobFailed { job: JobName::ClearPictures, error: "the disk is full".to_owned() }),
        ),
        (MailKind::DailySummary, "staff_id", Some(Told::DailySummary(sums))),
    ] {
        let table = if about == "staff_id" { "staff" } else { "accounts" };
        all.push(write(kind, about, table, false).await);
        let told = told.map(|told| serde_json::to_string(&told).unwrap());
        let tell = sqlx::query("update mail_outbox set told = ? where id = ?");
        tell.bind(told).bind(all[all.len() - 1].1.get()).execute(&db).await.unwrap();
    }
    all
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_kind_of_letter_has_words_in_both_languages_and_links_that_open(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.paid_order(shirt, 2).await;
    let order_id = shop.id(&placed).await;
    let what = RefundWhat::Everything;
    let refund = RefundOrder { order_id, what, reason: "sobek & <basah>".to_owned(), key: "k".to_owned() };
    payments::refund(&shop, &shop.owner, refund).await.unwrap();
    let (monthly, _) = shop.two_plans().await;
    shop.become_member(&account(&shop, "ayu@example.com").await, &monthly).await;
    let letters = every_kind(&shop).await;
    assert_eq!(letters.iter().map(|(kind, _)| kind.as_str()).collect::<BTreeSet<_>>().len(), MailKind::ALL.len());

    let mut said = BTreeSet::new();
    for locale in Locale::ALL {
        for table in ["orders", "membership_purchases", "accounts", "staff"] {
            let speak = format!("update {table} set locale = '{locale}'");
            sqlx::query(sqlx::AssertSqlSafe(speak)).execute(&testing::database(&shop)).await.unwrap();
        }
        for (kind, id) in &letters {
            let words = testing::letter_words(&shop, *id).await.unwrap();
            assert!(said.insert(words.subject.clone()), "{kind} {locale}: {} is said twice", words.subject);
            let hello = if *locale == Locale::English { "Hello " } else { "Halo " };
            assert!(words.text.contains(hello) && words.html.contains(hello), "{kind} {locale}: {}", words.text);
            assert!(words.html.contains(&format!(r#"<html lang="{locale}">"#)));
            assert!(!words.text.contains("&amp;") && !words.html.contains("<basah>"), "{kind} {locale}");
            only_the_shops_own(&shop, &words.html);
            for link in links(&words.text) {
                let answer = shop.get(link.strip_prefix(&shop.url("")).unwrap()).await;
                assert!((200..400).contains(&answer.status), "{kind}: {link} {}", answer.text);
            }
            if OF_ORDERS.contains(kind) {
                assert!(words.subject.contains(&placed.number), "{kind}: {}", words.subject);
                assert!(links(&words.text).any(|link| link.contains(&placed.access_token)));
            }
        }
    }
    shop.stop().await;
}

/// The addresses in a text.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.starts_with("http"))
}

/// Nothing is fetched from elsewhere, and nothing runs.
fn only_the_shops_own(shop: &Served, html: &str) {
    for (at, _) in html.match_indices("http") {
        assert!(html[at..].starts_with(&shop.url("")), "{}", &html[at..(at + 60).min(html.len())]);
    }
    for foreign in ["<script", "<img", "<link", "url(", "@import"] {
        assert!(!html.contains(foreign), "{foreign}");
    }
}
