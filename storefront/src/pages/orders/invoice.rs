//! `GET /orders/{number}/invoice?token=…`: the invoice on one sheet, for the screen and for paper.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::money::Money;
use domain::orders::{Invoice, OrderDetail, OrderLine};
use services::Shop;

use super::{Access, open};
use crate::assets;
use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::Lenient;
use crate::sums::SumRow;
use crate::texts::{After, Buy};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "invoice.html")]
struct InvoicePage {
    layout: Layout,
    order: OrderDetail,
    invoice: Invoice,
    token: String,
}

/// A line below the goods.
struct Sum {
    label: String,
    amount: String,
    is_total: bool,
}

/// The invoice; an order that has none yet is shown instead.
pub(crate) async fn show(
    State(shop): State<Shop>,
    visit: Visit,
    Path(number): Path<String>,
    Lenient(access): Lenient<Access>,
) -> Result<Response, Failure> {
    let (order, token) = open(&shop, &number, access).await?;
    let Some(invoice) = order.invoice.clone() else {
        return Ok(Redirect::to(&services::orders::path(&order.number, &token)).into_response());
    };
    let layout = Layout::load(&shop, visit).await?;
    layout.clone().show(&InvoicePage { layout, order, invoice, token })
}

impl InvoicePage {
    fn title(&self) -> String {
        format!("{} {}", self.layout.say(After::Invoice), self.invoice.number)
    }

    fn style(&self) -> String {
        assets::address("invoice.css")
    }

    fn issued(&self) -> String {
        self.layout.day(&self.invoice.issued_at)
    }

    fn of_order(&self) -> String {
        self.layout.say(After::OrderNumber { number: self.order.number.clone() })
    }

    fn order_address(&self) -> String {
        services::orders::path(&self.order.number, &self.token)
    }

    fn is_taxed(&self) -> bool {
        self.order.totals.tax > Money::ZERO
    }

    /// What of the tax lies on a line, for the narrow sheet.
    fn tax_of(&self, line: &OrderLine) -> String {
        self.layout.say(After::TaxOfLine { amount: self.money(line.tax) })
    }

    /// The columns before the last.
    fn columns(&self) -> u8 {
        if self.is_taxed() { 4 } else { 3 }
    }

    /// A row of several taxes as one for each, because an invoice tells every rate.
    fn by_rate(&self, row: SumRow) -> Vec<SumRow> {
        let name: fn(String) -> Buy = match row.kind {
            "tax" => |taxes| Buy::TaxOf { taxes },
            "within" => |taxes| Buy::TaxWithin { taxes },
            _ => return vec![row],
        };
        let taxes = self.order.taxes.iter().map(|tax| SumRow {
            kind: row.kind,
            name: self.layout.say(name(format!("{} {}", tax.name, tax.rate.display(self.layout.locale)))),
            amount: self.money(tax.amount),
        });
        taxes.collect()
    }

    /// Everything between the goods and the total, the total, and what of it went back.
    fn sums(&self) -> Vec<Sum> {
        // What was paid and went back is told as a refund; what was never paid is taken off here.
        let is_due = self.layout.to_collect(&self.order).is_some();
        let rows = match is_due {
            true => self.layout.order_sums(&self.order),
            false => self.layout.sums(&self.order.totals, &self.order.taxes),
        };
        let rows = rows.into_iter().flat_map(|row| self.by_rate(row));
        let sums =
            rows.map(|row| Sum { label: row.name, amount: row.amount, is_total: matches!(row.kind, "total" | "due") });
        let refunded = self.order.balance.refunded;
        let back = (refunded > Money::ZERO).then(|| Sum {
            label: self.layout.say(After::Refunded),
            amount: format!("−{}", self.money(refunded)),
            is_total: false,
        });
        sums.chain(back).collect()
    }

    fn money(&self, amount: Money) -> String {
        amount.display(self.order.currency)
    }
}
