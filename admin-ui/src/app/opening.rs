//! What is shown before the shop is open, and when it cannot be opened.

use yew::prelude::*;

use crate::kit::{Glyph, Icon, use_locale};
use crate::shell::ShellText;

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
