//! Xendit: invoices. From docs.xendit.co.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::collections::HashMap;

use super::{Desk, Notice, PROOF, Payment, Refund, Said, Standing, is_ours};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/v2/invoices", get(list).post(create))
        .route("/v2/invoices/{id}", get(show))
        .route("/invoices/{id}/expire!", post(end))
        .route("/refunds", get(list_refunds).post(refund))
}

fn refused(status: StatusCode, code: &str) -> Response {
    (status, Json(json!({ "error_code": code, "message": "The request is refused." }))).into_response()
}

fn unauthorized() -> Response {
    refused(StatusCode::UNAUTHORIZED, "INVALID_API_KEY")
}

async fn create(State(desk): State<Desk>, headers: HeaderMap, Json(asked): Json<Value>) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    let (Some(reference), Some(amount)) = (asked["external_id"].as_str(), asked["amount"].as_i64()) else {
        return refused(StatusCode::BAD_REQUEST, "API_VALIDATION_ERROR");
    };
    let Some(seconds) = asked["invoice_duration"].as_i64().filter(|seconds| *seconds > 0) else {
        return refused(StatusCode::BAD_REQUEST, "API_VALIDATION_ERROR");
    };
    let mut book = desk.book();
    // The same name makes another invoice.
    let id = format!("inv-{}", book.payments.len() + 1);
    let closes_at = book.now() + TimeDelta::seconds(seconds);
    let payment = Payment {
        id,
        reference: reference.to_owned(),
        amount,
        currency: asked["currency"].as_str().unwrap_or("IDR").to_owned(),
        standing: Standing::Open,
        is_chosen: true,
        closes_at,
        return_url: asked["success_redirect_url"].as_str().unwrap_or_default().to_owned(),
        refunds: Vec::new(),
    };
    let answer = told(&payment, &desk.url);
    book.payments.push(payment);
    Json(answer).into_response()
}

async fn list(State(desk): State<Desk>, headers: HeaderMap, Query(asked): Query<HashMap<String, String>>) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    let mut book = desk.book();
    let is_named = |payment: &&Payment| asked.get("external_id").is_none_or(|name| *name == payment.reference);
    let ids: Vec<String> = book.payments.iter().filter(is_named).map(|payment| payment.id.clone()).collect();
    let mut found = Vec::new();
    for id in ids.iter().rev() {
        found.push(told(book.find(|payment| payment.id == *id).unwrap(), &desk.url));
    }
    Json(found).into_response()
}

async fn show(State(desk): State<Desk>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    match desk.book().find(|payment| payment.id == id) {
        Some(payment) => Json(told(payment, &desk.url)).into_response(),
        None => refused(StatusCode::NOT_FOUND, "INVOICE_NOT_FOUND_ERROR"),
    }
}

async fn end(State(desk): State<Desk>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    let mut book = desk.book();
    let Some(payment) = book.find(|payment| payment.id == id) else {
        return refused(StatusCode::NOT_FOUND, "INVOICE_NOT_FOUND_ERROR");
    };
    if payment.standing == Standing::Paid {
        return refused(StatusCode::BAD_REQUEST, "INVOICE_ALREADY_PAID");
    }
    payment.standing = Standing::Expired;
    let ended = payment.clone();
    book.notices.push_back(notice(&ended));
    Json(told(&ended, &desk.url)).into_response()
}

/// No filter is documented: it tells of all, unless it was said to know one.
async fn list_refunds(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    let book = desk.book();
    let of = |payment: &Payment| payment.refunds.iter().map(|it| refund_told(it, &payment.id)).collect::<Vec<_>>();
    let is_asked = |payment: &&Payment| !book.lists_by_payment || asked.get("invoice_id") == Some(&payment.id);
    let data: Vec<Value> = book.payments.iter().rev().filter(is_asked).flat_map(of).collect();
    Json(json!({ "data": data, "has_more": false })).into_response()
}

async fn refund(State(desk): State<Desk>, headers: HeaderMap, Json(asked): Json<Value>) -> Response {
    if !is_ours(&headers) {
        return unauthorized();
    }
    let (Some(of), Some(key), Some(amount)) =
        (asked["invoice_id"].as_str(), asked["reference_id"].as_str(), asked["amount"].as_i64())
    else {
        return refused(StatusCode::BAD_REQUEST, "API_VALIDATION_ERROR");
    };
    if headers.get("idempotency-key").is_none() {
        return refused(StatusCode::BAD_REQUEST, "API_VALIDATION_ERROR");
    }
    let mut book = desk.book();
    let Some(payment) = book.find(|payment| payment.id == of) else {
        return refused(StatusCode::NOT_FOUND, "DATA_NOT_FOUND");
    };
    if let Some(known) = payment.refunds.iter().find(|known| known.key == key) {
        return Json(refund_told(known, of)).into_response();
    }
    let left = payment.amount - payment.refunds.iter().map(|known| known.amount).sum::<i64>();
    if payment.standing != Standing::Paid || amount > left {
        return refused(StatusCode::BAD_REQUEST, "MAXIMUM_REFUND_AMOUNT_REACHED");
    }
    let made = Refund { id: format!("rfd-{}-{}", of, payment.refunds.len() + 1), key: key.to_owned(), amount };
    payment.refunds.push(made.clone());
    Json(refund_told(&made, of)).into_response()
}

fn refund_told(refund: &Refund, of: &str) -> Value {
    json!({
        "id": refund.id, "invoice_id": of, "reference_id": refund.key, "amount": refund.amount, "currency": "IDR",
        "status": "SUCCEEDED",
    })
}

fn told(payment: &Payment, url: &str) -> Value {
    let status = match payment.standing {
        Standing::Open => "PENDING",
        Standing::Paid => "PAID",
        Standing::Expired => "EXPIRED",
    };
    json!({
        "id": payment.id, "external_id": payment.reference, "user_id": "u-1", "status": status, "amount": payment.amount,
        "currency": payment.currency, "invoice_url": format!("{url}/page/{}", payment.id),
        "expiry_date": payment.closes_at.to_rfc3339(),
    })
}

/// The body that is posted, with the token that never changes.
pub(super) fn notice(payment: &Payment) -> Notice {
    let mut body = told(payment, "https://checkout.example");
    body["payment_method"] = json!("QR_CODE");
    if payment.standing == Standing::Paid {
        body["paid_amount"] = json!(payment.amount);
        body["paid_at"] = json!("2026-11-30T10:00:00.000Z");
    }
    Notice { headers: vec![("x-callback-token", PROOF.to_owned())], body: body.to_string() }
}

/// The same with other words in it: the token covers none of them.
pub(super) fn says(payment: &Payment, said: Said, number: usize) -> Notice {
    let mut body = told(payment, "https://checkout.example");
    body["updated"] = json!(format!("2026-11-30T10:00:00.{number:06}Z"));
    body["status"] = match said {
        Said::Waiting => json!("PENDING"),
        Said::Paid => json!("PAID"),
        Said::Failed => json!("FAILED"),
        Said::Expired => json!("EXPIRED"),
        // Told by another product, which names no invoice of the shop.
        Said::GivenBack => {
            body = json!({ "event": "refund.succeeded", "created": body["updated"], "data": { "invoice_id": payment.id } });
            Value::Null
        }
    };
    Notice { headers: vec![("x-callback-token", PROOF.to_owned())], body: body.to_string() }
}
