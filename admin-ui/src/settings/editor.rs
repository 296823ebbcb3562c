//! Fields that are tied to the draft: each knows its path in the settings, and shows what is wrong there.

use domain::locale::Locale;
use domain::message::Message;
use domain::money::Currency;
use yew::prelude::*;

use crate::amount::grouped;
use crate::field::{Field, error_of};
use crate::settings::draft::Draft;
use crate::settings::form::{Form, Step};
use crate::texts::SettingsText;

/// What the pages draw with.
pub(super) struct Editor<'a> {
    pub(super) form: &'a UseReducerHandle<Form>,
    pub(super) locale: Locale,
}

/// How a field looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Line,
    Area,
    /// A line in a table whose head is its label.
    Cell,
}

impl Editor<'_> {
    pub(super) fn draft(&self) -> &Draft {
        &self.form.draft
    }

    pub(super) fn currency(&self) -> Currency {
        self.form.saved.settings.currency
    }

    /// What is wrong at that path.
    pub(super) fn error(&self, path: &str) -> Option<Message> {
        error_of(&self.form.problem.as_ref()?.fields, path)
    }

    /// Whether something is wrong at that path or within it.
    pub(super) fn is_wrong_within(&self, path: &str) -> bool {
        let fields = self.form.problem.as_ref().map(|problem| problem.fields.as_slice()).unwrap_or_default();
        fields.iter().any(|problem| problem.field.starts_with(path))
    }

    /// Does something to the draft when it is called.
    pub(super) fn change<E: 'static>(&self, change: impl Fn(&mut Draft, E) + Clone + 'static) -> Callback<E> {
        let form = self.form.dispatcher();
        Callback::from(move |event: E| {
            let change = change.clone();
            form.dispatch(Step::Edited(Box::new(move |draft| change(draft, event))));
        })
    }

    /// A field with words.
    pub(super) fn text(
        &self,
        path: &str,
        (label, look, hint): (&SettingsText, Look, Option<SettingsText>),
        value: &str,
        change: impl Fn(&mut Draft, String) + Clone + 'static,
    ) -> Html {
        html! {
            <Field id={id_of(path)} label={label.text(self.locale)} value={value.to_owned()}
                is_long={look == Look::Area} is_in_table={look == Look::Cell}
                hint={hint.map(|hint| AttrValue::from(hint.text(self.locale)))}
                on_change={self.change(change)} error={self.error(path)} />
        }
    }

    /// A field with an amount, which is grouped while it is typed.
    pub(super) fn money(
        &self,
        path: &str,
        (label, look, hint): (&SettingsText, Look, Option<SettingsText>),
        value: &str,
        change: impl Fn(&mut Draft, String) + Clone + 'static,
    ) -> Html {
        let currency = self.currency();
        let grouped = move |draft: &mut Draft, typed: String| change(draft, grouped(&typed, currency));
        html! {
            <div class="with-unit">
                <span class="unit" aria-hidden="true">{ currency.symbol() }</span>
                <Field id={id_of(path)} label={label.text(self.locale)} value={value.to_owned()} inputmode="decimal"
                    is_in_table={look == Look::Cell}
                    hint={hint.map(|hint| AttrValue::from(hint.text(self.locale)))}
                    on_change={self.change(grouped)} error={self.error(path)} />
            </div>
        }
    }

    /// A field with a small number: kilograms, percent.
    pub(super) fn number(
        &self,
        path: &str,
        label: &SettingsText,
        value: &str,
        change: impl Fn(&mut Draft, String) + Clone + 'static,
    ) -> Html {
        html! {
            <Field id={id_of(path)} label={label.text(self.locale)} value={value.to_owned()} inputmode="decimal"
                is_in_table={true} on_change={self.change(change)} error={self.error(path)} />
        }
    }

    /// A field with a whole number, and what the number does.
    pub(super) fn whole(
        &self,
        path: &str,
        (label, hint): (&SettingsText, SettingsText),
        value: &str,
        change: impl Fn(&mut Draft, String) + Clone + 'static,
    ) -> Html {
        html! {
            <Field id={id_of(path)} label={label.text(self.locale)} value={value.to_owned()} inputmode="numeric"
                hint={AttrValue::from(hint.text(self.locale))} on_change={self.change(change)} error={self.error(path)} />
        }
    }

    /// A box to tick.
    pub(super) fn check(
        &self,
        id: &'static str,
        label: String,
        hint: Option<SettingsText>,
        is_ticked: bool,
        turn: impl Fn(&mut Draft) + Clone + 'static,
    ) -> Html {
        let onchange = self.change(move |draft, _: Event| turn(draft));
        let note = hint.as_ref().map(|_| format!("{id}-note"));
        html! {
            <div class="check-field">
                <label class="check" for={id}>
                    <input type="checkbox" {id} checked={is_ticked} {onchange} aria-describedby={note.clone()} />
                    <span>{ label }</span>
                </label>
                if let Some(hint) = hint { <p class="field-hint" id={note}>{ hint.text(self.locale) }</p> }
            </div>
        }
    }
}

/// The id of the field at a path: `delivery-zones-0-name`.
fn id_of(path: &str) -> String {
    path.replace('.', "-")
}
