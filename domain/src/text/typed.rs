//! The one door for all that people type: characters are composed (NFC), what nobody sees is taken out, and every blank is
//! one plain blank. Empty means that nothing is left to see.
//!
//! Prose keeps the joiners and selectors that its script or its emoji needs. Codes are for comparing, so they are folded
//! further. Where a text would turn the reading direction of what stands around it, prose is refused.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{
    CanonicalCombiningClass, DefaultIgnorableCodePoint, EmojiModifier, ExtendedPictographic, GeneralCategory, Script,
};
use icu_properties::{CodePointMapData, CodePointSetData};

use crate::message::Message;

/// The most characters of a search: longer ones find nothing that shorter ones do not.
const LONGEST_SEARCH: usize = 100;

/// The most blanks before a line of Markdown: deeper lists are nobody's.
const MOST_INDENTED: usize = 12;

/// Prose in one line; a line break inside it is refused.
pub(crate) fn line(text: &str) -> Result<String, Message> {
    if is_plain(text) {
        return Ok(text.to_owned());
    }
    if text.contains(is_override) {
        return Err(Message::ControlCharacters);
    }
    // What was taken out may have stood between a letter and its mark: what was read is read the same again.
    let mut line = tidied(text)?;
    loop {
        let again = tidied(&line)?;
        if again == line {
            return Ok(line);
        }
        line = again;
    }
}

/// Whether it is of ASCII that is seen, with one blank between its words: such a text is as it should be.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.contains("  ")
}

fn tidied(text: &str) -> Result<String, Message> {
    let mut line = String::with_capacity(text.len());
    let mut gap = "";
    for c in Seen::of(&nfc(text)) {
        if !is_blank(c) {
            if c.is_control() || gap.contains(char::is_control) {
                return Err(Message::ControlCharacters);
            }
            line.push_str(if line.is_empty() { "" } else { gap });
            line.push(c);
            gap = "";
        } else if c.is_control() {
            gap = "\n";
        } else if gap.is_empty() {
            gap = " ";
        }
    }
    Ok(nfc(&line).into_owned())
}

/// Prose in one line that may be empty, and no longer than that.
pub fn line_up_to(text: &str, most: usize) -> Result<String, Message> {
    no_longer(line(text)?, most)
}

/// Prose in several lines that may be empty, and no longer than that.
pub fn lines_up_to(text: &str, most: usize) -> Result<String, Message> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<String> = text.split('\n').map(|each| line(&each.replace('\t', " "))).collect::<Result<_, _>>()?;
    no_longer(lines.join("\n").trim().to_owned(), most)
}

/// The same in Markdown, where blanks before a line say what it belongs to, and two behind it break it.
pub fn markdown_up_to(text: &str, most: usize) -> Result<String, Message> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let mut read = Vec::with_capacity(lines.len());
    for (at, each) in lines.iter().enumerate() {
        let spaced = each.replace('\t', "    ");
        let words = line(&spaced)?;
        if words.is_empty() {
            read.push(words);
            continue;
        }
        let before = spaced.len() - spaced.trim_start_matches(' ').len();
        let is_broken = spaced.ends_with("  ") && lines.get(at + 1).is_some_and(|next| !is_empty(next));
        let mut kept = " ".repeat(before.min(MOST_INDENTED));
        kept.push_str(&words);
        kept.push_str(if is_broken { "  " } else { "" });
        read.push(kept);
    }
    no_longer(read.join("\n").trim_matches('\n').trim_end().to_owned(), most)
}

/// What is looked for, and where it is looked for: words with one blank between them.
pub fn search_words(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_override(*c)).collect();
    line(&text).unwrap_or_default()
}

/// The same for what somebody looks for; nothing when there is nothing to look for.
pub fn search(text: &str) -> Option<String> {
    let words: String = search_words(text).chars().take(LONGEST_SEARCH).collect();
    Some(words.trim_end().to_owned()).filter(|words| !words.is_empty())
}

