//! The page of the checkout: how long buyers may take, and how they pay.

use domain::payments::PaymentMethod;
use yew::prelude::*;

use super::SettingsText;
use super::editor::Editor;
use crate::kit::{Card, lens};

/// What a checkout holds and how long, orders that wait for their money, and ways to pay.
pub(super) fn page(editor: &Editor<'_>) -> Html {
    let say = |text: SettingsText| editor.say(text);
    html! {
        <div class="settings-columns">
            <div class="settings-main">
                <Card id="checkout-holding" class="setting" title={say(SettingsText::Holding)}>
                    <div class="field-pair">
                        { editor.input("hold_minutes", SettingsText::HoldMinutes, lens!(checkout.hold))
                            .whole()
                            .hint(say(SettingsText::HoldHint)) }
                        { editor.input("most_hold_minutes", SettingsText::MostHoldMinutes, lens!(checkout.most_hold))
                            .whole()
                            .hint(say(SettingsText::MostHoldHint)) }
                    </div>
                </Card>
                <Card id="checkout-unpaid" class="setting" title={say(SettingsText::Unpaid)}>
                    <div class="field-pair">
                        { editor.input("unpaid_hours", SettingsText::UnpaidHours, lens!(checkout.unpaid))
                            .whole()
                            .hint(say(SettingsText::UnpaidHint)) }
                        { editor.check("one_unpaid_order", say(SettingsText::OneUnpaid),
                            Some(SettingsText::OneUnpaidHint), editor.draft().checkout.one_unpaid,
                            |draft| draft.checkout.one_unpaid = !draft.checkout.one_unpaid) }
                    </div>
                </Card>
            </div>
            <div class="settings-side">
                <section class="card setting" id="checkout-paying" role="group" aria-labelledby="checkout-paying-title">
                    <h2 id="checkout-paying-title" class="section-title">{ say(SettingsText::PayingTitle) }</h2>
                    <p class="field-hint">{ say(SettingsText::PayingHint) }</p>
                    for method in PaymentMethod::ALL.iter().copied() { { offer(editor, method) } }
                    { editor.error_line("payment_methods") }
                </section>
            </div>
        </div>
    }
}

fn offer(editor: &Editor<'_>, method: PaymentMethod) -> Html {
    let (id, hint) = match method {
        PaymentMethod::Demo => ("pay-by-demo", SettingsText::DemoHint),
        PaymentMethod::CashOnDelivery => ("pay-by-cash", SettingsText::CashHint),
    };
    let is_offered = editor.draft().checkout.methods.contains(&method);
    let label = method.label(editor.locale).to_owned();
    editor.check(id, label, Some(hint), is_offered, move |draft| draft.checkout.turn(method))
}
