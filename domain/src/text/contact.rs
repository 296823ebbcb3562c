//! How somebody is reached: e-mail, telephone, postal code. What means the same is kept in one form.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

use super::typed::{self, is_blank, is_unseen};
use crate::message::Message;

/// An address of mail as somebody typed or pasted it.
pub(super) fn mail_address(text: &str) -> Result<String, Message> {
    let text = typed::nfc(text.trim_matches(|c| is_blank(c) || is_unseen(c)));
    Ok(text.replace('＠', "@"))
}

/// One `@`, something before it, and the name of a host after it: whether anybody is there is for the mail server to
/// judge. What nobody sees is refused, so that two addresses which look the same are the same.
pub(super) fn email(text: String) -> Result<String, Message> {
    let is_joiner = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    if text.contains(char::is_control) || text.contains(|c| is_unseen(c) && !is_joiner(c)) {
        return Err(Message::ControlCharacters);
    }
    let wrong = || if text.contains(is_joiner) { Message::ControlCharacters } else { Message::NotAnEmail };
    let (local, host) = text.split_once('@').ok_or_else(wrong)?;
    let is_local = !local.is_empty()
        && local.len() <= 64
        && !local.contains(|c: char| is_blank(c) || is_joiner(c) || "<>()[],;:\\\"".contains(c));
    match host_name(host).filter(|_| is_local) {
        Some(host) => Ok(format!("{local}@{host}")),
        None => Err(wrong()),
    }
}

/// The host in the letters of its own script: `bücher.example`, however it was typed (UTS 46).
fn host_name(host: &str) -> Option<String> {
    let names = Uts46::new();
    let (deny, hyphens) = (AsciiDenyList::STD3, Hyphens::CheckFirstLast);
    let ascii = names.to_ascii(host.as_bytes(), deny, hyphens, DnsLength::Verify).ok()?;
    let (shown, outcome) = names.to_unicode(ascii.as_bytes(), deny, hyphens);
    (outcome.is_ok() && ascii.contains('.')).then(|| shown.into_owned())
}

/// An address that was read, with its host in ASCII.
pub(super) fn on_the_wire(address: &str) -> String {
    let Some((local, host)) = address.split_once('@') else { return address.to_owned() };
    let ascii = Uts46::new().to_ascii(host.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify);
    ascii.map_or_else(|_| address.to_owned(), |host| format!("{local}@{host}"))
}

/// Eight to fifteen digits, with a blank, hyphen or point between two of them, an area in brackets and a leading plus.
pub(super) fn phone(text: String) -> Result<String, Message> {
    let text = text.replace(" -", "-").replace("- ", "-").replace(" .", ".").replace(". ", ".");
    let text = text.replace("( ", "(").replace(" )", ")");
    // The country's brackets say nothing: "(+62) 812".
    let text = match text.strip_prefix("(+").and_then(|rest| rest.split_once(')')) {
        Some((country, rest)) => format!("+{country}{}{rest}", if starts_with_digit(rest) { " " } else { "" }),
        None => text,
    };
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if (8..=15).contains(&digits) && is_number(&text) { Ok(text) } else { Err(Message::NotAPhone) }
}

