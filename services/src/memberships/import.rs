//! Memberships of the past, for a demo shop: bought, paid and begun by the same rules, and nobody hears of it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::locale::Locale;
use domain::memberships::{MembershipPlanId, MembershipStatus, quote};
use domain::message::Message;
use domain::payments::PaymentMethod;
use domain::staff::{Permission, Staff};

use super::queries;
use super::{Taken, applying, lock_purchase, not_for_sale, present, purchases};
use crate::error::{Error, Result};
use crate::{Shop, customers, payments, settings};

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
    staff.require(Permission::ManageMemberships)?;
    let settings = settings::get(shop).await?;
    let at = request.at;

    let mut tx = shop.db.begin().await?;
    let customer = customers::find(&mut tx, &request.email).await?;
    let customer = customer.ok_or(Error::NotFound(Message::NoSuchCustomer))?;
    customers::lock_person(&mut tx, customer).await?;
    let plan = queries::plans::by_id(&mut tx, request.plan_id).await?.ok_or(Error::NotFound(Message::NoSuchPlan))?;
    let terms = plan.plan().terms();
    let present = present(&mut tx, customer, at).await?;
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
    let id = purchases::ask(&mut tx, &new).await?;
    let purchase = lock_purchase(&mut tx, id).await?;
    payments::record_past_membership(&mut tx, &purchase, at).await?;
    match applying::apply(&mut tx, &purchase, purchase.due, &settings, at).await? {
        Taken::Used { .. } => {}
        Taken::Unused(_) => return Err(Error::internal("a purchase of the past cannot be used")),
    }
    tx.commit().await?;
    Ok(())
}

/// Notes the ends of imported memberships. What ended in the past is no news, so that no job announces it.
pub async fn finish_import(shop: &Shop, staff: &Staff) -> Result<()> {
    staff.require(Permission::ManageMemberships)?;
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    for id in queries::over(&mut tx, now).await? {
        queries::end(&mut tx, id, MembershipStatus::Expired, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
