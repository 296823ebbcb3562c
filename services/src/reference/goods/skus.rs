//! SKUs made of names.

use domain::catalog::suggest;
use domain::locale::Translated;

/// A SKU made of words, in capitals.
pub(super) fn sku_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words = words.into_iter().filter(|word| !word.trim().is_empty());
    let words = words.map(|word| suggest::slug_of(&Translated::same(word)).to_ascii_uppercase());
    let sku: String = words.collect::<Vec<_>>().join("-").chars().take(48).collect();
    sku.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::sku_of;

    #[test]
    fn words_become_a_sku() {
        assert_eq!(sku_of(["P5", "Merah-Hitam", "XL"]), "P5-MERAH-HITAM-XL");
        assert_eq!(sku_of(["P5", "", "40,5"]), "P5-40-5");
    }
}
