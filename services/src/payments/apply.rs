//! How a proved notification changes an order: one step, in one transaction, any number of times.

use chrono::{DateTime, Utc};
use domain::events::Happening;
use domain::id::InboxId;
use domain::orders::{Actor, OrderEvent, OrderStatus, goes_on_when_money_comes};
use domain::payments::{GatewayOutcome, PaymentStatus, RefundReason};
use domain::settings::Settings;
use sqlx::{Connection, MySqlConnection};

use super::gateway::{Gateway, PaymentStatement, Statement};
use super::{Hand, queries, refunds};
use crate::database::repeat_while_busy;
use crate::error::{Error, Result, counted};
use crate::orders::{LockedOrder, Step};
use crate::{events, orders};

/// Who says it, when, and by which rules.
#[derive(Clone, Copy)]
struct Told<'a> {
    gateway: &'a str,
    settings: &'a Settings,
    now: DateTime<Utc>,
}

/// Applies every stored notification that still waits. Returns how many.
pub(crate) async fn apply_waiting(hand: Hand<'_>) -> Result<u64> {
    let waiting = queries::waiting(&mut *hand.look().await?).await?;
    let mut applied = 0;
    for id in waiting {
        applied += counted(repeat_while_busy!(apply_one(hand, id)))?;
    }
    Ok(applied)
}

/// Applies what a gateway answered when it was asked how an attempt stands.
pub(super) async fn learn(hand: Hand<'_>, gateway: &str, statement: &PaymentStatement) -> Result<()> {
    repeat_while_busy!(learn_once(hand, gateway, statement))
}

async fn learn_once(hand: Hand<'_>, gateway: &str, statement: &PaymentStatement) -> Result<()> {
    let settings = hand.settings().await?;
    let (mut tx, now) = hand.begin().await?;
    payment(&mut tx, statement, Told { gateway, settings: &settings, now }).await?;
    tx.commit().await?;

    hand.wake();
    Ok(())
}

async fn apply_one(hand: Hand<'_>, id: InboxId) -> Result<bool> {
    let settings = hand.settings().await?;
    let (mut tx, now) = hand.begin().await?;
    // Whoever holds the row is applying it at this moment.
    let Some(entry) = queries::lock_waiting(&mut tx, id).await? else { return Ok(false) };
    let Some(gateway) = hand.gateways().named(&entry.gateway) else { return Ok(false) };

    let told = Told { gateway: gateway.name(), settings: &settings, now };
    let outcome = match gateway.read(&entry.body) {
        Ok(Statement::Payment(statement)) => payment(&mut tx, &statement, told).await?,
        Ok(Statement::Refund(statement)) => refunds::apply(&mut tx, &statement, now).await?,
        Err(_) => "unreadable",
    };
    queries::set_applied(&mut tx, id, outcome, now).await?;
    tx.commit().await?;

    hand.wake();
    Ok(true)
}

/// Applies how an attempt stands, and gives a word for what came of it.
async fn payment(conn: &mut MySqlConnection, statement: &PaymentStatement, told: Told<'_>) -> Result<&'static str> {
    let Told { gateway, now, .. } = told;
    let Some(order) = queries::order_of(conn, &statement.reference).await? else {
        tracing::warn!(gateway, "a genuine notification names an unknown payment");
        return Ok("unknown_payment");
    };
    // The lock order of every path: the order first, then what belongs to it.
    let locked = orders::lock(conn, order).await?;
    let attempt = queries::lock_attempt(conn, &statement.reference)
        .await?
        .ok_or_else(|| Error::internal(format!("the payment {} vanished", statement.reference)))?;

    if attempt.status == PaymentStatus::Paid || attempt.status == PaymentStatus::NeedsReview {
        // Nothing that comes late takes money back.
        return Ok("ignored");
    }
    if statement.outcome != GatewayOutcome::Pending
        && (statement.amount, statement.currency) != (attempt.amount, attempt.currency)
    {
        queries::settle(conn, attempt.id, PaymentStatus::NeedsReview, now).await?;
        let review = Happening::PaymentNeedsReview { order_id: order, number: locked.number.clone() };
        events::record(conn, &review, now).await?;
        tracing::error!(order.id = %order, "a gateway reports another amount than the order's");
        return Ok("other_amount");
    }
    match statement.outcome {
        GatewayOutcome::Pending => Ok("ignored"),
        GatewayOutcome::Failed => {
            queries::settle(conn, attempt.id, PaymentStatus::Failed, now).await?;
            Ok("failed")
        }
        GatewayOutcome::Expired => {
            queries::settle(conn, attempt.id, PaymentStatus::Expired, now).await?;
            queries::set_closed(conn, attempt.id, now).await?;
            Ok("expired")
        }
        GatewayOutcome::Paid => {
            queries::settle(conn, attempt.id, PaymentStatus::Paid, now).await?;
            take(conn, &locked, &attempt, told).await
        }
    }
}

/// Money is here: the order takes it, goes on because of it, or it goes back.
async fn take(
    conn: &mut MySqlConnection,
    order: &LockedOrder,
    attempt: &queries::LockedAttempt,
    told: Told<'_>,
) -> Result<&'static str> {
    let Told { gateway, settings, now } = told;
    let actor = Actor::Gateway(gateway.to_owned());
    let step = Step { event: OrderEvent::PaymentArrived, actor: &actor, note: None, settings, now };
    if order.status.after(OrderEvent::PaymentArrived).is_ok() {
        // A later attempt may live: nobody may pay it any more.
        queries::expire_live(conn, order.id, now).await?;
        orders::advance(conn, order, step).await?;
        return Ok("paid");
    }
    if goes_on_when_money_comes(order.status, order.ended_by) {
        // All units or none: what was taken of them is given up by itself when one is gone.
        let mut part = conn.begin().await?;
        let late = Step { event: OrderEvent::MoneyCameLate, ..step };
        match orders::advance(&mut part, order, late).await {
            Ok(_) => {
                part.commit().await?;
                return Ok("paid_late");
            }
            Err(Error::OutOfStock(_)) => part.rollback().await?,
            Err(error) => return Err(error),
        }
    }

    let why = if order.status == OrderStatus::Cancelled { RefundReason::CameTooLate } else { RefundReason::PaidTwice };
    refunds::send_back(conn, order, attempt, &why, &actor, now).await?;
    let goes_back =
        Happening::MoneyGoesBack { order_id: order.id, number: order.number.clone(), amount: attempt.amount };
    events::record(conn, &goes_back, now).await?;
    tracing::warn!(order.id = %order.id, "money came for an order that cannot take it; it goes back");
    Ok("sent_back")
}
