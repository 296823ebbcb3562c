//! Checkout: from a cart to an order. The server works out every price.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::carts::Cart;
use crate::locale::Locale;
use crate::message::Message;
use crate::money::Money;
use crate::orders::{OrderStatus, Totals};
use crate::payments::PaymentMethod;
use crate::problem::{FieldProblem, Fields};
use crate::shipping::{Address, AddressForm, DeliveryMethod};
use crate::text::{self, EmailAddress, VoucherCode};

/// A checkout whose units are held for the buyer, if they still may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    pub cart: Cart,
    /// Nothing for a cart that held its units for as long as it may, and must rest: it can be ordered all the same.
    pub hold: Option<Hold>,
    pub payment_methods: Vec<PaymentMethod>,
    /// The idempotency key that every tab of this checkout sends.
    pub key: String,
}

/// How long a checkout's units are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    pub until: DateTime<Utc>,
    /// The same in seconds from now, by the shop's clock.
    pub seconds_left: u32,
}

/// From when to when a cart holds, or held, its units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldSpan {
    pub since: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// How long units may be held for a buyer who has not ordered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldBounds {
    /// How long a hold lives that nobody renews.
    pub life: TimeDelta,
    /// How long one lives that is renewed again and again.
    pub longest: TimeDelta,
}

impl HoldBounds {
    /// The hold of a cart that comes to the till now, after its last one. It is used up when it ends no later than now.
    ///
    /// One that comes sooner than a hold lives goes on with the last one: leaving early costs nothing, and coming back
    /// gains nothing. Only after such a pause does a new one begin.
    pub fn next(self, last: Option<HoldSpan>, now: DateTime<Utc>) -> HoldSpan {
        let goes_on = last.filter(|last| now < last.until + self.life);
        // A clock that was set back must not leave a beginning that lies ahead.
        let since = goes_on.map_or(now, |last| last.since.min(now));
        HoldSpan { since, until: (since + self.longest).min(now + self.life) }
    }
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
    if text::is_empty(typed) {
        return Ok(None);
    }
    VoucherCode::typed(typed).map(Some).map_err(|_| Message::NoSuchVoucher)
}

const fn indonesian() -> Locale {
    Locale::Indonesian
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{HoldBounds, HoldSpan};

    const BOUNDS: HoldBounds = HoldBounds { life: TimeDelta::minutes(10), longest: TimeDelta::minutes(60) };

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn span(since: i64, until: i64) -> HoldSpan {
        HoldSpan { since: at(since), until: at(until) }
    }

    #[test]
    fn a_hold_begins_anew_only_after_a_pause_as_long_as_it_lives() {
        assert_eq!(BOUNDS.next(None, at(0)), span(0, 10));
        assert_eq!(BOUNDS.next(Some(span(0, 10)), at(4)), span(0, 14), "renewed");
        assert_eq!(BOUNDS.next(Some(span(0, 5)), at(7)), span(0, 17), "left early, and back");
        assert_eq!(BOUNDS.next(Some(span(0, 5)), at(15)), span(15, 25), "left, and back after a pause");
    }

    #[test]
    fn a_hold_that_is_renewed_again_and_again_is_used_up() {
        assert_eq!(BOUNDS.next(Some(span(0, 58)), at(56)), span(0, 60), "the last minutes");
        for minute in [60, 65, 69] {
            assert!(BOUNDS.next(Some(span(0, 60)), at(minute)).until <= at(minute), "{minute}");
        }
        assert_eq!(BOUNDS.next(Some(span(0, 60)), at(70)), span(70, 80), "rested");
    }

    #[test]
    fn a_clock_that_is_set_back_makes_no_hold_longer() {
        assert_eq!(BOUNDS.next(Some(span(5_000, 5_010)), at(0)), span(0, 10));
    }
}
