//! Cells that a spreadsheet would run, or would change as soon as it opens the file: made harmless on the way out, and
//! restored on the way in.
//!
//! A harmless cell begins with one apostrophe more, which a spreadsheet shows and leaves alone. Apostrophes that stand there
//! already are counted, so that every text comes back as it was.

const GUARD: char = '\'';
/// More digits than a spreadsheet shows of a number, and saves.
const MOST_DIGITS: usize = 11;
const MONTHS: [&str; 16] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mei", "agu", "okt", "des"];

/// The text as it may stand in a cell.
pub(super) fn harmless(text: &str) -> String {
    if is_touched(text.trim_start_matches(GUARD)) { format!("{GUARD}{text}") } else { text.to_owned() }
}

/// The text that a cell was made of.
pub(super) fn restored(cell: &str) -> &str {
    match cell.strip_prefix(GUARD) {
        Some(text) if is_touched(text.trim_start_matches(GUARD)) => text,
        _ => cell,
    }
}

/// Whether a number that was cut short when a spreadsheet saved it: `8,99E+12`.
pub(super) fn is_shortened(cell: &str) -> bool {
    let Some((front, power)) = cell.split_once(['E', 'e']) else { return false };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    front.split(['.', ',']).all(is_number) && power.strip_prefix('+').is_some_and(is_number)
}

/// Whether a spreadsheet would run it, or take it for a number, a date or a word of its own.
fn is_touched(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        // Blanks around a cell are nobody's, unless they stand behind an apostrophe.
        || text.starts_with(char::is_whitespace)
        || is_other_number(text)
        || is_date(text)
        || ["true", "false"].contains(&text.to_ascii_lowercase().as_str())
}

/// A number that a spreadsheet writes in another way: leading zeros, powers of ten, decimals, or too many digits.
fn is_other_number(text: &str) -> bool {
    let starts_as_one = text.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    let looks_like_one = |c: char| c.is_ascii_digit() || ".,:/- eE+%".contains(c);
    let is_plain = text.len() <= MOST_DIGITS
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    starts_as_one && text.chars().all(looks_like_one) && !is_plain
}

/// A day or a month, such as `MAR1`, `1 Mei` or `Sep-24`.
fn is_date(text: &str) -> bool {
    let mut letters = text.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase());
    let start: String = letters.by_ref().take(3).collect();
    MONTHS.contains(&start.as_str())
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || " -/.,".contains(c))
        && text.len() <= 20
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pitfall S15.
    #[test]
    fn a_cell_that_would_be_run_or_changed_is_guarded_and_others_stay_as_they_are() {
        for text in [
            "=1+1",
            "+62 812",
            "-5",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "＝1",
            "1E5",
            "00123",
            "8991234567890",
            "1-2",
            "7/11",
            "MAR1",
            "Sep-24",
            "1 Mei",
            "TRUE",
            ".5",
            "2.50",
            "'=1",
            "''00",
        ] {
            assert_eq!(harmless(text), format!("'{text}"), "{text}");
        }
        for text in ["", "Kopi", "KG-01", "'Ayam' Goreng", "12", "0", "Marmer", "5XL", "S", "O'Brien", "100 ml", "Mei"]
        {
            assert_eq!(harmless(text), text, "{text}");
        }
    }

    #[test]
    fn a_number_that_a_spreadsheet_cut_short_is_known() {
        for cell in ["8,99123E+12", "1E+05", "1.00e+5"] {
            assert!(is_shortened(cell), "{cell}");
        }
        for cell in ["1E5", "E+5", "ABE+1", "12", ""] {
            assert!(!is_shortened(cell), "{cell}");
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back_from_its_cell(text in "'{0,3}[=+@\t\r\n0-9eEmaMAr.,/ -]{0,8}[a-zé'=]{0,4}") {
            let cell = harmless(&text);
            prop_assert_eq!(restored(&cell), text.as_str());
            prop_assert!(cell.starts_with('\'') || !is_touched(&cell));
        }

        #[test]
        fn any_text_at_all_comes_back(text: String) {
            let cell = harmless(&text);
            prop_assert_eq!(restored(&cell), text.as_str());
        }
    }
}
