//! Stripe: Checkout Sessions, refunds and events. From docs.stripe.com.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Book, Desk, Notice, PROOF, Payment, Refund, Said, Standing, is_ours};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/v1/checkout/sessions", get(list).post(create))
        .route("/v1/checkout/sessions/{id}", get(show))
        .route("/v1/checkout/sessions/{id}/expire", post(end))
        .route("/v1/refunds", get(list_refunds).post(refund))
}

fn refused(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "error": { "type": "invalid_request_error", "message": message } }))).into_response()
}

fn unauthorized() -> Response {
    refused(StatusCode::UNAUTHORIZED, "Invalid API Key provided")
}

/// The fields of a form.
fn form(body: &str) -> HashMap<String, String> {
    let url = reqwest::Url::parse(&format!("http://form.example/?{body}")).unwrap();
    url.query_pairs().into_owned().collect()
}

/// The answer that was given to that key; an error when it came with other fields.
fn known(book: &Book, headers: &HeaderMap, body: &str) -> Result<Option<Value>, Box<Response>> {
    let Some(key) = headers.get("idempotency-key").and_then(|key| key.to_str().ok()) else {
        return Err(Box::new(refused(StatusCode::BAD_REQUEST, "these tests want an idempotency key")));
    };
    match book.kept.iter().find(|(known, ..)| known == key) {
        Some((_, same, answer)) if same == body => Ok(Some(answer.clone())),
        Some(_) => Err(Box::new(refused(
            StatusCode::BAD_REQUEST,
            "Keys for idempotent requests can only be used with the same parameters",
        ))),
        None => Ok(None),
    }
}

fn keep(book: &mut Book, headers: &HeaderMap, body: &str, answer: &Value) {
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    book.kept.push((key, body.to_owned(), answer.clone()));
}

async fn create(State(desk): State<Desk>, headers: HeaderMap, body: String) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    let asked = form(&body);
    let mut book = desk.book();
    match known(&book, &headers, &body) {
        Ok(None) => {}
        Ok(Some(answer)) => return Json(answer).into_response(),
        Err(refused) => return *refused,
    }
    let field = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let Ok(amount) = field("line_items[0][price_data][unit_amount]").parse::<i64>() else {
        return refused(StatusCode::BAD_REQUEST, "Missing required param: line_items[0][price_data][unit_amount].");
    };
    if field("mode") != "payment" || field("success_url").is_empty() {
        return refused(StatusCode::BAD_REQUEST, "Missing required param: success_url.");
    }
    let now = book.now();
    let closes_at = match asked.get("expires_at") {
        None => now + TimeDelta::hours(24),
        Some(at) => DateTime::from_timestamp(at.parse().unwrap(), 0).unwrap(),
    };
    // From thirty minutes to a day by its own clock, to the second.
    let is_told = asked.contains_key("expires_at");
    if is_told && (closes_at < now + TimeDelta::minutes(30) || closes_at >= now + TimeDelta::hours(24)) {
        return refused(
            StatusCode::BAD_REQUEST,
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.",
        );
    }
    let payment = Payment {
        id: format!("cs_test-{}", book.payments.len() + 1),
        reference: field("client_reference_id"),
        amount,
        currency: field("line_items[0][price_data][currency]"),
        standing: Standing::Open,
        is_chosen: true,
        closes_at,
        return_url: field("success_url"),
        refunds: Vec::new(),
    };
    let mut answer = told(&payment);
    answer["url"] = json!(format!("{}/page/{}", desk.url, payment.id));
    book.payments.push(payment);
    keep(&mut book, &headers, &body, &answer);
    Json(answer).into_response()
}

async fn list(State(desk): State<Desk>, headers: HeaderMap) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    let data: Vec<Value> = desk.book().payments.iter().map(told).collect();
    Json(json!({ "object": "list", "data": data })).into_response()
}

async fn show(State(desk): State<Desk>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    match desk.book().find(|payment| payment.id == id) {
        Some(payment) => Json(told(payment)).into_response(),
        None => refused(StatusCode::NOT_FOUND, "No such checkout.session"),
    }
}

async fn end(State(desk): State<Desk>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    let mut book = desk.book();
    let now = book.now();
    let Some(payment) = book.find(|payment| payment.id == id) else {
        return refused(StatusCode::NOT_FOUND, "No such checkout.session");
    };
    if payment.standing != Standing::Open {
        return refused(StatusCode::BAD_REQUEST, "Only Checkout Sessions with a status in [\"open\"] can be expired.");
    }
    payment.standing = Standing::Expired;
    let ended = payment.clone();
    book.notices.push_back(notice(&ended, now));
    Json(told(&ended)).into_response()
}

