//! Links that open a conversation in WhatsApp with a text that is ready to be sent.

use crate::texts;

texts! {
    /// Words that are ready to be sent.
    pub enum WhatsAppText {
        // What staff begin with.
        ToBuyer { name: String, shop: String, number: String } => "Halo {name}, ini {shop}. Tentang pesanan {number}: ", "Hello {name}, this is {shop}. About order {number}: ";
    }
}

/// The address at which a conversation with that number begins; nothing for a number that is no mobile one of Indonesia, and
/// does not say its country either.
pub fn whatsapp_link(phone: &str, words: &str) -> Option<String> {
    Some(format!("https://wa.me/{}?text={}", international(phone)?, percent_encoded(words)))
}

/// The number with its country and without signs: `0812 …`, `812 …` and `+62 812 …` are one.
fn international(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let number = if phone.trim_start().starts_with('+') {
        // `+62 0812`: the nought is of the number as it is dialled at home.
        digits.strip_prefix("620").map_or_else(|| digits.clone(), |rest| format!("62{rest}"))
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else if let Some(rest) = digits.strip_prefix('0') {
        format!("62{rest}")
    } else if digits.starts_with('8') {
        format!("62{digits}")
    } else if digits.starts_with("62") {
        digits
    } else {
        return None;
    };
    (8..=15).contains(&number.len()).then_some(number)
}

fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::{international, whatsapp_link};

    #[test]
    fn a_number_is_one_however_it_is_written() {
        for phone in ["0812-3456-7890", "+62 812 3456 7890", "62 81234567890", "812 3456 7890", "(+62) 0812 3456 7890"]
        {
            let phone = phone.trim_start_matches('(');
            assert_eq!(international(phone).as_deref(), Some("6281234567890"), "{phone}");
        }
        assert_eq!(international("+65 9123 4567").as_deref(), Some("6591234567"));
        assert_eq!(international("0065 9123 4567").as_deref(), Some("6591234567"));
        assert_eq!(international("123456789"), None);
    }

    #[test]
    fn words_are_carried_as_they_are() {
        let link = whatsapp_link("0812 3456 7890", "Halo, pesanan ET-1 & \u{2019}x\u{2019}?").unwrap();
        assert_eq!(link, "https://wa.me/6281234567890?text=Halo%2C%20pesanan%20ET-1%20%26%20%E2%80%99x%E2%80%99%3F");
    }
}
