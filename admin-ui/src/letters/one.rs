//! One letter: whom it is for, what became of it, and its words.

use domain::locale::Locale;
use domain::mail::{GetLetter, LetterDetail, LetterState, SendLetterAgain};
use yew::prelude::*;

use super::{LetterText, state};
use crate::desk::use_desk;
use crate::ipc::use_command;
use crate::kit::{Back, Button, Card, Detail, Glyph, ProblemLine, Request, TableBones, detail, use_sender};
use crate::screens;

/// The screen of one letter.
#[component]
pub(crate) fn LetterScreen(props: &screens::Letter) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let asked = use_command(GetLetter { letter_id: props.id });
    let sender = use_sender();
    let again = {
        let (sender, replace, letter_id) = (sender.clone(), asked.replace.clone(), props.id);
        Callback::from(move |_: MouseEvent| {
            if !sender.is_working() {
                let replace = replace.clone();
                sender.forgive();
                let request = Request::new(SendLetterAgain { letter_id }, LetterText::AskedAgain.text(locale));
                sender.send(request, move |letter| replace.emit(letter));
            }
        })
    };
    let bones = html! { <TableBones rows={6} columns={vec![6, 6]} /> };
    html! {
        <>
            <Back id="back-to-letters" href={screens::Letters::default().href()}
                text={LetterText::BackToList.text(locale)} />
            { detail("letter", &asked, locale, bones, |letter| Detail {
                title: letter.subject.clone(),
                aside: state(&desk, &letter.row),
                content: html! {
                    <>
                        if let Some(problem) = sender.problem() { <ProblemLine problem={problem.clone()} /> }
                        { content(letter, locale, &again) }
                    </>
                },
            }) }
        </>
    }
}

fn content(letter: &LetterDetail, locale: Locale, again: &Callback<MouseEvent>) -> Html {
    let say = |text: LetterText| text.text(locale);
    html! {
        <div class="order-columns" data-letter={letter.row.id.to_string()}>
            <div class="order-main">
                <Card id="letter-words" title={say(LetterText::Words)}>
                    <p class="field-hint">{ say(LetterText::WordsHint) }</p>
                    <p class="letter-text" data-test="letter-text">{ &letter.text }</p>
                </Card>
            </div>
            <div class="order-side">
                <Card id="letter-head" title={say(LetterText::Head)}>
                    <p><span class="quiet">{ say(LetterText::From) }</span>{ " " }{ &letter.from }</p>
                    <p><span class="quiet">{ say(LetterText::To) }</span>{ " " }{ &letter.row.to }</p>
                    if let Some((order, number)) = &letter.row.order {
                        <p>
                            <span class="quiet">{ say(LetterText::Order) }</span>{ " " }
                            <a href={screens::Order::of(*order).href()}>{ number }</a>
                        </p>
                    }
                    <p>
                        <a id="letter-wording" href={screens::Wording::of(letter.row.kind).href()}>
                            { say(LetterText::ChangeWording) }
                        </a>
                    </p>
                    if let Some(file) = &letter.file {
                        <p><span class="quiet">{ say(LetterText::File) }</span>{ " " }<span class="mono">{ file }</span></p>
                    }
                    if letter.row.state != LetterState::Waiting {
                        <div class="buttons">
                            <Button id="send-again" icon={Glyph::Retry} text={say(LetterText::SendAgain)}
                                onclick={again.clone()} />
                        </div>
                    }
                </Card>
            </div>
        </div>
    }
}
