//! Numbers of units as people type them, and what the dialogs that ask for some have in common.

use domain::inventory::{MOST_UNITS, StockRow};
use domain::message::Message;
use yew::prelude::*;

use super::StockText;

/// What the dialogs about a variant's numbers are given.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct StockDialogProps {
    pub(super) row: StockRow,
    pub(super) on_close: Callback<()>,
    pub(super) on_done: Callback<StockRow>,
}

/// A number that must be typed; what is none is `not`.
pub(super) fn required<T>(typed: &str, read: fn(&str) -> Option<T>, not: Message) -> Result<T, Message> {
    read(typed).ok_or(if typed.trim().is_empty() { Message::Required } else { not })
}

/// What there would be after a change, or what there is.
pub(super) fn outcome(row: &StockRow, change: Option<i64>) -> StockText {
    let (on_hand, available) = (row.stock.on_hand, row.stock.available());
    match change {
        Some(by) => StockText::After { on_hand: i64::from(on_hand) + by, available: i64::from(available) + by },
        None => StockText::Before { on_hand, available },
    }
}

/// How many units were typed; marks between thousands are welcome, halves are not.
pub(super) fn units(typed: &str) -> Option<u32> {
    let groups: Vec<&str> = typed.trim().split(['.', ',', ' ', '\u{a0}']).collect();
    let is_grouped = groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = groups.concat();
    let is_number = is_grouped && digits.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten().filter(|count| *count <= MOST_UNITS)
}

/// By how many units more or fewer; nothing is no difference.
pub(super) fn difference(typed: &str) -> Option<i32> {
    let typed = typed.trim();
    let (sign, count) = match typed.strip_prefix(['-', '−']) {
        Some(rest) => (-1, units(rest)?),
        None => (1, units(typed.strip_prefix('+').unwrap_or(typed))?),
    };
    i32::try_from(count).ok().filter(|count| *count > 0)?.checked_mul(sign)
}

/// A difference with its sign, as the ledger shows it.
pub(super) fn signed(delta: i64) -> String {
    match delta {
        ..0 => format!("−{}", delta.unsigned_abs()),
        0 => "0".to_owned(),
        1.. => format!("+{delta}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{difference, signed, units};

    #[test]
    fn only_whole_numbers_of_units_are_counted() {
        for (typed, expected) in [("12", 12), ("0", 0), (" 1.000 ", 1_000), ("1,000,000", 1_000_000)] {
            assert_eq!(units(typed), Some(expected), "{typed}");
        }
        for typed in ["", "-1", "+1", "1.5", "1,50", "1000001", "twelve", "99999999999", "."] {
            assert_eq!(units(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_difference_goes_either_way_and_is_never_nothing() {
        for (typed, expected) in [("-3", -3), ("−3", -3), ("+12", 12), ("1.000", 1_000)] {
            assert_eq!(difference(typed), Some(expected), "{typed}");
        }
        for typed in ["", "0", "-0", "--1", "-", "1.5", "a"] {
            assert_eq!(difference(typed), None, "{typed}");
        }
    }

    #[test]
    fn differences_show_their_sign() {
        assert_eq!([signed(-3), signed(0), signed(12)], ["−3", "0", "+12"]);
    }
}
