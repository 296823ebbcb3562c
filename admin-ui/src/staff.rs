//! Signing in at the desk.

use domain::locale::Locale;
use domain::setup::DemoAccount;
use domain::staff::{SignIn, Staff};
use domain::text::Password;
use yew::prelude::*;

use crate::kit::{Glyph, Icon, ProblemLine, Request, lens, use_form, use_locale};
use crate::shell::{LanguageSwitch, ThemeSwitch};

mod texts;

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
            </form>
        </main>
    }
}
