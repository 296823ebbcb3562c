//! A field of a form: which part of the draft it shows, and how it is typed.

use domain::message::Message;
use domain::money::Currency;
use yew::html::IntoPropValue;
use yew::prelude::*;

use super::amount::grouped;
use super::field::Field;

/// A part of a draft, to look at and to change. Made by [`lens!`].
pub(crate) struct Lens<D, T> {
    pub(crate) get: fn(&D) -> &T,
    pub(crate) get_mut: fn(&mut D) -> &mut T,
}

// Derived, both would ask the same of the draft.
impl<D, T> Clone for Lens<D, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D, T> Copy for Lens<D, T> {}

/// The part of a draft at a path: `lens!(name.id)`; without a path the whole of it.
macro_rules! lens {
    () => {
        $crate::kit::Lens { get: |draft| draft, get_mut: |draft| draft }
    };
    ($($path:tt)+) => {
        $crate::kit::Lens { get: |draft| &draft.$($path)+, get_mut: |draft| &mut draft.$($path)+ }
    };
}
pub(crate) use lens;

/// A field with text, until it is drawn.
pub(crate) struct Input {
    id: AttrValue,
    label: AttrValue,
    value: AttrValue,
    on_change: Callback<String>,
    hint: Option<AttrValue>,
    error: Option<Message>,
    kind: &'static str,
    inputmode: Option<&'static str>,
    autocomplete: &'static str,
    currency: Option<Currency>,
    is_first: bool,
    is_long: bool,
    is_in_table: bool,
}

impl Input {
    /// A line of text.
    pub(crate) fn new(id: impl Into<AttrValue>, label: String, value: &str, on_change: Callback<String>) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            value: value.to_owned().into(),
            on_change,
            hint: None,
            error: None,
            kind: "text",
            inputmode: None,
            autocomplete: "off",
            currency: None,
            is_first: false,
            is_long: false,
            is_in_table: false,
        }
    }

    /// What is wrong with it.
    pub(crate) fn error(self, error: Option<Message>) -> Self {
        Self { error, ..self }
    }

    /// What helps to fill it in.
    pub(crate) fn hint(self, hint: String) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The cursor starts here.
    pub(crate) fn first(self) -> Self {
        Self { is_first: true, ..self }
    }

    /// Takes more than a line.
    pub(crate) fn long(self) -> Self {
        Self { is_long: true, ..self }
    }

    /// Stands in a table whose head says what the label says.
    pub(crate) fn in_table(self) -> Self {
        Self { is_in_table: true, ..self }
    }

    /// A number without decimals.
    pub(crate) fn whole(self) -> Self {
        Self { inputmode: Some("numeric"), ..self }
    }

    /// A number that may have decimals.
    pub(crate) fn decimal(self) -> Self {
        Self { inputmode: Some("decimal"), ..self }
    }

    /// An amount, grouped while it is typed.
    pub(crate) fn money(self, currency: Currency) -> Self {
        let on_change = self.on_change.reform(move |typed: String| grouped(&typed, currency));
        Self { on_change, currency: Some(currency), ..self.decimal() }
    }

    /// A time of a day.
    pub(crate) fn time(self) -> Self {
        Self { kind: "datetime-local", ..self }
    }

    /// A day.
    pub(crate) fn day(self) -> Self {
        Self { kind: "date", ..self }
    }

    /// What the browser may fill in by itself, and what kind of field it looks for.
    pub(crate) fn remembered(self, kind: &'static str, autocomplete: &'static str) -> Self {
        Self { kind, autocomplete, ..self }
    }
}

impl From<Input> for Html {
    fn from(input: Input) -> Self {
        let Input { id, label, value, on_change, hint, error, kind, inputmode, autocomplete, currency, .. } = input;
        let Input { is_first, is_long, is_in_table, .. } = input;
        let field = html! {
            <Field {id} {label} {value} {on_change} {hint} {error} {kind} {inputmode} {autocomplete} {is_first} {is_long}
                {is_in_table} />
        };
        match currency {
            None => field,
            Some(currency) => html! {
                <div class="with-unit">
                    <span class="unit" aria-hidden="true">{ currency.symbol() }</span>
                    { field }
                </div>
            },
        }
    }
}

/// Lets it be the only child of a component.
impl IntoPropValue<Html> for Input {
    fn into_prop_value(self) -> Html {
        self.into()
    }
}
