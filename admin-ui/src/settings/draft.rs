//! The settings as text, exactly as typed, and back: no digit is lost on the way.
//!
//! What is wrong is named by the same paths as in `domain::settings::Settings::check`.

use domain::locale::Locale;
use domain::message::Message;
use domain::money::{BasisPoints, Currency, Money};
use domain::pricing::{TaxClass, TaxClassKey, TaxRate, TaxRules};
use domain::problem::{FieldProblem, Fields};
use domain::settings::Settings;
use domain::shipping::{DeliveryRates, Tariff, WeightStep, Zone};

mod checkout;
mod mail;
mod shop;

pub(super) use checkout::CheckoutDraft;
pub(super) use mail::MailDraft;
pub(super) use shop::ShopDraft;

/// Everything that stands in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) shop: ShopDraft,
    pub(super) checkout: CheckoutDraft,
    pub(super) mail: MailDraft,
    pub(super) zones: Vec<ZoneDraft>,
    pub(super) elsewhere: TariffDraft,
    pub(super) free_from: String,
    pub(super) is_pickup: bool,
    pub(super) pickup_id: String,
    pub(super) pickup_en: String,
    pub(super) prices_include_tax: bool,
    pub(super) classes: Vec<ClassDraft>,
    /// The key of a class, or nothing.
    pub(super) delivery_class: String,
}

/// A zone, with places as lists between commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ZoneDraft {
    pub(super) name: String,
    pub(super) provinces: String,
    pub(super) cities: String,
    pub(super) tariff: TariffDraft,
}

/// A tariff: kilograms and prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TariffDraft {
    pub(super) steps: Vec<(String, String)>,
    pub(super) extra: String,
}

/// A tax class: its key stays as it is, for the products that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ClassDraft {
    pub(super) key: String,
    pub(super) name: String,
    /// Names and percentages.
    pub(super) rates: Vec<(String, String)>,
}

impl Draft {
    /// The stored settings as somebody would type them.
    pub(super) fn of(settings: &Settings, locale: Locale) -> Self {
        let currency = settings.currency;
        let tariff = |tariff: &Tariff| TariffDraft::of(tariff, currency, locale);
        let zone = |zone: &Zone| ZoneDraft {
            name: zone.name.clone(),
            provinces: zone.provinces.join(", "),
            cities: zone.cities.join(", "),
            tariff: tariff(&zone.tariff),
        };
        let rate = |rate: &TaxRate| (rate.name.clone(), rate.rate.digits(locale));
        let class = |class: &TaxClass| ClassDraft {
            key: class.key.as_str().to_owned(),
            name: class.name.clone(),
            rates: class.rates.iter().map(rate).collect(),
        };
        let (delivery, tax) = (&settings.delivery, &settings.tax);
        Self {
            shop: ShopDraft::of(settings),
            checkout: CheckoutDraft::of(settings),
            mail: MailDraft::of(settings),
            zones: delivery.zones.iter().map(zone).collect(),
            elsewhere: tariff(&delivery.elsewhere),
            free_from: delivery.free_from.map(|from| from.digits(currency)).unwrap_or_default(),
            is_pickup: delivery.pickup.enabled,
            pickup_id: delivery.pickup.address.id.clone(),
            pickup_en: delivery.pickup.address.en.clone(),
            prices_include_tax: tax.prices_include_tax,
            classes: tax.classes.iter().map(class).collect(),
            delivery_class: tax.delivery_class.as_ref().map(|key| key.as_str().to_owned()).unwrap_or_default(),
        }
    }

