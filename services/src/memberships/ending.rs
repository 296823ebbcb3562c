//! Ending a membership at the desk, before its time, with or without money back.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::mail::MailKind;
use domain::memberships::{
    EndMembership, MemberDetail, MembershipId, MembershipPurchaseId, MembershipStatus, PurchaseKind, PurchaseStatus,
};
use domain::message::Message;
use domain::money::Money;
use domain::staff::{Permission, Staff};
use domain::text::{IdempotencyKey, Reason};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::purchases as bought;
use super::{close_purchase, desk, lock_purchase, queries, running_out};
use crate::buyers;
use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::money::refunds::{self, Ask};
use crate::{Shop, mail, money};

/// Ends a membership now: it gives nothing from this instant on, and no renewal of it can be paid any more. Money of its
/// purchases goes back as far as is asked for, the newest purchase first. The same key is the same wish.
///
/// `Refused(MembershipIsOver)` when it has ended and no money is to go back; a field's problem for more money than is
/// left.
#[instrument(skip_all, fields(staff.id = %staff.id, membership.id = %request.membership_id))]
pub async fn end(shop: &Shop, staff: &Staff, request: EndMembership) -> Result<MemberDetail> {
    let writer = shop.staff(staff, Permission::ManageMemberships)?;
    if request.refund.is_some() {
        staff.require(Permission::RefundOrders)?;
    }
    let reason = Reason::parse(&request.reason).map_err(|message| Error::field("reason", message))?;
    let key = IdempotencyKey::parse(&request.key).map_err(|_| Error::Unusable(Message::KeyMissing))?;
    transact!(writer, |work| {
        let now = work.now();
        let id = request.membership_id;
        let customer = queries::customer_of(work, id).await?.ok_or(Error::NotFound(Message::NoSuchMembership))?;
        buyers::lock(work, customer).await?;
        let key = refunds::request_key(&key);
        let purchases = bought::of_membership(work, id).await?;
        if is_known(work, id, &purchases, &key).await? {
            return desk::load(work, id, now).await;
        }

        let before = desk::load(work, id, now).await?;
        let living = queries::living(work, customer).await?.filter(|living| living.id == id && now < living.ends_at);
        if living.is_none() && request.refund.is_none() {
            return Err(Error::Refused(Message::MembershipIsOver));
        }
        if living.is_some() {
            queries::end(work, id, MembershipStatus::Cancelled, now).await?;
            queries::set_end_key(work, id, &key).await?;
            if let Some(open) = bought::lock_open(work, customer).await? {
                let open = lock_purchase(work, open).await?;
                if open.kind != PurchaseKind::New {
                    close_purchase(work, &open, PurchaseStatus::Cancelled).await?;
                }
            }
            mail::write(work, MailKind::MembershipEnded, id, None).await?;
        }
        if let Some(amount) = request.refund {
            let actor = work.actor();
            let ask = Ask { key: &key, amount: Some(amount), units: &[], reason: reason.as_str(), actor: &actor };
            give_back(work, &purchases, amount, &ask).await?;
        }
        running_out::announce_change(work).await?;
        let after = desk::load(work, id, now).await?;
        let subject = Subject::new(SubjectKind::Membership, id, &after.row.name);
        let was = json!({ "status": before.row.membership.status, "refundable": before.refundable });
        let is = json!({
            "status": after.row.membership.status, "refundable": after.refundable, "amount": request.refund,
            "reason": reason.as_str(),
        });
        work.record(AuditAction::EndMembership, &subject, &was, &is).await?;

        Ok(after)
    })
}

/// What was paid for a membership and has not gone back.
pub(super) async fn refundable(conn: &mut MySqlConnection, id: MembershipId) -> Result<Money> {
    let mut left = Vec::new();
    for purchase in bought::of_membership(conn, id).await? {
        left.push(money::balance(conn, purchase).await?.left());
    }
    Money::sum(left).ok_or_else(|| Error::internal(format!("the money of membership {id} cannot be counted")))
}

/// Whether that was asked for before: it ended the membership, or money went back for it.
async fn is_known(
    conn: &mut MySqlConnection,
    id: MembershipId,
    purchases: &[MembershipPurchaseId],
    key: &str,
) -> Result<bool> {
    if queries::is_ended_by(conn, id, key).await? {
        return Ok(true);
    }
    for purchase in purchases {
        if refunds::is_known(conn, *purchase, key).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives money of purchases back, the newest first.
async fn give_back(work: &mut Work, purchases: &[MembershipPurchaseId], amount: Money, ask: &Ask<'_>) -> Result<()> {
    if amount <= Money::ZERO {
        return Err(Error::field("refund", Message::NotAnAmount));
    }
    let mut missing = amount;
    let mut given = Money::ZERO;
    let mut currency = None;
    for id in purchases {
        let purchase = lock_purchase(work, *id).await?;
        currency = Some(purchase.currency);
        let part = missing.min(money::balance(work, *id).await?.left());
        if part > Money::ZERO {
            refunds::request(work, &purchase, Ask { amount: Some(part), ..*ask }).await?;
            missing = missing.minus(part).unwrap_or_default();
            given = given.plus(part).unwrap_or_default();
        }
    }
    match (missing, currency) {
        (Money::ZERO, _) => Ok(()),
        (_, Some(currency)) if given > Money::ZERO => {
            Err(Error::field("refund", Message::TooMuchToRefund { left: given.display(currency) }))
        }
        _ => Err(Error::field("refund", Message::NothingToRefund)),
    }
}
