//! Memberships: what customers buy, have and end. Only money that a gateway proved makes or changes one.
//!
//! Whoever changes a membership or a purchase has its customer's lock first, so that everything about one customer
//! happens one after the other; the unique keys of living memberships and open purchases are the second wall.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use domain::customers::{Customer, CustomerId};
use domain::locale::{Locale, Translated};
use domain::memberships::{
    BuyMembership, Membership, MembershipOffer, MembershipPurchaseId, NotForSale, PlanOffer, Purchase, PurchaseKind,
    PurchaseStatus, Standing, quote,
};
use domain::message::{Message, Words};
use domain::money::Money;
use domain::pricing::MemberBenefit;
use domain::settings::Settings;
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::buyers;
use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::{Shop, money, settings};

mod applying;
mod desk;
mod ending;
mod former;
mod import;
mod purchases;
mod queries;
mod running_out;

pub(crate) use applying::{Taken, take_payment};
pub use desk::{delete_plan, member, page, plans, purchases, save_plan};
pub(crate) use desk::{needing_review, write_plan};
pub use ending::end;
pub(crate) use former::{FormerMembership, FormerPurchase, write_former, write_former_purchase};
pub use import::{ImportMembership, finish_import, import};
pub(crate) use purchases::{bring_up_to_date, lock_purchase};
pub use purchases::{give_up, purchase};
pub(crate) use queries::purchases::LockedPurchase;
pub(crate) use running_out::{end_and_remind, expire_purchase, running_out};

/// The plans that can be bought, what each would do for this customer, and what they have.
pub async fn offer(shop: &Shop, customer: Option<&Customer>) -> Result<MembershipOffer> {
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let (mut present, mut standing, mut open) = (None, None, None);
    if let Some(customer) = customer {
        present = queries::alive(&mut conn, customer.id, now).await?.map(Membership::from);
        standing = queries::living(&mut conn, customer.id).await?.map(|living| living.standing());
        open = queries::purchases::open(&mut conn, customer.id, now).await?.map(Purchase::from);
    }
    let plans = queries::plans::for_sale(&mut conn).await?.into_iter().map(|row| {
        let plan = row.plan();
        PlanOffer {
            quote: quote(&plan.terms(), standing.as_ref(), now),
            is_present: present.as_ref().is_some_and(|present| present.plan_id == plan.id),
            plan,
        }
    });
    Ok(MembershipOffer { plans: plans.collect(), present, open, now })
}

/// Whether there is anything to buy.
pub async fn are_offered(shop: &Shop) -> Result<bool> {
    let read = || async { Ok(queries::plans::is_any_for_sale(&mut *shop.db.acquire().await?).await?) };
    Ok(*shop.snapshot.get(&shop.snapshot.offers_memberships, read).await?)
}

/// What an account has, and what it bought or tried to, newest first.
pub async fn own(shop: &Shop, customer: &Customer) -> Result<(Option<Membership>, Vec<Purchase>)> {
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let present = queries::alive(&mut conn, customer.id, now).await?.map(Membership::from);
    let bought = queries::purchases::of_customer(&mut conn, customer.id).await?;
    Ok((present, bought.into_iter().map(Purchase::from).collect()))
}

/// Asks for a plan: a new membership, another period, or the yearly plan in the place of the monthly one. What is asked
/// for waits for its money, and keeps nobody from buying goods. Asking again for the same plan gives the same purchase.
///
/// `Refused(PlanOff)`; `Refused(OtherPlanRuns)` when another plan must end first; `Refused(PaidAhead)` when the same one
/// is paid for years ahead; `Refused(MembershipCostChanged)` when it costs something else than the customer saw;
/// `Refused(PaymentMethodOff)` when nothing can be paid online.
#[instrument(skip_all, fields(customer.id = %customer.id, plan.id = %request.plan_id))]
pub async fn buy(shop: &Shop, customer: &Customer, request: BuyMembership) -> Result<Purchase> {
    let settings = settings::get(shop).await?;
    let method = shop.payment_methods(&settings).into_iter().find(|method| method.needs_gateway());
    let method = method.ok_or(Error::Refused(Message::PaymentMethodOff))?;

    transact!(shop.shopper(), |work| {
        let now = work.now();
        buyers::lock(work, customer.id).await?;
        let plan = queries::plans::by_id(work, request.plan_id).await?.ok_or(Error::NotFound(Message::NoSuchPlan))?;
        let plan = plan.plan();
        if !plan.is_active {
            return Err(Error::Refused(Message::PlanOff));
        }
        let present = present(work, customer.id, now).await?;
        let quote = quote(&plan.terms(), present.as_ref(), now).map_err(|why| not_for_sale(why, &settings))?;
        if request.expected_due.is_some_and(|seen| seen != quote.due) {
            return Err(Error::Refused(Message::MembershipCostChanged { due: quote.due.display(settings.currency) }));
        }

        let new = queries::purchases::New {
            customer: customer.id,
            terms: plan.terms(),
            quote,
            basis: present.as_ref(),
            currency: settings.currency,
            locale: customer.locale,
            payment_method: method,
            asked_at: now,
            pay_by: pay_by(present.as_ref(), quote.kind, &settings, now),
        };
        let id = purchases::ask(work, &new).await?;
        if quote.due == Money::ZERO {
            purchases::take_free(work, id).await?;
        }
        let bought = queries::purchases::by_id(work, id).await?.ok_or(Error::NotFound(Message::NoSuchPurchase))?;
        Ok(bought.into())
    })
}