    /// The settings with what stands in the form, or what cannot be read.
    pub(super) fn read(&self, stored: &Settings) -> Result<Settings, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        let delivery = self.read_delivery(stored.currency, &mut fields);
        let tax = self.read_taxes(&mut fields);
        let mut settings = stored.clone();
        self.shop.read_into(&mut settings, &mut fields);
        self.checkout.read_into(&mut settings, &mut fields);
        self.mail.read_into(&mut settings, &mut fields);
        if let Some(mut delivery) = delivery {
            delivery.pickup.enabled = self.is_pickup;
            delivery.pickup.address.id.clone_from(&self.pickup_id);
            delivery.pickup.address.en.clone_from(&self.pickup_en);
            settings.delivery = delivery;
        }
        if let Some(tax) = tax {
            settings.tax = tax;
        }
        let problems = fields.into_problems();
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }

    /// The delivery prices alone, for trying them out.
    pub(super) fn read_delivery(&self, currency: Currency, fields: &mut Fields) -> Option<DeliveryRates> {
        let zones: Vec<Option<Zone>> = self
            .zones
            .iter()
            .enumerate()
            .map(|(place, zone)| {
                let tariff = zone.tariff.read(currency, &format!("delivery.zones.{place}.tariff"), fields)?;
                let name = zone.name.trim().to_owned();
                Some(Zone { name, provinces: listed(&zone.provinces), cities: listed(&zone.cities), tariff })
            })
            .collect();
        let elsewhere = self.elsewhere.read(currency, "delivery.elsewhere", fields);
        let free_from = match self.free_from.trim() {
            "" => Some(None),
            typed => fields.take("delivery.free_from", Money::read(typed, currency)).map(Some),
        };
        let zones = zones.into_iter().collect::<Option<Vec<Zone>>>();
        let mut rates = DeliveryRates::flat(Money::ZERO);
        rates.zones = zones?;
        rates.elsewhere = elsewhere?;
        rates.free_from = free_from?;
        Some(rates)
    }

    /// The taxes alone, for the example.
    pub(super) fn read_taxes(&self, fields: &mut Fields) -> Option<TaxRules> {
        let mut classes = Vec::new();
        for (place, class) in self.classes.iter().enumerate() {
            let at = format!("tax.classes.{place}");
            let key = fields.take(&format!("{at}.key"), TaxClassKey::parse(&class.key));
            let mut rates = Vec::new();
            for (line, (name, rate)) in class.rates.iter().enumerate() {
                let read = fields.take(&format!("{at}.rates.{line}.rate"), BasisPoints::read(rate));
                rates.push(read.map(|rate| TaxRate { name: name.trim().to_owned(), rate }));
            }
            let rates = rates.into_iter().collect::<Option<Vec<_>>>();
            let name = class.name.trim().to_owned();
            classes.push(key.zip(rates).map(|(key, rates)| TaxClass { key, name, rates }));
        }
        let delivery_class = match self.delivery_class.as_str() {
            "" => Some(None),
            key => fields.take("tax.delivery_class", TaxClassKey::parse(key)).map(Some),
        };
        Some(TaxRules {
            prices_include_tax: self.prices_include_tax,
            classes: classes.into_iter().collect::<Option<Vec<_>>>()?,
            delivery_class: delivery_class?,
        })
    }

    /// A key that no class has yet.
    pub(super) fn free_key(&self) -> String {
        let names = std::iter::once("standard".to_owned()).chain((2_u32..).map(|number| format!("class-{number}")));
        let is_free = |key: &String| !self.classes.iter().any(|class| class.key == *key);
        names.into_iter().find(is_free).unwrap_or_default()
    }
}

impl TariffDraft {
    /// A price for every weight, still to be typed.
    pub(super) fn blank() -> Self {
        Self { steps: vec![("1".to_owned(), String::new())], extra: "0".to_owned() }
    }

    fn of(tariff: &Tariff, currency: Currency, locale: Locale) -> Self {
        let step = |step: &WeightStep| (kilograms(step.up_to_grams, locale), step.price.digits(currency));
        Self { steps: tariff.steps.iter().map(step).collect(), extra: tariff.per_extra_kilogram.digits(currency) }
    }

