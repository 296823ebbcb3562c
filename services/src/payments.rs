//! Payments: attempts at a gateway, and the notifications that decide about them.
//!
//! A notification is proved, stored once in the inbox and answered; applying it is a step of its own that can be
//! repeated. The network is never asked while a row is locked.

use chrono::TimeDelta;
use domain::message::Message;
use domain::money::Money;
use domain::orders::{Actor, MoneyEffect, OrderStatus};
use domain::payments::{Balance, Payable, PaymentMethod, PaymentStatus};
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::gateways::Gateway;
use crate::memberships::LockedPurchase;
use crate::orders::LockedOrder;
use crate::{Shop, database};

mod apply;
mod attempts;
mod checking;
mod inbox;
mod payable;
mod queries;
mod refunds;

pub use crate::gateways::demo;
pub(crate) use attempts::{Ended, close_given_up, end_at_gateway, hosted_page};
pub use attempts::{begin, begin_membership};
pub(crate) use checking::to_check;
pub use checking::{settle_payment, settle_refund};
pub(crate) use inbox::{apply_waiting, count_stuck, forget_applied_before, stuck};
pub use inbox::{retry, set_aside};
pub use refunds::refund;
pub(crate) use refunds::{
    Ask, is_known as is_refund_known, of as refunds_of, price_of, price_of_rest, request as request_refund,
    request_key, send_requested,
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

/// Takes a gateway's notification: proves it, stores it once, then applies it.
///
/// Nothing is written for one that proves nothing. Applying may fail without failing the answer: the notification is
/// stored, and a job tries again.
#[instrument(skip_all, fields(gateway = gateway))]
pub async fn receive(shop: &Shop, gateway: &str, headers: &[(String, String)], body: &[u8]) -> Result<Received> {
    let known = shop.gateways.named(gateway).ok_or(Error::NotFound(Message::NoSuchPage))?;
    let writer = shop.gateway(gateway);
    let stored = transact!(writer, |work| {
        let now = work.now();
        let notification = known.prove(headers, body, now)?;
        match queries::inbox::insert(work, gateway, &notification.event_key, body, now).await {
            Err(error) if database::is_duplicate_of(&error, "payment_inbox_event") => {
                // The first may be seen but not on the disk yet; a write that follows it is, and it with it.
                queries::inbox::set_received_again(work, gateway, &notification.event_key, now).await?;
                Ok(None)
            }
            inserted => Ok(Some(inserted?)),
        }
    })?;
    let Some(id) = stored else { return Ok(Received::Repeat) };
    // This one and no other: whatever waits longer is the job's.
    if let Err(error) = inbox::attempt(&writer, id).await {
        tracing::warn!(%error, "a stored notification waits for the next run");
    }
    Ok(Received::New)
}

/// Gives up the attempt that something which is called off leaves behind; a job ends it at its gateway.
pub(crate) async fn end_live(work: &mut Work, what: impl Into<Payable>) -> Result<()> {
    let now = work.now();
    queries::expire_live(work, what.into(), now).await?;
    Ok(())
}

/// Does to an order's money what its move names.
pub(crate) async fn move_money(work: &mut Work, order: &LockedOrder, effect: MoneyEffect, actor: &Actor) -> Result<()> {
    match effect {
        MoneyEffect::Nothing => Ok(()),
        MoneyEffect::Collect => collect(work, order).await,
        MoneyEffect::Refund => refunds::everything(work, order, actor).await,
        MoneyEffect::RefundRest => refunds::rest(work, order, actor).await,
    }
}

/// What was paid for something, and what of it went back.
pub(crate) async fn balance(conn: &mut MySqlConnection, what: impl Into<Payable>) -> Result<Balance> {
    Ok(queries::refunds::balance(conn, what.into()).await?)
}

/// Whether the courier has yet to bring the money of an order.
pub(crate) async fn is_paid_at_the_door_later(conn: &mut MySqlConnection, order: &LockedOrder) -> Result<bool> {
    let is_cash = !order.payment_method.is_online();
    Ok(is_cash && order.status != OrderStatus::Completed && balance(conn, order.id).await?.paid == Money::ZERO)
}

/// A payment of an imported order.
pub(crate) async fn record_past(work: &mut Work, order: &LockedOrder) -> Result<()> {
    record_paid(work, order, ("demo", "0"), order.total).await
}

/// A payment of a purchase that comes from elsewhere.
pub(crate) async fn record_past_membership(work: &mut Work, purchase: &LockedPurchase) -> Result<()> {
    let at = work.now();
    let reference = format!("{}-0", purchase.number);
    let new = queries::New { what: purchase.id.into(), gateway: "demo", reference: &reference, amount: purchase.due };
    let attempt = queries::insert(work, &new, purchase.currency, at).await?;
    queries::settle(work, attempt, PaymentStatus::Paid, at).await?;
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
async fn collect(work: &mut Work, order: &LockedOrder) -> Result<()> {
    match order.payment_method {
        PaymentMethod::CashOnDelivery => {
            let due = order.total.minus(order.called_off).unwrap_or_default();
            record_paid(work, order, (CASH, CASH), due).await
        }
        PaymentMethod::Demo => Ok(()),
    }
}

async fn record_paid(
    work: &mut Work,
    order: &LockedOrder,
    (gateway, suffix): (&str, &str),
    amount: Money,
) -> Result<()> {
    let at = work.now();
    let reference = format!("{}-{suffix}", order.number);
    let new = queries::New { what: order.id.into(), gateway, reference: &reference, amount };
    let attempt = queries::insert(work, &new, order.currency, at).await?;
    queries::settle(work, attempt, PaymentStatus::Paid, at).await?;
    Ok(())
}
