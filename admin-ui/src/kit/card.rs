//! A card: a titled part of a screen.

use yew::prelude::*;

use super::icon::{Glyph, Icon};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct CardProps {
    /// What the title's id begins with, and the card's own id unless it has none.
    pub(crate) id: AttrValue,
    /// Whether the id belongs to something else already, such as the rows within.
    #[prop_or_default]
    pub(crate) is_unnamed: bool,
    pub(crate) title: AttrValue,
    #[prop_or_default]
    pub(crate) icon: Option<Glyph>,
    #[prop_or_default]
    pub(crate) class: Classes,
    /// Whether the title stands in a line of its own above rows that reach the card's edges.
    #[prop_or_default]
    pub(crate) has_head: bool,
    /// At the right end of that line.
    #[prop_or_default]
    pub(crate) aside: Html,
    pub(crate) children: Html,
}

/// A part of a screen under its title.
#[component]
pub(crate) fn Card(props: &CardProps) -> Html {
    let title_id = format!("{}-title", props.id);
    let title = html! {
        <h2 id={title_id.clone()} class="section-title">
            if let Some(icon) = props.icon { <Icon of={icon} /> }
            { &props.title }
        </h2>
    };
    html! {
        <section class={classes!("card", props.class.clone())} id={(!props.is_unnamed).then(|| props.id.clone())}
            aria-labelledby={title_id}>
            if props.has_head {
                <div class="card-head">{ title }{ props.aside.clone() }</div>
            } else {
                { title }
            }
            { props.children.clone() }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FactProps {
    pub(crate) label: AttrValue,
    pub(crate) value: AttrValue,
    pub(crate) test: &'static str,
}

/// A number with its name, in a list of sums.
#[component]
pub(crate) fn Fact(props: &FactProps) -> Html {
    html! { <div><dt>{ &props.label }</dt><dd class="numbers" data-test={props.test}>{ &props.value }</dd></div> }
}