fn is_number(text: &str) -> bool {
    let number = text.strip_prefix('+').unwrap_or(text);
    let mut is_open = false;
    let mut last = '^';
    for c in number.chars() {
        let follows = match c {
            '0'..='9' => true,
            '(' => !is_open && last != '(',
            ')' => is_open && last.is_ascii_digit(),
            ' ' | '-' | '.' => last.is_ascii_digit() || last == ')',
            _ => false,
        };
        if !follows {
            return false;
        }
        is_open = c == '(' || (is_open && c != ')');
        last = c;
    }
    !is_open && (last.is_ascii_digit() || last == ')')
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// What postal codes of the world have in common; those of Indonesia are asked for more, where the province is known.
pub(super) fn postal_code(text: String) -> Result<String, Message> {
    let clean = text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-');
    let ends = text.starts_with('-') || text.ends_with('-');
    let signs = text.chars().filter(char::is_ascii_alphanumeric).count();
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    if clean && !ends && signs >= 3 && has_digit { Ok(text) } else { Err(Message::NotAPostalCode) }
}

#[cfg(test)]
mod tests {
    use crate::message::Message;
    use crate::text::{EmailAddress, Phone, PostalCode};

    #[test]
    fn addresses_of_mail_are_judged_by_shape() {
        let long = format!("a@{}.example", "b".repeat(63));
        for good in ["ayu@example.com", "a.b+c@sub.example.co.id", "ünï@exämple.com", "संपर्क@डाटामेल.भारत", &long]
        {
            assert_eq!(EmailAddress::parse(good).unwrap().as_str(), good);
        }
        let long = format!("a@{}.example", "b".repeat(64));
        for bad in [
            "ayu",
            "ayu@",
            "@example.com",
            "ayu@example",
            "a b@example.com",
            "a\u{a0}b@example.com",
            "a@b@c.id",
            "a@-x.id",
            "a@x..id",
            "a@x_y.id",
            "a@xn--.example",
            "<a@x.id>",
            &long,
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
    fn two_ways_to_type_an_address_of_mail_are_one() {
        for (typed, key) in [
            ("a@xn--bcher-kva.example", "a@bücher.example"),
            ("A@BÜCHER.example", "a@bücher.example"),
            ("a@bu\u{308}cher.example", "a@bücher.example"),
            ("Jose\u{301}@example.com", "josé@example.com"),
            ("\u{feff}ａ＠ｂ．ｉｄ\u{200b} ", "ａ@b.id"),
        ] {
            let read = EmailAddress::parse(typed).unwrap();
            assert_eq!(read.key(), key);
            assert_eq!(EmailAddress::parse(read.as_str()).unwrap(), read);
        }
    }

    #[test]
    fn phones_have_eight_to_fifteen_digits() {
        for (typed, kept) in [
            ("081234567890", "081234567890"),
            ("+62 812-3456-7890", "+62 812-3456-7890"),
            ("(021) 555 1234", "(021) 555 1234"),
            ("+62\u{a0}812\u{a0}3456\u{a0}7890", "+62 812 3456 7890"),
            ("\u{202d}+62 812\u{2011}3456–7890\u{202c}\u{200e}", "+62 812-3456-7890"),
            ("(+62) 812 3456 7890", "+62 812 3456 7890"),
            ("(+62)812 3456 7890", "+62 812 3456 7890"),
            ("０８１２ ー ３４５６ ー ７８９０", "0812-3456-7890"),
        ] {
            let read = Phone::parse(typed).unwrap();
            assert_eq!(read.as_str(), kept);
            assert_eq!(Phone::parse(kept).unwrap(), read);
        }
        for bad in [
            "12345",
            "08123456789012345",
            "0812x4567890",
            "0812+34567890",
            "-.() -.()12345678",
            "(021 5551234",
            "021) 5551234",
            "++6281234567",
            "0812--34567890",
            "081234567890-",
            "+-81234567890",
        ] {
            assert_eq!(Phone::parse(bad), Err(Message::NotAPhone), "{bad}");
        }
    }

    #[test]
    fn a_postal_code_has_a_digit() {
        for (typed, kept) in [("４０１１５", "40115"), (" SW1A\u{a0}1AA\u{200b}", "SW1A 1AA"), ("1234-567", "1234-567")]
        {
            assert_eq!(PostalCode::parse(typed).unwrap().as_str(), kept);
        }
        for bad in ["---", "abc", "1-", "12", "401/15"] {
            assert_eq!(PostalCode::parse(bad), Err(Message::NotAPostalCode), "{bad}");
        }
        let of_indonesia = |typed: &str| PostalCode::parse(typed).unwrap().of_indonesia().map(String::from);
        assert_eq!(of_indonesia("40 115").as_deref(), Ok("40115"));
        for bad in ["401", "401155", "4011A"] {
            assert_eq!(of_indonesia(bad), Err(Message::NotAPostalCode), "{bad}");
        }
    }
}
