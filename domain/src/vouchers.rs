//! Vouchers: who may use which one, and when. What one takes off is the price engine's, in [`crate::pricing`].
//!
//! [`Voucher::check`] words the refusals; what may never be overrun is guarded again when the order is written.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::money::Currency;
use crate::pricing::{VoucherRefusal, VoucherTerms};
use crate::shipping::DeliveryMethod;
use crate::text_enum::text_enum;

mod requests;

pub use crate::id::VoucherId;
pub use crate::text::VoucherCode;
pub use requests::{
    GetVoucher, ListVouchers, SaveVoucher, SwitchVoucher, VoucherDetail, VoucherDraft, VoucherPage, VoucherRow,
    VoucherUse,
};

text_enum! {
    /// When the shop itself gives a personal voucher to a customer.
    pub enum Occasion {
        /// To everybody who makes an account.
        Welcome = "welcome",
        /// Each month to those who bought the most.
        TopSpender = "top_spender",
    }
}

text_enum! {
    /// How a customer came by a voucher.
    pub enum Source {
        Welcome = "welcome",
        /// Typed its code into the account.
        Claimed = "claimed",
        TopSpender = "top_spender",
    }
}

/// A voucher with everything that decides who may use it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    pub id: VoucherId,
    pub code: VoucherCode,
    pub terms: VoucherTerms,
    /// The first instant of its life; without one it has begun.
    pub starts_at: Option<DateTime<Utc>>,
    /// The first instant after its life; without one it has no end.
    pub ends_at: Option<DateTime<Utc>>,
    /// How many orders may use it in all.
    pub total_limit: Option<u32>,
    /// How many orders of one customer may use it.
    pub customer_limit: Option<u32>,
    /// Only for somebody who has no other order that stands.
    pub first_order_only: bool,
    /// Only for customers who were given it, each gift for one order.
    pub is_personal: bool,
    pub is_active: bool,
}

/// What is known of a buyer who wants to use a voucher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoucherFacts {
    pub now: DateTime<Utc>,
    /// Orders that use the voucher now.
    pub used: u32,
    /// Those of them that are this customer's.
    pub used_by_customer: u32,
    pub is_first_order: bool,
    /// Whether the customer was given it and has not used the gift.
    pub owns: bool,
    /// Whether the account kept it by its code, and an order used what was kept.
    pub used_kept: bool,
}

/// Why a voucher cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VoucherProblem {
    #[error("no voucher has this code")]
    Unknown,
    #[error("the voucher is switched off")]
    SwitchedOff,
    #[error("the voucher's time has not come")]
    NotYet,
    #[error("the voucher's time is over")]
    Over,
    #[error("the voucher belongs to others")]
    NotYours,
    #[error("the voucher is for a first order")]
    FirstOrderOnly,
    #[error("the voucher was used as often as it may be")]
    UsedUp,
    #[error("the customer used the voucher as often as one may")]
    UsedUpByYou,
    #[error("the voucher makes delivery free, and nothing is delivered")]
    PickedUp,
    #[error("the voucher does not apply to this order")]
    Order(#[from] VoucherRefusal),
}

impl Voucher {
    /// Whether such a buyer may use it now.
    ///
    /// # Errors
    /// The first reason that speaks against it. Those of the goods are the price engine's.
    pub fn check(&self, facts: &VoucherFacts) -> Result<(), VoucherProblem> {
        if !self.is_active {
            return Err(VoucherProblem::SwitchedOff);
        }
        if self.starts_at.is_some_and(|starts_at| facts.now < starts_at) {
            return Err(VoucherProblem::NotYet);
        }
        if self.ends_at.is_some_and(|ends_at| facts.now >= ends_at) {
            return Err(VoucherProblem::Over);
        }
        // Whoever keeps a voucher for everybody in the account keeps one use of it.
        let has_used_own = !self.is_personal && facts.used_kept;
        if has_used_own || self.customer_limit.is_some_and(|limit| facts.used_by_customer >= limit) {
            return Err(VoucherProblem::UsedUpByYou);
        }
        if self.is_personal && !facts.owns {
            return Err(VoucherProblem::NotYours);
        }
        if self.first_order_only && !facts.is_first_order {
            return Err(VoucherProblem::FirstOrderOnly);
        }
        if self.total_limit.is_some_and(|limit| facts.used >= limit) {
            return Err(VoucherProblem::UsedUp);
        }
        Ok(())
    }
}

/// The end of what holds through a minute that somebody typed: the first instant after that minute.
pub fn end_through(minute: DateTime<Utc>) -> Option<DateTime<Utc>> {
    minute.checked_add_signed(TimeDelta::minutes(1))
}