    fn read(&self, currency: Currency, at: &str, fields: &mut Fields) -> Option<Tariff> {
        let steps: Vec<Option<WeightStep>> = self
            .steps
            .iter()
            .enumerate()
            .map(|(line, (weight, price))| {
                let at = format!("{at}.steps.{line}");
                let up_to_grams = fields.take(&format!("{at}.up_to_grams"), grams(weight));
                let price = fields.take(&format!("{at}.price"), Money::read(price, currency));
                Some(WeightStep { up_to_grams: up_to_grams?, price: price? })
            })
            .collect();
        let extra = fields.take(&format!("{at}.per_extra_kilogram"), Money::read(&self.extra, currency));
        Some(Tariff { steps: steps.into_iter().collect::<Option<_>>()?, per_extra_kilogram: extra? })
    }
}

/// Kilograms with at most three decimals, whichever mark stands before them, in grams.
pub(super) fn grams(typed: &str) -> Result<u32, Message> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Message::Required);
    }
    let (whole, part) = typed.split_once([',', '.']).unwrap_or((typed, ""));
    let digits = format!("{whole}{part:0<3}");
    let is_number = !whole.is_empty() && part.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|grams| is_number && *grams > 0).ok_or(Message::NotAWeight)
}

fn kilograms(grams: u32, locale: Locale) -> String {
    let mark = match locale {
        Locale::Indonesian => ',',
        Locale::English => '.',
    };
    match (grams / 1_000, grams % 1_000) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole}{mark}{}", format!("{part:03}").trim_end_matches('0')),
    }
}

fn listed(typed: &str) -> Vec<String> {
    typed.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use domain::locale::Locale;
    use domain::message::Message;
    use domain::money::Currency;
    use domain::pricing::TaxRules;
    use domain::problem::FieldProblem;
    use domain::settings::Settings;
    use domain::text::ShopName;

    use super::{Draft, grams};

    fn settings(currency: Currency) -> Settings {
        let mut settings = Settings::new(ShopName::parse("Serat Pagi").unwrap(), currency, Locale::Indonesian);
        settings.tax = TaxRules::ppn();
        settings
    }

    #[test]
    fn what_is_stored_is_read_back_from_the_form() {
        for currency in Currency::ALL {
            for locale in Locale::ALL {
                let stored = settings(*currency);
                assert_eq!(Draft::of(&stored, *locale).read(&stored), Ok(stored));
            }
        }
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let stored = settings(Currency::Rupiah);
        let mut draft = Draft::of(&stored, Locale::Indonesian);
        draft.zones[0].tariff.steps[1].1 = "16.00".to_owned();
        draft.elsewhere.steps[0].0 = "satu".to_owned();
        draft.classes[0].rates[0].1 = "110".to_owned();
        draft.shop.utc_offset = "pagi".to_owned();
        draft.checkout.hold = "10 menit".to_owned();
        draft.checkout.unpaid = String::new();
        assert_eq!(
            draft.read(&stored).unwrap_err(),
            [
                FieldProblem::new("delivery.zones.0.tariff.steps.1.price", Message::NotAnAmount),
                FieldProblem::new("delivery.elsewhere.steps.0.up_to_grams", Message::NotAWeight),
                FieldProblem::new("tax.classes.0.rates.0.rate", Message::NotAPercentage),
                FieldProblem::new("utc_offset_minutes", Message::NotAChoice),
                FieldProblem::new("hold_minutes", Message::NotWithin { least: 1, most: 120 }),
                FieldProblem::new("unpaid_hours", Message::Required),
            ]
        );
    }

    #[test]
    fn weights_are_read_in_kilograms() {
        for (typed, expected) in [("1", 1_000), ("0,5", 500), ("2.25", 2_250), (" 10 ", 10_000)] {
            assert_eq!(grams(typed), Ok(expected), "{typed}");
        }
        for typed in ["0", "1,2345", "-1", "1 kg", ",5", "99999999999"] {
            assert_eq!(grams(typed), Err(Message::NotAWeight), "{typed}");
        }
    }

    #[test]
    fn a_new_class_gets_a_key_of_its_own() {
        let mut draft = Draft::of(&settings(Currency::Rupiah), Locale::Indonesian);
        assert_eq!(draft.free_key(), "class-2");
        draft.classes.clear();
        assert_eq!(draft.free_key(), "standard");
    }
}
