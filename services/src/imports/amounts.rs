//! Numbers as files write them: with either mark before the decimals, with marks between thousands or without. What could
//! be two numbers is refused, and nothing is rounded but a weight, to the gram.
//!
//! | written | in rupiah | in dollars |
//! |---|---|---|
//! | `129000`, `129000.00`, `129000,0000` | 129 000 | 129 000 |
//! | `129.000`, `129,000` | 129 000, as rupiah has no decimals | refused: 129 or 129 000 |
//! | `1.290.000`, `1,290,000.00`, `1.290.000,00` | 1 290 000 | 1 290 000 |
//! | `12.5`, `12,50` | refused: half a rupiah | 12.50 |

use domain::message::Message;
use domain::money::{Currency, Money};

use super::cells;

/// What a weight is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WeightUnit {
    Gram,
    Kilogram,
    Pound,
    Ounce,
}

impl WeightUnit {
    /// The unit by its short name; nothing for one that nobody knows.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "g" => Some(Self::Gram),
            "kg" => Some(Self::Kilogram),
            "lb" | "lbs" => Some(Self::Pound),
            "oz" => Some(Self::Ounce),
            _ => None,
        }
    }

    const fn nanograms(self) -> u128 {
        match self {
            Self::Gram => 1_000_000_000,
            Self::Kilogram => 1_000_000_000_000,
            Self::Pound => 453_592_370_000,
            Self::Ounce => 28_349_523_125,
        }
    }
}

/// A number without its sign.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decimal {
    whole: String,
    fraction: String,
}

/// What a cell can mean.
enum Meaning {
    One(Decimal),
    /// Three digits behind the only mark: decimals, or thousands.
    Either {
        decimal: Decimal,
        grouped: Decimal,
    },
}

/// A price of the shop's currency, with its sign or code or without.
pub(super) fn money(cell: &str, currency: Currency) -> Result<Money, Message> {
    let cell = cell.trim();
    let named = [currency.symbol(), currency.as_str(), "$"];
    let amount = named.iter().find_map(|name| cell.strip_prefix(name).or(cell.strip_suffix(name))).unwrap_or(cell);
    let decimal = match meaning(amount).ok_or_else(|| unreadable(cell, Message::NotAnAmount))? {
        Meaning::One(decimal) => decimal,
        Meaning::Either { grouped, .. } if currency.decimals() == 0 => grouped,
        Meaning::Either { .. } => return Err(Message::AmbiguousNumber),
    };
    let width = currency.decimals() as usize;
    let fraction = decimal.fraction.trim_end_matches('0');
    if fraction.len() > width {
        return Err(Message::TooManyDecimals { most: width });
    }
    let units = format!("{}{fraction:0<width$}", decimal.whole);
    let money = units.parse().ok().map(Money::minor).filter(|money| money.is_ordinary());
    money.ok_or(Message::NotAnAmount)
}

/// A number of units; nothing when it is less than none, as some shops count what they have sold without having it.
pub(super) fn units(cell: &str, most: u32) -> Result<Option<u32>, Message> {
    let cell = cell.trim();
    let (is_negative, digits) = cell.strip_prefix('-').map_or((false, cell), |digits| (true, digits));
    let refused = || unreadable(cell, Message::NotAQuantity { most });
    let decimal = match meaning(digits).ok_or_else(refused)? {
        Meaning::One(decimal) => decimal,
        Meaning::Either { .. } => return Err(Message::AmbiguousNumber),
    };
    if decimal.fraction.bytes().any(|digit| digit != b'0') {
        return Err(refused());
    }
    let units = decimal.whole.parse().ok().filter(|units| *units <= most).ok_or_else(refused)?;
    Ok(Some(units).filter(|units| !is_negative || *units == 0))
}

