//! Statuses as small tinted pills: an icon and a word, never colour alone.

use yew::prelude::*;

use super::icon::{Glyph, Icon};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PillProps {
    pub(crate) icon: Glyph,
    /// `good`, `warn`, `bad`, `busy` or `plain`.
    pub(crate) tone: &'static str,
    pub(crate) text: AttrValue,
}

/// A status.
#[component]
pub(crate) fn Pill(props: &PillProps) -> Html {
    html! {
        <span class={classes!("pill", format!("is-{}", props.tone))}><Icon of={props.icon} />{ &props.text }</span>
    }
}
