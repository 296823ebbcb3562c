//! What is shown before the shop is open, and in place of what is still on its way.

use yew::prelude::*;

use crate::desk::use_locale;
use crate::icon::{Glyph, Icon};
use crate::texts::ShellText;

/// The calm minute while database and server start.
#[component]
pub(crate) fn OpeningScreen() -> Html {
    let locale = use_locale();
    html! {
        <main class="threshold" id="opening" aria-busy="true">
            <div class="threshold-mark"><Icon of={Glyph::Shop} /></div>
            <h1 class="threshold-title" role="status">{ ShellText::Opening.text(locale) }</h1>
            <p class="quiet">{ ShellText::OpeningHint.text(locale) }</p>
            <div class="indeterminate" aria-hidden="true"><span /></div>
        </main>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct OpeningFailedProps {
    pub(crate) sentence: AttrValue,
}

/// Why the shop cannot be opened, in the words of the console.
#[component]
pub(crate) fn OpeningFailed(props: &OpeningFailedProps) -> Html {
    let locale = use_locale();
    html! {
        <main class="threshold" id="opening-failed">
            <div class="threshold-mark is-bad"><Icon of={Glyph::Warning} /></div>
            <h1 class="threshold-title">{ ShellText::OpeningFailed.text(locale) }</h1>
            <p class="threshold-sentence" role="alert" data-test="opening-sentence">{ &props.sentence }</p>
            <p class="quiet">{ ShellText::OpeningFailedHint.text(locale) }</p>
        </main>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SkeletonRowsProps {
    pub(crate) rows: usize,
    /// How wide the bar in each column is, of ten.
    pub(crate) columns: Vec<u8>,
}

/// Rows of a table that is on its way.
#[component]
pub(crate) fn SkeletonRows(props: &SkeletonRowsProps) -> Html {
    html! {
        for row in 0..props.rows {
            <tr key={row} class="skeleton-row" aria-hidden="true">
                for width in props.columns.iter() {
                    <td><span class={classes!("bone", format!("bone-{width}"))} /></td>
                }
            </tr>
        }
    }
}

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
