//! Who is a member, and what they paid.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::memberships::{MembershipId, MembershipPlanId, MembershipStatus, PurchaseKind};
use domain::message::Words;
use domain::money::Money;
use domain::reference::{Finding, FormerKind, Outcome};
use domain::staff::Permission;

use super::plans::period_of;
use crate::database::transact;
use crate::error::Result;
use crate::memberships::{self, FormerMembership, FormerPurchase};
use crate::reference::people::People;
use crate::reference::rows::Row;
use crate::reference::run::{Run, remember};

/// Brings memberships, then what was paid for them.
pub(in crate::reference) async fn bring(run: &mut Run<'_>, people: &People) -> Result<()> {
    let mut rows = run.numbered(FormerKind::Membership, "user_subscriptions");
    // Of two that live, the one that ends last goes on: it comes first.
    rows.sort_by_key(|(number, row)| (std::cmp::Reverse(run.time(row, "end_date")), *number));
    let mut living = Vec::new();
    for (number, row) in &rows {
        membership(run, people, *number, row, &mut living).await?;
    }
    let mut paid = run.numbered(FormerKind::Purchase, "subscription_transactions");
    paid.sort_by_key(|(number, row)| (run.time(row, "transaction_date"), *number));
    for (number, row) in paid {
        purchase(run, people, &rows, number, &row).await?;
    }
    Ok(())
}

async fn membership(run: &mut Run<'_>, people: &People, number: u64, row: &Row, living: &mut Vec<u64>) -> Result<()> {
    let which = FormerKind::Membership;
    let item = ("membership", number);
    let user = row.number("user_id").unwrap_or_default();
    let from = run.time(row, "start_date").unwrap_or(run.now);
    let is_active = row.text("status").is_some_and(|status| status.eq_ignore_ascii_case("active"));
    if run.is_known(which, item) {
        if is_active {
            living.push(user);
        }
        return Ok(());
    }
    let Some(plan) = plan_of(run, people, (which, number), row, user) else { return Ok(()) };
    let until = match run.time(row, "end_date").filter(|until| *until > from) {
        Some(until) => until,
        None => {
            run.corrected(which, number, Finding::TimesReversed);
            let plan = run.former.table("memberships").iter().find(|row| row.number("id") == Some(plan));
            let period = period_of(plan.and_then(|plan| plan.text("period")).as_deref());
            period.after(from, run.settings.utc_offset_minutes).unwrap_or(from + chrono::TimeDelta::days(31))
        }
    };
    let status = row.text("status").unwrap_or_default();
    let ended = if is_active && until <= run.now {
        run.corrected(which, number, Finding::EndedMeanwhile);
        Some(MembershipStatus::Expired)
    } else if is_active && living.contains(&user) {
        run.corrected(which, number, Finding::TwoMemberships);
        Some(MembershipStatus::Cancelled)
    } else if is_active {
        living.push(user);
        None
    } else if status.eq_ignore_ascii_case("cancelled") {
        Some(MembershipStatus::Cancelled)
    } else {
        Some(MembershipStatus::Expired)
    };
    if run.is_check {
        run.report.count(which, Outcome::Brought);
        return Ok(());
    }
    let here = (run.here(("customer", user)), run.here(("plan", plan)));
    let (Some(customer), Some(plan_here)) = here else {
        run.refused(which, number, Finding::Anonymous);
        return Ok(());
    };
    let former = FormerMembership {
        customer: CustomerId::new(customer),
        plan: MembershipPlanId::new(plan_here),
        from,
        until,
        ended,
        value: value_of(run, user, plan, until),
    };
    let done = transact!(run.shop.import(run.staff, Permission::ManageMemberships)?, |work| {
        let id = memberships::write_former(work, &former).await?.get();
        remember(work, item, id).await?;
        Ok(id)
    });
    run.settle(which, item, done).map(drop)
}

