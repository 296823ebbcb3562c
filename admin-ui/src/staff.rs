//! Signing in at the desk.

use domain::locale::Locale;
use domain::problem::Problem;
use domain::setup::DemoAccount;
use domain::staff::{SignIn, Staff};
use domain::text::Password;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::desk::use_locale;
use crate::field::{Field, error_of};
use crate::icon::{Glyph, Icon};
use crate::ipc;
use crate::problem_box::ProblemLine;
use crate::shell::switches::{LanguageSwitch, ThemeSwitch};
use crate::texts::ShellText;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SignInScreenProps {
    pub(crate) shop_name: AttrValue,
    /// The account of a demo shop that was made just now.
    pub(crate) demo_account: Option<DemoAccount>,
    pub(crate) speak: Callback<Locale>,
    pub(crate) on_done: Callback<Staff>,
}

/// E-mail and password.
#[component]
pub(crate) fn SignInScreen(props: &SignInScreenProps) -> Html {
    let locale = use_locale();
    let email = use_state(String::new);
    let password = use_state(String::new);
    let problem = use_state(|| None::<Problem>);
    let is_working = use_state(|| false);

    let onsubmit = {
        let (email, password, on_done) = (email.clone(), password.clone(), props.on_done.clone());
        let (problem, is_working) = (problem.clone(), is_working.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *is_working {
                return;
            }
            let request = SignIn { email: email.trim().to_owned(), password: Password::typed((*password).clone()) };
            let (on_done, password) = (on_done.clone(), password.setter());
            let (problem, is_working) = (problem.setter(), is_working.setter());
            is_working.set(true);
            spawn_local(async move {
                match ipc::call(&request).await {
                    Ok(staff) => on_done.emit(staff),
                    Err(refusal) => {
                        password.set(String::new());
                        problem.set(Some(refusal));
                        is_working.set(false);
                    }
                }
            });
        })
    };
    let set = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |text| state.set(text))
    };
    let fields = problem.as_ref().map(|problem| problem.fields.clone()).unwrap_or_default();
    html! {
        <main class="threshold" id="sign-in-screen">
            <div class="threshold-tools"><LanguageSwitch speak={props.speak.clone()} /><ThemeSwitch /></div>
            <form class="card threshold-card" id="sign-in-form" {onsubmit} novalidate={true}>
                <div class="threshold-mark"><Icon of={Glyph::Shop} /></div>
                <h1 class="threshold-title">{ ShellText::SignInTitle.text(locale) }</h1>
                <p class="quiet">{ ShellText::SignInTo { shop: props.shop_name.to_string() }.text(locale) }</p>
                if let Some(account) = &props.demo_account {
                    <div class="account" id="demo-account">
                        <p>{ ShellText::DemoAccount.text(locale) }</p>
                        <p><code data-test="demo-email">{ &account.email }</code></p>
                        <p><code data-test="demo-password">{ account.password.reveal() }</code></p>
                        <p class="quiet field-hint">{ ShellText::DemoAccountOnce.text(locale) }</p>
                    </div>
                }
                <Field id="sign-in-email" label={ShellText::Email.text(locale)} value={(*email).clone()}
                    on_change={set(&email)}
                    kind="email" autocomplete="username" is_first={true} error={error_of(&fields, "email")} />
                <Field id="sign-in-password" label={ShellText::Password.text(locale)} value={(*password).clone()}
                    on_change={set(&password)}
                    kind="password" autocomplete="current-password" error={error_of(&fields, "password")} />
                if let Some(problem) = &*problem { <ProblemLine problem={problem.clone()} /> }
                <button type="submit" class="button is-primary is-block" id="sign-in-submit"
                    aria-disabled={is_working.to_string()}>
                    { if *is_working { ShellText::SigningIn } else { ShellText::SignIn }.text(locale) }
                </button>
            </form>
        </main>
    }
}
