//! Vouchers: how the desk keeps them, and that none is used more often than it may be.

use domain::jobs::{JobName, RunJob};
use domain::message::Message;
use domain::money::{BasisPoints, Money};
use domain::page::PageNumber;
use domain::pricing::{VoucherKind, VoucherTerms};
use domain::problem::FieldProblem;
use domain::vouchers::{GetVoucher, ListVouchers, SaveVoucher, SwitchVoucher, VoucherId, VoucherRow};
use services::testing::database;
use services::{Error, catalog, jobs, vouchers};
use sqlx::MySqlPool;

use crate::shop::{TestShop, category};

mod late;
mod nothing_off;
mod owned;
mod shelves;
mod spenders;
mod using;

/// A voucher for everybody.
pub(crate) fn voucher(code: &str, kind: VoucherKind) -> SaveVoucher {
    SaveVoucher::for_everybody(code, kind)
}

const TENTH: VoucherKind = VoucherKind::Percent(BasisPoints::new(1_000));

async fn save(shop: &TestShop, request: SaveVoucher) -> VoucherRow {
    vouchers::save(shop, &shop.owner, request).await.unwrap()
}

fn everything() -> ListVouchers {
    ListVouchers { search: None, page: PageNumber::FIRST }
}

fn field(refused: Error) -> FieldProblem {
    let Error::Invalid(mut fields) = refused else { panic!("{refused:?}") };
    assert_eq!(fields.len(), 1, "{fields:?}");
    fields.remove(0)
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_voucher_is_kept_as_it_was_saved(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let hats = catalog::create_category(&shop, &shop.owner, category("hats")).await.unwrap();
    let shirts = catalog::create_category(&shop, &shop.owner, category("shirts")).await.unwrap();
    let now = shop.now().await.unwrap();
    let mut wanted = SaveVoucher {
        starts_at: Some(now),
        ends_at: Some(now + chrono::TimeDelta::days(7)),
        total_limit: Some(10),
        customer_limit: Some(1),
        first_order_only: true,
        ..voucher(" hemat ", VoucherKind::Fixed(Money::minor(25_000)))
    };
    wanted.terms.cap = Some(Money::minor(20_000));
    wanted.terms.minimum_purchase = Money::minor(100_000);
    wanted.terms.categories = vec![shirts, hats];

    let saved = save(&shop, wanted.clone()).await;

    assert_eq!((saved.voucher.code.as_str(), saved.version, saved.used), ("HEMAT", 1, 0));
    assert_eq!(saved.voucher.terms, VoucherTerms { categories: vec![hats, shirts], ..wanted.terms });
    assert_eq!((saved.voucher.starts_at, saved.voucher.ends_at), (wanted.starts_at, wanted.ends_at));
    assert_eq!((saved.voucher.total_limit, saved.voucher.customer_limit), (Some(10), Some(1)));
    let list = ListVouchers { search: Some("hEm".to_owned()), page: PageNumber::FIRST };
    let page = vouchers::page(&shop, &shop.owner, list).await.unwrap();
    assert_eq!((page.rows, page.position.total), (vec![saved.clone()], 1));
    assert_eq!(page.categories.len(), 2);
    let detail = vouchers::detail(&shop, &shop.owner, GetVoucher { voucher_id: saved.voucher.id }).await.unwrap();
    assert_eq!((detail.row, detail.owners, detail.uses), (saved, 0, Vec::new()));
    assert_eq!(shop.count("select count(*) from audit where action = 'save_voucher'").await, 1);
}

/// Checklist 59.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_code_is_taken_in_every_case(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    save(&shop, voucher("HEMAT", TENTH)).await;
    let refused = vouchers::save(&shop, &shop.owner, voucher("hemat", TENTH)).await.unwrap_err();
    assert_eq!(field(refused), FieldProblem::new("code", Message::AlreadyTaken));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn who_saves_what_somebody_else_changed_loses_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let seen = save(&shop, voucher("HEMAT", TENTH)).await;
    let id = seen.voucher.id;
    let change = |version, kind| SaveVoucher { voucher_id: Some(id), version, ..voucher("HEMAT", kind) };

    let changed = save(&shop, change(seen.version, VoucherKind::FreeDelivery)).await;
    let late = vouchers::save(&shop, &shop.owner, change(seen.version, TENTH)).await.unwrap_err();
    let switch = SwitchVoucher { voucher_id: id, version: seen.version, is_active: false };
    let late_switch = vouchers::switch(&shop, &shop.owner, switch).await.unwrap_err();

    assert!(matches!(late, Error::Refused(Message::ChangedMeanwhile)), "{late:?}");
    assert!(matches!(late_switch, Error::Refused(Message::ChangedMeanwhile)), "{late_switch:?}");
    let now = vouchers::detail(&shop, &shop.owner, GetVoucher { voucher_id: id }).await.unwrap();
    assert_eq!(now.row, changed);

    let off = vouchers::switch(&shop, &shop.owner, SwitchVoucher { version: changed.version, ..switch }).await.unwrap();
    assert!(!off.voucher.is_active);
    let now = vouchers::detail(&shop, &shop.owner, GetVoucher { voucher_id: id }).await.unwrap();
    assert_eq!(now.row, off);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_nobody_could_use_is_not_saved(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut elsewhere = voucher("ELSEWHERE", TENTH);
    elsewhere.terms.categories = vec![domain::catalog::CategoryId::new(999)];
    let refused = vouchers::save(&shop, &shop.owner, elsewhere).await.unwrap_err();
    assert_eq!(field(refused), FieldProblem::new("terms.categories", Message::NoSuchCategory));

    let nothing = voucher("NOTHING", VoucherKind::Percent(BasisPoints::default()));
    let refused = vouchers::save(&shop, &shop.owner, nothing).await.unwrap_err();
    assert_eq!(field(refused), FieldProblem::new("terms.kind", Message::NotAPercentage));

    let missing = SaveVoucher { voucher_id: Some(VoucherId::new(999)), ..voucher("MISSING", TENTH) };
    let refused = vouchers::save(&shop, &shop.owner, missing).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound(Message::NoSuchVoucher)), "{refused:?}");
    assert_eq!(shop.count("select count(*) from vouchers").await, 0);
}

