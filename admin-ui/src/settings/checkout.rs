//! The page of the checkout: how long buyers may take, and how they pay.

use domain::payments::PaymentMethod;
use yew::prelude::*;

use crate::settings::editor::Editor;
use crate::texts::SettingsText;

/// What a checkout holds and how long, orders that wait for their money, and ways to pay.
pub(super) fn page(editor: &Editor<'_>) -> Html {
    let locale = editor.locale;
    let draft = &editor.draft().checkout;
    html! {
        <div class="settings-columns">
            <div class="settings-main">
                <section class="card setting" id="checkout-holding" aria-labelledby="checkout-holding-title">
                    <h2 id="checkout-holding-title" class="section-title">{ SettingsText::Holding.text(locale) }</h2>
                    <div class="field-pair">
                        { editor.whole("hold_minutes", (&SettingsText::HoldMinutes, SettingsText::HoldHint), &draft.hold,
                            |draft, text| draft.checkout.hold = text) }
                        { editor.whole("most_hold_minutes",
                            (&SettingsText::MostHoldMinutes, SettingsText::MostHoldHint), &draft.most_hold,
                            |draft, text| draft.checkout.most_hold = text) }
                    </div>
                </section>
                <section class="card setting" id="checkout-unpaid" aria-labelledby="checkout-unpaid-title">
                    <h2 id="checkout-unpaid-title" class="section-title">{ SettingsText::Unpaid.text(locale) }</h2>
                    <div class="field-pair">
                        { editor.whole("unpaid_hours", (&SettingsText::UnpaidHours, SettingsText::UnpaidHint),
                            &draft.unpaid, |draft, text| draft.checkout.unpaid = text) }
                        { editor.check("one_unpaid_order", SettingsText::OneUnpaid.text(locale),
                            Some(SettingsText::OneUnpaidHint), draft.one_unpaid,
                            |draft| draft.checkout.one_unpaid = !draft.checkout.one_unpaid) }
                    </div>
                </section>
            </div>
            <div class="settings-side">
                <section class="card setting" id="checkout-paying" role="group" aria-labelledby="checkout-paying-title">
                    <h2 id="checkout-paying-title" class="section-title">{ SettingsText::PayingTitle.text(locale) }</h2>
                    <p class="field-hint">{ SettingsText::PayingHint.text(locale) }</p>
                    for method in PaymentMethod::ALL.iter().copied() { { offer(editor, method) } }
                    if let Some(error) = editor.error("payment_methods") {
                        <p class="field-error">{ error.text(locale) }</p>
                    }
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
