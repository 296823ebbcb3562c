//! How often one address may do what costs the shop something.
//!
//! Counting is in memory and per process: it stops floods and guessing, not a patient crowd. This machine itself is
//! never limited, unless a proxy here names the address behind it.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::message::Message;
use domain::problem::{Kind, Problem};

use crate::Site;
use crate::failure::Failure;
use crate::routes::{Counted, ROUTES, Route};

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
    what: Counted,
    address: IpAddr,
    of: String,
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    count: u32,
    since: Instant,
}

/// Refuses who tries too often.
pub(crate) async fn limit(State(site): State<Site>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let address = peer
        .map(|peer| client(peer, request.headers()))
        .filter(|address| site.limits.counts_loopback || !address.is_loopback());
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let what = counted(request.method(), route);
    let (Some(address), Some(PerMinute(most))) = (address, site.limits.of(what)) else {
        return next.run(request).await;
    };
    let of = route.map_or("", |route| cart_of(route, request.uri().path())).to_owned();
    // A guess is one of the changes.
    let what = if what == Counted::Guess { Counted::Change } else { what };
    let key = Key { what, address, of: if what == Counted::Checkout { of } else { String::new() } };
    if site.tally.may_try(key, most, Instant::now()) {
        next.run(request).await
    } else {
        Failure::from(Problem::new(Kind::TooMany, Message::TooManyTries)).into_response()
    }
}

impl Limits {
    /// How often it may be tried; none for what is not counted.
    fn of(&self, what: Counted) -> Option<PerMinute> {
        match what {
            Counted::Free => None,
            Counted::Checkout => Some(self.checkout),
            Counted::Password => Some(self.passwords),
            Counted::Cart => Some(self.carts),
            Counted::Change | Counted::Guess => Some(self.changes),
        }
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

/// What the table of routes says of a request. Whoever asks for what it does not name may look, and no more.
fn counted(method: &Method, route: Option<&str>) -> Counted {
    // Whatever can be got tells as much by its headers alone.
    let method = if *method == Method::HEAD { &Method::GET } else { method };
    let is_it = |known: &&Route| Some(known.path) == route && method.as_str().eq_ignore_ascii_case(known.method);
    match ROUTES.iter().find(is_it) {
        Some(known) => known.counted,
        None if matches!(*method, Method::GET | Method::OPTIONS) => Counted::Free,
        None => Counted::Change,
    }
}

/// The cart that a path names, where its route has a place for one.
fn cart_of<'a>(route: &str, path: &'a str) -> &'a str {
    let mut parts = route.split('/').zip(path.split('/'));
    parts.find(|(named, _)| *named == "{id}").map_or("", |(_, part)| part)
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;
    use std::time::Instant;

    use axum::http::{HeaderMap, HeaderValue, Method};

    use super::{Key, MINUTE, Tally, cart_of, client, counted};
    use crate::routes::{Access, Counted, ROUTES};

    #[test]
    fn tries_are_counted_by_the_minute() {
        let tally = Tally::default();
        let key = Key { what: Counted::Checkout, address: IpAddr::from([203, 0, 113, 9]), of: "/c1".to_owned() };
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
        for route in ROUTES {
            let is_free =
                counted(&Method::from_bytes(route.method.to_uppercase().as_bytes()).unwrap(), Some(route.path))
                    == Counted::Free;
            let only_reads = route.method == "get" && route.counted != Counted::Guess;
            assert_eq!(is_free, only_reads || route.access == Access::Signature, "{route:?}");
        }
        let post = |route| counted(&Method::POST, Some(route));
        assert_eq!(post("/api/v1/carts"), Counted::Cart);
        assert_eq!(post("/checkout"), Counted::Checkout);
        assert_eq!(post("/api/v1/carts/{id}/checkout"), Counted::Checkout);
        assert_eq!(counted(&Method::PUT, Some("/api/v1/carts/{id}/lines/{variant_id}")), Counted::Change);
        for route in ["/account/sign-in", "/account/register", "/account/password", "/orders/{number}/account"] {
            assert_eq!(post(route), Counted::Password);
        }
        assert_eq!(counted(&Method::GET, Some("/account/sign-in")), Counted::Free);
        assert_eq!(counted(&Method::HEAD, Some("/checkout/delivery")), Counted::Guess);
        assert_eq!((post("/about"), counted(&Method::POST, None)), (Counted::Change, Counted::Change));
        assert_eq!(counted(&Method::GET, None), Counted::Free);
    }

    #[test]
    fn orders_are_counted_by_the_cart_that_the_path_names() {
        assert_eq!(cart_of("/api/v1/carts/{id}/checkout", "/api/v1/carts/abc/checkout"), "abc");
        assert_eq!(cart_of("/checkout", "/checkout"), "");
    }
}
