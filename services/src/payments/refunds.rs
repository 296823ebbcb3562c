//! Refunds: money goes back by a row first and by the gateway afterwards, and never more of it than came.
//!
//! Whoever adds a row has the order's lock, so that no two can give back the same money.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::About;
use domain::mail::MailKind;
use domain::message::Message;
use domain::money::Money;
use domain::orders::{Actor, HistoryKind, HistoryNote, LineUnits, OrderDetail, OrderId, OrderLineId, Whereabouts};
use domain::payments::{Payable, Refund, RefundOrder, RefundReason, RefundWhat, allot, price_of_units};
use domain::staff::{Permission, Staff};
use domain::text::{IdempotencyKey, Reason};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::CASH;
use super::payable::{Bill, money_goes_back, write_mail};
use super::queries::LockedAttempt;
use super::queries::refunds as queries;
use crate::actor;
use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::orders::LockedOrder;
use crate::{Shop, events, orders, secrets};

mod send;

pub(super) use send::apply;
pub(crate) use send::send_requested;

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

/// Gives money of an order back. The same key gives no second refund.
///
/// `Refused(NothingToRefund)` and `Refused(TooMuchToRefund)` when there is not so much.
#[instrument(skip_all, fields(order.id = %wanted.order_id, staff.id = %staff.id))]
pub async fn refund(shop: &Shop, staff: &Staff, wanted: RefundOrder) -> Result<OrderDetail> {
    let writer = shop.staff(staff, Permission::RefundOrders)?;
    let reason = Reason::parse(&wanted.reason).map_err(|message| Error::field("reason", message))?;
    let key = IdempotencyKey::parse(&wanted.key).map_err(|_| Error::Unusable(Message::KeyMissing))?;
    transact!(writer, |work| {
        let order = orders::lock(work, wanted.order_id).await?;
        let key = request_key(&key);

        if queries::is_known(work, order.id.into(), &key).await? {
            orders::touch(work, order.id).await?;
        } else {
            let (amount, units) = match &wanted.what {
                RefundWhat::Everything => (None, [].as_slice()),
                RefundWhat::Amount(amount) => (Some(*amount), [].as_slice()),
                RefundWhat::Units(units) => (Some(price_of(work, order.id, units).await?), units.as_slice()),
            };
            let actor = work.actor();
            let ask = Ask { key: &key, amount, units, reason: reason.as_str(), actor: &actor };
            let before = queries::balance(work, order.id.into()).await?;
            request(work, &order, ask).await.map_err(at_the_amount)?;
            let after = queries::balance(work, order.id.into()).await?;
            let amount = after.refunded.minus(before.refunded).unwrap_or_default().display(order.currency);
            let told = HistoryNote::MoneyBack { amount, why: reason.as_str().to_owned() };
            orders::note(work, &order, HistoryKind::MoneyBack, &told, &actor).await?;
            let subject = Subject::new(SubjectKind::Order, order.id, &order.number);
            let after = json!({ "refunded": after.refunded, "reason": reason.as_str() });
            let before = json!({ "refunded": before.refunded });
            events::record(work, &About::Order(order.id).into()).await?;
            work.record(AuditAction::RefundOrder, &subject, &before, &after).await?;
        }
        let detail = orders::load(work, order.id).await?;

        Ok(detail)
    })
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
        let by_hand = ask.actor == &Actor::Import || payment.is_some_and(|payment| payment.gateway == CASH);
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

/// Gives back whatever is left of an order that is called off; there may be nothing.
pub(super) async fn everything(work: &mut Work, order: &LockedOrder, actor: &Actor) -> Result<()> {
    if queries::balance(work, order.id.into()).await?.left() == Money::ZERO {
        return Ok(());
    }
    let reason = RefundReason::OrderCancelled.text(order.locale);
    request(work, order, Ask { key: "cancelled", amount: None, units: &[], reason: &reason, actor }).await
}

/// Gives back what was paid for the units of an order that are called off; there may be nothing.
pub(super) async fn rest(work: &mut Work, order: &LockedOrder, actor: &Actor) -> Result<()> {
    let amount = order.called_off.min(queries::balance(work, order.id.into()).await?.left());
    if amount == Money::ZERO {
        return Ok(());
    }
    let reason = RefundReason::RestCalledOff.text(order.locale);
    // Its units count as given back from the moment they are called off, whether they were paid or not.
    request(work, order, Ask { key: "rest", amount: Some(amount), units: &[], reason: &reason, actor }).await
}

/// Money that came and cannot be used, or not all of it.
pub(super) struct Unused<'a> {
    /// The attempt that brought it: this payment's money goes back and no other's, whatever else was paid.
    pub(super) attempt: &'a LockedAttempt,
    pub(super) amount: Money,
    pub(super) why: &'a RefundReason,
    pub(super) actor: &'a Actor,
}

