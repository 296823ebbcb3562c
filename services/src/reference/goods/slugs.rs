//! Addresses and SKUs made of names.

use domain::catalog::suggest;
use domain::locale::Translated;

/// An address made of a name, with the number behind it when it is taken.
pub(super) fn slug_of(name: &str, number: u64, is_taken: impl Fn(&str) -> bool) -> String {
    let slug = suggest::slug_of(&Translated::same(name));
    if is_taken(&slug) { format!("{slug}-{number}") } else { slug }
}

/// A SKU made of words, in capitals.
pub(super) fn sku_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words = words.into_iter().filter(|word| !word.trim().is_empty());
    let words = words.map(|word| suggest::slug_of(&Translated::same(word)).to_ascii_uppercase());
    let sku: String = words.collect::<Vec<_>>().join("-").chars().take(48).collect();
    sku.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{sku_of, slug_of};

    #[test]
    fn names_become_addresses() {
        assert_eq!(slug_of("Kemeja Putih Polos", 1, |_| false), "kemeja-putih-polos");
        assert_eq!(slug_of("Topi", 4, |slug| slug == "topi"), "topi-4");
        assert!(slug_of(&"panjang ".repeat(60), 1 << 40, |_| true).len() <= 130);
    }

    #[test]
    fn words_become_a_sku() {
        assert_eq!(sku_of(["P5", "Merah-Hitam", "XL"]), "P5-MERAH-HITAM-XL");
        assert_eq!(sku_of(["P5", "", "40,5"]), "P5-40-5");
    }
}
