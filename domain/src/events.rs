//! Live events: what the desktop window hears of while it is open.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{MembershipPurchaseId, OrderId, VariantId};
use crate::money::Money;
use crate::orders::OrderStatus;

pub use crate::id::EventId;

/// The name under which the desktop window receives a [`ShopEvent`].
pub const WINDOW_EVENT: &str = "shop-event";

/// Something that happened in the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopEvent {
    /// Ascending, and unique for ever.
    pub id: EventId,
    pub at: DateTime<Utc>,
    pub what: Happening,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Happening {
    /// `status` is the one that the order starts in.
    OrderPlaced {
        order_id: OrderId,
        number: String,
        total: Money,
        name: String,
        status: OrderStatus,
    },
    OrderPaid {
        order_id: OrderId,
        number: String,
        total: Money,
        name: String,
    },
    OrderMoved {
        order_id: OrderId,
        number: String,
        status: OrderStatus,
    },
    PaymentNeedsReview {
        order_id: OrderId,
        number: String,
    },
    /// Money came that the order could not take; it goes back by itself.
    MoneyGoesBack {
        order_id: OrderId,
        number: String,
        amount: Money,
    },
    /// The gateway will not give this money back: a person must.
    RefundFailed {
        order_id: OrderId,
        number: String,
        amount: Money,
    },
    /// A membership was bought, renewed or upgraded: its money is here.
    MembershipPaid {
        purchase_id: MembershipPurchaseId,
        number: String,
        name: String,
        amount: Money,
    },
    /// Money came that a membership could not use; it goes back by itself.
    MembershipMoneyGoesBack {
        purchase_id: MembershipPurchaseId,
        number: String,
        amount: Money,
    },
    /// Money of a membership needs a person: another amount came, or a refund was refused.
    MembershipNeedsReview {
        purchase_id: MembershipPurchaseId,
        number: String,
    },
    /// Plans, members or purchases are not what they were.
    MembershipsChanged,
    StockLow {
        variant_id: VariantId,
        sku: String,
        available: u32,
    },
    StockChanged {
        variant_id: VariantId,
    },
    /// The stock check found counters that disagree with the ledger, and not all of them were known.
    StockDisagrees {
        sku: String,
        count: u64,
    },
    /// What a gateway told cannot be applied: a person must look.
    NoticeStuck {
        gateway: String,
    },
    /// A stuck notice is one no more.
    NoticesChanged,
    SettingsChanged,
}

impl Happening {
    /// Whether there is an order to pack that was not there before: it is paid, or will be at the door.
    pub const fn brings_work(&self) -> bool {
        match self {
            Self::OrderPaid { .. } | Self::OrderPlaced { status: OrderStatus::Processing, .. } => true,
            Self::OrderPlaced { .. }
            | Self::OrderMoved { .. }
            | Self::PaymentNeedsReview { .. }
            | Self::MoneyGoesBack { .. }
            | Self::RefundFailed { .. }
            | Self::MembershipPaid { .. }
            | Self::MembershipMoneyGoesBack { .. }
            | Self::MembershipNeedsReview { .. }
            | Self::MembershipsChanged
            | Self::StockLow { .. }
            | Self::StockChanged { .. }
            | Self::StockDisagrees { .. }
            | Self::NoticeStuck { .. }
            | Self::NoticesChanged
            | Self::SettingsChanged => false,
        }
    }

    /// The word for it in the event log.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::OrderPlaced { .. } => "order_placed",
            Self::OrderPaid { .. } => "order_paid",
            Self::OrderMoved { .. } => "order_moved",
            Self::PaymentNeedsReview { .. } => "payment_needs_review",
            Self::MoneyGoesBack { .. } => "money_goes_back",
            Self::RefundFailed { .. } => "refund_failed",
            Self::MembershipPaid { .. } => "membership_paid",
            Self::MembershipMoneyGoesBack { .. } => "membership_money_goes_back",
            Self::MembershipNeedsReview { .. } => "membership_needs_review",
            Self::MembershipsChanged => "memberships_changed",
            Self::StockLow { .. } => "stock_low",
            Self::StockChanged { .. } => "stock_changed",
            Self::StockDisagrees { .. } => "stock_disagrees",
            Self::NoticeStuck { .. } => "notice_stuck",
            Self::NoticesChanged => "notices_changed",
            Self::SettingsChanged => "settings_changed",
        }
    }
}
