//! Tabs above a screen's content: links to its parts, or to its list narrowed in one way.

use yew::prelude::*;

use super::icon::{Glyph, Icon};

/// One tab.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tab {
    id: String,
    href: String,
    text: String,
    is_here: bool,
    icon: Option<Glyph>,
    count: Option<String>,
    is_chip: bool,
    is_undone: bool,
}

impl Tab {
    /// A tab that leads there.
    pub(crate) fn new(id: impl Into<String>, href: String, text: impl Into<String>, is_here: bool) -> Self {
        let (id, text) = (id.into(), text.into());
        Self { id, href, text, is_here, icon: None, count: None, is_chip: false, is_undone: false }
    }

    /// With an icon before its word.
    pub(crate) fn icon(self, icon: impl Into<Option<Glyph>>) -> Self {
        Self { icon: icon.into(), ..self }
    }

    /// With how many there are, or a dash while that is not known.
    pub(crate) fn count(self, count: Option<u64>) -> Self {
        Self { count: Some(count.map_or_else(|| "–".to_owned(), |count| count.to_string())), ..self }
    }

    /// Apart from the others, because it narrows them all.
    pub(crate) fn chip(self) -> Self {
        Self { is_chip: true, ..self }
    }

    /// With a mark that it leads out again, while one is there.
    pub(crate) fn undone(self) -> Self {
        Self { is_undone: self.is_here, ..self }
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct TabsProps {
    pub(crate) label: AttrValue,
    pub(crate) tabs: Vec<Tab>,
    /// What one is at: `page`, or `true` for a list that is only narrowed.
    #[prop_or("true")]
    pub(crate) current: &'static str,
}

/// The tabs.
#[component]
pub(crate) fn Tabs(props: &TabsProps) -> Html {
    let tab = |tab: &Tab| {
        html! {
            <a class={classes!("tab", tab.is_chip.then_some("is-chip"))} id={tab.id.clone()} href={tab.href.clone()}
                aria-current={tab.is_here.then_some(props.current)}>
                if let Some(icon) = tab.icon { <Icon of={icon} /> }
                { &tab.text }
                if let Some(count) = &tab.count { <span class="tab-count numbers" data-test="count">{ count }</span> }
                if tab.is_undone { <Icon of={Glyph::Close} /> }
            </a>
        }
    };
    html! {
        <nav class="tabs" aria-label={props.label.clone()}>for shown in props.tabs.iter() { { tab(shown) } }</nav>
    }
}
