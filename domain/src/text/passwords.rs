//! Passwords: composed when they are typed, and refused when they are chosen and the first that anybody would try.

use serde::{Deserialize, Serialize};

use super::typed::{self, is_unseen};
use crate::message::Message;

/// Words that the passwords of lists of stolen ones are made of, here and elsewhere.
const COMMON: &str = "\
    abc access admin administrator akses aku akucinta alhamdulillah allah asdf asdfgh asdfghjkl bandung baseball \
    batman belanja bismillah bobotoh cantik changeme charlie cinta cintaku computer default demo doraemon dragon \
    etalase facebook football freedom ganteng garuda google guest hello i iloveyou indonesia internet islam jakarta \
    jakmania jordan kamu kata katasandi keluarga letmein liverpool login love lovely lupa manchester master masuk \
    merdeka michael monkey mypassword naruto new ninja pancasila pass password passwort persib persija pokemon \
    princess qazwsx qwer qwerty qwertyuiop rahasia root sandi sayang sayangkamu sayangku secret selamat selamatdatang \
    sempurna shadow spiderman starwars sukses sunshine superman surabaya terserah test tester testing toko trustno \
    united user welcome whatever yang you zxcvbn zxcvbnm";

/// Keys that lie side by side, read both ways.
const ROWS: &str = "1234567890 qwertyuiop asdfghjkl zxcvbnm 1qaz 2wsx 3edc 4rfv 5tgb 6yhn 7ujm 1q2w3e4r5t6y7u8i9o0p";

/// A password, exactly as typed, but for the ways in which one keyboard and another write the same. It is never shown,
/// logged or compared but by its hash.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Password(String);

impl Password {
    /// The fewest characters of a new password (OWASP ASVS 6.2.1 advises them).
    pub const FEWEST: usize = 10;

    const MOST: usize = 256;

    /// A password that is typed to sign in; nothing is asked of it. As RFC 8265 has it, characters are composed and every
    /// blank is the plain one.
    pub fn typed(text: impl Into<String>) -> Self {
        let blank = |c: char| if c.is_whitespace() && !c.is_control() { ' ' } else { c };
        Self(typed::nfc(&text.into()).chars().map(blank).collect())
    }

    /// A password that somebody chooses.
    pub fn choose(text: &str) -> Result<Self, Message> {
        let password = Self::typed(text);
        let length = password.0.chars().count();
        if length < Self::FEWEST {
            return Err(Message::PasswordTooShort { fewest: Self::FEWEST });
        }
        if length > Self::MOST {
            return Err(Message::TooLong { most: Self::MOST });
        }
        // Nobody would find such a character on a keyboard again; emoji are made with joiners and selectors.
        let lost = |c: char| c.is_control() || (is_unseen(c) && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0f}'));
        if password.0.contains(lost) {
            return Err(Message::ControlCharacters);
        }
        if is_easy(&password.0.to_lowercase()) {
            return Err(Message::PasswordTooEasy);
        }
        Ok(password)
    }

    /// The characters, for the one who hashes them.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Password {
    fn from(text: String) -> Self {
        Self::typed(text)
    }
}

impl From<Password> for String {
    fn from(password: Password) -> Self {
        password.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

fn is_easy(lower: &str) -> bool {
    if typed::is_empty(lower) {
        return true;
    }
    let all: Vec<char> = lower.chars().collect();
    let signs: Vec<char> = all.iter().copied().filter(|c| *c != ' ').collect();
    is_short_again_and_again(&all) || is_along_the_keys(&signs) || is_of_common_words(&signs)
}

/// "abcabcabcabc": no more than four characters, again and again.
fn is_short_again_and_again(signs: &[char]) -> bool {
    (1..=4).any(|length| signs.iter().zip(signs.iter().skip(length)).all(|(one, next)| one == next))
}

/// "1234567890", "qwerty12345": of each five steps, four go to the next key, letter or digit.
fn is_along_the_keys(signs: &[char]) -> bool {
    let jumps = signs.iter().zip(signs.iter().skip(1)).filter(|(one, next)| !is_step(**one, **next)).count();
    jumps <= signs.len() / 5
}

fn is_step(one: char, next: char) -> bool {
    let beside = |row: &str| {
        let mut keys = row.chars().zip(row.chars().skip(1));
        keys.any(|(left, right)| (left, right) == (one, next) || (left, right) == (next, one))
    };
    u32::from(one).abs_diff(u32::from(next)) <= 1 || ROWS.split(' ').any(beside)
}

/// "password123", "S@y@ng2024!": nothing but common words and a few signs.
fn is_of_common_words(signs: &[char]) -> bool {
    let is_common = |text: &[char]| {
        let letters: String = text.iter().filter(|c| c.is_alphabetic()).collect();
        text.len() - letters.chars().count() <= 6 && !letters.is_empty() && is_made_of_words(&letters)
    };
    let end = signs.iter().rposition(|c| c.is_alphabetic()).map_or(0, |at| at + 1);
    let meant = |c: &char| match c {
        '@' | '4' => 'a',
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '$' | '5' => 's',
        c => *c,
    };
    let spelled: Vec<char> = signs.iter().take(end).map(meant).chain(signs.iter().skip(end).copied()).collect();
    is_common(signs) || is_common(&spelled)
}

fn is_made_of_words(letters: &str) -> bool {
    let mut ends = vec![false; letters.len() + 1];
    ends[0] = true;
    for at in 0..letters.len() {
        if !ends[at] {
            continue;
        }
        for word in COMMON.split_ascii_whitespace().filter(|word| letters[at..].starts_with(word)) {
            ends[at + word.len()] = true;
        }
    }
    ends[letters.len()]
}

#[cfg(test)]
mod tests {
    use super::Password;
    use crate::message::Message;

    #[test]
    fn a_password_is_never_printed() {
        assert_eq!(Password::choose("short"), Err(Message::PasswordTooShort { fewest: Password::FEWEST }));
        let password = Password::choose("correct horse").unwrap();
        assert_eq!(format!("{password:?}"), "Password(…)");
    }

    #[test]
    fn a_password_is_the_same_however_it_is_typed() {
        let composed = Password::choose("Café\u{a0}di pojok").unwrap();
        assert!(composed == Password::typed("Cafe\u{301} di pojok"));
        let sent: Password = serde_json::from_str("\"Cafe\\u0301 di pojok\"").unwrap();
        assert!(composed == sent, "also one that comes over the window's bridge");
    }

    #[test]
    fn a_password_that_anybody_would_try_is_refused() {
        for easy in [
            "          ",
            "1234567890",
            "0987654321",
            "12345123451",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "1212121212",
            "qwertyuiop",
            "qwerty12345",
            "1q2w3e4r5t",
            "1qaz2wsx3edc",
            "password123",
            "P@ssw0rd2024!",
            "Password Password",
            "sayang123456",
            "Bismillah123",
            "akusayangkamu",
            "iloveyou12",
            "Indonesia1945",
            "changeme!!",
        ] {
            assert!(Password::choose(easy) == Err(Message::PasswordTooEasy), "{easy}");
        }
        for lost in ["\0".repeat(12), "a long one\u{200b}".to_owned(), "a long one\n".to_owned()] {
            assert!(Password::choose(&lost) == Err(Message::ControlCharacters), "{lost:?}");
        }
        for good in [
            "correct horse",
            "a long password",
            "hush hush hush",
            "sandi siti rahma",
            "kopi👩\u{200d}💻susu pagi",
            "x7#kQ!92vLp",
        ] {
            assert!(Password::choose(good).is_ok(), "{good}");
        }
    }
}
