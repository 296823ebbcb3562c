//! What a change of many makes of a product, and that taking it back is its inverse.

use proptest::prelude::*;

use super::super::{Rounding, Selection};
use super::*;
use crate::catalog::differences::{Difference, between, facts};
use crate::catalog::{ApplyBulk, PreviewBulk, ProductDocument, SeenProduct, VariantDocument};
use crate::id::{CategoryId, ProductId, VariantId};
use crate::locale::Translated;

fn rupiah(units: i64) -> Money {
    Money::minor(units)
}

fn percent(hundredths: u32) -> BasisPoints {
    BasisPoints::new(hundredths)
}

fn variant(id: u64, price: i64) -> BulkVariant {
    let document =
        VariantDocument { id: Some(VariantId::new(id)), sku: format!("K-{id}"), ..VariantDocument::at(rupiah(price)) };
    let whole =
        ProductDocument { variants: vec![document], ..ProductDocument::draft(Translated::same("K"), rupiah(1)) };
    BulkProduct::of(&whole).variants.remove(0)
}

fn product(prices: &[i64]) -> BulkProduct {
    let variants = (1..).zip(prices).map(|(id, price)| variant(id, *price)).collect();
    BulkProduct { status: ProductStatus::Active, category: None, tax_class: None, variants }
}

fn price(direction: Direction, by: Step, rounding: Rounding) -> BulkChange {
    BulkChange::Price { direction, by, rounding }
}

fn prices(effect: Effect) -> Vec<i64> {
    let Effect::Becomes(product) = effect else { panic!("{effect:?}") };
    product.variants.iter().map(|variant| variant.price.get()).collect()
}

fn whys(effect: Effect) -> Vec<Message> {
    let Effect::Refused(refusals) = effect else { panic!("{effect:?}") };
    refusals.into_iter().map(|refusal| refusal.why).collect()
}

#[test]
fn prices_are_rounded_to_what_stands_on_a_tag() {
    let cases = [
        (Rounding::None, 151_333, 151_333),
        (Rounding::To500, 151_249, 151_000),
        (Rounding::To500, 151_250, 151_500),
        (Rounding::To1000, 151_499, 151_000),
        (Rounding::To1000, 151_500, 152_000),
        (Rounding::End900, 151_399, 150_900),
        (Rounding::End900, 151_400, 151_900),
        (Rounding::End900, 900, 900),
        (Rounding::End900, 399, -100),
    ];
    for (rounding, from, to) in cases {
        assert_eq!(rounding.round(rupiah(from)), Some(rupiah(to)), "{rounding} {from}");
    }
    assert_eq!(Rounding::To1000.round(rupiah(i64::MAX)), None);
}

/// Pitfall B15.
#[test]
fn a_share_is_worked_out_to_the_rupiah_half_up_and_then_rounded() {
    let up = price(Direction::Up, Step::Percent(percent(1_000)), Rounding::None);
    assert_eq!(prices(up.effect(&product(&[99_995, 5]))), [109_995, 6]);
    let down = price(Direction::Down, Step::Percent(percent(1_000)), Rounding::None);
    assert_eq!(prices(down.effect(&product(&[99_995, 5]))), [89_996, 5 - 1 + 1]);
    let rounded = price(Direction::Up, Step::Percent(percent(1_250)), Rounding::End900);
    assert_eq!(prices(rounded.effect(&product(&[149_000, 99_000]))), [167_900, 110_900]);
    let amount = price(Direction::Down, Step::Amount(rupiah(5_000)), Rounding::To1000);
    assert_eq!(prices(amount.effect(&product(&[149_400]))), [144_000]);
}

