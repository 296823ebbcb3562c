//! The history of the desk: whoever changes something is in it, with what was before and after.

use chrono::{Datelike, NaiveDate, TimeDelta, Utc};
use domain::audit::{AuditPage, FieldChange, ListAudit, SubjectKind};
use domain::inventory::ReceiveStock;
use domain::orders::{Actor, CompleteOrder};
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use services::{audit, catalog, inventory, jobs, orders, settings};
use sqlx::MySqlPool;

use crate::shop::{TestShop, category};
use crate::writing::{self, Writing};

const ALL: ListAudit =
    ListAudit { staff_id: None, subject: None, search: None, from: None, to: None, page: PageNumber::FIRST };

async fn page(shop: &TestShop, request: ListAudit) -> AuditPage {
    audit::page(shop, &shop.owner, request).await.unwrap()
}

fn told(changes: &[FieldChange]) -> Vec<String> {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
    changes.iter().map(|c| format!("{}: {} > {}", c.path.join("."), side(&c.before), side(&c.after))).collect()
}

/// Each command of the table that writes leaves a row by who used it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_command_that_writes_leaves_a_row(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    // The shop of this test was set up by a command that writes, and its row is the oldest.
    let made = "select count(*) from audit where action = 'create_owner' and id = (select min(id) from audit)";
    assert_eq!(shop.count(made).await, 1);

    let mut writing = Writing::on(&shop).await;
    for declared in writing::declared() {
        let name = declared.name;
        let (command, expected) = writing.prepare(name).await;
        let before = page(&shop, ALL).await.position.total;
        command.give(&shop).await;
        let after = page(&shop, ALL).await;
        assert_eq!(after.position.total, before + 1, "{name} leaves no row, or several");
        assert_eq!(after.rows[0].action, expected, "{name}");
        assert_eq!(after.rows[0].actor, Actor::Staff(shop.owner.name.clone()), "{name}");
        assert!(!after.rows[0].changes.is_empty(), "{name} does not tell what changed");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_row_tells_what_was_before_and_after(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let request = ReceiveStock { variant_id: shirt, quantity: 3, note: " SJ-7 ".to_owned() };
    inventory::receive(&shop, &shop.owner, request).await.unwrap();
    let mut wanted = shop.settings().await;
    wanted.name = "Toko Baru".to_owned();
    wanted.unpaid_hours = 48;
    settings::save(&shop, &shop.owner, wanted).await.unwrap();

    let rows = page(&shop, ALL).await.rows;
    assert_eq!(told(&rows[0].changes), ["name: Toko Uji > Toko Baru", "unpaid_hours: 24 > 48"]);
    assert_eq!(rows[0].subject.kind, SubjectKind::Settings);
    assert_eq!(told(&rows[1].changes), ["note: - > SJ-7", "on_hand: 9 > 12"]);
    assert_eq!((rows[1].subject.id.as_str(), rows[1].subject.name.as_str()), (&*shirt.to_string(), "SHIRT"));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_refused_leaves_no_row(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let unpaid = shop.id(&shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap()).await;
    let before = page(&shop, ALL).await.position.total;

    orders::complete(&shop, &shop.owner, CompleteOrder { order_id: unpaid }).await.unwrap_err();
    catalog::create_category(&shop, &shop.owner, category("x")).await.unwrap();
    catalog::create_category(&shop, &shop.owner, category("x")).await.unwrap_err();

    assert_eq!(page(&shop, ALL).await.position.total, before + 1);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_history_is_found_by_person_thing_name_and_day(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    for _ in 0..30 {
        let request = ReceiveStock { variant_id: shirt, quantity: 1, note: String::new() };
        inventory::receive(&shop, &shop.owner, request).await.unwrap();
    }

    let stock = ListAudit { subject: Some(SubjectKind::Variant), ..ALL };
    let first = page(&shop, stock.clone()).await;
    assert_eq!((first.position.total, first.rows.len()), (30, 25));
    let second = page(&shop, ListAudit { page: PageNumber::new(2), ..stock }).await;
    assert_eq!(second.rows.len(), 5);
    assert!(second.rows[0].id < first.rows[24].id, "newest first");

    let by_owner = page(&shop, ListAudit { staff_id: Some(shop.owner.id), ..ALL }).await;
    assert_eq!(by_owner.position.total, page(&shop, ALL).await.position.total);
    assert_eq!(by_owner.people, [(shop.owner.id, shop.owner.name.clone())]);
    let nobody = ListAudit { staff_id: Some(domain::staff::StaffId::new(99)), ..ALL };
    assert_eq!(page(&shop, nobody).await.position.total, 0);
    let named = page(&shop, ListAudit { search: Some("shir".to_owned()), ..ALL }).await;
    assert_eq!(named.position.total, 31, "the product that was made and its thirty deliveries");
    assert_eq!(page(&shop, ListAudit { search: Some("100%".to_owned()), ..ALL }).await.position.total, 0);

    // The shop's clock is seven hours ahead of the database's.
    let today = (Utc::now() + TimeDelta::hours(7)).date_naive();
    let until_today = ListAudit { from: today.with_day(1), to: Some(today), ..ALL };
    assert_eq!(page(&shop, until_today).await.position.total, by_owner.position.total);
    let tomorrow = ListAudit { from: today.succ_opt(), ..ALL };
    assert_eq!(page(&shop, tomorrow).await.position.total, 0);
    let yesterday = ListAudit { to: today.pred_opt(), ..ALL };
    assert_eq!(page(&shop, yesterday).await.position.total, 0);
    // Days that no database and no clock can tell are days all the same.
    let (never, always) = (Some(NaiveDate::MIN), Some(NaiveDate::MAX));
    for (from, to, found) in [
        (never, always, by_owner.position.total),
        (always, None, 0),
        (None, never, 0),
        (always, never, 0),
        (NaiveDate::from_ymd_opt(-1, 1, 1), NaiveDate::from_ymd_opt(12_000, 1, 1), by_owner.position.total),
    ] {
        assert_eq!(page(&shop, ListAudit { from, to, ..ALL }).await.position.total, found, "{from:?} {to:?}");
    }
}

/// Rows are added and never changed: nothing in the services updates or deletes them.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_clean_up_leaves_the_history_alone(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let before = page(&shop, ALL).await.position.total;
    shop.clock().advance(TimeDelta::days(800));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(page(&shop, ALL).await.position.total, before);
}
