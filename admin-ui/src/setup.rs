//! The first run: who owns the shop, what it is called, and what it starts with.

use domain::locale::Locale;
use domain::message::Message;
use domain::money::Currency;
use domain::setup::{SetUpShop, SetupState, StartWith};
use domain::staff::Staff;
use domain::text::Password;
use yew::prelude::*;

use crate::kit::{Choose, Glyph, Icon, Input, ProblemLine, Request, choices, lens, use_form, use_locale};
use crate::shell::{LanguageSwitch, ThemeSwitch};

mod progress;
mod start;
mod texts;

pub(crate) use progress::Progress;
use start::ChooseStart;
use texts::SetupText;

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
    let form = use_form(|| fresh(locale, has_products));
    let onsubmit = {
        let (form, on_done, on_stale) = (form.clone(), props.on_done.clone(), props.on_stale.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Err(fields) = form.draft().read() {
                return form.refuse(fields);
            }
            let (on_done, on_stale) = (on_done.clone(), on_stale.clone());
            form.forgive();
            form.send_and(Request::quiet(form.draft().clone()), move |answer| match answer {
                Ok(staff) => on_done.emit(staff),
                Err(refusal) if refusal.message == Message::AlreadySetUp => on_stale.emit(()),
                Err(_) => {}
            });
        })
    };

    let draft = form.draft();
    if form.is_working() {
        return match draft.start_with {
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
    let say = |text: SetupText| text.text(locale);
    let password = Input::new(
        "set-up-password",
        say(SetupText::Password),
        draft.password.reveal(),
        form.change(|draft, typed| draft.password = Password::typed(typed)),
    );
    let is_demo = draft.start_with == StartWith::Demo;
    let languages = Locale::ALL.iter().map(|locale| (locale.as_str(), locale.name()));
    let choose_start = form.change(|draft, start_with: StartWith| {
        draft.start_with = start_with;
        if start_with == StartWith::Demo {
            draft.currency = Currency::Rupiah;
        }
    });
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
                        { form.input("set-up-owner-name", "owner_name", say(SetupText::OwnerName), lens!(owner_name))
                            .first()
                            .remembered("text", "name") }
                        { form.input("set-up-email", "email", say(SetupText::Email), lens!(email)) }
                    </div>
                    { password.remembered("password", "new-password")
                        .hint(say(SetupText::PasswordHint { fewest: Password::FEWEST }))
                        .error(form.error("password")) }
                </fieldset>
                <fieldset>
                    <legend>{ SetupText::Shop.text(locale) }</legend>
                    { form.input("set-up-shop-name", "shop_name", say(SetupText::ShopName), lens!(shop_name)) }
                    <div class="field-pair">
                        <Choose id="set-up-currency" label={say(SetupText::Currency)} chosen={draft.currency.as_str()}
                            is_fixed={is_demo} choices={currencies(locale)}
                            hint={is_demo.then(|| AttrValue::from(say(SetupText::DemoCurrency)))}
                            on_choose={form.change(|draft, word: String| {
                                draft.currency = word.parse().unwrap_or(draft.currency);
                            })} />
                        <Choose id="set-up-language" label={say(SetupText::Language)} chosen={draft.locale.as_str()}
                            choices={choices(languages)}
                            on_choose={form.change(|draft, word: String| {
                                draft.locale = word.parse().unwrap_or(draft.locale);
                            })} />
                    </div>
                </fieldset>
                if !has_products { <ChooseStart chosen={draft.start_with} on_choose={choose_start} /> }
                if let Some(problem) = form.problem() { <ProblemLine problem={problem.clone()} /> }
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
    choices(Currency::ALL.iter().map(|currency| (currency.as_str(), name(*currency).text(locale))))
}
