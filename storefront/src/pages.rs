//! The pages that shoppers see: one module per part of a visit.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;

mod crumbs;
mod structured;

pub(crate) mod about;
pub(crate) mod account;
pub(crate) mod cart;
pub(crate) mod checkout;
pub(crate) mod landing;
pub(crate) mod membership;
pub(crate) mod orders;
pub(crate) mod preferences;
pub(crate) mod product;
pub(crate) mod products;
pub(crate) mod robots;

/// The query of an address; one that cannot be read counts as empty, because people cut addresses short.
pub(crate) struct Lenient<T>(pub(crate) T);

impl<T: DeserializeOwned + Default, S: Sync> FromRequestParts<S> for Lenient<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Query::try_from_uri(&parts.uri).map(|Query(asked)| asked).unwrap_or_default()))
    }
}

/// Leads whoever came by a former address to the one that holds now. Nobody keeps that: the former one may become another's.
pub(crate) fn moved(to: &str, query: Option<&str>) -> Response {
    let address = match query {
        None | Some("") => to.to_owned(),
        Some(query) => format!("{to}?{query}"),
    };
    let headers = [(LOCATION, address), (CACHE_CONTROL, "no-cache".to_owned())];
    (StatusCode::MOVED_PERMANENTLY, headers).into_response()
}
