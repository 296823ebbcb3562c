//! What every gateway can do for the shop.

use std::sync::{Arc, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use domain::locale::Locale;
use domain::money::{Currency, Money};
use domain::payments::{GatewayOutcome, PaymentMethod};
use domain::settings::Settings;

use crate::Shop;
use crate::error::Result;

pub mod demo;

/// The longest pause between two tries of the same.
pub(crate) const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

/// How long to wait after so many tries that were in vain: seconds at first, an hour in the end.
pub(crate) fn pause_after(tries: u32) -> TimeDelta {
    TimeDelta::seconds(5 << tries.min(10)).min(LONGEST_PAUSE)
}

/// The gateways that this shop can use now.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gateways {
    demo: Arc<RwLock<Option<demo::DemoGateway>>>,
}

impl Gateways {
    pub(crate) fn set_demo(&self, gateway: Option<demo::DemoGateway>) {
        if let Ok(mut current) = self.demo.write() {
            *current = gateway;
        }
    }

    pub(crate) fn demo(&self) -> Option<demo::DemoGateway> {
        self.demo.read().ok()?.clone()
    }

    pub(crate) fn of(&self, method: PaymentMethod) -> Option<impl Gateway + use<>> {
        match method {
            PaymentMethod::Demo => self.demo(),
            PaymentMethod::CashOnDelivery => None,
        }
    }

    pub(crate) fn named(&self, name: &str) -> Option<impl Gateway + use<>> {
        self.demo().filter(|gateway| gateway.name() == name)
    }
}

impl Shop {
    /// How the shop can be paid now.
    pub(crate) fn payment_methods(&self, settings: &Settings) -> Vec<PaymentMethod> {
        PaymentMethod::that_work(&settings.payment_methods, self.has_demo_gateway())
    }
}

/// Asks a gateway for a hosted payment page.
pub(crate) struct Begin<'a> {
    /// Our name of the attempt; the same reference gives the same page.
    pub(crate) reference: &'a str,
    pub(crate) order_number: &'a str,
    pub(crate) amount: Money,
    pub(crate) currency: Currency,
    pub(crate) locale: Locale,
    /// Sent to the gateway, so that its clock does not outlive our hold.
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) return_path: String,
    pub(crate) public_url: String,
    pub(crate) shop_name: String,
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
}

/// How an attempt stands at the gateway.
#[derive(Debug)]
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
    pub(crate) reference: &'a str,
    /// The same key is the same refund, however often it is asked for.
    pub(crate) key: &'a str,
    pub(crate) amount: Money,
    pub(crate) currency: Currency,
    pub(crate) reason: &'a str,
}

/// What a gateway made of it.
#[derive(Debug)]
pub(crate) enum GivenBack {
    Done {
        gateway_reference: String,
    },
    /// For good: asking again is of no use.
    Refused {
        why: String,
    },
}

/// A payment gateway.
pub(crate) trait Gateway: Send + Sync {
    /// The name in addresses and in the database.
    fn name(&self) -> &'static str;

    /// Makes the payment at the gateway, or finds it, and gives its hosted page.
    fn begin(&self, begin: Begin<'_>) -> impl Future<Output = Result<String>> + Send;

    /// Whether a page that was given earlier is still where it was.
    fn still_serves(&self, url: &str) -> bool;

    /// Ends an attempt, so that nobody can pay it any more, and tells how it stands then; nothing when the gateway
    /// never heard of it.
    fn end(&self, reference: &str) -> impl Future<Output = Result<Option<PaymentStatement>>> + Send;

    /// Gives money back, once per key.
    fn give_back(&self, refund: GiveBack<'_>) -> impl Future<Output = Result<GivenBack>> + Send;

    /// Proves who sent the bytes, before anything in them is believed.
    fn prove(&self, headers: &[(String, String)], body: &[u8], now: DateTime<Utc>) -> Result<Notification>;

    /// Reads what a stored notification says.
    fn read(&self, body: &[u8]) -> Result<Statement>;
}