/// A weight in grams, to the nearest.
pub(super) fn grams(cell: &str, unit: WeightUnit) -> Result<u32, Message> {
    let refused = || unreadable(cell, Message::NotAWeightInAFile);
    let decimal = match meaning(cell.trim()).ok_or_else(refused)? {
        Meaning::One(decimal) => decimal,
        // Nobody sends a ton: three digits behind a mark are grams.
        Meaning::Either { decimal, .. } if unit != WeightUnit::Gram => decimal,
        Meaning::Either { .. } => return Err(Message::AmbiguousNumber),
    };
    let places = u32::try_from(decimal.fraction.len()).map_err(|_| refused())?;
    let digits: u128 = format!("{}{}", decimal.whole, decimal.fraction).parse().map_err(|_| refused())?;
    let parts = 10_u128.checked_pow(places).and_then(|parts| parts.checked_mul(1_000_000_000)).ok_or_else(refused)?;
    let scaled = digits.checked_mul(unit.nanograms()).ok_or_else(refused)?;
    u32::try_from((scaled + parts / 2) / parts).map_err(|_| refused())
}

/// Says it when a spreadsheet has spoilt the number, for then no other number will do.
fn unreadable(cell: &str, otherwise: Message) -> Message {
    if cells::is_shortened(cell.trim()) { Message::NumberWasShortened } else { otherwise }
}

fn meaning(text: &str) -> Option<Meaning> {
    let text = text.trim_matches(char::is_whitespace);
    let text: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    if text.len() > 40 || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',') {
        return None;
    }
    let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    match marks.as_slice() {
        [] if text.is_empty() => None,
        [] => Some(Meaning::One(Decimal { whole: text, fraction: String::new() })),
        [mark] => {
            let (whole, fraction) = text.split_once(*mark)?;
            let decimal = Decimal { whole: whole.to_owned(), fraction: fraction.to_owned() };
            if fraction.is_empty() {
                None
            } else if let Some(whole) = ungrouped(&text, *mark) {
                let grouped = Decimal { whole, fraction: String::new() };
                Some(Meaning::Either { decimal, grouped })
            } else {
                Some(Meaning::One(decimal))
            }
        }
        [mark, .., last] if marks.iter().filter(|other| *other == last).count() == marks.len() => {
            let whole = ungrouped(&text, *mark)?;
            Some(Meaning::One(Decimal { whole, fraction: String::new() }))
        }
        [mark, .., last] => {
            let (whole, fraction) = text.rsplit_once(*last)?;
            let whole = ungrouped(whole, *mark).filter(|_| !fraction.is_empty())?;
            Some(Meaning::One(Decimal { whole, fraction: fraction.to_owned() }))
        }
    }
}

