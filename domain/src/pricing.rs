//! The price engine: what a basket costs, line by line, to the last unit. Pure; nothing a browser sends is ever a price.
//!
//! The order of the steps is fixed: goods at their prices, the member's discount, the voucher on what is left, delivery,
//! taxes. Amounts for the whole basket are spread over its lines by [`spread`], rounded by [`Money::portion`] alone.

mod shares;
mod taxes;
mod vouchers;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::id::CategoryId;
use crate::message::Message;
use crate::money::{BasisPoints, Money};
use crate::orders::Totals;

pub use crate::text::TaxClassKey;
pub use shares::{prorated, refundable, spread};
pub use taxes::{TaxClass, TaxLine, TaxRate, TaxRules};
pub use vouchers::{VoucherKind, VoucherRefusal, VoucherTerms};

/// Everything that decides what an order costs.
#[derive(Clone, Copy, Debug)]
pub struct Basket<'a> {
    pub lines: &'a [BasketLine],
    /// What the buyer's membership gives.
    pub member: Option<MemberBenefit>,
    pub voucher: Option<&'a VoucherTerms>,
    /// The price of the delivery before anybody makes it free.
    pub delivery: Money,
    pub tax: &'a TaxRules,
}

/// Some units of one variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasketLine {
    /// As shown in the shop: with tax or without, as [`TaxRules::prices_include_tax`] says.
    pub unit_price: Money,
    pub quantity: u32,
    /// The category that it stands in, and all those in which that one stands; none without one.
    pub categories: Vec<CategoryId>,
    /// Nothing, or a class that the rules do not know (any more), is the default class.
    pub tax_class: Option<TaxClassKey>,
    /// Of one unit.
    pub weight_grams: u32,
}

/// What a membership gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberBenefit {
    /// Off all goods; more than the whole counts as the whole.
    pub percent_off: BasisPoints,
    pub free_delivery: bool,
}

/// A basket with its prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// In the order of the basket's lines.
    pub lines: Vec<PricedLine>,
    pub totals: Totals,
    /// What membership or voucher took off the delivery.
    pub delivery_saved: Money,
    /// The part of `totals.tax` that lies on the delivery; the lines carry the rest.
    pub delivery_tax: Money,
    /// One for each rate that touched something; their amounts sum to `totals.tax`.
    pub taxes: Vec<TaxLine>,
}

/// What one line costs. No amount is below zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedLine {
    /// Unit price times quantity.
    pub gross: Money,
    pub member_discount: Money,
    pub voucher_discount: Money,
    /// Gross less the discounts; the tax is within it where prices include tax.
    pub net: Money,
    pub tax: Money,
    /// What the buyer pays for the line: net, and the tax where prices are shown without it.
    pub total: Money,
}

/// Why a basket has no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PricingError {
    #[error("a sum leaves the range of money")]
    TotalOutOfRange,
    /// A price below zero was to be charged: the caller's data are broken.
    #[error("a price or an amount is below zero")]
    BelowZero,
    #[error("the voucher does not apply")]
    Voucher(#[from] VoucherRefusal),
}

impl PricingError {
    /// What a person reads of it, unless it is about the voucher, which the voucher's slice words.
    pub const fn message(self) -> Message {
        match self {
            Self::TotalOutOfRange => Message::TotalOutOfRange,
            Self::BelowZero => Message::NotAnAmount,
            Self::Voucher(_) => Message::InvalidInput,
        }
    }
}

impl Basket<'_> {
    /// The weight of all units, unless no scale could show it.
    pub fn grams(&self) -> Option<u64> {
        let weights = self.lines.iter().map(|line| u64::from(line.weight_grams).checked_mul(u64::from(line.quantity)));
        weights.into_iter().try_fold(0_u64, |sum, grams| sum.checked_add(grams?))
    }
}

