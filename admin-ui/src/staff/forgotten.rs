//! A forgotten password: a code comes by mail, and a new password is chosen with it.

use domain::locale::Locale;
use domain::staff::{ChooseStaffPassword, ForgotStaffPassword};
use domain::text::Password;
use yew::prelude::*;

use super::texts::StaffText;
use crate::kit::{ProblemLine, Request, lens, use_form, use_locale};
use crate::shell::{LanguageSwitch, ThemeSwitch};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ForgottenProps {
    /// What was typed at signing in.
    pub(super) email: String,
    pub(super) speak: Callback<Locale>,
    /// Back to signing in; whether a new password was chosen.
    pub(super) on_done: Callback<bool>,
}

#[derive(Clone, Default)]
struct Draft {
    email: String,
    code: String,
    password: String,
}

/// First the address, then the code and the new password.
#[component]
pub(super) fn Forgotten(props: &ForgottenProps) -> Html {
    let locale = use_locale();
    let email = props.email.clone();
    let form = use_form(move || Draft { email, ..Draft::default() });
    let is_sent = use_state(|| false);
    let onsubmit = {
        let (form, is_sent, on_done) = (form.clone(), is_sent.clone(), props.on_done.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if form.is_working() {
                return;
            }
            let Draft { email, code, password } = form.draft().clone();
            let email = email.trim().to_owned();
            if *is_sent {
                let request = ChooseStaffPassword { email, code, password: Password::typed(password) };
                let on_done = on_done.clone();
                form.send_and(Request::quiet(request), move |answer| {
                    if answer.is_ok() {
                        on_done.emit(true);
                    }
                });
            } else {
                let sent = is_sent.setter();
                form.send_and(Request::quiet(ForgotStaffPassword { email }), move |answer| sent.set(answer.is_ok()));
            }
        })
    };
    let back = {
        let on_done = props.on_done.clone();
        Callback::from(move |_: MouseEvent| on_done.emit(false))
    };
    let (hint, submit) = match (*is_sent, form.is_working()) {
        (true, true) => (StaffText::CodeSent, StaffText::Saving),
        (true, false) => (StaffText::CodeSent, StaffText::SavePassword),
        (false, _) => (StaffText::ForgotHint, StaffText::SendCode),
    };
    html! {
        <main class="threshold" id="forgotten-screen">
            <div class="threshold-tools"><LanguageSwitch speak={props.speak.clone()} /><ThemeSwitch /></div>
            <form class="card threshold-card" id="forgotten-form" {onsubmit} novalidate={true}>
                <h1 class="threshold-title">{ StaffText::ForgotTitle.text(locale) }</h1>
                <p class="quiet" role="status">{ hint.text(locale) }</p>
                { form.input("forgotten-email", "email", StaffText::Email.text(locale), lens!(email))
                    .first()
                    .remembered("email", "username") }
                if *is_sent {
                    { form.input("forgotten-code", "code", StaffText::Code.text(locale), lens!(code)) }
                    { form.input("forgotten-password", "password", StaffText::NewPassword.text(locale), lens!(password))
                        .remembered("password", "new-password") }
                }
                if let Some(problem) = form.problem() { <ProblemLine problem={problem.clone()} /> }
                <button type="submit" class="button is-primary is-block" id="forgotten-submit"
                    aria-disabled={form.is_working().to_string()}>{ submit.text(locale) }</button>
                <button type="button" class="button is-quiet is-block" id="forgotten-back" onclick={back}>
                    { StaffText::Back.text(locale) }
                </button>
            </form>
        </main>
    }
}
