//! What a change makes of a product, or why it cannot. A product changes whole or not at all.

use super::{BulkChange, BulkProduct, BulkVariant, Direction, Refusal, SaleStep, Step};
use crate::catalog::{ProductStatus, Sale};
use crate::message::Message;
use crate::money::{BasisPoints, Money};

const WHOLE: u32 = BasisPoints::WHOLE.get();

/// What becomes of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is so then.
    Becomes(BulkProduct),
    /// It is so already.
    Stays,
    /// It goes; what something names is archived instead.
    Goes,
    /// Nothing of it changes; all that is wrong.
    Refused(Vec<Refusal>),
}

impl BulkChange {
    /// What the change makes of a product.
    pub fn effect(&self, product: &BulkProduct) -> Effect {
        let mut after = product.clone();
        let mut refusals = Vec::new();
        match self {
            Self::Delete => return Effect::Goes,
            Self::Status(status) => after.status = *status,
            Self::Category(category) => after.category = *category,
            Self::TaxClass(tax_class) => after.tax_class.clone_from(tax_class),
            Self::Price { .. } | Self::SaleOn { .. } | Self::SaleOff | Self::Limits { .. } => {
                for (variant, before) in after.variants.iter_mut().zip(&product.variants) {
                    let problem = match self.change_variant(variant) {
                        Ok(()) if variant == before => None,
                        Ok(()) => variant.problem(),
                        Err(message) => Some(message),
                    };
                    refusals.extend(problem.map(|why| Refusal { sku: Some(before.sku.clone()), why }));
                }
            }
        }
        if !refusals.is_empty() {
            return Effect::Refused(refusals);
        }
        if after == *product { Effect::Stays } else { Effect::Becomes(after) }
    }

    /// What archiving makes of a product that was to be deleted and that something names.
    pub fn archived(product: &BulkProduct) -> Effect {
        Self::Status(ProductStatus::Archived).effect(product)
    }

    fn change_variant(&self, variant: &mut BulkVariant) -> Result<(), Message> {
        match *self {
            Self::Price { direction, by, rounding } => {
                let moved = by.moved(variant.price, direction).and_then(|price| rounding.round(price));
                let price = moved.ok_or(Message::PriceTooHigh)?;
                if price <= Money::ZERO && price != variant.price {
                    return Err(Message::PriceGoesToNothing);
                }
                variant.price = price;
            }
            Self::SaleOn { price, rounding, from, until } => {
                let found = match price {
                    SaleStep::To(price) => Some(price),
                    SaleStep::PercentOff(rate) => less(variant.price, rate),
                };
                let price = found.and_then(|price| rounding.round(price)).ok_or(Message::PriceTooHigh)?;
                if price <= Money::ZERO {
                    return Err(Message::PriceGoesToNothing);
                }
                if price >= variant.price {
                    return Err(Message::NotBelowThePrice);
                }
                variant.sale = Some(Sale { price, from, until });
            }
            Self::SaleOff => variant.sale = None,
            Self::Limits { fewest, most, low_stock_limit } => {
                variant.min_quantity = fewest.unwrap_or(variant.min_quantity);
                variant.max_quantity = most.unwrap_or(variant.max_quantity);
                variant.low_stock_limit = low_stock_limit.unwrap_or(variant.low_stock_limit);
            }
            Self::Category(_) | Self::Status(_) | Self::TaxClass(_) | Self::Delete => {}
        }
        Ok(())
    }
}

impl Step {
    /// The price after the step, to the whole unit.
    fn moved(self, price: Money, direction: Direction) -> Option<Money> {
        match (self, direction) {
            (Self::Percent(rate), Direction::Up) => price.portion(WHOLE.checked_add(rate.get())?, WHOLE),
            (Self::Percent(rate), Direction::Down) => less(price, rate),
            (Self::Amount(amount), Direction::Up) => price.plus(amount),
            (Self::Amount(amount), Direction::Down) => price.minus(amount),
        }
    }
}

/// The price less that share of it, half a unit up.
fn less(price: Money, rate: BasisPoints) -> Option<Money> {
    price.portion(WHOLE.checked_sub(rate.get())?, WHOLE)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
