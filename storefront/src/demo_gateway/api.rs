//! What the shop may ask, each request signed as the gateway's own notifications are.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::payments::DemoPaymentRequest;
use serde_json::json;
use services::payments::demo::{SIGNATURE_HEADER, TOLERANCE_SECONDS, verify};

use crate::demo_gateway::store::StoreError;
use crate::demo_gateway::{Gateway, now};

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
        Err(problem @ StoreError::OtherContent) => refusal(StatusCode::CONFLICT, &problem.to_string()),
        Err(problem @ StoreError::BadReference) => refusal(StatusCode::UNPROCESSABLE_ENTITY, &problem.to_string()),
        Err(problem @ (StoreError::Io { .. } | StoreError::Damaged { .. })) => {
            tracing::error!(%problem, "a payment cannot be kept");
            refusal(StatusCode::INTERNAL_SERVER_ERROR, "the payment cannot be kept")
        }
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
        None => refusal(StatusCode::NOT_FOUND, "there is no such payment"),
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
