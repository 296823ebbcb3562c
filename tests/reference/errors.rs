//! Errors of the former shop's data, and things that this shop has already.

use domain::page::PageNumber;
use domain::reference::{Finding, FormerKind, Report, Verdict};
use services::reference::{self, Former, HowTo};
use services::{Error, catalog, inventory, reviews};
use sqlx::MySqlPool;

use super::former_shop::{broken, small};
use crate::shop::TestShop;

fn findings(report: &Report, kind: FormerKind, which: &str) -> Vec<(Verdict, Finding)> {
    let of = report.remarks.iter().filter(|remark| remark.kind == kind && remark.which == which);
    of.map(|remark| (remark.verdict, remark.finding.clone())).collect()
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn errors_of_the_data_are_corrected_and_told(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let data = broken();
    let report = shop.bring(&data).await;
    let found = |kind: FormerKind, which: &str| findings(&report, kind, which);
    let has = |kind, which: &str, verdict: Verdict, finding: fn(&Finding) -> bool| {
        let all = found(kind, which);
        assert!(all.iter().any(|(is, what)| *is == verdict && finding(what)), "{kind} {which}: {all:?}");
    };
    use Finding as F;
    use FormerKind as K;
    use Verdict::{Corrected, LeftOut, Refused};
    has(K::Product, "1", Corrected, |it| matches!(it, F::StockBelowZero { .. }));
    has(K::Product, "1", Corrected, |it| matches!(it, F::SameChoice { .. }));
    has(K::Product, "2", Corrected, |it| matches!(it, F::DiscountNotLower { .. }));
    has(K::Product, "5", Corrected, |it| matches!(it, F::NoVariants));
    has(K::Product, "5", Corrected, |it| matches!(it, F::NoPrice));
    has(K::Product, "5", Corrected, |it| matches!(it, F::CategoryGone { .. }));
    has(K::Stock, "90", Refused, |it| matches!(it, F::NotThere { .. }));
    has(K::Customer, "7", Refused, |it| matches!(it, F::NoEmail { .. }));
    has(K::Customer, "8", LeftOut, |it| matches!(it, F::AddressUnfinished { .. }));
    has(K::Customer, "8", Corrected, |it| matches!(it, F::NoPassword));
    has(K::Order, "20", Corrected, |it| matches!(it, F::PartsOtherwise { .. }));
    has(K::Order, "21", Refused, |it| matches!(it, F::UnknownStatus { .. }));
    has(K::Order, "22", Refused, |it| matches!(it, F::BadTotal { .. }));
    has(K::Order, "23", Corrected, |it| matches!(it, F::GuestWithoutEmail { .. }));
    has(K::Order, "23", Corrected, |it| matches!(it, F::PlaceFilled { .. }));
    has(K::Order, "23", Corrected, |it| matches!(it, F::NoPhone));
    has(K::Order, "24", Corrected, |it| matches!(it, F::UnitsGone));
    has(K::Order, "25", Corrected, |it| matches!(it, F::BadLine { .. }));
    has(K::Order, "26", LeftOut, |it| matches!(it, F::IsMembership { .. }));
    has(K::Order, "27", Corrected, |it| matches!(it, F::PaidThenCancelled));
    has(K::Order, "28", Corrected, |it| matches!(it, F::DiscountWithoutCode));
    has(K::Order, "29", Corrected, |it| matches!(it, F::Rounded { .. }));
    has(K::Voucher, "5", Refused, |it| matches!(it, F::CodeUnusable { .. }));
    has(K::Voucher, "6", Corrected, |it| matches!(it, F::PercentTooHigh));
    has(K::KeptVoucher, "2/9", Refused, |it| matches!(it, F::NotThere { .. }));
    has(K::Membership, "5", Corrected, |it| matches!(it, F::TwoMemberships));
    has(K::Review, "20", Corrected, |it| matches!(it, F::RatingMended { .. }));
    has(K::Review, "21", Refused, |it| matches!(it, F::Wordless));
    assert!(report.remarks.iter().any(|remark| matches!(remark.finding, F::StandIn { .. })));
    assert!(!report.is_all_in());
    for remark in &report.remarks {
        for locale in domain::locale::Locale::ALL {
            assert!(remark.text(*locale).len() > 10);
        }
    }

    shop.assert_stock_adds_up().await;
    let negative = "select count(*) from stock where on_hand < 0";
    assert_eq!(shop.count(negative).await, 0);
    assert_eq!(shop.count("select count(*) from orders where number = 'R-20' and total_amount = 999000").await, 1);
    assert_eq!(shop.count("select count(*) from orders where number = 'R-24' and status = 'cancelled'").await, 1);
    let before = shop.everything().await;
    let again = shop.bring(&data).await;
    assert_eq!(shop.everything().await, before, "what was refused is refused again, and nothing else happens");
    assert!(!again.is_all_in());
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn several_reviews_by_one_person_become_one_without_a_word_lost(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.bring(&small()).await;
    let belt = catalog::product(&shop, "sabuk").await.unwrap();
    let said = reviews::of(&shop, belt.id, 10).await.unwrap();
    let said: Vec<_> = said.iter().map(|review| (review.rating, review.body.as_str())).collect();
    assert_eq!(said, [(5, "Beli lagi.\n\n5 Oktober 2025: Lumayan.")]);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_shop_that_has_goods_of_its_own_keeps_them(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let own = shop.variant("SBK-001", 99_000, 4).await;
    let report = shop.bring(&small()).await;
    let told = findings(&report, FormerKind::Product, "2");
    assert!(told.iter().any(|(_, finding)| matches!(finding, Finding::TakenForOwn { .. })), "{told:?}");
    assert_eq!(shop.stock(own).await.0, 4, "what was sold there is not missing here");
    shop.assert_stock_adds_up().await;
    let row = inventory::page(
        &shop,
        &shop.owner,
        domain::inventory::ListStock {
            search: Some("SBK-001".to_owned()),
            filter: domain::inventory::StockFilter::All,
            page: PageNumber::FIRST,
        },
    )
    .await
    .unwrap();
    assert_eq!(row.rows.len(), 1);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn only_who_may_everything_brings_a_whole_shop(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let somebody = domain::staff::Staff { role: domain::staff::Role::Staff, ..shop.owner.clone() };
    let former = Former::read(&small().bytes()).unwrap();
    let refused = reference::import(&shop, &somebody, &former, HowTo::default()).await.unwrap_err();
    assert!(matches!(refused, Error::Forbidden(_)), "{refused:?}");
    assert_eq!(shop.count("select count(*) from reference_items").await, 0);
}
