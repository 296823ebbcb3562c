//! Facts are the whole document, and differences are what changed.

use proptest::prelude::*;
use serde_json::json;

use super::{Difference, between, differences, document, facts};
use crate::catalog::ProductStatus;
use crate::catalog::document::{
    Centre, OptionDocument, PictureDocument, ProductDocument, Sale, ValueDocument, VariantDocument,
};
use crate::id::{OptionId, OptionValueId, ProductId, VariantId};
use crate::locale::Translated;
use crate::money::Money;

fn shirt() -> ProductDocument {
    let mut shirt = ProductDocument::draft(Translated::same("Kemeja"), Money::minor(150_000));
    let value = |id: u64| ValueDocument {
        id: Some(OptionValueId::new(id)),
        value: Translated::same(id.to_string()),
        swatch: None,
    };
    shirt.options = vec![OptionDocument {
        id: Some(OptionId::new(3)),
        name: Translated::same("Ukuran"),
        values: vec![value(4), value(5)],
    }];
    shirt.variants[0].values = vec![0];
    shirt.generate().unwrap();
    shirt.variants.iter_mut().zip([17, 18]).for_each(|(variant, id)| variant.id = Some(VariantId::new(id)));
    shirt
}

fn told(before: &ProductDocument, after: &ProductDocument) -> Vec<String> {
    let side = |side: &Option<serde_json::Value>| side.as_ref().map_or("-".to_owned(), ToString::to_string);
    let told = |d: &Difference| format!("{}: {} > {}", d.path.join("."), side(&d.before), side(&d.after));
    differences(before, after).iter().map(told).collect()
}

#[test]
fn a_difference_names_the_row_and_both_values() {
    let mut after = shirt();
    after.name.en = "Shirt".to_owned();
    after.variants[1].price = Money::minor(99_000);
    after.status = ProductStatus::Active;
    assert_eq!(
        told(&shirt(), &after),
        [r#"name.en: "Kemeja" > "Shirt""#, r#"status: "draft" > "active""#, "variants.#18.price: 150000 > 99000",]
    );
    assert!(differences(&shirt(), &shirt()).is_empty());
}

#[test]
fn rows_that_only_move_are_a_change_of_their_order() {
    let mut after = shirt();
    after.move_value(0, 0, 1);
    assert_eq!(told(&shirt(), &after), [r##"options.#3.values.order: ["#4","#5"] > ["#5","#4"]"##]);
}

#[test]
fn a_row_that_is_there_on_one_side_is_told_whole() {
    let mut after = shirt();
    after.remove_value(0, 1);
    let found = differences(&shirt(), &after);
    assert!(found.iter().any(|d| d.path == ["variants", "#18", "price"] && d.after.is_none()));
    let order = found.iter().find(|d| d.path == ["variants", "order"]).unwrap();
    assert_eq!((order.before.clone(), order.after.clone()), (Some(json!(["#17", "#18"])), Some(json!(["#17"]))));
}

fn any_document() -> impl Strategy<Value = ProductDocument> {
    let word = "[a-c |~#0-9-]{0,3}";
    let options =
        prop::collection::vec((word, any::<bool>(), prop::collection::vec((word, any::<bool>()), 1..4)), 0..3);
    let variants = prop::collection::vec((any::<bool>(), 0_usize..9, 0_usize..9, word, -5_i64..5, 0_usize..4), 1..5);
    let pictures = prop::collection::vec((word, 0_usize..4, 0_usize..4), 0..4);
    (word, word, options, variants, pictures).prop_map(|(id, en, options, variants, pictures)| {
        let mut made = ProductDocument::draft(Translated { id, en }, Money::ZERO);
        made.related = vec![ProductId::new(9)];
        for (at, (name, stored, values)) in (1..).zip(options) {
            let values = (1..).zip(values).map(|(place, (value, stored))| ValueDocument {
                id: stored.then(|| OptionValueId::new(at * 10 + place)),
                value: Translated::same(value),
                swatch: None,
            });
            let id = stored.then(|| OptionId::new(at));
            made.options.push(OptionDocument { id, name: Translated::same(name), values: values.collect() });
        }
        let sizes: Vec<usize> = made.options.iter().map(|option| option.values.len()).collect();
        made.pictures = pictures
            .into_iter()
            .map(|(key, option, value)| PictureDocument {
                key,
                alt: Translated::default(),
                centre: Centre { x: 3, y: 4 },
                shows: sizes.get(option).map(|size| (option, value % size)),
            })
            .collect();
        made.variants = (1..)
            .zip(variants)
            .map(|(number, (stored, a, b, sku, price, picture))| VariantDocument {
                id: stored.then(|| VariantId::new(number)),
                values: sizes.iter().zip([a, b]).map(|(size, at)| at % size).collect(),
                sku,
                sale: (price > 0).then_some(Sale { price: Money::ZERO, from: None, until: None }),
                picture: Some(picture).filter(|at| *at < made.pictures.len()),
                ..VariantDocument::at(Money::minor(price))
            })
            .collect();
        made
    })
}

proptest! {
    /// Nothing of a document is lost between it and its facts.
    #[test]
    fn facts_are_the_whole_document(any in any_document()) {
        prop_assert_eq!(document(&facts(&any)), Some(any));
    }

    /// Two documents differ in just those facts in which the lists of their facts do.
    #[test]
    fn comparing_trees_is_comparing_facts(one in any_document(), other in any_document()) {
        prop_assert_eq!(differences(&one, &other), between(&facts(&one), &facts(&other)));
        prop_assert!(differences(&one, &one.clone()).is_empty());
    }

    /// What differs, put into the one, makes the other.
    #[test]
    fn differences_lead_from_one_to_the_other(one in any_document(), other in any_document()) {
        let mut made = facts(&one);
        for difference in differences(&one, &other) {
            match difference.after {
                Some(after) => drop(made.insert(difference.path, after)),
                None => drop(made.remove(&difference.path)),
            }
        }
        prop_assert_eq!(document(&made), Some(other));
    }
}
