//! Texts that people type, read once at the edge: a value of these types has passed its rule.

use serde::{Deserialize, Serialize};

use crate::message::Message;

/// Declares texts of one line: trimmed, not empty, without control characters, at most so many characters.
macro_rules! lines {
    ($($(#[$about:meta])* $name:ident up to $most:literal $(checked by $check:path)?,)*) => {
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
                    let text = line(text, $most)?;
                    $($check(&text)?;)?
                    Ok(Self(text))
                }

                /// The same for a field that may be left empty.
                pub fn optional(text: &str) -> Result<Option<Self>, Message> {
                    if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
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
    PersonName up to 120,
    /// An address of electronic mail.
    EmailAddress up to 254 checked by email,
    /// A telephone number, as typed: digits with spaces, hyphens, brackets and a leading plus.
    Phone up to 30 checked by phone,
    /// A line of a postal address, a city or a province.
    AddressLine up to 200,
    /// A postal code: five digits in Indonesia, other shapes elsewhere.
    PostalCode up to 12 checked by postal_code,
    /// The name of a product or a category in an address: small letters, digits and hyphens.
    Slug up to 120 checked by slug,
    /// A stock keeping unit, in capitals.
    Sku up to 64 checked by sku,
    /// Why somebody did something, for the history.
    Reason up to 500,
    /// Why a buyer calls an order off.
    CancelReason up to 200,
    /// The name of a courier.
    CourierName up to 80,
    /// A courier's number for a parcel.
    TrackingNumber up to 64,
    /// The name of the shop.
    ShopName up to 80,
    /// What a tax class is called in settings and products: small letters, digits and hyphens.
    TaxClassKey up to 40 checked by slug,
    /// What a buyer types to use a voucher, in capitals.
    VoucherCode up to 32 checked by voucher_code,
    /// A client's key for a request that must not happen twice.
    IdempotencyKey up to 255 checked by ascii,
}

impl VoucherCode {
    /// Reads what somebody typed, in whatever case.
    pub fn typed(text: &str) -> Result<Self, Message> {
        Self::parse(&text.to_ascii_uppercase())
    }
}

/// A password, exactly as typed. It is never shown, logged or compared but by its hash.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// The fewest characters of a new password (OWASP ASVS 6.2.1 advises them).
    pub const FEWEST: usize = 10;

    /// A password that is typed to sign in; nothing is asked of it.
    pub fn typed(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A password that somebody chooses.
    pub fn choose(text: &str) -> Result<Self, Message> {
        let length = text.chars().count();
        if length < Self::FEWEST {
            return Err(Message::PasswordTooShort { fewest: Self::FEWEST });
        }
        if length > 256 {
            return Err(Message::TooLong { most: 256 });
        }
        Ok(Self(text.to_owned()))
    }

    /// The characters, for the one who hashes them.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

fn line(text: &str, most: usize) -> Result<String, Message> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Message::Required);
    }
    if text.chars().count() > most {
        return Err(Message::TooLong { most });
    }
    if text.chars().any(char::is_control) {
        return Err(Message::ControlCharacters);
    }
    Ok(text.to_owned())
}

/// One `@`, something before it, and a dotted name after it: what stands there is for the mail server to judge. What
/// nobody sees is refused, so that two addresses which look the same are the same.
fn email(text: &str) -> Result<(), Message> {
    if text.contains(is_unseen) {
        return Err(Message::ControlCharacters);
    }
    let well_formed = !text.contains(|c: char| c.is_whitespace() || "<>()[],;:\\\"".contains(c))
        && text.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && local.chars().count() <= 64
                && !host.contains('@')
                && host.contains('.')
                && host.split('.').all(|label| {
                    !label.is_empty()
                        && !label.starts_with('-')
                        && !label.ends_with('-')
                        && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                })
        });
    if well_formed { Ok(()) } else { Err(Message::NotAnEmail) }
}

/// Characters without a shape: Unicode's `Default_Ignorable_Code_Point`, and the marks between lines.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

fn phone(text: &str) -> Result<(), Message> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let clean = text.char_indices().all(|(at, c)| c.is_ascii_digit() || " -.()".contains(c) || (c == '+' && at == 0));
    if clean && (8..=15).contains(&digits) { Ok(()) } else { Err(Message::NotAPhone) }
}

fn postal_code(text: &str) -> Result<(), Message> {
    let clean = text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-');
    if clean && text.chars().count() >= 3 { Ok(()) } else { Err(Message::NotAPostalCode) }
}

fn slug(text: &str) -> Result<(), Message> {
    let clean = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if clean && !text.starts_with('-') && !text.ends_with('-') { Ok(()) } else { Err(Message::NotASlug) }
}

fn sku(text: &str) -> Result<(), Message> {
    let clean = text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "-_./".contains(c));
    if clean { Ok(()) } else { Err(Message::NotASku) }
}

fn voucher_code(text: &str) -> Result<(), Message> {
    let clean = text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "-_".contains(c));
    if clean { Ok(()) } else { Err(Message::NotAVoucherCode) }
}

fn ascii(text: &str) -> Result<(), Message> {
    if text.is_ascii() { Ok(()) } else { Err(Message::ControlCharacters) }
}

#[cfg(test)]
mod tests {
    use super::{EmailAddress, Password, PersonName, Phone, Slug};
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
    fn addresses_of_mail_are_judged_by_shape() {
        for good in ["ayu@example.com", "a.b+c@sub.example.co.id", "ünï@exämple.com"] {
            assert!(EmailAddress::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "ayu",
            "ayu@",
            "@example.com",
            "ayu@example",
            "a b@example.com",
            "a@b@c.id",
            "a@-x.id",
            "a@x..id",
            "<a@x.id>",
        ] {
            assert_eq!(EmailAddress::parse(bad), Err(Message::NotAnEmail), "{bad}");
        }
    }

    #[test]
    fn an_address_of_mail_has_nothing_that_nobody_sees() {
        for unseen in ['\u{ad}', '\u{200b}', '\u{200d}', '\u{202e}', '\u{2060}', '\u{feff}', '\u{fe0f}', '\u{e0041}'] {
            for address in [format!("a{unseen}yu@example.com"), format!("ayu@exam{unseen}ple.com")] {
                assert_eq!(EmailAddress::parse(&address), Err(Message::ControlCharacters), "{unseen:?}");
            }
        }
        assert_eq!(EmailAddress::parse("a\u{7}yu@example.com"), Err(Message::ControlCharacters));
    }

    #[test]
    fn phones_have_eight_to_fifteen_digits() {
        for good in ["081234567890", "+62 812-3456-7890", "(021) 555 1234"] {
            assert!(Phone::parse(good).is_ok(), "{good}");
        }
        for bad in ["12345", "08123456789012345", "0812x4567890", "0812+34567890"] {
            assert_eq!(Phone::parse(bad), Err(Message::NotAPhone), "{bad}");
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
    fn a_password_is_never_printed() {
        assert_eq!(Password::choose("short"), Err(Message::PasswordTooShort { fewest: Password::FEWEST }));
        let password = Password::choose("correct horse").unwrap();
        assert_eq!(format!("{password:?}"), "Password(…)");
    }
}
