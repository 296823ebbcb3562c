//! The pages that shoppers see: one module per part of a visit, each with its own routes.

use std::convert::Infallible;

use axum::Router;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use services::Shop;

mod about;
mod cart;
mod checkout;
mod landing;
mod orders;
mod preferences;
mod product;
mod products;
mod robots;

/// The routes of all pages.
pub(crate) fn routes() -> Router<Shop> {
    Router::new()
        .merge(about::routes())
        .merge(cart::routes())
        .merge(checkout::routes())
        .merge(landing::routes())
        .merge(orders::routes())
        .merge(preferences::routes())
        .merge(product::routes())
        .merge(products::routes())
        .merge(robots::routes())
}

/// The query of an address; one that cannot be read counts as empty, because people cut addresses short.
pub(crate) struct Lenient<T>(pub(crate) T);

impl<T: DeserializeOwned + Default, S: Sync> FromRequestParts<S> for Lenient<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Query::try_from_uri(&parts.uri).map(|Query(asked)| asked).unwrap_or_default()))
    }
}
