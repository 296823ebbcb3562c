//! Whatever is done to options, what exists stays what it was.

use proptest::prelude::*;

use crate::catalog::document::{
    Centre, OptionDocument, PictureDocument, ProductDocument, ValueDocument, VariantDocument,
};
use crate::id::VariantId;
use crate::locale::Translated;
use crate::message::Message;
use crate::money::Money;

fn value(text: &str) -> ValueDocument {
    ValueDocument { value: Translated::same(text), ..ValueDocument::default() }
}

fn option(name: &str, values: &[&str]) -> OptionDocument {
    let values = values.iter().map(|text| value(text)).collect();
    OptionDocument { name: Translated::same(name), values, ..OptionDocument::default() }
}

fn simple() -> ProductDocument {
    let mut simple = ProductDocument::draft(Translated::same("Kemeja"), Money::minor(150_000));
    simple.variants[0].id = Some(VariantId::new(7));
    simple.variants[0].sku = "KEMEJA".to_owned();
    simple
}

fn texts(document: &ProductDocument) -> Vec<String> {
    document.variants.iter().map(|variant| document.options_text(variant).id).collect()
}

/// Checklist 96.
#[test]
fn a_simple_product_becomes_one_with_variants_and_back_with_the_same_variant() {
    let mut document = simple();
    document.add_option(option("Ukuran", &["S", "M"]));
    document.generate().unwrap();
    assert_eq!(texts(&document), ["S", "M"]);
    assert_eq!(document.variants[0].id, Some(VariantId::new(7)));
    assert_eq!((document.variants[1].id, document.variants[1].sku.as_str()), (None, ""));
    assert_eq!(document.variants[1].price, Money::minor(150_000));

    let alike = document.remove_option(0);
    assert_eq!(document.variants, simple().variants);
    assert_eq!(alike.iter().map(|(variant, stays)| (variant.id, *stays)).collect::<Vec<_>>(), [(None, 0)]);
}

#[test]
fn a_new_variant_costs_what_the_nearest_does() {
    let mut document = simple();
    document.add_option(option("Warna", &["Merah", "Biru"]));
    document.generate().unwrap();
    document.variants[1].price = Money::minor(175_000);
    document.add_option(option("Ukuran", &["S", "M"]));
    document.generate().unwrap();
    let prices: Vec<_> = document.variants.iter().map(|variant| variant.price.get()).collect();
    assert_eq!(texts(&document), ["Merah / S", "Merah / M", "Biru / S", "Biru / M"]);
    assert_eq!(prices, [150_000, 150_000, 175_000, 175_000]);
}

#[test]
fn a_value_goes_with_its_variants_and_its_pictures() {
    let mut document = simple();
    document.add_option(option("Warna", &["Merah", "Biru", "Hijau"]));
    document.generate().unwrap();
    let picture = |key: &str, shows| PictureDocument {
        key: key.to_owned(),
        alt: Translated::default(),
        centre: Centre::default(),
        shows,
    };
    document.pictures = vec![picture("b", Some((0, 1))), picture("g", Some((0, 2)))];
    document.variants[2].picture = Some(1);

    document.move_value(0, 2, 0);
    assert_eq!(document.pictures[1].shows, Some((0, 0)));
    let gone = document.remove_value(0, 2);
    assert_eq!(gone.len(), 1);
    assert_eq!(document.pictures.iter().map(|picture| picture.shows).collect::<Vec<_>>(), [None, Some((0, 0))]);
    let mut left = texts(&document);
    left.sort();
    assert_eq!(left, ["Hijau", "Merah"]);
    document.remove_picture(0);
    assert_eq!(document.variants.iter().filter_map(|variant| variant.picture).collect::<Vec<_>>(), [0]);
}

#[test]
fn a_picture_stands_once_and_behind_the_others_as_long_as_there_is_room() {
    let mut document = simple();
    let picture = |number: usize| PictureDocument {
        key: format!("picture-{number}"),
        alt: Translated::default(),
        centre: Centre::default(),
        shows: None,
    };
    for number in [1, 2, 1].into_iter().chain(3..100) {
        document.add_picture(picture(number));
    }
    let keys: Vec<_> = document.pictures.iter().map(|picture| picture.key.as_str()).collect();
    assert_eq!(&keys[..3], ["picture-1", "picture-2", "picture-3"]);
    assert_eq!(keys.len(), ProductDocument::MOST_PICTURES);
}

#[test]
fn too_many_variants_are_refused_and_nothing_is_changed() {
    let many: Vec<String> = (0..16).map(|number| number.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let mut document = simple();
    document.add_option(option("A", &many));
    document.add_option(option("B", &many));
    let before = document.clone();
    assert_eq!(document.generate(), Err(Message::TooMany { most: 250 }));
    assert_eq!(document, before);
}

fn words(document: &ProductDocument, variant: &VariantDocument) -> Vec<(String, String)> {
    let chosen = variant.values.iter().zip(&document.options);
    let mut words: Vec<_> =
        chosen.map(|(at, option)| (option.name.id.clone(), option.values[*at].value.id.clone())).collect();
    words.sort();
    words
}

proptest! {
    /// Variants keep id and meaning while values and options are moved, and generating twice is generating once.
    #[test]
    fn moving_and_generating_keep_every_variant(
        sizes in prop::collection::vec(1_usize..5, 1..4),
        moves in prop::collection::vec((any::<bool>(), 0_usize..3, 0_usize..5, 0_usize..5), 0..12),
    ) {
        let mut document = simple();
        document.variants.clear();
        for (at, size) in sizes.iter().enumerate() {
            let values: Vec<String> = (0..*size).map(|value| format!("{at}-{value}")).collect();
            document.options.push(option(&at.to_string(), &values.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        document.generate().unwrap();
        prop_assert_eq!(document.variants.len(), sizes.iter().product::<usize>());
        for (number, variant) in (1..).zip(&mut document.variants) {
            variant.id = Some(VariantId::new(number));
        }
        let meaning = |document: &ProductDocument| {
            let mut all: Vec<_> = document.variants.iter().map(|v| (v.id, words(document, v))).collect();
            all.sort();
            all
        };
        let before = meaning(&document);
        for (whole, option, from, to) in moves {
            if whole { document.move_option(from, to) } else { document.move_value(option, from, to) }
        }
        prop_assert_eq!(meaning(&document), before.clone());
        document.generate().unwrap();
        prop_assert_eq!(meaning(&document), before);
        let again = { let mut again = document.clone(); again.generate().unwrap(); again };
        prop_assert_eq!(again, document);
    }
}
