//! What an order costs, line by line as shoppers read it: the same rows at the checkout, on the order's pages and in
//! the answer that the checkout's script asks for.

use domain::money::Money;
use domain::orders::Totals;
use domain::pricing::TaxLine;
use serde::Serialize;

use crate::layout::Layout;
use crate::texts::Buy;

/// One row under the goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SumRow {
    /// What the style sheet and the script know the row by.
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) amount: String,
}

impl Layout {
    /// The rows of some totals. What is nothing is left out, but for the delivery, which is told to be free.
    pub(crate) fn sums(&self, totals: &Totals, taxes: &[TaxLine]) -> Vec<SumRow> {
        let row = |kind, name: Buy, amount: Money| SumRow { kind, name: self.say(name), amount: self.money(&amount) };
        let off = |amount: Money| Money::ZERO.minus(amount).filter(|amount| amount.is_negative());
        let taxes: Vec<String> =
            taxes.iter().map(|tax| format!("{} {}", tax.name, tax.rate.display(self.locale))).collect();
        let taxes = taxes.join(" + ");
        let is_taxed = totals.tax > Money::ZERO;

        let mut rows = vec![row("subtotal", Buy::Subtotal, totals.subtotal)];
        rows.extend(off(totals.member_discount).map(|amount| row("member", Buy::MemberDiscount, amount)));
        rows.extend(off(totals.voucher_discount).map(|amount| row("voucher", Buy::VoucherDiscount, amount)));
        rows.push(match totals.delivery {
            Money::ZERO => {
                SumRow { kind: "delivery", name: self.say(Buy::Delivery), amount: self.say(Buy::DeliveryFree) }
            }
            price => row("delivery", Buy::Delivery, price),
        });
        if is_taxed && !totals.tax_included {
            rows.push(row("tax", Buy::TaxOf { taxes: taxes.clone() }, totals.tax));
        }
        rows.push(row("total", Buy::Total, totals.total));
        if is_taxed && totals.tax_included {
            rows.push(row("within", Buy::TaxWithin { taxes }, totals.tax));
        }
        rows
    }
}
