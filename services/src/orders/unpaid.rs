//! Orders that wait for their money: which have waited too long, and what becomes of one.

use chrono::{DateTime, TimeDelta, Utc};
use domain::events::About;
use domain::mail::MailKind;
use domain::orders::{HistoryNote, OrderEvent, OrderId, OrderStatus};
use domain::payments::{AFTER_REFUSAL, PROOF_HOLD};
use domain::settings::Settings;
use sqlx::MySqlConnection;

use super::life::moment;
use super::queries::unpaid as queries;
use super::{LockedOrder, Step, advance, lock};
use crate::database::{Work, transact};
use crate::error::Result;
use crate::lead::Fence;
use crate::mail::Leaving;
use crate::{events, money};

/// Orders whose time to be paid is to be looked at.
pub(crate) struct Unpaid {
    /// Nobody paid them in time, the longest first.
    pub(crate) overdue: Vec<OrderId>,
    /// They may be paid for longer than any can, by a clock that was set back since.
    pub(crate) early: Vec<OrderId>,
}

/// Orders that nobody paid in time, or that wait for longer than `to_pay`.
pub(crate) async fn unpaid(conn: &mut MySqlConnection, now: DateTime<Utc>, to_pay: TimeDelta) -> Result<Unpaid> {
    let overdue = queries::overdue(conn, now, now + to_pay + PROOF_HOLD).await?;
    let early = queries::early(conn, now, now + to_pay).await?;
    Ok(Unpaid { overdue, early })
}

/// Gives an order that was placed before the clock was set back no longer to be paid than others have.
pub(crate) async fn shorten(fence: &Fence, order: OrderId, to_pay: TimeDelta) -> Result<bool> {
    transact!(fence, |work| {
        let now = work.now();
        let locked = lock(work, order).await?;
        let is_waiting = locked.status == OrderStatus::PendingPayment;
        if !is_waiting || locked.pay_by.is_none_or(|pay_by| pay_by <= now + to_pay) {
            return Ok(false);
        }
        queries::set_pay_by(work, order, now + to_pay).await?;
        Ok(true)
    })
}

/// Keeps an order that waits from ending unpaid while somebody has yet to look at a proof, but not for ever.
pub(crate) async fn hold(work: &mut Work, order: &LockedOrder) -> Result<()> {
    let until = order.pay_by.map(|pay_by| pay_by + PROOF_HOLD);
    Ok(queries::set_held(work, order.id, until).await?)
}

/// Nothing keeps an order any more. Its buyer has at least some hours to send another proof, and no more than others have.
pub(crate) async fn hold_no_more(work: &mut Work, order: &LockedOrder, to_pay: TimeDelta) -> Result<()> {
    queries::set_held(work, order.id, None).await?;
    let fair = work.now() + AFTER_REFUSAL.min(to_pay);
    if order.pay_by.is_some_and(|pay_by| pay_by < fair) {
        queries::set_pay_by(work, order.id, fair).await?;
    }
    Ok(())
}

/// Whether a proof keeps it.
fn is_held(order: &LockedOrder, now: DateTime<Utc>, settings: &Settings) -> bool {
    let longest = now + TimeDelta::hours(i64::from(settings.unpaid_hours)) + PROOF_HOLD;
    order.held_until.is_some_and(|until| until >= now && until <= longest)
}

/// Reminds the buyers of orders whose time to pay runs out soon, each once. Returns how many.
pub(crate) async fn remind(fence: &Fence) -> Result<u64> {
    // The last quarter of the time that there is.
    let ahead = TimeDelta::minutes(i64::from(fence.settings().await?.unpaid_hours) * 15);
    let now = fence.began_at();
    let due = queries::to_remind(&mut *fence.look().await?, now, now + ahead).await?;
    let mut reminded = 0;
    for order in due {
        if !fence.goes_on() {
            break;
        }
        let is_reminded = transact!(fence, |work| {
            let locked = lock(work, order).await?;
            // Whoever sent a proof waits for us.
            if locked.status != OrderStatus::PendingPayment || locked.held_until.is_some() {
                return Ok(false);
            }
            let once = format!("pay_soon:{order}");
            if !Leaving::of(MailKind::PaySoon, order).once(&once).write(work).await? {
                return Ok(false);
            }
            events::record(work, &About::Letters.into()).await?;
            Ok(true)
        })?;
        reminded += u64::from(is_reminded);
    }
    Ok(reminded)
}

/// Cancels an order that nobody paid in time; its attempt is given up, and nothing is asked of a gateway here.
pub(crate) async fn expire(fence: &Fence, order: OrderId, settings: &Settings) -> Result<bool> {
    transact!(fence, |work| {
        let now = work.now();
        let locked = lock(work, order).await?;
        // Paid or called off since the list was read.
        let overdue = locked.pay_by.filter(|pay_by| *pay_by < now && !is_held(&locked, now, settings));
        let Some(pay_by) = overdue.filter(|_| locked.status.after(OrderEvent::TimeRanOut).is_ok()) else {
            return Ok(false);
        };
        let moment = moment(pay_by, settings, locked.locale);
        let note = HistoryNote::NotPaidBy { moment }.text(locked.locale);
        money::attempts::end_live(work, order).await?;
        let step = Step { event: OrderEvent::TimeRanOut, actor: &work.actor(), note: Some(&note) };
        advance(work, &locked, step).await?;

        Ok(true)
    })
}
