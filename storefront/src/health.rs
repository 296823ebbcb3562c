//! `GET /healthz`: whether the shop can serve, for whoever watches over it.

use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::{Json, extract::State};
use serde::Serialize;
use services::Shop;

#[derive(Serialize)]
struct Health {
    status: &'static str,
    database: &'static str,
    version: &'static str,
}

/// 200 once the database answers, else 503.
pub(crate) async fn health(State(shop): State<Shop>) -> impl IntoResponse {
    let (code, status, database) = if shop.is_database_up().await {
        (StatusCode::OK, "ok", "up")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "unavailable", "down")
    };
    (code, [(CACHE_CONTROL, "no-store")], Json(Health { status, database, version: services::VERSION }))
}
