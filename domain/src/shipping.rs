//! Delivery: addresses, and what it costs to reach one. The price is always worked out here, never sent by a browser.

use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::money::Money;
use crate::problem::{FieldProblem, Fields};
use crate::text::{AddressLine, PersonName, Phone, PostalCode};

/// Where a parcel goes, as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    pub name: String,
    pub phone: String,
    pub line_1: String,
    pub line_2: String,
    pub city: String,
    pub province: String,
    pub postal_code: String,
}

/// Where a parcel goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub name: PersonName,
    pub phone: Phone,
    pub line_1: AddressLine,
    pub line_2: Option<AddressLine>,
    pub city: AddressLine,
    pub province: AddressLine,
    pub postal_code: PostalCode,
}

impl AddressForm {
    /// Reads the address; `prefix` stands before the field names in what is wrong.
    pub fn read(&self, prefix: &str, fields: &mut Fields) -> Option<Address> {
        let at = |field: &str| format!("{prefix}{field}");
        let name = fields.take(&at("name"), PersonName::parse(&self.name));
        let phone = fields.take(&at("phone"), Phone::parse(&self.phone));
        let line_1 = fields.take(&at("line_1"), AddressLine::parse(&self.line_1));
        let line_2 = match self.line_2.trim() {
            "" => Some(None),
            text => fields.take(&at("line_2"), AddressLine::parse(text)).map(Some),
        };
        let city = fields.take(&at("city"), AddressLine::parse(&self.city));
        let province = fields.take(&at("province"), AddressLine::parse(&self.province));
        let postal_code = fields.take(&at("postal_code"), PostalCode::parse(&self.postal_code));
        Some(Address {
            name: name?,
            phone: phone?,
            line_1: line_1?,
            line_2: line_2?,
            city: city?,
            province: province?,
            postal_code: postal_code?,
        })
    }

    /// The address, or all that is wrong with it.
    pub fn parse(&self) -> Result<Address, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        self.read("", &mut fields).ok_or_else(|| fields.into_problems())
    }
}

/// What delivery costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryRates {
    /// The first zone that names the city decides.
    pub zones: Vec<Zone>,
    /// For every other city.
    pub elsewhere: Money,
    /// Goods of at least this much travel free.
    pub free_from: Option<Money>,
}

/// Cities that cost the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    pub name: String,
    pub cities: Vec<String>,
    pub price: Money,
}

impl DeliveryRates {
    /// What it costs to send goods of that worth to a city.
    pub fn price(&self, city: &str, goods: Money) -> Money {
        if self.free_from.is_some_and(|from| goods >= from) {
            return Money::ZERO;
        }
        let city = city_key(city);
        let zone = self.zones.iter().find(|zone| zone.cities.iter().any(|named| city_key(named) == city));
        zone.map_or(self.elsewhere, |zone| zone.price)
    }

    /// Refuses prices below nothing.
    pub fn check(&self) -> Result<(), Vec<FieldProblem>> {
        let prices = self.zones.iter().map(|zone| zone.price).chain([self.elsewhere]).chain(self.free_from);
        match prices.into_iter().any(Money::is_negative) {
            true => Err(vec![FieldProblem::new("delivery", Message::NotAnAmount)]),
            false => Ok(()),
        }
    }
}

/// What is left of a city's name for comparing: people write "Kota Bogor", "Kab. Bogor", "DKI Jakarta Selatan".
fn city_key(city: &str) -> String {
    let lower = city.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !["", "kota", "kab", "kabupaten", "adm", "administrasi", "dki"].contains(word))
        .collect();
    match words.as_slice() {
        ["jakarta", "selatan" | "utara" | "barat" | "timur" | "pusat"] => "jakarta".to_owned(),
        ["tangerang", "selatan"] => "tangerang".to_owned(),
        words => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::{AddressForm, DeliveryRates, Zone};
    use crate::message::Message;
    use crate::money::Money;
    use crate::problem::FieldProblem;

    fn rates() -> DeliveryRates {
        let cities = ["Jakarta", "Bogor", "Depok", "Tangerang", "Bekasi"].map(str::to_owned).to_vec();
        DeliveryRates {
            zones: vec![Zone { name: "Jabodetabek".to_owned(), cities, price: Money::minor(10_000) }],
            elsewhere: Money::minor(20_000),
            free_from: Some(Money::minor(500_000)),
        }
    }

    #[test]
    fn a_city_is_found_however_it_is_written() {
        let goods = Money::minor(100_000);
        for near in
            ["Jakarta", "  jakarta selatan", "DKI Jakarta", "Kota Bogor", "KAB. BEKASI", "Kota Tangerang Selatan"]
        {
            assert_eq!(rates().price(near, goods), Money::minor(10_000), "{near}");
        }
        for far in ["Bandung", "Surabaya", "Jakarta Raya Baru", "", "Bogorejo"] {
            assert_eq!(rates().price(far, goods), Money::minor(20_000), "{far}");
        }
    }

    #[test]
    fn delivery_is_free_from_the_limit_on() {
        assert_eq!(rates().price("Medan", Money::minor(499_999)), Money::minor(20_000));
        assert_eq!(rates().price("Medan", Money::minor(500_000)), Money::ZERO);
    }

    #[test]
    fn an_address_says_all_that_is_wrong_at_once() {
        let form = AddressForm { name: "Siti".to_owned(), phone: "12".to_owned(), ..AddressForm::default() };
        let problems = form.parse().unwrap_err();
        assert!(problems.contains(&FieldProblem::new("phone", Message::NotAPhone)));
        assert!(problems.contains(&FieldProblem::new("city", Message::Required)));
        assert!(!problems.iter().any(|problem| problem.field == "name" || problem.field == "line_2"));
    }
}
