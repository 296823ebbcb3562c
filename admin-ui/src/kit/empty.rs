//! What stands where nothing is.

use yew::prelude::*;

use super::icon::{Glyph, Icon};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct EmptyProps {
    pub(crate) icon: Glyph,
    pub(crate) title: AttrValue,
    pub(crate) hint: AttrValue,
    /// What one could do next.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// A place where nothing is, and why, and what to do.
#[component]
pub(crate) fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class="empty" data-test="empty">
            <Icon of={props.icon} />
            <p class="empty-title">{ &props.title }</p>
            <p class="quiet">{ &props.hint }</p>
            { props.children.clone() }
        </div>
    }
}
