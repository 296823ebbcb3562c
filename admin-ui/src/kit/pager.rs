//! The foot of a long list: where one is, and the way on.

use domain::page::{PageNumber, Position};
use yew::prelude::*;

use super::empty::Empty;
use super::icon::{Glyph, Icon};
use super::locale::use_locale;
use super::texts::KitText;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PagerProps {
    pub(crate) position: Position,
    /// The address of a page.
    pub(crate) to: Callback<PageNumber, String>,
}

/// What stands in place of a page that a list does not have any more, with the way to its last one.
#[component]
pub(crate) fn BeyondEnd(props: &PagerProps) -> Html {
    let locale = use_locale();
    let last = props.position.last();
    html! {
        <Empty icon={Glyph::Inbox} title={KitText::BeyondEnd.text(locale)}
            hint={KitText::BeyondEndHint { last: last.get() }.text(locale)}>
            <a class="button" href={props.to.emit(last)}>{ KitText::LastPage.text(locale) }</a>
        </Empty>
    }
}

/// Links to the pages before and after.
#[component]
pub(crate) fn Pager(props: &PagerProps) -> Html {
    let locale = use_locale();
    let position = props.position;
    if position.total == 0 || position.is_beyond() {
        return Html::default();
    }
    let from = position.page.offset(position.per_page) + 1;
    let to = (from + u64::from(position.per_page) - 1).min(position.total);
    let step = |page: Option<PageNumber>, icon: Glyph, label: KitText, test: &'static str| {
        let label = label.text(locale);
        match page {
            Some(page) => html! {
                <a class="icon-button" href={props.to.emit(page)} aria-label={label.clone()} title={label}
                    data-test={test}>
                    <Icon of={icon} />
                </a>
            },
            None => html! { <span class="icon-button is-off" aria-hidden="true"><Icon of={icon} /></span> },
        }
    };
    html! {
        <nav class="pager" aria-label={KitText::Range { from, to, total: position.total }.text(locale)}>
            <span class="quiet numbers" data-test="range">
                { KitText::Range { from, to, total: position.total }.text(locale) }
            </span>
            { step(position.previous(), Glyph::Previous, KitText::PreviousPage, "previous-page") }
            { step(position.next(), Glyph::Next, KitText::NextPage, "next-page") }
        </nav>
    }
}
