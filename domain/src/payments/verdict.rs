//! What news of a gateway do to an attempt. In whatever order the same news come, and however often, the end is the same:
//! money counts above everything, and an end by time above a refusal.

use super::{GatewayOutcome, PaymentStatus};
use crate::money::{Currency, Money};

/// What comes of news about an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are old, or tell nothing that is not known.
    Nothing,
    /// Another amount than was asked for: a person decides.
    OtherAmount,
    Failed,
    Expired,
    Paid,
}

impl PaymentStatus {
    /// What an attempt does that was asked for so much, when its gateway says that of it.
    pub fn told(self, outcome: GatewayOutcome, came: (Money, Currency), asked: (Money, Currency)) -> Verdict {
        if matches!(self, Self::Paid | Self::NeedsReview) || outcome == GatewayOutcome::Pending {
            // Nothing that comes late takes money back.
            return Verdict::Nothing;
        }
        if came != asked {
            return Verdict::OtherAmount;
        }
        match outcome {
            GatewayOutcome::Paid => Verdict::Paid,
            GatewayOutcome::Expired => Verdict::Expired,
            GatewayOutcome::Failed if self == Self::Expired => Verdict::Nothing,
            GatewayOutcome::Failed => Verdict::Failed,
            GatewayOutcome::Pending => Verdict::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::Verdict;
    use crate::money::{Currency, Money};
    use crate::payments::{GatewayOutcome, PaymentStatus};

    const ASKED: (Money, Currency) = (Money::minor(150_000), Currency::Rupiah);

    fn after(status: PaymentStatus, outcome: GatewayOutcome, came: (Money, Currency)) -> PaymentStatus {
        match status.told(outcome, came, ASKED) {
            Verdict::Nothing => status,
            Verdict::OtherAmount => PaymentStatus::NeedsReview,
            Verdict::Failed => PaymentStatus::Failed,
            Verdict::Expired => PaymentStatus::Expired,
            Verdict::Paid => PaymentStatus::Paid,
        }
    }

    /// All texts of up to so many letters.
    fn words(letters: usize, longest: u32) -> impl Iterator<Item = Vec<usize>> {
        (1..=longest).flat_map(move |length| {
            (0..letters.pow(length)).map(move |mut number| {
                let mut word = Vec::new();
                for _ in 0..length {
                    word.push(number % letters);
                    number /= letters;
                }
                word
            })
        })
    }

    #[test]
    fn the_same_news_end_in_the_same_way_in_any_order_and_however_often() {
        for began in PaymentStatus::ALL {
            let mut ends: BTreeMap<BTreeSet<usize>, PaymentStatus> = BTreeMap::new();
            let mut walked = 0;
            for word in words(GatewayOutcome::ALL.len(), 5) {
                let end = word.iter().fold(*began, |status, at| after(status, GatewayOutcome::ALL[*at], ASKED));
                let known = *ends.entry(word.iter().copied().collect()).or_insert(end);
                assert_eq!(known, end, "{began} {word:?}");
                walked += 1;
            }
            assert_eq!(walked, 4 + 16 + 64 + 256 + 1024);
        }
    }

    #[test]
    fn money_counts_above_all_and_nothing_takes_it_back() {
        use PaymentStatus::{Expired, Failed, NeedsReview, Paid, Pending};
        for status in [Pending, Failed, Expired] {
            assert_eq!(after(status, GatewayOutcome::Paid, ASKED), Paid, "{status}");
            assert_eq!(after(status, GatewayOutcome::Pending, ASKED), status);
        }
        for status in [Paid, NeedsReview] {
            for outcome in GatewayOutcome::ALL {
                assert_eq!(after(status, *outcome, ASKED), status, "{status} {outcome}");
            }
        }
    }

    #[test]
    fn another_amount_or_currency_is_never_money() {
        let others = [
            (Money::minor(149_999), Currency::Rupiah),
            (Money::minor(150_001), Currency::Rupiah),
            (Money::minor(150_000), Currency::Dollar),
            (Money::ZERO, Currency::Rupiah),
        ];
        for came in others {
            for status in [PaymentStatus::Pending, PaymentStatus::Failed, PaymentStatus::Expired] {
                assert_eq!(after(status, GatewayOutcome::Paid, came), PaymentStatus::NeedsReview, "{status} {came:?}");
            }
        }
    }
}
