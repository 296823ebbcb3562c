//! What the form of the settings is over: what is stored, what is typed, and what was stored before.

use domain::locale::Locale;
use domain::problem::FieldProblem;
use domain::settings::{SavedSettings, Settings};

use super::draft::Draft;

/// The settings, stored and typed.
#[derive(Clone)]
pub(super) struct Sheet {
    pub(super) saved: SavedSettings,
    pub(super) draft: Draft,
    /// What was stored before the last save from here, to go back to.
    pub(super) before: Option<Settings>,
}

impl Sheet {
    /// A sheet over stored settings.
    pub(super) fn new(saved: SavedSettings, locale: Locale) -> Self {
        Self { draft: Draft::of(&saved.settings, locale), saved, before: None }
    }

    /// Whether something is typed that is not stored.
    pub(super) fn is_changed(&self, locale: Locale) -> bool {
        self.draft != Draft::of(&self.saved.settings, locale)
    }

    /// The settings that are meant, or all that is wrong with them.
    pub(super) fn read(&self) -> Result<Settings, Vec<FieldProblem>> {
        let settings = self.draft.read(&self.saved.settings)?;
        settings.check()?;
        Ok(settings)
    }

    /// All that is wrong.
    pub(super) fn judge(&self) -> Vec<FieldProblem> {
        self.read().err().unwrap_or_default()
    }

    /// Takes over what has just been stored.
    pub(super) fn store(&mut self, saved: SavedSettings, locale: Locale) {
        *self = Self { before: Some(self.saved.settings.clone()), ..Self::new(saved, locale) };
    }

    /// Goes back to what is stored.
    pub(super) fn revert(&mut self, locale: Locale) {
        self.draft = Draft::of(&self.saved.settings, locale);
    }
}