/// Edge case 3. Edge case 13. What a voucher counts is checked every night like stock: it is told, and changed by nobody.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn vouchers_that_count_other_than_their_orders_are_reported_and_left_alone(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    let personal = SaveVoucher { is_personal: true, ..voucher("GIFT", TENTH) };
    save(&shop, SaveVoucher { occasion: Some(domain::vouchers::Occasion::Welcome), ..personal }).await;
    save(&shop, voucher("HEMAT", TENTH)).await;
    let siti = crate::shop::account(&shop, "siti@example.com").await;
    owned::place(&shop, &siti, true, "GIFT").await.unwrap();
    let called_off = owned::place(&shop, &siti, true, "HEMAT").await.unwrap();
    using::cancel(&shop, &called_off).await.unwrap();
    owned::place(&shop, &siti, true, "HEMAT").await.unwrap();
    let found = async || {
        jobs::run_now(&shop, &shop.owner, RunJob { job: JobName::CheckVouchers }).await.unwrap();
        jobs::run_due_work(&shop).await.unwrap();
        let board = jobs::board(&shop, &shop.owner).await.unwrap();
        let state = board.jobs.into_iter().find(|state| state.job == JobName::CheckVouchers).unwrap();
        let last = state.last.unwrap();
        assert_eq!(last.error, None);
        last.changed
    };
    assert_eq!(found().await, 0);

    for (wrong, right, count) in [
        ("update vouchers set used = used + 1", "update vouchers set used = used - 1", 2),
        (
            "update customer_vouchers set used_by_order = (select max(id) from orders)",
            "update customer_vouchers set used_by_order = (select min(id) from orders)",
            1,
        ),
        (
            "update orders set status = 'cancelled', ended_by = 'called_off' where id = (select id from (select max(id) as id from orders) o)",
            "update orders set status = 'processing', ended_by = null where id = (select id from (select max(id) as id from orders) o)",
            1,
        ),
        (
            "update voucher_uses set given_back_at = null where given_back_at is not null",
            "update voucher_uses set given_back_at = used_at
             where order_id in (select id from orders where status = 'cancelled')",
            1,
        ),
    ] {
        let rows = database(&shop);
        sqlx::query(wrong).execute(&rows).await.unwrap();
        let numbers = "select cast(sum(used) as signed) from vouchers";
        let before = shop.count(numbers).await;
        assert_eq!(found().await, count, "{wrong}");
        assert_eq!(shop.count(numbers).await, before, "a person decides");
        sqlx::query(right).execute(&rows).await.unwrap();
        assert_eq!(found().await, 0, "{right}");
    }
}

/// A year that no database can tell is a mistake in a field, and nothing that breaks.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_voucher_cannot_end_after_the_last_year_of_the_database(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let last = chrono::NaiveDate::from_ymd_opt(9999, 12, 31).unwrap().and_hms_opt(23, 59, 59).unwrap().and_utc();
    let until = |ends_at| SaveVoucher { ends_at: Some(ends_at), ..voucher("LONG", TENTH) };
    for far in [last + chrono::TimeDelta::seconds(1), chrono::DateTime::<chrono::Utc>::MAX_UTC] {
        let refused = vouchers::save(&shop, &shop.owner, until(far)).await.unwrap_err();
        assert_eq!(field(refused), FieldProblem::new("ends_at", Message::NotAYear { first: 1970, last: 9999 }));
    }
    let saved = save(&shop, until(last)).await;
    assert_eq!(saved.voucher.ends_at, Some(last));
    let change = SaveVoucher { voucher_id: Some(saved.voucher.id), version: saved.version, ..until(last) };
    assert_eq!(save(&shop, change).await.voucher.ends_at, Some(last));
}
