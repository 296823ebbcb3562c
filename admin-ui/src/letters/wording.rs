//! The editor of what a kind of letter says: both languages side by side with the letter as it will be.
//!
//! The rules that judge what is typed are those of `domain`, here as in the service.

use domain::locale::Locale;
use domain::mail::{GetLetterWords, LetterWords, LetterWordsDetail, ListLetterWords, Placeholder, SaveLetterWords};
use yew::prelude::*;

use super::LetterText;
use super::wordings::pill;
use crate::desk::use_desk;
use crate::ipc::use_command;
use crate::kit::leaving::{self, Way};
use crate::kit::shortcuts::{is_save, use_shortcut};
use crate::kit::{
    Back, Button, Card, Detail, Form, Glyph, Input, LeaveDialog, Request, SaveBar, TableBones, detail,
    insert_at_cursor, use_hold, use_judged_form,
};
use crate::screens::{self, SettingsPart};

mod drawn;
mod sheet;

use drawn::Drawn;
use sheet::{Sheet, Typed};

/// The screen of a kind of letter.
#[component]
pub(crate) fn WordingScreen(props: &screens::Wording) -> Html {
    let locale = use_desk().locale;
    let asked = use_command(GetLetterWords { kind: props.kind });
    let kinds = use_command(ListLetterWords {});
    let is_off = kinds.reply().is_some_and(|rows| rows.iter().any(|row| row.kind == props.kind && row.is_off));
    let bones = html! { <TableBones rows={6} columns={vec![6, 6]} /> };
    html! {
        <>
            <Back id="back-to-wordings" href={screens::Wordings::default().href()}
                text={LetterText::BackToWordings.text(locale)} />
            { detail("wording", &asked, locale, bones, |words| Detail {
                title: words.kind.label(locale).to_owned(),
                aside: Html::default(),
                content: html! {
                    <>
                        <p class="quiet">{ words.kind.purpose(locale) }</p>
                        if is_off {
                            <p class="quiet" data-test="is-off">
                                { LetterText::IsOff.text(locale) }{ " " }
                                <a href={screens::Settings::of(SettingsPart::Email).href()}>
                                    { LetterText::OpenSettings.text(locale) }
                                </a>
                            </p>
                        }
                        <Editor key={words.version.to_string()} saved={words.clone()} reload={asked.again.clone()} />
                    </>
                },
            }) }
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct EditorProps {
    saved: LetterWordsDetail,
    reload: Callback<()>,
}

#[component]
fn Editor(props: &EditorProps) -> Html {
    let locale = use_desk().locale;
    let form = use_judged_form(|| Sheet::new(props.saved.clone()), Sheet::judge);
    let shown = use_state(|| locale);
    // Which field of a language was typed in last.
    let last = use_mut_ref(|| [true, true]);
    let leaving = use_hold(form.draft().is_changed());
    let goes_on = use_mut_ref(|| None::<Way>);

    let save = {
        let (form, goes_on) = (form.clone(), goes_on.clone());
        Callback::from(move |()| {
            let then = goes_on.take();
            if !form.is_working() && form.draft().is_changed() {
                match form.draft().judge() {
                    wrong if wrong.is_empty() => {
                        send(&form, form.draft().all_meant(), LetterText::WordsSaved.text(locale), then);
                    }
                    wrong => form.refuse(wrong),
                }
            }
        })
    };
    let undo = {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(before) = form.draft().before.clone().filter(|_| !form.is_working()) {
                send(&form, before, LetterText::WordsUndone.text(locale), None);
            }
        })
    };
    use_shortcut(is_save, save.reform(|event: KeyboardEvent| event.prevent_default()));

    let words = form.draft().meant(*shown);
    let words = words.read(props.saved.kind, "").is_ok().then_some(words);
    let on_show = {
        let shown = shown.setter();
        Callback::from(move |locale| shown.set(locale))
    };
    let card_of = |(place, of): (usize, &Locale)| {
        // A window that lies behind another gives no news of focus, but somebody may type there.
        let at = {
            let (last, show, id) = (last.clone(), on_show.clone(), field_id(*of, "body"));
            let of = *of;
            Callback::from(move |field: Option<web_sys::Element>| {
                let field = field.map(|field| field.id()).unwrap_or_default();
                if field.starts_with("words-") {
                    last.borrow_mut()[place] = field == id;
                    show.emit(of);
                }
            })
        };
        let onfocusin = at.reform(|event: FocusEvent| event.target_dyn_into());
        let oninput = at.reform(|event: InputEvent| event.target_dyn_into());
        let insert = {
            let (form, last, of) = (form.clone(), last.clone(), *of);
            Callback::from(move |placeholder: Placeholder| {
                let is_body = last.borrow()[place];
                let field = field_id(of, if is_body { "body" } else { "subject" });
                if let Some(text) = insert_at_cursor(&field, &placeholder.typed(of)) {
                    form.edit(move |sheet| put(sheet.typed_mut(of), is_body, text));
                }
            })
        };
        html! { <div {onfocusin} {oninput}>{ card(&form, *of, locale, &insert) }</div> }
    };
    let cards: Vec<Html> = Locale::ALL.iter().enumerate().map(card_of).collect();
    let onsubmit = save.reform(|event: SubmitEvent| event.prevent_default());
    html! {
        <>
            <form id="words-form" class="settings" {onsubmit} novalidate={true}>
                <div class="words-columns">
                    <div class="words-own">
                        for card in cards { { card } }
                        <Card id="words-stay" class="setting" title={LetterText::StaysTitle.text(locale)}>
                            <p class="field-hint">{ LetterText::Stays.text(locale) }</p>
                            <p class="field-hint">{ LetterText::Missing.text(locale) }</p>
                        </Card>
                    </div>
                    <div class="words-drawn">
                        <Drawn kind={props.saved.kind} shown={*shown} {on_show} {words} />
                    </div>
                </div>
                { save_bar(&form, &props.reload, locale, undo) }
            </form>
            if leaving.wanted.is_some() {
                <LeaveDialog hint={LetterText::WordsLeaveHint.text(locale)} on_stay={leaving.stay.clone()}
                    on_leave={leaving.leave} on_save={
                    let (wanted, stay) = (leaving.wanted, leaving.stay);
                    Callback::from(move |()| {
                        goes_on.borrow_mut().clone_from(&wanted);
                        stay.emit(());
                        save.emit(());
                    })
                } />
            }
        </>
    }
}

