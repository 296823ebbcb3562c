//! The page of the checkout: how long buyers may take.

use yew::prelude::*;

use super::SettingsText;
use super::editor::Editor;
use crate::kit::{Card, lens};

/// What a checkout holds and how long, and orders that wait for their money.
pub(super) fn page(editor: &Editor<'_>) -> Html {
    let say = |text: SettingsText| editor.say(text);
    html! {
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
    }
}
