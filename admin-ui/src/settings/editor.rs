//! Fields that are tied to the draft: each knows its path in the settings, and shows what is wrong there.

use domain::locale::Locale;
use domain::message::Message;
use domain::money::Currency;
use yew::prelude::*;

use super::SettingsText;
use super::draft::Draft;
use super::form::Sheet;
use crate::kit::{Form, Input, Lens};

/// What the pages draw with.
pub(super) struct Editor<'a> {
    pub(super) form: &'a Form<Sheet>,
    pub(super) locale: Locale,
}

impl Editor<'_> {
    pub(super) fn draft(&self) -> &Draft {
        &self.form.draft().draft
    }

    pub(super) fn currency(&self) -> Currency {
        self.form.draft().saved.settings.currency
    }

    /// Words in the reader's language.
    pub(super) fn say(&self, text: SettingsText) -> String {
        text.text(self.locale)
    }

    /// What is wrong at that path.
    pub(super) fn error(&self, path: &str) -> Option<Message> {
        self.form.error(path)
    }

    /// What is wrong at that path, as a line of its own.
    pub(super) fn error_line(&self, path: &str) -> Html {
        html! {
            if let Some(error) = self.error(path) { <p class="field-error">{ error.text(self.locale) }</p> }
        }
    }

    /// Whether something is wrong at that path or within it.
    pub(super) fn is_wrong_within(&self, path: &str) -> bool {
        self.form.fields().iter().any(|problem| problem.field.starts_with(path))
    }

    /// Does something to the draft when it is called.
    pub(super) fn change<E: 'static>(&self, change: impl Fn(&mut Draft, E) + 'static) -> Callback<E> {
        self.form.change(move |sheet, event| change(&mut sheet.draft, event))
    }

    /// Puts what is typed or chosen there.
    pub(super) fn set(&self, lens: Lens<Draft, String>) -> Callback<String> {
        self.change(move |draft, text| *(lens.get_mut)(draft) = text)
    }

    /// A field over a part of the draft.
    pub(super) fn input(&self, path: &str, label: SettingsText, lens: Lens<Draft, String>) -> Input {
        Input::new(id_of(path), self.say(label), (lens.get)(self.draft()), self.set(lens)).error(self.error(path))
    }

    /// A field over something that may be gone by the time it is typed in, such as a line of a list.
    pub(super) fn line(
        &self,
        path: &str,
        label: SettingsText,
        value: &str,
        change: impl Fn(&mut Draft, String) + 'static,
    ) -> Input {
        Input::new(id_of(path), self.say(label), value, self.change(change)).error(self.error(path))
    }

    /// A box to tick.
    pub(super) fn check(
        &self,
        id: impl Into<AttrValue>,
        label: String,
        hint: Option<SettingsText>,
        is_ticked: bool,
        turn: impl Fn(&mut Draft) + 'static,
    ) -> Html {
        let onchange = self.change(move |draft, _: Event| turn(draft));
        let id: AttrValue = id.into();
        let note = hint.as_ref().map(|_| format!("{id}-note"));
        html! {
            <div class="check-field">
                <label class="check" for={id.clone()}>
                    <input type="checkbox" {id} checked={is_ticked} {onchange} aria-describedby={note.clone()} />
                    <span>{ label }</span>
                </label>
                if let Some(hint) = hint { <p class="field-hint" id={note}>{ self.say(hint) }</p> }
            </div>
        }
    }
}

/// The id of the field at a path: `delivery-zones-0-name`.
fn id_of(path: &str) -> String {
    path.replace('.', "-")
}
