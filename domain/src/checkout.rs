//! Checkout: from a cart to an order. The server works out every price.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::carts::Cart;
use crate::locale::Locale;
use crate::message::Message;
use crate::money::Money;
use crate::orders::{OrderStatus, Totals};
use crate::payments::PaymentMethod;
use crate::problem::{FieldProblem, Fields};
use crate::shipping::{Address, AddressForm, DeliveryMethod};
use crate::text::{EmailAddress, VoucherCode};

/// A checkout whose units are held for the buyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    pub cart: Cart,
    /// Until when the units are held.
    pub held_until: DateTime<Utc>,
    /// The same in seconds from now, by the shop's clock.
    pub seconds_left: u32,
    pub payment_methods: Vec<PaymentMethod>,
    /// The idempotency key that every tab of this checkout sends.
    pub key: String,
}

/// What a buyer sends to place an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceOrder {
    #[serde(default)]
    pub email: String,
    /// For goods that are fetched, a name and a phone number are enough.
    #[serde(default)]
    pub shipping_address: AddressForm,
    #[serde(default)]
    pub payment_method: String,
    /// How the goods reach the buyer; nothing is by courier.
    #[serde(default)]
    pub delivery_method: String,
    /// The voucher to use, in any case; an empty text is none.
    #[serde(default)]
    pub voucher_code: String,
    /// The total that the buyer saw. Another one is refused, so that nobody pays a price that was not shown.
    #[serde(default)]
    pub expected_total: Option<Money>,
    /// The language of the order's page and messages.
    #[serde(default = "indonesian")]
    pub locale: Locale,
}

/// [`PlaceOrder`], read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadyOrder {
    pub email: EmailAddress,
    pub address: Address,
    pub payment_method: PaymentMethod,
    pub delivery_method: DeliveryMethod,
    pub voucher_code: Option<VoucherCode>,
    pub locale: Locale,
}

impl PlaceOrder {
    /// Reads what was sent, or says all that is wrong with it.
    pub fn read(&self) -> Result<ReadyOrder, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        let email = fields.take("email", EmailAddress::parse(&self.email));
        let delivery = fields.take("delivery_method", read_delivery_method(&self.delivery_method));
        let address = match delivery {
            // What is fetched goes nowhere, whatever else the form still held.
            Some(DeliveryMethod::Pickup) => self.shipping_address.read_contact("shipping_address.", &mut fields),
            Some(DeliveryMethod::Courier) | None => self.shipping_address.read("shipping_address.", &mut fields),
        };
        let method = fields.take("payment_method", self.payment_method.parse().map_err(|_| Message::NotAChoice));
        let voucher = fields.take("voucher_code", read_voucher(&self.voucher_code));
        match (email, address, method, delivery, voucher) {
            (Some(email), Some(address), Some(payment_method), Some(delivery_method), Some(voucher_code)) => {
                Ok(ReadyOrder { email, address, payment_method, delivery_method, voucher_code, locale: self.locale })
            }
            _ => Err(fields.into_problems()),
        }
    }
}

/// The answer to a placed order; the same for the same idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedOrder {
    pub number: String,
    pub status: OrderStatus,
    pub totals: Totals,
    /// Opens the order's page: `/orders/{number}?token={access_token}`.
    pub access_token: String,
    /// Where to pay; nothing when there is nothing to pay now.
    pub payment: Option<PaymentRedirect>,
}

/// Where the buyer pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRedirect {
    pub redirect_url: String,
}

/// Nothing is by courier: whoever knows of no choice makes none.
fn read_delivery_method(word: &str) -> Result<DeliveryMethod, Message> {
    match word.trim() {
        "" => Ok(DeliveryMethod::Courier),
        word => word.parse().map_err(|_| Message::NotAChoice),
    }
}

/// The code of a voucher, if one was typed; a text that cannot be a code is no voucher's.
pub fn read_voucher(typed: &str) -> Result<Option<VoucherCode>, Message> {
    match typed.trim() {
        "" => Ok(None),
        code => VoucherCode::typed(code).map(Some).map_err(|_| Message::NoSuchVoucher),
    }
}

const fn indonesian() -> Locale {
    Locale::Indonesian
}
