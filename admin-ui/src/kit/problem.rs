//! A failure, where its answer should have been: what happened, and the way to try again.

use domain::problem::Problem;
use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::locale::use_locale;
use super::texts::KitText;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ProblemBoxProps {
    pub(crate) problem: Problem,
    #[prop_or_default]
    pub(crate) retry: Option<Callback<()>>,
}

/// A screen or a part of one that could not be had.
#[component]
pub(crate) fn ProblemBox(props: &ProblemBoxProps) -> Html {
    let locale = use_locale();
    html! {
        <div class="problem" role="alert" data-test="problem" data-kind={props.problem.kind.as_str()}>
            <Icon of={Glyph::Alert} />
            <div>
                <p class="problem-title">{ KitText::SomethingFailed.text(locale) }</p>
                <p>{ props.problem.message.text(locale) }</p>
                if let Some(retry) = &props.retry {
                    <button type="button" class="button" data-test="retry" onclick={retry.reform(|_| ())}>
                        <Icon of={Glyph::Retry} />{ KitText::Retry.text(locale) }
                    </button>
                }
            </div>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ProblemLineProps {
    pub(crate) problem: Problem,
}

/// Why a form was refused, in one line above its buttons.
#[component]
pub(crate) fn ProblemLine(props: &ProblemLineProps) -> Html {
    let locale = use_locale();
    html! {
        <p class="problem-line" role="alert" data-test="problem" data-kind={props.problem.kind.as_str()}>
            <Icon of={Glyph::Alert} />{ props.problem.message.text(locale) }
        </p>
    }
}
