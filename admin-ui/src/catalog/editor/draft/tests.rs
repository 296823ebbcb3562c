//! Rows keep what was typed into them, whatever happens to the options.

use domain::catalog::{OptionDocument, ProductDocument, ValueDocument, VariantDocument, VariantId};
use domain::locale::{Locale, Translated};
use domain::message::Message;
use domain::money::{Currency, Money};

use super::super::cells::{Column, Manner};
use super::Draft;
use crate::kit::Calendar;

const MANNER: Manner = Manner {
    currency: Currency::Rupiah,
    calendar: Calendar { utc_offset_minutes: 7 * 60, locale: Locale::Indonesian },
};

fn value(text: &str) -> ValueDocument {
    ValueDocument { value: Translated::same(text), ..ValueDocument::default() }
}

fn option(name: &str, values: &[&str]) -> OptionDocument {
    let values = values.iter().map(|text| value(text)).collect();
    OptionDocument { name: Translated::same(name), values, ..OptionDocument::default() }
}

/// A shirt that is stored, as variant 7.
fn shirt() -> Draft {
    let mut document = ProductDocument::draft(Translated::same("Kemeja"), Money::minor(149_000));
    document.variants[0].id = Some(VariantId::new(7));
    document.variants[0].sku = "KEMEJA".to_owned();
    Draft::of(document, MANNER)
}

fn names(draft: &Draft) -> Vec<String> {
    (0..draft.rows.len()).map(|at| draft.name_of(at, Locale::Indonesian)).collect()
}

/// Checklist 96. Pitfall B4.
#[test]
fn a_simple_product_becomes_one_with_variants_and_its_variant_stays_the_first() {
    let mut draft = shirt();
    draft.add_option(option("Warna", &["Merah"]), MANNER);
    draft.add_values(0, vec![value("Biru"), value("Hijau")], MANNER).unwrap();
    draft.add_option(option("Ukuran", &["S"]), MANNER);
    draft.add_values(1, vec![value("M"), value("L"), value("XL")], MANNER).unwrap();
    assert_eq!(draft.rows.len(), 12);
    assert_eq!(names(&draft)[..3], ["Merah / S", "Merah / M", "Merah / L"]);
    let meant = draft.read(MANNER).unwrap();
    assert_eq!((meant.document.variants[0].id, &*meant.document.variants[0].sku), (Some(VariantId::new(7)), "KEMEJA"));
    assert!(
        meant.document.variants.iter().all(|variant| variant.price == Money::minor(149_000)),
        "as the nearest costs"
    );
    assert_eq!(meant.document.variants[11].sku, "KEMEJA-HIJAU-XL", "suggested");
}

#[test]
fn what_was_typed_moves_with_its_row_also_when_it_cannot_be_read() {
    let mut draft = shirt();
    draft.add_option(option("Ukuran", &["S"]), MANNER);
    draft.add_values(0, vec![value("M"), value("L")], MANNER).unwrap();
    draft.rows[2].put(Column::Price, "mahal", MANNER);
    draft.rows[1].put(Column::Received, "12", MANNER);
    draft.move_value(0, 2, 0, MANNER);
    assert_eq!(names(&draft), ["L", "S", "M"]);
    assert_eq!(draft.rows[0].cell(Column::Price), "mahal");
    assert_eq!(draft.rows[2].cell(Column::Received), "12");
    let problems = draft.read(MANNER).unwrap_err();
    assert_eq!(problems.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["variants[0].price"]);
    draft.rows[0].put(Column::Price, "159000", MANNER);
    let received = draft.read(MANNER).unwrap().received;
    assert_eq!(received.iter().map(|it| (it.variant, it.quantity)).collect::<Vec<_>>(), [(2, 12)]);
}

#[test]
fn stock_goes_where_one_says_also_over_two_steps() {
    let mut document = ProductDocument::draft(Translated::same("Kemeja"), Money::minor(1_000));
    document.options = vec![option("Ukuran", &["S", "M", "L"])];
    document.variants = (0..3_u64)
        .zip([7, 8, 9])
        .map(|(at, id)| VariantDocument {
            id: Some(VariantId::new(id)),
            values: vec![usize::try_from(at).unwrap()],
            sku: format!("K-{id}"),
            ..VariantDocument::at(Money::minor(1_000))
        })
        .collect();
    let mut draft = Draft::of(document, MANNER);
    let (second, third) = (draft.rows[1].key, draft.rows[2].key);
    draft.remove_value(0, 0, Some(second), MANNER);
    draft.remove_value(0, 0, Some(third), MANNER);
    let moved = draft.read(MANNER).unwrap().moved_stock;
    let moved: Vec<_> = moved.iter().map(|it| (it.from.get(), it.to)).collect();
    assert_eq!(moved, [(7, 0), (8, 0)], "what waited for the one that went goes on with it");
}

#[test]
fn variants_that_are_alike_without_an_option_give_their_stock_to_the_first() {
    let mut draft = shirt();
    draft.add_option(option("Ukuran", &["S"]), MANNER);
    draft.add_values(0, vec![value("M")], MANNER).unwrap();
    draft.document.variants[1].id = Some(VariantId::new(8));
    draft.remove_option(0, MANNER);
    let meant = draft.read(MANNER).unwrap();
    assert_eq!((meant.document.variants.len(), meant.document.variants[0].id), (1, Some(VariantId::new(7))));
    assert_eq!(meant.moved_stock.iter().map(|it| (it.from.get(), it.to)).collect::<Vec<_>>(), [(8, 0)]);
}

#[test]
fn a_combination_that_was_taken_away_does_not_come_back_with_the_next_value() {
    let mut draft = shirt();
    draft.add_option(option("Warna", &["Merah", "Biru"]), MANNER);
    draft.complete(MANNER).unwrap();
    draft.add_option(option("Ukuran", &["S"]), MANNER);
    draft.add_values(1, vec![value("M")], MANNER).unwrap();
    draft.remove_variant(3, None, MANNER);
    draft.add_values(1, vec![value("L")], MANNER).unwrap();
    assert_eq!(names(&draft), ["Merah / S", "Merah / M", "Merah / L", "Biru / S", "Biru / L"]);
    assert_eq!(draft.missing(), 1);
    draft.complete(MANNER).unwrap();
    assert_eq!((draft.rows.len(), draft.missing()), (6, 0));
}

#[test]
fn too_many_variants_are_refused_and_nothing_is_changed() {
    let mut draft = shirt();
    let many: Vec<ValueDocument> = (1..=100).map(|number| value(&number.to_string())).collect();
    draft.add_option(option("Warna", &["0"]), MANNER);
    draft.add_option(option("Ukuran", &["0"]), MANNER);
    draft.add_values(0, many[..50].to_vec(), MANNER).unwrap();
    let before = draft.clone();
    let refused = draft.add_values(1, many[..50].to_vec(), MANNER);
    assert_eq!(refused, Err(Message::TooMany { most: ProductDocument::MOST_VARIANTS }));
    assert_eq!(names(&draft), names(&before));
}

/// Pitfall B16.
#[test]
fn the_last_value_leaves_a_product_that_can_be_sold() {
    let mut draft = shirt();
    draft.add_option(option("Ukuran", &["S"]), MANNER);
    draft.remove_option(0, MANNER);
    assert_eq!(draft.document.variants[0].id, Some(VariantId::new(7)));
    draft.remove_variant(0, None, MANNER);
    assert_eq!(draft.rows.len(), 1, "there is always one");
}
