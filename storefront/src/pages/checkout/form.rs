//! What a buyer typed at the checkout, kept until it is right.

use domain::checkout::PlaceOrder;
use domain::customers::Customer;
use domain::locale::Locale;
use domain::payments::PaymentMethod;
use domain::shipping::{AddressForm, DeliveryMethod, Destination};

use crate::session::Posted;

/// The fields of the checkout's form, exactly as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) email: String,
    pub(crate) address: AddressForm,
    pub(crate) payment_method: String,
    /// Empty where the shop offers no choice.
    pub(crate) delivery_method: String,
    pub(crate) voucher_code: String,
}

impl Typed {
    /// A form with what is known of the customer, and with the only payment method chosen when there is just one.
    pub(crate) fn fresh(methods: &[PaymentMethod], customer: Option<&Customer>) -> Self {
        let payment_method = methods.first().map_or(String::new(), |method| method.as_str().to_owned());
        let (email, address) =
            customer.map_or_else(Default::default, |known| (known.email.clone(), known.address.clone()));
        Self { email, address, payment_method, ..Self::default() }
    }

    /// What a form sent.
    pub(crate) fn posted(posted: &Posted) -> Self {
        let text = |name: &str| posted.text(name).to_owned();
        Self {
            email: text("email"),
            address: AddressForm {
                name: text("name"),
                phone: text("phone"),
                line_1: text("line_1"),
                line_2: text("line_2"),
                city: text("city"),
                province: text("province"),
                postal_code: text("postal_code"),
            },
            payment_method: text("payment_method"),
            delivery_method: text("delivery_method"),
            voucher_code: text("voucher_code"),
        }
    }

    /// Where the goods go, as far as it was typed.
    pub(crate) fn destination(&self) -> Destination<'_> {
        Destination {
            province: self.address.province.trim(),
            city: self.address.city.trim(),
            method: self.delivery_method.parse().unwrap_or(DeliveryMethod::Courier),
        }
    }

    /// The order that the form asks for.
    pub(crate) fn order(&self, locale: Locale) -> PlaceOrder {
        PlaceOrder {
            email: self.email.clone(),
            shipping_address: self.address.clone(),
            payment_method: self.payment_method.clone(),
            delivery_method: self.delivery_method.clone(),
            voucher_code: self.voucher_code.clone(),
            expected_total: None,
            locale,
        }
    }
}
