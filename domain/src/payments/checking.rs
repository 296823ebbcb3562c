//! Money that a person must look at: what came is not what was asked for, or a gateway will not give it back.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{OrderId, PaymentId, RefundId};
use crate::money::{Currency, Money};
use crate::text_enum::text_enum;

/// A payment of another amount than was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentToCheck {
    pub id: PaymentId,
    /// The name of the attempt to pay, as the gateway knows it.
    pub reference: String,
    pub gateway: String,
    pub asked: Money,
    pub currency: Currency,
    /// What the gateway says came; nothing for those of before this was kept.
    pub came: Option<(Money, Currency)>,
    pub at: DateTime<Utc>,
}

impl PaymentToCheck {
    /// Whether what came can count: it is of the currency that was asked for.
    pub fn can_count(&self) -> bool {
        self.came.is_some_and(|(amount, currency)| currency == self.currency && amount > Money::ZERO)
    }
}

text_enum! {
    /// What a person decides about such a payment.
    pub enum PaymentDecision {
        /// What came counts as the whole payment; what is too much of it goes back.
        Count = "count",
        /// It does not count: it was given back, or never came.
        Dismiss = "dismiss",
    }
}

/// Asks to decide about a payment of another amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettlePayment {
    pub payment_id: PaymentId,
    pub decision: PaymentDecision,
    /// Why, for the history.
    pub reason: String,
}

/// Asks the gateways how an order's attempts to pay stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckPayments {
    pub order_id: OrderId,
}

text_enum! {
    /// What a person decides about a refund that the gateway refused.
    pub enum RefundDecision {
        /// The gateway is asked again.
        Again = "again",
        /// The buyer has the money by another way.
        ByHand = "by_hand",
    }
}

/// Asks to decide about a refund that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettleRefund {
    pub refund_id: RefundId,
    pub decision: RefundDecision,
    /// Why, for the history.
    pub reason: String,
}
