//! A button: an icon and a word, in one of a few looks.

use yew::prelude::*;

use super::icon::{Glyph, Icon};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ButtonProps {
    #[prop_or_default]
    pub(crate) id: Option<AttrValue>,
    #[prop_or_default]
    pub(crate) test: Option<AttrValue>,
    /// `is-primary`, `is-quiet`, `is-danger`, or nothing.
    #[prop_or_default]
    pub(crate) look: &'static str,
    #[prop_or_default]
    pub(crate) is_small: bool,
    #[prop_or_default]
    pub(crate) icon: Option<Glyph>,
    pub(crate) text: AttrValue,
    /// What is read aloud and shown on hovering, where the word alone does not say what it is about.
    #[prop_or_default]
    pub(crate) label: Option<AttrValue>,
    pub(crate) onclick: Callback<MouseEvent>,
}

/// A button that sends no form.
#[component]
pub(crate) fn Button(props: &ButtonProps) -> Html {
    html! {
        <button type="button" id={props.id.clone()} data-test={props.test.clone()} aria-label={props.label.clone()}
            title={props.label.clone()} class={classes!("button", props.is_small.then_some("is-small"), props.look)}
            onclick={props.onclick.clone()}>
            if let Some(icon) = props.icon { <Icon of={icon} /> }
            { &props.text }
        </button>
    }
}
