//! Signing in at the desk.

use domain::locale::Locale;
use domain::setup::DemoAccount;
use domain::staff::{SignIn, Staff};
use domain::text::Password;
use yew::prelude::*;

use crate::kit::{Glyph, Icon, ProblemLine, Request, lens, use_form, use_locale};
use crate::shell::{LanguageSwitch, ThemeSwitch};

mod forgotten;
mod texts;

use forgotten::Forgotten;
use texts::StaffText;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SignInScreenProps {
    pub(crate) shop_name: AttrValue,
    /// The account of a demo shop that was made just now.
    pub(crate) demo_account: Option<DemoAccount>,
    pub(crate) speak: Callback<Locale>,
    pub(crate) on_done: Callback<Staff>,
}

#[derive(Clone, Default)]
struct Draft {
    email: String,
    password: String,
}

/// E-mail and password.
#[component]
pub(crate) fn SignInScreen(props: &SignInScreenProps) -> Html {
    let locale = use_locale();
    let form = use_form(Draft::default);
    let has_forgotten = use_state(|| false);
    let has_chosen = use_state(|| false);
    if *has_forgotten {
        let (close, chosen) = (has_forgotten.setter(), has_chosen.setter());
        let on_done = Callback::from(move |is_chosen: bool| {
            chosen.set(is_chosen);
            close.set(false);
        });
        let email = form.draft().email.clone();
        return html! { <Forgotten {email} speak={props.speak.clone()} {on_done} /> };
    }
    let forgot = {
        let open = has_forgotten.setter();
        Callback::from(move |_: MouseEvent| open.set(true))
    };
    let onsubmit = {
        let (form, on_done) = (form.clone(), props.on_done.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if form.is_working() {
                return;
            }
            let Draft { email, password } = form.draft().clone();
            let request = SignIn { email: email.trim().to_owned(), password: Password::typed(password) };
            let (entry, on_done) = (form.clone(), on_done.clone());
            form.send_and(Request::quiet(request), move |answer| match answer {
                Ok(staff) => on_done.emit(staff),
                Err(_) => entry.edit(|draft| draft.password.clear()),
            });
        })
    };
    html! {
        <main class="threshold" id="sign-in-screen">
            <div class="threshold-tools"><LanguageSwitch speak={props.speak.clone()} /><ThemeSwitch /></div>
            <form class="card threshold-card" id="sign-in-form" {onsubmit} novalidate={true}>
                <div class="threshold-mark"><Icon of={Glyph::Shop} /></div>
                <h1 class="threshold-title">{ StaffText::SignInTitle.text(locale) }</h1>
                <p class="quiet">{ StaffText::SignInTo { shop: props.shop_name.to_string() }.text(locale) }</p>
                if let Some(account) = &props.demo_account {
                    <div class="account" id="demo-account">
                        <p>{ StaffText::DemoAccount.text(locale) }</p>
                        <p><code data-test="demo-email">{ &account.email }</code></p>
                        <p><code data-test="demo-password">{ account.password.reveal() }</code></p>
                        <p class="quiet field-hint">{ StaffText::DemoAccountOnce.text(locale) }</p>
                    </div>
                }
                if *has_chosen { <p class="quiet" role="status" id="password-chosen">{ StaffText::Saved.text(locale) }</p> }
                { form.input("sign-in-email", "email", StaffText::Email.text(locale), lens!(email))
                    .first()
                    .remembered("email", "username") }
                { form.input("sign-in-password", "password", StaffText::Password.text(locale), lens!(password))
                    .remembered("password", "current-password") }
                if let Some(problem) = form.problem() { <ProblemLine problem={problem.clone()} /> }
                <button type="submit" class="button is-primary is-block" id="sign-in-submit"
                    aria-disabled={form.is_working().to_string()}>
                    { if form.is_working() { StaffText::SigningIn } else { StaffText::SignIn }.text(locale) }
                </button>
                <button type="button" class="button is-quiet is-block" id="forgot-password" onclick={forgot}>
                    { StaffText::Forgot.text(locale) }
                </button>
            </form>
        </main>
    }
}