/// The last minute in which something still holds whose end is its first instant after: what people type and read.
pub fn last_minute(end: DateTime<Utc>) -> DateTime<Utc> {
    let last = end.checked_sub_signed(TimeDelta::nanoseconds(1)).unwrap_or(end);
    last.duration_trunc(TimeDelta::minutes(1)).unwrap_or(last)
}

impl VoucherProblem {
    /// What the price engine's refusal means for an order that goes that way.
    pub const fn of(refusal: VoucherRefusal, method: DeliveryMethod) -> Self {
        match (refusal, method) {
            (VoucherRefusal::DeliveryIsFree, DeliveryMethod::Pickup) => Self::PickedUp,
            (refusal, _) => Self::Order(refusal),
        }
    }

    /// What the buyer reads.
    pub fn message(self, currency: Currency) -> Message {
        match self {
            Self::Unknown => Message::NoSuchVoucher,
            Self::SwitchedOff => Message::VoucherOff,
            Self::NotYet => Message::VoucherNotYet,
            Self::Over => Message::VoucherOver,
            Self::NotYours => Message::VoucherOfOthers,
            Self::FirstOrderOnly => Message::VoucherForFirstOrder,
            Self::UsedUp => Message::VoucherUsedUp,
            Self::UsedUpByYou => Message::VoucherUsedByYou,
            Self::Order(VoucherRefusal::BelowMinimum { minimum }) => {
                Message::VoucherBelowMinimum { minimum: minimum.display(currency) }
            }
            Self::Order(VoucherRefusal::NothingInScope) => Message::VoucherForOtherGoods,
            Self::Order(VoucherRefusal::NothingToTakeOff) => Message::VoucherTakesNothing,
            Self::Order(VoucherRefusal::DeliveryIsFree) => Message::VoucherDeliveryIsFree,
            Self::PickedUp => Message::VoucherNotForPickup,
        }
    }
}

