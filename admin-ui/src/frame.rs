//! The frame of one screen inside the shell: its title, its tools, its content.

use web_sys::window;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ScreenProps {
    pub(crate) id: AttrValue,
    pub(crate) title: AttrValue,
    /// Beside the title.
    #[prop_or_default]
    pub(crate) aside: Html,
    /// At the right end of the title's line.
    #[prop_or_default]
    pub(crate) tools: Html,
    pub(crate) children: Html,
}

/// A screen with its title, which the window carries too.
#[component]
pub(crate) fn Screen(props: &ScreenProps) -> Html {
    use_effect_with(props.title.clone(), |title| {
        if let Some(document) = window().and_then(|window| window.document()) {
            document.set_title(&format!("{title} · Etalase"));
        }
    });
    html! {
        <div class="screen" id={props.id.clone()}>
            <header class="screen-head">
                <h1>{ &props.title }</h1>
                { props.aside.clone() }
                <div class="screen-tools">{ props.tools.clone() }</div>
            </header>
            { props.children.clone() }
        </div>
    }
}
