//! What ends by itself: purchases that nobody paid, memberships whose end has come, and the letter some days before.

use chrono::{DateTime, TimeDelta, Utc};
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
use crate::{events, mail};

/// How long before its end a member is reminded.
const REMIND_BEFORE: TimeDelta = TimeDelta::days(3);

/// What has run out, or soon will.
pub(crate) struct RunningOut {
    /// Purchases past their time.
    pub(crate) unpaid: Vec<MembershipPurchaseId>,
    over: Vec<MembershipId>,
    soon: Vec<MembershipId>,
}

/// Purchases past their time, memberships whose end has come, and members to be reminded.
pub(crate) async fn running_out(conn: &mut MySqlConnection, now: DateTime<Utc>) -> Result<RunningOut> {
    let unpaid = queries::purchases::overdue(conn, now).await?;
    let over = queries::over(conn, now).await?;
    let soon = queries::ending(conn, now, now + REMIND_BEFORE).await?;
    Ok(RunningOut { unpaid, over, soon })
}

/// Ends memberships whose end has come and reminds members. Returns how many.
pub(crate) async fn end_and_remind(fence: &Fence, due: &RunningOut) -> Result<u64> {
    let mut done = 0;
    for membership in &due.over {
        done += counted(end_one(fence, *membership).await)?;
    }
    for membership in &due.soon {
        done += counted(remind_one(fence, *membership).await)?;
    }
    Ok(done)
}

/// Closes a purchase past its time; its attempt is given up, and nothing is asked of a gateway here.
pub(crate) async fn expire_purchase(fence: &Fence, id: MembershipPurchaseId) -> Result<bool> {
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
        announce_change(work).await?;
        Ok(true)
    })
}

/// A membership that was not ended, with its customer's lock.
async fn locked(conn: &mut MySqlConnection, id: MembershipId) -> Result<Option<LivingRow>> {
    let Some(customer) = queries::customer_of(conn, id).await? else { return Ok(None) };
    buyers::lock(conn, customer).await?;
    Ok(queries::living(conn, customer).await?.filter(|living| living.id == id))
}
