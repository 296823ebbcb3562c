//! The page of e-mail: the account that sends letters, its password, and a letter that tries it.

use domain::mail::{GetMailState, MailKind, MailSecurity, MailState, SendTestLetter, SetMailPassword, TestLetter};
use domain::secrets::Secret;
use yew::prelude::*;

use super::SettingsText;
use super::editor::Editor;
use crate::desk::use_desk;
use crate::ipc::use_command;
use crate::kit::{Button, Card, Choose, FormDialog, Glyph, Icon, Request, choices, lens, use_dialog, use_form};

/// Server and sender.
pub(super) fn page(editor: &Editor<'_>) -> Html {
    let say = |text: SettingsText| editor.say(text);
    let mail = &editor.draft().mail;
    let locale = editor.locale;
    let kinds = choices(MailSecurity::ALL.iter().map(|kind| (kind.as_str(), kind.label(locale))));
    html! {
        <div class="settings-columns">
            <div class="settings-main">
                <Card id="mail-server" class="setting" title={say(SettingsText::MailServer)}>
                    <p class="field-hint">{ say(SettingsText::MailServerHint) }</p>
                    { editor.input("mail.host", SettingsText::MailHost, lens!(mail.host))
                        .hint(say(SettingsText::MailHostHint)) }
                    <div class="field-pair">
                        <Choose id="mail-security" label={say(SettingsText::MailSecurity)} choices={kinds}
                            chosen={mail.security.clone()} error={editor.error("mail.security")}
                            on_choose={editor.change(|draft, word| draft.mail.secure(word))} />
                        { editor.input("mail.port", SettingsText::MailPort, lens!(mail.port)).whole() }
                    </div>
                    { editor.input("mail.user", SettingsText::MailUser, lens!(mail.user))
                        .hint(say(SettingsText::MailUserHint)) }
                    { editor.input("mail.per_minute", SettingsText::MailPerMinute, lens!(mail.per_minute))
                        .whole()
                        .hint(say(SettingsText::MailPerMinuteHint)) }
                </Card>
                <Card id="mail-sender" class="setting" title={say(SettingsText::MailSender)}>
                    <div class="field-pair">
                        { editor.input("mail.sender_name", SettingsText::MailSenderName, lens!(mail.sender_name))
                            .hint(say(SettingsText::MailSenderNameHint)) }
                        { editor.input("mail.sender_address", SettingsText::MailSenderAddress,
                            lens!(mail.sender_address)) }
                    </div>
                    <p class="field-hint">{ say(SettingsText::MailDkim) }</p>
                </Card>
                <Card id="mail-owner" class="setting" title={say(SettingsText::MailOwner)}>
                    <p class="field-hint">{ say(SettingsText::MailOwnerHint) }</p>
                    for kind in MailKind::ALL.iter().copied().filter(|kind| kind.is_for_owner()) {
                        { editor.check(format!("mail-owner-{kind}"), kind.label(locale).to_owned(), None,
                            !mail.off.contains(&kind), move |draft| draft.mail.turn(kind)) }
                    }
                    { editor.error_line("letters_off") }
                </Card>
            </div>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct AccountProps {
    /// Whether the saved settings name a server.
    pub(super) sends: bool,
    /// Whether something is typed that is not saved yet.
    pub(super) is_changed: bool,
}

/// The password, what waits, and the letter that tries the account: forms of their own, below that of the settings.
#[component]
pub(super) fn Account(props: &AccountProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let say = |text: SettingsText| text.text(locale);
    let asked = use_command(GetMailState {});
    let (password, test) = (use_dialog::<()>(), use_dialog::<()>());
    let state = asked.reply().cloned();
    let password_line = match state.as_ref().map(|state| &state.password) {
        None => String::new(),
        Some(known) if known.is_given => say(SettingsText::MailPasswordGiven),
        Some(known) => match known.since {
            Some(since) => say(SettingsText::MailPasswordSince { at: desk.calendar().full(since) }),
            None => say(SettingsText::MailPasswordNone),
        },
    };
    html! {
        <>
            <Card id="mail-password" class="setting" title={say(SettingsText::MailPassword)}>
                <p data-test="mail-password-state">{ password_line }</p>
                <p class="field-hint">{ say(SettingsText::MailPasswordHint) }</p>
                <div class="buttons">
                    <Button id="mail-password-set" text={say(SettingsText::MailPasswordSet)}
                        onclick={password.opens(())} />
                </div>
            </Card>
            <Card id="mail-test" class="setting" title={say(SettingsText::MailTest)}>
                if let Some(state) = &state { { outbox(props.sends, state, &say) } }
                if props.sends {
                    <p class="field-hint">
                        { say(if props.is_changed { SettingsText::MailTestUnsaved } else { SettingsText::MailTestHint }) }
                    </p>
                    <div class="buttons">
                        <Button id="mail-test-send" icon={Glyph::Mail} text={say(SettingsText::MailTestSend)}
                            onclick={test.opens(())} />
                    </div>
                }
            </Card>
            if password.what().is_some() {
                <Password on_state={asked.replace.clone()} on_close={password.close()} />
            }
            if test.what().is_some() { <Test on_close={test.close()} /> }
        </>
    }
}

/// What waits, or where letters are kept.
fn outbox(sends: bool, state: &MailState, say: &impl Fn(SettingsText) -> String) -> Html {
    let (waiting, failed) = (state.waiting, state.failed);
    html! {
        <>
            if sends {
                <p data-test="mail-waiting">{ say(SettingsText::MailWaiting { count: waiting }) }</p>
            } else {
                <p data-test="mail-folder">{ say(SettingsText::MailKept { folder: state.folder.clone() }) }</p>
            }
            if failed > 0 { <p class="field-error">{ say(SettingsText::MailFailed { count: failed }) }</p> }
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PasswordProps {
    on_state: Callback<MailState>,
    on_close: Callback<()>,
}

/// Asks for the account's password; an empty one forgets it.
#[component]
fn Password(props: &PasswordProps) -> Html {
    let locale = use_desk().locale;
    let say = |text: SettingsText| text.text(locale);
    let form = use_form(String::new);
    let read = move |typed: &String| {
        let password = Some(typed).filter(|typed| !typed.is_empty()).map(|typed| Secret::from(typed.clone()));
        let said = if password.is_some() { SettingsText::MailPasswordSaved } else { SettingsText::MailPasswordGone };
        Ok(Request::new(SetMailPassword { password }, said.text(locale)))
    };
    html! {
        <FormDialog id="mail-password" title={say(SettingsText::MailPassword)}
            explanation={say(SettingsText::MailPasswordText)} confirm={say(SettingsText::MailPasswordSave)}
            state={form.state()} on_submit={form.submit(read, &props.on_state, &props.on_close)}
            on_close={props.on_close.clone()}>
            { form.input("mail-password-typed", "password", say(SettingsText::MailPassword), lens!())
                .remembered("password", "new-password")
                .first() }
        </FormDialog>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct TestProps {
    on_close: Callback<()>,
}

/// Asks where a test letter goes, and says exactly what came of it.
#[component]
fn Test(props: &TestProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let say = |text: SettingsText| text.text(locale);
    let form = use_form({
        let email = desk.staff.email.clone();
        move || email
    });
    let outcome = use_state(|| None::<TestLetter>);
    let on_submit = {
        let (form, outcome) = (form.clone(), outcome.setter());
        Callback::from(move |()| {
            let outcome = outcome.clone();
            outcome.set(None);
            form.forgive();
            let request = Request::quiet(SendTestLetter { to: form.draft().clone() });
            form.send(request, move |answer| outcome.set(Some(answer)));
        })
    };
    html! {
        <FormDialog id="mail-try" title={say(SettingsText::MailTest)} explanation={say(SettingsText::MailTestText)}
            confirm={say(SettingsText::MailTestSend)} state={form.state()} {on_submit}
            on_close={props.on_close.clone()}>
            { form.input("mail-try-to", "to", say(SettingsText::MailTestTo), lens!()).first() }
            if let Some(outcome) = &*outcome {
                if let Some(trouble) = &outcome.trouble {
                    <p class="problem-line" role="alert" data-test="mail-trouble">
                        <Icon of={Glyph::Alert} />
                        { trouble.kind.label(locale) }
                        if !trouble.said.is_empty() { <span class="job-error">{ &trouble.said }</span> }
                    </p>
                } else {
                    <p role="status" data-test="mail-arrived">
                        <Icon of={Glyph::Done} />{ say(SettingsText::MailTestSent) }
                    </p>
                }
            }
        </FormDialog>
    }
}
