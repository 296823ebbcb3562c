//! What the owner decides about the shop.

use serde::{Deserialize, Serialize};

use crate::locale::{Locale, Translated};
use crate::message::Message;
use crate::money::Currency;
use crate::payments::PaymentMethod;
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
    pub payment_methods: Vec<PaymentMethod>,
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
            delivery: DeliveryRates { zones: Vec::new(), elsewhere: crate::money::Money::ZERO, free_from: None },
            payment_methods: vec![PaymentMethod::CashOnDelivery],
        }
    }

    /// Refuses what the shop could not work with.
    pub fn check(&self) -> Result<(), Vec<FieldProblem>> {
        let mut problems = self.delivery.check().err().unwrap_or_default();
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
