//! The JSON API, version 1: one module per slice. Its routes stand in [`crate::routes`] with all others, and a test
//! compares them with the OpenAPI document; its failures are `application/problem+json`.

pub(crate) mod carts;
pub(crate) mod catalog;
pub(crate) mod checkout;
mod input;
mod language;
pub(crate) mod openapi;
pub(crate) mod orders;
mod price;
pub(crate) mod quote;
mod strict;
