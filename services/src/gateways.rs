//! What every gateway can do for the shop.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use domain::locale::Locale;
use domain::money::{Currency, Money};
use domain::payments::{GatewayMode, GatewayName, GatewayOutcome, PaymentMethod};
use domain::settings::Settings;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};

use self::keys::{GatewayPlaces, Keys};
pub(crate) use self::wire::{Deadline, is_away};
use crate::Shop;
use crate::error::Result;

pub mod demo;
pub(crate) mod keys;
pub(crate) mod midtrans;
pub(crate) mod stripe;
pub mod untrusted;
mod wire;
pub(crate) mod xendit;

/// The longest pause between two tries of the same.
pub(crate) const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

/// How soon a gateway is asked how a new attempt stands: no buyer pays sooner.
pub(crate) const FIRST_ASKED_AFTER: TimeDelta = TimeDelta::seconds(10);

/// No gateway keeps a payment page open for longer.
pub(crate) const LONGEST_PAGE: TimeDelta = TimeDelta::days(8);

/// How long to wait after so many tries that were in vain: seconds at first, an hour in the end.
pub(crate) fn pause_after(tries: u32) -> TimeDelta {
    TimeDelta::seconds(5 << tries.min(10)).min(LONGEST_PAUSE)
}

/// How long to wait before a gateway is asked again how an attempt stands that may still be paid: soon at first, and never so
/// long that money is seen later than a minute after it came.
pub(crate) fn pause_between(asks: u32) -> TimeDelta {
    TimeDelta::seconds(10 << asks.min(2)).min(TimeDelta::seconds(40))
}

/// The gateways that this shop can use now. Clones share everything.
#[derive(Clone)]
pub(crate) struct Gateways {
    ready: Arc<RwLock<BTreeMap<GatewayName, Ready>>>,
    turns: Arc<Semaphore>,
    places: Arc<RwLock<GatewayPlaces>>,
    /// The keys that were given or sealed when they were last looked at.
    opened: Arc<Mutex<Keys>>,
}

/// A gateway that can be asked.
#[derive(Clone)]
struct Ready {
    gateway: Arc<dyn Gateway>,
    mode: GatewayMode,
}

/// So many questions that nobody waits for are asked at once.
const TURNS: usize = 8;

impl Default for Gateways {
    fn default() -> Self {
        let turns = Arc::new(Semaphore::new(TURNS));
        Self { ready: Arc::default(), turns, places: Arc::default(), opened: Arc::default() }
    }
}

impl Gateways {
    /// Takes a gateway into use, in the place of the one of its name.
    pub(crate) fn set(&self, gateway: impl Gateway + 'static, mode: GatewayMode) {
        if let Ok(mut ready) = self.ready.write() {
            ready.insert(gateway.name(), Ready { gateway: Arc::new(gateway), mode });
        }
    }

    /// Takes a gateway into use, or lets the one of that name go when there is none.
    fn set_or_forget(&self, name: GatewayName, found: Option<(impl Gateway + 'static, GatewayMode)>) {
        match (found, self.ready.write()) {
            (Some((gateway, mode)), Ok(mut ready)) => {
                drop(ready.insert(name, Ready { gateway: Arc::new(gateway), mode }))
            }
            (None, Ok(mut ready)) => drop(ready.remove(&name)),
            (_, Err(_)) => {}
        }
    }

    /// Whether a gateway moves real money; nothing when it cannot be asked.
    pub(crate) fn mode(&self, name: GatewayName) -> Option<GatewayMode> {
        self.ready.read().ok()?.get(&name).map(|ready| ready.mode)
    }

    /// The gateway of that name, if it can be asked.
    pub(crate) fn get(&self, name: GatewayName) -> Option<Arc<dyn Gateway>> {
        self.ready.read().ok()?.get(&name).map(|ready| Arc::clone(&ready.gateway))
    }

    fn set_places(&self, places: GatewayPlaces) {
        if let Ok(mut current) = self.places.write() {
            *current = places;
        }
    }

    fn places(&self) -> GatewayPlaces {
        self.places.read().map(|places| places.clone()).unwrap_or_default()
    }

    /// All that can be asked.
    pub(crate) fn all(&self) -> Vec<Arc<dyn Gateway>> {
        let ready = self.ready.read();
        ready.map(|ready| ready.values().map(|it| Arc::clone(&it.gateway)).collect()).unwrap_or_default()
    }

    /// The same by the word that stands in addresses and in the database.
    pub(crate) fn named(&self, word: &str) -> Option<Arc<dyn Gateway>> {
        self.get(word.parse().ok()?)
    }

    /// A turn to ask something that nobody waits for; nothing while as many as may be are asking.
    pub(crate) fn turn_to_ask(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.turns).try_acquire_owned().ok()
    }

