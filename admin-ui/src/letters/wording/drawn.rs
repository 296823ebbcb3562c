//! The letter as its reader will see it, a moment after the last key.

use domain::locale::Locale;
use domain::mail::{DrawLetter, MailKind, OwnWords};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::ipc::use_command;
use crate::kit::{Button, Card, ProblemLine, use_locale};
use crate::letters::LetterText;

/// How long typing must rest before the letter is drawn.
const REST_MILLISECONDS: u32 = 300;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct DrawnProps {
    pub(super) kind: MailKind,
    pub(super) shown: Locale,
    pub(super) on_show: Callback<Locale>,
    /// What is typed in that language; nothing while it is wrong.
    pub(super) words: Option<OwnWords>,
}

/// Subject and page of the letter.
#[component]
pub(super) fn Drawn(props: &DrawnProps) -> Html {
    let locale = use_locale();
    let say = |text: LetterText| text.text(locale);
    let wanted = use_state(|| DrawLetter {
        kind: props.kind,
        locale: props.shown,
        words: props.words.clone().unwrap_or_default(),
    });
    {
        let wanted = wanted.setter();
        let newest = props.words.clone().map(|words| DrawLetter { kind: props.kind, locale: props.shown, words });
        use_effect_with(newest, move |newest| {
            let rest = newest.clone().map(|newest| Timeout::new(REST_MILLISECONDS, move || wanted.set(newest)));
            move || drop(rest)
        });
    }
    let asked = use_command((*wanted).clone());
    let choice = |of: &Locale| {
        let (of, is_shown) = (*of, *of == props.shown);
        html! {
            <Button id={format!("drawn-{of}")} is_small={true} look={if is_shown { "is-primary" } else { "" }}
                text={of.name()} onclick={props.on_show.reform(move |_: MouseEvent| of)} />
        }
    };
    html! {
        <Card id="drawn" class="setting" title={say(LetterText::Drawn)}>
            <div class="words-foot">
                <div class="buttons" role="group" aria-label={say(LetterText::DrawnLanguage)}>
                    for of in Locale::ALL { { choice(of) } }
                </div>
                <p class="field-hint">
                    { say(if props.words.is_some() { LetterText::DrawnHint } else { LetterText::DrawnStands }) }
                </p>
            </div>
            if let Some(letter) = asked.reply() {
                <p class="words-subject" data-test="drawn-subject" data-locale={wanted.locale.as_str()}>
                    { &letter.subject }
                </p>
                <iframe class="letter-frame" id="drawn-letter" title={say(LetterText::Drawn)} sandbox=""
                    src={letter.address.clone()} />
            } else if let Some(Err(problem)) = asked.answer.as_deref() {
                <ProblemLine problem={problem.clone()} />
            }
        </Card>
    }
}
