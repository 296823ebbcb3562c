//! The payment services: whether each is ready, the address to enter there, and whether it answers.

use domain::payments::{GatewayKey, GatewayMode, GatewayName, GatewayState, ListGateways, SaveGatewayKeys, TryGateway};
use yew::prelude::*;

use super::SettingsText;
use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{Button, Card, Glyph, Input, ProblemBox, ProblemLine, Request, use_form, use_sender};

/// A card for each service.
#[component]
pub(super) fn Gateways() -> Html {
    let asked = use_command(ListGateways {});
    match asked.answer.as_deref() {
        None => Html::default(),
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> },
        Some(Ok(states)) => html! {
            for state in states.iter() { <Service key={state.name.as_str()} state={state.clone()} /> }
        },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ServiceProps {
    state: GatewayState,
}

#[component]
fn Service(props: &ServiceProps) -> Html {
    let desk = use_desk();
    let state = &props.state;
    let (locale, name) = (desk.locale, state.name);
    let sender = use_sender();
    let tried = use_state(|| None::<Option<String>>);
    let try_it = {
        let (sender, tried) = (sender.clone(), tried.clone());
        Callback::from(move |_: MouseEvent| {
            let tried = tried.clone();
            sender.send(Request::quiet(TryGateway { gateway: name }), move |told| tried.set(Some(told.trouble)));
        })
    };
    let ready = match state.mode {
        None => SettingsText::GatewayNoKeys,
        Some(GatewayMode::Test) => SettingsText::GatewayTest,
        Some(GatewayMode::Live) => SettingsText::GatewayLive,
    };
    let carries: Vec<_> = state.carries.iter().map(|method| method.label(locale)).collect();
    html! {
        <Card id={format!("gateway-{name}")} class="setting" title={name.label(locale)}>
            <p data-test="gateway-ready">{ ready.text(locale) }</p>
            if !name.keys().is_empty() { <Keys {name} is_set={state.mode.is_some()} /> }
            if !carries.is_empty() {
                <p class="quiet">{ SettingsText::GatewayCarries { methods: carries.join(", ") }.text(locale) }</p>
            }
            if name != GatewayName::Demo {
                <p class="field-hint">{ SettingsText::GatewayAddress.text(locale) }</p>
                <p class="mono" data-test="gateway-address">{ &state.notify_url }</p>
                if !state.is_reachable { <p class="field-hint">{ SettingsText::GatewayUnreachable.text(locale) }</p> }
            }
            if state.mode.is_some() {
                <p class="quiet">{ heard(&desk, state) }</p>
                <Button is_small={true} test="try-gateway" icon={Glyph::Retry} text={SettingsText::GatewayTry.text(locale)}
                    label={SettingsText::GatewayTryOf { gateway: name.label(locale).to_owned() }.text(locale)} onclick={try_it} />
            }
            if let Some(problem) = sender.problem() { <ProblemLine problem={problem.clone()} /> }
            if let Some(trouble) = tried.as_ref() {
                <p role="status" data-test="gateway-tried" class={trouble.is_some().then_some("field-error")}>
                    { match trouble {
                        None => SettingsText::GatewayWorks.text(locale),
                        Some(why) => SettingsText::GatewayFails { why: why.clone() }.text(locale),
                    } }
                </p>
            }
        </Card>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct KeysProps {
    name: GatewayName,
    is_set: bool,
}

/// The keys of its account, which are entered and never shown again.
#[component]
fn Keys(props: &KeysProps) -> Html {
    let locale = use_desk().locale;
    let name = props.name;
    let form = use_form(|| vec![String::new(); name.keys().len()]);
    let save = {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| {
            let typed = form.draft().clone();
            let keys = name.keys().iter().zip(typed).filter(|(_, secret)| !secret.trim().is_empty());
            let keys: Vec<_> = keys.map(|(name, secret)| GatewayKey { name: *name, secret: secret.into() }).collect();
            if keys.is_empty() || form.is_working() {
                return;
            }
            let (request, cleared) = (SaveGatewayKeys { gateway: name, keys }, form.clone());
            form.send(Request::new(request, SettingsText::GatewayKeysSaved.text(locale)), move |_| {
                cleared.edit(|typed| typed.iter_mut().for_each(String::clear));
            });
        })
    };
    let hint = if props.is_set { SettingsText::GatewayKeysSet } else { SettingsText::GatewayKeysHint };
    html! {
        <>
            <p class="field-hint">{ hint.text(locale) }</p>
            for (place, key) in name.keys().iter().enumerate() {
                { Input::new(format!("key-{key}"), key.label(locale).to_owned(), &form.draft()[place],
                    form.change(move |typed: &mut Vec<String>, text: String| typed[place] = text))
                    .remembered("password", "new-password")
                    .error(form.error(key.as_str())) }
            }
            if let Some(problem) = form.problem().filter(|_| form.fields().is_empty()) {
                <ProblemLine problem={problem.clone()} />
            }
            <Button is_small={true} test="save-gateway-keys" text={SettingsText::GatewayKeysSave.text(locale)} onclick={save} />
        </>
    }
}

/// Whether its notices arrive.
fn heard(desk: &Desk, state: &GatewayState) -> String {
    match state.last_notice_at {
        Some(at) => SettingsText::GatewayHeard { at: desk.calendar().brief(at) }.text(desk.locale),
        None => SettingsText::GatewaySilent.text(desk.locale),
    }
}
