//! The frame of one screen inside the shell: its title, its tools, its content.

use web_sys::window;
use yew::prelude::*;

/// What the table of screens calls the screen that is shown; only the shell provides it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ScreenTitle(pub(crate) AttrValue);

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ScreenProps {
    pub(crate) id: AttrValue,
    /// The name of the one thing that it shows; without one it is called as in the menu.
    #[prop_or_default]
    pub(crate) title: Option<AttrValue>,
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
    let of_the_table = use_context::<ScreenTitle>().map(|title| title.0);
    let title = props.title.clone().or(of_the_table).unwrap_or_default();
    use_effect_with(title.clone(), |title| {
        if let Some(document) = window().and_then(|window| window.document()) {
            document.set_title(&format!("{title} · Etalase"));
        }
    });
    html! {
        <div class="screen" id={props.id.clone()}>
            <header class="screen-head">
                <h1>{ title }</h1>
                { props.aside.clone() }
                <div class="screen-tools">{ props.tools.clone() }</div>
            </header>
            { props.children.clone() }
        </div>
    }
}