#[test]
fn a_product_that_cannot_change_says_why_and_changes_nothing() {
    let down = price(Direction::Down, Step::Amount(rupiah(100)), Rounding::None);
    assert_eq!(whys(down.effect(&product(&[100, 500]))), [Message::PriceGoesToNothing]);

    let mut former = product(&[100]);
    former.variants[0].compare_at_price = Some(rupiah(150));
    let up = |amount| price(Direction::Up, Step::Amount(rupiah(amount)), Rounding::None);
    assert_eq!(prices(up(49).effect(&former)), [149]);
    assert_eq!(whys(up(50).effect(&former)), [Message::FormerIsNotAbove]);

    let mut on_sale = product(&[100]);
    on_sale.variants[0].sale = Some(Sale { price: rupiah(60), from: None, until: None });
    let down = |amount| price(Direction::Down, Step::Amount(rupiah(amount)), Rounding::None);
    assert_eq!(prices(down(39).effect(&on_sale)), [61]);
    assert_eq!(whys(down(40).effect(&on_sale)), [Message::SaleIsNotBelow]);

    let sale = |step| BulkChange::SaleOn { price: step, rounding: Rounding::None, from: None, until: None };
    assert_eq!(whys(sale(SaleStep::To(rupiah(100))).effect(&product(&[100]))), [Message::NotBelowThePrice]);
    let Effect::Becomes(cheap) = sale(SaleStep::PercentOff(percent(2_500))).effect(&product(&[99])) else { panic!() };
    assert_eq!(cheap.variants[0].sale.unwrap().price, rupiah(74));

    let limits = BulkChange::Limits { fewest: Some(30), most: None, low_stock_limit: None };
    assert_eq!(whys(limits.effect(&product(&[100]))), [Message::LimitsCross { fewest: 30, most: 20 }]);
    let high = price(Direction::Up, Step::Amount(rupiah(1_000_000_000_000)), Rounding::None);
    assert_eq!(whys(high.effect(&product(&[100]))), [Message::PriceTooHigh]);
}

#[test]
fn what_is_so_already_stays() {
    assert_eq!(BulkChange::SaleOff.effect(&product(&[100])), Effect::Stays);
    assert_eq!(BulkChange::Status(ProductStatus::Active).effect(&product(&[100])), Effect::Stays);
    let category = BulkChange::Category(Some(CategoryId::new(1)));
    assert!(matches!(category.effect(&product(&[100])), Effect::Becomes(_)));
}

#[test]
fn a_change_that_makes_no_sense_is_told_at_its_field() {
    let wrong = [
        (price(Direction::Down, Step::Percent(percent(10_000)), Rounding::None), "change.by"),
        (price(Direction::Up, Step::Percent(percent(0)), Rounding::None), "change.by"),
        (price(Direction::Up, Step::Amount(rupiah(0)), Rounding::None), "change.by"),
        (BulkChange::Limits { fewest: None, most: None, low_stock_limit: None }, "change.fewest"),
        (BulkChange::Limits { fewest: Some(3), most: Some(2), low_stock_limit: None }, "change.most"),
    ];
    for (change, field) in wrong {
        let request = PreviewBulk { selection: Selection::Ids(Vec::new()), change };
        assert_eq!(request.tidied().unwrap_err()[0].field, field);
    }
    let seen = |id| SeenProduct { product_id: ProductId::new(id), version: 1 };
    let apply = |key: &str| ApplyBulk {
        change: BulkChange::SaleOff,
        products: vec![seen(2), seen(1), seen(2)],
        key: key.to_owned(),
    };
    assert_eq!(apply(" k ").tidied().unwrap().products, [seen(1), seen(2)]);
    assert_eq!(apply("").tidied().unwrap_err()[0].field, "key");
}

fn any_variant(id: u64) -> impl Strategy<Value = BulkVariant> {
    (1_000_i64..2_000_000, prop::option::of(1_i64..500_000), prop::option::of(1_i64..999), 1_u32..9, 9_u32..99)
        .prop_map(move |(price, former, sale, fewest, most)| BulkVariant {
            compare_at_price: former.map(|more| rupiah(price + more)),
            sale: sale.map(|less| Sale { price: rupiah(price - less), from: None, until: None }),
            min_quantity: fewest,
            max_quantity: most,
            ..variant(id, price)
        })
}

fn any_product() -> impl Strategy<Value = BulkProduct> {
    let variants = (1_u64..5).prop_flat_map(|count| (1..=count).map(any_variant).collect::<Vec<_>>());
    (variants, prop::sample::select(ProductStatus::ALL)).prop_map(|(variants, status)| BulkProduct {
        variants,
        status,
        ..product(&[])
    })
}

fn any_rounding() -> impl Strategy<Value = Rounding> {
    prop::sample::select(Rounding::ALL)
}

