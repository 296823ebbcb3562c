//! The screen of one thing: the way back to its list, its name for a title, and its parts.

use domain::command::Command;
use domain::locale::Locale;
use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::problem::ProblemBox;
use super::screen::Screen;
use super::texts::KitText;
use crate::ipc::Asked;

/// The way back.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct BackProps {
    pub(crate) id: &'static str,
    pub(crate) href: String,
    pub(crate) text: AttrValue,
}

/// A link to the list that a thing stands in.
#[component]
pub(crate) fn Back(props: &BackProps) -> Html {
    html! {
        <a class="back" id={props.id} href={props.href.clone()}>
            <Icon of={Glyph::Back} />
            { &props.text }
        </a>
    }
}

/// What the screen of a thing shows.
pub(crate) struct Detail {
    pub(crate) title: String,
    /// Beside the title.
    pub(crate) aside: Html,
    pub(crate) content: Html,
}

/// The screen of what was asked for: bones until it is there, what is wrong if it cannot be had.
pub(crate) fn detail<C: Command>(
    id: &'static str,
    asked: &Asked<C>,
    locale: Locale,
    bones: Html,
    show: impl FnOnce(&C::Reply) -> Detail,
) -> Html {
    match asked.answer.as_deref() {
        None => html! { <Screen {id} title={KitText::Loading.text(locale)}>{ bones }</Screen> },
        Some(Err(problem)) => html! {
            <Screen {id}><ProblemBox problem={problem.clone()} retry={asked.again.clone()} /></Screen>
        },
        Some(Ok(reply)) => {
            let Detail { title, aside, content } = show(reply);
            html! { <Screen {id} {title} {aside}>{ content }</Screen> }
        }
    }
}
