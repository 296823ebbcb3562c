//! `GET /api/v1/orders/{number}?token=…`: an order, for whoever holds its token. A wrong token and an unknown number
//! look the same.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::money::Price;
use domain::orders::{OrderDetail, OrderLine, OrderStatus};
use domain::payments::{PaymentMethod, PaymentStatus};
use domain::shipping::Address;
use serde::{Deserialize, Serialize};
use services::{Shop, orders};

use crate::api::catalog::Image;
use crate::api::input::{InPath, InQuery};
use crate::api::language::Voice;
use crate::api::price::{TotalsBody, price};
use crate::failure::Failure;

/// The token that opens an order.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct TokenQuery {
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
    lines: Vec<LineBody>,
    totals: TotalsBody,
    placed_at: DateTime<Utc>,
    pay_by: Option<DateTime<Utc>>,
    tracking_number: Option<String>,
    history: Vec<StepBody>,
}

#[derive(Serialize)]
struct LineBody {
    sku: String,
    slug: Option<String>,
    name: String,
    options: String,
    quantity: u32,
    unit_price: Price,
    total: Price,
    image: Option<Image>,
}

#[derive(Serialize)]
struct StepBody {
    status: OrderStatus,
    at: DateTime<Utc>,
}

/// Shows the order.
pub(super) async fn show(
    State(shop): State<Shop>,
    voice: Voice,
    InPath(number): InPath<String>,
    InQuery(query): InQuery<TokenQuery>,
) -> Result<Response, Failure> {
    let order = orders::show(&shop, &number, &query.token).await?;
    Ok(voice.say(OrderBody::of(order, &voice)))
}

impl OrderBody {
    fn of(order: OrderDetail, voice: &Voice) -> Self {
        Self {
            lines: order.lines.iter().map(|line| LineBody::of(line, &order, voice)).collect(),
            totals: TotalsBody::of(&order.totals, order.currency),
            history: order.history.iter().map(|step| StepBody { status: step.status, at: step.at }).collect(),
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

impl LineBody {
    fn of(line: &OrderLine, order: &OrderDetail, voice: &Voice) -> Self {
        Self {
            sku: line.sku.clone(),
            slug: line.slug.clone(),
            name: line.name.get(voice.locale).to_owned(),
            options: line.options.get(voice.locale).to_owned(),
            quantity: line.quantity,
            unit_price: price(line.unit_price, order.currency),
            total: price(line.total, order.currency),
            image: line.picture.as_ref().map(|picture| Image::of(picture, 400, voice.locale)),
        }
    }
}
