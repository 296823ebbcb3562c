//! Trying out the delivery prices that stand in the form, with the shop's own rule.

use domain::message::Message;
use domain::money::{Currency, Money};
use domain::problem::Fields;
use domain::shipping::DeliveryMethod;
use yew::prelude::*;

use crate::desk::use_locale;
use crate::field::Field;
use crate::settings::draft::{Draft, grams};
use crate::texts::SettingsText;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct TrialProps {
    pub(super) draft: Draft,
    pub(super) currency: Currency,
}

/// A place, a weight, and what it would cost to send it there.
#[component]
pub(super) fn Trial(props: &TrialProps) -> Html {
    let locale = use_locale();
    let province = use_state(|| "Jawa Timur".to_owned());
    let city = use_state(|| "Surabaya".to_owned());
    let weight = use_state(|| "1".to_owned());
    let set = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |text| state.set(text))
    };
    let error = grams(&weight).err();
    let outcome = match (props.draft.read_delivery(props.currency, &mut Fields::default()), grams(&weight)) {
        (None, _) => SettingsText::TryWrong.text(locale),
        (Some(_), Err(_)) => String::new(),
        (Some(mut rates), Ok(grams)) => {
            // A price, whatever the goods are worth.
            rates.free_from = None;
            match rates.price(&province, &city, grams.into(), Money::ZERO, DeliveryMethod::Courier) {
                Ok(price) => SettingsText::TryPrice { price: price.display(props.currency) }.text(locale),
                Err(refusal) => Message::from(refusal).text(locale),
            }
        }
    };
    html! {
        <section class="card setting" id="delivery-trial" aria-labelledby="delivery-trial-title">
            <h2 id="delivery-trial-title" class="section-title">{ SettingsText::Try.text(locale) }</h2>
            <p class="field-hint">{ SettingsText::TryHint.text(locale) }</p>
            <Field id="trial-province" label={SettingsText::TryProvince.text(locale)} value={(*province).clone()}
                on_change={set(&province)} />
            <Field id="trial-city" label={SettingsText::TryCity.text(locale)} value={(*city).clone()}
                on_change={set(&city)} />
            <Field id="trial-weight" label={SettingsText::TryWeight.text(locale)} value={(*weight).clone()}
                on_change={set(&weight)} inputmode="decimal" {error} />
            <p class="trial-outcome numbers" id="trial-outcome" aria-live="polite">{ outcome }</p>
        </section>
    }
}
