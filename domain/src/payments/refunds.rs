//! Refunds: money on its way back to a buyer, never more than came.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{OrderId, PaymentId, RefundId};
use crate::locale::Locale;
use crate::message::Message;
use crate::money::{Currency, Money};
use crate::orders::{Actor, LineUnits};
use crate::pricing;
use crate::text_enum::text_enum;
use crate::texts;

text_enum! {
    /// Where a refund stands.
    pub enum RefundStatus {
        /// The gateway has yet to say that it is done.
        Requested = "requested",
        Succeeded = "succeeded",
        /// The gateway will not: a person must give the money back.
        Failed = "failed",
    }
}

impl RefundStatus {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Requested, Locale::Indonesian) => "Sedang dikembalikan",
            (Self::Requested, Locale::English) => "On its way",
            (Self::Succeeded, Locale::Indonesian) => "Sudah dikembalikan",
            (Self::Succeeded, Locale::English) => "Refunded",
            (Self::Failed, Locale::Indonesian) => "Gagal dikembalikan",
            (Self::Failed, Locale::English) => "Refund failed",
        }
    }
}

impl RefundStatus {
    /// What buyers read: that a gateway refuses is for the shop to solve.
    pub const fn buyer_label(self, locale: Locale) -> &'static str {
        match self {
            Self::Requested | Self::Failed => Self::Requested.label(locale),
            Self::Succeeded => Self::Succeeded.label(locale),
        }
    }
}

/// Money that goes back to the buyer of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    pub id: RefundId,
    pub amount: Money,
    pub status: RefundStatus,
    pub reason: String,
    /// Paid out by hand, as no gateway took the money.
    pub by_hand: bool,
    pub actor: Actor,
    pub at: DateTime<Utc>,
    /// When it succeeded or failed.
    pub settled_at: Option<DateTime<Utc>>,
}

/// What was paid for an order, and what of it went back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    pub paid: Money,
    /// What has gone back or is on its way.
    pub refunded: Money,
}

impl Balance {
    /// What can still go back.
    pub fn left(&self) -> Money {
        self.paid.minus(self.refunded).filter(|left| !left.is_negative()).unwrap_or_default()
    }
}

texts! {
    /// Why the shop gives money back by itself, in the buyer's language.
    pub enum RefundReason {
        OrderCancelled => "Pesanan dibatalkan.", "The order was cancelled.";
        RestCalledOff => "Sisa pesanan dibatalkan.", "The rest of the order was cancelled.";
        CameBack => "Barang dikembalikan.", "The items came back.";
        CameTooLate => "Pembayaran datang setelah pesanan berakhir.", "The payment came after the order had ended.";
        TooMuch => "Uang yang masuk lebih dari harga pesanan.", "More money came than the order costs.";
        PaidTwice => "Pesanan ini sudah dibayar.", "This order had been paid already.";
        MembershipPaidTwice => "Keanggotaan ini sudah dibayar.", "This membership had been paid for already.";
        MembershipPurchaseOver => "Pembelian keanggotaan ini sudah dibatalkan.", "This purchase of a membership was cancelled.";
        MembershipChanged => "Keanggotaan Anda sudah berubah, jadi pembayaran ini tidak bisa dipakai.", "Your membership had changed, so this payment could not be used.";
        MembershipCostLess => "Sisa hari keanggotaan Anda membuat harganya lebih murah.", "The days left of your membership made it cost less.";
    }
}

/// Asks to give money back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundOrder {
    pub order_id: OrderId,
    pub what: RefundWhat,
    /// Why, for the buyer and the history.
    pub reason: String,
    /// The same when the same refund is asked for again, such as by a double click.
    pub key: String,
}

/// How much goes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundWhat {
    /// Everything that was paid and has not gone back.
    Everything,
    Amount(Money),
    /// What the buyer paid for these units.
    Units(Vec<LineUnits>),
}

/// A payment, and what of it has not gone back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoneyLeft {
    pub payment: PaymentId,
    pub left: Money,
}

impl RefundRefused {
    /// What a person reads of it.
    pub fn message(self, currency: Currency) -> Message {
        match self {
            Self::Nothing => Message::NothingToRefund,
            Self::TooMuch { left } => Message::TooMuchToRefund { left: left.display(currency) },
            Self::NotAnAmount => Message::NotAnAmount,
        }
    }
}

