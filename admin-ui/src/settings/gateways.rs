//! The payment services: whether each is ready, the address to enter there, and whether it answers.

use domain::payments::{GatewayMode, GatewayName, GatewayState, ListGateways, TryGateway};
use yew::prelude::*;

use super::SettingsText;
use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{Button, Card, Glyph, ProblemBox, ProblemLine, Request, use_sender};

/// A card for each service.
#[component]
pub(super) fn Gateways() -> Html {
    let desk = use_desk();
    let asked = use_command(ListGateways {});
    match asked.answer.as_deref() {
        None => Html::default(),
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> },
        Some(Ok(states)) => html! {
            for state in states.iter() { <Service key={state.name.as_str()} state={state.clone()} desk={desk.clone()} /> }
        },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ServiceProps {
    state: GatewayState,
    desk: Desk,
}

#[component]
fn Service(props: &ServiceProps) -> Html {
    let ServiceProps { state, desk } = props;
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
            if state.mode.is_none() { <p class="field-hint">{ SettingsText::GatewayKeysHint.text(locale) }</p> }
            if !carries.is_empty() {
                <p class="quiet">{ SettingsText::GatewayCarries { methods: carries.join(", ") }.text(locale) }</p>
            }
            if name != GatewayName::Demo {
                <p class="field-hint">{ SettingsText::GatewayAddress.text(locale) }</p>
                <p class="mono" data-test="gateway-address">{ &state.notify_url }</p>
                if !state.is_reachable { <p class="field-hint">{ SettingsText::GatewayUnreachable.text(locale) }</p> }
            }
            if state.mode.is_some() {
                <p class="quiet">{ heard(desk, state) }</p>
                <Button is_small={true} test="try-gateway" icon={Glyph::Retry} text={SettingsText::GatewayTry.text(locale)}
                    label={SettingsText::GatewayTryOf { gateway: name.label(locale) }.text(locale)} onclick={try_it} />
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

/// Whether its notices arrive.
fn heard(desk: &Desk, state: &GatewayState) -> String {
    match state.last_notice_at {
        Some(at) => SettingsText::GatewayHeard { at: desk.calendar().brief(at) }.text(desk.locale),
        None => SettingsText::GatewaySilent.text(desk.locale),
    }
}