/// How many of the buyers of a period are its top spenders at most: five percent, rounded up.
pub fn top_spenders(buyers: u64) -> u64 {
    buyers.div_ceil(20)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use proptest::prelude::*;

    use super::{
        Voucher, VoucherCode, VoucherFacts, VoucherId, VoucherProblem, end_through, last_minute, top_spenders,
    };
    use crate::locale::Locale;
    use crate::money::{BasisPoints, Currency, Money};
    use crate::pricing::{VoucherKind, VoucherRefusal, VoucherTerms};

    fn plain() -> Voucher {
        Voucher {
            id: VoucherId::new(1),
            code: VoucherCode::typed("hemat10").unwrap(),
            terms: VoucherTerms {
                kind: VoucherKind::Percent(BasisPoints::new(1_000)),
                cap: None,
                minimum_purchase: Money::ZERO,
                categories: Vec::new(),
            },
            starts_at: None,
            ends_at: None,
            total_limit: None,
            customer_limit: None,
            first_order_only: false,
            is_personal: false,
            is_active: true,
        }
    }

    fn now() -> DateTime<Utc> {
        DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn nobody() -> VoucherFacts {
        VoucherFacts { now: now(), used: 0, used_by_customer: 0, is_first_order: true, owns: false, used_kept: false }
    }

    #[test]
    fn a_plain_voucher_is_for_everybody_at_any_time() {
        let loyal = VoucherFacts { used: u32::MAX, used_by_customer: u32::MAX, is_first_order: false, ..nobody() };
        assert_eq!(plain().check(&loyal), Ok(()));
    }

    #[test]
    fn its_time_begins_with_its_first_instant_and_ends_before_its_last() {
        let voucher = Voucher { starts_at: Some(now()), ends_at: Some(now() + TimeDelta::seconds(1)), ..plain() };
        let at = |seconds| VoucherFacts { now: now() + TimeDelta::seconds(seconds), ..nobody() };
        assert_eq!(voucher.check(&at(-1)), Err(VoucherProblem::NotYet));
        assert_eq!(voucher.check(&at(0)), Ok(()));
        assert_eq!(voucher.check(&at(1)), Err(VoucherProblem::Over));
    }

    #[test]
    fn what_holds_through_a_minute_holds_to_its_last_second() {
        let minute = now();
        let voucher = Voucher { ends_at: end_through(minute), ..plain() };
        let at = |seconds| VoucherFacts { now: minute + TimeDelta::seconds(seconds), ..nobody() };
        assert_eq!((voucher.check(&at(0)), voucher.check(&at(33)), voucher.check(&at(59))), (Ok(()), Ok(()), Ok(())));
        assert_eq!(voucher.check(&at(60)), Err(VoucherProblem::Over));
        assert_eq!(voucher.ends_at.map(last_minute), Some(minute), "what was typed is read again");
        assert_eq!(last_minute(minute + TimeDelta::seconds(30)), minute, "an end within a minute");
    }

    #[test]
    fn each_condition_refuses_by_its_own_name() {
        let used = VoucherFacts { used: 3, used_by_customer: 2, is_first_order: false, ..nobody() };
        let cases = [
            (Voucher { is_active: false, ..plain() }, VoucherProblem::SwitchedOff),
            (Voucher { total_limit: Some(3), ..plain() }, VoucherProblem::UsedUp),
            (Voucher { customer_limit: Some(2), ..plain() }, VoucherProblem::UsedUpByYou),
            (Voucher { first_order_only: true, ..plain() }, VoucherProblem::FirstOrderOnly),
            (Voucher { is_personal: true, ..plain() }, VoucherProblem::NotYours),
        ];
        for (voucher, problem) in cases {
            assert_eq!(voucher.check(&used), Err(problem));
        }
        let personal = Voucher { is_personal: true, ..plain() };
        assert_eq!(personal.check(&VoucherFacts { owns: true, ..used }), Ok(()));
        let kept = VoucherFacts { used_kept: true, ..used };
        assert_eq!(plain().check(&kept), Err(VoucherProblem::UsedUpByYou));
        assert_eq!(personal.check(&VoucherFacts { owns: true, ..kept }), Ok(()), "the next gift is another one");
    }

    #[test]
    fn a_refusal_over_the_minimum_names_the_amount() {
        let problem = VoucherProblem::from(VoucherRefusal::BelowMinimum { minimum: Money::minor(150_000) });
        let message = problem.message(Currency::Rupiah);
        assert!(message.text(Locale::Indonesian).contains("Rp\u{a0}150.000"));
        assert!(message.text(Locale::English).contains("Rp\u{a0}150.000"));
    }

    #[test]
    fn codes_are_read_in_any_case() {
        assert_eq!(VoucherCode::typed("  hemat-10 ").unwrap().as_str(), "HEMAT-10");
        for bad in ["", "a b", "hemat%", "é", "A'--"] {
            assert!(VoucherCode::typed(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn one_in_twenty_is_a_top_spender_and_never_nobody() {
        for (buyers, top) in [(0, 0), (1, 1), (20, 1), (21, 2), (100, 5), (101, 6)] {
            assert_eq!(top_spenders(buyers), top, "{buyers}");
        }
    }

    fn vouchers() -> impl Strategy<Value = Voucher> {
        let limits = (proptest::option::of(0_u32..5), proptest::option::of(0_u32..5));
        let times = (proptest::option::of(-50_i64..50), proptest::option::of(-50_i64..50));
        (limits, times, any::<[bool; 3]>()).prop_map(|((total_limit, customer_limit), (starts, ends), flags)| Voucher {
            starts_at: starts.map(|seconds| now() + TimeDelta::seconds(seconds)),
            ends_at: ends.map(|seconds| now() + TimeDelta::seconds(seconds)),
            total_limit,
            customer_limit,
            first_order_only: flags[0],
            is_personal: flags[1],
            is_active: flags[2],
            ..plain()
        })
    }

    fn facts() -> impl Strategy<Value = VoucherFacts> {
        (-60_i64..60, 0_u32..6, 0_u32..6, any::<[bool; 3]>()).prop_map(
            |(seconds, used, used_by_customer, [is_first_order, owns, used_kept])| VoucherFacts {
                now: now() + TimeDelta::seconds(seconds),
                used,
                used_by_customer,
                is_first_order,
                owns,
                used_kept,
            },
        )
    }

    proptest! {
        /// Pitfall M5. Nothing that passes would overrun a limit, a date or an owner.
        #[test]
        fn what_passes_keeps_every_condition(voucher in vouchers(), facts in facts()) {
            let kept = voucher.is_active
                && voucher.starts_at.is_none_or(|at| at <= facts.now)
                && voucher.ends_at.is_none_or(|at| facts.now < at)
                && voucher.total_limit.is_none_or(|limit| facts.used < limit)
                && voucher.customer_limit.is_none_or(|limit| facts.used_by_customer < limit)
                && (facts.is_first_order || !voucher.first_order_only)
                && (facts.owns || !voucher.is_personal)
                && (voucher.is_personal || !facts.used_kept);
            prop_assert_eq!(voucher.check(&facts).is_ok(), kept);
        }

        /// Using it once more never turns a refusal into a yes.
        #[test]
        fn uses_only_ever_speak_against_it(voucher in vouchers(), facts in facts()) {
            let more = VoucherFacts { used: facts.used + 1, used_by_customer: facts.used_by_customer + 1, ..facts };
            prop_assert!(voucher.check(&more).is_err() || voucher.check(&facts).is_ok());
        }

        #[test]
        fn top_spenders_are_five_percent_rounded_up(buyers in 0_u64..1_000_000) {
            let top = top_spenders(buyers);
            prop_assert!(top * 20 >= buyers && (top == 0 || (top - 1) * 20 < buyers));
        }
    }
}
