//! Taxes: classes of goods, the rates of each, and the tax on every line.
//!
//! A line's rates are added up and rounded once; the tax is then spread over the rates, so that both views sum alike.

use serde::{Deserialize, Serialize};

use super::{BasketLine, PricedLine, PricingError, minus, plus, shared};
use crate::message::Message;
use crate::money::{BasisPoints, Money};
use crate::problem::FieldProblem;
use crate::text::{self, TaxClassKey};

/// How a shop taxes what it sells. Without classes nothing is taxed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxRules {
    /// Whether the prices that shoppers see hold the tax, or it is added to them.
    pub prices_include_tax: bool,
    /// The first is the default, for goods that name none.
    pub classes: Vec<TaxClass>,
    /// The class of the delivery; nothing leaves it untaxed.
    pub delivery_class: Option<TaxClassKey>,
}

/// Goods that are taxed alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxClass {
    pub key: TaxClassKey,
    pub name: String,
    /// All on the same base; none for goods free of tax.
    pub rates: Vec<TaxRate>,
}

/// One tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxRate {
    /// As it stands on the invoice: `PPN`.
    pub name: String,
    pub rate: BasisPoints,
}

/// One tax of an order, over all that it touched. Rates of the same name and height are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxLine {
    pub name: String,
    pub rate: BasisPoints,
    /// What was taxed, without the tax.
    pub base: Money,
    pub amount: Money,
}

impl Default for TaxRules {
    /// No tax at all.
    fn default() -> Self {
        Self { prices_include_tax: true, classes: Vec::new(), delivery_class: None }
    }
}

impl TaxRules {
    /// The most classes, and the most rates of one.
    pub const MOST: usize = 20;

    /// Indonesia's PPN of 11 % on all goods, within the prices.
    pub fn ppn() -> Self {
        let rates = vec![TaxRate { name: "PPN".to_owned(), rate: BasisPoints::new(1_100) }];
        let class = |key| TaxClass { key, name: "PPN 11%".to_owned(), rates };
        let classes = TaxClassKey::parse("standard").map(class).into_iter().collect();
        Self { prices_include_tax: true, classes, delivery_class: None }
    }

