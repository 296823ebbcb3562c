//! A visitor who is signed in; anybody else is sent to sign in and comes back afterwards.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use domain::customers::Customer;
use services::Shop;

use crate::pages::account::entry;
use crate::session::{Posted, Sent};
use crate::visit::Visit;

/// Somebody who is signed in, and what they brought: nothing but themselves, or a form.
#[derive(Clone, Debug)]
pub(crate) struct Member<T = Visit> {
    pub(crate) customer: Customer,
    pub(crate) brought: T,
}

impl FromRequestParts<Shop> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shop: &Shop) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, shop).await.map_err(IntoResponse::into_response)?;
        match visit.customer.clone() {
            Some(customer) => Ok(Self { customer, brought: visit }),
            None => Err(Redirect::to(&entry::address(&visit.visitor.here)).into_response()),
        }
    }
}

impl FromRequest<Shop> for Member<Posted> {
    type Rejection = Response;

    async fn from_request(request: Request, shop: &Shop) -> Result<Self, Response> {
        let posted = Posted::from_request(request, shop).await.map_err(IntoResponse::into_response)?;
        let customer = customer(&posted.visit)?;
        Ok(Self { customer, brought: posted })
    }
}

impl FromRequest<Shop> for Member<Sent> {
    type Rejection = Response;

    async fn from_request(request: Request, shop: &Shop) -> Result<Self, Response> {
        let sent = Sent::from_request(request, shop).await.map_err(IntoResponse::into_response)?;
        let customer = customer(sent.visit())?;
        Ok(Self { customer, brought: sent })
    }
}

/// Whoever sends a form of the account's without being signed in goes on with the account's page.
#[expect(clippy::result_large_err, reason = "a rejection is the answer itself")]
fn customer(visit: &Visit) -> Result<Customer, Response> {
    visit.customer.clone().ok_or_else(|| Redirect::to(&entry::address("/account")).into_response())
}
