//! What the workers of a run share: the shops that they talk to, what they were told, and what went wrong.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Display;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::catalog::{ProductId, VariantId};
use domain::inventory::MovementReason;
use domain::memberships::MembershipPlanId;
use domain::orders::OrderStatus;
use rand::RngExt;
use rand::rngs::StdRng;
use reqwest::{Client, redirect};
use serde_json::Value;

use super::accounts::Account;
use super::telling::{Told, Untold};
use crate::stage::{PaymentServices, Server, Stage};

/// Orders that are still likely to change: the newest so many.
const LATELY: usize = 300;
/// More violations than this are counted, but not kept.
const MOST_KEPT: usize = 200;

/// Everything that a run plays with.
pub(crate) struct World {
    pub(crate) stage: Arc<Stage>,
    pub(crate) servers: Vec<Server>,
    pub(crate) services: PaymentServices,
    pub(crate) client: Client,
    /// The same, which looks itself where it is sent.
    pub(crate) buyer: Client,
    pub(crate) variants: Vec<VariantId>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) plans: Vec<MembershipPlanId>,
    /// Products that staff edit and nobody buys.
    pub(crate) edited: Vec<ProductId>,
    pub(crate) memory: Mutex<Memory>,
    /// How far the clock of the shop in process is ahead, in seconds.
    pub(crate) ahead: Mutex<i64>,
    pub(crate) done: AtomicU64,
    silences: AtomicU64,
    refusals: Mutex<BTreeMap<String, u64>>,
    violations: Mutex<Vec<String>>,
    broken: AtomicU64,
}

/// What clients, staff and gateways were told: all of it must be true afterwards.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) placed: HashMap<String, Arc<Placed>>,
    /// The number that each wish to buy was given.
    pub(crate) given: HashMap<String, String>,
    pub(crate) numbers: Vec<String>,
    pub(crate) held: Vec<Purchase>,
    /// Statuses that staff saw an order reach.
    pub(crate) reached: Vec<(String, OrderStatus)>,
    /// The most parcels and returns of an order that staff saw at once.
    pub(crate) seen: HashMap<String, (usize, usize)>,
    /// Events of gateways that the shop acknowledged.
    pub(crate) notified: Vec<String>,
    /// What payment services have still to tell, and what became of the rest.
    pub(crate) untold: Vec<Untold>,
    pub(crate) told: Told,
    /// Pages of payment services that buyers were sent to.
    pub(crate) pages: Vec<String>,
    pub(crate) known_pages: HashSet<String>,
    /// What the ledger must have: at least, and at most, when the answer was lost.
    pub(crate) booked: HashMap<(MovementReason, VariantId), (i64, i64)>,
    /// Orders and the refunds of them that staff were told of.
    pub(crate) refunded: Vec<(String, String)>,
    /// What accounts were told of the orders of their own carts, by the tag of the wish.
    pub(crate) own: HashMap<String, Receipt>,
    /// The prices of each version of a product, by the names of its variants.
    pub(crate) priced: HashMap<(ProductId, u64), BTreeMap<String, i64>>,
}

/// A wish to buy: at most one order may ever come of it.
#[derive(Clone, Debug)]
pub(crate) struct Purchase {
    /// Unique in the run, and kept in a line of the address.
    pub(crate) tag: String,
    pub(crate) cart: String,
    pub(crate) key: String,
    /// As it is sent.
    pub(crate) request: Value,
    pub(crate) lines: BTreeMap<VariantId, u32>,
}

/// What a client was told of an order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Receipt {
    pub(crate) number: String,
    pub(crate) token: String,
    pub(crate) total: i64,
}

/// An order that a client knows of.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) purchase: Purchase,
    pub(crate) told: Receipt,
}

/// What came of asking.
pub(crate) enum Answer<T> {
    Yes(T),
    /// A refusal that the shop meant.
    No(String),
    /// Nobody answered, or only that nobody can: it may have happened or not.
    Silence(String),
}

impl World {
    pub(crate) fn new(
        stage: Arc<Stage>,
        (servers, services): (Vec<Server>, PaymentServices),
        variants: Vec<VariantId>,
        accounts: Vec<Account>,
        plans: Vec<MembershipPlanId>,
        edited: Vec<ProductId>,
    ) -> Self {
        let client = || services::http::plain_client().timeout(Duration::from_secs(20));
        Self {
            stage,
            servers,
            services,
            client: client().build().unwrap(),
            buyer: client().redirect(redirect::Policy::none()).build().unwrap(),
            variants,
            accounts,
            plans,
            edited,
            memory: Mutex::default(),
            ahead: Mutex::default(),
            done: AtomicU64::new(0),
            silences: AtomicU64::new(0),
            refusals: Mutex::default(),
            violations: Mutex::default(),
            broken: AtomicU64::new(0),
        }
    }

    /// Notes something that must never be.
    pub(crate) fn violation(&self, what: impl Display) {
        self.broken.fetch_add(1, Ordering::Relaxed);
        let mut violations = self.violations.lock().unwrap();
        if violations.len() < MOST_KEPT {
            crate::say::line(&format!("VIOLATION after {} operations: {what}", self.done.load(Ordering::Relaxed)));
            violations.push(what.to_string());
        }
    }

