//! `GET /api/v1/orders/{number}?token=…` and its cancellation: an order, for whoever holds its token. A wrong token and an unknown number
//! look the same.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::money::Price;
use domain::orders::{HistoryEntry, HistoryKind, Invoice, LineUnits, OrderDetail, OrderLine, OrderStatus, Parcel};
use domain::payments::{PaymentMethod, PaymentStatus, Refund, RefundStatus};
use domain::shipping::{Address, DeliveryMethod};
use serde::{Deserialize, Serialize};
use services::{Shop, orders};

use crate::api::catalog::Image;
use crate::api::input::{InPath, InQuery, Object};
use crate::api::language::Voice;
use crate::api::price::{TaxBody, TotalsBody, price};
use crate::failure::Failure;

/// The token that opens an order.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct TokenQuery {
    token: String,
}

#[derive(Serialize)]
struct OrderBody {
    number: String,
    status: OrderStatus,
    email: String,
    shipping_address: Address,
    payment_method: PaymentMethod,
    payment_status: Option<PaymentStatus>,
    delivery_method: DeliveryMethod,
    lines: Vec<LineBody>,
    totals: TotalsBody,
    taxes: Vec<TaxBody>,
    voucher_code: Option<String>,
    called_off: Price,
    placed_at: DateTime<Utc>,
    pay_by: Option<DateTime<Utc>>,
    tracking_number: Option<String>,
    parcels: Vec<ParcelBody>,
    refunds: Vec<RefundBody>,
    invoice: Option<InvoiceBody>,
    history: Vec<StepBody>,
}

#[derive(Serialize)]
struct ParcelBody {
    courier: Option<String>,
    tracking_number: Option<String>,
    at: DateTime<Utc>,
    lines: Vec<ParcelLineBody>,
}

#[derive(Serialize)]
struct ParcelLineBody {
    sku: String,
    quantity: u32,
}

#[derive(Serialize)]
struct RefundBody {
    amount: Price,
    status: RefundStatus,
    reason: String,
    at: DateTime<Utc>,
}

#[derive(Serialize)]
struct InvoiceBody {
    number: String,
    issued_at: DateTime<Utc>,
}

#[derive(Serialize)]
struct LineBody {
    sku: String,
    slug: Option<String>,
    name: String,
    options: String,
    quantity: u32,
    called_off: u32,
    unit_price: Price,
    total: Price,
    tax: Price,
    image: Option<Image>,
}

#[derive(Serialize)]
struct StepBody {
    kind: HistoryKind,
    status: OrderStatus,
    at: DateTime<Utc>,
    note: Option<String>,
}

/// Shows the order.
pub(crate) async fn show(
    State(shop): State<Shop>,
    voice: Voice,
    InPath(number): InPath<String>,
    InQuery(query): InQuery<TokenQuery>,
) -> Result<Response, Failure> {
    let order = orders::show(&shop, &number, &query.token).await?;
    Ok(voice.say(OrderBody::of(order, &voice)))
}

/// `POST /api/v1/orders/{number}/cancel?token=…`: calls the order off, while nothing of it has left.
pub(crate) async fn cancel(
    State(shop): State<Shop>,
    voice: Voice,
    InPath(number): InPath<String>,
    InQuery(query): InQuery<TokenQuery>,
    object: Option<Object>,
) -> Result<Response, Failure> {
    let reason = object.map(|object| object.text("reason", "reason")).transpose()?.unwrap_or_default();
    let order = orders::cancel_by_buyer(&shop, &number, &query.token, &reason).await?;
    Ok(voice.say(OrderBody::of(order, &voice)))
}