    /// Refuses rules that no invoice could explain: names missing or twice, shares above the whole.
    pub fn check(&self) -> Result<(), Vec<FieldProblem>> {
        let mut problems = Vec::new();
        if self.classes.len() > Self::MOST {
            problems.push(FieldProblem::new("tax.classes", Message::TooMany { most: Self::MOST }));
        }
        for (place, class) in self.classes.iter().enumerate() {
            if self.classes[..place].iter().any(|earlier| earlier.key == class.key) {
                problems.push(FieldProblem::new(format!("tax.classes.{place}.key"), Message::AlreadyTaken));
            }
            class.check(&format!("tax.classes.{place}"), &mut problems);
        }
        if self.delivery_class.as_ref().is_some_and(|key| !self.classes.iter().any(|class| class.key == *key)) {
            problems.push(FieldProblem::new("tax.delivery_class", Message::NotAChoice));
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// The class of that key; the default class for no key and for one that is not known (any more).
    pub fn class(&self, key: Option<&TaxClassKey>) -> Option<&TaxClass> {
        let named = key.and_then(|key| self.classes.iter().find(|class| class.key == *key));
        named.or_else(|| self.classes.first())
    }

    /// The classes that other rules do not have any more.
    pub fn missing_in<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a TaxClass> {
        self.classes.iter().filter(|class| !other.classes.iter().any(|kept| kept.key == class.key))
    }

    /// Writes tax and total into every line; returns the tax on the delivery and what each rate comes to.
    pub(super) fn apply(
        &self,
        basket: &[BasketLine],
        lines: &mut [PricedLine],
        delivery: Money,
    ) -> Result<(Money, Vec<TaxLine>), PricingError> {
        let mut taxes = Vec::new();
        for (sold, line) in basket.iter().zip(lines.iter_mut()) {
            let class = self.class(sold.tax_class.as_ref());
            line.tax = self.tax(line.net, class, &mut taxes)?;
            line.total = if self.prices_include_tax { line.net } else { plus(line.net, line.tax)? };
        }
        let class = self.delivery_class.as_ref().and_then(|key| self.class(Some(key)));
        let delivery_tax = match class {
            Some(class) if delivery > Money::ZERO => self.tax(delivery, Some(class), &mut taxes)?,
            Some(_) | None => Money::ZERO,
        };
        Ok((delivery_tax, taxes))
    }

    /// The tax on an amount as shown to shoppers, also entered for each rate.
    ///
    /// Added tax is `amount × rate`; included tax is `amount − amount ÷ (1 + rate)`, which is `amount × rate ÷ (1 + rate)`.
    fn tax(&self, amount: Money, class: Option<&TaxClass>, taxes: &mut Vec<TaxLine>) -> Result<Money, PricingError> {
        let Some(class) = class.filter(|class| !class.rates.is_empty()) else { return Ok(Money::ZERO) };
        let out_of_range = || PricingError::TotalOutOfRange;
        let combined = class.combined().ok_or_else(out_of_range)?;
        let whole = BasisPoints::WHOLE.get();
        let of = if self.prices_include_tax { whole.checked_add(combined).ok_or_else(out_of_range)? } else { whole };
        let tax = amount.portion(combined, of).ok_or_else(out_of_range)?;
        let base = if self.prices_include_tax { minus(amount, tax)? } else { amount };

        let weights: Vec<Money> = class.rates.iter().map(|rate| Money::minor(rate.rate.get().into())).collect();
        for (rate, share) in class.rates.iter().zip(shared(tax, &weights)?) {
            enter(taxes, rate, base, share)?;
        }
        Ok(tax)
    }
}

impl TaxClass {
    fn check(&self, at: &str, problems: &mut Vec<FieldProblem>) {
        check_name(&self.name, &format!("{at}.name"), problems);
        if self.rates.len() > TaxRules::MOST {
            problems.push(FieldProblem::new(format!("{at}.rates"), Message::TooMany { most: TaxRules::MOST }));
        }
        for (place, rate) in self.rates.iter().enumerate() {
            let at = format!("{at}.rates.{place}");
            check_name(&rate.name, &format!("{at}.name"), problems);
            // One of them would stand on the invoice with both bases.
            if self.rates[..place].iter().any(|earlier| earlier.name == rate.name) {
                problems.push(FieldProblem::new(format!("{at}.name"), Message::AlreadyTaken));
            }
            if rate.rate > BasisPoints::WHOLE {
                problems.push(FieldProblem::new(format!("{at}.rate"), Message::NotAPercentage));
            }
        }
        if self.combined().is_none_or(|all| all > BasisPoints::WHOLE.get()) {
            problems.push(FieldProblem::new(format!("{at}.rates"), Message::NotAPercentage));
        }
    }

    /// Its rates together, in hundredths of a percent.
    pub fn combined(&self) -> Option<u32> {
        self.rates.iter().try_fold(0_u32, |sum, rate| sum.checked_add(rate.rate.get()))
    }
}

fn check_name(name: &str, at: &str, problems: &mut Vec<FieldProblem>) {
    if text::is_empty(name) {
        problems.push(FieldProblem::new(at, Message::Required));
    } else if let Err(message) = text::line_up_to(name, 80) {
        problems.push(FieldProblem::new(at, message));
    }
}

fn enter(taxes: &mut Vec<TaxLine>, rate: &TaxRate, base: Money, amount: Money) -> Result<(), PricingError> {
    match taxes.iter_mut().find(|tax| tax.rate == rate.rate && tax.name == rate.name) {
        Some(tax) => {
            tax.base = plus(tax.base, base)?;
            tax.amount = plus(tax.amount, amount)?;
        }
        None => taxes.push(TaxLine { name: rate.name.clone(), rate: rate.rate, base, amount }),
    }
    Ok(())
}