/// A code or a number: wide letters and digits are the usual ones, and all hyphens are one.
pub fn code(text: &str) -> Result<String, Message> {
    if is_plain(text) {
        return Ok(text.to_owned());
    }
    let folded: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    let folded = ComposingNormalizerBorrowed::new_nfkc().normalize(&folded);
    let plain = |c: char| match c {
        c if is_blank(c) && !c.is_control() => ' ',
        c if is_hyphen(c) => '-',
        c => c,
    };
    let seen: String = folded.chars().filter(|c| !is_unseen(*c)).map(plain).collect();
    let seen = seen.trim();
    if seen.contains(char::is_control) {
        return Err(Message::ControlCharacters);
    }
    Ok(seen.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// What a program sends: taken as it is, without the blanks around it.
pub(crate) fn key(text: &str) -> Result<String, Message> {
    let text = text.trim();
    if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
        Ok(text.to_owned())
    } else {
        Err(Message::ControlCharacters)
    }
}

/// Whether nothing in it can be seen.
pub fn is_empty(text: &str) -> bool {
    text.chars().all(|c| is_blank(c) || is_unseen(c))
}

/// Composed characters, so that what looks the same is the same.
pub(crate) fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// Characters without a shape of their own.
pub(crate) fn is_unseen(c: char) -> bool {
    !c.is_ascii()
        && (CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c) || matches!(c, '\u{fff9}'..='\u{fffb}'))
}

/// Blanks of every width, and the Braille pattern without a dot.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

pub(crate) fn no_longer(text: String, most: usize) -> Result<String, Message> {
    if text.chars().count() > most { Err(Message::TooLong { most }) } else { Ok(text) }
}

/// Turns the direction of whatever follows, also beyond the field.
fn is_override(c: char) -> bool {
    matches!(c, '\u{202d}' | '\u{202e}')
}

/// With the minus and the long vowel's mark, which stands on the hyphen's key in Japan.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2212}' | '\u{30fc}')
        || !c.is_ascii() && CodePointMapData::<GeneralCategory>::new().get(c) == GeneralCategory::DashPunctuation
}

/// The characters of a text that are seen, and those unseen ones that shape their neighbours.
struct Seen<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    last: Option<char>,
    /// The last letter or picture, marks aside.
    base: Option<char>,
}

impl<'a> Seen<'a> {
    fn of(text: &'a str) -> Self {
        Self { rest: text.chars().peekable(), last: None, base: None }
    }

    fn shapes(&mut self, c: char) -> bool {
        let (Some(last), Some(base)) = (self.last, self.base) else { return false };
        let next = self.rest.peek().copied();
        match c {
            '\u{200c}' | '\u{200d}' => can_join(base) && (is_virama(last) || next.is_some_and(can_join)),
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}' | '\u{180f}' => {
                let is_keycap = next == Some('\u{20e3}') && (last.is_ascii_digit() || last == '#' || last == '*');
                is_keycap || !(base.is_ascii() || is_western(base) || is_unseen(last))
            }
            // The flags of England, Scotland and Wales are spelled in tags behind a black flag.
            '\u{e0020}'..='\u{e007f}' => matches!(last, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}'),
            _ => false,
        }
    }
}

impl Iterator for Seen<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            let c = self.rest.next()?;
            if is_unseen(c) && !self.shapes(c) {
                continue;
            }
            self.last = Some(c).filter(|c| !is_blank(*c));
            if self.last.is_none() || (c.is_ascii() || script(c) != Script::Inherited && !is_unseen(c)) {
                self.base = self.last;
            }
            return Some(c);
        }
    }
}

/// Whether joiners mean something beside it: emoji, and the scripts whose letters are joined.
fn can_join(c: char) -> bool {
    CodePointSetData::new::<ExtendedPictographic>().contains(c)
        || CodePointSetData::new::<EmojiModifier>().contains(c)
        || !matches!(
            script(c),
            Script::Common
                | Script::Inherited
                | Script::Unknown
                | Script::Latin
                | Script::Greek
                | Script::Cyrillic
                | Script::Han
                | Script::Hiragana
                | Script::Katakana
                | Script::Hangul
        )
}

fn is_western(c: char) -> bool {
    matches!(script(c), Script::Latin | Script::Greek | Script::Cyrillic)
}

