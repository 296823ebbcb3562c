//! Midtrans: Snap's hosted page, and the status interface. From docs.midtrans.com.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta};
use serde_json::{Value, json};
use sha2::{Digest, Sha512};

use super::{Desk, Notice, PROOF, Payment, Refund, Said, Standing, is_ours};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/snap/v1/transactions", post(create))
        .route("/v2/{id}/status", get(status))
        .route("/v2/{id}/cancel", post(end))
        .route("/v2/{id}/expire", post(end))
        .route("/v2/{id}/refund", post(refund))
        .route("/v2/{id}/refund/online/direct", post(refund))
}

fn refused(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "error_messages": [message], "status_code": status.as_str(), "status_message": message })))
        .into_response()
}

async fn create(State(desk): State<Desk>, headers: HeaderMap, Json(asked): Json<Value>) -> Response {
    if !is_ours(&headers) {
        return refused(StatusCode::UNAUTHORIZED, "Access denied due to unauthorized transaction");
    }
    let (order, amount) = (&asked["transaction_details"]["order_id"], &asked["transaction_details"]["gross_amount"]);
    let (Some(order), Some(amount)) = (order.as_str(), amount.as_i64()) else {
        return refused(StatusCode::BAD_REQUEST, "transaction_details is required");
    };
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_~.".contains(letter);
    if order.is_empty() || order.len() > 50 || !order.chars().all(allowed) {
        return refused(StatusCode::BAD_REQUEST, "transaction_details.order_id is not valid");
    }
    let lines = asked["item_details"].as_array().cloned().unwrap_or_default();
    let sum: i64 = lines.iter().map(|line| line["price"].as_i64().unwrap() * line["quantity"].as_i64().unwrap()).sum();
    if !lines.is_empty() && sum != amount {
        return refused(
            StatusCode::BAD_REQUEST,
            "transaction_details.gross_amount is not equal to the sum of item_details",
        );
    }
    if lines.iter().any(|line| line["name"].as_str().is_none_or(|name| name.chars().count() > 50)) {
        return refused(StatusCode::BAD_REQUEST, "item_details.name is too long");
    }
    // Without a start its clock would begin when a method is chosen.
    let start = asked["expiry"]["start_time"].as_str().unwrap_or_default();
    let Ok(start) = DateTime::parse_from_str(start, "%Y-%m-%d %H:%M:%S %z") else {
        return refused(StatusCode::BAD_REQUEST, "expiry.start_time is not valid");
    };
    let (Some("minutes"), Some(minutes)) = (asked["expiry"]["unit"].as_str(), asked["expiry"]["duration"].as_i64())
    else {
        return refused(StatusCode::BAD_REQUEST, "expiry is not valid");
    };
    if headers.get("x-override-notification").is_none() {
        return refused(StatusCode::BAD_REQUEST, "these tests want their own address to be named");
    }
    let mut book = desk.book();
    if book.find(|payment| payment.reference == order && payment.is_chosen).is_some() {
        return refused(StatusCode::BAD_REQUEST, "transaction_details.order_id has already been taken");
    }
    let id = format!("snap-{}", book.payments.len() + 1);
    book.payments.push(Payment {
        id: id.clone(),
        reference: order.to_owned(),
        amount,
        currency: "IDR".to_owned(),
        standing: Standing::Open,
        is_chosen: false,
        closes_at: start.to_utc() + TimeDelta::minutes(minutes),
        return_url: asked["callbacks"]["finish"].as_str().unwrap_or_default().to_owned(),
        refunds: Vec::new(),
    });
    let redirect_url = format!("{}/page/{id}", desk.url);
    (StatusCode::CREATED, Json(json!({ "token": id, "redirect_url": redirect_url }))).into_response()
}

async fn status(State(desk): State<Desk>, headers: HeaderMap, Path(order): Path<String>) -> Response {
    if !is_ours(&headers) {
        return refused(
            StatusCode::UNAUTHORIZED,
            "Transaction cannot be authorized with the current client/server key.",
        );
    }
    match desk.book().find(|payment| payment.reference == order && payment.is_chosen) {
        Some(payment) => Json(told(payment)).into_response(),
        None => refused(StatusCode::NOT_FOUND, "Transaction doesn't exist."),
    }
}

