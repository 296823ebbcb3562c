//! What the owner decides about the shop.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::locale::{Locale, Translated};
use crate::mail::{MailAccount, MailKind};
use crate::message::Message;
use crate::money::{Currency, Money};
use crate::payments::{Carriage, GatewayName, PaymentMethod, TransferRules};
use crate::pricing::TaxRules;
use crate::problem::FieldProblem;
use crate::shipping::DeliveryRates;
use crate::text::{self, EmailAddress, Phone, ShopName};

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
    /// Letters are kept as files until the owner names an account.
    #[serde(default)]
    pub mail: MailAccount,
    /// News that the owner wants no letters about.
    #[serde(default)]
    pub letters_off: Vec<MailKind>,
    /// Which gateway carries a method that several could carry.
    #[serde(default)]
    pub payment_gateways: Vec<Carriage>,
    /// The shop's own accounts.
    #[serde(default)]
    pub transfer: TransferRules,
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
    /// The number at which buyers may write by WhatsApp.
    #[serde(default)]
    pub whatsapp: String,
}

impl Settings {
    /// How short and how long a checkout may hold its units.
    pub const HOLD_MINUTES: RangeInclusive<u32> = 1..=120;
    /// The same for one that is opened again and again; never shorter than one hold.
    pub const MOST_HOLD_MINUTES: RangeInclusive<u32> = 1..=1_440;
    /// How soon and how late an unpaid order ends: two weeks at most.
    pub const UNPAID_HOURS: RangeInclusive<u32> = 1..=336;
    /// Every clock that people live by.
    pub const UTC_OFFSETS: RangeInclusive<i32> = -12 * 60..=14 * 60;
    /// The most characters of what the shop says of itself.
    pub const MOST_TAGLINE: usize = 160;
    pub const MOST_ABOUT: usize = 5_000;
    pub const MOST_ADDRESS: usize = 500;

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
            mail: MailAccount::default(),
            letters_off: Vec::new(),
            payment_gateways: Vec::new(),
            transfer: TransferRules::default(),
        }
    }

    /// Refuses what the shop could not work with.
    pub fn check(&self) -> Result<(), Vec<FieldProblem>> {
        let mut problems = self.delivery.check().err().unwrap_or_default();
        problems.extend(self.tax.check().err().unwrap_or_default());
        if let Err(message) = ShopName::parse(&self.name) {
            problems.push(FieldProblem::new("name", message));
        }
        self.check_words(&mut problems);
        self.check_checkout(&mut problems);
        self.mail.check(&mut problems);
        if let Some(message) = self.wrong_letters_off() {
            problems.push(FieldProblem::new("letters_off", message));
        }
        self.transfer.check(&mut problems);
        if !Self::UTC_OFFSETS.contains(&self.utc_offset_minutes) {
            problems.push(FieldProblem::new("utc_offset_minutes", Message::NotAChoice));
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// The settings as they are kept, or all that is wrong with what was typed.
    pub fn read(mut self) -> Result<Self, Vec<FieldProblem>> {
        self.check()?;
        let lines = |text: &mut String| text::lines_up_to(text, Self::MOST_ABOUT).map(|read| *text = read);
        let tidied = (|| {
            self.name = ShopName::parse(&self.name)?.into();
            self.contact.email = EmailAddress::optional(&self.contact.email)?.map(String::from).unwrap_or_default();
            self.contact.phone = Phone::optional(&self.contact.phone)?.map(String::from).unwrap_or_default();
            self.contact.whatsapp = Phone::optional(&self.contact.whatsapp)?.map(String::from).unwrap_or_default();
            self.mail.tidy()?;
            self.transfer.tidy()?;
            let pickup = &mut self.delivery.pickup.address;
            let own = [&mut self.tagline.id, &mut self.tagline.en, &mut self.about.id, &mut self.about.en];
            let more = [&mut self.contact.address, &mut pickup.id, &mut pickup.en];
            own.into_iter().chain(more).try_for_each(lines)?;
            for zone in &mut self.delivery.zones {
                let places = zone.cities.iter_mut().chain(&mut zone.provinces);
                places.chain([&mut zone.name]).try_for_each(lines)?;
            }
            for class in &mut self.tax.classes {
                let rates = class.rates.iter_mut().map(|rate| &mut rate.name);
                rates.chain([&mut class.name]).try_for_each(lines)?;
            }
            Ok(())
        })();
        match tidied {
            Ok(()) => Ok(self),
            Err(message) => Err(vec![FieldProblem::new("name", message)]),
        }
    }

    /// What the shop says of itself. Everything but its name may stay empty.
    fn check_words(&self, problems: &mut Vec<FieldProblem>) {
        for (field, text, most) in [
            ("tagline.id", &self.tagline.id, Self::MOST_TAGLINE),
            ("tagline.en", &self.tagline.en, Self::MOST_TAGLINE),
            ("about.id", &self.about.id, Self::MOST_ABOUT),
            ("about.en", &self.about.en, Self::MOST_ABOUT),
            ("contact.address", &self.contact.address, Self::MOST_ADDRESS),
        ] {
            if let Err(message) = text::lines_up_to(text, most) {
                problems.push(FieldProblem::new(field, message));
            }
        }
        let (email, phone) = (&self.contact.email, &self.contact.phone);
        if let Some(message) = EmailAddress::optional(email).err() {
            problems.push(FieldProblem::new("contact.email", message));
        }
        if let Some(message) = Phone::optional(phone).err() {
            problems.push(FieldProblem::new("contact.phone", message));
        }
        let whatsapp = &self.contact.whatsapp;
        match Phone::optional(whatsapp) {
            Ok(Some(_)) if text::whatsapp_link(whatsapp, "").is_none() => {
                problems.push(FieldProblem::new("contact.whatsapp", Message::NotAPhone));
            }
            Ok(_) => {}
            Err(message) => problems.push(FieldProblem::new("contact.whatsapp", message)),
        }
    }

    /// How long buyers may take, and how they pay.
    fn check_checkout(&self, problems: &mut Vec<FieldProblem>) {
        let longest_hold = self.hold_minutes.clamp(*Self::HOLD_MINUTES.start(), *Self::HOLD_MINUTES.end())
            ..=*Self::MOST_HOLD_MINUTES.end();
        for (field, number, bounds) in [
            ("hold_minutes", self.hold_minutes, Self::HOLD_MINUTES),
            ("most_hold_minutes", self.most_hold_minutes, longest_hold),
            ("unpaid_hours", self.unpaid_hours, Self::UNPAID_HOURS),
        ] {
            if !bounds.contains(&number) {
                let (least, most) = bounds.into_inner();
                problems.push(FieldProblem::new(field, Message::NotWithin { least, most }));
            }
        }
        let methods = &self.payment_methods;
        if methods.is_empty() {
            problems.push(FieldProblem::new("payment_methods", Message::NoneChosen));
        } else if methods.iter().enumerate().any(|(place, method)| methods[..place].contains(method)) {
            problems.push(FieldProblem::new("payment_methods", Message::AlreadyTaken));
        }
        let carried = &self.payment_gateways;
        if carried.iter().any(|choice| !choice.gateway.can_carry(choice.method)) {
            problems.push(FieldProblem::new("payment_gateways", Message::NotAChoice));
        } else if carried
            .iter()
            .enumerate()
            .any(|(at, choice)| carried[..at].iter().any(|it| it.method == choice.method))
        {
            problems.push(FieldProblem::new("payment_gateways", Message::AlreadyTaken));
        } else if methods.iter().any(|method| method.needs_gateway() && self.carrier(*method).is_none()) {
            problems.push(FieldProblem::new("payment_gateways", Message::NoneChosen));
        }
        if methods.contains(&PaymentMethod::BankTransfer) && self.transfer.accounts.is_empty() {
            problems.push(FieldProblem::new("transfer.accounts", Message::NoBankAccount));
        }
    }

    /// Whether such a letter is written at all: only the owner's own news can be turned off.
    pub fn wants_letter(&self, kind: MailKind) -> bool {
        !self.letters_off.contains(&kind)
    }

    fn wrong_letters_off(&self) -> Option<Message> {
        let off = &self.letters_off;
        if off.iter().any(|kind| !kind.is_for_owner()) {
            Some(Message::NotAChoice)
        } else if off.iter().enumerate().any(|(place, kind)| off[..place].contains(kind)) {
            Some(Message::AlreadyTaken)
        } else {
            None
        }
    }

    /// The gateway that carries a method, by the owner's choice.
    pub fn carrier(&self, method: PaymentMethod) -> Option<GatewayName> {
        Carriage::of(&self.payment_gateways, method)
    }
}

const fn most_hold_minutes() -> u32 {
    60
}

#[cfg(test)]
mod tests {
    use super::Settings;
    use crate::locale::Locale;
    use crate::mail::MailKind;
    use crate::message::Message;
    use crate::money::{Currency, Money};
    use crate::pricing::TaxRules;
    use crate::problem::FieldProblem;
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
    fn what_the_owner_typed_is_kept_without_what_nobody_sees() {
        let mut settings = new(Currency::Rupiah);
        settings.name = "\u{200b}Serat\u{a0} Pagi ".to_owned();
        settings.contact.phone = "(+62)\u{a0}812 3456 7890".to_owned();
        settings.contact.email = "\u{feff}".to_owned();
        settings.about.id = " a\u{ad}b\r\n".to_owned();
        settings.delivery.zones[0].cities = vec!["De\u{200b}pok ".to_owned()];
        let kept = settings.read().unwrap();
        assert_eq!((kept.name.as_str(), kept.about.id.as_str()), ("Serat Pagi", "ab"));
        assert_eq!((kept.contact.phone.as_str(), kept.contact.email.as_str()), ("+62 812 3456 7890", ""));
        assert_eq!(kept.delivery.zones[0].cities, ["Depok"]);

        for unusable in ["\u{2060}", "\u{202e}igaP"] {
            let named = Settings { name: unusable.to_owned(), ..new(Currency::Rupiah) };
            assert_eq!(named.read().unwrap_err().len(), 1, "{unusable:?}");
        }
    }

    #[test]
    fn only_the_owners_own_news_are_turned_off_and_each_once() {
        let mut settings = new(Currency::Rupiah);
        settings.letters_off = vec![MailKind::LowStock, MailKind::DailySummary];
        settings.check().unwrap();
        assert!(settings.wants_letter(MailKind::NewOrder) && !settings.wants_letter(MailKind::LowStock));
        for (off, message) in [
            (vec![MailKind::OrderPlaced], Message::NotAChoice),
            (vec![MailKind::LowStock, MailKind::LowStock], Message::AlreadyTaken),
        ] {
            settings.letters_off = off;
            assert_eq!(settings.check(), Err(vec![FieldProblem::new("letters_off", message)]));
        }
    }

    #[test]
    fn the_longest_hold_is_no_shorter_than_one_and_its_bounds_follow_it() {
        let mut settings = new(Currency::Rupiah);
        (settings.hold_minutes, settings.most_hold_minutes) = (90, 60);
        let problem = FieldProblem::new("most_hold_minutes", Message::NotWithin { least: 90, most: 1_440 });
        assert_eq!(settings.check(), Err(vec![problem]));
        settings.most_hold_minutes = 90;
        settings.check().unwrap();

        // One wrong number is not told as two.
        settings.hold_minutes = 500;
        let problem = FieldProblem::new("hold_minutes", Message::NotWithin { least: 1, most: 120 });
        settings.most_hold_minutes = 500;
        assert_eq!(settings.check(), Err(vec![problem]));
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
