//! The layers around every route, outermost last: limits, time, panics, words for failures, headers, endurance,
//! compression.

use std::any::Any;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use domain::message::Message;
use domain::problem::{Kind, Problem};
use services::Shop;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::failure::{Failure, Protocol, speak};
use crate::security::{limit, refuse_other_sites, set_headers};
use crate::server::Odd;
use crate::{Site, page_error};

/// The longest that a request may take, its body included.
const PATIENCE: Duration = Duration::from_secs(30);
/// The same for a proof, which a phone sends over whatever line it has.
const PATIENCE_WITH_PROOFS: Duration = Duration::from_secs(180);
/// No form of the shop without a file and no gateway's notification is longer, and it is little enough to take from a stranger.
pub(crate) const MOST_KILOBYTES: usize = 64;

/// Puts the guards around the routes, and the shop into them.
pub(crate) fn around(routes: Router<Shop>, shop: Shop, site: Site) -> Router {
    routes
        .layer(DefaultBodyLimit::max(MOST_KILOBYTES * 1024))
        .layer(from_fn(trace))
        .layer(from_fn_with_state(site.clone(), limit))
        .layer(from_fn_with_state(shop.clone(), refuse_other_sites))
        .layer(from_fn(refuse_odd_heads))
        .layer(from_fn(end_in_time))
        .layer(CatchPanicLayer::custom(broken))
        .layer(from_fn(speak))
        .layer(from_fn_with_state(shop.clone(), page_error::dress))
        .layer(from_fn_with_state((site, shop.clone()), set_headers))
        .layer(from_fn(see_it_through))
        .layer(CompressionLayer::new())
        .with_state(shop)
}

/// Logs a request by its route, never by its path, which may hold a cart's key or an order's token.
async fn trace(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let started = Instant::now();
    let response = next.run(request).await;
    tracing::debug!(%method, route, status = response.status().as_u16(), ms = started.elapsed().as_millis(), "answered");
    response
}

/// Brings what a client asked for to its end although the client goes away: an order that is half written, and a
/// connection to the database that is half read, would be somebody else's trouble.
async fn see_it_through(request: Request, next: Next) -> Response {
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(problem) => {
            tracing::error!(%problem, "a request ended without an answer");
            Failure::from(Problem::new(Kind::Internal, Message::Internal)).into_response()
        }
    }
}

/// Refuses what two readers of the same bytes may understand in two ways.
async fn refuse_odd_heads(request: Request, next: Next) -> Response {
    let said = match request.extensions().get::<Odd>() {
        None => return next.run(request).await,
        Some(Odd::Host) => Protocol::OneHost,
        Some(Odd::Length) => Protocol::OneLength,
    };
    Failure::protocol(StatusCode::BAD_REQUEST, said).into_response()
}

async fn end_in_time(request: Request, next: Next) -> Response {
    let is_proof = request.extensions().get::<MatchedPath>().is_some_and(|path| path.as_str().ends_with("/proof"));
    let patience = if is_proof { PATIENCE_WITH_PROOFS } else { PATIENCE };
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!("a request took more than {} seconds and was given up", patience.as_secs());
            Failure::protocol(StatusCode::SERVICE_UNAVAILABLE, Protocol::TimedOut).into_response()
        }
    }
}

fn broken(panic: Box<dyn Any + Send>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = said.unwrap_or("without a word"), "a request broke");
    Failure::from(Problem::new(Kind::Internal, Message::Internal)).into_response()
}
