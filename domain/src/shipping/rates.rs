//! Delivery prices by zone and weight, and fetching the goods oneself.
//!
//! The province counts first: a zone that names the buyer's city beats one that names the province, but only for a city of
//! that province. Where city and province do not belong together the dearer of the two counts, so that a wrong word saves
//! nobody money. Among equals the first counts.

use serde::{Deserialize, Serialize};

use super::DeliveryMethod;
use super::places::{city_key, province_key, provinces_of};
use crate::locale::Translated;
use crate::message::Message;
use crate::money::Money;
use crate::problem::FieldProblem;
use crate::text;

/// What delivery costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryRates {
    pub zones: Vec<Zone>,
    /// For every place that no zone names.
    pub elsewhere: Tariff,
    /// Goods of at least this much travel free. Compared with the goods' prices before discounts, as shoppers see them.
    pub free_from: Option<Money>,
    #[serde(default)]
    pub pickup: Pickup,
}

/// Places that cost the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    pub name: String,
    /// Whole provinces, as people write them.
    #[serde(default)]
    pub provinces: Vec<String>,
    /// Single cities, as people write them.
    pub cities: Vec<String>,
    // Settings that were stored before there were weights call it `price`.
    #[serde(alias = "price")]
    pub tariff: Tariff,
}

/// A price by weight. Reads a bare amount, as older settings have it, as the price of any weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StoredTariff")]
pub struct Tariff {
    /// Ascending; a parcel pays the first step that it does not weigh more than.
    pub steps: Vec<WeightStep>,
    /// What each started kilogram beyond the last step adds to the last step's price.
    pub per_extra_kilogram: Money,
}

/// The price of parcels up to a weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightStep {
    pub up_to_grams: u32,
    pub price: Money,
}

/// Fetching the goods oneself, which costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pickup {
    pub enabled: bool,
    /// Where and when, as shoppers read it.
    pub address: Translated,
}

/// Why there is no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryRefusal {
    #[error("this shop does not let buyers fetch their goods")]
    PickupOff,
    #[error("the price leaves the range of money")]
    TotalOutOfRange,
}

impl From<DeliveryRefusal> for Message {
    fn from(refusal: DeliveryRefusal) -> Self {
        match refusal {
            DeliveryRefusal::PickupOff => Self::PickupOff,
            DeliveryRefusal::TotalOutOfRange => Self::TotalOutOfRange,
        }
    }
}

impl DeliveryRates {
    /// The most zones.
    pub const MOST_ZONES: usize = 100;

    /// The same price for every place and weight.
    pub fn flat(price: Money) -> Self {
        Self { zones: Vec::new(), elsewhere: Tariff::flat(price), free_from: None, pickup: Pickup::default() }
    }

    /// What it costs to bring goods of that worth and weight to a place.
    pub fn price(
        &self,
        province: &str,
        city: &str,
        grams: u64,
        goods: Money,
        method: DeliveryMethod,
    ) -> Result<Money, DeliveryRefusal> {
        match method {
            DeliveryMethod::Pickup if self.pickup.enabled => Ok(Money::ZERO),
            DeliveryMethod::Pickup => Err(DeliveryRefusal::PickupOff),
            DeliveryMethod::Courier if self.is_free(goods) => Ok(Money::ZERO),
            DeliveryMethod::Courier => self.courier(province, city, grams).ok_or(DeliveryRefusal::TotalOutOfRange),
        }
    }

    /// Whether goods of that worth travel free.
    pub fn is_free(&self, goods: Money) -> bool {
        self.free_from.is_some_and(|from| goods >= from)
    }

    /// The lowest price of any place, for a light parcel.
    pub fn least(&self) -> Money {
        let tariffs = self.zones.iter().map(|zone| &zone.tariff).chain([&self.elsewhere]);
        tariffs.filter_map(|tariff| tariff.price(0)).min().unwrap_or(Money::ZERO)
    }

