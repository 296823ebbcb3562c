//! The owner's own words of letters: for each kind and each language a subject and an opening that stand in the place of the
//! program's. What a letter must carry (its link or code, amounts, goods, what to do when it was somebody else) is not in them.

use serde::{Deserialize, Serialize};

use super::MailKind;
use crate::locale::Locale;
use crate::message::Message;
use crate::problem::FieldProblem;
use crate::text;

/// What the owner says in one language; where nothing is, the program speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnWords {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Plain text; an empty line parts paragraphs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// What the owner says in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LetterWords {
    pub id: OwnWords,
    pub en: OwnWords,
}

impl OwnWords {
    /// The most characters of a subject as it is typed: mail programs show fewer.
    pub const MOST_SUBJECT: usize = 150;
    /// The most characters of an opening as it is typed.
    pub const MOST_BODY: usize = 4_000;

    /// Whether the program says all of it.
    pub const fn is_usual(&self) -> bool {
        self.subject.is_none() && self.body.is_none()
    }

    /// The words as they are kept, or all that is wrong with them, by the names of the fields behind `at`.
    ///
    /// # Errors
    /// For what is empty, too long, in several lines where it is one, or names what such a letter does not know.
    pub fn read(&self, kind: MailKind, at: &str) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut take = |field: &str, read: Option<Result<String, Message>>| match read? {
            Ok(text) => Some(text),
            Err(message) => {
                problems.push(FieldProblem::new(format!("{at}{field}"), message));
                None
            }
        };
        let subject = self.subject.as_deref().map(|typed| {
            if typed.trim_matches(['\r', '\n']).contains(['\r', '\n']) {
                return Err(Message::NotOneLine);
            }
            says_something(text::line_up_to(typed, Self::MOST_SUBJECT)?, kind)
        });
        let subject = take("subject", subject);
        let body = self.body.as_deref().map(|typed| says_something(text::lines_up_to(typed, Self::MOST_BODY)?, kind));
        let body = take("body", body);
        if problems.is_empty() { Ok(Self { subject, body }) } else { Err(problems) }
    }
}

impl LetterWords {
    /// The words of a language.
    pub const fn of(&self, locale: Locale) -> &OwnWords {
        match locale {
            Locale::Indonesian => &self.id,
            Locale::English => &self.en,
        }
    }

    /// The same, to be changed.
    pub const fn of_mut(&mut self, locale: Locale) -> &mut OwnWords {
        match locale {
            Locale::Indonesian => &mut self.id,
            Locale::English => &mut self.en,
        }
    }

    /// Whether the program says all of it in every language.
    pub fn is_usual(&self) -> bool {
        Locale::ALL.iter().all(|locale| self.of(*locale).is_usual())
    }

    /// The words as they are kept, or all that is wrong with them: `en.subject`.
    ///
    /// # Errors
    /// As [`OwnWords::read`].
    pub fn read(&self, kind: MailKind) -> Result<Self, Vec<FieldProblem>> {
        let (mut read, mut problems) = (Self::default(), Vec::new());
        for locale in Locale::ALL {
            match self.of(*locale).read(kind, &format!("{locale}.")) {
                Ok(words) => *read.of_mut(*locale) = words,
                Err(wrong) => problems.extend(wrong),
            }
        }
        if problems.is_empty() { Ok(read) } else { Err(problems) }
    }
}

fn says_something(text: String, kind: MailKind) -> Result<String, Message> {
    if text::is_empty(&text) {
        return Err(Message::Required);
    }
    kind.check_names(&text)?;
    Ok(text)
}

/// The paragraphs of a text: an empty line parts them.
pub fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty())
}

/// Asks of every kind of letter whether its words are the owner's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListLetterWords {}

/// A kind of letter in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterWordsRow {
    pub kind: MailKind,
    /// Whether any of its words are the owner's.
    pub is_own: bool,
    /// Whether the owner wants none of these.
    pub is_off: bool,
}

/// Asks for the words of a kind of letter, to change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetLetterWords {
    pub kind: MailKind,
}

/// The words of a kind of letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterWordsDetail {
    pub kind: MailKind,
    /// How often they were saved.
    pub version: u64,
    pub words: LetterWords,
    /// What the program says where the owner says nothing, with names for what it fills in.
    pub usual: LetterWords,
}

/// Asks to put these words in the place of those of that version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveLetterWords {
    pub kind: MailKind,
    /// The version that was read; when somebody saved since, nothing is saved.
    pub version: u64,
    pub words: LetterWords,
}

/// Asks how a letter about somebody who is nobody looks with these words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawLetter {
    pub kind: MailKind,
    pub locale: Locale,
    pub words: OwnWords,
}

/// A letter that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnLetter {
    pub subject: String,
    /// Where the window finds it as its reader sees it. It is kept for as long as it is among the newest few.
    pub address: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(subject: &str, body: &str) -> Vec<(String, Message)> {
        let own = OwnWords { subject: Some(subject.to_owned()), body: Some(body.to_owned()) };
        let words = LetterWords { en: own, ..LetterWords::default() };
        let problems = words.read(MailKind::OrderPlaced).err().unwrap_or_default();
        problems.into_iter().map(|problem| (problem.field, problem.message)).collect()
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let (subject, body) = ("en.subject".to_owned(), "en.body".to_owned());
        let unknown = |name: &str| Message::UnknownPlaceholder { name: name.to_owned() };
        assert_eq!(wrong("Order {number}", "Thank you,\n\n{name}!"), []);
        assert_eq!(wrong(" ", "\u{200b}"), [(subject.clone(), Message::Required), (body.clone(), Message::Required)]);
        let too_long = wrong(&"x".repeat(151), &"é".repeat(4_001));
        let long =
            [(subject.clone(), Message::TooLong { most: 150 }), (body.clone(), Message::TooLong { most: 4_000 })];
        assert_eq!(too_long, long);
        assert_eq!(wrong("one\ntwo", "fine"), [(subject.clone(), Message::NotOneLine)]);
        assert_eq!(wrong("a\u{202e}b", "fine"), [(subject.clone(), Message::ControlCharacters)]);
        assert_eq!(wrong("{nomer}", "{number"), [(subject, unknown("nomer")), (body, Message::UnclosedBrace)]);
    }

    #[test]
    fn what_is_kept_has_nothing_that_nobody_sees() {
        let own =
            OwnWords { subject: Some(" Halo\u{200b}  {nama} \n".to_owned()), body: Some("a \r\n\r\n\r\nb".to_owned()) };
        let read = own.read(MailKind::OrderPlaced, "").unwrap();
        assert_eq!((read.subject.as_deref(), read.body.as_deref()), (Some("Halo {nama}"), Some("a\n\n\nb")));
        assert_eq!(paragraphs("a\n\n\nb\nc\n\n").collect::<Vec<_>>(), ["a", "b\nc"]);
        assert!(LetterWords::default().read(MailKind::LowStock).unwrap().is_usual());
    }

    #[test]
    fn words_are_stored_without_what_is_not_there() {
        let stored = serde_json::to_string(&LetterWords::default()).unwrap();
        assert_eq!(stored, r#"{"id":{},"en":{}}"#);
        assert_eq!(serde_json::from_str::<LetterWords>("{}").unwrap(), LetterWords::default());
    }
}
