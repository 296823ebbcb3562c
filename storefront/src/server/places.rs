//! Who has a place at the server. A connection that asks for nothing gives way to somebody who comes.
//!
//! Without this, a thousand connections that say nothing keep everybody else outside for as long as the server waits for
//! their first word.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::security::network_of;

/// The places of a server. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Places {
    free: Arc<Semaphore>,
    guests: Arc<Mutex<Guests>>,
    /// The most of one client; this machine has no such bound, because whole proxies are on it.
    share: usize,
}

#[derive(Debug, Default)]
struct Guests {
    next: u64,
    /// Those that are asking for nothing: first who never has, then the longest so.
    idle: BTreeMap<Turn, (IpAddr, Arc<Notify>)>,
    of_client: HashMap<IpAddr, usize>,
}

/// Whether the connection has ever been served, and since when it is idle.
type Turn = (bool, u64);

/// A connection's place, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Places,
    client: IpAddr,
    leave: Arc<Notify>,
    has_been_served: AtomicBool,
    /// Its turn among the idle, while it is.
    turn: Mutex<Option<Turn>>,
    _permit: OwnedSemaphorePermit,
}

/// A request in progress: its connection is not idle until this is dropped.
#[derive(Debug)]
pub(super) struct Busy(Arc<Place>);

impl Places {
    pub(super) fn new(most: usize, share: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(most)), guests: Arc::default(), share }
    }

    /// A place for a connection from there: a free one, or that of one that is idle, best of one that has never asked. Nobody
    /// gets more than the share of one client: there the client's own longest idle one leaves, and with none idle there
    /// is no place.
    pub(super) async fn take(&self, peer: IpAddr) -> Option<Arc<Place>> {
        let client = network_of(peer);
        if !client.is_loopback() && self.guests().of_client.get(&client).is_some_and(|count| *count >= self.share) {
            let own = |(_, (of, _)): &(&Turn, &(IpAddr, Arc<Notify>))| *of == client;
            let idle = self.guests().idle.iter().find(own).map(|(turn, _)| *turn)?;
            self.send_away(idle);
        }
        let permit = match Arc::clone(&self.free).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => {
                let longest = self.guests().idle.first_key_value().map(|(turn, _)| *turn);
                if let Some(longest) = longest {
                    self.send_away(longest);
                }
                Arc::clone(&self.free).acquire_owned().await.ok()?
            }
        };
        *self.guests().of_client.entry(client).or_default() += 1;
        let place = Arc::new(Place {
            places: self.clone(),
            client,
            leave: Arc::default(),
            has_been_served: AtomicBool::default(),
            turn: Mutex::default(),
            _permit: permit,
        });
        place.rest();
        Some(place)
    }

    fn send_away(&self, turn: Turn) {
        if let Some((_, leave)) = self.guests().idle.remove(&turn) {
            leave.notify_one();
        }
    }

    fn guests(&self) -> MutexGuard<'_, Guests> {
        // Each change is whole by itself.
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Ends when somebody else needs the place.
    pub(super) async fn is_needed(&self) {
        self.leave.notified().await;
    }

    /// Whether a request is in progress.
    pub(super) fn is_at_work(&self) -> bool {
        self.turn().is_none()
    }

    /// Whether it has asked for anything yet.
    pub(super) fn has_been_served(&self) -> bool {
        self.has_been_served.load(Ordering::Relaxed)
    }

    /// Notes that a request began.
    pub(super) fn begin(self: &Arc<Self>) -> Busy {
        self.has_been_served.store(true, Ordering::Relaxed);
        self.end_rest();
        Busy(Arc::clone(self))
    }

    fn end_rest(&self) {
        let turn = self.turn().take();
        if let Some(turn) = turn {
            self.places.guests().idle.remove(&turn);
        }
    }

    fn rest(&self) {
        let mut guests = self.places.guests();
        let turn = (self.has_been_served(), guests.next);
        guests.next += 1;
        guests.idle.insert(turn, (self.client, Arc::clone(&self.leave)));
        drop(guests);
        *self.turn() = Some(turn);
    }

    fn turn(&self) -> MutexGuard<'_, Option<Turn>> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.rest();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.end_rest();
        let mut guests = self.places.guests();
        if let Some(count) = guests.of_client.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                guests.of_client.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;
    use std::time::Duration;

    use super::Places;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    /// Whether it is asked to leave.
    async fn must_leave(place: &super::Place) -> bool {
        tokio::time::timeout(Duration::from_millis(50), place.is_needed()).await.is_ok()
    }

    #[tokio::test]
    async fn the_longest_idle_connection_gives_way() {
        let places = Places::new(2, 10);
        let first = places.take(ip("203.0.113.1")).await.unwrap();
        let second = places.take(ip("203.0.113.2")).await.unwrap();
        let busy = first.begin();
        let waiting = tokio::spawn({
            let places = places.clone();
            async move { places.take(ip("203.0.113.3")).await.is_some() }
        });
        assert!(must_leave(&second).await && !must_leave(&first).await, "who is being served stays");
        drop(second);
        assert!(waiting.await.unwrap());
        drop((busy, first));
        assert!(places.guests().of_client.is_empty() && places.guests().idle.is_empty());
    }

    #[tokio::test]
    async fn who_never_asked_gives_way_before_who_was_served() {
        let places = Places::new(2, 10);
        let served = places.take(ip("203.0.113.1")).await.unwrap();
        drop(served.begin());
        let silent = places.take(ip("203.0.113.2")).await.unwrap();
        let waiting = tokio::spawn({
            let places = places.clone();
            async move { places.take(ip("203.0.113.3")).await.is_some() }
        });
        assert!(must_leave(&silent).await && !must_leave(&served).await);
        drop(silent);
        assert!(waiting.await.unwrap());
    }

    #[tokio::test]
    async fn one_client_has_its_share_and_no_more() {
        let places = Places::new(9, 2);
        let first = places.take(ip("2001:db8::1")).await.unwrap();
        let second = places.take(ip("2001:db8::2")).await.unwrap();
        let third = places.take(ip("2001:db8::3")).await.unwrap();
        assert!(must_leave(&first).await && !must_leave(&second).await, "its own longest idle one leaves");
        let _busy = (second.begin(), third.begin());
        drop(first);
        assert!(places.take(ip("2001:db8::4")).await.is_none(), "all of its share is at work");
        assert!(places.take(ip("203.0.113.1")).await.is_some(), "others have their own");
    }
}