/// Sends money back that what it was paid for cannot take.
pub(super) async fn send_back(work: &mut Work, bill: Bill<'_>, unused: &Unused<'_>) -> Result<()> {
    let Unused { attempt, amount, why, actor } = *unused;
    let now = work.now();
    // A purchase that cost nothing brought nothing.
    if amount == Money::ZERO {
        return Ok(());
    }
    let ask = Ask { key: "sent-back", amount: Some(amount), units: &[], reason: &why.text(bill.locale), actor };
    let new = queries::New { payment: attempt.id, amount, by_hand: false, ask: &ask };
    let refund = queries::insert(work, bill, &new, now).await?;
    write_mail(work, MailKind::RefundRequested, bill.what, refund).await?;
    events::record(work, &money_goes_back(bill, amount)).await
}

/// What the buyer paid for units that did not go back yet.
pub(crate) async fn price_of(conn: &mut MySqlConnection, order: OrderId, units: &[LineUnits]) -> Result<Money> {
    let lines = queries::lines(conn, order).await?;
    let mut wanted = Vec::new();
    for unit in units {
        let line = lines.iter().find(|line| line.id == unit.line_id).filter(|_| is_once(units, unit.line_id));
        let line = line.ok_or_else(|| Error::field("units", Message::NotAChoice))?;
        wanted.push((line.total, line.quantity, line.refunded, unit.quantity));
    }
    price_of_units(wanted).ok_or_else(|| Error::field("units", Message::NothingToRefund))
}

/// What is not to be paid of an order, or goes back, when the rest of it stays here.
pub(crate) struct RestPrice {
    pub(crate) amount: Money,
    /// The units whose price that is.
    pub(crate) units: Vec<LineUnits>,
}

/// What was paid for the units that have not left. A unit whose price went back already is taken to be one of them, unless
/// the buyer has fewer than were paid for: nobody keeps a unit and its price because two people meant the same one.
pub(crate) async fn price_of_rest(
    conn: &mut MySqlConnection,
    order: OrderId,
    whereabouts: &[Whereabouts],
) -> Result<RestPrice> {
    let lines = queries::lines(conn, order).await?;
    let (mut wanted, mut units) = (Vec::new(), Vec::new());
    for place in whereabouts {
        let Some(line) = lines.iter().find(|line| line.id == place.line_id) else { continue };
        let quantity = place.to_ship().min(line.quantity.saturating_sub(line.refunded).saturating_sub(place.away()));
        if quantity > 0 {
            wanted.push((line.total, line.quantity, line.refunded, quantity));
            units.push(LineUnits { line_id: line.id, quantity });
        }
    }
    let amount = price_of_units(wanted);
    let amount = amount.ok_or_else(|| Error::internal(format!("order {order} has lines without a price")))?;
    Ok(RestPrice { amount, units })
}

/// A client's key may be long and of any letters; ours is short.
pub(crate) fn request_key(key: &IdempotencyKey) -> String {
    let digest = secrets::digest(key.as_str().as_bytes());
    let letters: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("asked-{letters}")
}

/// A refused amount belongs to the field that it was typed into.
fn at_the_amount(error: Error) -> Error {
    if let Error::Refused(message) = &error
        && matches!(message, Message::TooMuchToRefund { .. } | Message::NotAnAmount)
    {
        return Error::field("amount", message.clone());
    }
    error
}

fn is_once(units: &[LineUnits], line: OrderLineId) -> bool {
    units.iter().filter(|unit| unit.line_id == line).count() == 1
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