/// Saves those words, and goes on where somebody wanted to go.
fn send(form: &Form<Sheet>, words: LetterWords, said: String, then: Option<Way>) {
    let LetterWordsDetail { kind, version, .. } = form.draft().saved;
    let sheet = form.clone();
    form.forgive();
    form.send(Request::new(SaveLetterWords { kind, version, words }, said), move |saved| {
        leaving::let_go();
        sheet.edit(move |sheet| sheet.store(saved));
        if let Some(then) = then {
            then.take();
        }
    });
}

fn put(typed: &mut Typed, is_body: bool, text: String) {
    *(if is_body { &mut typed.body } else { &mut typed.subject }) = text;
}

/// The fields of a language.
fn card(form: &Form<Sheet>, of: Locale, locale: Locale, insert: &Callback<Placeholder>) -> Html {
    let say = |text: LetterText| text.text(locale);
    let (sheet, typed) = (form.draft(), form.draft().typed(of));
    let is_usual = sheet.meant(of).is_usual();
    let field = |name: &'static str, label: LetterText, value: &str, is_body: bool| {
        let set = form.change(move |sheet: &mut Sheet, text| put(sheet.typed_mut(of), is_body, text));
        Input::new(field_id(of, name), say(label), value, set).error(form.error(&format!("{of}.{name}")))
    };
    let forget = form.change(move |sheet: &mut Sheet, _: MouseEvent| sheet.forget(of));
    let button = |placeholder: &Placeholder| {
        let placeholder = *placeholder;
        let what = placeholder.label(locale).to_owned();
        html! {
            <Button is_small={true} test={placeholder.as_str()} text={placeholder.typed(of)}
                label={say(LetterText::InsertWhat { what })} onclick={insert.reform(move |_: MouseEvent| placeholder)} />
        }
    };
    html! {
        <Card id={format!("words-{of}")} class="setting" title={of.name()}>
            <div class="words-foot">
                <span data-test="state">{ pill(!is_usual, locale) }</span>
                if !is_usual {
                    <Button test="forget" is_small={true} icon={Glyph::Undo} text={say(LetterText::BackToUsual)}
                        onclick={forget} />
                }
            </div>
            { field("subject", LetterText::Subject, &typed.subject, false) }
            <div class="is-tall">
                { field("body", LetterText::Body, &typed.body, true).long().hint(say(LetterText::BodyHint)) }
            </div>
            <div class="words-names">
                <span class="quiet">{ say(LetterText::Insert) }</span>
                for placeholder in sheet.saved.kind.placeholders() { { button(placeholder) } }
            </div>
        </Card>
    }
}

fn save_bar(form: &Form<Sheet>, reload: &Callback<()>, locale: Locale, undo: Callback<MouseEvent>) -> Html {
    let revert = {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| {
            form.forgive();
            form.edit(Sheet::revert);
        })
    };
    let bar = SaveBar {
        name: "words",
        is_changed: form.draft().is_changed(),
        can_undo: form.draft().before.is_some(),
        wrong: LetterText::WordsWrong.text(locale),
        reload: reload.reform(|_: MouseEvent| leaving::let_go()),
        undo,
        revert,
    };
    bar.below(form, locale)
}

fn field_id(of: Locale, name: &str) -> String {
    format!("words-{of}-{name}")
}
