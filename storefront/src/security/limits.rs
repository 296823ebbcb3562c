//! How often one address may do what costs the shop something.
//!
//! Counting is in memory and per process: it stops floods and guessing, not a patient crowd. This machine itself is
//! never limited, unless a proxy that we trust names the address behind it. Memory is bounded: who has been quiet for
//! longest is forgotten first, so that a flood of addresses gives nobody a fresh count who goes on guessing.

use std::hash::Hash;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::message::Message;
use domain::problem::{Kind, Problem};
use hashlink::LinkedHashMap;

use super::client::network_of;
use crate::Site;
use crate::failure::Failure;
use crate::routes::{Counted, ROUTES, Route};

const MINUTE: Duration = Duration::from_secs(60);
/// What is remembered at once, of all clients: some megabytes.
const MOST_REMEMBERED: usize = 50_000;

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
    /// The quietest first.
    tries: Arc<Mutex<LinkedHashMap<Key, Tries>>>,
}

/// What is counted, by whom, and of which cart when the path names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    what: Counted,
    /// As [`network_of`] gives it.
    client: IpAddr,
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
        .map(|peer| site.proxies.client(peer, request.headers()))
        .filter(|address| site.limits.counts_loopback || !address.is_loopback());
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let what = counted(request.method(), route);
    let (Some(address), Some(PerMinute(most))) = (address, site.limits.of(what)) else {
        return next.run(request).await;
    };
    let of = route.map_or("", |route| cart_of(route, request.uri().path())).to_owned();
    // A guess is one of the changes.
    let what = if what == Counted::Guess { Counted::Change } else { what };
    let key = Key { what, client: network_of(address), of: if what == Counted::Checkout { of } else { String::new() } };
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
        let known = tries.remove(&key).filter(|known| now.duration_since(known.since) < MINUTE);
        let mut entry = known.unwrap_or(Tries { count: 0, since: now });
        entry.count = entry.count.saturating_add(1);
        if tries.len() >= MOST_REMEMBERED {
            tries.pop_front();
        }
        // Behind all others, as the one who was heard last.
        tries.insert(key, entry);
        entry.count <= most
    }
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

    use axum::http::Method;

    use super::{Key, MINUTE, MOST_REMEMBERED, Tally, cart_of, counted};
    use crate::routes::{Access, Counted, ROUTES};

    #[test]
    fn tries_are_counted_by_the_minute() {
        let tally = Tally::default();
        let key = Key { what: Counted::Checkout, client: IpAddr::from([203, 0, 113, 9]), of: "/c1".to_owned() };
        let now = Instant::now();
        assert!((0..3).all(|_| tally.may_try(key.clone(), 3, now)));
        assert!(!tally.may_try(key.clone(), 3, now));
        assert!(tally.may_try(Key { of: "/c2".to_owned(), ..key.clone() }, 3, now));
        assert!(tally.may_try(key, 3, now + MINUTE));
    }

    #[test]
    fn a_flood_of_addresses_gives_nobody_a_fresh_count_who_goes_on() {
        let tally = Tally::default();
        let now = Instant::now();
        let of = |number: usize| Key {
            what: Counted::Password,
            client: IpAddr::V4(u32::try_from(number).unwrap().into()),
            of: String::new(),
        };
        let guesser = of(usize::try_from(u32::MAX).unwrap());
        assert!((0..20).all(|_| tally.may_try(guesser.clone(), 20, now)));
        for number in 0..2 * MOST_REMEMBERED {
            tally.may_try(of(number), 20, now);
            if number % 1_000 == 0 {
                assert!(!tally.may_try(guesser.clone(), 20, now), "after {number} others");
            }
        }
        assert!(tally.tries.lock().unwrap().len() <= MOST_REMEMBERED);
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
