//! How a proved notification changes an order: one step, in one transaction, any number of times.

use chrono::{DateTime, Utc};
use domain::events::Happening;
use domain::id::InboxId;
use domain::orders::{Actor, OrderEvent};
use domain::payments::{GatewayOutcome, PaymentStatus};
use sqlx::{MySql, MySqlConnection, Transaction};

use super::gateway::{Gateway, Statement};
use super::{Gateways, queries};
use crate::Shop;
use crate::database::repeat_while_busy;
use crate::error::{Error, Result, counted};
use crate::jobs::Fence;
use crate::{events, orders};

/// Applies every stored notification that still waits, at once after one came in.
pub(super) async fn apply_waiting(shop: &Shop) -> Result<()> {
    for id in queries::waiting(&mut *shop.db.acquire().await?).await? {
        let begin = async || -> Result<_> {
            let mut tx = shop.db.begin().await?;
            let now = shop.clock.now(&mut tx).await?;
            Ok((tx, now))
        };
        if counted(repeat_while_busy!(async { apply_one(&shop.gateways, begin().await?, id).await }))? > 0 {
            shop.feed.wake();
        }
    }
    Ok(())
}

/// The same as a job. Returns how many.
pub(crate) async fn apply_waiting_behind(fence: &Fence) -> Result<u64> {
    let waiting = queries::waiting(&mut *fence.look().await?).await?;
    let mut applied = 0;
    for id in waiting {
        applied += counted(repeat_while_busy!(async { apply_one(fence.gateways(), fence.begin().await?, id).await }))?;
        fence.wake();
    }
    Ok(applied)
}

async fn apply_one(
    gateways: &Gateways,
    (mut tx, now): (Transaction<'static, MySql>, DateTime<Utc>),
    id: InboxId,
) -> Result<bool> {
    // Whoever holds the row is applying it at this moment.
    let Some(entry) = queries::lock_waiting(&mut tx, id).await? else { return Ok(false) };
    let Some(gateway) = gateways.named(&entry.gateway) else { return Ok(false) };

    let outcome = match gateway.read(&entry.body) {
        Ok(statement) => apply(&mut tx, &statement, gateway.name(), now).await?,
        Err(_) => "unreadable",
    };
    queries::set_applied(&mut tx, id, outcome, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Applies what the gateway says, and gives a word for what came of it.
async fn apply(
    conn: &mut MySqlConnection,
    statement: &Statement,
    gateway: &str,
    now: DateTime<Utc>,
) -> Result<&'static str> {
    let Some(order) = queries::order_of(conn, &statement.reference).await? else {
        tracing::warn!(gateway, "a genuine notification names an unknown payment");
        return Ok("unknown_payment");
    };
    // The lock order of every path: the order first, then what belongs to it.
    let locked = orders::lock(conn, order).await?;
    let attempt = queries::lock_attempt(conn, &statement.reference)
        .await?
        .ok_or_else(|| Error::internal(format!("the payment {} vanished", statement.reference)))?;
    let review = || Happening::PaymentNeedsReview { order_id: order, number: locked.number.clone() };

    if attempt.status == PaymentStatus::Paid || attempt.status == PaymentStatus::NeedsReview {
        // Nothing that comes late takes money back.
        return Ok("ignored");
    }
    if statement.outcome != GatewayOutcome::Pending
        && (statement.amount, statement.currency) != (attempt.amount, attempt.currency)
    {
        queries::settle(conn, attempt.id, PaymentStatus::NeedsReview, now).await?;
        events::record(conn, &review(), now).await?;
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
            Ok("expired")
        }
        GatewayOutcome::Paid if locked.status.after(OrderEvent::PaymentArrived).is_ok() => {
            queries::settle(conn, attempt.id, PaymentStatus::Paid, now).await?;
            let actor = Actor::Gateway(gateway.to_owned());
            orders::advance(conn, &locked, OrderEvent::PaymentArrived, &actor, None, now).await?;
            Ok("paid")
        }
        GatewayOutcome::Paid => {
            queries::settle(conn, attempt.id, PaymentStatus::NeedsReview, now).await?;
            events::record(conn, &review(), now).await?;
            tracing::error!(order.id = %order, "money came for an order that does not wait for it");
            Ok("late")
        }
    }
}