impl OrderBody {
    fn of(order: OrderDetail, voice: &Voice) -> Self {
        Self {
            lines: order.lines.iter().map(|line| LineBody::of(line, &order, voice)).collect(),
            delivery_method: order.delivery_method,
            totals: TotalsBody::of(&order.totals, order.currency),
            taxes: order.taxes.iter().map(|tax| TaxBody::of(tax, order.currency)).collect(),
            called_off: price(order.called_off, order.currency),
            history: order.history.iter().map(StepBody::of).collect(),
            parcels: order.parcels.iter().map(|parcel| ParcelBody::of(parcel, &order)).collect(),
            refunds: order.refunds.iter().map(|refund| RefundBody::of(refund, &order)).collect(),
            invoice: order.invoice.map(|Invoice { number, issued_at }| InvoiceBody { number, issued_at }),
            voucher_code: order.voucher_code,
            number: order.number,
            status: order.status,
            email: order.email,
            shipping_address: order.address,
            payment_method: order.payment_method,
            payment_status: order.payment_status,
            placed_at: order.placed_at,
            pay_by: order.pay_by,
            tracking_number: order.tracking_number,
        }
    }
}

impl ParcelBody {
    fn of(parcel: &Parcel, order: &OrderDetail) -> Self {
        let line = |units: &LineUnits| {
            let line = order.lines.iter().find(|line| line.id == units.line_id)?;
            Some(ParcelLineBody { sku: line.sku.clone(), quantity: units.quantity })
        };
        Self {
            courier: parcel.courier.clone(),
            tracking_number: parcel.tracking_number.clone(),
            at: parcel.at,
            lines: parcel.lines.iter().filter_map(line).collect(),
        }
    }
}

impl RefundBody {
    fn of(refund: &Refund, order: &OrderDetail) -> Self {
        Self {
            amount: price(refund.amount, order.currency),
            status: refund.status,
            reason: refund.reason.clone(),
            at: refund.settled_at.unwrap_or(refund.at),
        }
    }
}

impl StepBody {
    fn of(entry: &HistoryEntry) -> Self {
        let note = entry.note.clone().filter(|_| entry.kind.is_for_buyers());
        Self { kind: entry.kind, status: entry.status, at: entry.at, note }
    }
}

impl LineBody {
    fn of(line: &OrderLine, order: &OrderDetail, voice: &Voice) -> Self {
        Self {
            sku: line.sku.clone(),
            slug: line.slug.clone(),
            name: line.name.get(voice.locale).to_owned(),
            options: line.options.get(voice.locale).to_owned(),
            quantity: line.quantity,
            called_off: line.called_off,
            unit_price: price(line.unit_price, order.currency),
            total: price(line.total, order.currency),
            tax: price(line.tax, order.currency),
            image: line.picture.as_ref().map(|picture| Image::of(picture, 400, voice.locale)),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::orders::OrderDetail;
    use serde_json::{from_value, json, to_value};

    use super::OrderBody;
    use crate::api::language::tests::voice;
    use crate::api::openapi::conformance::assert_conforms;

    #[test]
    fn an_order_looks_as_documented() {
        let text = json!({ "id": "Kemeja", "en": "Shirt" });
        let order: OrderDetail = from_value(json!({
            "id": 1, "number": "ET-1", "status": "processing", "email": "siti@example.com",
            "address": {
                "name": "Siti", "phone": "081234567890", "line_1": "Jalan Melati 5", "line_2": null,
                "city": "Bandung", "province": "Jawa Barat", "postal_code": "40115",
            },
            "locale": "id", "currency": "IDR", "payment_method": "demo", "payment_status": "paid",
            "lines": [{
                "id": 1, "name": text, "options": text, "sku": "K-1", "picture": null, "slug": "kemeja",
                "unit_price": 199_000, "quantity": 1, "total": 199_000,
            }],
            "totals": {
                "subtotal": 199_000, "member_discount": 19_900, "voucher_discount": 0, "delivery": 20_000,
                "tax": 17_748, "tax_included": true, "total": 199_100,
            },
            "taxes": [{ "name": "PPN", "rate": 1_100, "base": 161_352, "amount": 17_748 }],
            "placed_at": "2026-01-05T12:00:00Z", "pay_by": null, "tracking_number": null,
            "history": [{
                "status": "processing", "at": "2026-01-05T12:00:00Z", "actor": { "kind": "shopper" }, "note": "secret",
            }],
            "next": ["handed_to_courier"],
        }))
        .unwrap();
        let answer = to_value(OrderBody::of(order, &voice())).unwrap();
        assert_conforms("Order", &answer);
        assert!(!answer.to_string().contains("secret"), "notes are for staff");
    }
}
