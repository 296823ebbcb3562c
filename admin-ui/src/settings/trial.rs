//! Trying out the delivery prices that stand in the form, with the shop's own rule.

use domain::message::Message;
use domain::money::{Currency, Money};
use domain::problem::Fields;
use domain::shipping::DeliveryMethod;
use yew::prelude::*;

use super::SettingsText;
use super::draft::{Draft, grams};
use crate::kit::{Card, lens, use_form, use_locale};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct TrialProps {
    pub(super) draft: Draft,
    pub(super) currency: Currency,
}

#[derive(Clone)]
struct Parcel {
    province: String,
    city: String,
    weight: String,
}

/// A place, a weight, and what it would cost to send it there.
#[component]
pub(super) fn Trial(props: &TrialProps) -> Html {
    let locale = use_locale();
    let form =
        use_form(|| Parcel { province: "Jawa Timur".to_owned(), city: "Surabaya".to_owned(), weight: "1".to_owned() });
    let Parcel { province, city, weight } = form.draft();
    let outcome = match (props.draft.read_delivery(props.currency, &mut Fields::default()), grams(weight)) {
        (None, _) => SettingsText::TryWrong.text(locale),
        (Some(_), Err(_)) => String::new(),
        (Some(mut rates), Ok(grams)) => {
            // A price, whatever the goods are worth.
            rates.free_from = None;
            match rates.price(province, city, grams.into(), Money::ZERO, DeliveryMethod::Courier) {
                Ok(price) => SettingsText::TryPrice { price: price.display(props.currency) }.text(locale),
                Err(refusal) => Message::from(refusal).text(locale),
            }
        }
    };
    html! {
        <Card id="delivery-trial" class="setting" title={SettingsText::Try.text(locale)}>
            <p class="field-hint">{ SettingsText::TryHint.text(locale) }</p>
            { form.input("trial-province", "", SettingsText::TryProvince.text(locale), lens!(province)) }
            { form.input("trial-city", "", SettingsText::TryCity.text(locale), lens!(city)) }
            { form.input("trial-weight", "", SettingsText::TryWeight.text(locale), lens!(weight))
                .decimal()
                .error(grams(weight).err()) }
            <p class="trial-outcome numbers" id="trial-outcome" aria-live="polite">{ outcome }</p>
        </Card>
    }
}
