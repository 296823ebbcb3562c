//! The whole window: opening, first run, sign-in, and then the desk.

use domain::locale::Locale;
use domain::problem::Problem;
use domain::setup::{AwaitOpening, DemoAccount, GetSetup, Opening, SetupState};
use domain::staff::{Staff, WhoAmI};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ipc;
use crate::kit::ProblemBox;
use crate::kit::toasts::Toasts;
use crate::live::Live;
use crate::preferences::{self, Theme};
use crate::setup::{Progress, SetUp};
use crate::shell::Shell;
use crate::staff::SignInScreen;

mod opening;

use opening::{OpeningFailed, OpeningScreen};

/// How far the window is.
#[derive(Clone, PartialEq)]
enum Stage {
    Opening,
    Failed(AttrValue),
    Broken(Problem),
    SetUp(SetupState),
    Filling,
    SignIn { shop_name: AttrValue, demo_account: Option<DemoAccount> },
    Desk(Staff),
}

/// The window.
#[component]
pub(crate) fn App() -> Html {
    let locale = use_state(preferences::locale);
    let stage = use_state(|| Stage::Opening);

    let proceed = {
        let (stage, locale) = (stage.setter(), locale.setter());
        Callback::from(move |()| {
            let (stage, locale) = (stage.clone(), locale.clone());
            spawn_local(async move {
                let next = next_stage().await.unwrap_or_else(Stage::Broken);
                if let Stage::Desk(staff) = &next {
                    locale.set(staff.locale);
                }
                stage.set(next);
            });
        })
    };
    let enter = {
        let (stage, locale) = (stage.setter(), locale.setter());
        Callback::from(move |staff: Staff| {
            locale.set(staff.locale);
            stage.set(Stage::Desk(staff));
        })
    };
    let speak = {
        let locale = locale.setter();
        Callback::from(move |chosen: Locale| locale.set(chosen))
    };

    {
        let proceed = proceed.clone();
        use_effect_with((), move |()| {
            Theme::remembered().apply();
            ipc::on_signed_out(proceed.clone());
            proceed.emit(());
        });
    }
    use_effect_with(*locale, |locale| preferences::remember_locale(*locale));

    let screen = match &*stage {
        Stage::Opening => html! { <OpeningScreen /> },
        Stage::Failed(sentence) => html! { <OpeningFailed {sentence} /> },
        Stage::Broken(problem) => html! {
            <main class="threshold"><ProblemBox problem={problem.clone()} retry={proceed} /></main>
        },
        Stage::SetUp(state) => html! { <SetUp state={state.clone()} {speak} on_done={enter} on_stale={proceed} /> },
        Stage::Filling => html! { <Progress on_done={proceed} /> },
        Stage::SignIn { shop_name, demo_account } => html! {
            <SignInScreen {shop_name} demo_account={demo_account.clone()} {speak} on_done={enter} />
        },
        Stage::Desk(staff) => html! { <Shell staff={staff.clone()} on_staff={enter} on_leave={proceed} /> },
    };
    html! {
        <ContextProvider<Locale> context={*locale}>
            <Toasts><Live>{ screen }</Live></Toasts>
        </ContextProvider<Locale>>
    }
}

async fn next_stage() -> Result<Stage, Problem> {
    let demo_account = match ipc::call(&AwaitOpening {}).await? {
        Opening::Open { demo_account } => demo_account,
        Opening::Failed { sentence } => return Ok(Stage::Failed(sentence.into())),
    };
    let setup = ipc::call(&GetSetup {}).await?;
    if setup.loading.is_some() {
        return Ok(Stage::Filling);
    }
    if !setup.has_owner {
        return Ok(Stage::SetUp(setup));
    }
    Ok(match ipc::call(&WhoAmI {}).await? {
        Some(staff) => Stage::Desk(staff),
        None => Stage::SignIn { shop_name: setup.shop_name.unwrap_or_default().into(), demo_account },
    })
}