async fn list_refunds(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    let of = asked.get("payment_intent").cloned().unwrap_or_default();
    let mut book = desk.book();
    let found = book.find(|payment| intent_of(payment) == of).cloned();
    let data: Vec<Value> = found.iter().flat_map(|of| of.refunds.iter().map(|it| refund_told(it, of))).collect();
    Json(json!({ "object": "list", "data": data })).into_response()
}

async fn refund(State(desk): State<Desk>, headers: HeaderMap, body: String) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    let asked = form(&body);
    let mut book = desk.book();
    match known(&book, &headers, &body) {
        Ok(None) => {}
        Ok(Some(answer)) => return Json(answer).into_response(),
        Err(refused) => return *refused,
    }
    let of = asked.get("payment_intent").cloned().unwrap_or_default();
    let Some(payment) = book.find(|payment| intent_of(payment) == of) else {
        return refused(StatusCode::NOT_FOUND, "No such payment_intent");
    };
    let left = payment.amount - payment.refunds.iter().map(|known| known.amount).sum::<i64>();
    let amount: i64 = asked.get("amount").map_or(left, |amount| amount.parse().unwrap());
    if payment.standing != Standing::Paid || amount > left {
        return refused(StatusCode::BAD_REQUEST, "Refund amount is greater than unrefunded amount on charge");
    }
    let made = Refund {
        id: format!("re_{}_{}", payment.id, payment.refunds.len() + 1),
        key: asked.get("metadata[refund_key]").cloned().unwrap_or_default(),
        amount,
    };
    payment.refunds.push(made.clone());
    let answer = refund_told(&made, &payment.clone());
    keep(&mut book, &headers, &body, &answer);
    Json(answer).into_response()
}

fn intent_of(payment: &Payment) -> String {
    format!("pi_{}", payment.id)
}

fn refund_told(refund: &Refund, of: &Payment) -> Value {
    json!({
        "id": refund.id, "object": "refund", "amount": refund.amount, "currency": of.currency,
        "payment_intent": intent_of(of), "status": "succeeded",
        "metadata": { "refund_key": refund.key, "reference": of.reference },
    })
}

fn told(payment: &Payment) -> Value {
    let (status, payment_status) = match payment.standing {
        Standing::Open => ("open", "unpaid"),
        Standing::Paid => ("complete", "paid"),
        Standing::Expired => ("expired", "unpaid"),
    };
    json!({
        "id": payment.id, "object": "checkout.session", "client_reference_id": payment.reference,
        "amount_total": payment.amount, "currency": payment.currency, "status": status, "payment_status": payment_status,
        "payment_intent": if payment.standing == Standing::Paid { json!(intent_of(payment)) } else { Value::Null },
        "metadata": { "reference": payment.reference }, "expires_at": payment.closes_at.timestamp(),
    })
}

/// The event that is posted.
pub(super) fn notice(payment: &Payment, now: DateTime<Utc>) -> Notice {
    let kind = match payment.standing {
        Standing::Paid | Standing::Open => "checkout.session.completed",
        Standing::Expired => "checkout.session.expired",
    };
    event(&format!("evt_{}_{kind}", payment.id), kind, told(payment), now)
}

/// What it told, or will tell, of a payment at another time.
pub(super) fn says(payment: &Payment, said: Said, number: usize, now: DateTime<Utc>) -> Notice {
    let at = |standing: Standing| told(&Payment { standing, ..payment.clone() });
    let mut waits = at(Standing::Open);
    waits["status"] = json!("complete");
    let (kind, object) = match said {
        Said::Waiting => ("checkout.session.completed", waits),
        Said::Paid => ("checkout.session.async_payment_succeeded", at(Standing::Paid)),
        Said::Failed => ("checkout.session.async_payment_failed", waits),
        Said::Expired => ("checkout.session.expired", at(Standing::Expired)),
        Said::GivenBack => ("charge.refunded", json!({ "id": "ch_1", "metadata": { "reference": payment.reference } })),
    };
    event(&format!("evt_{number}"), kind, object, now)
}

/// Signed over time and body.
fn event(id: &str, kind: &str, object: Value, now: DateTime<Utc>) -> Notice {
    let body = json!({ "id": id, "object": "event", "type": kind, "livemode": false, "data": { "object": object } })
        .to_string();
    Notice { headers: proof(PROOF, &body, now), body }
}

/// The header that proves a body with a secret.
pub(super) fn proof(secret: &str, body: &str, now: DateTime<Utc>) -> Vec<(&'static str, String)> {
    let at = now.timestamp();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{at}.{body}").as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    vec![("stripe-signature", format!("t={at},v1={signature}"))]
}
