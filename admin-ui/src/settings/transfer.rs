//! The shop's own accounts, to which buyers transfer money.

use domain::money::Currency;
use domain::payments::BankAccount;
use yew::prelude::*;

use super::SettingsText;
use super::draft::Draft;
use super::editor::Editor;
use crate::kit::{Button, Card, Glyph, Icon};

/// The accounts, and whether amounts get digits of their own.
pub(super) fn card(editor: &Editor<'_>) -> Html {
    let say = |text: SettingsText| editor.say(text);
    let checkout = &editor.draft().checkout;
    let add = editor.change(|draft, _: MouseEvent| draft.checkout.accounts.push(BankAccount::default()));
    html! {
        <Card id="transfer-accounts" class="setting" title={say(SettingsText::TransferTitle)}>
            <p class="field-hint">{ say(SettingsText::TransferText) }</p>
            for place in 0..checkout.accounts.len() { { account(editor, place) } }
            { editor.error_line("transfer.accounts") }
            <div class="buttons">
                <Button id="add-account" icon={Glyph::Plus} text={say(SettingsText::AddAccount)} onclick={add} />
            </div>
            if editor.currency() == Currency::Rupiah {
                { editor.check("unique-digits", say(SettingsText::UniqueDigits), Some(SettingsText::UniqueDigitsHint),
                    checkout.unique_digits, |draft| draft.checkout.unique_digits = !draft.checkout.unique_digits) }
            }
        </Card>
    }
}

fn account(editor: &Editor<'_>, place: usize) -> Html {
    let Some(account) = editor.draft().checkout.accounts.get(place) else { return Html::default() };
    let number = place + 1;
    let path = |field: &str| format!("transfer.accounts.{place}.{field}");
    let remove = editor.change(move |draft, _: MouseEvent| {
        if place < draft.checkout.accounts.len() {
            draft.checkout.accounts.remove(place);
        }
    });
    let label = SettingsText::RemoveAccount { place: number }.text(editor.locale);
    html! {
        <div class="zone is-open" key={place} data-test="bank-account">
            <div class="zone-body">
                <div class="class-head">
                    { editor.line(&path("bank"), SettingsText::AccountBank { place: number }, &account.bank,
                        move |draft, text| with(draft, place, |account| account.bank = text)) }
                    <button type="button" class="icon-button" aria-label={label.clone()} title={label} onclick={remove}>
                        <Icon of={Glyph::Close} />
                    </button>
                </div>
                <div class="field-pair">
                    { editor.line(&path("number"), SettingsText::AccountNumber { place: number }, &account.number,
                        move |draft, text| with(draft, place, |account| account.number = text)) }
                    { editor.line(&path("holder"), SettingsText::AccountHolder { place: number }, &account.holder,
                        move |draft, text| with(draft, place, |account| account.holder = text)) }
                </div>
            </div>
        </div>
    }
}

fn with(draft: &mut Draft, place: usize, change: impl FnOnce(&mut BankAccount)) {
    if let Some(account) = draft.checkout.accounts.get_mut(place) {
        change(account);
    }
}
