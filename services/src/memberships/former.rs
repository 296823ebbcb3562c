//! Memberships of the shop that this one replaces: their terms are what was sold then, and nobody hears of them.

use chrono::{DateTime, TimeDelta, Utc};
use domain::customers::CustomerId;
use domain::locale::Locale;
use domain::memberships::{Applied, MembershipId, MembershipPlanId, MembershipStatus, PurchaseKind, Quote};
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::payments::PaymentMethod;

use super::{lock_purchase, purchases, queries};
use crate::buyers;
use crate::database::Work;
use crate::error::{Error, Result};
use crate::money;

/// A membership as it stood.
pub(crate) struct FormerMembership {
    pub(crate) customer: CustomerId,
    pub(crate) plan: MembershipPlanId,
    pub(crate) from: DateTime<Utc>,
    pub(crate) until: DateTime<Utc>,
    /// Nothing while it lives.
    pub(crate) ended: Option<MembershipStatus>,
    /// What its present term was bought for.
    pub(crate) value: Money,
}

/// Money that was paid for one.
pub(crate) struct FormerPurchase {
    pub(crate) customer: CustomerId,
    pub(crate) plan: MembershipPlanId,
    pub(crate) membership: MembershipId,
    pub(crate) kind: PurchaseKind,
    pub(crate) amount: Money,
    pub(crate) currency: Currency,
    pub(crate) at: DateTime<Utc>,
}

/// Writes a membership of the past. One that would live beside another of the same customer is `Refused(AlreadyTaken)`.
pub(crate) async fn write_former(work: &mut Work, former: &FormerMembership) -> Result<MembershipId> {
    buyers::lock(work, former.customer).await?;
    let terms = terms(work, former.plan).await?;
    if former.ended.is_none() && queries::living(work, former.customer).await?.is_some() {
        return Err(Error::Refused(Message::AlreadyTaken));
    }
    // The row of one that ended lives for a moment, and no other may live beside it.
    if former.ended.is_some() {
        return Ok(queries::insert_ended(work, former, &terms).await?);
    }
    let applied = Applied {
        kind: PurchaseKind::New,
        excess: Money::ZERO,
        term_from: former.from,
        ends_at: former.until,
        value: former.value,
        benefit: terms.benefit,
    };
    Ok(queries::insert(work, former.customer, &terms, &applied, former.from).await?)
}

/// Writes what was paid for a membership of the past, and the payment.
pub(crate) async fn write_former_purchase(work: &mut Work, former: &FormerPurchase) -> Result<u64> {
    let began_at = work.now();
    work.move_to(former.at);
    buyers::lock(work, former.customer).await?;
    let terms = terms(work, former.plan).await?;
    let due = former.amount;
    let price = terms.price.max(due);
    let credit = price.minus(due).unwrap_or_default();
    let quote = Quote { kind: former.kind, price, credit, due };
    let new = queries::purchases::New {
        customer: former.customer,
        terms,
        quote,
        basis: None,
        currency: former.currency,
        locale: Locale::Indonesian,
        payment_method: PaymentMethod::Demo,
        asked_at: former.at,
        pay_by: former.at + TimeDelta::days(1),
    };
    let id = purchases::ask(work, &new).await?;
    let purchase = lock_purchase(work, id).await?;
    if due > Money::ZERO {
        money::attempts::record_former(work, &purchase, due).await?;
    }
    queries::purchases::set_paid(work, id, former.membership, quote, former.at).await?;
    work.move_to(began_at);
    Ok(id.get())
}

async fn terms(work: &mut Work, plan: MembershipPlanId) -> Result<domain::memberships::PlanTerms> {
    let plan = queries::plans::by_id(work, plan).await?.ok_or(Error::NotFound(Message::NoSuchPlan))?;
    Ok(plan.plan().terms())
}