fn is_virama(c: char) -> bool {
    CodePointMapData::<CanonicalCombiningClass>::new().get(c) == CanonicalCombiningClass::Virama
}

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::message::Message;

    const UNSEEN: [char; 9] =
        ['\u{2060}', '\u{200b}', '\u{3164}', '\u{ad}', '\u{115f}', '\u{2800}', '\u{feff}', '\u{fe0f}', '\u{e0041}'];

    #[test]
    fn what_nobody_sees_is_empty_and_leaves_no_trace() {
        for unseen in UNSEEN {
            let text = unseen.to_string();
            assert_eq!((line(&text).as_deref(), code(&text).as_deref()), (Ok(""), Ok("")), "{unseen:?}");
            assert!(is_empty(&text) && search(&text).is_none(), "{unseen:?}");
            assert_eq!(line(&format!("{unseen}Ayu{unseen} {unseen}Lestari{unseen}")).unwrap(), "Ayu Lestari");
        }
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        assert_eq!(line("Jose\u{301}").unwrap(), "José");
        assert_eq!(line(" Jl.\u{a0}\u{3000} Melati\u{2028}5 ").unwrap(), "Jl. Melati 5");
        assert_eq!(code("ＨＥＭＡＴ–１０\u{200b}").unwrap(), "HEMAT-10");
    }

    #[test]
    fn joiners_that_shape_letters_and_emoji_are_kept() {
        let kept =
            ["می\u{200c}خواهم", "👩🏽\u{200d}💻 Ayu", "❤\u{fe0f}", "1\u{fe0f}\u{20e3}", "葛\u{e0100}城", "क्\u{200d}ष"];
        for text in kept.into_iter().chain(["🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"]) {
            assert_eq!(line(text).unwrap(), text);
        }
        assert_eq!(line("a\u{200d}b\u{200c}").unwrap(), "ab");
    }

    #[test]
    fn a_line_turns_no_direction_and_has_no_break() {
        for bad in ["\u{202e}uyA", "Ayu\u{202d}", "a\u{0}b", "a\nb"] {
            assert_eq!(line(bad), Err(Message::ControlCharacters), "{bad:?}");
        }
        assert_eq!(line("\u{2067}Ayu\u{2069}\u{200f}\n").unwrap(), "Ayu");
        assert_eq!(lines_up_to(" a \r\n\u{200b}\r\n b\tc \u{2029}", 9).unwrap(), "a\n\nb c");
        assert_eq!(lines_up_to("a\u{2028}b", 2), Err(Message::TooLong { most: 2 }));
    }

    #[test]
    fn a_search_is_words_with_one_blank_between_them() {
        for text in ["kemeja  linen", "kemeja\u{a0}linen", "kemeja\nlinen", " kemeja \u{200b}linen\u{202e}"] {
            assert_eq!(search(text).as_deref(), Some("kemeja linen"), "{text:?}");
        }
        assert_eq!(search(&"é".repeat(300)).unwrap().chars().count(), 100);
    }

    #[test]
    fn plain_texts_are_what_the_long_way_makes_of_them() {
        for byte in 0..128_u8 {
            let c = char::from(byte);
            assert_eq!(is_unseen(c), CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c), "{c:?}");
            assert_eq!(is_hyphen(c), c == '-', "{c:?}");
            assert_ne!(script(c), Script::Inherited, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_text_is_left_alone_on_the_long_way_too(text in "[ -~\\x00\\n]{0,8}") {
            if is_plain(&text) {
                prop_assert_eq!(tidied(&text), Ok(text.clone()));
                // A letter beyond ASCII takes the long way.
                prop_assert_eq!(code(&format!("{text}é")), Ok(format!("{text}é")));
            } else {
                prop_assert_ne!(line(&text), Ok(text));
            }
        }

        #[test]
        fn what_was_read_is_read_the_same_again(text in "[a\u{301}\u{200c}\u{200d}\u{fe0f}می❤👩क\u{94d} \u{a0}\u{ad}1\u{20e3}–-]{0,12}") {
            let once = line(&text).unwrap();
            prop_assert_eq!(line(&once).unwrap(), once);
            let once = code(&text).unwrap();
            prop_assert_eq!(code(&once).unwrap(), once);
        }
    }
}