async fn purchase(
    run: &mut Run<'_>,
    people: &People,
    memberships: &[(u64, Row)],
    number: u64,
    row: &Row,
) -> Result<()> {
    let which = FormerKind::Purchase;
    let item = ("purchase", number);
    if run.is_known(which, item) {
        return Ok(());
    }
    let user = row.number("user_id").unwrap_or_default();
    let kind = match row.text("transaction_type").unwrap_or_default().to_lowercase().as_str() {
        "renew" => PurchaseKind::Renew,
        "upgrade" => PurchaseKind::Upgrade,
        "cancel" => {
            run.left_out(which, number, Finding::NoMoneyCame);
            return Ok(());
        }
        _ => PurchaseKind::New,
    };
    let Some(plan) = plan_of(run, people, (which, number), row, user) else { return Ok(()) };
    let at = run.time(row, "transaction_date").unwrap_or(run.now);
    let own = || memberships.iter().filter(|(_, row)| row.number("user_id") == Some(user));
    let spans = |row: &Row| {
        run.time(row, "start_date").is_some_and(|from| from <= at)
            && run.time(row, "end_date").is_some_and(|until| at < until)
    };
    // An upgrade began its membership anew, so that an earlier payment lies before it.
    let of = own()
        .find(|(_, row)| spans(row))
        .or_else(|| own().find(|(_, row)| run.time(row, "start_date").is_some_and(|from| from >= at)))
        .or_else(|| own().next());
    let Some(of) = of.map(|(number, _)| *number) else {
        run.refused(which, number, Finding::NoMembership);
        return Ok(());
    };
    let amount = run.money(which, number, row, "amount").unwrap_or(Money::ZERO).max(Money::ZERO);
    if run.is_check {
        run.report.count(which, Outcome::Brought);
        return Ok(());
    }
    let here = (run.here(("customer", user)), run.here(("plan", plan)), run.here(("membership", of)));
    let (Some(customer), Some(plan), Some(membership)) = here else {
        run.refused(which, number, Finding::NoMembership);
        return Ok(());
    };
    let former = FormerPurchase {
        customer: CustomerId::new(customer),
        plan: MembershipPlanId::new(plan),
        membership: MembershipId::new(membership),
        kind,
        amount,
        currency: run.settings.currency,
        at,
    };
    let done = transact!(run.shop.import(run.staff, Permission::ManageMemberships)?, |work| {
        let id = memberships::write_former_purchase(work, &former).await?;
        remember(work, item, id).await?;
        Ok(id)
    });
    run.settle(which, item, done).map(drop)
}

/// The plan that a row names, if there are both the plan and its member.
fn plan_of(
    run: &mut Run<'_>,
    people: &People,
    (which, number): (FormerKind, u64),
    row: &Row,
    user: u64,
) -> Option<u64> {
    let plan = row.number("membership_id").unwrap_or_default();
    if !run.former.table("memberships").iter().any(|row| row.number("id") == Some(plan)) {
        let what = Words::of(|locale| FormerKind::Plan.label(locale));
        run.refused(which, number, Finding::NotThere { what, number: plan.to_string() });
        return None;
    }
    if people.get(user).is_none_or(|person| person.email.is_none()) {
        let what = Words::of(|locale| FormerKind::Customer.label(locale));
        run.refused(which, number, Finding::NotThere { what, number: user.to_string() });
        return None;
    }
    Some(plan)
}

/// What the present term was bought for: the last payment for its plan before its end.
fn value_of(run: &Run<'_>, user: u64, plan: u64, until: DateTime<Utc>) -> Money {
    let paid = run
        .former
        .table("subscription_transactions")
        .iter()
        .filter(|row| row.number("user_id") == Some(user) && row.number("membership_id") == Some(plan));
    let paid = paid.filter_map(|row| Some((run.time(row, "transaction_date")?, row.amount("amount")?.money)));
    let last = paid.filter(|(at, _)| *at < until).max_by_key(|(at, _)| *at);
    last.map_or(Money::ZERO, |(_, amount)| amount.max(Money::ZERO))
}
