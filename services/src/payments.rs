//! Payments: attempts at a gateway, and the notifications that decide about them.
//!
//! A notification is proved, stored once in the inbox and answered; applying it is a step of its own that can be
//! repeated. The network is never asked while a row is locked.

use std::sync::{Arc, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use domain::message::Message;
use domain::money::Money;
use domain::orders::{Actor, MoneyEffect, OrderStatus};
use domain::payments::{Balance, Payable, PaymentMethod, PaymentStatus};
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::error::{Error, Result};
use crate::memberships::LockedPurchase;
use crate::orders::LockedOrder;
use crate::{Shop, database};

mod apply;
mod attempts;
mod checking;
pub mod demo;
mod gateway;
mod hand;
mod inbox;
mod payable;
mod queries;
mod refunds;

pub(crate) use attempts::{Ended, close_given_up, end_at_gateway, hosted_page};
pub use attempts::{begin, begin_membership};
pub(crate) use checking::to_check;
pub use checking::{settle_payment, settle_refund};
use gateway::Gateway;
pub(crate) use hand::Hand;
pub(crate) use inbox::{apply_waiting, count_stuck, forget_applied_before, stuck};
pub use inbox::{retry, set_aside};
pub use refunds::refund;
pub(crate) use refunds::{
    Ask, is_known as is_refund_known, of as refunds_of, request as request_refund, request_key, send_requested, worth,
    worth_of_rest,
};

/// The name of the gateway that is none: money paid at the door.
const CASH: &str = "cash";

/// The longest pause between two tries of the same.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

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

    fn of(&self, method: PaymentMethod) -> Option<impl Gateway + use<>> {
        match method {
            PaymentMethod::Demo => self.demo(),
            PaymentMethod::CashOnDelivery => None,
        }
    }

    fn named(&self, name: &str) -> Option<impl Gateway + use<>> {
        self.demo().filter(|gateway| gateway.name() == name)
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

    let inserted = queries::inbox::insert(&mut conn, gateway, &notification.event_key, body, now).await;
    let id = match inserted {
        Err(error) if database::is_duplicate_of(&error, "payment_inbox_event") => {
            // The first may be seen but not on the disk yet; a write that follows it is, and it with it.
            queries::inbox::set_received_again(&mut conn, gateway, &notification.event_key, now).await?;
            return Ok(Received::Repeat);
        }
        other => other?,
    };
    drop(conn);
    // This one and no other: whatever waits longer is the job's.
    if let Err(error) = inbox::attempt(Hand::Caller(shop), id).await {
        tracing::warn!(%error, "a stored notification waits for the next run");
    }
    Ok(Received::New)
}

/// Gives up the attempt that something which is called off leaves behind; a job ends it at its gateway.
pub(crate) async fn end_live(conn: &mut MySqlConnection, what: impl Into<Payable>, now: DateTime<Utc>) -> Result<()> {
    queries::expire_live(conn, what.into(), now).await?;
    Ok(())
}

/// Does to an order's money what its move names.
pub(crate) async fn move_money(
    conn: &mut MySqlConnection,
    order: &LockedOrder,
    effect: MoneyEffect,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<()> {
    match effect {
        MoneyEffect::Nothing => Ok(()),
        MoneyEffect::Collect => collect(conn, order, now).await,
        MoneyEffect::Refund => refunds::everything(conn, order, actor, now).await,
        MoneyEffect::RefundRest => refunds::rest(conn, order, actor, now).await,
    }
}

/// What was paid for something, and what of it went back.
pub(crate) async fn balance(conn: &mut MySqlConnection, what: impl Into<Payable>) -> Result<Balance> {
    Ok(queries::refunds::balance(conn, what.into()).await?)
}

/// Whether the courier has yet to bring the money of an order.
pub(crate) async fn is_paid_at_the_door_later(conn: &mut MySqlConnection, order: &LockedOrder) -> Result<bool> {
    let is_cash = match order.payment_method {
        PaymentMethod::CashOnDelivery => true,
        PaymentMethod::Demo => false,
    };
    Ok(is_cash && order.status != OrderStatus::Completed && balance(conn, order.id).await?.paid == Money::ZERO)
}

/// A payment of an imported order.
pub(crate) async fn record_past(conn: &mut MySqlConnection, order: &LockedOrder, at: DateTime<Utc>) -> Result<()> {
    record_paid(conn, order, ("demo", "0"), order.total, at).await
}

/// A payment of a purchase that comes from elsewhere.
pub(crate) async fn record_past_membership(
    conn: &mut MySqlConnection,
    purchase: &LockedPurchase,
    at: DateTime<Utc>,
) -> Result<()> {
    let reference = format!("{}-0", purchase.number);
    let new = queries::New { what: purchase.id.into(), gateway: "demo", reference: &reference, amount: purchase.due };
    let attempt = queries::insert(conn, &new, purchase.currency, at).await?;
    queries::settle(conn, attempt, PaymentStatus::Paid, at).await?;
    Ok(())
}

/// How many payments of orders a person must look at.
pub(crate) async fn needing_review(conn: &mut MySqlConnection) -> Result<u64> {
    Ok(queries::count_needing_review(conn).await?)
}

/// How long to wait after so many tries that were in vain: seconds at first, an hour in the end.
fn pause_after(tries: u32) -> TimeDelta {
    TimeDelta::seconds(5 << tries.min(10)).min(LONGEST_PAUSE)
}

/// The courier brought the money that was to be paid at the door.
async fn collect(conn: &mut MySqlConnection, order: &LockedOrder, now: DateTime<Utc>) -> Result<()> {
    match order.payment_method {
        PaymentMethod::CashOnDelivery => {
            let due = order.total.minus(order.called_off).unwrap_or_default();
            record_paid(conn, order, (CASH, CASH), due, now).await
        }
        PaymentMethod::Demo => Ok(()),
    }
}

async fn record_paid(
    conn: &mut MySqlConnection,
    order: &LockedOrder,
    (gateway, suffix): (&str, &str),
    amount: Money,
    at: DateTime<Utc>,
) -> Result<()> {
    let reference = format!("{}-{suffix}", order.number);
    let new = queries::New { what: order.id.into(), gateway, reference: &reference, amount };
    let attempt = queries::insert(conn, &new, order.currency, at).await?;
    queries::settle(conn, attempt, PaymentStatus::Paid, at).await?;
    Ok(())
}
