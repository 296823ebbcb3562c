//! What the owner decides about the shop.

use serde::{Deserialize, Serialize};

use crate::locale::{Locale, Translated};
use crate::message::Message;
use crate::money::{Currency, Money};
use crate::payments::PaymentMethod;
use crate::pricing::TaxRules;
use crate::problem::FieldProblem;
use crate::shipping::DeliveryRates;
use crate::text::ShopName;

/// The shop's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub name: String,
    pub tagline: Translated,
    /// Plain text; an empty line parts paragraphs.
    pub about: Translated,
    pub contact: Contact,
    pub currency: Currency,
    /// The language of visitors whose browser names none of ours.
    pub locale: Locale,
    /// Minutes east of UTC of the owner's clock, for "today".
    pub utc_offset_minutes: i32,
    /// How long a checkout holds its units.
    pub hold_minutes: u32,
    /// How long a checkout that is opened again and again may hold them in all.
    #[serde(default = "most_hold_minutes")]
    pub most_hold_minutes: u32,
    /// Whether an account must pay an order before it places the next.
    #[serde(default)]
    pub one_unpaid_order: bool,
    /// How long an order may stay unpaid.
    pub unpaid_hours: u32,
    pub delivery: DeliveryRates,
    /// Nothing is taxed until the owner says so.
    #[serde(default)]
    pub tax: TaxRules,
    pub payment_methods: Vec<PaymentMethod>,
}

/// Asks for the settings, to change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetSettings {}

/// Asks to put these settings in the place of those of that version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveSettings {
    /// The version that was read; when somebody saved since, nothing is saved.
    pub version: u64,
    pub settings: Settings,
}

/// Settings as they are stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSettings {
    pub version: u64,
    pub settings: Settings,
}

/// How shoppers reach the owner. Empty lines are not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub email: String,
    pub phone: String,
    pub address: String,
}

impl Settings {
    /// The settings of a shop that was just named.
    pub fn new(name: ShopName, currency: Currency, locale: Locale) -> Self {
        Self {
            name: name.into(),
            tagline: Translated::default(),
            about: Translated::default(),
            contact: Contact::default(),
            currency,
            locale,
            utc_offset_minutes: 7 * 60,
            hold_minutes: 10,
            most_hold_minutes: most_hold_minutes(),
            one_unpaid_order: false,
            unpaid_hours: 24,
            delivery: match currency {
                Currency::Rupiah => DeliveryRates::indonesia(),
                Currency::Ringgit | Currency::SingaporeDollar | Currency::Dollar => DeliveryRates::flat(Money::ZERO),
            },
            tax: TaxRules::default(),
            payment_methods: vec![PaymentMethod::CashOnDelivery],
        }
    }

    /// Refuses what the shop could not work with.
    pub fn check(&self) -> Result<(), Vec<FieldProblem>> {
        let mut problems = self.delivery.check().err().unwrap_or_default();
        problems.extend(self.tax.check().err().unwrap_or_default());
        if let Err(message) = ShopName::parse(&self.name) {
            problems.push(FieldProblem::new("name", message));
        }
        if !(1..=24 * 60).contains(&self.hold_minutes) {
            problems.push(FieldProblem::new("hold_minutes", Message::NotAQuantity { most: 24 * 60 }));
        }
        if !(self.hold_minutes..=24 * 60).contains(&self.most_hold_minutes) {
            problems.push(FieldProblem::new("most_hold_minutes", Message::NotAQuantity { most: 24 * 60 }));
        }
        if !(1..=24 * 30).contains(&self.unpaid_hours) {
            problems.push(FieldProblem::new("unpaid_hours", Message::NotAQuantity { most: 24 * 30 }));
        }
        if !(-12 * 60..=14 * 60).contains(&self.utc_offset_minutes) {
            problems.push(FieldProblem::new("utc_offset_minutes", Message::NotAChoice));
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

const fn most_hold_minutes() -> u32 {
    60
}

#[cfg(test)]
mod tests {
    use super::Settings;
    use crate::locale::Locale;
    use crate::money::{Currency, Money};
    use crate::pricing::TaxRules;
    use crate::shipping::DeliveryRates;
    use crate::text::ShopName;

    fn new(currency: Currency) -> Settings {
        Settings::new(ShopName::parse("Serat Pagi").unwrap(), currency, Locale::Indonesian)
    }

    #[test]
    fn a_new_shop_can_work_with_its_settings() {
        for currency in Currency::ALL {
            new(*currency).check().unwrap();
        }
        assert_eq!(new(Currency::Rupiah).delivery, DeliveryRates::indonesia());
        assert_eq!(new(Currency::Dollar).delivery.least(), Money::ZERO);
    }

    #[test]
    fn settings_from_before_weights_and_taxes_still_read() {
        let stored = r#"{
            "name": "Serat Pagi", "tagline": {"id": "a", "en": "b"}, "about": {"id": "", "en": ""},
            "contact": {"email": "", "phone": "", "address": ""}, "currency": "IDR", "locale": "id",
            "utc_offset_minutes": 420, "hold_minutes": 10, "unpaid_hours": 24,
            "delivery": {"zones": [{"name": "Jabodetabek", "cities": ["Jakarta"], "price": 10000}],
                         "elsewhere": 20000, "free_from": null},
            "payment_methods": ["demo", "cash_on_delivery"]
        }"#;
        let settings: Settings = serde_json::from_str(stored).unwrap();
        settings.check().unwrap();
        assert_eq!(settings.tax, TaxRules::default());
        assert_eq!(settings.delivery.least(), Money::minor(10_000));
    }
}
