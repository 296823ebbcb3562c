//! Delivery: addresses, and what it costs to reach one. The price is always worked out here, never sent by a browser.

mod couriers;
mod indonesia;
mod places;
mod rates;

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::problem::{FieldProblem, Fields};
use crate::text::{self, AddressLine, PersonName, Phone, PostalCode};
use crate::text_enum::text_enum;

pub use couriers::tracking_page;
pub use places::provinces;
pub use rates::{DeliveryRates, DeliveryRefusal, Pickup, Tariff, WeightStep, Zone};

text_enum! {
    /// How the goods reach the buyer.
    pub enum DeliveryMethod {
        Courier = "courier",
        /// The buyer comes and fetches them.
        Pickup = "pickup",
    }
}

impl DeliveryMethod {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Courier, Locale::Indonesian) => "Dikirim kurir",
            (Self::Courier, Locale::English) => "Delivered by courier",
            (Self::Pickup, Locale::Indonesian) => "Ambil di toko",
            (Self::Pickup, Locale::English) => "Pickup at the shop",
        }
    }

    /// How every order went before there was a choice.
    pub(crate) const fn before_choice() -> Self {
        Self::Courier
    }
}

/// Where the goods go and how: what the delivery's price depends on. A place that is not known yet is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination<'a> {
    pub province: &'a str,
    pub city: &'a str,
    pub method: DeliveryMethod,
}

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

/// Whom an order is for, and where its parcel goes; goods that are fetched go nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub name: PersonName,
    pub phone: Phone,
    #[serde(flatten)]
    pub place: Option<Place>,
}

/// Where a parcel goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub line_1: AddressLine,
    #[serde(default)]
    pub line_2: Option<AddressLine>,
    pub city: AddressLine,
    pub province: AddressLine,
    pub postal_code: PostalCode,
}

impl AddressForm {
    /// Reads the address; `prefix` stands before the field names in what is wrong.
    pub fn read(&self, prefix: &str, fields: &mut Fields) -> Option<Address> {
        let contact = self.read_contact(prefix, fields);
        let place = self.read_place(prefix, fields);
        Some(Address { place: Some(place?), ..contact? })
    }

    /// Reads whom the order is for, without a place to send it to.
    pub fn read_contact(&self, prefix: &str, fields: &mut Fields) -> Option<Address> {
        let at = |field: &str| format!("{prefix}{field}");
        let name = fields.take(&at("name"), PersonName::parse(&self.name));
        let phone = fields.take(&at("phone"), Phone::parse(&self.phone));
        Some(Address { name: name?, phone: phone?, place: None })
    }

    /// The address, or all that is wrong with it.
    pub fn parse(&self) -> Result<Address, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        self.read("", &mut fields).ok_or_else(|| fields.into_problems())
    }

    /// Whether no place is told.
    pub fn is_placeless(&self) -> bool {
        let Self { name: _, phone: _, line_1, line_2, city, province, postal_code } = self;
        [line_1, line_2, city, province, postal_code].into_iter().all(|text| text::is_empty(text))
    }

    fn read_place(&self, prefix: &str, fields: &mut Fields) -> Option<Place> {
        let at = |field: &str| format!("{prefix}{field}");
        let line_1 = fields.take(&at("line_1"), AddressLine::parse(&self.line_1));
        let line_2 = fields.take(&at("line_2"), AddressLine::optional(&self.line_2));
        let city = fields.take(&at("city"), AddressLine::parse(&self.city));
        let province = fields.take(&at("province"), AddressLine::parse(&self.province));
        let is_in_indonesia = province.as_ref().is_some_and(|province| indonesia::has(province.as_str()));
        let postal_code = PostalCode::parse(&self.postal_code);
        let postal_code = if is_in_indonesia { postal_code.and_then(|code| code.of_indonesia()) } else { postal_code };
        let postal_code = fields.take(&at("postal_code"), postal_code);
        Some(Place { line_1: line_1?, line_2: line_2?, city: city?, province: province?, postal_code: postal_code? })
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, AddressForm};
    use crate::message::Message;
    use crate::problem::{FieldProblem, Fields};

    #[test]
    fn an_address_says_all_that_is_wrong_at_once() {
        let form = AddressForm { name: "Siti".to_owned(), phone: "12".to_owned(), ..AddressForm::default() };
        let problems = form.parse().unwrap_err();
        assert!(problems.contains(&FieldProblem::new("phone", Message::NotAPhone)));
        assert!(problems.contains(&FieldProblem::new("city", Message::Required)));
        assert!(!problems.iter().any(|problem| problem.field == "name" || problem.field == "line_2"));
    }

    #[test]
    fn a_postal_code_of_indonesia_has_five_digits() {
        let read = |province: &str, code: &str| {
            let form =
                AddressForm { province: province.to_owned(), postal_code: code.to_owned(), ..AddressForm::default() };
            let problems = form.parse().unwrap_err();
            problems.into_iter().find(|problem| problem.field == "postal_code").map(|problem| problem.message)
        };
        for province in ["Jawa Barat", "Prov. Jabar", "West Java", "DKI Jakarta"] {
            for bad in ["---", "abc", "401", "SW1A 1AA"] {
                assert_eq!(read(province, bad), Some(Message::NotAPostalCode), "{province} {bad}");
            }
            assert_eq!(read(province, "４０１１５"), None);
        }
        assert_eq!((read("Selangor", "SW1A 1AA"), read("Selangor", "abc")), (None, Some(Message::NotAPostalCode)));
    }

    #[test]
    fn goods_that_are_fetched_need_no_place() {
        let form = AddressForm { name: "Siti".to_owned(), phone: "081200000001".to_owned(), ..AddressForm::default() };
        assert!(form.is_placeless());
        let mut fields = Fields::default();
        let contact = form.read_contact("", &mut fields).unwrap();
        assert_eq!((contact.place.is_none(), fields.into_problems()), (true, Vec::new()));
    }

    #[test]
    fn an_address_is_flat_on_the_wire_with_its_place_and_without() {
        let form = |city: &str| AddressForm {
            name: "Siti".to_owned(),
            phone: "081200000001".to_owned(),
            line_1: "Jl. Melati 5".to_owned(),
            line_2: String::new(),
            city: city.to_owned(),
            province: "Jawa Barat".to_owned(),
            postal_code: "40115".to_owned(),
        };
        let whole = form("Depok").parse().unwrap();
        let wire = serde_json::to_value(&whole).unwrap();
        assert_eq!(wire["city"], "Depok");
        assert_eq!(serde_json::from_value::<Address>(wire).unwrap(), whole);
        let contact = Address { place: None, ..whole };
        let wire = serde_json::to_value(&contact).unwrap();
        assert_eq!(wire.as_object().unwrap().len(), 2);
        assert_eq!(serde_json::from_value::<Address>(wire).unwrap(), contact);
    }
}
