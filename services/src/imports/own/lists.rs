//! Several texts in one cell: a bar stands between them, and a backslash before a bar that belongs to a text.

use crate::imports::goods::{ToldValue, Words};

/// The texts of a cell; none for an empty one.
pub(in crate::imports) fn list(cell: &str) -> Vec<String> {
    if cell.is_empty() { Vec::new() } else { split(cell, '|') }
}

/// The same texts in one cell.
pub(in crate::imports) fn joined<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(|text| escaped(text, '|')).collect::<Vec<_>>().join("|")
}

/// A category and those above it: `Pakaian > Kemeja`.
pub(in crate::imports) fn path(cell: &str) -> Vec<String> {
    if cell.is_empty() { Vec::new() } else { split(cell, '>') }
}

/// The same in one cell, from the top down.
pub(in crate::imports) fn path_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| escaped(name, '>')).collect::<Vec<_>>().join(" > ")
}

/// The position of a value: the one that says the same, or says it in the one language that is told.
pub(in crate::imports) fn place(values: &[ToldValue], words: &Words) -> Option<usize> {
    let exactly = values.iter().position(|known| known.value == *words);
    exactly.or_else(|| values.iter().position(|known| words.fits(&known.value.alone())))
}

/// Splits at a mark, and reads a marked or doubled backslash as what stands behind it.
pub(in crate::imports) fn split(cell: &str, mark: char) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut letters = cell.chars();
    while let Some(letter) = letters.next() {
        if letter == mark {
            texts.push(String::new());
            continue;
        }
        let Some(text) = texts.last_mut() else { break };
        match letter {
            '\\' => text.extend(letters.next().or(Some('\\'))),
            letter => text.push(letter),
        }
    }
    texts.iter().map(|text| text.trim().to_owned()).collect()
}

fn escaped(text: &str, mark: char) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter == mark || letter == '\\' {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_mark_that_belongs_to_a_text_stays_in_it() {
        assert_eq!(list("S|M\\|L|XL"), ["S", "M|L", "XL"]);
        assert_eq!(path("Pakaian > A \\> B"), ["Pakaian", "A > B"]);
        assert_eq!(list("|Red"), ["", "Red"]);
        assert!(list("").is_empty() && path("").is_empty());
        assert_eq!(list("a\\"), ["a\\"]);
    }

    proptest! {
        #[test]
        fn a_list_comes_back(texts in proptest::collection::vec("[a|>\\\\ ]{0,4}x", 1..5)) {
            let texts: Vec<String> = texts.iter().map(|text| text.trim().to_owned()).collect();
            prop_assert_eq!(&list(&joined(texts.iter().map(String::as_str))), &texts);
            prop_assert_eq!(&path(&path_of(texts.iter().map(String::as_str))), &texts);
        }
    }
}
