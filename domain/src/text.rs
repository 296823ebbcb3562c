//! Texts that people type, read once at the edge: a value of these types has passed its rule.

mod contact;
mod passwords;
pub(crate) mod typed;
mod whatsapp;

use serde::{Deserialize, Serialize};

use crate::message::Message;

pub use passwords::Password;
pub use typed::{code, is_empty, line_up_to, lines_up_to, markdown_up_to, search, search_words};
pub use whatsapp::{WhatsAppText, whatsapp_link};

/// Declares texts of one line: read through the door for their kind, not empty, at most so many characters.
macro_rules! lines {
    ($($(#[$about:meta])* $name:ident up to $most:literal read as $kind:path $(, checked by $check:path)?;)*) => {
        $(
            $(#[$about])*
            #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
            #[serde(try_from = "String", into = "String")]
            pub struct $name(String);

            impl $name {
                /// The most characters that it may have.
                pub const MOST: usize = $most;

                /// Reads what somebody typed, or says what is wrong with it.
                pub fn parse(text: &str) -> Result<Self, Message> {
                    let text = $kind(text)?;
                    if text.is_empty() {
                        return Err(Message::Required);
                    }
                    let text = typed::no_longer(text, $most)?;
                    $(let text = typed::no_longer($check(text)?, $most)?;)?
                    Ok(Self(text))
                }

                /// The same for a field that may be left empty.
                pub fn optional(text: &str) -> Result<Option<Self>, Message> {
                    if is_empty(text) { Ok(None) } else { Self::parse(text).map(Some) }
                }

                /// The text.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl TryFrom<String> for $name {
                type Error = String;

                fn try_from(text: String) -> Result<Self, Self::Error> {
                    Self::parse(&text).map_err(|message| message.text(crate::locale::Locale::English))
                }
            }

            impl From<$name> for String {
                fn from(text: $name) -> Self {
                    text.0
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(&self.0)
                }
            }
        )*
    };
}

lines! {
    /// A person's name, in any script.
    PersonName up to 120 read as typed::line;
    /// An address of electronic mail.
    EmailAddress up to 254 read as contact::mail_address, checked by contact::email;
    /// A telephone number: digits with blanks, hyphens, points, brackets and a leading plus.
    Phone up to 30 read as typed::code, checked by contact::phone;
    /// A line of a postal address, a city or a province.
    AddressLine up to 200 read as typed::line;
    /// A postal code: five digits in Indonesia, other shapes elsewhere.
    PostalCode up to 12 read as typed::code, checked by contact::postal_code;
    /// The name of a product or a category in an address: small letters, digits and hyphens.
    Slug up to 120 read as typed::code, checked by slug;
    /// A stock keeping unit, in capitals.
    Sku up to 64 read as typed::code, checked by sku;
    /// Why somebody did something, for the history.
    Reason up to 500 read as typed::line;
    /// Why a buyer calls an order off.
    CancelReason up to 200 read as typed::line;
    /// The name of a courier.
    CourierName up to 80 read as typed::line;
    /// A courier's number for a parcel.
    TrackingNumber up to 64 read as typed::code;
    /// The name of a bank.
    BankName up to 60 read as typed::line;
    /// The number of an account, in digits.
    AccountNumber up to 34 read as typed::code, checked by account_number;
    /// Whose account it is.
    AccountHolder up to 120 read as typed::line;
    /// The name of the shop.
    ShopName up to 80 read as typed::line;
    /// What a tax class is called in settings and products: small letters, digits and hyphens.
    TaxClassKey up to 40 read as typed::code, checked by slug;
    /// What a buyer types to use a voucher, in capitals.
    VoucherCode up to 32 read as typed::code, checked by voucher_code;
    /// A client's key for a request that must not happen twice.
    IdempotencyKey up to 255 read as typed::key;
}

impl Sku {
    /// Reads what somebody typed or scanned, in whatever case.
    pub fn typed(text: &str) -> Result<Self, Message> {
        Self::parse(&typed::code(text)?.to_ascii_uppercase())
    }
}

impl VoucherCode {
    /// Reads what somebody typed, in whatever case.
    pub fn typed(text: &str) -> Result<Self, Message> {
        Self::parse(&typed::code(text)?.to_ascii_uppercase())
    }
}

impl EmailAddress {
    /// Whose it is: two addresses of one person are one key, whatever the case.
    pub fn key(&self) -> String {
        typed::nfc(&self.0.to_lowercase()).into_owned()
    }

    /// The address as every mail server knows it: its host in ASCII (`xn--…`).
    pub fn on_the_wire(&self) -> String {
        contact::on_the_wire(&self.0)
    }
}

impl PostalCode {
    /// The same as a code of Indonesia, which has five digits.
    pub fn of_indonesia(&self) -> Result<Self, Message> {
        let digits: String = self.0.chars().filter(|c| *c != ' ').collect();
        let is_code = digits.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_code { Ok(Self(digits)) } else { Err(Message::NotAPostalCode) }
    }
}

fn slug(text: String) -> Result<String, Message> {
    let clean = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if clean && !text.starts_with('-') && !text.ends_with('-') { Ok(text) } else { Err(Message::NotASlug) }
}

fn sku(text: String) -> Result<String, Message> {
    let clean = text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "-_./".contains(c));
    if clean { Ok(text) } else { Err(Message::NotASku) }
}

/// As banks print it, with blanks, hyphens or points between its digits.
fn account_number(text: String) -> Result<String, Message> {
    let digits: String = text.chars().filter(|c| !" -.".contains(*c)).collect();
    let is_number = digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { Ok(digits) } else { Err(Message::NotAnAccountNumber) }
}

fn voucher_code(text: String) -> Result<String, Message> {
    let clean = text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "-_".contains(c));
    if clean { Ok(text) } else { Err(Message::NotAVoucherCode) }
}

#[cfg(test)]
mod tests {
    use super::{IdempotencyKey, PersonName, Sku, Slug, VoucherCode};
    use crate::message::Message;

    #[test]
    fn names_in_any_script_are_names() {
        for name in ["Siti Nurhaliza", "  Ayu 🌸 ", "O'Brien <b>", "'; drop table orders; --", "王小明"] {
            assert_eq!(PersonName::parse(name).unwrap().as_str(), name.trim());
        }
        assert_eq!(PersonName::parse(" \t "), Err(Message::Required));
        assert_eq!(PersonName::parse("a\u{0}b"), Err(Message::ControlCharacters));
        assert_eq!(PersonName::parse(&"é".repeat(121)), Err(Message::TooLong { most: 120 }));
        assert!(PersonName::parse(&"é".repeat(120)).is_ok());
    }

    #[test]
    fn a_name_of_what_nobody_sees_is_no_name() {
        for unseen in ["\u{2060}", "\u{200b}", "\u{3164}", "\u{ad}", "\u{115f}", "\u{2800}", "\u{200d} \u{fe0f}"] {
            assert_eq!(PersonName::parse(unseen), Err(Message::Required), "{unseen:?}");
            assert_eq!(PersonName::optional(unseen), Ok(None), "{unseen:?}");
        }
    }

    #[test]
    fn a_slug_fits_in_an_address() {
        assert!(Slug::parse("kemeja-linen-01").is_ok());
        for bad in ["Kemeja", "kemeja linen", "-kemeja", "../etc"] {
            assert_eq!(Slug::parse(bad), Err(Message::NotASlug), "{bad}");
        }
    }

    #[test]
    fn a_code_is_read_however_it_was_copied() {
        for typed in [
            "hemat-10",
            "HEMAT-10\u{200b}",
            "\u{feff}Hemat-10",
            "HE\u{ad}MAT–10",
            "ＨＥＭＡＴ－１０",
            "\u{a0}hemat\u{2011}10",
        ] {
            assert_eq!(VoucherCode::typed(typed).unwrap().as_str(), "HEMAT-10", "{typed:?}");
        }
        assert_eq!(Sku::parse("KL–01\u{200b}").unwrap().as_str(), "KL-01");
        assert_eq!(VoucherCode::typed("HEMAT 10"), Err(Message::NotAVoucherCode));
    }

    #[test]
    fn a_programs_key_is_taken_as_it_is() {
        assert_eq!(IdempotencyKey::parse(" a  b ").unwrap().as_str(), "a  b");
        assert_eq!(IdempotencyKey::parse("\u{200b}a"), Err(Message::ControlCharacters));
    }
}
