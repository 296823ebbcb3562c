//! A labelled field of a form: label above, hint or error below, tied together for screen readers.

use domain::message::Message;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::locale::use_locale;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FieldProps {
    pub(crate) id: AttrValue,
    pub(crate) label: AttrValue,
    pub(crate) value: AttrValue,
    pub(crate) on_change: Callback<String>,
    #[prop_or(AttrValue::Static("text"))]
    pub(crate) kind: AttrValue,
    #[prop_or_default]
    pub(crate) hint: Option<AttrValue>,
    #[prop_or_default]
    pub(crate) error: Option<Message>,
    #[prop_or(AttrValue::Static("off"))]
    pub(crate) autocomplete: AttrValue,
    #[prop_or_default]
    pub(crate) inputmode: Option<AttrValue>,
    /// Whether the cursor starts here.
    #[prop_or_default]
    pub(crate) is_first: bool,
    /// Whether it takes more than a line.
    #[prop_or_default]
    pub(crate) is_long: bool,
    /// Whether the label is for screen readers alone, because a table's head says the same.
    #[prop_or_default]
    pub(crate) is_in_table: bool,
}

/// A text field.
#[component]
pub(crate) fn Field(props: &FieldProps) -> Html {
    let locale = use_locale();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.is_first, move |is_first| {
            if *is_first && let Some(input) = node.cast::<web_sys::HtmlElement>() {
                // A field that cannot take the cursor is only less convenient.
                let _ = input.focus();
            }
        });
    }

    let note_id = format!("{}-note", props.id);
    let has_note = props.error.is_some() || props.hint.is_some();
    let described_by = has_note.then(|| note_id.clone());
    let oninput = props.on_change.reform(typed);
    let is_invalid = props.error.is_some().to_string();
    html! {
        <div class={classes!("field", props.error.is_some().then_some("has-error"))}>
            <label for={props.id.clone()} class={classes!(props.is_in_table.then_some("unseen"))}>
                { &props.label }
            </label>
            if props.is_long {
                <textarea ref={node} id={props.id.clone()} rows="3" value={props.value.clone()} {oninput}
                    aria-invalid={is_invalid} aria-describedby={described_by} />
            } else {
                <input ref={node} id={props.id.clone()} type={props.kind.clone()} value={props.value.clone()} {oninput}
                    autocomplete={props.autocomplete.clone()} inputmode={props.inputmode.clone()} spellcheck="false"
                    aria-invalid={is_invalid} aria-describedby={described_by} />
            }
            if let Some(error) = &props.error {
                <p class="field-error" id={note_id}>{ error.text(locale) }</p>
            } else if let Some(hint) = &props.hint {
                <p class="field-hint" id={note_id}>{ hint }</p>
            }
        </div>
    }
}

/// What stands in the field that an event is about.
fn typed(event: InputEvent) -> String {
    let target = event.target();
    let input = target.as_ref().and_then(|target| target.dyn_ref::<HtmlInputElement>()).map(HtmlInputElement::value);
    let area = || target.as_ref().and_then(|target| target.dyn_ref::<HtmlTextAreaElement>());
    input.or_else(|| area().map(HtmlTextAreaElement::value)).unwrap_or_default()
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ChooseProps {
    pub(crate) id: AttrValue,
    pub(crate) label: AttrValue,
    /// Words of the choices, and what people read.
    pub(crate) choices: Vec<(AttrValue, AttrValue)>,
    pub(crate) chosen: AttrValue,
    pub(crate) on_choose: Callback<String>,
    #[prop_or_default]
    pub(crate) hint: Option<AttrValue>,
    #[prop_or_default]
    pub(crate) error: Option<Message>,
    #[prop_or_default]
    pub(crate) is_fixed: bool,
}

/// The choices of a field: a word for each, and what people read.
pub(crate) fn choices<W: Into<AttrValue>, N: Into<AttrValue>>(
    of: impl IntoIterator<Item = (W, N)>,
) -> Vec<(AttrValue, AttrValue)> {
    of.into_iter().map(|(word, name)| (word.into(), name.into())).collect()
}

/// A field with a few choices.
#[component]
pub(crate) fn Choose(props: &ChooseProps) -> Html {
    let locale = use_locale();
    let onchange = props.on_choose.reform(|event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok());
        select.map(|select| select.value()).unwrap_or_default()
    });
    html! {
        <div class="field">
            <label for={props.id.clone()}>{ &props.label }</label>
            <select id={props.id.clone()} {onchange} disabled={props.is_fixed}>
                for (word, name) in props.choices.iter() {
                    <option value={word} selected={*word == props.chosen}>{ name }</option>
                }
            </select>
            if let Some(hint) = &props.hint { <p class="field-hint">{ hint }</p> }
            if let Some(error) = &props.error { <p class="field-error">{ error.text(locale) }</p> }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct CheckProps {
    pub(crate) id: AttrValue,
    pub(crate) label: AttrValue,
    pub(crate) is_ticked: bool,
    pub(crate) on_turn: Callback<()>,
}

/// A box to tick.
#[component]
pub(crate) fn Check(props: &CheckProps) -> Html {
    let onchange = props.on_turn.reform(|_: Event| ());
    html! {
        <label class="check" for={props.id.clone()}>
            <input type="checkbox" id={props.id.clone()} checked={props.is_ticked} {onchange} />{ &props.label }
        </label>
    }
}
