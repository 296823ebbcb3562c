//! The public shop: pages, JSON API, webhooks and pictures. A library that the desktop embeds, and a server.
//!
//! [`router`] is all of it as one service; [`house::House`] opens everything around it, in order.

use std::sync::Arc;

use axum::Router;
use services::Shop;

mod api;
mod assets;
mod caching;
pub mod config;
mod dates;
pub mod demo_gateway;
mod failure;
mod guards;
mod health;
pub mod house;
mod images;
mod layout;
pub mod letters;
pub mod logging;
mod members;
mod page_error;
mod pages;
mod report;
mod routes;
mod security;
pub mod server;
mod session;
pub mod signals;
mod sums;
mod texts;
mod visit;
mod vouchers;
mod webhooks;

pub use routes::{Access, Counted, ROUTES, Route};
pub use security::{Limits, PerMinute, Proxy, TrustedProxies};
pub use server::{Server, StartError};

/// What the router must know besides the shop. Clones share everything.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// How often one address may try.
    pub limits: Arc<Limits>,
    /// Who may name the client behind them.
    pub proxies: TrustedProxies,
    /// Whether browsers reach the shop by https only.
    pub is_https: bool,
    pub(crate) tally: security::Tally,
}

impl Site {
    /// The ordinary site of a shop.
    pub fn of(shop: &Shop) -> Self {
        Self { is_https: shop.public_url().starts_with("https://"), ..Self::default() }
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits: Arc::new(limits), ..self }
    }
}

/// The whole public shop as one service, with the ordinary limits.
pub fn router(shop: Shop) -> Router {
    let site = Site::of(&shop);
    router_of(shop, site)
}

/// The whole public shop as one service.
pub fn router_of(shop: Shop, site: Site) -> Router {
    guards::around(routes::router(), shop, site)
}