async fn end(State(desk): State<Desk>, headers: HeaderMap, Path(order): Path<String>) -> Response {
    if !is_ours(&headers) {
        return refused(StatusCode::UNAUTHORIZED, "unauthorized");
    }
    let mut book = desk.book();
    let Some(payment) = book.find(|payment| payment.reference == order && payment.is_chosen) else {
        return refused(StatusCode::NOT_FOUND, "Transaction doesn't exist.");
    };
    if payment.standing != Standing::Open {
        return refused(StatusCode::PRECONDITION_FAILED, "Transaction status cannot be updated.");
    }
    payment.standing = Standing::Expired;
    let ended = payment.clone();
    book.notices.push_back(notice(&ended));
    Json(told(&ended)).into_response()
}

async fn refund(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Path(order): Path<String>,
    Json(asked): Json<Value>,
) -> Response {
    if !is_ours(&headers) {
        return refused(StatusCode::UNAUTHORIZED, "unauthorized");
    }
    let mut book = desk.book();
    let Some(payment) = book.find(|payment| payment.reference == order && payment.is_chosen) else {
        return refused(StatusCode::NOT_FOUND, "Transaction doesn't exist.");
    };
    let (Some(key), Some(amount)) = (asked["refund_key"].as_str(), asked["amount"].as_i64()) else {
        return refused(StatusCode::BAD_REQUEST, "refund_key and amount are required");
    };
    if payment.refunds.iter().any(|known| known.key == key) {
        return refused(StatusCode::NOT_ACCEPTABLE, "Duplicate refund key.");
    }
    let left = payment.amount - payment.refunds.iter().map(|known| known.amount).sum::<i64>();
    if payment.standing != Standing::Paid || amount > left {
        return refused(StatusCode::PRECONDITION_FAILED, "Transaction status cannot be updated.");
    }
    let id = (payment.refunds.len() + 1).to_string();
    payment.refunds.push(Refund { id: id.clone(), key: key.to_owned(), amount });
    let mut answer = told(payment);
    answer["refund_chargeback_id"] = json!(id.parse::<u32>().unwrap());
    let paid = payment.clone();
    book.notices.push_back(notice(&paid));
    Json(answer).into_response()
}

fn word(payment: &Payment) -> (&'static str, &'static str) {
    let given_back: i64 = payment.refunds.iter().map(|refund| refund.amount).sum();
    match payment.standing {
        Standing::Open => ("pending", "201"),
        Standing::Expired => ("expire", "202"),
        Standing::Paid if given_back == 0 => ("settlement", "200"),
        Standing::Paid if given_back == payment.amount => ("refund", "200"),
        Standing::Paid => ("partial_refund", "200"),
    }
}

fn told(payment: &Payment) -> Value {
    let (status, code) = word(payment);
    let refunds: Vec<Value> = payment
        .refunds
        .iter()
        .map(|refund| {
            let amount = format!("{}.00", refund.amount);
            json!({ "refund_chargeback_id": refund.id.parse::<u32>().unwrap(), "refund_amount": amount, "refund_key": refund.key })
        })
        .collect();
    json!({
        "status_code": code, "transaction_id": payment.id, "order_id": payment.reference, "merchant_id": "G1",
        "gross_amount": format!("{}.00", payment.amount), "currency": payment.currency, "payment_type": "bank_transfer",
        "transaction_time": "2026-11-30 10:00:00", "transaction_status": status, "fraud_status": "accept",
        "status_message": "Success, transaction is found", "refunds": refunds,
    })
}

/// The body that is posted.
pub(super) fn notice(payment: &Payment) -> Notice {
    signed(told(payment))
}

/// The same with other words in it: the signature covers none of them.
pub(super) fn says(payment: &Payment, said: Said, number: usize) -> Notice {
    let (status, code) = match said {
        Said::Waiting => ("pending", "201"),
        Said::Paid => ("settlement", "200"),
        Said::Failed => ("deny", "202"),
        Said::Expired => ("expire", "202"),
        Said::GivenBack => ("partial_refund", "200"),
    };
    let mut body = told(payment);
    body["transaction_status"] = json!(status);
    body["status_code"] = json!(code);
    body["transaction_id"] = json!(format!("t-{number}"));
    signed(body)
}

/// Signed over three of its fields.
fn signed(mut body: Value) -> Notice {
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    let signed = format!("{}{}{}{PROOF}", text("order_id"), text("status_code"), text("gross_amount"));
    let signature: String = Sha512::digest(signed.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    body["signature_key"] = json!(signature);
    Notice { headers: Vec::new(), body: body.to_string() }
}
