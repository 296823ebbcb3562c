//! What an order costs, line by line as shoppers read it: the same rows at the checkout, on the order's pages and in
//! the answer that the checkout's script asks for.

use domain::locale::Locale;
use domain::money::{BasisPoints, Currency, Money};
use domain::orders::{OrderDetail, OrderLine, Totals};
use domain::pricing::TaxLine;
use serde::Serialize;

use crate::layout::Layout;
use crate::texts::{After, Buy};

/// One row under the goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SumRow {
    /// What the style sheet and the script know the row by.
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) amount: String,
}

/// The rows of some totals, in a language and a currency. What is nothing is left out, but for the delivery, which is told
/// to be free.
pub(crate) fn rows_of(locale: Locale, currency: Currency, totals: &Totals, taxes: &[TaxLine]) -> Vec<SumRow> {
    let say = |name: Buy| name.text(locale);
    let row = |kind, name: Buy, amount: Money| SumRow { kind, name: say(name), amount: amount.display(currency) };
    let off = |amount: Money| Money::ZERO.minus(amount).filter(|amount| amount.is_negative());
    let taxes: Vec<String> = taxes.iter().map(|tax| format!("{} {}", tax.name, tax.rate.display(locale))).collect();
    let taxes = taxes.join(" + ");
    let is_taxed = totals.tax > Money::ZERO;

    let mut rows = vec![row("subtotal", Buy::Subtotal, totals.subtotal)];
    rows.extend(off(totals.member_discount).map(|amount| row("member", member_discount(locale, totals), amount)));
    rows.extend(off(totals.voucher_discount).map(|amount| row("voucher", Buy::VoucherDiscount, amount)));
    rows.push(match totals.delivery {
        Money::ZERO => SumRow { kind: "delivery", name: say(Buy::Delivery), amount: say(Buy::DeliveryFree) },
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

/// What the member's discount is called, with its percentage where that is known.
fn member_discount(locale: Locale, totals: &Totals) -> Buy {
    if totals.member_percent == BasisPoints::default() {
        return Buy::MemberDiscount;
    }
    Buy::MemberDiscountOf { percent: totals.member_percent.display(locale) }
}

impl Layout {
    /// The rows of some totals. What is nothing is left out, but for the delivery, which is told to be free.
    pub(crate) fn sums(&self, totals: &Totals, taxes: &[TaxLine]) -> Vec<SumRow> {
        rows_of(self.locale, self.currency(), totals, taxes)
    }

    /// The rows of an order: its totals as it was placed, and what was called off of it since.
    pub(crate) fn order_sums(&self, order: &OrderDetail) -> Vec<SumRow> {
        let mut rows = self.sums(&order.totals, &order.taxes);
        if order.called_off > Money::ZERO {
            let off = Money::ZERO.minus(order.called_off).unwrap_or_default();
            rows.push(SumRow { kind: "off", name: self.say(After::CalledOff), amount: self.money(&off) });
        }
        rows.extend(self.to_collect(order));
        rows
    }

    /// What became of a line's units that were not simply sent.
    pub(crate) fn line_note(&self, line: &OrderLine) -> Option<String> {
        let called_off = (line.called_off > 0).then(|| self.say(After::UnitsCalledOff { units: line.called_off }));
        let returned = (line.returned > 0).then(|| self.say(After::UnitsReturned { units: line.returned }));
        let parts: Vec<String> = [called_off, returned].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }

    /// What the courier asks for once it is not the total any more.
    pub(crate) fn to_collect(&self, order: &OrderDetail) -> Option<SumRow> {
        let is_cash = !order.payment_method.is_online();
        let due = order.totals.total.minus(order.called_off)?;
        (is_cash && order.called_off > Money::ZERO).then(|| SumRow {
            kind: "due",
            name: self.say(After::ToCollect),
            amount: self.money(&due),
        })
    }
}
