//! What names suggest: an address in small letters and a SKU in capitals, in the Latin script whatever the name's is.

use std::collections::HashSet;

use super::{ProductDocument, VariantDocument};
use crate::locale::{Locale, Translated};
use crate::text::{Sku, Slug};

/// How much of a SKU comes from the product's name.
const SKU_NAME: usize = 32;

/// The address that a name suggests; `product` when nothing of it can be written there.
pub fn slug_of(name: &Translated) -> String {
    let slug = hyphened(name.get(Locale::Indonesian), Slug::MOST - 8).to_ascii_lowercase();
    if slug.is_empty() { "product".to_owned() } else { slug }
}

/// The SKU that a product's name and a variant's values suggest; `P` when nothing of them can be written there.
pub fn sku_of(document: &ProductDocument, variant: &VariantDocument) -> String {
    let mut parts = vec![hyphened(document.name.get(Locale::Indonesian), SKU_NAME)];
    let chosen = variant.values.iter().zip(&document.options).filter_map(|(at, option)| option.values.get(*at));
    parts.extend(chosen.map(|value| hyphened(value.value.get(Locale::Indonesian), 12)));
    parts.retain(|part| !part.is_empty());
    let sku: String = parts.join("-").to_ascii_uppercase().chars().take(Sku::MOST - 8).collect();
    let sku = sku.trim_matches('-');
    if sku.is_empty() { "P".to_owned() } else { sku.to_owned() }
}

/// The first of `wanted`, `wanted-2`, `wanted-3` … that is not taken.
pub fn untaken(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(wanted) {
        return wanted.to_owned();
    }
    let numbered = (2_u64..).map(|number| format!("{wanted}-{number}"));
    // Finite, as what is taken is.
    numbered.into_iter().find(|candidate| !is_taken(candidate)).unwrap_or_default()
}

/// Gives a SKU of its own to each variant that has none.
pub(super) fn fill_skus(document: &mut ProductDocument) {
    let mut taken: HashSet<String> = document.variants.iter().map(|variant| variant.sku.clone()).collect();
    for at in 0..document.variants.len() {
        if document.variants[at].sku.is_empty() {
            let sku = untaken(&sku_of(document, &document.variants[at]), |sku| taken.contains(sku));
            taken.insert(sku.clone());
            document.variants[at].sku = sku;
        }
    }
}

/// Letters and digits of the Latin script, with one hyphen for whatever stands between them.
fn hyphened(text: &str, most: usize) -> String {
    let mut written = String::new();
    for c in deunicode::deunicode_with_tofu(text, " ").chars() {
        if c.is_ascii_alphanumeric() {
            written.push(c);
        } else if !matches!(c, '\'' | '`') && !written.is_empty() && !written.ends_with('-') {
            written.push('-');
        }
        if written.len() >= most {
            break;
        }
    }
    written.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{fill_skus, sku_of, slug_of, untaken};
    use crate::catalog::{OptionDocument, ProductDocument, ValueDocument, VariantDocument};
    use crate::locale::Translated;
    use crate::money::Money;
    use crate::text::{Sku, Slug};

    #[test]
    fn a_name_suggests_an_address_and_a_sku() {
        for (name, slug) in [
            ("Kemeja Linen 01", "kemeja-linen-01"),
            ("  Crème brûlée – Größe M ", "creme-brulee-grosse-m"),
            ("Jus 100% Mangga & Jeruk", "jus-100-mangga-jeruk"),
            ("王小明", "wang-xiao-ming"),
            ("\u{200b}", "product"),
            ("???", "product"),
        ] {
            assert_eq!(slug_of(&Translated::same(name)), slug);
        }
    }

    #[test]
    fn variants_without_a_sku_get_different_ones() {
        let mut document = ProductDocument::draft(Translated::same("Kemeja Linen"), Money::minor(1));
        let value = |text: &str| ValueDocument { value: Translated::same(text), ..ValueDocument::default() };
        let values = vec![value("Merah"), value("Merah!")];
        document.options =
            vec![OptionDocument { name: Translated::same("Warna"), values, ..OptionDocument::default() }];
        let at = |value| VariantDocument { values: vec![value], ..VariantDocument::at(Money::minor(1)) };
        document.variants = vec![at(0), at(1)];
        assert_eq!(sku_of(&document, &document.variants[0]), "KEMEJA-LINEN-MERAH");
        fill_skus(&mut document);
        let skus: Vec<_> = document.variants.iter().map(|variant| variant.sku.as_str()).collect();
        assert_eq!(skus, ["KEMEJA-LINEN-MERAH", "KEMEJA-LINEN-MERAH-2"]);
    }

    #[test]
    fn the_first_number_that_is_free_is_taken() {
        assert_eq!(untaken("a", |_| false), "a");
        assert_eq!(untaken("a", |taken| ["a", "a-2"].contains(&taken)), "a-3");
    }

    proptest! {
        #[test]
        fn whatever_the_name_is_the_suggestion_can_be_saved(name in "\\PC{0,300}") {
            let document = ProductDocument::draft(Translated::same(name), Money::ZERO);
            prop_assert!(Slug::parse(&slug_of(&document.name)).is_ok());
            prop_assert!(Sku::parse(&sku_of(&document, &document.variants[0])).is_ok());
        }
    }
}
