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
pub(crate) async fn place(
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
        delivery_method: body.text("delivery_method", "delivery_method")?,
        voucher_code: body.text("voucher_code", "voucher_code")?,
        expected_total: body.money("expected_total", voice.settings.currency)?,
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

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};
    use domain::checkout::PlacedOrder;
    use domain::money::Money;
    use serde_json::{Value, from_value, json, to_value};

    use super::{KEY, Object, PlacedBody, idempotency_key, read};
    use crate::api::language::tests::voice;
    use crate::api::openapi::conformance::assert_conforms;

    #[test]
    fn a_placed_order_looks_as_documented() {
        for payment in [json!(null), json!({ "redirect_url": "http://127.0.0.1:4000/pay/1" })] {
            let placed: PlacedOrder = from_value(json!({
                "number": "ET-1", "status": "pending_payment", "access_token": "x", "payment": payment,
                "totals": { "subtotal": 199_000, "delivery": 20_000, "total": 219_000 },
            }))
            .unwrap();
            assert_conforms("PlacedOrder", &to_value(PlacedBody::of(placed, &voice())).unwrap());
        }
    }

    #[test]
    fn an_order_needs_a_key_of_plain_characters() {
        let key = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(KEY, HeaderValue::from_static(text));
            idempotency_key(&headers)
        };
        assert_eq!(key("order-1").unwrap().as_str(), "order-1");
        assert!(key(" ").is_err());
        assert!(idempotency_key(&HeaderMap::new()).is_err());
    }

    #[test]
    fn fields_of_a_wrong_kind_are_told_by_name() {
        let body = |value: Value| match value {
            Value::Object(object) => Object(object),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => unreachable!(),
        };
        let read = |value| read(&body(value), &voice());
        assert!(read(json!({})).is_ok(), "what is missing is for the services to tell, all at once");
        let seen = read(json!({ "expected_total": { "amount": 170_000, "currency": "IDR" } })).unwrap();
        assert_eq!(seen.expected_total, Some(Money::minor(170_000)));
        assert_eq!(read(json!({ "expected_total": null })).unwrap().expected_total, None);
        for wrong in [
            json!({ "email": 5 }),
            json!({ "shipping_address": "Jalan Melati 5" }),
            json!({ "shipping_address": { "city": ["Bandung"] } }),
            json!({ "payment_method": {} }),
            json!({ "expected_total": 170_000 }),
            json!({ "expected_total": { "amount": 1.5, "currency": "IDR" } }),
            json!({ "expected_total": { "amount": 170_000, "currency": "USD" } }),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
