//! What the history of an order tells between its steps, and why its steps were taken.

use chrono::TimeDelta;
use domain::audit::{AuditAction, ListAudit};
use domain::inventory::stock_takes::{CountInStockTake, StartStockTake};
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::orders::{Actor, HistoryEntry, HistoryKind, OrderStatus, ShipOrder};
use domain::page::PageNumber;
use domain::payments::{GatewayOutcome, PaymentMethod, RefundOrder, RefundWhat};
use reqwest::Method;
use serde_json::json;
use services::inventory::stock_takes;
use services::{Error, audit, jobs, orders, payments};
use sqlx::MySqlPool;

use crate::served::{Answer, Served};
use crate::shop::TestShop;

const ALL: ListAudit =
    ListAudit { staff_id: None, subject: None, search: None, from: None, to: None, page: PageNumber::FIRST };

fn rupiah(amount: i64) -> String {
    Money::minor(amount).display(Currency::Rupiah)
}

fn notes(history: &[HistoryEntry]) -> Vec<(HistoryKind, OrderStatus, &str)> {
    history.iter().map(|entry| (entry.kind, entry.status, entry.note.as_deref().unwrap_or_default())).collect()
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_part_that_comes_back_and_money_that_goes_back_stand_in_the_history(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.paid_order(shirt, 3).await;
    let order = shop.detail(&placed).await;
    orders::ship(&shop, &shop.owner, ShipOrder::all(order.id, "")).await.unwrap();

    for _ in 0..2 {
        shop.give_back(&order, 1, true, true, "one").await.unwrap();
        let (what, key) = (RefundWhat::Amount(Money::minor(1_000)), "sekali".to_owned());
        let request = RefundOrder { order_id: order.id, what, reason: "noda kecil".to_owned(), key };
        payments::refund(&shop, &shop.owner, request).await.unwrap();
    }
    shop.give_back(&order, 1, false, false, "two").await.unwrap();

    let order = orders::detail(&shop, &shop.owner, order.id).await.unwrap();
    let (shipped, back) = (OrderStatus::Shipped, HistoryKind::CameBack);
    let with_money = format!("Kembali: 1 × SHIRT. {} dikembalikan.", rupiah(150_000));
    let money = format!("{} dikembalikan. noda kecil", rupiah(1_000));
    assert_eq!(
        notes(&order.history[3..]),
        [
            (back, shipped, with_money.as_str()),
            (HistoryKind::MoneyBack, shipped, money.as_str()),
            (back, shipped, "Kembali: 1 × SHIRT."),
        ]
    );
    assert!(order.history[3..].iter().all(|entry| entry.actor == Actor::Staff(shop.owner.name.clone())));

    // The buyer reads what came back, and never why the desk says that it did.
    let path = orders::path(&placed.number, &placed.access_token);
    let page = shop.visitor().get(&path).await;
    assert_eq!(page.text.matches("data-test=\"aside\"").count(), 3, "{}", page.text);
    assert!(page.text.contains("Kembali: 1 × SHIRT.") && !page.text.contains("too small"), "{}", page.text);
    let path = format!("/api/v1/orders/{}?token={}", placed.number, placed.access_token);
    let told = Answer::of(shop.ask(Method::GET, &path).send().await.unwrap()).await.json();
    assert_eq!(
        told["history"][2],
        json!({
            "kind": "step", "status": "shipped", "at": told["history"][2]["at"], "note": null,
        })
    );
    assert_eq!(told["history"][5]["note"], "Kembali: 1 × SHIRT.");
    assert!(!told.to_string().contains("too small"));

    let all = shop.give_back(&order, 1, false, false, "three").await.unwrap();
    let end = notes(&all.history[6..]);
    assert_eq!(end[0], (back, shipped, "Kembali: 1 × SHIRT."));
    assert_eq!(end[1], (HistoryKind::Step, OrderStatus::Returned, "too small"));
    let rows = audit::page(&shop, &shop.owner, ALL).await.unwrap().rows;
    let of_return = rows.iter().rev().find(|row| row.action == AuditAction::ReturnOrder).unwrap();
    let told: Vec<_> = of_return.changes.iter().map(|change| (change.path.join("."), change.after.clone())).collect();
    assert!(told.contains(&("amount".to_owned(), Some("150000".to_owned()))), "{told:?}");
    assert!(told.contains(&("refund".to_owned(), Some("true".to_owned()))), "{told:?}");
}

/// Checklist 77.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn moves_that_nobody_at_the_desk_made_say_why(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let late = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let unpaid = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let paid = shop.paid_order(shirt, 1).await;
    let last = async |placed| shop.detail(placed).await.history.pop().unwrap().note.unwrap_or_default();

    assert_eq!(last(&paid).await, format!("Dibayar lewat demo: {}-1.", paid.number));
    shop.clock().advance(TimeDelta::hours(25));
    jobs::run_due_work(&shop).await.unwrap();
    for placed in [&late, &unpaid] {
        let note = last(placed).await;
        assert!(note.starts_with("Belum dibayar sampai ") && note.contains("pukul"), "{note}");
    }
    shop.clock().advance(TimeDelta::hours(-25));
    shop.notify(&TestShop::notification(&late, GatewayOutcome::Paid)).await.unwrap();
    let note = format!("Uangnya datang setelah waktunya habis, lewat demo: {}-1.", late.number);
    assert_eq!(last(&late).await, note);
}