    /// The gateway that carries a method by the owner's choice, if it takes the shop's currency.
    pub(crate) fn of(&self, settings: &Settings, method: PaymentMethod) -> Option<Arc<dyn Gateway>> {
        self.get(settings.carrier(method).filter(|gateway| gateway.takes(settings.currency))?)
    }
}

impl std::fmt::Debug for Gateways {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = self.ready.read().map(|ready| ready.keys().copied().collect::<Vec<_>>()).unwrap_or_default();
        f.debug_tuple("Gateways").field(&names).finish()
    }
}

impl Shop {
    /// Where the hosted pages are of all gateways that are in use.
    pub fn page_origins(&self) -> Vec<String> {
        self.gateways.all().iter().flat_map(|gateway| gateway.page_origins()).collect()
    }

    /// How the shop can be paid now.
    pub fn payment_methods(&self, settings: &Settings) -> Vec<PaymentMethod> {
        let has_account = !settings.transfer.accounts.is_empty();
        PaymentMethod::that_work(&settings.payment_methods, has_account, |method| {
            self.gateways.of(settings, method).is_some()
        })
    }
}

/// Asks a gateway for a hosted payment page.
pub(crate) struct Begin<'a> {
    /// Our name of the attempt; the same reference gives the same page.
    pub(crate) reference: &'a str,
    pub(crate) order_number: &'a str,
    pub(crate) method: PaymentMethod,
    pub(crate) amount: Money,
    pub(crate) currency: Currency,
    pub(crate) locale: Locale,
    pub(crate) now: DateTime<Utc>,
    /// Sent to the gateway, so that its clock does not outlive our hold.
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) return_path: String,
    pub(crate) public_url: String,
    pub(crate) shop_name: String,
    /// What is paid for, for the buyer to read; they sum to the amount.
    pub(crate) items: Vec<Item>,
}

/// A line of what is paid for. What is taken off stands there with a price below nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) price: Money,
    pub(crate) quantity: u32,
}

/// A hosted payment page.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) url: String,
    /// The gateway's own name of the attempt, where it is not known there by ours.
    pub(crate) gateway_reference: Option<String>,
}

/// An attempt, as both sides name it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AttemptNames<'a> {
    pub(crate) reference: &'a str,
    pub(crate) gateway_reference: Option<&'a str>,
}

/// A notification whose sender is proved.
#[derive(Debug)]
pub(crate) struct Notification {
    /// The same when the gateway sends the same event again.
    pub(crate) event_key: String,
}

/// What a proved notification says.
#[derive(Debug)]
pub(crate) enum Statement {
    Payment(PaymentStatement),
    Refund(RefundStatement),
    /// It only names a payment: its proof covers no more, and how it stands is asked at the gateway.
    Names {
        reference: String,
    },
    /// Nothing that the shop follows.
    Nothing,
}

/// All that a gateway says of an attempt when it is asked.
#[derive(Debug)]
pub(crate) struct Standing {
    pub(crate) payment: PaymentStatement,
    /// What went back of it, whoever asked for that.
    pub(crate) refunds: Vec<RefundStatement>,
}

