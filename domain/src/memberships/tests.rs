//! Periods, prices and settlements, by example and at random.

use chrono::{DateTime, Datelike, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;

use super::rules::MOST_AHEAD;
use super::{
    Asked, MembershipId, MembershipPlanId, NotForSale, Period, PlanTerms, PurchaseKind, PurchaseStatus, Settlement,
    Standing, quote, settle,
};
use crate::money::{BasisPoints, Money};
use crate::payments::RefundReason;
use crate::pricing::MemberBenefit;

const WIB: i32 = 7 * 60;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn plan(id: u64, period: Period, price: i64) -> PlanTerms {
    let benefit = MemberBenefit { percent_off: BasisPoints::new(500), free_delivery: period == Period::Yearly };
    PlanTerms { plan_id: MembershipPlanId::new(id), period, price: Money::minor(price), benefit }
}

fn monthly() -> PlanTerms {
    plan(1, Period::Monthly, 29_000)
}

fn yearly() -> PlanTerms {
    plan(2, Period::Yearly, 299_000)
}

/// A membership of one period that began then.
fn begun(terms: &PlanTerms, from: DateTime<Utc>) -> Standing {
    Standing {
        id: MembershipId::new(9),
        version: 1,
        plan_id: terms.plan_id,
        period: terms.period,
        benefit: terms.benefit,
        term_from: from,
        ends_at: terms.period.after(from, WIB).unwrap(),
        value: terms.price,
    }
}

fn asked(terms: &PlanTerms, present: Option<&Standing>, now: DateTime<Utc>) -> Asked {
    let quote = quote(terms, present, now).unwrap();
    let basis = present.map(|present| (present.id, present.version));
    Asked { terms: *terms, kind: quote.kind, status: PurchaseStatus::Pending, due: quote.due, basis }
}

#[test]
fn a_month_ends_on_its_day_or_on_the_last_there_is() {
    for (from, period, until) in [
        ("2026-03-15T03:00:00Z", Period::Monthly, "2026-04-15T03:00:00Z"),
        ("2026-01-31T03:00:00Z", Period::Monthly, "2026-02-28T03:00:00Z"),
        ("2028-01-31T03:00:00Z", Period::Monthly, "2028-02-29T03:00:00Z"),
        ("2028-02-29T03:00:00Z", Period::Yearly, "2029-02-28T03:00:00Z"),
        ("2026-12-31T03:00:00Z", Period::Monthly, "2027-01-31T03:00:00Z"),
        // In Jakarta it is the first of February already.
        ("2026-01-31T20:00:00Z", Period::Monthly, "2026-02-28T20:00:00Z"),
    ] {
        assert_eq!(period.after(at(from), WIB), Some(at(until)), "{from}");
    }
    assert_eq!(Period::Yearly.after(DateTime::<Utc>::MAX_UTC, WIB), None);
}

/// Renewals count from the day that the term began on, not from the last end, which a short month may have moved.
#[test]
fn a_renewal_ends_on_the_day_that_the_term_began_on() {
    for (terms, from, ends) in [
        (yearly(), "2028-02-29T03:00:00Z", ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29", "2033-02-28"]),
        (monthly(), "2026-12-31T03:00:00Z", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
        (monthly(), "2027-11-30T03:00:00Z", ["2027-12-30", "2028-01-30", "2028-02-29", "2028-03-30", "2028-04-30"]),
        (monthly(), "2027-01-29T03:00:00Z", ["2027-02-28", "2027-03-29", "2027-04-29", "2027-05-29", "2027-06-29"]),
    ] {
        let mut present = begun(&terms, at(from));
        let mut seen = vec![present.ends_at];
        for _ in 1..ends.len() {
            // On the day before the end, as members do.
            let now = present.ends_at - TimeDelta::days(1);
            let renewal = asked(&terms, Some(&present), now);
            let Settlement::Apply(applied) = settle(&renewal, Some(&present), terms.price, now, WIB) else { panic!() };
            present.ends_at = applied.ends_at;
            seen.push(applied.ends_at);
        }
        assert_eq!(seen, ends.map(|day| at(&format!("{day}T03:00:00Z"))), "{from}");
    }
}

/// The owner made a monthly plan a yearly one, or moved the shop's clock: the day stays, and a whole period is added.
#[test]
fn another_period_is_a_whole_one_whatever_the_term_was() {
    let from = at("2026-01-31T03:00:00Z");
    let ends = |period: Period, until, offset| period.after_term(from, at(until), offset);
    assert_eq!(ends(Period::Yearly, "2026-02-28T03:00:00Z", WIB), Some(at("2027-02-28T03:00:00Z")));
    assert_eq!(ends(Period::Yearly, "2026-04-30T03:00:00Z", WIB), Some(at("2027-04-30T03:00:00Z")));
    assert_eq!(ends(Period::Monthly, "2027-01-31T03:00:00Z", WIB), Some(at("2027-02-28T03:00:00Z")));
    let (late, until) = (at("2026-01-30T20:00:00Z"), Period::Monthly.after(at("2026-01-30T20:00:00Z"), 0).unwrap());
    assert_eq!(Period::Monthly.after_term(late, until, WIB), Some(at("2026-03-30T20:00:00Z")));
    assert_eq!(Period::Yearly.after_term(from, DateTime::<Utc>::MAX_UTC, WIB), None);
}

/// Checklist 66.
#[test]
fn an_upgrade_costs_the_new_plan_less_the_days_that_are_left() {
    let present = begun(&monthly(), at("2026-04-01T00:00:00Z"));
    let fifteen_left = quote(&yearly(), Some(&present), at("2026-04-16T00:00:00Z")).unwrap();
    assert_eq!((fifteen_left.kind, fifteen_left.credit), (PurchaseKind::Upgrade, Money::minor(14_500)));
    assert_eq!(fifteen_left.due, Money::minor(284_500));
    let last_hours = quote(&yearly(), Some(&present), at("2026-04-30T12:00:00Z")).unwrap();
    assert_eq!(last_hours.credit, Money::ZERO, "no whole day is left");

    let cheap = plan(3, Period::Yearly, 10_000);
    let first_day = quote(&cheap, Some(&present), present.term_from).unwrap();
    assert_eq!((first_day.credit, first_day.due), (Money::minor(10_000), Money::ZERO), "never below nothing");
}

#[test]
fn there_is_no_way_down_or_sideways_before_the_end() {
    let now = at("2026-04-16T00:00:00Z");
    let present = begun(&yearly(), at("2026-04-01T00:00:00Z"));
    let refused = Err(NotForSale::OtherPlanRuns { until: present.ends_at });
    assert_eq!(quote(&monthly(), Some(&present), now), refused);
    assert_eq!(quote(&plan(3, Period::Yearly, 1), Some(&present), now), refused);
    assert_eq!(quote(&monthly(), Some(&present), present.ends_at).unwrap().kind, PurchaseKind::New);
}

/// Whoever renews again and again meets an end: money for what no calendar can hold is never asked for.
#[test]
fn a_membership_is_paid_for_some_years_ahead_at_most() {
    let now = at("2026-04-16T00:00:00Z");
    for terms in [monthly(), yearly()] {
        let mut present = begun(&terms, now);
        let mut renewals = 0;
        let refused = loop {
            match quote(&terms, Some(&present), now) {
                Ok(quote) => assert_eq!(quote.kind, PurchaseKind::Renew),
                Err(why) => break why,
            }
            let renewal = asked(&terms, Some(&present), now);
            let Settlement::Apply(applied) = settle(&renewal, Some(&present), terms.price, now, WIB) else { panic!() };
            let (version, ends_at, value) = (present.version + 1, applied.ends_at, applied.value);
            present = Standing { version, ends_at, value, ..present };
            renewals += 1;
            assert!(renewals < 40, "it never ends");
        };
        let from = present.ends_at - MOST_AHEAD;
        assert_eq!(refused, NotForSale::PaidAhead { until: present.ends_at, from });
        assert_eq!(quote(&terms, Some(&present), from).unwrap().kind, PurchaseKind::Renew, "and later again");

        // Money for one that was asked for before, and is late, goes back.
        let late = Asked { status: PurchaseStatus::Expired, ..asked(&terms, Some(&present), from) };
        let back = settle(&late, Some(&present), terms.price, now, WIB);
        assert_eq!(back, Settlement::SendBack(RefundReason::MembershipChanged));
    }
}

/// Pitfall M14. What was asked for is done as long as nothing changed; otherwise it is priced anew.
#[test]
fn money_is_settled_by_what_the_customer_has_when_it_comes() {
    let (then, now) = (at("2026-04-10T00:00:00Z"), at("2026-04-20T00:00:00Z"));
    let present = begun(&monthly(), at("2026-04-01T00:00:00Z"));
    let upgrade = asked(&yearly(), Some(&present), then);
    let settled = |asked: &Asked, present: Option<&Standing>| settle(asked, present, asked.due, now, WIB);

    let Settlement::Apply(applied) = settled(&upgrade, Some(&present)) else { panic!("nothing changed") };
    assert_eq!((applied.kind, applied.excess, applied.term_from), (PurchaseKind::Upgrade, Money::ZERO, now));

    // The clock was set back to before the month that is replaced.
    let before = at("2026-03-30T00:00:00Z");
    let Settlement::Apply(applied) = settle(&upgrade, Some(&present), upgrade.due, before, WIB) else { panic!("paid") };
    assert_eq!((applied.term_from, applied.ends_at), (present.term_from, at("2027-04-01T00:00:00Z")));

    // Renewed meanwhile: more days are left, so that less is due.
    let renewed = Standing { version: 2, ends_at: at("2026-06-01T00:00:00Z"), value: Money::minor(58_000), ..present };
    let Settlement::Apply(applied) = settled(&upgrade, Some(&renewed)) else { panic!("less is due") };
    let due = quote(&yearly(), Some(&renewed), now).unwrap().due;
    assert_eq!(applied.excess, upgrade.due.minus(due).unwrap());
    assert!(applied.excess > Money::ZERO);

    // Ended meanwhile: there is no credit, and what came is not enough for the plan.
    let changed = Settlement::SendBack(RefundReason::MembershipChanged);
    assert_eq!(settled(&upgrade, None), changed);
    assert_eq!(settled(&Asked { status: PurchaseStatus::Expired, ..upgrade }, Some(&present)), changed);
    // Upgraded by another purchase: this one has nothing left to do.
    assert_eq!(settled(&upgrade, Some(&Standing { id: MembershipId::new(10), ..begun(&yearly(), then) })), changed);
}

/// Pitfall M14. Two purchases that are paid never make two memberships.
#[test]
fn money_for_a_membership_that_is_there_by_now_goes_back() {
    let now = at("2026-04-20T00:00:00Z");
    let late = Asked { status: PurchaseStatus::Expired, ..asked(&monthly(), None, now) };
    let present = begun(&monthly(), now);
    assert!(matches!(settle(&late, None, late.due, now, WIB), Settlement::Apply(_)), "late, and still good for one");
    let back = settle(&late, Some(&present), late.due, now, WIB);
    assert_eq!(back, Settlement::SendBack(RefundReason::MembershipChanged));

    // Another plan than the one that is there by now is what was wanted, at what it costs now.
    let larger = Asked { status: PurchaseStatus::Expired, ..asked(&yearly(), None, now) };
    let Settlement::Apply(applied) = settle(&larger, Some(&present), larger.due, now, WIB) else { panic!() };
    assert_eq!((applied.kind, applied.excess), (PurchaseKind::Upgrade, Money::minor(29_000)));

    for (status, why) in [
        (PurchaseStatus::Paid, RefundReason::MembershipPaidTwice),
        (PurchaseStatus::Refunded, RefundReason::MembershipPaidTwice),
        (PurchaseStatus::Cancelled, RefundReason::MembershipPurchaseOver),
    ] {
        let back = settle(&Asked { status, ..late }, None, late.due, now, WIB);
        assert_eq!(back, Settlement::SendBack(why));
    }
}

#[test]
fn a_renewal_keeps_what_was_paid_for() {
    let now = at("2026-04-20T00:00:00Z");
    let mut present = begun(&monthly(), at("2026-04-01T00:00:00Z"));
    present.benefit = MemberBenefit { percent_off: BasisPoints::new(800), free_delivery: true };
    let renewal = asked(&monthly(), Some(&present), now);
    let Settlement::Apply(applied) = settle(&renewal, Some(&present), renewal.due, now, WIB) else { panic!() };
    assert_eq!((applied.term_from, applied.ends_at), (present.term_from, at("2026-06-01T00:00:00Z")));
    assert_eq!((applied.value, applied.benefit), (Money::minor(58_000), present.benefit));

    let over = settle(&renewal, None, renewal.due, now, WIB);
    let Settlement::Apply(anew) = over else { panic!("whoever renews wants to be a member") };
    assert_eq!((anew.kind, anew.term_from, anew.value), (PurchaseKind::New, now, Money::minor(29_000)));
}

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (1_600_000_000_i64..4_000_000_000).prop_map(|seconds| Utc.timestamp_opt(seconds, 0).unwrap())
}

fn periods() -> impl Strategy<Value = Period> {
    prop_oneof![Just(Period::Monthly), Just(Period::Yearly)]
}

proptest! {
    /// Checklist 69.
    #[test]
    fn a_period_is_a_calendar_month_or_year(from in instants(), period in periods(), offset in -720_i32..=840) {
        let until = period.after(from, offset).unwrap();
        let days = (until - from).num_days();
        let expected = match period { Period::Monthly => 28..=31, Period::Yearly => 365..=366 };
        prop_assert!(expected.contains(&days), "{days}");
        let there = |instant: DateTime<Utc>| instant + TimeDelta::minutes(i64::from(offset));
        prop_assert!(there(until).day() <= there(from).day());
        prop_assert_eq!(there(until).time(), there(from).time());
        prop_assert!(there(until).day() == there(from).day() || there(until + TimeDelta::days(1)).day() == 1);
    }

    /// However it was renewed, a term of so many months ends on its anchor's day, or on the last day of a shorter month.
    #[test]
    fn a_term_ends_on_its_anchors_day(from in instants(), steps in proptest::collection::vec(periods(), 1..12), offset in -720_i32..=840) {
        let there = |instant: DateTime<Utc>| instant + TimeDelta::minutes(i64::from(offset));
        let mut until = from;
        let mut months = 0;
        for period in steps {
            let next = period.after_term(from, until, offset).unwrap();
            months += match period { Period::Monthly => 1, Period::Yearly => 12 };
            prop_assert_eq!(Some(there(next)), there(from).checked_add_months(chrono::Months::new(months)));
            prop_assert!(next - until >= TimeDelta::days(28));
            until = next;
        }
    }

    #[test]
    fn a_later_beginning_never_ends_earlier(from in instants(), later in 0_i64..10_000_000, period in periods()) {
        let until = |from: DateTime<Utc>| period.after(from, WIB).unwrap();
        prop_assert!(until(from) <= until(from + TimeDelta::seconds(later)) || later < 86_400 * 4);
    }

    /// Credit never is more than the term's value, never below nothing, and melts with the days.
    #[test]
    fn credit_melts_day_by_day(
        from in instants(), value in 0_i64..1_000_000_000, terms in 1_u32..20, hours in 0_i64..20_000, more in 0_i64..500,
    ) {
        let mut present = Standing { value: Money::minor(value), ..begun(&monthly(), from) };
        for _ in 1..terms {
            present.ends_at = Period::Monthly.after(present.ends_at, WIB).unwrap();
        }
        let at = |hours: i64| present.credit(from + TimeDelta::hours(hours));
        prop_assert!(Money::ZERO <= at(hours) && at(hours) <= present.value);
        prop_assert!(at(hours + more) <= at(hours));
        prop_assert_eq!(present.credit(from), present.value);
        prop_assert_eq!(present.credit(present.ends_at), Money::ZERO);
    }

    /// Pitfall M14. Whatever happened meanwhile: what is not used goes back, and no more than came.
    #[test]
    fn money_is_used_or_goes_back(
        now in instants(), ago in 0_i64..800, had in any::<bool>(), renewed in any::<bool>(), wish in any::<bool>(),
        came in 0_i64..1_000_000, stage in 0_usize..5,
    ) {
        let then = now - TimeDelta::hours(ago);
        let before = had.then(|| begun(&monthly(), then - TimeDelta::days(3)));
        let terms = if wish { yearly() } else { monthly() };
        let wanted = Asked { status: PurchaseStatus::ALL[stage], ..asked(&terms, before.as_ref(), then) };
        let present = before.map(|before| if renewed { Standing { version: 2, ..before } } else { before });
        match settle(&wanted, present.as_ref(), Money::minor(came), now, WIB) {
            Settlement::SendBack(_) => {}
            Settlement::Apply(applied) => {
                prop_assert!(Money::ZERO <= applied.excess && applied.excess <= Money::minor(came));
                prop_assert!(applied.ends_at > now && applied.term_from <= now);
                prop_assert!(matches!(wanted.status, PurchaseStatus::Pending | PurchaseStatus::Expired));
                let alive = present.filter(|present| now < present.ends_at);
                prop_assert_eq!(applied.kind == PurchaseKind::New, alive.is_none());
            }
        }
    }
}
