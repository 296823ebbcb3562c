//! Memberships of the past, for a demo shop: bought, paid and begun by the same rules, and nobody hears of it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::locale::Locale;
use domain::memberships::{MembershipPlanId, MembershipStatus, quote};
use domain::message::Message;
use domain::payments::PaymentMethod;
use domain::staff::{Permission, Staff};

use super::queries;
use super::{Taken, applying, lock_purchase, not_for_sale, present, purchases};
use crate::buyers;
use crate::database::transact;
use crate::error::{Error, Result};
use crate::{Shop, money, settings};

/// A purchase that was made and paid at an instant of the past.
#[derive(Clone, Debug)]
pub struct ImportMembership {
    pub email: String,
    pub plan_id: MembershipPlanId,
    pub at: DateTime<Utc>,
}

/// Writes down a purchase of the past, its payment, and what it made of the customer's membership. Purchases of one
/// customer come in the order in which they were made.
pub async fn import(shop: &Shop, staff: &Staff, request: &ImportMembership) -> Result<()> {
    let writer = shop.import(staff, Permission::ManageMemberships)?;
    let settings = settings::get(shop).await?;
    let at = request.at;

    transact!(writer, |work| {
        work.move_to(at);
        let customer = buyers::find(work, &request.email).await?;
        let customer = customer.ok_or(Error::NotFound(Message::NoSuchCustomer))?;
        buyers::lock(work, customer).await?;
        let plan = queries::plans::by_id(work, request.plan_id).await?.ok_or(Error::NotFound(Message::NoSuchPlan))?;
        let terms = plan.plan().terms();
        let present = present(work, customer, at).await?;
        let quote = quote(&terms, present.as_ref(), at).map_err(|why| not_for_sale(why, &settings))?;

        let new = queries::purchases::New {
            customer,
            terms,
            quote,
            basis: present.as_ref(),
            currency: settings.currency,
            locale: Locale::Indonesian,
            payment_method: PaymentMethod::Demo,
            asked_at: at,
            pay_by: at + TimeDelta::days(1),
        };
        let id = purchases::ask(work, &new).await?;
        let purchase = lock_purchase(work, id).await?;
        money::attempts::record_past(work, &purchase).await?;
        match applying::apply(work, &purchase, purchase.due).await? {
            Taken::Used { .. } => {}
            Taken::Unused(_) => return Err(Error::internal("a purchase of the past cannot be used")),
        }
        Ok(())
    })
}

/// Notes the ends of imported memberships. What ended in the past is no news, so that no job announces it.
pub async fn finish_import(shop: &Shop, staff: &Staff) -> Result<()> {
    transact!(shop.import(staff, Permission::ManageMemberships)?, |work| {
        let now = work.now();
        for id in queries::over(work, now).await? {
            queries::end(work, id, MembershipStatus::Expired, now).await?;
        }
        Ok(())
    })
}