/// What the basket costs.
///
/// Member and voucher discounts never take a line below zero. Delivery is discounted by free delivery alone. A voucher
/// that would take nothing off is refused, so that whatever is used up made something cheaper. Every sum
/// in the answer is exact: lines to totals, tax lines to taxes, parts to the total.
pub fn price(basket: &Basket<'_>) -> Result<Priced, PricingError> {
    let mut lines = gross_lines(basket.lines)?;
    let subtotal = sum(lines.iter().map(|line| line.gross))?;

    let member_discount = take_member_discount(&mut lines, basket.member, subtotal)?;
    let voucher_discount = match basket.voucher {
        Some(voucher) => voucher.take(basket.lines, &mut lines)?,
        None => Money::ZERO,
    };
    let delivery_saved = delivery_saved(basket)?;
    let delivery = minus(basket.delivery, delivery_saved)?;
    let (delivery_tax, taxes) = basket.tax.apply(basket.lines, &mut lines, delivery)?;

    let tax = plus(sum(lines.iter().map(|line| line.tax))?, delivery_tax)?;
    let tax_included = basket.tax.prices_include_tax;
    let parts = Totals {
        subtotal,
        member_discount,
        member_percent: basket.member.map_or(BasisPoints::default(), |member| member.percent_off),
        voucher_discount,
        delivery,
        tax,
        tax_included,
        total: Money::ZERO,
    };
    let totals = parts.added_up().ok_or(PricingError::TotalOutOfRange)?;
    Ok(Priced { lines, totals, delivery_saved, delivery_tax, taxes })
}

fn gross_lines(lines: &[BasketLine]) -> Result<Vec<PricedLine>, PricingError> {
    let priced = lines.iter().map(|line| {
        if line.unit_price.is_negative() {
            return Err(PricingError::BelowZero);
        }
        let gross = line.unit_price.times(line.quantity).ok_or(PricingError::TotalOutOfRange)?;
        Ok(PricedLine { gross, net: gross, total: gross, ..PricedLine::default() })
    });
    priced.collect()
}

/// Of the goods as a whole, rounded once, then spread over the lines.
fn take_member_discount(
    lines: &mut [PricedLine],
    member: Option<MemberBenefit>,
    subtotal: Money,
) -> Result<Money, PricingError> {
    let Some(member) = member else { return Ok(Money::ZERO) };
    let discount = part_of(subtotal, member.percent_off)?;
    let weights: Vec<Money> = lines.iter().map(|line| line.gross).collect();
    for (line, share) in lines.iter_mut().zip(shared(discount, &weights)?) {
        line.member_discount = share;
        line.net = minus(line.net, share)?;
    }
    Ok(discount)
}

fn delivery_saved(basket: &Basket<'_>) -> Result<Money, PricingError> {
    if basket.delivery.is_negative() {
        return Err(PricingError::BelowZero);
    }
    let by_member = match basket.member {
        Some(member) if member.free_delivery => basket.delivery,
        Some(_) | None => Money::ZERO,
    };
    let left = minus(basket.delivery, by_member)?;
    let by_voucher = basket.voucher.map_or(Ok(Money::ZERO), |voucher| voucher.off_delivery(left))?;
    plus(by_member, by_voucher)
}

/// A percentage of an amount; more than the whole is the whole.
fn part_of(amount: Money, rate: BasisPoints) -> Result<Money, PricingError> {
    amount.share(rate.min(BasisPoints::WHOLE)).ok_or(PricingError::TotalOutOfRange)
}

fn shared(amount: Money, weights: &[Money]) -> Result<Vec<Money>, PricingError> {
    spread(amount, weights).ok_or(PricingError::TotalOutOfRange)
}

fn sum(amounts: impl IntoIterator<Item = Money>) -> Result<Money, PricingError> {
    Money::sum(amounts).ok_or(PricingError::TotalOutOfRange)
}

fn plus(one: Money, other: Money) -> Result<Money, PricingError> {
    one.plus(other).ok_or(PricingError::TotalOutOfRange)
}

fn minus(whole: Money, part: Money) -> Result<Money, PricingError> {
    whole.minus(part).ok_or(PricingError::TotalOutOfRange)
}