    pub(crate) fn violations(&self) -> u64 {
        self.broken.load(Ordering::Relaxed)
    }

    /// What a call in process says. An internal error is a violation: no crash of anything else excuses it.
    pub(crate) fn heard<T>(&self, what: &str, outcome: services::Result<T>) -> Answer<T> {
        match outcome {
            Ok(value) => Answer::Yes(value),
            Err(services::Error::Busy(why)) => Answer::Silence(why.to_string()),
            Err(services::Error::Unavailable { cause, .. }) => Answer::Silence(cause.to_string()),
            Err(services::Error::Internal(cause)) => {
                self.violation(format!("{what} met an internal error: {cause}"));
                Answer::No("internal".to_owned())
            }
            Err(error) => Answer::No(format!("{what}: {error}")),
        }
    }

    /// What a server says; `fit` are the statuses of a yes.
    pub(crate) async fn answered(
        &self,
        what: &str,
        sent: reqwest::Result<reqwest::Response>,
    ) -> Answer<serde_json::Value> {
        let (status, text) = match sent {
            Ok(answer) => (answer.status().as_u16(), answer.text().await),
            Err(why) => return Answer::Silence(why.to_string()),
        };
        let Ok(text) = text else { return Answer::Silence("half an answer".to_owned()) };
        match status {
            200..300 => match serde_json::from_str(&text) {
                Ok(body) => Answer::Yes(body),
                Err(why) => {
                    self.violation(format!("{what} was answered with {status} and {text:?}: {why}"));
                    Answer::No("unreadable".to_owned())
                }
            },
            429 | 503 | 504 => Answer::Silence(format!("status {status}")),
            500 => {
                self.violation(format!("{what} met an internal error: {text}"));
                Answer::No("internal".to_owned())
            }
            _ => {
                let problem: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
                Answer::No(format!("{what}: {status} {}", problem["code"].as_str().unwrap_or_default()))
            }
        }
    }

    /// Asks until there is an answer, as a patient client does. Nothing when it was refused.
    pub(crate) async fn insist<T, A: Future<Output = Answer<T>>>(&self, what: &str, ask: impl Fn() -> A) -> Option<T> {
        let started = std::time::Instant::now();
        loop {
            match ask().await {
                Answer::Yes(value) => return Some(value),
                Answer::No(why) => {
                    *self.refusals.lock().unwrap().entry(why).or_default() += 1;
                    return None;
                }
                Answer::Silence(why) => {
                    self.silences.fetch_add(1, Ordering::Relaxed);
                    if started.elapsed() > Duration::from_secs(120) {
                        self.violation(format!("{what} got no answer for two minutes: {why}"));
                        return None;
                    }
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }

    /// How often nobody answered, and how often the shop refused what.
    pub(crate) fn silences(&self) -> u64 {
        self.silences.load(Ordering::Relaxed)
    }

    pub(crate) fn refusals(&self) -> BTreeMap<String, u64> {
        self.refusals.lock().unwrap().clone()
    }

    /// One of the servers, or nothing for the shop in process.
    pub(crate) fn route(&self, rng: &mut StdRng) -> Option<&Server> {
        let way = rng.random_range(0..2 * self.servers.len());
        self.servers.get(way)
    }

    /// One of the orders that clients know of, mostly one of the newest.
    pub(crate) fn some_order(&self, rng: &mut StdRng) -> Option<Arc<Placed>> {
        let draw: u64 = rng.random();
        let is_old = rng.random_range(0..10) == 0;
        let memory = self.memory.lock().unwrap();
        let among = if is_old { memory.numbers.len() } else { memory.numbers.len().min(LATELY) };
        let back = usize::try_from(draw % u64::try_from(among).ok().filter(|&among| among > 0)?).ok()?;
        memory.placed.get(&memory.numbers[memory.numbers.len() - 1 - back]).cloned()
    }

    /// Remembers what a client was told; being told twice, differently, is a violation.
    pub(crate) fn told(&self, purchase: &Purchase, told: Receipt) {
        let wrong = self.memory.lock().unwrap().learn(purchase, told);
        if let Some(wrong) = wrong {
            self.violation(wrong);
        }
    }
}

impl Memory {
    /// Keeps what the ledger must have of a reason and a variant.
    pub(crate) fn book(&mut self, reason: MovementReason, variant: VariantId, least: i64, most: i64) {
        let booked = self.booked.entry((reason, variant)).or_default();
        *booked = (booked.0 + least, booked.1 + most);
    }

    /// Keeps what a client was told, or says how it contradicts what was told before.
    fn learn(&mut self, purchase: &Purchase, told: Receipt) -> Option<String> {
        let tag = &purchase.tag;
        let first = self.given.entry(tag.clone()).or_insert_with(|| told.number.clone());
        if *first != told.number {
            return Some(format!("{tag} was told of the order {first} and then of {}", told.number));
        }
        match self.placed.get(&told.number) {
            Some(known) if known.told == told && known.purchase.tag == *tag => None,
            Some(known) => Some(format!("{tag} told {told:?} and {} {:?}", known.purchase.tag, known.told)),
            None => {
                self.numbers.push(told.number.clone());
                let placed = Placed { purchase: purchase.clone(), told: told.clone() };
                self.placed.insert(told.number, Arc::new(placed));
                None
            }
        }
    }
}
