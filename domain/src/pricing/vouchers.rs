//! The money part of a voucher: how much it takes off. Whether this buyer may use it today is for the vouchers' slice.

use serde::{Deserialize, Serialize};

use super::{BasketLine, PricedLine, PricingError, minus, part_of, shared, sum};
use crate::id::CategoryId;
use crate::money::{BasisPoints, Money};

/// What a voucher takes off, and from what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherTerms {
    pub kind: VoucherKind,
    /// The most that it takes off: of the goods, or of the delivery for free delivery.
    pub cap: Option<Money>,
    /// Compared with the goods in scope, after the member's discount.
    pub minimum_purchase: Money,
    /// The categories whose lines it is for, with all that stands below them; none means all lines. Lines outside count
    /// neither for the discount nor for the minimum.
    pub categories: Vec<CategoryId>,
}

/// What a voucher is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum VoucherKind {
    /// That share of the goods in scope; more than the whole counts as the whole.
    Percent(BasisPoints),
    /// That amount off the goods in scope, at most all of them.
    Fixed(Money),
    /// Delivery costs nothing, or less by the cap. The goods keep their price.
    FreeDelivery,
}

/// Why a voucher does not apply to a basket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VoucherRefusal {
    #[error("the goods are worth less than the voucher asks for")]
    BelowMinimum { minimum: Money },
    #[error("no line is in the voucher's categories")]
    NothingInScope,
    #[error("nothing is left of the goods that the voucher could take off")]
    NothingToTakeOff,
    #[error("the delivery costs nothing already")]
    DeliveryIsFree,
}

impl VoucherTerms {
    /// Whether a line counts that stands in those categories, one within the other.
    pub fn covers(&self, categories: &[CategoryId]) -> bool {
        self.categories.is_empty() || categories.iter().any(|category| self.categories.contains(category))
    }

    /// Takes the discount off the lines, and returns its sum. A voucher for goods that would take nothing off is refused,
    /// so that no use of it is lost.
    pub(super) fn take(&self, basket: &[BasketLine], lines: &mut [PricedLine]) -> Result<Money, PricingError> {
        if !basket.iter().any(|line| self.covers(&line.categories)) {
            return Err(VoucherRefusal::NothingInScope.into());
        }
        let in_scope = |(line, priced): (&BasketLine, &PricedLine)| {
            if self.covers(&line.categories) { priced.net } else { Money::ZERO }
        };
        let weights: Vec<Money> = basket.iter().zip(lines.iter()).map(in_scope).collect();
        let goods = sum(weights.iter().copied())?;
        if goods < self.minimum_purchase {
            return Err(VoucherRefusal::BelowMinimum { minimum: self.minimum_purchase }.into());
        }

        let discount = self.off_goods(goods)?;
        if discount == Money::ZERO && self.kind != VoucherKind::FreeDelivery {
            return Err(VoucherRefusal::NothingToTakeOff.into());
        }
        for (line, share) in lines.iter_mut().zip(shared(discount, &weights)?) {
            line.voucher_discount = share;
            line.net = minus(line.net, share)?;
        }
        Ok(discount)
    }

    /// What it takes off what is still to be paid for the delivery. One for free delivery that would take nothing off is
    /// refused.
    pub(super) fn off_delivery(&self, delivery: Money) -> Result<Money, PricingError> {
        match self.kind {
            VoucherKind::FreeDelivery => match self.cap.unwrap_or(delivery).clamp(Money::ZERO, delivery) {
                Money::ZERO => Err(VoucherRefusal::DeliveryIsFree.into()),
                off => Ok(off),
            },
            VoucherKind::Percent(_) | VoucherKind::Fixed(_) => Ok(Money::ZERO),
        }
    }

    fn off_goods(&self, goods: Money) -> Result<Money, PricingError> {
        let wanted = match self.kind {
            VoucherKind::Percent(rate) => part_of(goods, rate)?,
            VoucherKind::Fixed(amount) => amount,
            VoucherKind::FreeDelivery => Money::ZERO,
        };
        let capped = self.cap.map_or(wanted, |cap| wanted.min(cap));
        Ok(capped.clamp(Money::ZERO, goods))
    }
}
