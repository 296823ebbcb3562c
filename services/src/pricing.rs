//! What a cart costs: the cart's lines and the owner's settings, brought to the price engine of `domain::pricing`.

use domain::carts::{Cart, CartLine};
use domain::checkout::ReadyOrder;
use domain::message::Message;
use domain::pricing::{Basket, BasketLine, MemberBenefit, Priced, PricingError, VoucherTerms, price};
use domain::settings::Settings;
use domain::shipping::Destination;
use domain::vouchers::VoucherProblem;

use crate::error::{Error, Result};

/// What makes an order cheaper for this buyer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Benefits {
    pub(crate) member: Option<MemberBenefit>,
    pub(crate) voucher: Option<VoucherTerms>,
}

/// Where an order goes.
pub(crate) fn destination(ready: &ReadyOrder) -> Destination<'_> {
    let place = ready.address.place.as_ref();
    Destination {
        province: place.map_or("", |place| place.province.as_str()),
        city: place.map_or("", |place| place.city.as_str()),
        method: ready.delivery_method,
    }
}

/// Prices a cart: every number that an order stores comes from here.
///
/// `Refused` for a sum beyond the range of money and for pickup where the shop offers none; a voucher that takes nothing
/// off this order is a problem of the field `voucher_code`.
pub(crate) fn price_of(cart: &Cart, settings: &Settings, to: &Destination<'_>, benefits: &Benefits) -> Result<Priced> {
    let lines: Vec<BasketLine> = cart.lines.iter().map(basket_line).collect();
    let basket = Basket {
        lines: &lines,
        member: benefits.member,
        voucher: benefits.voucher.as_ref(),
        delivery: domain::money::Money::ZERO,
        tax: &settings.tax,
    };
    let grams = basket.grams().ok_or(Error::Refused(Message::TotalOutOfRange))?;
    let delivery = settings.delivery.price(to.province, to.city, grams, cart.subtotal, to.method)?;
    price(&Basket { delivery, ..basket }).map_err(|refusal| match refusal {
        PricingError::Voucher(refused) => {
            Error::field("voucher_code", VoucherProblem::of(refused, to.method).message(settings.currency))
        }
        PricingError::TotalOutOfRange | PricingError::BelowZero => Error::Refused(refusal.message()),
    })
}

/// The goods of a cart as this member pays for them, before voucher and delivery.
///
/// `Refused` for a sum beyond the range of money.
pub fn goods_of(cart: &Cart, settings: &Settings, member: MemberBenefit) -> Result<Priced> {
    let lines: Vec<BasketLine> = cart.lines.iter().map(basket_line).collect();
    let basket = Basket {
        lines: &lines,
        member: Some(member),
        voucher: None,
        delivery: domain::money::Money::ZERO,
        tax: &settings.tax,
    };
    price(&basket).map_err(|refusal| Error::Refused(refusal.message()))
}

fn basket_line(line: &CartLine) -> BasketLine {
    BasketLine {
        unit_price: line.unit_price,
        quantity: line.quantity,
        categories: line.categories.clone(),
        tax_class: line.tax_class.clone(),
        weight_grams: line.weight_grams,
    }
}
