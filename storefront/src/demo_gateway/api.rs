//! What the shop may ask, each request signed as the gateway's own notifications are.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::payments::{DemoEndRequest, DemoPaymentRequest, DemoRefundRequest, GatewayOutcome};
use serde_json::json;
use services::payments::demo::{SIGNATURE_HEADER, TOLERANCE_SECONDS, verify};

use crate::demo_gateway::store::StoreError;
use crate::demo_gateway::{Gateway, now};

const NO_SUCH_PAYMENT: &str = "there is no such payment";
const OTHER_REFERENCE: &str = "the address and the body name different payments";

/// `POST /v1/payments`: the same reference gives the same payment.
pub(super) async fn create(State(gateway): State<Gateway>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_signed(&gateway, &headers, &body) {
        return refusal(StatusCode::UNAUTHORIZED, "the signature is not right");
    }
    let request: DemoPaymentRequest = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(problem) => return refusal(StatusCode::UNPROCESSABLE_ENTITY, &problem.to_string()),
    };
    let urls = [&request.return_url, &request.notify_url];
    if !urls.into_iter().all(|url| is_web_address(url)) {
        return refusal(StatusCode::UNPROCESSABLE_ENTITY, "return_url and notify_url must be web addresses");
    }
    match gateway.store.create(request, now()) {
        Ok(payment) => (StatusCode::CREATED, Json(payment.answer(&gateway.base_url))).into_response(),
        Err(problem) => refused(&problem),
    }
}

/// `POST /v1/payments/{reference}/end`: nobody can pay it afterwards; one that is decided stays as it is.
pub(super) async fn end(
    State(gateway): State<Gateway>,
    Path(reference): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !is_signed(&gateway, &headers, &body) {
        return refusal(StatusCode::UNAUTHORIZED, "the signature is not right");
    }
    match serde_json::from_slice::<DemoEndRequest>(&body) {
        Ok(request) if request.reference == reference => {}
        Ok(_) => return refusal(StatusCode::UNPROCESSABLE_ENTITY, OTHER_REFERENCE),
        Err(problem) => return refusal(StatusCode::UNPROCESSABLE_ENTITY, &problem.to_string()),
    }
    match gateway.store.decide(&reference, GatewayOutcome::Expired, now()) {
        Ok(Some(payment)) => {
            tell(&gateway, reference);
            Json(payment.answer(&gateway.base_url)).into_response()
        }
        Ok(None) => refusal(StatusCode::NOT_FOUND, NO_SUCH_PAYMENT),
        Err(problem) => refused(&problem),
    }
}

/// `POST /v1/payments/{reference}/refunds`: the same key gives the same refund.
pub(super) async fn refund(
    State(gateway): State<Gateway>,
    Path(reference): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !is_signed(&gateway, &headers, &body) {
        return refusal(StatusCode::UNAUTHORIZED, "the signature is not right");
    }
    let request: DemoRefundRequest = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(problem) => return refusal(StatusCode::UNPROCESSABLE_ENTITY, &problem.to_string()),
    };
    if request.reference != reference {
        return refusal(StatusCode::UNPROCESSABLE_ENTITY, OTHER_REFERENCE);
    }
    match gateway.store.refund(&request, now()) {
        Ok(Some(refund)) => {
            tell(&gateway, reference);
            (StatusCode::CREATED, Json(refund)).into_response()
        }
        Ok(None) => refusal(StatusCode::NOT_FOUND, NO_SUCH_PAYMENT),
        Err(problem) => refused(&problem),
    }
}

/// `GET /v1/payments/{reference}`, with a signature over an empty body.
pub(super) async fn show(
    State(gateway): State<Gateway>,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Response {
    if !is_signed(&gateway, &headers, b"") {
        return refusal(StatusCode::UNAUTHORIZED, "the signature is not right");
    }
    match gateway.store.find(&reference) {
        Some(payment) => Json(payment.answer(&gateway.base_url)).into_response(),
        None => refusal(StatusCode::NOT_FOUND, NO_SUCH_PAYMENT),
    }
}

/// The shop hears of it as it hears of everything, after the answer.
fn tell(gateway: &Gateway, reference: String) {
    let courier = gateway.courier.clone();
    tokio::spawn(async move { courier.tell(&reference).await });
}

fn refused(problem: &StoreError) -> Response {
    match problem {
        StoreError::OtherContent | StoreError::Refund(_) => refusal(StatusCode::CONFLICT, &problem.to_string()),
        StoreError::BadReference => refusal(StatusCode::UNPROCESSABLE_ENTITY, &problem.to_string()),
        StoreError::Io { .. } | StoreError::Damaged { .. } => {
            tracing::error!(%problem, "a payment cannot be kept");
            refusal(StatusCode::INTERNAL_SERVER_ERROR, "the payment cannot be kept")
        }
    }
}

fn is_signed(gateway: &Gateway, headers: &HeaderMap, body: &[u8]) -> bool {
    let header = headers.get(SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
    header.is_some_and(|header| verify(gateway.secret.reveal(), header, body, now().timestamp(), TOLERANCE_SECONDS))
}

fn is_web_address(url: &str) -> bool {
    reqwest::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn refusal(status: StatusCode, why: &str) -> Response {
    (status, Json(json!({ "error": why }))).into_response()
}
