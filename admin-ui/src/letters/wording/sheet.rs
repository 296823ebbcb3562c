//! What the editor of words is over: what is stored, what is typed, and what was stored before.
//!
//! A field that says the same as the program is the program's: it follows when the program speaks better one day.

use domain::locale::Locale;
use domain::mail::{LetterWords, LetterWordsDetail, OwnWords};
use domain::problem::FieldProblem;

/// The words, stored and typed.
#[derive(Clone)]
pub(super) struct Sheet {
    pub(super) saved: LetterWordsDetail,
    /// What was stored before the last save from here, to go back to.
    pub(super) before: Option<LetterWords>,
    id: Typed,
    en: Typed,
}

/// What stands in the fields of a language.
#[derive(Clone)]
pub(super) struct Typed {
    pub(super) subject: String,
    pub(super) body: String,
}

impl Typed {
    fn of(own: &OwnWords, usual: &OwnWords) -> Self {
        let shown = |own: &Option<String>, usual: &Option<String>| own.clone().or(usual.clone()).unwrap_or_default();
        Self { subject: shown(&own.subject, &usual.subject), body: shown(&own.body, &usual.body) }
    }
}

impl Sheet {
    /// A sheet over stored words.
    pub(super) fn new(saved: LetterWordsDetail) -> Self {
        let typed = |locale: Locale| Typed::of(saved.words.of(locale), saved.usual.of(locale));
        Self { id: typed(Locale::Indonesian), en: typed(Locale::English), saved, before: None }
    }

    /// What stands in the fields of a language.
    pub(super) const fn typed(&self, locale: Locale) -> &Typed {
        match locale {
            Locale::Indonesian => &self.id,
            Locale::English => &self.en,
        }
    }

    pub(super) const fn typed_mut(&mut self, locale: Locale) -> &mut Typed {
        match locale {
            Locale::Indonesian => &mut self.id,
            Locale::English => &mut self.en,
        }
    }

    /// The words of a language that are meant.
    pub(super) fn meant(&self, locale: Locale) -> OwnWords {
        let (typed, usual) = (self.typed(locale), self.saved.usual.of(locale));
        let own = |typed: &str, usual: &Option<String>| {
            let is_usual = usual.as_deref().is_some_and(|usual| usual.trim() == typed.trim());
            (!is_usual).then(|| typed.to_owned())
        };
        OwnWords { subject: own(&typed.subject, &usual.subject), body: own(&typed.body, &usual.body) }
    }

    /// All the words that are meant.
    pub(super) fn all_meant(&self) -> LetterWords {
        LetterWords { id: self.meant(Locale::Indonesian), en: self.meant(Locale::English) }
    }

    /// Whether something is typed that is not stored.
    pub(super) fn is_changed(&self) -> bool {
        self.all_meant() != self.saved.words
    }

    /// All that is wrong.
    pub(super) fn judge(&self) -> Vec<FieldProblem> {
        self.all_meant().read(self.saved.kind).err().unwrap_or_default()
    }

    /// Lets the program speak again in a language.
    pub(super) fn forget(&mut self, locale: Locale) {
        *self.typed_mut(locale) = Typed::of(&OwnWords::default(), self.saved.usual.of(locale));
    }

    /// Takes over what has just been stored.
    pub(super) fn store(&mut self, saved: LetterWordsDetail) {
        *self = Self { before: Some(self.saved.words.clone()), ..Self::new(saved) };
    }

    /// Goes back to what is stored.
    pub(super) fn revert(&mut self) {
        *self = Self { before: self.before.take(), ..Self::new(self.saved.clone()) };
    }
}

#[cfg(test)]
mod tests {
    use domain::mail::MailKind;
    use domain::message::Message;

    use super::*;

    fn sheet() -> Sheet {
        let usual = |subject: &str| OwnWords { subject: Some(subject.to_owned()), body: Some("Words.".to_owned()) };
        Sheet::new(LetterWordsDetail {
            kind: MailKind::OrderPlaced,
            version: 1,
            words: LetterWords::default(),
            usual: LetterWords { id: usual("Pesanan {nomor}"), en: usual("Order {number}") },
        })
    }

    #[test]
    fn what_says_the_same_as_the_program_is_the_programs() {
        let mut sheet = sheet();
        assert_eq!(sheet.typed(Locale::English).subject, "Order {number}");
        sheet.typed_mut(Locale::English).subject = " Order {number}\n".to_owned();
        assert!(!sheet.is_changed() && sheet.all_meant().is_usual());
        sheet.typed_mut(Locale::English).subject = "We have order {number}".to_owned();
        assert!(sheet.is_changed() && sheet.meant(Locale::Indonesian).is_usual());
        assert_eq!(sheet.meant(Locale::English).body, None);
        sheet.forget(Locale::English);
        assert!(!sheet.is_changed());
    }

    #[test]
    fn an_emptied_field_is_wrong_and_is_not_the_default() {
        let mut sheet = sheet();
        sheet.typed_mut(Locale::Indonesian).body = String::new();
        assert_eq!(sheet.judge(), [FieldProblem::new("id.body", Message::Required)]);
        sheet.revert();
        assert_eq!(sheet.judge(), []);
    }

    #[test]
    fn what_was_stored_before_is_kept_to_go_back_to() {
        let mut sheet = sheet();
        sheet.typed_mut(Locale::English).body = "Mine.".to_owned();
        let stored = LetterWordsDetail { version: 2, words: sheet.all_meant(), ..sheet.saved.clone() };
        sheet.store(stored);
        assert_eq!((sheet.before.clone(), sheet.is_changed()), (Some(LetterWords::default()), false));
        sheet.typed_mut(Locale::English).body = "More.".to_owned();
        sheet.revert();
        assert_eq!((sheet.before.is_some(), sheet.typed(Locale::English).body.as_str()), (true, "Mine."));
    }
}
