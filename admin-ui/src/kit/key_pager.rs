//! The foot of a list whose pages are told by keys: the ways to the first page, back and on. Nobody counts such a list.

use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::locale::use_locale;
use super::texts::KitText;
use super::trail::Trail;

/// Where one is in such a list, and by which page one came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Walk<K> {
    is_first: bool,
    back: Option<Option<K>>,
}

/// Follows whoever goes through a list, whose present page begins behind `here`.
#[hook]
pub(crate) fn use_walk<K: Clone + PartialEq + 'static>(here: Option<&K>) -> Walk<K> {
    let trail = use_mut_ref(Trail::default);
    let mut trail = trail.borrow_mut();
    trail.arrive(here);
    Walk { is_first: here.is_none(), back: trail.back() }
}

impl<K> Walk<K> {
    /// Links to the first page, the one before and the one after, whose key is `next`; nothing when the list has only one page.
    /// `at` tells the address of a page.
    pub(crate) fn pager(&self, next: Option<K>, at: impl Fn(Option<K>) -> String) -> Html
    where
        K: Clone,
    {
        if self.is_first && next.is_none() {
            return Html::default();
        }
        let first = (!self.is_first).then(|| at(None));
        let (back, next) = (self.back.clone().map(&at), next.map(|next| at(Some(next))));
        html! { <Pager {first} {back} {next} /> }
    }
}

/// The addresses; a way that is not there leads nowhere.
#[derive(Clone, PartialEq, Properties)]
struct PagerProps {
    first: Option<String>,
    back: Option<String>,
    next: Option<String>,
}

#[component]
fn Pager(props: &PagerProps) -> Html {
    let locale = use_locale();
    let PagerProps { first, back, next } = props;
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
