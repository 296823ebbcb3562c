//! What a file does not speak of stays, and nothing is taken away.

use domain::catalog::{
    OptionDocument, ProductDocument, ProductId, StoredProduct, ValueDocument, VariantDocument, VariantId,
};
use domain::id::{OptionId, OptionValueId};
use domain::locale::{Locale, Translated};
use domain::message::Message;
use domain::money::Money;

use super::*;
use crate::imports::goods::{ToldOption, ToldPicture, ToldValue, Words};

fn both(id: &str, en: &str) -> Translated {
    Translated { id: id.to_owned(), en: en.to_owned() }
}

fn told_option(name: &str, values: &[&str]) -> ToldOption {
    let value = |value: &&str| ToldValue { value: Words::of(Locale::Indonesian, *value), swatch: None };
    ToldOption {
        name: Words::of(Locale::Indonesian, name),
        values: values.iter().map(value).collect(),
        is_whole: false,
    }
}

fn told_variant(sku: &str, values: &[usize]) -> ToldVariant {
    ToldVariant { line: 3, sku: Some(sku.to_owned()), values: values.to_vec(), ..ToldVariant::default() }
}

/// A shirt in two colours, one of each.
fn shirt() -> StoredProduct {
    let value =
        |id, value| ValueDocument { id: Some(OptionValueId::new(id)), value, swatch: Some("#112233".to_owned()) };
    let mut document = ProductDocument::draft(both("Kemeja", "Shirt"), Money::ZERO);
    document.slug = "kemeja".to_owned();
    document.description = both("Linen.", "Linen!");
    document.options = vec![OptionDocument {
        id: Some(OptionId::new(1)),
        name: both("Warna", "Colour"),
        values: vec![value(1, both("Merah", "Red")), value(2, both("Biru", "Blue"))],
    }];
    let variant = |id, sku: &str, at| VariantDocument {
        id: Some(VariantId::new(id)),
        sku: sku.to_owned(),
        values: vec![at],
        cost: Some(Money::minor(5)),
        ..VariantDocument::at(Money::minor(10))
    };
    document.variants = vec![variant(1, "K-M", 0), variant(2, "K-B", 1)];
    let at = chrono::DateTime::UNIX_EPOCH;
    StoredProduct {
        product_id: ProductId::new(1),
        version: 1,
        document,
        stock: Vec::new(),
        pictures: Vec::new(),
        related: Vec::new(),
        is_sold: false,
        created_at: at,
        updated_at: at,
    }
}

fn laid(told: &Told, stored: Option<&StoredProduct>) -> Result<ProductDocument, Vec<Trouble>> {
    let pictures = vec![None; told.pictures.as_ref().map_or(0, Vec::len)];
    let given = Given { stored, pictures: &pictures, ..Given::default() };
    merged(told, &given, &str::to_owned).map(|merged| merged.document)
}

#[test]
fn a_file_in_one_language_leaves_the_other_and_all_that_it_does_not_name() {
    let shirt = shirt();
    let mut told = Told { line: 2, ..Told::default() };
    told.name = Words::of(Locale::Indonesian, "Kemeja Baru");
    told.options = Some(vec![told_option("warna", &["BIRU", "Hijau"])]);
    told.variants = vec![
        ToldVariant { price: Some(Money::minor(12)), ..told_variant("k-b", &[0]) },
        ToldVariant { price: Some(Money::minor(13)), ..told_variant("K-H", &[1]) },
    ];
    let document = laid(&told, Some(&shirt)).unwrap();
    assert_eq!(document.name, both("Kemeja Baru", "Shirt"));
    assert_eq!(document.description, shirt.document.description);
    let values: Vec<_> = document.options[0].values.iter().map(|value| (value.id, value.value.en.as_str())).collect();
    let [red, blue] = [1, 2].map(|id| Some(OptionValueId::new(id)));
    assert_eq!(values, [(red, "Red"), (blue, "Blue"), (None, "")]);
    let variants: Vec<_> = document.variants.iter().map(|one| (one.sku.as_str(), one.id, one.values[0])).collect();
    let [first, second] = [1, 2].map(|id| Some(VariantId::new(id)));
    assert_eq!(variants, [("K-B", second, 1), ("K-H", None, 2), ("K-M", first, 0)]);
    assert_eq!(document.variants[0].cost, Some(Money::minor(5)));
}

