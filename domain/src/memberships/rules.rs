//! What a purchase costs and does: asked for, and again when its money comes.
//!
//! Days count in whole ones that are left. Nobody gets more credit than a term is worth, and no price is below zero.

use chrono::{DateTime, Datelike, Months, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{MembershipId, MembershipPlanId, Period, PlanTerms, PurchaseKind, PurchaseStatus};
use crate::money::Money;
use crate::payments::RefundReason;
use crate::pricing::{MemberBenefit, prorated};

impl Period {
    /// The end of a period that begins at an instant, by the calendar of a clock so many minutes east of UTC: the same
    /// day of the next month or year, or the last day of a month that has not so many. `None` at the end of time.
    pub fn after(self, from: DateTime<Utc>, utc_offset_minutes: i32) -> Option<DateTime<Utc>> {
        months_after(from, self.months(), utc_offset_minutes)
    }

    /// The end of another period for a term that runs from an anchor until an end: counted from the anchor's day, so that
    /// what a short month took is not lost for the months after it.
    pub fn after_term(
        self,
        anchor: DateTime<Utc>,
        until: DateTime<Utc>,
        utc_offset_minutes: i32,
    ) -> Option<DateTime<Utc>> {
        let offset = TimeDelta::minutes(i64::from(utc_offset_minutes));
        let month = |at: DateTime<Utc>| {
            let there = at.checked_add_signed(offset)?;
            Some(i64::from(there.year()) * 12 + i64::from(there.month0()))
        };
        let around = month(until)? - month(anchor)?;
        // Where the shop's clock was moved since, an end may stand in the next month by some hours: the nearest counts.
        let counts = (around - 1..=around + 1).filter_map(|count| u32::try_from(count).ok());
        let apart = |count: &u32| {
            let end = months_after(anchor, *count, utc_offset_minutes);
            end.map_or(TimeDelta::MAX, |end| (end - until).abs())
        };
        let count = counts.min_by_key(apart)?;
        months_after(anchor, count.checked_add(self.months())?, utc_offset_minutes)
    }

    const fn months(self) -> u32 {
        match self {
            Self::Monthly => 1,
            Self::Yearly => 12,
        }
    }
}

fn months_after(from: DateTime<Utc>, count: u32, utc_offset_minutes: i32) -> Option<DateTime<Utc>> {
    let offset = TimeDelta::minutes(i64::from(utc_offset_minutes));
    from.checked_add_signed(offset)?.checked_add_months(Months::new(count))?.checked_sub_signed(offset)
}

/// How far ahead a membership may be paid and still take another period.
pub(super) const MOST_AHEAD: TimeDelta = TimeDelta::days(2 * 366);

/// A living membership, as far as a purchase must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub id: MembershipId,
    /// Counts how often the term was changed by a purchase.
    pub version: u64,
    pub plan_id: MembershipPlanId,
    pub period: Period,
    pub benefit: MemberBenefit,
    /// Since when the term runs that is not used up: the day that its periods are counted from.
    pub term_from: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// What the whole term was bought for.
    pub value: Money,
}

impl Standing {
    /// What the whole days that are left of the term are worth.
    pub fn credit(&self, now: DateTime<Utc>) -> Money {
        let days = |span: TimeDelta| u32::try_from(span.num_days().max(0)).unwrap_or(u32::MAX);
        let whole = days(self.ends_at - self.term_from);
        prorated(self.value, days(self.ends_at - now).min(whole), whole).unwrap_or_default()
    }
}

/// What buying a plan would do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub kind: PurchaseKind,
    pub price: Money,
    /// What the days left of the present plan take off; never more than the price.
    pub credit: Money,
    /// What is to be paid.
    pub due: Money,
}

/// Why a plan cannot be bought now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotForSale {
    /// Only from the monthly plan to the yearly one is there a way before the end.
    #[error("another plan runs until {until}")]
    OtherPlanRuns { until: DateTime<Utc> },
    /// It runs for so long already that another period would be bought for a time that nobody can see.
    #[error("paid until {until}; another period can be added from {from}")]
    PaidAhead { until: DateTime<Utc>, from: DateTime<Utc> },
}

