//! The state of the form: what is stored, what is typed, what was wrong with it.

use std::rc::Rc;

use domain::locale::Locale;
use domain::problem::{FieldProblem, Problem};
use domain::settings::{SavedSettings, Settings};
use yew::prelude::*;

use crate::settings::draft::Draft;

/// What the form knows.
#[derive(Clone)]
pub(super) struct Form {
    pub(super) saved: SavedSettings,
    pub(super) draft: Draft,
    /// What was stored before the last save from here, to go back to.
    pub(super) before: Option<Settings>,
    pub(super) problem: Option<Problem>,
    pub(super) is_working: bool,
}

/// A change of the draft.
pub(super) type Edit = Box<dyn FnOnce(&mut Draft)>;

/// What moves the form.
pub(super) enum Step {
    Edited(Edit),
    Sent,
    Saved(Box<SavedSettings>, Locale),
    Refused(Problem),
    Reverted(Locale),
}

impl Form {
    /// A form over stored settings.
    pub(super) fn new(saved: SavedSettings, locale: Locale) -> Self {
        let draft = Draft::of(&saved.settings, locale);
        Self { saved, draft, before: None, problem: None, is_working: false }
    }

    /// Whether something stands in the form that is not stored.
    pub(super) fn is_changed(&self, locale: Locale) -> bool {
        self.draft != Draft::of(&self.saved.settings, locale)
    }

    /// The settings that the form means, or all that is wrong with it.
    pub(super) fn read(&self) -> Result<Settings, Vec<FieldProblem>> {
        let settings = self.draft.read(&self.saved.settings)?;
        settings.check()?;
        Ok(settings)
    }
}

impl Reducible for Form {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut form = (*self).clone();
        match step {
            Step::Edited(edit) => {
                edit(&mut form.draft);
                // What was wrong is judged again with every change, once something was found wrong.
                form.problem = form.problem.take().and_then(|problem| {
                    let still = if problem.fields.is_empty() { None } else { form.read().err() };
                    still.map(Problem::invalid)
                });
            }
            Step::Sent => {
                form.is_working = true;
                form.problem = None;
            }
            Step::Saved(saved, locale) => {
                form.before = Some(form.saved.settings.clone());
                form.draft = Draft::of(&saved.settings, locale);
                form.saved = *saved;
                form.is_working = false;
            }
            Step::Refused(problem) => {
                form.problem = Some(problem);
                form.is_working = false;
            }
            Step::Reverted(locale) => {
                form.draft = Draft::of(&form.saved.settings, locale);
                form.problem = None;
            }
        }
        Rc::new(form)
    }
}