#[test]
fn a_new_sku_for_what_is_chosen_already_renames_it() {
    let mut told = Told { line: 2, ..Told::default() };
    told.options = Some(vec![told_option("Warna", &["Merah"])]);
    told.variants = vec![told_variant("K-RED", &[0])];
    let document = laid(&told, Some(&shirt())).unwrap();
    let variants: Vec<_> = document.variants.iter().map(|one| (one.sku.as_str(), one.id)).collect();
    assert_eq!(variants, [("K-RED", Some(VariantId::new(1))), ("K-B", Some(VariantId::new(2)))]);
}

#[test]
fn a_variant_that_other_options_would_leave_behind_is_told_and_not_dropped() {
    let mut told = Told { line: 2, ..Told::default() };
    told.options = Some(vec![told_option("Warna", &["Merah"]), told_option("Ukuran", &["M"])]);
    told.variants = vec![told_variant("K-M", &[0, 0])];
    let troubles = laid(&told, Some(&shirt())).unwrap_err();
    let left = Message::VariantHasOtherOptions { sku: "K-B".to_owned() };
    assert_eq!(troubles, [Trouble::new(2, "options.name", left)]);

    told.options = Some(vec![told_option("Warna", &["Merah", "Biru"]), told_option("Ukuran", &["M"])]);
    told.variants.push(told_variant("K-B", &[1, 0]));
    let document = laid(&told, Some(&shirt())).unwrap();
    assert_eq!(document.variants.iter().map(|one| one.values.clone()).collect::<Vec<_>>(), [[0, 0], [1, 0]]);
}

#[test]
fn a_simple_product_becomes_one_with_variants_under_its_own_sku() {
    let mut simple = shirt();
    simple.document.options.clear();
    simple.document.variants.truncate(1);
    simple.document.variants[0].values.clear();
    let mut told = Told { line: 2, ..Told::default() };
    told.options = Some(vec![told_option("Warna", &["Merah"])]);
    told.variants = vec![told_variant("K-M", &[0])];
    let document = laid(&told, Some(&simple)).unwrap();
    assert_eq!((document.variants[0].id, document.variants[0].values.as_slice()), (Some(VariantId::new(1)), &[0][..]));
}

#[test]
fn a_new_product_needs_a_name_and_each_new_variant_a_price() {
    let told = Told { line: 2, variants: vec![told_variant("X", &[])], ..Told::default() };
    let required = |line, column| Trouble::new(line, column, Message::Required);
    assert_eq!(laid(&told, None).unwrap_err(), [required(3, "variants.price"), required(2, "name")]);
    let variants = vec![ToldVariant { price: Some(Money::minor(1)), ..told_variant("x y", &[]) }];
    let told = Told { line: 2, variants, ..Told::default() };
    let troubles = laid(&told, None).unwrap_err();
    assert_eq!(
        troubles,
        [Trouble::new(2, "name", Message::Required), Trouble::new(3, "variants.sku", Message::NotASku)]
    );
}

#[test]
fn a_picture_that_was_not_found_takes_none_away() {
    let mut stored = shirt();
    let picture = |key: &str| PictureDocument {
        key: key.to_owned(),
        alt: both("Depan", "Front"),
        centre: domain::catalog::Centre { x: 1, y: 2 },
        shows: Some((0, 1)),
    };
    stored.document.pictures = vec![picture("old"), picture("known")];
    stored.document.variants[1].picture = Some(0);
    let source = |source: &str| ToldPicture { line: 4, source: source.to_owned(), ..ToldPicture::default() };
    let mut told = Told { line: 2, ..Told::default() };
    told.pictures = Some(vec![source("lost.jpg"), source("known"), source("new.jpg")]);
    let keys = [None, Some("known".to_owned()), Some("new".to_owned())];
    let given = Given { stored: Some(&stored), pictures: &keys, ..Given::default() };
    let document = merged(&told, &given, &str::to_owned).unwrap().document;
    let keys: Vec<_> = document.pictures.iter().map(|picture| picture.key.as_str()).collect();
    assert_eq!(keys, ["known", "new", "old"]);
    assert_eq!(document.pictures[0], picture("known"));
    assert_eq!(document.variants[1].picture, Some(2));
}
