//! Payments: attempts at a gateway, and the notifications that decide about them.
//!
//! A notification is proved, stored once in the inbox and answered; applying it is a step of its own that can be
//! repeated. The network is never asked while a row is locked.

use std::sync::{Arc, RwLock};

use chrono::{DateTime, Utc};
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::orders::{OrderEvent, OrderId};
use domain::payments::PaymentMethod;
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::error::{Error, Result};
use crate::{Shop, database, orders};

mod apply;
pub mod demo;
mod gateway;
mod queries;

use apply::apply_waiting;
pub(crate) use apply::apply_waiting_behind;
use gateway::{Begin, Gateway};

/// Whether a notification was new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    New,
    /// It came before; nothing changed.
    Repeat,
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

    fn of(&self, method: PaymentMethod) -> Option<impl Gateway> {
        match method {
            PaymentMethod::Demo => self.demo(),
            PaymentMethod::CashOnDelivery => None,
        }
    }

    fn named(&self, name: &str) -> Option<impl Gateway> {
        self.demo().filter(|gateway| gateway.name() == name)
    }
}

/// The gateway's page for an unpaid order, for the one who has the order's link.
///
/// `Refused(NothingToPay)` when the order waits for no payment; `Unavailable` when the gateway is away.
#[instrument(skip_all, fields(order.number = number))]
pub async fn begin(shop: &Shop, number: &str, token: &str) -> Result<String> {
    let mut conn = shop.db.acquire().await?;
    let order = orders::find_by_link(shop, &mut conn, number, token).await?;
    drop(conn);
    start(shop, order).await
}

/// The gateway's page of a new order, or nothing when the gateway is away or the order is past paying.
pub(crate) async fn hosted_page(shop: &Shop, order: OrderId) -> Result<Option<String>> {
    if let Some(url) = queries::last_page(&mut *shop.db.acquire().await?, order).await? {
        return Ok(Some(url));
    }
    match start(shop, order).await {
        Ok(url) => Ok(Some(url)),
        Err(Error::Unavailable { cause, .. }) => {
            tracing::warn!(order.id = %order, error = %cause, "the gateway gave no page for a new order");
            Ok(None)
        }
        Err(Error::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Takes a gateway's notification: proves it, stores it once, then applies it.
///
/// Nothing is written for one that proves nothing. Applying may fail without failing the answer: the notification is
/// stored, and a job tries again.
#[instrument(skip_all, fields(gateway = gateway))]
pub async fn receive(shop: &Shop, gateway: &str, headers: &[(String, String)], body: &[u8]) -> Result<Received> {
    let known = shop.gateways.named(gateway).ok_or(Error::NotFound(Message::NoSuchPage))?;
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let notification = known.prove(headers, body, now)?;

    let inserted = queries::insert_inbox(&mut conn, gateway, &notification.event_key, body, now).await;
    match inserted {
        Err(error) if database::is_duplicate_of(&error, "payment_inbox_event") => {
            // The first may be seen but not on the disk yet; a write that follows it is, and it with it.
            queries::set_received_again(&mut conn, gateway, &notification.event_key, now).await?;
            return Ok(Received::Repeat);
        }
        other => other?,
    }
    drop(conn);
    if let Err(error) = apply_waiting(shop).await {
        tracing::warn!(%error, "a stored notification waits for the next run");
    }
    Ok(Received::New)
}

/// Closes the attempts that an order which is called off leaves behind.
pub(crate) async fn end_live(conn: &mut MySqlConnection, order: OrderId, now: DateTime<Utc>) -> Result<()> {
    queries::expire_live(conn, order, now).await?;
    Ok(())
}

/// A payment of an imported order.
pub(crate) async fn record_past(
    conn: &mut MySqlConnection,
    order: OrderId,
    number: &str,
    amount: Money,
    currency: Currency,
    at: DateTime<Utc>,
) -> Result<()> {
    let attempt = queries::insert(conn, order, "demo", &format!("{number}-0"), amount, currency, at).await?;
    queries::settle(conn, attempt, domain::payments::PaymentStatus::Paid, at).await?;
    Ok(())
}

/// How many payments a person must look at.
pub(crate) async fn needing_review(conn: &mut MySqlConnection) -> Result<u64> {
    Ok(queries::count_needing_review(conn).await?)
}

/// Makes the order's one live attempt, or finds it, and asks the gateway for its page.
async fn start(shop: &Shop, order: OrderId) -> Result<String> {
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let locked = orders::lock(&mut tx, order).await?;
    if locked.status.after(OrderEvent::PaymentArrived).is_err() {
        return Err(Error::Refused(Message::NothingToPay));
    }
    let facts = queries::order_facts(&mut tx, order).await?;
    let gateway = shop.gateways.of(facts.method).ok_or(Error::Refused(Message::PaymentMethodOff))?;
    let attempt = match queries::live(&mut tx, order).await? {
        Some(attempt) => attempt,
        None => {
            let tries = queries::count_attempts(&mut tx, order).await?;
            let reference = format!("{}-{}", locked.number, tries + 1);
            let id =
                queries::insert(&mut tx, order, gateway.name(), &reference, locked.total, facts.currency, now).await?;
            queries::LiveAttempt { id, reference, redirect_url: None }
        }
    };
    tx.commit().await?;

    if let Some(url) = attempt.redirect_url.filter(|url| gateway.still_serves(url)) {
        return Ok(url);
    }
    let token = orders::token(shop, &locked.number);
    let begin = Begin {
        reference: &attempt.reference,
        order_number: &locked.number,
        amount: locked.total,
        currency: facts.currency,
        locale: facts.locale,
        expires_at: locked.pay_by.unwrap_or(now),
        return_path: format!("/orders/{}/thanks?token={token}", locked.number),
        public_url: shop.public_url(),
        shop_name: crate::settings::get(shop).await?.name.clone(),
    };
    let url = gateway.begin(begin).await?;
    queries::set_page(&mut *shop.db.acquire().await?, attempt.id, &url, now).await?;
    Ok(url)
}
