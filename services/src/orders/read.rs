//! From rows to orders as people see them.

use chrono::{DateTime, Utc};
use domain::locale::{Locale, Translated};
use domain::media::Picture;
use domain::money::{BasisPoints, Currency, Money};
use domain::orders::{
    HistoryEntry, HistoryKind, Invoice, ListOrders, OrderDetail, OrderEvent, OrderId, OrderLine, OrderLineId,
    OrderPage, OrderRow, OrderStatus, Parcel, Return, Totals, Whereabouts,
};
use domain::page::Position;
use domain::payments::{Balance, OrderTransfer, PaymentMethod, PaymentStatus, PaymentToCheck, Refund};
use domain::pricing::TaxLine;
use domain::problem::Fields;
use domain::shipping::{AddressForm, DeliveryMethod};

use super::queries::invoices::InvoiceRow;
use crate::actor;
use crate::error::{Error, Result};

pub(super) struct FullRow {
    pub(super) id: OrderId,
    pub(super) number: String,
    pub(super) status: OrderStatus,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) line_1: Option<String>,
    pub(super) line_2: Option<String>,
    pub(super) city: Option<String>,
    pub(super) province: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) locale: Locale,
    pub(super) currency: Currency,
    pub(super) payment_method: PaymentMethod,
    pub(super) payment_status: Option<PaymentStatus>,
    pub(super) delivery_method: DeliveryMethod,
    pub(super) subtotal: Money,
    pub(super) member_discount: Money,
    pub(super) member_percent: BasisPoints,
    pub(super) voucher_discount: Money,
    pub(super) delivery: Money,
    pub(super) tax: Money,
    pub(super) tax_included: bool,
    pub(super) total: Money,
    pub(super) called_off: Money,
    pub(super) voucher_code: Option<String>,
    pub(super) placed_at: DateTime<Utc>,
    pub(super) pay_by: Option<DateTime<Utc>>,
    pub(super) held_until: Option<DateTime<Utc>>,
    pub(super) tracking_number: Option<String>,
}

pub(super) struct LineRow {
    pub(super) id: OrderLineId,
    pub(super) name: Translated,
    pub(super) options: Translated,
    pub(super) sku: String,
    pub(super) picture: Option<Picture>,
    pub(super) slug: Option<String>,
    pub(super) unit_price: Money,
    pub(super) quantity: u32,
    pub(super) total: Money,
    pub(super) member_discount: Money,
    pub(super) voucher_discount: Money,
    pub(super) tax: Money,
}

pub(super) struct HistoryRow {
    pub(super) kind: HistoryKind,
    pub(super) status: OrderStatus,
    pub(super) actor_kind: String,
    pub(super) actor_name: Option<String>,
    pub(super) note: Option<String>,
    pub(super) at: DateTime<Utc>,
}

pub(super) struct CountRow {
    pub(super) status: OrderStatus,
    pub(super) count: u64,
    /// Those among them with a payment that a person must look at.
    pub(super) needs_review: u64,
}

/// The order that a key placed, and the hash of its content.
pub(crate) struct KnownRow {
    pub(crate) id: OrderId,
    pub(crate) number: String,
    pub(crate) request_hash: Vec<u8>,
    pub(crate) payment_method: PaymentMethod,
    pub(crate) totals: Totals,
    /// The status that the order was placed in.
    pub(crate) first_status: OrderStatus,
}

/// What belongs to an order and has rows of its own.
pub(super) struct Parts {
    pub(super) lines: Vec<LineRow>,
    pub(super) taxes: Vec<TaxLine>,
    pub(super) history: Vec<HistoryRow>,
    pub(super) whereabouts: Vec<Whereabouts>,
    pub(super) parcels: Vec<Parcel>,
    pub(super) returns: Vec<Return>,
    pub(super) invoice: Option<InvoiceRow>,
    pub(super) balance: Balance,
    pub(super) transfer: Option<OrderTransfer>,
    pub(super) to_check: Vec<PaymentToCheck>,
    pub(super) refunds: Vec<Refund>,
}