fn any_change() -> impl Strategy<Value = BulkChange> {
    let step = prop_oneof![
        (1_u32..9_999).prop_map(|rate| Step::Percent(percent(rate))),
        (1_i64..300_000).prop_map(|amount| Step::Amount(rupiah(amount))),
    ];
    let sale = prop_oneof![
        (1_u32..9_999).prop_map(|rate| SaleStep::PercentOff(percent(rate))),
        (1_i64..300_000).prop_map(|amount| SaleStep::To(rupiah(amount))),
    ];
    prop_oneof![
        (prop::sample::select(Direction::ALL), step, any_rounding())
            .prop_map(|(direction, by, rounding)| price(direction, by, rounding)),
        (sale, any_rounding()).prop_map(|(price, rounding)| BulkChange::SaleOn {
            price,
            rounding,
            from: None,
            until: None
        }),
        Just(BulkChange::SaleOff),
        prop::sample::select(ProductStatus::ALL).prop_map(BulkChange::Status),
        (1_u64..4).prop_map(|id| BulkChange::Category(Some(CategoryId::new(id)))),
        (1_u32..9, 9_u32..99, 0_u32..9).prop_map(|(fewest, most, limit)| BulkChange::Limits {
            fewest: Some(fewest),
            most: Some(most),
            low_stock_limit: Some(limit),
        }),
    ]
}

proptest! {
    /// Whatever is changed, taking it back gives exactly what was there, and nothing else was moved.
    #[test]
    fn taking_back_is_the_inverse(before in any_product(), change in any_change()) {
        match change.effect(&before) {
            Effect::Becomes(after) => {
                prop_assert!(after.variants.iter().all(|variant| variant.problem().is_none() && variant.price > Money::ZERO));
                let differences = before.differences(&after);
                prop_assert!(!differences.is_empty());
                // As they are kept.
                let kept = serde_json::to_string(&differences).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Vec<Difference>>(&kept).unwrap(), &differences);
                let back = after.give_back(&differences);
                prop_assert_eq!(back.product, before);
                prop_assert!(back.kept.is_empty());
            }
            Effect::Stays => {}
            Effect::Refused(refusals) => prop_assert!(!refusals.is_empty()),
            Effect::Goes => prop_assert!(false),
        }
    }

    /// What somebody else changed in between stays, and is named; all else comes back.
    #[test]
    fn what_moved_on_stays(before in any_product(), change in any_change(), at in 0_usize..4, other in 2_000_001_i64..3_000_000) {
        let Effect::Becomes(after) = change.effect(&before) else { return Ok(()) };
        let at = at % after.variants.len();
        let mut now = after.clone();
        now.variants[at].price = rupiah(other);
        now.variants[at].compare_at_price = None;
        let differences = before.differences(&after);
        let back = now.give_back(&differences);
        prop_assert_eq!(back.product.variants[at].price, rupiah(other));
        for (place, variant) in back.product.variants.iter().enumerate().filter(|(place, _)| *place != at) {
            prop_assert_eq!(variant, &before.variants[place]);
        }
        let moved = differences.iter().any(|it| it.path.last().unwrap() == "price" && it.path[1] == format!("#{}", at + 1));
        prop_assert_eq!(back.kept.iter().any(|kept| kept.path.last().unwrap() == "price"), moved);
    }

    /// The fields of many are called and written as those of a document.
    #[test]
    fn fields_are_those_of_a_document(before in any_product(), change in any_change()) {
        let Effect::Becomes(after) = change.effect(&before) else { return Ok(()) };
        let document = |product: &BulkProduct| ProductDocument {
            status: product.status,
            category: product.category,
            tax_class: product.tax_class.clone(),
            variants: product.variants.iter().map(|it| VariantDocument {
                id: Some(it.id),
                sku: it.sku.clone(),
                compare_at_price: it.compare_at_price,
                sale: it.sale,
                min_quantity: it.min_quantity,
                max_quantity: it.max_quantity,
                low_stock_limit: it.low_stock_limit,
                ..VariantDocument::at(it.price)
            }).collect(),
            ..ProductDocument::draft(Translated::same("K"), rupiah(1))
        };
        prop_assert_eq!(before.differences(&after), between(&facts(&document(&before)), &facts(&document(&after))));
    }
}
