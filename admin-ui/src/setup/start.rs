//! What a new shop starts with: nothing, or the demo shop.

use domain::setup::StartWith;
use yew::prelude::*;

use super::SetupText;
use crate::kit::{Glyph, Icon, use_locale};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ChooseStartProps {
    pub(crate) chosen: StartWith,
    pub(crate) on_choose: Callback<StartWith>,
}

/// Two cards, one of them chosen.
#[component]
pub(crate) fn ChooseStart(props: &ChooseStartProps) -> Html {
    let locale = use_locale();
    let card = |start: StartWith| {
        let (icon, title, hint) = match start {
            StartWith::Empty => (Glyph::Inbox, SetupText::Empty, SetupText::EmptyHint),
            StartWith::Demo => (Glyph::Demo, SetupText::Demo, SetupText::DemoHint),
        };
        let is_chosen = props.chosen == start;
        let onchange = props.on_choose.reform(move |_: Event| start);
        html! {
            <label class={classes!("choice", is_chosen.then_some("is-chosen"))}>
                <input type="radio" name="start-with" id={format!("set-up-start-{start}")} value={start.as_str()}
                    checked={is_chosen} {onchange} />
                <Icon of={icon} />
                <span><strong>{ title.text(locale) }</strong><span class="quiet">{ hint.text(locale) }</span></span>
            </label>
        }
    };
    html! {
        <fieldset>
            <legend>{ SetupText::Start.text(locale) }</legend>
            <div class="choices">
                { card(StartWith::Demo) }
                { card(StartWith::Empty) }
            </div>
        </fieldset>
    }
}
