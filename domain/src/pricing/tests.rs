//! The engine's promises: examples that a person can follow, and properties over random baskets.

mod examples;
mod properties;

use super::{Basket, BasketLine, TaxClass, TaxRate, TaxRules};
use crate::money::{BasisPoints, Money};
use crate::text::TaxClassKey;

fn line(unit_price: i64, quantity: u32) -> BasketLine {
    BasketLine {
        unit_price: Money::minor(unit_price),
        quantity,
        categories: Vec::new(),
        tax_class: None,
        weight_grams: 250,
    }
}

fn basket<'a>(lines: &'a [BasketLine], tax: &'a TaxRules) -> Basket<'a> {
    Basket { lines, member: None, voucher: None, delivery: Money::ZERO, tax }
}

fn key(text: &str) -> TaxClassKey {
    TaxClassKey::parse(text).unwrap()
}

fn class(name: &str, rates: &[(&str, u32)]) -> TaxClass {
    let rates = rates.iter().map(|(name, rate)| TaxRate { name: (*name).to_owned(), rate: BasisPoints::new(*rate) });
    TaxClass { key: key(name), name: name.to_owned(), rates: rates.collect() }
}