/// The digits of a number whose thousands are parted by the mark, and all of them are.
fn ungrouped(text: &str, mark: char) -> Option<String> {
    let mut groups = text.split(mark);
    let first = groups.next()?;
    let begins = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let mut rest = groups.clone();
    let is_number = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (begins && is_number(first) && rest.all(|group| group.len() == 3 && is_number(group)))
        .then(|| groups.fold(first.to_owned(), |digits, group| digits + group))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rupiah_is_read_however_a_shop_writes_it() {
        for cell in [
            "129000",
            "129000.00",
            "129000,0",
            "129000.0000",
            "129.000",
            "129,000",
            "129,000.00",
            "129.000,00",
            "Rp129.000",
            " Rp 129.000 ",
            "Rp\u{a0}129.000,00",
            "129 000",
            "IDR 129000",
            "129000 IDR",
        ] {
            assert_eq!(money(cell, Currency::Rupiah), Ok(Money::minor(129_000)), "{cell}");
        }
        assert_eq!(money("0.00", Currency::Rupiah), Ok(Money::ZERO));
        assert_eq!(money("1.290.000", Currency::Rupiah), Ok(Money::minor(1_290_000)));
    }

    #[test]
    fn rupiah_has_no_decimals_and_none_are_dropped() {
        for cell in ["129.5", "129,50", "69.99", "129.000,5", "0.500", "1.2345"] {
            assert_eq!(money(cell, Currency::Rupiah), Err(Message::TooManyDecimals { most: 0 }), "{cell}");
        }
    }

    #[test]
    fn dollars_are_read_unless_they_could_be_two_amounts() {
        for (cell, cents) in [
            ("69.99", 6_999),
            ("69,9", 6_990),
            ("US$69.90", 6_990),
            ("$ 69", 6_900),
            (".5", 50),
            ("1,290.50", 129_050),
            ("1.290,50", 129_050),
            ("1,290,000", 129_000_000),
            ("12.5000", 1_250),
            ("0.500", 50),
        ] {
            assert_eq!(money(cell, Currency::Dollar), Ok(Money::minor(cents)), "{cell}");
        }
        for cell in ["1.290", "1,290", "129.000"] {
            assert_eq!(money(cell, Currency::Dollar), Err(Message::AmbiguousNumber), "{cell}");
        }
        assert_eq!(money("1.2345", Currency::Dollar), Err(Message::TooManyDecimals { most: 2 }));
    }

    #[test]
    fn what_is_no_price_is_refused() {
        for cell in
            ["", "x", "-5", "1..000", "1.000.00", "1,00.000", "12.", "1.000,000.00", "9999999999999", "٣", "1'000", "."]
        {
            assert_eq!(money(cell, Currency::Rupiah), Err(Message::NotAnAmount), "{cell}");
        }
        assert_eq!(money("1,29E+05", Currency::Rupiah), Err(Message::NumberWasShortened));
    }

    #[test]
    fn units_are_whole_and_what_was_oversold_is_none() {
        for (cell, read) in
            [("5", Some(5)), ("5.0", Some(5)), ("0", Some(0)), ("-3", None), ("-0", Some(0)), ("1000", Some(1_000))]
        {
            assert_eq!(units(cell, 1_000), Ok(read), "{cell}");
        }
        for cell in ["", "5.5", "1001", "lima", "1 pcs"] {
            assert_eq!(units(cell, 1_000), Err(Message::NotAQuantity { most: 1_000 }), "{cell}");
        }
        assert_eq!(units("1.000", 2_000), Err(Message::AmbiguousNumber));
    }

    #[test]
    fn weights_of_every_unit_are_grams() {
        use WeightUnit::{Gram, Kilogram, Ounce, Pound};
        for (cell, unit, weight) in [
            (".5", Kilogram, 500),
            ("1.500", Kilogram, 1_500),
            ("0,25", Kilogram, 250),
            ("0.0", Gram, 0),
            ("250", Gram, 250),
            ("1", Pound, 454),
            ("2.5", Ounce, 71),
            ("0.0004", Kilogram, 0),
            ("0.0005", Kilogram, 1),
        ] {
            assert_eq!(grams(cell, unit), Ok(weight), "{cell}");
        }
        assert_eq!(grams("1.500", Gram), Err(Message::AmbiguousNumber));
        for cell in ["", "-1", "berat", "99999999999999999999999999999999999999"] {
            assert_eq!(grams(cell, Kilogram), Err(Message::NotAWeightInAFile), "{cell}");
        }
    }

    proptest! {
        #[test]
        fn what_the_shop_shows_is_read_as_the_same_amount(units in 0_i64..=1_000_000_000_000) {
            let rupiah = Money::minor(units);
            prop_assert_eq!(money(&rupiah.display(Currency::Rupiah), Currency::Rupiah), Ok(rupiah));
            prop_assert_eq!(money(&rupiah.display(Currency::Dollar), Currency::Dollar), Ok(rupiah));
        }

        #[test]
        fn no_cell_makes_a_reader_stumble(cell in "[-0-9.,eE+ ]{0,45}") {
            let _ = (money(&cell, Currency::Dollar), units(&cell, 9), grams(&cell, WeightUnit::Ounce));
        }
    }
}