/// Checklist 77. Checklist 78. Pitfall M7.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_buyer_may_say_why_they_call_an_order_off(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let mut placed = Vec::new();
    for _ in 0..4 {
        placed.push(shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap());
    }
    let last = async |of: usize| shop.detail(&placed[of]).await.history.pop().unwrap();

    let (number, token) = (&placed[0].number, &placed[0].access_token);
    let long = orders::cancel_by_buyer(&shop, number, token, &"x".repeat(201)).await.unwrap_err();
    let is_told = |error: &Error| {
        matches!(error, Error::Invalid(fields)
            if (fields[0].field.as_str(), &fields[0].message) == ("reason", &Message::TooLong { most: 200 }))
    };
    assert!(is_told(&long), "{long:?}");
    assert_eq!(last(0).await.status, OrderStatus::PendingPayment);
    orders::cancel_by_buyer(&shop, number, token, " salah ukuran ").await.unwrap();
    orders::cancel_by_buyer(&shop, number, token, "lain lagi").await.unwrap();
    let entry = last(0).await;
    assert_eq!((entry.actor, entry.note.as_deref()), (Actor::Shopper, Some("salah ukuran")));

    let visitor = shop.visitor();
    visitor.get(&orders::path(&placed[1].number, &placed[1].access_token)).await;
    let form = format!("/orders/{}/cancel?token={}", placed[1].number, placed[1].access_token);
    assert_eq!(visitor.post(&form, &[("reason", "dobel")]).await.status, 303);
    assert_eq!(last(1).await.note.as_deref(), Some("dobel"));

    let path = |of: usize| format!("/api/v1/orders/{}/cancel?token={}", placed[of].number, placed[of].access_token);
    let wrong = shop.ask(Method::POST, &path(2)).json(&json!({ "reason": 7 })).send().await.unwrap();
    assert_eq!(Answer::of(wrong).await.problem(), "invalid_input");
    let said = shop.ask(Method::POST, &path(2)).json(&json!({ "reason": "salah alamat" })).send().await.unwrap();
    assert_eq!((said.status().as_u16(), last(2).await.note.as_deref()), (200, Some("salah alamat")));
    let silent = shop.ask(Method::POST, &path(3)).send().await.unwrap();
    assert_eq!((silent.status().as_u16(), last(3).await.note), (200, None));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_recount_tells_what_had_been_counted(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 5).await;
    let take = stock_takes::start(&shop, &shop.owner, StartStockTake { name: "Rak A".to_owned() }).await.unwrap();
    for counted in [4, 5] {
        let request = CountInStockTake { stock_take_id: take.row.id, sku: "SHIRT".to_owned(), counted };
        stock_takes::count(&shop, &shop.owner, request).await.unwrap();
    }

    let rows = audit::page(&shop, &shop.owner, ALL).await.unwrap().rows;
    let change = |row: usize| rows[row].changes.iter().find(|change| change.path == ["counted"]).cloned().unwrap();
    assert_eq!((change(0).before.as_deref(), change(0).after.as_deref()), (Some("4"), Some("5")));
    assert_eq!((change(1).before.as_deref(), change(1).after.as_deref()), (None, Some("4")));
}
