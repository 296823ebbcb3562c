//! What ends by itself: purchases that nobody paid, memberships whose end has come, and the letter some days before.

use chrono::TimeDelta;
use domain::events::About;
use domain::mail::MailKind;
use domain::memberships::{MembershipId, MembershipPurchaseId, MembershipStatus, PurchaseStatus};
use sqlx::MySqlConnection;

use super::queries::{self, LivingRow};
use super::{close_purchase, lock_purchase};
use crate::buyers;
use crate::database::{Work, transact};
use crate::error::{Result, counted};
use crate::lead::Fence;
use crate::payments::Ended;
use crate::{events, mail, payments};

/// How long before its end a member is reminded.
const REMIND_BEFORE: TimeDelta = TimeDelta::days(3);

/// Closes purchases past their time, ends memberships whose end has come and reminds members. Returns how many.
///
/// As with orders, an attempt to pay is ended at its gateway first; one that turns out to be paid counts.
pub(crate) async fn expire(fence: &Fence) -> Result<u64> {
    let now = fence.began_at();
    let mut look = fence.look().await?;
    let unpaid = queries::purchases::overdue(&mut look, now).await?;
    let over = queries::over(&mut look, now).await?;
    let soon = queries::ending(&mut look, now, now + REMIND_BEFORE).await?;
    drop(look);

    let mut done = 0;
    let mut is_gateway_there = true;
    for purchase in unpaid.into_iter().take_while(|_| fence.goes_on()) {
        if is_gateway_there {
            match payments::end_at_gateway(fence, purchase).await? {
                Ended::Yes => {}
                Ended::GatewayAway => is_gateway_there = false,
                Ended::Unclear => continue,
            }
        }
        done += counted(expire_purchase(fence, purchase).await)?;
    }
    for membership in over {
        done += counted(end_one(fence, membership).await)?;
    }
    for membership in soon {
        done += counted(remind_one(fence, membership).await)?;
    }
    Ok(done)
}

/// Ends a membership whose end has come, and tells its member. The caller has the customer's lock.
pub(super) async fn end(work: &mut Work, living: &LivingRow) -> Result<()> {
    let now = work.now();
    let status = if living.cancels_at_end { MembershipStatus::Cancelled } else { MembershipStatus::Expired };
    queries::end(work, living.id, status, now).await?;
    mail::write(work, MailKind::MembershipEnded, living.id, None).await?;
    announce_change(work).await
}

/// Lets open windows fetch members and purchases again.
pub(super) async fn announce_change(work: &mut Work) -> Result<()> {
    events::record(work, &About::Memberships.into()).await
}

async fn expire_purchase(fence: &Fence, id: MembershipPurchaseId) -> Result<bool> {
    transact!(fence, |work| {
        let now = work.now();
        let purchase = lock_purchase(work, id).await?;
        // Paid, called off or asked for again since the list was read.
        if purchase.status != PurchaseStatus::Pending || purchase.waits(now) {
            return Ok(false);
        }
        close_purchase(work, &purchase, PurchaseStatus::Expired).await?;

        Ok(true)
    })
}

async fn end_one(fence: &Fence, id: MembershipId) -> Result<bool> {
    transact!(fence, |work| {
        let now = work.now();
        // Renewed or ended since the list was read.
        let Some(living) = locked(work, id).await?.filter(|living| living.ends_at <= now) else { return Ok(false) };
        end(work, &living).await?;

        Ok(true)
    })
}

async fn remind_one(fence: &Fence, id: MembershipId) -> Result<bool> {
    transact!(fence, |work| {
        let now = work.now();
        let ends_soon = |living: &LivingRow| now < living.ends_at && living.ends_at <= now + REMIND_BEFORE;
        let Some(living) = locked(work, id).await?.filter(ends_soon) else { return Ok(false) };
        if living.cancels_at_end || !queries::set_reminded(work, id, now).await? {
            return Ok(false);
        }
        mail::write(work, MailKind::MembershipEndsSoon, id, None).await?;
        Ok(true)
    })
}

/// A membership that was not ended, with its customer's lock.
async fn locked(conn: &mut MySqlConnection, id: MembershipId) -> Result<Option<LivingRow>> {
    let Some(customer) = queries::customer_of(conn, id).await? else { return Ok(None) };
    buyers::lock(conn, customer).await?;
    Ok(queries::living(conn, customer).await?.filter(|living| living.id == id))
}
