//! What can be asked for: a change that makes sense by itself, whatever the product.

use super::{
    ApplyBulk, BulkChange, Direction, MOST_KEY, MOST_PRODUCTS, MOST_ROWS, Rounding, SaleStep, Selection, Step,
};
use super::{PreviewBulk, ShowBulkRows};
use crate::catalog::rules::{ordinary_year, stored_instant};
use crate::inventory::{MOST_AN_ORDER, MOST_UNITS};
use crate::message::Message;
use crate::money::{BasisPoints, Money};
use crate::problem::{FieldProblem, Fields};
use crate::text;

/// The most by which prices go up at once: ten times the price.
const MOST_UP: BasisPoints = BasisPoints::new(100_000);

impl BulkChange {
    /// The change with its instants as they are stored.
    ///
    /// # Errors
    /// All that is wrong with it, each at its field.
    pub fn tidied(mut self) -> Result<Self, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        match &mut self {
            Self::Price { direction, by, .. } => {
                fields.take("by", by.check(*direction));
            }
            Self::SaleOn { price, from, until, .. } => {
                fields.take("price", price.check());
                *from = from.map(stored_instant);
                *until = until.map(stored_instant);
                for (name, at) in [("from", *from), ("until", *until)] {
                    fields.take(name, at.map_or(Ok(()), ordinary_year));
                }
                if from.zip(*until).is_some_and(|(from, until)| from >= until) {
                    fields.take::<()>("until", Err(Message::EndsBeforeItStarts));
                }
            }
            Self::Limits { fewest, most, low_stock_limit } => {
                if fewest.is_none() && most.is_none() && low_stock_limit.is_none() {
                    fields.take::<()>("fewest", Err(Message::NothingToChange));
                }
                let within = |limit: Option<u32>| limit.is_none_or(|limit| (1..=MOST_AN_ORDER).contains(&limit));
                if !within(*fewest) {
                    fields.take::<()>("fewest", Err(Message::NotLimits { most: MOST_AN_ORDER }));
                }
                if !within(*most) || fewest.zip(*most).is_some_and(|(fewest, most)| fewest > most) {
                    fields.take::<()>("most", Err(Message::NotLimits { most: MOST_AN_ORDER }));
                }
                if low_stock_limit.is_some_and(|limit| limit > MOST_UNITS) {
                    fields.take::<()>("low_stock_limit", Err(Message::NotAQuantity { most: MOST_UNITS }));
                }
            }
            Self::SaleOff | Self::Category(_) | Self::Status(_) | Self::TaxClass(_) | Self::Delete => {}
        }
        let problems = fields.into_problems();
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }
}

impl PreviewBulk {
    /// The request with its change tidied, and each product once.
    ///
    /// # Errors
    /// All that is wrong with it; fields of the change stand below `change`.
    pub fn tidied(mut self) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        self.change = below("change", self.change.tidied(), &mut problems).unwrap_or(BulkChange::SaleOff);
        if let Selection::Ids(ids) = &mut self.selection {
            ids.sort_unstable();
            ids.dedup();
            if ids.len() > MOST_PRODUCTS {
                problems.push(FieldProblem::new("selection", Message::TooManyProducts { most: MOST_PRODUCTS }));
            }
        }
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }
}

impl ShowBulkRows {
    /// The same.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn tidied(mut self) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        self.change = below("change", self.change.tidied(), &mut problems).unwrap_or(BulkChange::SaleOff);
        if self.products.len() > MOST_ROWS {
            problems.push(FieldProblem::new("products", Message::TooMany { most: MOST_ROWS }));
        }
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }
}

impl ApplyBulk {
    /// The request with its change tidied, and each product once, by ascending ids: the order of their locks.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn tidied(mut self) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        self.change = below("change", self.change.tidied(), &mut problems).unwrap_or(BulkChange::SaleOff);
        self.products.sort_unstable_by_key(|seen| seen.product_id);
        self.products.dedup_by_key(|seen| seen.product_id);
        if self.products.len() > MOST_PRODUCTS {
            problems.push(FieldProblem::new("products", Message::TooManyProducts { most: MOST_PRODUCTS }));
        }
        match text::code(&self.key) {
            Ok(key) if key.is_empty() => problems.push(FieldProblem::new("key", Message::Required)),
            Ok(key) if key.chars().count() > MOST_KEY => {
                problems.push(FieldProblem::new("key", Message::TooLong { most: MOST_KEY }));
            }
            Ok(key) => self.key = key,
            Err(message) => problems.push(FieldProblem::new("key", message)),
        }
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }
}

impl Step {
    fn check(self, direction: Direction) -> Result<(), Message> {
        match (self, direction) {
            (Self::Amount(amount), _) if amount > Money::ZERO && amount.is_ordinary() => Ok(()),
            (Self::Amount(_), _) => Err(Message::NotAnAmount),
            (Self::Percent(rate), Direction::Down) => share(rate),
            (Self::Percent(rate), Direction::Up) => {
                if rate > BasisPoints::new(0) && rate <= MOST_UP {
                    Ok(())
                } else {
                    Err(Message::NotAPercentage)
                }
            }
        }
    }
}

impl SaleStep {
    fn check(self) -> Result<(), Message> {
        match self {
            Self::PercentOff(rate) => share(rate),
            Self::To(price) if price > Money::ZERO && price.is_ordinary() => Ok(()),
            Self::To(_) => Err(Message::NotAnAmount),
        }
    }
}

/// More than nothing and less than the whole.
fn share(rate: BasisPoints) -> Result<(), Message> {
    if rate > BasisPoints::new(0) && rate < BasisPoints::WHOLE { Ok(()) } else { Err(Message::NotAPercentage) }
}

impl Rounding {
    /// The nearest price of that kind; of two that are as near, the higher. Nothing outside the range of money.
    pub fn round(self, price: Money) -> Option<Money> {
        let (step, end) = match self {
            Self::None => return Some(price),
            Self::To500 => (500, 0),
            Self::To1000 => (1_000, 0),
            Self::End900 => (1_000, 900),
        };
        let shifted = price.get().checked_sub(end)?.checked_add(step / 2)?;
        shifted.div_euclid(step).checked_mul(step)?.checked_add(end).map(Money::minor)
    }
}

fn below<T>(field: &str, read: Result<T, Vec<FieldProblem>>, problems: &mut Vec<FieldProblem>) -> Option<T> {
    read.map_err(|found| {
        problems.extend(found.into_iter().map(|it| FieldProblem::new(format!("{field}.{}", it.field), it.message)));
    })
    .ok()
}