/// Lets a membership end with its period, or takes that wish back. Its benefits stay until then either way.
///
/// `Refused(NotAMember)` when there is none that lives.
#[instrument(skip_all, fields(customer.id = %customer.id))]
pub async fn cancel_at_end(shop: &Shop, customer: &Customer, wish: bool) -> Result<Membership> {
    transact!(shop.shopper(), |work| {
        let customer = customer.id;

        let now = work.now();
        buyers::lock(work, customer).await?;
        let present = present(work, customer, now).await?.ok_or(Error::Refused(Message::NotAMember))?;
        queries::set_cancels(work, present.id, wish).await?;
        let membership = queries::alive(work, customer, now).await?.ok_or(Error::Refused(Message::NotAMember))?;
        running_out::announce_change(work).await?;

        Ok(membership.into())
    })
}

/// What the membership of an account gives now; nothing from the instant of its end, whether or not a job has been by.
pub(crate) async fn benefit(
    conn: &mut MySqlConnection,
    account: Option<CustomerId>,
    now: DateTime<Utc>,
) -> Result<Option<MemberBenefit>> {
    let Some(account) = account else { return Ok(None) };
    Ok(queries::benefit(conn, account, now).await?)
}

/// The same outside a transaction, for a page that shows prices.
pub async fn benefit_of(shop: &Shop, customer: &Customer) -> Result<Option<MemberBenefit>> {
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    benefit(&mut conn, Some(customer.id), now).await
}

/// The living membership of a customer whose lock the caller has.
async fn present(conn: &mut MySqlConnection, customer: CustomerId, now: DateTime<Utc>) -> Result<Option<Standing>> {
    let living = queries::living(conn, customer).await?;
    Ok(living.map(|living| living.standing()).filter(|standing| now < standing.ends_at))
}

/// An upgrade is paid while there is something to upgrade.
fn pay_by(present: Option<&Standing>, kind: PurchaseKind, settings: &Settings, now: DateTime<Utc>) -> DateTime<Utc> {
    let unpaid = now + TimeDelta::hours(i64::from(settings.unpaid_hours));
    match present {
        Some(present) if kind == PurchaseKind::Upgrade => unpaid.min(present.ends_at),
        _ => unpaid,
    }
}

/// What a customer reads of a plan that they cannot buy now.
fn not_for_sale(why: NotForSale, settings: &Settings) -> Error {
    let day = |at: DateTime<Utc>| {
        let there = at + TimeDelta::minutes(i64::from(settings.utc_offset_minutes));
        let day = |locale: Locale| format!("{} {} {}", there.day(), locale.month(there.month0()), there.year());
        Words::from(Translated::of(day))
    };
    Error::Refused(match why {
        NotForSale::OtherPlanRuns { until } => Message::OtherPlanRuns { until: day(until) },
        NotForSale::PaidAhead { until, from } => Message::PaidAhead { until: day(until), from: day(from) },
    })
}

/// A purchase of a customer by its number; another's looks like none.
async fn find(conn: &mut MySqlConnection, customer: CustomerId, number: &str) -> Result<MembershipPurchaseId> {
    let found = queries::purchases::by_number(conn, customer, number).await?;
    found.ok_or(Error::NotFound(Message::NoSuchPurchase))
}

/// Gives up a purchase that waits: nobody pays it any more.
async fn close_purchase(work: &mut Work, purchase: &LockedPurchase, status: PurchaseStatus) -> Result<()> {
    let now = work.now();
    money::attempts::end_live(work, purchase.id).await?;
    queries::purchases::close(work, purchase.id, status, now).await?;
    running_out::announce_change(work).await
}
