//! `POST /api/v1/carts/{id}/checkout`: an order from a cart, once per idempotency key.

use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::checkout::{PaymentRedirect, PlaceOrder, PlacedOrder};
use domain::message::Message;
use domain::problem::{FieldProblem, Problem};
use domain::shipping::AddressForm;
use domain::text::IdempotencyKey;
use serde::Serialize;
use services::{Shop, checkout};

use crate::api::input::{InPath, Object};
use crate::api::language::Voice;
use crate::api::price::TotalsBody;
use crate::failure::Failure;

const KEY: &str = "Idempotency-Key";

#[derive(Serialize)]
struct PlacedBody {
    number: String,
    status: &'static str,
    totals: TotalsBody,
    access_token: String,
    payment: Option<PaymentRedirect>,
}

/// Places the order. The same key with the same content gets the same answer.
pub(super) async fn place(
    State(shop): State<Shop>,
    voice: Voice,
    InPath(cart): InPath<String>,
    headers: HeaderMap,
    body: Object,
) -> Result<Response, Failure> {
    let key = idempotency_key(&headers)?;
    let order = read(&body, &voice)?;
    let placed = checkout::place(&shop, &cart, key.as_str(), order).await?;

    let place = format!("/api/v1/orders/{}?token={}", placed.number, placed.access_token);
    let body = PlacedBody::of(placed, &voice);
    let mut response = (StatusCode::CREATED, voice.say(body)).into_response();
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

fn idempotency_key(headers: &HeaderMap) -> Result<IdempotencyKey, Failure> {
    let sent = headers.get(KEY).map(|value| value.to_str().unwrap_or("\u{fffd}")).unwrap_or_default();
    IdempotencyKey::parse(sent).map_err(|message| {
        let message = if message == Message::Required { Message::KeyMissing } else { message };
        let problem = Problem { message: message.clone(), ..Problem::invalid(vec![FieldProblem::new(KEY, message)]) };
        Failure::from(problem).with_status(StatusCode::BAD_REQUEST)
    })
}

/// Reads the fields as texts; what they mean is for the services to judge.
fn read(body: &Object, voice: &Voice) -> Result<PlaceOrder, Failure> {
    let address = body.object("shipping_address")?;
    let part = |field: &str| address.text(field, &format!("shipping_address.{field}"));
    Ok(PlaceOrder {
        email: body.text("email", "email")?,
        shipping_address: AddressForm {
            name: part("name")?,
            phone: part("phone")?,
            line_1: part("line_1")?,
            line_2: part("line_2")?,
            city: part("city")?,
            province: part("province")?,
            postal_code: part("postal_code")?,
        },
        payment_method: body.text("payment_method", "payment_method")?,
        locale: voice.locale,
    })
}

impl PlacedBody {
    fn of(placed: PlacedOrder, voice: &Voice) -> Self {
        Self {
            status: placed.status.as_str(),
            totals: TotalsBody::of(&placed.totals, voice.settings.currency),
            number: placed.number,
            access_token: placed.access_token,
            payment: placed.payment,
        }
    }
}
