//! Documents that can be saved, and those that cannot.

use chrono::{DateTime, TimeDelta};

use crate::catalog::document::{
    Centre, OptionDocument, PictureDocument, ProductDocument, Sale, ValueDocument, VariantDocument,
};
use crate::id::{OptionId, ProductId, VariantId};
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

fn shirt() -> ProductDocument {
    let mut shirt = ProductDocument::draft(Translated::same("Kemeja"), Money::minor(150_000));
    shirt.options = vec![option("Warna", &["Merah", "Biru"]), option("Ukuran", &["S", "M"])];
    shirt.variants[0].values = vec![0, 0];
    shirt.generate().unwrap();
    shirt
}

/// The fields that are wrong after a change.
fn wrong(change: impl FnOnce(&mut ProductDocument)) -> Vec<(String, Message)> {
    let mut document = shirt();
    change(&mut document);
    let problems = document.tidied().err().unwrap_or_default();
    problems.into_iter().map(|problem| (problem.field, problem.message)).collect()
}

fn one(field: &str, message: Message) -> Vec<(String, Message)> {
    vec![(field.to_owned(), message)]
}

#[test]
fn a_document_is_tidied_once_and_for_all() {
    let mut typed = shirt();
    typed.name = Translated { id: "  Kemeja\u{200b}  Linen ".to_owned(), en: "\u{2060}".to_owned() };
    typed.slug = "\u{a0}".to_owned();
    typed.description = Translated::same("# Judul\r\n\r\n- a\n    - b  \n\tc\u{200b}\n");
    typed.options[0].values[0].swatch = Some(" AA1133 ".to_owned());
    typed.options[0].values[1].swatch = Some(" ".to_owned());
    typed.variants[0].sku = " kl–01 ".to_owned();
    typed.variants[0].barcode = "4 006381 333931".to_owned();
    typed.related = [3, 4, 3].map(ProductId::new).to_vec();
    let picture =
        |centre| PictureDocument { key: "a".to_owned(), alt: Translated::default(), centre, shows: Some((0, 1)) };
    typed.pictures = vec![picture(Centre { x: 2_000, y: 7 })];

    let tidied = typed.tidied().unwrap();

    assert_eq!(tidied.name, Translated { id: "Kemeja Linen".to_owned(), en: String::new() });
    assert_eq!(tidied.slug, "");
    assert_eq!(tidied.description.id, "# Judul\n\n- a\n    - b  \n    c");
    let swatches: Vec<_> = tidied.options[0].values.iter().map(|value| value.swatch.as_deref()).collect();
    assert_eq!(swatches, [Some("#aa1133"), None]);
    let skus: Vec<_> = tidied.variants.iter().map(|variant| variant.sku.as_str()).collect();
    assert_eq!(skus, ["KL-01", "KEMEJA-LINEN-MERAH-M", "KEMEJA-LINEN-BIRU-S", "KEMEJA-LINEN-BIRU-M"]);
    assert_eq!(tidied.variants[0].barcode, "4006381333931");
    assert_eq!(tidied.related, [3, 4].map(ProductId::new));
    assert_eq!(tidied.pictures[0].centre, Centre { x: 1_000, y: 7 });
    assert_eq!(tidied.clone().tidied().unwrap(), tidied);
}

#[test]
fn a_name_in_one_language_is_enough_and_none_is_not() {
    assert_eq!(wrong(|d| d.name.id.clear()), []);
    assert_eq!(wrong(|d| d.name = Translated::same("\u{200b} \u{3164}")), one("name", Message::Required));
    assert_eq!(wrong(|d| d.name.en = "x".repeat(201)), one("name", Message::TooLong { most: 200 }));
    assert_eq!(wrong(|d| d.name.en = "\u{202e}itiS".to_owned()), one("name", Message::ControlCharacters));
}