pub(super) fn detail(row: FullRow, parts: Parts) -> Result<OrderDetail> {
    let is_any_here = parts.whereabouts.iter().any(|line| line.to_ship() > 0);
    let may = |event: &OrderEvent| match event {
        OrderEvent::HandedToCourier => is_any_here && row.status.after(*event).is_ok(),
        OrderEvent::Delivered | OrderEvent::CalledOff | OrderEvent::RestCalledOff => row.status.after(*event).is_ok(),
        // What is left to do follows from parcels and returns.
        OrderEvent::PartHandedToCourier | OrderEvent::EverythingReturned => false,
        // The gateway's, the buyer's and the clock's, not the staff's.
        OrderEvent::PaymentArrived
        | OrderEvent::TimeRanOut
        | OrderEvent::CalledOffByBuyer
        | OrderEvent::MoneyCameLate => false,
    };
    let next = OrderEvent::ALL.iter().copied().filter(may).collect();
    let form = AddressForm {
        name: row.name,
        phone: row.phone,
        line_1: row.line_1.unwrap_or_default(),
        line_2: row.line_2.unwrap_or_default(),
        city: row.city.unwrap_or_default(),
        province: row.province.unwrap_or_default(),
        postal_code: row.postal_code.unwrap_or_default(),
    };
    let mut fields = Fields::default();
    let address = match form.is_placeless() {
        true => form.read_contact("", &mut fields),
        false => form.read("", &mut fields),
    };
    let address = address.ok_or_else(|| Error::internal("a stored address breaks its own rules"))?;
    Ok(OrderDetail {
        id: row.id,
        number: row.number,
        status: row.status,
        email: row.email,
        address,
        locale: row.locale,
        currency: row.currency,
        payment_method: row.payment_method,
        payment_status: row.payment_status,
        delivery_method: row.delivery_method,
        lines: parts.lines.into_iter().map(|row| line(row, &parts.whereabouts)).collect(),
        totals: Totals {
            subtotal: row.subtotal,
            member_discount: row.member_discount,
            member_percent: row.member_percent,
            voucher_discount: row.voucher_discount,
            delivery: row.delivery,
            tax: row.tax,
            tax_included: row.tax_included,
            total: row.total,
        },
        taxes: parts.taxes,
        voucher_code: row.voucher_code,
        placed_at: row.placed_at,
        pay_by: row.pay_by.filter(|_| row.status == OrderStatus::PendingPayment),
        tracking_number: row.tracking_number,
        parcels: parts.parcels,
        returns: parts.returns,
        invoice: parts
            .invoice
            .map(|row| Invoice { number: Invoice::number(row.year, row.sequence), issued_at: row.issued_at }),
        balance: parts.balance,
        transfer: parts.transfer,
        to_check: parts.to_check,
        called_off: row.called_off,
        refunds: parts.refunds,
        history: parts.history.into_iter().map(entry).collect::<Result<_>>()?,
        next,
    })
}

pub(super) fn page(
    rows: Vec<OrderRow>,
    counts: &[CountRow],
    request: &ListOrders,
    position: impl FnOnce(u64) -> Position,
) -> OrderPage {
    let asked = |row: &CountRow| if request.needs_review { row.needs_review } else { row.count };
    let of = |status: OrderStatus| counts.iter().find(|row| row.status == status).map_or(0, asked);
    let total = request.status.map_or_else(|| counts.iter().map(asked).sum(), of);
    OrderPage {
        rows,
        position: position(total),
        counts: OrderStatus::ALL.iter().map(|status| (*status, of(*status))).collect(),
        needs_review: counts.iter().map(|row| row.needs_review).sum(),
    }
}

fn line(row: LineRow, whereabouts: &[Whereabouts]) -> OrderLine {
    let units = whereabouts.iter().find(|units| units.line_id == row.id);
    OrderLine {
        id: row.id,
        picture: row.picture,
        name: row.name,
        options: row.options,
        sku: row.sku,
        slug: row.slug,
        unit_price: row.unit_price,
        quantity: row.quantity,
        total: row.total,
        member_discount: row.member_discount,
        voucher_discount: row.voucher_discount,
        tax: row.tax,
        called_off: units.map_or(0, |units| units.called_off),
        shipped: units.map_or(0, |units| units.shipped),
        returned: units.map_or(0, |units| units.returned),
    }
}

fn entry(row: HistoryRow) -> Result<HistoryEntry> {
    let HistoryRow { kind, status, actor_kind, actor_name, note, at } = row;
    Ok(HistoryEntry { kind, status, at, actor: actor::read(&actor_kind, actor_name)?, note })
}
