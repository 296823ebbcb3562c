//! `POST /webhooks/{gateway}`: where payment gateways tell what happened. The body is passed on byte by byte, because
//! its signature covers exactly those.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use services::{Shop, payments};

use crate::failure::{Failure, Protocol};
use crate::guards::MOST_KILOBYTES;

/// A first and a repeated notification get the same 200: the gateway needs to know only that it may stop.
pub(crate) async fn receive(
    State(shop): State<Shop>,
    Path(gateway): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, Failure> {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Failure::protocol(StatusCode::PAYLOAD_TOO_LARGE, Protocol::TooLarge { most_kilobytes: MOST_KILOBYTES })
        }
        status => Failure::protocol(status, Protocol::MalformedJson),
    })?;
    let headers: Vec<(String, String)> = headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect();

    match payments::receive(&shop, &gateway, &headers, &body).await {
        Err(services::Error::NotFound(_)) => Err(Failure::protocol(StatusCode::NOT_FOUND, Protocol::NoSuchGateway)),
        received => Ok(received.map(|_| Json(json!({})))?),
    }
}
