//! What a person decides about money: a payment of another amount counts or does not, and a refund that a gateway refused is
//! asked for again or was paid out by hand.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::message::Message;
use domain::money::Money;
use domain::payments::{
    PaymentDecision, PaymentStatus, RefundDecision, RefundReason, RefundStatus, SettlePayment, SettleRefund,
};
use domain::staff::{Permission, Staff};
use domain::text::Reason;
use serde_json::json;
use tracing::instrument;

use super::apply;
use super::payable::{self, LockedPayable};
use crate::database::transact;
use crate::error::{Error, Result};
use crate::money::attempts::{self, LockedAttempt};
use crate::money::checking as ledger;
use crate::money::refunds::{self, Unused};
use crate::{Shop, events, orders};

/// Decides about a payment of another amount than was asked for.
///
/// `Refused(NothingToCheck)` when nothing waits for a decision; `Refused(CannotCount)` for money of another currency.
#[instrument(skip_all, fields(payment.id = %request.payment_id, staff.id = %staff.id))]
pub async fn settle_payment(shop: &Shop, staff: &Staff, request: SettlePayment) -> Result<()> {
    let writer = shop.staff(staff, Permission::RefundOrders)?;
    let reason = Reason::parse(&request.reason).map_err(|message| Error::field("reason", message))?;
    transact!(writer, |work| {
        let nothing = || Error::Refused(Message::NothingToCheck);
        let id = request.payment_id;
        let what = ledger::payable_of_payment(work, id).await?.ok_or_else(nothing)?;
        let locked = payable::lock_for_money(work, what).await?;
        let found = ledger::lock_payment(work, id).await?.ok_or_else(nothing)?;

        let actor = work.actor();
        let status = match request.decision {
            PaymentDecision::Dismiss => {
                attempts::settle_closed(work, id, PaymentStatus::Failed).await?;
                PaymentStatus::Failed
            }
            PaymentDecision::Count => {
                let (came, _) = found.came.filter(|_| found.can_count()).ok_or(Error::Refused(Message::CannotCount))?;
                ledger::count(work, id, came).await?;
                let (status, currency) = (PaymentStatus::Paid, found.currency);
                let attempt = LockedAttempt { id, gateway: found.gateway.clone(), status, amount: came, currency };
                let (gateway, reference) = (found.gateway.as_str(), found.reference.as_str());
                let by = apply::PaymentSource { actor: &actor, gateway, reference };
                let used = apply::take_any(work, &locked, &attempt, by).await? != apply::SENT_BACK;
                let excess = came.minus(found.asked).filter(|excess| !excess.is_negative()).unwrap_or_default();
                // Whatever took the money needs no more than was asked for; what nobody took went back whole.
                if used && excess > Money::ZERO && what.order().is_some() {
                    let why = &RefundReason::TooMuch;
                    let unused = Unused { attempt: &attempt, amount: excess, why, actor: &actor };
                    refunds::send_back(work, locked.bill(), &unused).await?;
                }
                PaymentStatus::Paid
            }
        };
        let subject = Subject::new(SubjectKind::Payment, id, &found.reference);
        let after = json!({ "payment_status": status, "reason": reason.as_str() });
        let before = json!({ "payment_status": PaymentStatus::NeedsReview });
        work.record(AuditAction::SettlePayment, &subject, &before, &after).await?;
        events::record(work, &locked.refunded()).await?;
        Ok(())
    })
}

/// Decides about a refund that its gateway refused.
///
/// `Refused(NothingToCheck)` when it did not fail; `Refused(TooMuchToRefund)` when its payment has not so much left by now.
#[instrument(skip_all, fields(refund.id = %request.refund_id, staff.id = %staff.id))]
pub async fn settle_refund(shop: &Shop, staff: &Staff, request: SettleRefund) -> Result<()> {
    let writer = shop.staff(staff, Permission::RefundOrders)?;
    let reason = Reason::parse(&request.reason).map_err(|message| Error::field("reason", message))?;
    transact!(writer, |work| {
        let nothing = || Error::Refused(Message::NothingToCheck);
        let id = request.refund_id;
        let what = ledger::payable_of_refund(work, id).await?.ok_or_else(nothing)?;
        let locked = payable::lock(work, what).await?;
        let failed = ledger::lock_refund(work, id).await?.ok_or_else(nothing)?;
        if Money::minor(failed.left) < failed.amount {
            let left = Money::minor(failed.left).display(locked.bill().currency);
            return Err(Error::Refused(Message::TooMuchToRefund { left }));
        }

        let status = match request.decision {
            RefundDecision::Again => {
                ledger::ask_again(work, id).await?;
                RefundStatus::Requested
            }
            RefundDecision::ByHand => {
                ledger::give_by_hand(work, id, what).await?;
                RefundStatus::Succeeded
            }
        };
        if let LockedPayable::Order(order) = &locked {
            // Its units count as refunded again.
            orders::keep_back(work, order, reason.as_str()).await?;
        }
        let subject = Subject::new(SubjectKind::Payment, failed.payment, &failed.reference);
        let after = json!({ "refund_status": status, "reason": reason.as_str() });
        let before = json!({ "refund_status": RefundStatus::Failed });
        work.record(AuditAction::SettleRefund, &subject, &before, &after).await?;
        events::record(work, &locked.refunded()).await?;
        Ok(())
    })
}
