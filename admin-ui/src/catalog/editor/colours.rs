//! The colour that the name of one suggests, so that a swatch begins near what is meant.

use domain::locale::Translated;

/// Names in both languages with their colours.
const KNOWN: [(&[&str], &str); 20] = [
    (&["hitam", "black"], "#1c1c1e"),
    (&["putih", "white"], "#ffffff"),
    (&["abu", "grey", "gray"], "#8e8e93"),
    (&["merah muda", "pink"], "#f2a7b8"),
    (&["merah marun", "marun", "maroon"], "#6d1f2c"),
    (&["merah", "red"], "#c8312d"),
    (&["jingga", "oranye", "orange"], "#e8762c"),
    (&["kuning", "yellow"], "#f2c230"),
    (&["hijau zaitun", "zaitun", "olive"], "#6b6b2f"),
    (&["hijau", "green"], "#2f8f4e"),
    (&["toska", "tosca", "teal"], "#1f8a8a"),
    (&["biru dongker", "dongker", "navy"], "#1d2b53"),
    (&["indigo", "nila"], "#35347d"),
    (&["biru", "blue"], "#2b63c6"),
    (&["ungu", "purple", "violet"], "#7a3fa0"),
    (&["cokelat", "coklat", "brown"], "#7a4a2b"),
    (&["krem", "cream", "gading", "ivory"], "#f3e9d2"),
    (&["emas", "gold"], "#c9a24b"),
    (&["perak", "silver"], "#c0c3c8"),
    (&["khaki", "beige", "pasir", "sand"], "#cdb68f"),
];

/// The colour of a name; a middle grey when it tells none.
pub(super) fn colour_of(name: &Translated) -> String {
    let wordings: Vec<String> = name.each().map(str::to_lowercase).collect();
    let is_named = |words: &[&str]| wordings.iter().any(|wording| words.iter().any(|word| wording.contains(word)));
    let known = KNOWN.iter().find(|(words, _)| is_named(words));
    known.map_or("#808080", |(_, colour)| colour).to_owned()
}

#[cfg(test)]
mod tests {
    use domain::locale::Translated;

    use super::{KNOWN, colour_of};

    #[test]
    fn a_name_suggests_its_colour_in_either_language() {
        let of = |name: &str| colour_of(&Translated { id: name.to_owned(), en: String::new() });
        assert_eq!(of("Merah Muda"), of("Soft Pink"));
        assert_ne!(of("Merah Muda"), of("Merah"));
        assert_eq!(of("Biru Dongker"), of("Navy"));
        assert_eq!(of("Motif 3"), "#808080");
    }

    #[test]
    fn every_colour_is_one() {
        for (_, colour) in KNOWN {
            assert!(colour.len() == 7 && u32::from_str_radix(&colour[1..], 16).is_ok(), "{colour}");
        }
    }
}
