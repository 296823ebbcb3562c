//! The practice payment gateway of a demo shop: a service of its own, in a process of its own, with which the shop
//! talks as it would with a real one. No money moves.
//!
//! The shop asks with a signed `POST /v1/payments`; the buyer decides on the hosted page `/pay/…`; the gateway posts
//! a signed notification to the shop until it is taken, also after a restart. The shop can end a payment and give
//! money of one back.

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use chrono::{DateTime, Utc};

use crate::config::{Secret, url_of};
use crate::server::{self, Port, Server};
use crate::signals;

mod api;
mod child;
mod clockwork;
mod delivery;
mod page;
mod payment;
mod store;
#[cfg(test)]
mod tests;

pub use child::{Child, ChildError};
pub use payment::Refusal;
pub use store::StoreError;

use delivery::Courier;
use store::Store;

/// The arguments of `demo-gateway`.
#[derive(Clone, Debug, clap::Args)]
pub struct GatewayArgs {
    /// The address and port on which the gateway answers; port 0 takes any free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,

    /// The folder that holds the gateway's payments.
    #[arg(long, value_name = "DIR")]
    pub data_dir: PathBuf,

    /// The secret that the gateway shares with its shop. Prefer the variable.
    #[arg(long, value_name = "SECRET", env = "ETALASE_DEMO_GATEWAY_SECRET", hide_env_values = true)]
    pub secret: Secret,

    /// End when stdin closes, and so together with the program that holds its other end.
    #[arg(long, hide = true)]
    pub until_stdin_closes: bool,
}

/// Why the gateway cannot run; one sentence.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    #[error(transparent)]
    Server(#[from] server::StartError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the gateway cannot reach shops: {0}")]
    Client(#[from] reqwest::Error),
    #[error("the system delivers no signals: {0}")]
    Signals(#[from] std::io::Error),
}

/// A gateway: what its pages and its clockwork share. Clones share everything.
#[derive(Clone, Debug)]
pub struct Gateway {
    store: Store,
    courier: Courier,
    secret: Secret,
    /// Where browsers reach the hosted page, without a slash at the end.
    base_url: String,
}

impl Gateway {
    /// Opens the gateway that keeps its payments in `dir` and is reached at `base_url`.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub fn open(dir: PathBuf, secret: Secret, base_url: String) -> Result<Self, GatewayError> {
        let store = Store::open(dir, now())?;
        let courier = Courier::new(store.clone(), secret.clone())?;
        Ok(Self { store, courier, secret, base_url })
    }
}

/// The gateway as one service.
pub fn router(gateway: Gateway) -> Router {
    Router::new()
        .route("/v1/payments", post(api::create))
        .route("/v1/payments/{reference}", get(api::show))
        .route("/v1/payments/{reference}/end", post(api::end))
        .route("/v1/payments/{reference}/refunds", post(api::refund))
        .route("/pay/{reference}", get(page::show).post(page::decide))
        .route("/gateway.css", get(page::style))
        .fallback(page::missing)
        .layer(from_fn(page::guard))
        .with_state(gateway)
}

/// Runs the gateway until somebody ends it, and tells on stdout where it answers.
///
/// # Errors
/// One of [`GatewayError`].
pub async fn run(args: GatewayArgs) -> Result<(), GatewayError> {
    let port = Port::claim(args.listen)?;
    let gateway = Gateway::open(args.data_dir, args.secret, url_of(port.address()))?;
    let clockwork = tokio::spawn(clockwork::run(gateway.clone()));
    let server = Server::serve(port, router(gateway))?;
    server::announce(server.address());

    if args.until_stdin_closes {
        tokio::select! {
            ended = signals::end() => ended?,
            closed = signals::stdin_closes() => closed?,
        }
    } else {
        signals::end().await?;
    }

    clockwork.abort();
    server.stop().await;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the gateway stands for somebody else's service, with its own clock")]
fn now() -> DateTime<Utc> {
    Utc::now()
}