/// Why money cannot go back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefundRefused {
    #[error("nothing is left to give back")]
    Nothing,
    #[error("only {left:?} is left to give back")]
    TooMuch { left: Money },
    #[error("an amount must be more than zero")]
    NotAnAmount,
}

/// Parts a refund among the payments that it comes from, the newest first; the parts sum to the amount.
///
/// # Errors
/// When the amount is not above zero, or more than is left.
pub fn allot(amount: Money, payments: &[MoneyLeft]) -> Result<Vec<(PaymentId, Money)>, RefundRefused> {
    let left = Money::sum(payments.iter().map(|payment| payment.left)).ok_or(RefundRefused::NotAnAmount)?;
    if amount <= Money::ZERO {
        return Err(if left <= Money::ZERO { RefundRefused::Nothing } else { RefundRefused::NotAnAmount });
    }
    if left <= Money::ZERO {
        return Err(RefundRefused::Nothing);
    }
    if amount > left {
        return Err(RefundRefused::TooMuch { left });
    }

    let mut missing = amount;
    let mut parts = Vec::new();
    for payment in payments.iter().rev() {
        let part = missing.min(payment.left);
        if part > Money::ZERO {
            parts.push((payment.payment, part));
            missing = missing.minus(part).unwrap_or_default();
        }
    }
    Ok(parts)
}

/// What the buyer paid for some more units of lines: `(what the line cost, its units, units that went back, units that
/// go back now)`. `None` when a line has not so many left.
pub fn price_of_units(lines: impl IntoIterator<Item = (Money, u32, u32, u32)>) -> Option<Money> {
    let price = |(total, quantity, already, units)| pricing::refundable(total, quantity, already, units);
    let parts: Option<Vec<Money>> = lines.into_iter().map(price).collect();
    Money::sum(parts?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MoneyLeft, RefundRefused, allot, price_of_units};
    use crate::id::PaymentId;
    use crate::money::Money;

    fn payments(left: &[i64]) -> Vec<MoneyLeft> {
        let ids = (1..).map(PaymentId::new);
        ids.zip(left).map(|(payment, left)| MoneyLeft { payment, left: Money::minor(*left) }).collect()
    }

    #[test]
    fn the_newest_payment_gives_first() {
        let parts = allot(Money::minor(120), &payments(&[100, 50])).unwrap();
        assert_eq!(parts, [(PaymentId::new(2), Money::minor(50)), (PaymentId::new(1), Money::minor(70))]);
    }

    #[test]
    fn more_than_is_left_is_refused_and_so_is_nothing() {
        let left = Money::minor(150);
        assert_eq!(allot(Money::minor(151), &payments(&[100, 50])), Err(RefundRefused::TooMuch { left }));
        assert_eq!(allot(Money::ZERO, &payments(&[100])), Err(RefundRefused::NotAnAmount));
        assert_eq!(allot(Money::minor(-1), &payments(&[100])), Err(RefundRefused::NotAnAmount));
        assert_eq!(allot(Money::minor(1), &payments(&[0])), Err(RefundRefused::Nothing));
    }

    proptest! {
        /// Pitfall M9.
        #[test]
        fn the_parts_of_a_refund_sum_to_it_and_none_is_more_than_its_payment(
            left in proptest::collection::vec(0_i64..1_000_000_000_000, 1..6), share in 1_i64..=1_000,
        ) {
            let payments = payments(&left);
            let amount = Money::minor(left.iter().sum::<i64>() / share);
            prop_assume!(amount > Money::ZERO);
            let parts = allot(amount, &payments).unwrap();
            prop_assert_eq!(Money::sum(parts.iter().map(|part| part.1)), Some(amount));
            for (id, part) in parts {
                prop_assert!(payments.iter().any(|payment| payment.payment == id && part <= payment.left));
            }
        }

        #[test]
        fn units_given_back_one_by_one_come_to_the_line(total in 0_i64..1_000_000_000, quantity in 1_u32..50) {
            let each = (0..quantity).map(|already| price_of_units([(Money::minor(total), quantity, already, 1)]).unwrap());
            prop_assert_eq!(Money::sum(each), Some(Money::minor(total)));
        }
    }
}
