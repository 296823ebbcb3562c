//! The field that adds values to an option: one with Enter, or several at once between commas.

use yew::prelude::*;

use super::texts::EditorText;
use crate::kit::{Button, Glyph, Input, use_locale};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct AddValuesProps {
    pub(super) at: usize,
    /// What the option is called.
    pub(super) label: String,
    pub(super) on_add: Callback<Vec<String>>,
}

/// The field.
#[component]
pub(super) fn AddValues(props: &AddValuesProps) -> Html {
    let locale = use_locale();
    let typed = use_state(String::new);
    let add = {
        let (typed, on_add) = (typed.clone(), props.on_add.clone());
        Callback::from(move |()| {
            let words = words_of(&typed);
            if !words.is_empty() {
                on_add.emit(words);
                typed.set(String::new());
            }
        })
    };
    let onkeydown = {
        let add = add.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                event.prevent_default();
                add.emit(());
            }
        })
    };
    let on_change = {
        let typed = typed.setter();
        Callback::from(move |text| typed.set(text))
    };
    let label = if props.label.is_empty() {
        EditorText::AddValues.text(locale)
    } else {
        EditorText::AddValuesOf { name: props.label.clone() }.text(locale)
    };
    let field = Input::new(format!("add-values-{}", props.at), label, &typed, on_change)
        .hint(EditorText::AddValuesHint.text(locale));
    html! {
        <div class="add-values" {onkeydown}>
            { Html::from(field) }
            <Button icon={Glyph::Plus} text={EditorText::Add.text(locale)} onclick={add.reform(|_: MouseEvent| ())} />
        </div>
    }
}

/// The values that were typed or pasted, each once.
fn words_of(typed: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in typed.split([',', ';', '\n', '\t']).map(str::trim).filter(|word| !word.is_empty()) {
        if !words.iter().any(|known| known.to_lowercase() == word.to_lowercase()) {
            words.push(word.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn several_values_are_typed_at_once_and_none_twice() {
        assert_eq!(words_of("S, M,L ;XL"), ["S", "M", "L", "XL"]);
        assert_eq!(words_of("Merah, merah, "), ["Merah"]);
        assert_eq!(words_of(" , "), [""; 0]);
    }
}
