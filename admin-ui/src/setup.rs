//! The first run: who owns the shop, what it is called, and what it starts with.

use domain::locale::Locale;
use domain::message::Message;
use domain::money::Currency;
use domain::problem::Problem;
use domain::setup::{SetUpShop, SetupState, StartWith};
use domain::staff::Staff;
use domain::text::Password;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::desk::use_locale;
use crate::field::{Choose, Field, error_of};
use crate::icon::{Glyph, Icon};
use crate::ipc;
use crate::problem_box::ProblemLine;
use crate::shell::switches::{LanguageSwitch, ThemeSwitch};
use crate::texts::SetupText;

mod progress;
mod start;

pub(crate) use progress::Progress;
use start::ChooseStart;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SetUpProps {
    pub(crate) state: SetupState,
    pub(crate) speak: Callback<Locale>,
    pub(crate) on_done: Callback<Staff>,
    /// Somebody else has set the shop up, or an earlier try got that far.
    pub(crate) on_stale: Callback<()>,
}

/// The form of the first run.
#[component]
pub(crate) fn SetUp(props: &SetUpProps) -> Html {
    let locale = use_locale();
    let has_products = props.state.has_products;
    let form = use_state(|| fresh(locale, has_products));
    let problem = use_state(|| None::<Problem>);
    let is_working = use_state(|| false);

    let onsubmit = {
        let (form, problem, is_working) = (form.clone(), problem.clone(), is_working.clone());
        let (on_done, on_stale) = (props.on_done.clone(), props.on_stale.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Err(fields) = form.read() {
                problem.set(Some(Problem::invalid(fields)));
                return;
            }
            let request = (*form).clone();
            let (problem, is_working) = (problem.setter(), is_working.setter());
            let (on_done, on_stale) = (on_done.clone(), on_stale.clone());
            problem.set(None);
            is_working.set(true);
            spawn_local(async move {
                match ipc::call(&request).await {
                    Ok(staff) => on_done.emit(staff),
                    Err(refusal) if refusal.message == Message::AlreadySetUp => on_stale.emit(()),
                    Err(refusal) => {
                        problem.set(Some(refusal));
                        is_working.set(false);
                    }
                }
            });
        })
    };

    if *is_working {
        return match form.start_with {
            StartWith::Demo => html! { <Progress /> },
            StartWith::Empty => {
                html! {
                    <main class="threshold" aria-busy="true">
                        <h1 class="threshold-title">{ SetupText::Submitting.text(locale) }</h1>
                    </main>
                }
            }
        };
    }
    let edit = |change: fn(&mut SetUpShop, String)| {
        let form = form.clone();
        Callback::from(move |text: String| {
            let mut edited = (*form).clone();
            change(&mut edited, text);
            form.set(edited);
        })
    };
    let fields = problem.as_ref().map(|problem| problem.fields.clone()).unwrap_or_default();
    let field = |id: &'static str, name: &str, label: SetupText, value: &str, change: fn(&mut SetUpShop, String)| {
        html! {
            <Field {id} label={label.text(locale)} value={value.to_owned()} on_change={edit(change)}
                error={error_of(&fields, name)} />
        }
    };
    let password_hint = SetupText::PasswordHint { fewest: Password::FEWEST }.text(locale);
    let is_demo = form.start_with == StartWith::Demo;
    let choose_start = {
        let form = form.clone();
        Callback::from(move |start_with: StartWith| {
            let currency = match start_with {
                StartWith::Demo => Currency::Rupiah,
                StartWith::Empty => form.currency,
            };
            form.set(SetUpShop { start_with, currency, ..(*form).clone() });
        })
    };
    html! {
        <main class="first-run" id="set-up-screen">
            <div class="threshold-tools"><LanguageSwitch speak={props.speak.clone()} /><ThemeSwitch /></div>
            <section class="first-run-words">
                <div class="threshold-mark"><Icon of={Glyph::Shop} /></div>
                <h1>{ SetupText::Title.text(locale) }</h1>
                <p class="lead">{ SetupText::Lead.text(locale) }</p>
                <ul class="points">
                    <li><Icon of={Glyph::External} />{ SetupText::PointShop.text(locale) }</li>
                    <li><Icon of={Glyph::Orders} />{ SetupText::PointDesk.text(locale) }</li>
                    <li><Icon of={Glyph::Done} />{ SetupText::PointKeep.text(locale) }</li>
                </ul>
            </section>
            <form class="card first-run-form" id="set-up-form" {onsubmit} novalidate={true}>
                <fieldset>
                    <legend>{ SetupText::You.text(locale) }</legend>
                    <div class="field-pair">
                        <Field id="set-up-owner-name" label={SetupText::OwnerName.text(locale)}
                            value={form.owner_name.clone()} autocomplete="name"
                            on_change={edit(|form, text| form.owner_name = text)} is_first={true}
                            error={error_of(&fields, "owner_name")} />
                        { field("set-up-email", "email", SetupText::Email, &form.email, |form, text| form.email = text) }
                    </div>
                    <Field id="set-up-password" label={SetupText::Password.text(locale)}
                        value={form.password.reveal().to_owned()} kind="password"
                        on_change={edit(|form, text| form.password = Password::typed(text))} autocomplete="new-password"
                        hint={Some(AttrValue::from(password_hint))} error={error_of(&fields, "password")} />
                </fieldset>
                <fieldset>
                    <legend>{ SetupText::Shop.text(locale) }</legend>
                    { field("set-up-shop-name", "shop_name", SetupText::ShopName, &form.shop_name, |form, text| form.shop_name = text) }
                    <div class="field-pair">
                        <Choose id="set-up-currency" label={SetupText::Currency.text(locale)}
                            chosen={form.currency.as_str()} is_fixed={is_demo}
                            choices={currencies(locale)}
                            hint={is_demo.then(|| AttrValue::from(SetupText::DemoCurrency.text(locale)))}
                            on_choose={edit(|form, word| form.currency = word.parse().unwrap_or(form.currency))} />
                        <Choose id="set-up-language" label={SetupText::Language.text(locale)}
                            chosen={form.locale.as_str()}
                            choices={Locale::ALL.iter().map(|locale| (locale.as_str().into(), locale.name().into())).collect::<Vec<_>>()}
                            on_choose={edit(|form, word| form.locale = word.parse().unwrap_or(form.locale))} />
                    </div>
                </fieldset>
                if !has_products { <ChooseStart chosen={form.start_with} on_choose={choose_start} /> }
                if let Some(problem) = &*problem { <ProblemLine problem={problem.clone()} /> }
                <button type="submit" class="button is-primary is-block" id="set-up-submit">
                    { SetupText::Submit.text(locale) }
                </button>
            </form>
        </main>
    }
}

fn fresh(locale: Locale, has_products: bool) -> SetUpShop {
    SetUpShop {
        owner_name: String::new(),
        email: String::new(),
        password: Password::typed(""),
        shop_name: String::new(),
        currency: Currency::Rupiah,
        locale,
        start_with: if has_products { StartWith::Empty } else { StartWith::Demo },
    }
}

fn currencies(locale: Locale) -> Vec<(AttrValue, AttrValue)> {
    let name = |currency: Currency| match currency {
        Currency::Rupiah => SetupText::Rupiah,
        Currency::Ringgit => SetupText::Ringgit,
        Currency::SingaporeDollar => SetupText::SingaporeDollar,
        Currency::Dollar => SetupText::Dollar,
    };
    Currency::ALL.iter().map(|currency| (currency.as_str().into(), name(*currency).text(locale).into())).collect()
}