/// What buying these terms would do for whoever has that membership.
///
/// # Errors
/// [`NotForSale`] when another plan runs that this one cannot follow before its end, or when the same one is paid for
/// years ahead.
pub fn quote(terms: &PlanTerms, present: Option<&Standing>, now: DateTime<Utc>) -> Result<Quote, NotForSale> {
    let whole = |kind| Quote { kind, price: terms.price, credit: Money::ZERO, due: terms.price };
    let Some(present) = present.filter(|present| now < present.ends_at) else { return Ok(whole(PurchaseKind::New)) };
    if present.plan_id == terms.plan_id {
        let (until, from) = (present.ends_at, present.ends_at - MOST_AHEAD);
        return if now < from { Err(NotForSale::PaidAhead { until, from }) } else { Ok(whole(PurchaseKind::Renew)) };
    }
    match (present.period, terms.period) {
        (Period::Monthly, Period::Yearly) => {
            let credit = present.credit(now).min(terms.price);
            let due = terms.price.minus(credit).unwrap_or_default();
            Ok(Quote { kind: PurchaseKind::Upgrade, price: terms.price, credit, due })
        }
        (Period::Monthly, Period::Monthly) | (Period::Yearly, Period::Monthly | Period::Yearly) => {
            Err(NotForSale::OtherPlanRuns { until: present.ends_at })
        }
    }
}

/// A purchase, as far as its settlement must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub terms: PlanTerms,
    pub kind: PurchaseKind,
    pub status: PurchaseStatus,
    pub due: Money,
    /// The membership that its price was worked out from, and that one's version.
    pub basis: Option<(MembershipId, u64)>,
}

/// What becomes of money that came for a purchase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    Apply(Applied),
    /// All of it goes back.
    SendBack(RefundReason),
}

/// What a settled purchase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    pub kind: PurchaseKind,
    /// What of the money was too much and goes back.
    pub excess: Money,
    pub term_from: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub value: Money,
    pub benefit: MemberBenefit,
}

/// What becomes of money that came for a purchase, now that the customer has that membership.
///
/// While the purchase is open and the membership is the one that its price was worked out from, it does what was asked
/// for. Otherwise it is worked out anew: what costs no more than what came is done, and the rest goes back; all goes
/// back when there is nothing left that this purchase could do.
pub fn settle(
    asked: &Asked,
    present: Option<&Standing>,
    came: Money,
    now: DateTime<Utc>,
    utc_offset_minutes: i32,
) -> Settlement {
    let present = present.filter(|present| now < present.ends_at);
    let is_unchanged = asked.basis == present.map(|present| (present.id, present.version));
    let (kind, due) = match asked.status {
        PurchaseStatus::Paid | PurchaseStatus::Refunded => {
            return Settlement::SendBack(RefundReason::MembershipPaidTwice);
        }
        PurchaseStatus::Cancelled => return Settlement::SendBack(RefundReason::MembershipPurchaseOver),
        PurchaseStatus::Pending if is_unchanged => (asked.kind, asked.due),
        PurchaseStatus::Pending | PurchaseStatus::Expired => match quote(&asked.terms, present, now) {
            // Whoever did not ask for another period paid twice for the same; what is not that is what they wanted.
            Ok(quote) if quote.kind != PurchaseKind::Renew || asked.kind == PurchaseKind::Renew => {
                (quote.kind, quote.due)
            }
            Ok(_) | Err(NotForSale::OtherPlanRuns { .. } | NotForSale::PaidAhead { .. }) => {
                return Settlement::SendBack(RefundReason::MembershipChanged);
            }
        },
    };
    let applied = came.minus(due).filter(|excess| !excess.is_negative()).and_then(|excess| {
        // A clock may have been set back since the term that this one replaces began.
        let from = present.map_or(now, |present| now.max(present.term_from));
        let applied = Applied { kind, excess, ..begin(&asked.terms, from, utc_offset_minutes)? };
        match (kind, present) {
            (PurchaseKind::Renew, Some(present)) => extend(applied, &asked.terms, present, utc_offset_minutes),
            (PurchaseKind::New | PurchaseKind::Upgrade, _) | (PurchaseKind::Renew, None) => Some(applied),
        }
    });
    applied.map_or(Settlement::SendBack(RefundReason::MembershipChanged), Settlement::Apply)
}

/// A term that begins then.
fn begin(terms: &PlanTerms, from: DateTime<Utc>, utc_offset_minutes: i32) -> Option<Applied> {
    Some(Applied {
        kind: PurchaseKind::New,
        excess: Money::ZERO,
        term_from: from,
        ends_at: terms.period.after(from, utc_offset_minutes)?,
        value: terms.price,
        benefit: terms.benefit,
    })
}

/// The term that runs, with another period at its end. What was paid for already never gets worse.
fn extend(applied: Applied, terms: &PlanTerms, present: &Standing, utc_offset_minutes: i32) -> Option<Applied> {
    Some(Applied {
        term_from: present.term_from,
        ends_at: terms.period.after_term(present.term_from, present.ends_at, utc_offset_minutes)?,
        value: present.value.plus(terms.price)?,
        benefit: MemberBenefit {
            percent_off: terms.benefit.percent_off.max(present.benefit.percent_off),
            free_delivery: terms.benefit.free_delivery || present.benefit.free_delivery,
        },
        ..applied
    })
}