    /// How the shop can bring goods to buyers.
    pub fn methods(&self) -> &'static [DeliveryMethod] {
        if self.pickup.enabled { DeliveryMethod::ALL } else { &[DeliveryMethod::Courier] }
    }

    /// Refuses what no parcel could be priced by.
    pub fn check(&self) -> Result<(), Vec<FieldProblem>> {
        let mut problems = Vec::new();
        if self.zones.len() > Self::MOST_ZONES {
            problems.push(FieldProblem::new("delivery.zones", Message::TooMany { most: Self::MOST_ZONES }));
        }
        for (place, zone) in self.zones.iter().enumerate() {
            zone.check(&format!("delivery.zones.{place}"), &mut problems);
        }
        self.elsewhere.check("delivery.elsewhere", &mut problems);
        if self.free_from.is_some_and(|from| !from.is_ordinary()) {
            problems.push(FieldProblem::new("delivery.free_from", Message::NotAnAmount));
        }
        if self.pickup.enabled && self.pickup.address.is_blank() {
            problems.push(FieldProblem::new("delivery.pickup.address", Message::Required));
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn courier(&self, province: &str, city: &str, grams: u64) -> Option<Money> {
        let (province, city) = (province_key(province), city_key(city));
        let of_province = self.zones.iter().find(|zone| zone.names_province(&province));
        let of_province = of_province.map_or(&self.elsewhere, |zone| &zone.tariff);
        let mut of_city = self.zones.iter().filter(|zone| zone.names_city(&city)).peekable();
        let Some(first) = of_city.peek().copied() else { return of_province.price(grams) };
        match of_city.find(|zone| zone.fits(&city, &province)) {
            Some(zone) => zone.tariff.price(grams),
            None => Some(first.tariff.price(grams)?.max(of_province.price(grams)?)),
        }
    }
}

impl Zone {
    fn names_city(&self, key: &str) -> bool {
        self.cities.iter().any(|named| city_key(named) == key)
    }

    fn names_province(&self, key: &str) -> bool {
        self.provinces.iter().any(|named| province_key(named) == key)
    }

    /// Whether a city that it names can be in that province: one that is not told yet speaks against nothing. A place that is
    /// on no list is where the other cities of its zone are.
    fn fits(&self, city: &str, province: &str) -> bool {
        if province.is_empty() || self.names_province(province) {
            return true;
        }
        let homes = provinces_of(city);
        if !homes.is_empty() {
            // Of two cities of one name the zone means the one in the province that it names.
            let means_another = homes.iter().any(|home| self.names_province(home));
            return !means_another && homes.iter().any(|home| home == province);
        }
        let mut around = self.cities.iter().flat_map(|named| provinces_of(&city_key(named))).peekable();
        let is_known = around.peek().is_some() || !self.provinces.is_empty();
        !is_known || around.any(|home| home == province)
    }

    fn check(&self, at: &str, problems: &mut Vec<FieldProblem>) {
        if text::is_empty(&self.name) {
            problems.push(FieldProblem::new(format!("{at}.name"), Message::Required));
        } else if let Err(message) = text::line_up_to(&self.name, 80) {
            problems.push(FieldProblem::new(format!("{at}.name"), message));
        }
        let named = self.cities.iter().map(|city| city_key(city)).chain(self.provinces.iter().map(|p| province_key(p)));
        // A name that nothing is left of would match every empty one.
        let mut blank = named.map(|key| key.is_empty()).peekable();
        if blank.peek().is_none() || blank.any(|is_blank| is_blank) {
            problems.push(FieldProblem::new(format!("{at}.places"), Message::Required));
        }
        self.tariff.check(&format!("{at}.tariff"), problems);
    }
}

impl Tariff {
    /// The most weight steps.
    pub const MOST_STEPS: usize = 20;

    /// The same price for every weight.
    pub fn flat(price: Money) -> Self {
        Self { steps: vec![WeightStep { up_to_grams: 1_000, price }], per_extra_kilogram: Money::ZERO }
    }

    /// The price of a parcel of that weight, unless it leaves the range of money.
    pub fn price(&self, grams: u64) -> Option<Money> {
        if let Some(step) = self.steps.iter().find(|step| grams <= u64::from(step.up_to_grams)) {
            return Some(step.price);
        }
        let (covered, price) =
            self.steps.last().map_or((0, Money::ZERO), |step| (u64::from(step.up_to_grams), step.price));
        let extra = u32::try_from((grams - covered).div_ceil(1_000)).ok()?;
        price.plus(self.per_extra_kilogram.times(extra)?)
    }

    fn check(&self, at: &str, problems: &mut Vec<FieldProblem>) {
        if self.steps.is_empty() {
            problems.push(FieldProblem::new(format!("{at}.steps"), Message::Required));
        }
        if self.steps.len() > Self::MOST_STEPS {
            problems.push(FieldProblem::new(format!("{at}.steps"), Message::TooMany { most: Self::MOST_STEPS }));
        }
        let mut heaviest = 0;
        for (place, step) in self.steps.iter().enumerate() {
            if step.up_to_grams <= heaviest {
                problems.push(FieldProblem::new(format!("{at}.steps.{place}.up_to_grams"), Message::NotAscending));
            }
            if !step.price.is_ordinary() {
                problems.push(FieldProblem::new(format!("{at}.steps.{place}.price"), Message::NotAnAmount));
            }
            heaviest = step.up_to_grams;
        }
        if !self.per_extra_kilogram.is_ordinary() {
            problems.push(FieldProblem::new(format!("{at}.per_extra_kilogram"), Message::NotAnAmount));
        }
    }
}

/// Both shapes in which a tariff may be stored.
#[derive(Deserialize)]
#[serde(untagged)]
enum StoredTariff {
    Flat(Money),
    Steps { steps: Vec<WeightStep>, per_extra_kilogram: Money },
}

impl From<StoredTariff> for Tariff {
    fn from(stored: StoredTariff) -> Self {
        match stored {
            StoredTariff::Flat(price) => Self::flat(price),
            StoredTariff::Steps { steps, per_extra_kilogram } => Self { steps, per_extra_kilogram },
        }
    }
}

#[cfg(test)]
mod tests;
