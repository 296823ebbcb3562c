//! How often one address may do what costs the shop something.
//!
//! Counting is in memory and per process: it stops floods and guessing, not a patient crowd. This machine itself is
//! never limited, unless a proxy here names the address behind it.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::message::Message;
use domain::problem::{Kind, Problem};

use crate::Site;
use crate::failure::Failure;

const MINUTE: Duration = Duration::from_secs(60);
/// More addresses than this are not told apart any better by remembering them.
const MOST_REMEMBERED: usize = 20_000;

/// A number of tries per minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PerMinute(pub u32);

/// How often one address may try.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Orders placed from one cart, or from one browser.
    pub checkout: PerMinute,
    /// Passwords: signing in, registering, changing one.
    pub passwords: PerMinute,
    /// New carts.
    pub carts: PerMinute,
    /// Every other request that changes something.
    pub changes: PerMinute,
    /// Whether requests from this machine count, too.
    pub counts_loopback: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            checkout: PerMinute(10),
            passwords: PerMinute(20),
            carts: PerMinute(60),
            changes: PerMinute(300),
            counts_loopback: false,
        }
    }
}

/// The tries of late. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    tries: Arc<Mutex<HashMap<Key, Tries>>>,
}

/// What is counted, by whom, and of which cart when the path names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    what: What,
    address: IpAddr,
    of: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum What {
    Checkout,
    Password,
    Cart,
    Change,
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    count: u32,
    since: Instant,
}

/// Refuses who tries too often.
pub(crate) async fn limit(State(site): State<Site>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let Some((address, (what, of))) = peer
        .map(|peer| client(peer, request.headers()))
        .filter(|address| site.limits.counts_loopback || !address.is_loopback())
        .zip(counted(request.method(), request.uri().path()))
    else {
        return next.run(request).await;
    };

    let PerMinute(most) = match what {
        What::Checkout => site.limits.checkout,
        What::Password => site.limits.passwords,
        What::Cart => site.limits.carts,
        What::Change => site.limits.changes,
    };
    let key = Key { what, address, of: of.to_owned() };
    if site.tally.may_try(key, most, Instant::now()) {
        next.run(request).await
    } else {
        Failure::from(Problem::new(Kind::TooMany, Message::TooManyTries)).into_response()
    }
}

impl Tally {
    /// Counts a try, and says whether it is one of the first `most` of its minute.
    fn may_try(&self, key: Key, most: u32, now: Instant) -> bool {
        let Ok(mut tries) = self.tries.lock() else { return true };
        if tries.len() >= MOST_REMEMBERED {
            tries.retain(|_, tries| now.duration_since(tries.since) < MINUTE);
        }
        if tries.len() >= MOST_REMEMBERED {
            tries.clear();
        }
        let entry = tries.entry(key).or_insert(Tries { count: 0, since: now });
        if now.duration_since(entry.since) >= MINUTE {
            *entry = Tries { count: 0, since: now };
        }
        entry.count = entry.count.saturating_add(1);
        entry.count <= most
    }
}

/// Who asks: the peer, or, when a proxy on this machine is the peer, the last address that it names.
fn client(peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let peer = peer.to_canonical();
    if !peer.is_loopback() {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
    let last = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    last.unwrap_or(peer)
}

/// What a request counts as, if it counts.
fn counted<'a>(method: &Method, path: &'a str) -> Option<(What, &'a str)> {
    if !matches!(*method, Method::POST | Method::PUT | Method::DELETE | Method::PATCH) || path.starts_with("/webhooks/")
    {
        return None;
    }
    let api_cart = path.strip_prefix("/api/v1/carts");
    Some(match api_cart.and_then(|rest| rest.strip_suffix("/checkout")) {
        Some(cart) => (What::Checkout, cart),
        None if api_cart == Some("") => (What::Cart, ""),
        None if path == "/checkout" => (What::Checkout, ""),
        None if takes_a_password(path) => (What::Password, ""),
        None => (What::Change, ""),
    })
}

/// Where a password is read, which costs the shop a slow hash.
fn takes_a_password(path: &str) -> bool {
    matches!(path, "/account/sign-in" | "/account/register" | "/account/password")
        || (path.starts_with("/orders/") && path.ends_with("/account"))
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;
    use std::time::Instant;

    use axum::http::{HeaderMap, HeaderValue, Method};

    use super::{Key, MINUTE, Tally, What, client, counted};

    #[test]
    fn tries_are_counted_by_the_minute() {
        let tally = Tally::default();
        let key = Key { what: What::Checkout, address: IpAddr::from([203, 0, 113, 9]), of: "/c1".to_owned() };
        let now = Instant::now();
        assert!((0..3).all(|_| tally.may_try(key.clone(), 3, now)));
        assert!(!tally.may_try(key.clone(), 3, now));
        assert!(tally.may_try(Key { of: "/c2".to_owned(), ..key.clone() }, 3, now));
        assert!(tally.may_try(key, 3, now + MINUTE));
    }

    #[test]
    fn only_a_proxy_on_this_machine_may_name_the_client() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_static("198.51.100.7, 203.0.113.9"));
        let behind = IpAddr::from([203, 0, 113, 9]);
        let stranger = IpAddr::from([192, 0, 2, 1]);
        assert_eq!(client(IpAddr::from([127, 0, 0, 1]), &headers), behind);
        assert_eq!(client(stranger, &headers), stranger);
        assert_eq!(client(IpAddr::from([127, 0, 0, 1]), &HeaderMap::new()), IpAddr::from([127, 0, 0, 1]));
    }

    #[test]
    fn reading_is_free_and_every_change_counts() {
        assert_eq!(counted(&Method::GET, "/checkout"), None);
        assert_eq!(counted(&Method::POST, "/webhooks/demo"), None);
        assert_eq!(counted(&Method::POST, "/api/v1/carts"), Some((What::Cart, "")));
        assert_eq!(counted(&Method::POST, "/api/v1/carts/abc/checkout"), Some((What::Checkout, "/abc")));
        assert_eq!(counted(&Method::PUT, "/api/v1/carts/abc/lines/1"), Some((What::Change, "")));
        assert_eq!(counted(&Method::POST, "/checkout"), Some((What::Checkout, "")));
        for path in ["/account/sign-in", "/account/register", "/account/password", "/orders/ET-1/account"] {
            assert_eq!(counted(&Method::POST, path), Some((What::Password, "")));
        }
        assert_eq!(counted(&Method::GET, "/account/sign-in"), None);
    }
}
