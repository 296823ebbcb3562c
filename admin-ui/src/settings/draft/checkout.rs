//! How long buyers may take and how they pay, as text.

use std::ops::RangeInclusive;

use domain::message::Message;
use domain::payments::{BankAccount, Carriage, GatewayName, PaymentMethod};
use domain::problem::Fields;
use domain::settings::Settings;

/// The fields of the page of the checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::settings) struct CheckoutDraft {
    /// Minutes.
    pub(in crate::settings) hold: String,
    pub(in crate::settings) most_hold: String,
    /// Hours.
    pub(in crate::settings) unpaid: String,
    pub(in crate::settings) one_unpaid: bool,
    pub(in crate::settings) methods: Vec<PaymentMethod>,
    /// Which gateway carries which of them.
    pub(in crate::settings) carried: Vec<Carriage>,
    /// The shop's own accounts.
    pub(in crate::settings) accounts: Vec<BankAccount>,
    pub(in crate::settings) unique_digits: bool,
}

impl CheckoutDraft {
    pub(super) fn of(settings: &Settings) -> Self {
        Self {
            hold: settings.hold_minutes.to_string(),
            most_hold: settings.most_hold_minutes.to_string(),
            unpaid: settings.unpaid_hours.to_string(),
            one_unpaid: settings.one_unpaid_order,
            methods: settings.payment_methods.clone(),
            carried: settings.payment_gateways.clone(),
            accounts: settings.transfer.accounts.clone(),
            unique_digits: settings.transfer.unique_digits,
        }
    }

    /// Puts what stands here into the settings; their own check compares the numbers with each other.
    pub(super) fn read_into(&self, settings: &mut Settings, fields: &mut Fields) {
        let mut take = |field: &str, typed: &str, bounds: RangeInclusive<u32>, stored: u32| {
            fields.take(field, whole(typed, &bounds)).unwrap_or(stored)
        };
        settings.hold_minutes = take("hold_minutes", &self.hold, Settings::HOLD_MINUTES, settings.hold_minutes);
        settings.most_hold_minutes =
            take("most_hold_minutes", &self.most_hold, Settings::MOST_HOLD_MINUTES, settings.most_hold_minutes);
        settings.unpaid_hours = take("unpaid_hours", &self.unpaid, Settings::UNPAID_HOURS, settings.unpaid_hours);
        settings.one_unpaid_order = self.one_unpaid;
        settings.payment_methods.clone_from(&self.methods);
        settings.payment_gateways.clone_from(&self.carried);
        settings.transfer.accounts.clone_from(&self.accounts);
        settings.transfer.unique_digits = self.unique_digits;
    }

    /// Offers a way to pay, or offers it no more; those that are offered stay in the order that buyers know.
    pub(in crate::settings) fn turn(&mut self, method: PaymentMethod) {
        let is_offered = |other: &PaymentMethod| self.methods.contains(other) != (*other == method);
        self.methods = PaymentMethod::ALL.iter().copied().filter(is_offered).collect();
        if self.methods.contains(&method)
            && self.carrier(method).is_none()
            && let Some(gateway) = method.carriers().next()
        {
            self.carry(method, gateway);
        }
    }

    /// The gateway that carries a method.
    pub(in crate::settings) fn carrier(&self, method: PaymentMethod) -> Option<GatewayName> {
        Carriage::of(&self.carried, method)
    }

    /// Lets a gateway carry a method.
    pub(in crate::settings) fn carry(&mut self, method: PaymentMethod, gateway: GatewayName) {
        self.carried.retain(|other| other.method != method);
        self.carried.push(Carriage { method, gateway });
        self.carried.sort_by_key(|carriage| carriage.method);
    }
}

pub(super) fn whole(typed: &str, bounds: &RangeInclusive<u32>) -> Result<u32, Message> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Message::Required);
    }
    let number = typed.parse().ok().filter(|_| typed.bytes().all(|byte| byte.is_ascii_digit()));
    let (least, most) = (*bounds.start(), *bounds.end());
    number.filter(|number| bounds.contains(number)).ok_or(Message::NotWithin { least, most })
}

#[cfg(test)]
mod tests {
    use domain::locale::Locale;
    use domain::money::Currency;
    use domain::payments::{GatewayName, PaymentMethod};
    use domain::settings::Settings;
    use domain::text::ShopName;

    use super::{CheckoutDraft, whole};

    #[test]
    fn only_whole_numbers_within_the_bounds_are_read() {
        assert_eq!(whole(" 90 ", &(1..=120)), Ok(90));
        for typed in ["0", "121", "1,5", "+5", "-1", "sepuluh", "", "99999999999"] {
            assert!(whole(typed, &(1..=120)).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_way_to_pay_is_turned_on_and_off_and_the_order_stays() {
        let settings = Settings::new(ShopName::parse("Toko").unwrap(), Currency::Rupiah, Locale::Indonesian);
        let mut draft = CheckoutDraft::of(&settings);
        draft.turn(PaymentMethod::Demo);
        assert_eq!(draft.methods, [PaymentMethod::Demo, PaymentMethod::CashOnDelivery]);
        draft.turn(PaymentMethod::CashOnDelivery);
        draft.turn(PaymentMethod::Demo);
        assert_eq!(draft.methods, []);
        assert_eq!(draft.carried, [], "each has one gateway at most");
    }

    #[test]
    fn a_method_that_is_offered_is_carried_by_somebody() {
        let settings = Settings::new(ShopName::parse("Toko").unwrap(), Currency::Rupiah, Locale::Indonesian);
        let mut draft = CheckoutDraft::of(&settings);
        draft.turn(PaymentMethod::Qris);
        assert_eq!(draft.carrier(PaymentMethod::Qris), Some(GatewayName::Midtrans));
        draft.carry(PaymentMethod::Qris, GatewayName::Xendit);
        draft.turn(PaymentMethod::Qris);
        draft.turn(PaymentMethod::Qris);
        assert_eq!(draft.carrier(PaymentMethod::Qris), Some(GatewayName::Xendit), "what was chosen is kept");
        let mut read = settings.clone();
        draft.read_into(&mut read, &mut domain::problem::Fields::default());
        read.check().unwrap();
    }
}
