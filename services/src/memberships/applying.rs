//! How money becomes a membership: once for each purchase, in the transaction that notes the payment.

use domain::events::Happening;
use domain::mail::MailKind;
use domain::memberships::{Applied, MembershipId, PurchaseKind, PurchaseStatus, Quote, Settlement, settle};
use domain::money::Money;
use domain::payments::RefundReason;

use super::queries::{self, LivingRow};
use super::{LockedPurchase, running_out};
use crate::database::Work;
use crate::error::{Error, Result};
use crate::{events, mail};

/// What became of money that came for a purchase.
pub(crate) enum Taken {
    /// The membership has it, but for what was too much.
    Used { excess: Money },
    /// All of it must go back.
    Unused(RefundReason),
}

/// Lets money that came do what its purchase is for, and tells the customer and the desk. The caller has locked the
/// purchase, and gives back what is not used.
pub(crate) async fn take_payment(work: &mut Work, purchase: &LockedPurchase, came: Money) -> Result<Taken> {
    let taken = apply(work, purchase, came).await?;
    if let Taken::Used { .. } = taken {
        mail::write(work, MailKind::MembershipPaid, purchase.id, None).await?;
        let paid = Happening::MembershipPaid {
            purchase_id: purchase.id,
            number: purchase.number.clone(),
            name: purchase.name.clone(),
            amount: came,
        };
        events::record(work, &paid).await?;
    }
    Ok(taken)
}

/// The same for the past of a shop: nobody hears of it.
pub(super) async fn apply(work: &mut Work, purchase: &LockedPurchase, came: Money) -> Result<Taken> {
    let (settings, now) = (work.settings().await?, work.now());
    let living = match queries::living(work, purchase.customer).await? {
        Some(over) if over.ends_at <= now => {
            running_out::end(work, &over).await?;
            None
        }
        living => living,
    };
    let present = living.as_ref().map(LivingRow::standing);
    match settle(&purchase.asked(), present.as_ref(), came, now, settings.utc_offset_minutes) {
        Settlement::Apply(applied) => {
            let membership = write(work, purchase, living.as_ref(), &applied).await?;
            let due = came.minus(applied.excess);
            let due = due.ok_or_else(|| Error::internal("more money is too much than came"))?;
            let credit = purchase.terms.price.minus(due).unwrap_or_default();
            let did = Quote { kind: applied.kind, price: purchase.terms.price, credit, due };
            queries::purchases::set_paid(work, purchase.id, membership, did, now).await?;
            Ok(Taken::Used { excess: applied.excess })
        }
        Settlement::SendBack(why) => {
            if purchase.status != PurchaseStatus::Paid {
                queries::purchases::close(work, purchase.id, PurchaseStatus::Refunded, now).await?;
            }
            Ok(Taken::Unused(why))
        }
    }
}

async fn write(
    work: &mut Work,
    purchase: &LockedPurchase,
    living: Option<&LivingRow>,
    applied: &Applied,
) -> Result<MembershipId> {
    let now = work.now();
    match (applied.kind, living) {
        (PurchaseKind::New, None) => Ok(queries::insert(work, purchase.customer, &purchase.terms, applied, now).await?),
        (PurchaseKind::Renew | PurchaseKind::Upgrade, Some(living)) => {
            if queries::change_term(work, living, &purchase.terms, applied).await? {
                Ok(living.id)
            } else {
                Err(Error::internal("a membership changed under its customer's lock"))
            }
        }
        (PurchaseKind::New, Some(_)) | (PurchaseKind::Renew | PurchaseKind::Upgrade, None) => {
            Err(Error::internal("a purchase was settled against another membership than there is"))
        }
    }
}
