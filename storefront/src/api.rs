//! The JSON API, version 1. Its routes stand in one table, from which the router is built and with which a test
//! compares the OpenAPI document; its failures are `application/problem+json`.

use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::any;
use services::Shop;

use crate::failure::{Failure, Protocol};

mod carts;
mod catalog;
mod checkout;
mod input;
mod language;
mod openapi;
mod orders;
mod price;

macro_rules! routes {
    ($($method:ident $path:literal => $answer:path,)*) => {
        /// Every method and path of the API, in the words of OpenAPI.
        pub const ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path)),*];

        fn table() -> Router<Shop> {
            Router::new()$(.route($path, axum::routing::$method($answer)))*
        }
    };
}

routes! {
    get "/api/v1/openapi.json" => openapi::show,
    get "/api/v1/products" => catalog::list,
    get "/api/v1/products/{slug}" => catalog::show,
    post "/api/v1/carts" => carts::create,
    get "/api/v1/carts/{id}" => carts::show,
    put "/api/v1/carts/{id}/lines/{variant_id}" => carts::set_line,
    post "/api/v1/carts/{id}/checkout" => checkout::place,
    get "/api/v1/orders/{number}" => orders::show,
}

/// The routes, and words for every other path and method below `/api`.
pub(crate) fn routes() -> Router<Shop> {
    table()
        .method_not_allowed_fallback(async || {
            Failure::protocol(StatusCode::METHOD_NOT_ALLOWED, Protocol::MethodNotAllowed)
        })
        .route("/api", any(unknown))
        .route("/api/{*path}", any(unknown))
}

async fn unknown() -> impl IntoResponse {
    Failure::protocol(StatusCode::NOT_FOUND, Protocol::NoSuchEndpoint)
}
