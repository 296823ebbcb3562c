//! The dialog of two people on one product: every field that both changed, with both values, and a choice for each.

use std::rc::Rc;

use domain::catalog::{OptionDocument, ProductDocument, VariantDocument};
use domain::locale::Locale;
use serde_json::Value;
use yew::prelude::*;

use super::conflict::{Choice, Conflict};
use super::texts::EditorText;
use crate::catalog::fields::{field_at, shown};
use crate::desk::use_desk;
use crate::kit::{FormDialog, FormState};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ConflictDialogProps {
    pub(super) conflict: Rc<Conflict>,
    /// For each choice whether mine was chosen.
    pub(super) on_choose: Callback<Vec<bool>>,
    pub(super) on_close: Callback<()>,
}

/// The dialog.
#[component]
pub(super) fn ConflictDialog(props: &ConflictDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let count = props.conflict.choices.len();
    let mine = use_state(|| vec![true; count]);
    let submit = {
        let (mine, on_choose) = (mine.clone(), props.on_choose.clone());
        Callback::from(move |()| on_choose.emit((*mine).clone()))
    };
    let explanation = match count {
        0 => EditorText::NoChoices { count: props.conflict.taken },
        _ => EditorText::Choices { count },
    };
    let choice = |at: usize, choice: &Choice| {
        let name = field_name(&props.conflict, choice, locale);
        let radio = |is_mine: bool, label: EditorText, value: Option<&Value>| {
            let mine = mine.clone();
            let id = format!("choice-{at}-{}", if is_mine { "mine" } else { "theirs" });
            let onchange = Callback::from({
                let mine = mine.clone();
                move |_: Event| {
                    let mut chosen = (*mine).clone();
                    if let Some(choice) = chosen.get_mut(at) {
                        *choice = is_mine;
                    }
                    mine.set(chosen);
                }
            });
            html! {
                <label class="either" for={id.clone()}>
                    <input type="radio" {id} name={format!("choice-{at}")} checked={mine.get(at) == Some(&is_mine)} {onchange} />
                    <span class="quiet">{ label.text(locale) }</span>
                    <span class="either-value">{ shown(value, &choice.path, &desk) }</span>
                </label>
            }
        };
        html! {
            <fieldset class="choice-field" data-test="choice" data-path={choice.path.join(".")}>
                <legend>{ name }</legend>
                <div class="field-pair">
                    { radio(true, EditorText::Mine, choice.mine.as_ref()) }
                    { radio(false, EditorText::Theirs, choice.theirs.as_ref()) }
                </div>
            </fieldset>
        }
    };
    html! {
        <FormDialog id="conflict" title={EditorText::ChangedMeanwhile.text(locale)} explanation={explanation.text(locale)}
            confirm={EditorText::SaveChosen.text(locale)} keep={AttrValue::from(EditorText::KeepEditing.text(locale))}
            state={FormState::default()} on_submit={submit} on_close={props.on_close.clone()}>
            <div class="choices-list">
                for (at, one) in props.conflict.choices.iter().enumerate() { { choice(at, one) } }
            </div>
            if count > 0 && props.conflict.taken > 0 {
                <p class="quiet">{ EditorText::AlsoTaken { count: props.conflict.taken }.text(locale) }</p>
            }
        </FormDialog>
    }
}

/// What people call the field at a path: `Merah / M · Harga`.
fn field_name(conflict: &Conflict, choice: &Choice, locale: Locale) -> String {
    let path: Vec<&str> = choice.path.iter().map(String::as_str).collect();
    let documents = [&conflict.mine, &conflict.theirs.document, &conflict.base];
    let row = |name: &str| documents.iter().find_map(|document| row_name(document, &path, name, locale));
    match path.as_slice() {
        ["variants" | "pictures", name, rest @ ..]
        | ["options", _, "values", name, rest @ ..]
        | ["options", name, rest @ ..] => {
            format!("{} · {}", row(name).unwrap_or_else(|| (*name).to_owned()), field_at(rest, locale))
        }
        rest => field_at(rest, locale),
    }
}

fn row_name(document: &ProductDocument, path: &[&str], name: &str, locale: Locale) -> Option<String> {
    let id: Option<u64> = name.strip_prefix('#').and_then(|id| id.parse().ok());
    let called = match path {
        ["variants", ..] => {
            let has_id = |variant: &&VariantDocument| id.is_some() && variant.id.map(|own| own.get()) == id;
            let variant = document.variants.iter().find(has_id)?;
            let words = document.options_text(variant).get(locale).to_owned();
            if words.is_empty() { EditorText::TheProduct.text(locale) } else { words }
        }
        ["pictures", ..] => {
            let at = document.pictures.iter().position(|picture| picture.key == name)?;
            EditorText::PictureNumber { number: at + 1 }.text(locale)
        }
        ["options", _, "values", ..] => {
            let mut values = document.options.iter().flat_map(|option| &option.values);
            values.find(|value| id.is_some() && value.id.map(|own| own.get()) == id)?.value.get(locale).to_owned()
        }
        _ => {
            let has_id = |option: &&OptionDocument| id.is_some() && option.id.map(|own| own.get()) == id;
            document.options.iter().find(has_id)?.name.get(locale).to_owned()
        }
    };
    Some(called)
}
