//! The page of payments: how buyers pay, the accounts they transfer to, and the services that carry the rest.

use domain::payments::{GatewayName, MethodKind, PaymentMethod};
use yew::prelude::*;

use super::SettingsText;
use super::editor::Editor;
use super::gateways::Gateways;
use super::transfer;
use crate::kit::{Choose, choices};

/// Ways to pay, the shop's accounts while somebody may transfer to them, and the services.
pub(super) fn page(editor: &Editor<'_>) -> Html {
    let say = |text: SettingsText| editor.say(text);
    let checkout = &editor.draft().checkout;
    let is_transferred = checkout.methods.contains(&PaymentMethod::BankTransfer) || !checkout.accounts.is_empty();
    html! {
        <div class="settings-columns">
            <div class="settings-main">
                <section class="card setting" id="checkout-paying" role="group" aria-labelledby="checkout-paying-title">
                    <h2 id="checkout-paying-title" class="section-title">{ say(SettingsText::PayingTitle) }</h2>
                    <p class="field-hint">{ say(SettingsText::PayingHint) }</p>
                    <div class="offers">for method in offered() { { offer(editor, method) } }</div>
                    { editor.error_line("payment_methods") }
                    { editor.error_line("payment_gateways") }
                </section>
                if is_transferred { { transfer::card(editor) } }
            </div>
            <div class="settings-side">
                <Gateways />
            </div>
        </div>
    }
}

/// What can be offered: what somebody can carry, and what needs nobody.
fn offered() -> impl Iterator<Item = PaymentMethod> {
    let can_be = |method: &PaymentMethod| !method.needs_gateway() || method.carriers().next().is_some();
    PaymentMethod::ALL.iter().copied().filter(can_be)
}

/// A way to pay, and which gateway carries it where several can.
fn offer(editor: &Editor<'_>, method: PaymentMethod) -> Html {
    let hint = match method.kind() {
        MethodKind::Demo => Some(SettingsText::DemoHint),
        MethodKind::AtTheDoor => Some(SettingsText::CashHint),
        MethodKind::BankTransfer => Some(SettingsText::TransferHint),
        MethodKind::Qris | MethodKind::VirtualAccount(_) | MethodKind::EWallet | MethodKind::Card => None,
    };
    let id = match method.collects_at_door() {
        true => "pay-by-cash".to_owned(),
        false => format!("pay-by-{}", method.as_str().replace('_', "-")),
    };
    let draft = &editor.draft().checkout;
    let is_offered = draft.methods.contains(&method);
    let label = method.label(editor.locale).to_owned();
    let carriers: Vec<GatewayName> = method.carriers().collect();
    html! {
        <div class="offer">
            { editor.check(id.clone(), label.clone(), hint, is_offered, move |draft| draft.checkout.turn(method)) }
            if is_offered && carriers.len() > 1 {
                <Choose id={format!("{id}-gateway")} label={editor.say(SettingsText::CarriedBy { method: label })}
                    choices={choices(carriers.iter().map(|it| (it.as_str(), it.label(editor.locale))))}
                    chosen={draft.carrier(method).map(GatewayName::as_str).unwrap_or_default()}
                    on_choose={editor.change(move |draft, word: String| {
                        if let Ok(gateway) = word.parse() {
                            draft.checkout.carry(method, gateway);
                        }
                    })} />
            }
        </div>
    }
}