impl From<PaymentStatement> for Standing {
    fn from(payment: PaymentStatement) -> Self {
        Self { payment, refunds: Vec::new() }
    }
}

/// What came of ending an attempt.
#[derive(Debug)]
pub(crate) enum Ended {
    /// Nobody can pay it any more, and so it stands.
    Closed(Standing),
    /// The gateway never heard of it.
    Unknown,
    /// Its page is open until its time is over by itself: the gateway cannot close one where no way to pay is chosen.
    StillOpen,
}

/// How an attempt stands at the gateway.
#[derive(Clone, Debug)]
pub(crate) struct PaymentStatement {
    pub(crate) reference: String,
    pub(crate) outcome: GatewayOutcome,
    pub(crate) amount: Money,
    pub(crate) currency: Currency,
}

/// Money that went back.
#[derive(Debug)]
pub(crate) struct RefundStatement {
    /// Of the attempt that had been paid.
    pub(crate) reference: String,
    /// Our name of the refund.
    pub(crate) key: String,
    pub(crate) gateway_reference: String,
    pub(crate) amount: Money,
    pub(crate) currency: Currency,
}

/// Asks a gateway to give money back.
pub(crate) struct GiveBack<'a> {
    /// Of the attempt that was paid.
    pub(crate) attempt: AttemptNames<'a>,
    /// The same key is the same refund, however often it is asked for.
    pub(crate) key: &'a str,
    pub(crate) amount: Money,
    pub(crate) currency: Currency,
    pub(crate) reason: &'a str,
    /// How often it was asked for in vain.
    pub(crate) tries: u32,
}

/// What a gateway made of it.
#[derive(Debug)]
pub(crate) enum GivenBack {
    Done {
        gateway_reference: String,
    },
    /// It is taken and not done yet: asked again later, it tells what became of it.
    OnItsWay,
    /// For good: asking again is of no use.
    Refused {
        why: String,
    },
}

/// What a gateway answers in its time.
pub(crate) type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A payment gateway: what each can do for the shop, and all that the shop knows of any. What is asked of it ends by a deadline.
pub(crate) trait Gateway: Send + Sync {
    /// The name in addresses and in the database.
    fn name(&self) -> GatewayName;

    /// Makes the payment at the gateway, or finds it, and gives its hosted page.
    fn begin<'a>(&'a self, begin: &'a Begin<'a>, by: Deadline) -> Answer<'a, Page>;

    /// Whether a page that was given earlier is still where it was.
    fn still_serves(&self, url: &str) -> bool;

    /// Where its hosted pages are, such as `https://pay.example`: a browser lets a form lead nowhere else.
    fn page_origins(&self) -> Vec<String>;

    /// How an attempt stands; nothing while the gateway knows nothing of it.
    fn status<'a>(&'a self, attempt: AttemptNames<'a>, by: Deadline) -> Answer<'a, Option<Standing>>;

    /// Ends an attempt, so that nobody can pay it any more, and tells how it stands then.
    fn end<'a>(&'a self, attempt: AttemptNames<'a>, by: Deadline) -> Answer<'a, Ended>;

    /// Gives money back, once per key.
    fn give_back<'a>(&'a self, refund: GiveBack<'a>, by: Deadline) -> Answer<'a, GivenBack>;

    /// Asks something harmless with the shop's keys; a refusal comes in the gateway's own words.
    fn try_out(&self, by: Deadline) -> Answer<'_, std::result::Result<(), String>>;

    /// Proves who sent the bytes, before anything in them is believed.
    fn prove(&self, headers: &[(String, String)], body: &[u8], now: DateTime<Utc>) -> Result<Notification>;

    /// Reads what a stored notification says.
    fn read(&self, body: &[u8]) -> Result<Statement>;
}

#[cfg(test)]
mod tests;
