//! Barcodes: the numbers of GS1, whose last digit proves the others, and codes of the shop's own.

use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::text;

/// The lengths of a GTIN: EAN-8, UPC-A, EAN-13 and the number of a trade unit.
const GTIN_LENGTHS: [usize; 4] = [8, 12, 13, 14];

/// A barcode as a scanner reads it.
///
/// Invariant: one with as many digits as a GTIN, and nothing else, has the check digit of one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Barcode(String);

impl Barcode {
    /// The most characters that it may have.
    pub const MOST: usize = 64;

    /// Reads what somebody typed or scanned, or says what is wrong with it. Blanks and hyphens between the digits of a
    /// GTIN are how it is printed, and are left out.
    ///
    /// # Errors
    /// `WrongCheckDigit` names the digit that would be right.
    pub fn parse(typed: &str) -> Result<Self, Message> {
        let code = text::code(typed)?;
        if code.is_empty() {
            return Err(Message::Required);
        }
        let digits: String = code.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        if digits.bytes().all(|byte| byte.is_ascii_digit()) && GTIN_LENGTHS.contains(&digits.len()) {
            return match check_digit(&digits) {
                Some(right) if !digits.ends_with(right) => Err(Message::WrongCheckDigit { right }),
                Some(_) | None => Ok(Self(digits)),
            };
        }
        if code.chars().count() > Self::MOST {
            return Err(Message::TooLong { most: Self::MOST });
        }
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./+".contains(c);
        if code.chars().all(is_plain) { Ok(Self(code)) } else { Err(Message::NotABarcode) }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a number of GS1, as marketplaces and search engines want it.
    pub fn is_gtin(&self) -> bool {
        GTIN_LENGTHS.contains(&self.0.len()) && self.0.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl TryFrom<String> for Barcode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|message| message.text(crate::locale::Locale::English))
    }
}

impl From<Barcode> for String {
    fn from(barcode: Barcode) -> Self {
        barcode.0
    }
}

/// The digit with which a GTIN of those digits should end: from the right, every other one counts three times.
fn check_digit(gtin: &str) -> Option<char> {
    let before = gtin.get(..gtin.len().checked_sub(1)?)?;
    let digits = before.chars().rev().map(|digit| digit.to_digit(10));
    let weighed = digits.zip([3, 1].into_iter().cycle()).map(|(digit, weight)| Some(digit? * weight));
    let sum: u32 = weighed.sum::<Option<u32>>()?;
    char::from_digit((10 - sum % 10) % 10, 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Barcode, check_digit};
    use crate::message::Message;

    #[test]
    fn a_gtin_is_read_however_it_is_printed() {
        for (typed, kept) in [
            ("4006381333931", "4006381333931"),
            (" 4 006381 333931 ", "4006381333931"),
            ("９６３８５０７４", "96385074"),
            ("036000291452", "036000291452"),
            ("1-0012345-67890-2", "10012345678902"),
        ] {
            let read = Barcode::parse(typed).unwrap();
            assert_eq!((read.as_str(), read.is_gtin()), (kept, true), "{typed}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_told_with_the_right_one() {
        assert_eq!(Barcode::parse("4006381333932"), Err(Message::WrongCheckDigit { right: '1' }));
        assert_eq!(Barcode::parse("96385075"), Err(Message::WrongCheckDigit { right: '4' }));
    }

    #[test]
    fn a_code_of_the_shops_own_is_a_barcode_too() {
        for own in ["RAK-7", "00123", "1E5", "ABC1234567890", "0123456789"] {
            assert_eq!(Barcode::parse(own).unwrap().as_str(), own);
            assert!(!Barcode::parse(own).unwrap().is_gtin());
        }
        assert_eq!(Barcode::parse("rak tujuh"), Err(Message::NotABarcode));
        assert_eq!(Barcode::parse("\u{200b}"), Err(Message::Required));
        assert_eq!(Barcode::parse(&"A".repeat(65)), Err(Message::TooLong { most: 64 }));
    }

    proptest! {
        /// Of the ten digits with which a number could end, one alone is taken, and it is the one that the others are told.
        #[test]
        fn one_digit_of_ten_is_right(before in "[0-9]{12}") {
            let right = check_digit(&format!("{before}0")).unwrap();
            for digit in '0'..='9' {
                let read = Barcode::parse(&format!("{before}{digit}"));
                if digit == right {
                    prop_assert!(read.is_ok());
                } else {
                    prop_assert_eq!(read, Err(Message::WrongCheckDigit { right }));
                }
            }
        }
    }
}
