//! The foot of a list whose pages are told by keys: the ways to the first page, back and on. Nobody counts such a list.

use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::locale::use_locale;
use super::texts::KitText;

/// The addresses; a way that is not there leads nowhere.
#[derive(Clone, Debug, Default, PartialEq, Properties)]
pub(crate) struct KeyPagerProps {
    pub(crate) first: Option<String>,
    pub(crate) back: Option<String>,
    pub(crate) next: Option<String>,
}

/// Links to the first page, the one before and the one after; nothing when the list has only one page.
#[component]
pub(crate) fn KeyPager(props: &KeyPagerProps) -> Html {
    let locale = use_locale();
    let KeyPagerProps { first, back, next } = props;
    if first.is_none() && next.is_none() {
        return Html::default();
    }
    let step = |href: &Option<String>, icon: Glyph, label: KitText, test: &'static str| {
        let label = label.text(locale);
        match href {
            Some(href) => html! {
                <a class="icon-button" href={href.clone()} aria-label={label.clone()} title={label} data-test={test}>
                    <Icon of={icon} />
                </a>
            },
            None => html! { <span class="icon-button is-off" aria-hidden="true"><Icon of={icon} /></span> },
        }
    };
    html! {
        <nav class="pager" aria-label={KitText::Pages.text(locale)}>
            if let Some(first) = first {
                <a class="button is-small" href={first.clone()} data-test="first-page">{ KitText::FirstPage.text(locale) }</a>
            }
            { step(back, Glyph::Previous, KitText::PreviousPage, "previous-page") }
            { step(next, Glyph::Next, KitText::NextPage, "next-page") }
        </nav>
    }
}
