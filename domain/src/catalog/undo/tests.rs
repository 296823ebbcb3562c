//! What of a document is given back, and what stays.

use super::*;
use crate::catalog::differences::{differences, document, facts};
use crate::catalog::{OptionDocument, ProductDocument, ValueDocument, VariantDocument};
use crate::id::{OptionId, OptionValueId, VariantId};
use crate::locale::Translated;
use crate::money::Money;

fn shirt() -> ProductDocument {
    let mut shirt = ProductDocument::draft(Translated::same("Kemeja"), Money::minor(100));
    let value = |id, text: &str| ValueDocument {
        id: Some(OptionValueId::new(id)),
        value: Translated::same(text),
        swatch: None,
    };
    shirt.options = vec![OptionDocument {
        id: Some(OptionId::new(1)),
        name: Translated::same("Ukuran"),
        values: vec![value(1, "S"), value(2, "M")],
    }];
    shirt.variants = [(0, 7), (1, 8)].map(|(at, id)| sized(at, id)).to_vec();
    shirt
}

fn sized(at: usize, id: u64) -> VariantDocument {
    VariantDocument {
        id: Some(VariantId::new(id)),
        values: vec![at],
        sku: format!("K-{id}"),
        ..VariantDocument::at(Money::minor(100))
    }
}

fn with_large() -> ProductDocument {
    let mut after = shirt();
    let large = ValueDocument { id: Some(OptionValueId::new(3)), value: Translated::same("L"), swatch: None };
    after.options[0].values.push(large);
    after.variants.push(sized(2, 9));
    after.name.id = "Kemeja Linen".to_owned();
    after
}

fn taken_back(
    before: &ProductDocument,
    after: &ProductDocument,
    now: &ProductDocument,
) -> (ProductDocument, Vec<String>) {
    // As they are kept.
    let noted = serde_json::to_string(&differences(before, after)).unwrap();
    let back = give_back(&facts(now), &serde_json::from_str::<Vec<_>>(&noted).unwrap());
    let kept = back.kept.iter().map(|kept| kept.path.join(".")).collect();
    (document(&back.product).unwrap(), kept)
}

#[test]
fn what_nobody_touched_is_what_it_was() {
    assert_eq!(taken_back(&shirt(), &with_large(), &with_large()), (shirt(), Vec::new()));
    // The other way round: rows that were taken away come back.
    assert_eq!(taken_back(&with_large(), &shirt(), &shirt()), (with_large(), Vec::new()));
}

#[test]
fn what_moved_on_stays_and_is_named() {
    let mut now = with_large();
    now.name.id = "Kemeja Katun".to_owned();
    now.name.en = "Shirt".to_owned();
    let (back, kept) = taken_back(&shirt(), &with_large(), &now);
    assert_eq!(kept, ["name.id"]);
    assert_eq!(back, ProductDocument { name: now.name.clone(), ..shirt() });
}

#[test]
fn a_row_that_was_added_and_changed_since_stays() {
    let mut now = with_large();
    now.variants[2].price = Money::minor(120);
    let (back, kept) = taken_back(&shirt(), &with_large(), &now);
    assert!(kept.contains(&"variants.#9".to_owned()), "{kept:?}");
    assert_eq!(back.variants.len(), 3);
    assert_eq!((back.variants[2].price, &*back.options[0].values[2].value.id), (Money::minor(120), "L"));
    assert_eq!(back.name, shirt().name);
}

#[test]
fn rows_that_others_added_since_stay() {
    let mut now = with_large();
    now.options[0].values.push(ValueDocument {
        id: Some(OptionValueId::new(4)),
        value: Translated::same("XL"),
        swatch: None,
    });
    now.variants.push(sized(3, 10));
    let (back, kept) = taken_back(&shirt(), &with_large(), &now);
    assert_eq!(kept, [""; 0]);
    assert_eq!(
        back.options[0].values.iter().map(|value| value.value.id.as_str()).collect::<Vec<_>>(),
        ["S", "M", "XL"]
    );
    assert_eq!(back.variants.last().unwrap().values, [2]);
}

#[test]
fn an_order_that_somebody_changed_since_stays() {
    let mut after = shirt();
    after.variants.swap(0, 1);
    assert_eq!(taken_back(&shirt(), &after, &after), (shirt(), Vec::new()));
    let mut now = after.clone();
    now.variants.insert(1, sized(0, 11));
    now.variants[1].values = vec![0];
    let (_, kept) = taken_back(&shirt(), &after, &now);
    assert_eq!(kept, ["variants.order"]);
}