#[test]
fn every_problem_stands_at_its_field() {
    assert_eq!(wrong(|d| d.slug = "../etc".to_owned()), one("slug", Message::NotASlug));
    assert_eq!(wrong(|d| d.note = "x".repeat(501)), one("note", Message::TooLong { most: 500 }));
    assert_eq!(wrong(|d| d.options[1].name = Translated::default()), one("options[1].name", Message::Required));
    assert_eq!(wrong(|d| d.options[1].name = Translated::same("warna")), one("options[1].name", Message::StandsTwice));
    assert_eq!(wrong(|d| d.options[1].values[1] = value("s")), one("options[1].values[1].value", Message::StandsTwice));
    assert_eq!(
        wrong(|d| d.options[0].values[1].swatch = Some("red".to_owned())),
        one("options[0].values[1].swatch", Message::NotAColour)
    );
    assert_eq!(wrong(|d| d.variants[3].sku = "kl 01".to_owned()), one("variants[3].sku", Message::NotASku));
    let twins = wrong(|d| ["A-1", "a-1"].iter().zip(&mut d.variants).for_each(|(sku, v)| v.sku = (*sku).to_owned()));
    assert_eq!(twins, one("variants[1].sku", Message::StandsTwice));
    let check_digit = Message::WrongCheckDigit { right: '1' };
    assert_eq!(wrong(|d| d.variants[2].barcode = "4006381333930".to_owned()), one("variants[2].barcode", check_digit));
    assert_eq!(wrong(|d| d.variants[1].values = vec![0, 0]), one("variants[1].values", Message::StandsTwice));
    assert_eq!(wrong(|d| d.variants[1].values = vec![0, 2]), one("variants[1].values", Message::NotAChoice));
    assert_eq!(wrong(|d| d.variants[1].values = vec![0]), one("variants[1].values", Message::NotAChoice));
    assert_eq!(wrong(|d| d.variants[1].price = Money::minor(-1)), one("variants[1].price", Message::NotAnAmount));
    assert_eq!(wrong(|d| d.variants[1].cost = Some(Money::minor(-1))), one("variants[1].cost", Message::NotAnAmount));
    let not_within = Message::NotWithin { least: 0, most: 1_000_000 };
    assert_eq!(wrong(|d| d.variants[1].weight_grams = 1_000_001), one("variants[1].weight_grams", not_within));
    let limits = Message::NotLimits { most: 1_000 };
    assert_eq!(wrong(|d| d.variants[1].min_quantity = 21), one("variants[1].max_quantity", limits.clone()));
    assert_eq!(wrong(|d| d.variants[1].max_quantity = 1_001), one("variants[1].max_quantity", limits));
    assert_eq!(wrong(|d| d.variants[1].picture = Some(0)), one("variants[1].picture", Message::NotAChoice));
    assert_eq!(wrong(|d| d.variants.clear()), one("variants", Message::Required));
    let ids = |d: &mut ProductDocument| d.variants.iter_mut().take(2).for_each(|v| v.id = Some(VariantId::new(7)));
    assert_eq!(wrong(ids), one("variants[1].id", Message::StandsTwice));
    let ids = |d: &mut ProductDocument| d.options.iter_mut().for_each(|o| o.id = Some(OptionId::new(7)));
    assert_eq!(wrong(ids), one("options[1].id", Message::StandsTwice));
}

#[test]
fn a_former_price_is_above_and_a_sale_below_the_price() {
    let at = Money::minor;
    let former = |amount| wrong(|d| d.variants[0].compare_at_price = Some(at(amount)));
    assert_eq!(former(150_000), one("variants[0].compare_at_price", Message::NotAboveThePrice));
    assert_eq!(former(i64::MAX), one("variants[0].compare_at_price", Message::NotAnAmount));
    assert_eq!(former(150_001), []);
    let sale = |amount, from, until| wrong(|d| d.variants[0].sale = Some(Sale { price: at(amount), from, until }));
    assert_eq!(sale(150_000, None, None), one("variants[0].sale.price", Message::NotBelowThePrice));
    assert_eq!(sale(-1, None, None), one("variants[0].sale.price", Message::NotAnAmount));
    let now = DateTime::UNIX_EPOCH;
    assert_eq!(sale(1, Some(now), Some(now)), one("variants[0].sale.until", Message::EndsBeforeItStarts));
    assert_eq!(sale(0, Some(now), Some(now + TimeDelta::seconds(1))), []);
    let early = now - TimeDelta::seconds(1);
    let year = Message::NotAYear { first: 1970, last: 9999 };
    assert_eq!(sale(1, Some(early), None), one("variants[0].sale.from", year.clone()));
    assert_eq!(wrong(|d| d.publish_at = Some(early)), one("publish_at", year));
}

#[test]
fn a_sale_is_on_from_its_first_instant_until_just_before_its_last() {
    let at = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
    let sale = Sale { price: Money::ZERO, from: Some(at(10)), until: Some(at(20)) };
    assert_eq!([9, 10, 19, 20].map(|seconds| sale.is_on(at(seconds))), [false, true, true, false]);
    assert!(Sale { from: None, until: None, ..sale }.is_on(at(0)));
}

#[test]
fn a_document_has_bounds() {
    let many = |d: &mut ProductDocument, count: usize| {
        let values: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        d.options = vec![option("Nomor", &values.iter().map(String::as_str).collect::<Vec<_>>())];
        let variant = |at| VariantDocument { values: vec![at], ..VariantDocument::at(Money::ZERO) };
        d.variants = (0..count.min(100)).map(variant).collect();
    };
    assert_eq!(wrong(|d| many(d, 100)), []);
    assert_eq!(wrong(|d| many(d, 101)), one("options[0].values", Message::TooMany { most: 100 }));
    let options = wrong(|d| {
        d.options = ["A", "B", "C", "D"].map(|name| option(name, &["1"])).to_vec();
        d.variants = vec![VariantDocument { values: vec![0; 4], ..VariantDocument::at(Money::ZERO) }];
    });
    assert_eq!(options, one("options", Message::TooMany { most: 3 }));
    let picture = |at: usize| PictureDocument {
        key: at.to_string(),
        alt: Translated::default(),
        centre: Centre::default(),
        shows: None,
    };
    assert_eq!(wrong(|d| d.pictures = (0..20).map(picture).collect()), []);
    assert_eq!(wrong(|d| d.pictures = (0..21).map(picture).collect()), one("pictures", Message::TooMany { most: 20 }));
    let related = wrong(|d| d.related = (0..13).map(ProductId::new).collect());
    assert_eq!(related, one("related", Message::TooMany { most: 12 }));
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let found = wrong(|d| {
        d.name = Translated::default();
        d.options[0].values[0] = value("");
        d.variants[0].price = Money::minor(-1);
        d.variants[3].sku = "?".to_owned();
    });
    let fields: Vec<_> = found.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["name", "options[0].values[0].value", "variants[0].price", "variants[3].sku"]);
}
