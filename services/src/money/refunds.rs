//! Refunds: money goes back by a row first and by the gateway afterwards, and never more of it than came.
//!
//! Whoever adds a row has the lock of what the bill is for, so that no two can give back the same money.

use domain::mail::MailKind;
use domain::money::Money;
use domain::orders::{Actor, LineUnits};
use domain::payments::{Payable, Refund, RefundId, RefundReason, allot};
use domain::text::IdempotencyKey;
use sqlx::MySqlConnection;

use super::attempts::LockedAttempt;
use super::queries::refunds as queries;
use super::{Bill, CASH, FORMER};
use crate::database::Work;
use crate::error::{Error, Result};
use crate::{actor, events, mail, secrets};

/// Money that is to go back.
pub(crate) struct Ask<'a> {
    /// What is asked for, in a few letters: the same text gives no second refund.
    pub(crate) key: &'a str,
    /// All that is left when nothing is named.
    pub(crate) amount: Option<Money>,
    /// Whose price it is, if it is that of units.
    pub(crate) units: &'a [LineUnits],
    pub(crate) reason: &'a str,
    pub(crate) actor: &'a Actor,
}

/// What goes back and has gone back of something, oldest first.
pub(crate) async fn of(conn: &mut MySqlConnection, what: impl Into<Payable>) -> Result<Vec<Refund>> {
    let rows = queries::of(conn, what.into()).await?;
    rows.into_iter().map(read).collect()
}

/// Whether that was asked for before.
pub(crate) async fn is_known(conn: &mut MySqlConnection, what: impl Into<Payable>, key: &str) -> Result<bool> {
    Ok(queries::is_known(conn, what.into(), key).await?)
}

/// Gives money back for what the caller has locked.
///
/// `Refused` when there is not so much left.
pub(crate) async fn request<'a>(work: &mut Work, bill: impl Into<Bill<'a>>, ask: Ask<'_>) -> Result<()> {
    let (bill, now) = (bill.into(), work.now());
    let payments = queries::money_left(work, bill.what).await?;
    let left: Vec<_> = payments.iter().map(queries::PaymentRow::money_left).collect();
    let everything = Money::sum(left.iter().map(|payment| payment.left)).unwrap_or_default();
    let amount = ask.amount.unwrap_or(everything);
    let parts = allot(amount, &left).map_err(|refused| Error::Refused(refused.message(bill.currency)))?;
    for (index, (id, part)) in parts.into_iter().enumerate() {
        let payment = payments.iter().find(|payment| payment.id == id);
        let by_hand = ask.actor == &Actor::Import
            || payment.is_some_and(|payment| [CASH, FORMER].contains(&payment.gateway.as_str()));
        let refund =
            queries::insert(work, bill, &queries::New { payment: id, amount: part, by_hand, ask: &ask }, now).await?;
        // The units hang on one of the parts, or they would count twice.
        if index == 0 {
            for units in ask.units {
                queries::insert_units(work, refund, *units).await?;
            }
        }
        if ask.actor != &Actor::Import {
            let kind = if by_hand { MailKind::RefundSucceeded } else { MailKind::RefundRequested };
            write_mail(work, kind, bill.what, refund).await?;
        }
    }
    Ok(())
}

/// Money that came and cannot be used, or not all of it.
pub(crate) struct Unused<'a> {
    /// The attempt that brought it: this payment's money goes back and no other's, whatever else was paid.
    pub(crate) attempt: &'a LockedAttempt,
    pub(crate) amount: Money,
    pub(crate) why: &'a RefundReason,
    pub(crate) actor: &'a Actor,
}

/// Sends money back that what it was paid for cannot take.
pub(crate) async fn send_back<'a>(work: &mut Work, bill: impl Into<Bill<'a>>, unused: &Unused<'_>) -> Result<()> {
    let Unused { attempt, amount, why, actor } = *unused;
    let (bill, now) = (bill.into(), work.now());
    // A purchase that cost nothing brought nothing.
    if amount == Money::ZERO {
        return Ok(());
    }
    let ask = Ask { key: "sent-back", amount: Some(amount), units: &[], reason: &why.text(bill.locale), actor };
    let new = queries::New { payment: attempt.id, amount, by_hand: false, ask: &ask };
    let refund = queries::insert(work, bill, &new, now).await?;
    write_mail(work, MailKind::RefundRequested, bill.what, refund).await?;
    events::record(work, &bill.money_goes_back(amount)).await
}

/// A client's key may be long and of any letters; ours is short.
pub(crate) fn request_key(key: &IdempotencyKey) -> String {
    let digest = secrets::digest(key.as_str().as_bytes());
    format!("asked-{}", secrets::hex(&digest[..12]))
}

/// A letter about money that goes back.
pub(super) async fn write_mail(work: &mut Work, kind: MailKind, what: Payable, refund: RefundId) -> Result<()> {
    match what {
        Payable::Order(order) => mail::write(work, kind, order, Some(refund)).await,
        Payable::Membership(purchase) => mail::write(work, kind, purchase, Some(refund)).await,
    }
}

fn read(row: queries::RefundRow) -> Result<Refund> {
    Ok(Refund {
        id: row.id,
        amount: row.amount,
        status: row.status,
        reason: row.reason,
        by_hand: row.by_hand,
        actor: actor::read(&row.actor_kind, row.actor_name)?,
        at: row.at,
        settled_at: row.settled_at,
    })
}
