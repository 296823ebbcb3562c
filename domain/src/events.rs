//! Live events: what the desktop window hears of while it is open.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, MembershipPurchaseId, OrderId, ProductId, StaffId, StockTakeId, VariantId, VoucherId};
use crate::jobs::JobName;
use crate::money::Money;
use crate::orders::OrderStatus;
use crate::text_enum::text_enum;

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
    PaymentNeedsReview {
        order_id: OrderId,
        number: String,
    },
    /// A buyer sent a proof of a transfer: a person must look.
    ProofSent {
        order_id: OrderId,
        number: String,
        name: String,
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
    StockLow {
        variant_id: VariantId,
        sku: String,
        available: u32,
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
    /// It is not what it was. Whoever looks at it sees it again, and nobody else is told.
    Changed {
        about: About,
    },
}

text_enum! {
    /// What screens show: each event concerns one of these.
    pub enum Topic {
        Orders = "orders",
        Stock = "stock",
        StockTakes = "stock_takes",
        Catalog = "catalog",
        Vouchers = "vouchers",
        Memberships = "memberships",
        Customers = "customers",
        Letters = "letters",
        Notices = "notices",
        Jobs = "jobs",
        Settings = "settings",
        Staff = "staff",
    }
}

/// What something happened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Order(OrderId),
    Variant(VariantId),
    /// The stock as a whole.
    Stock,
    StockTake(StockTakeId),
    Product(ProductId),
    /// Many products at once.
    Goods,
    Categories,
    Voucher(VoucherId),
    /// Plans, members or what they bought.
    Memberships,
    Customer(CustomerId),
    /// What became of letters.
    Letters,
    /// What gateways told.
    Notices,
    Job(JobName),
    Settings,
    Staff(StaffId),
}

/// An order to pack that was not there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderToPack<'a> {
    pub number: &'a str,
    pub total: Money,
    /// Whom it is for.
    pub name: &'a str,
    /// Whether its money is here; else it comes at the door.
    pub is_paid: bool,
}

impl About {
    /// Which screens show it.
    pub const fn topic(self) -> Topic {
        match self {
            Self::Order(_) => Topic::Orders,
            Self::Variant(_) | Self::Stock => Topic::Stock,
            Self::StockTake(_) => Topic::StockTakes,
            Self::Product(_) | Self::Goods | Self::Categories => Topic::Catalog,
            Self::Voucher(_) => Topic::Vouchers,
            Self::Memberships => Topic::Memberships,
            Self::Customer(_) => Topic::Customers,
            Self::Letters => Topic::Letters,
            Self::Notices => Topic::Notices,
            Self::Job(_) => Topic::Jobs,
            Self::Settings => Topic::Settings,
            Self::Staff(_) => Topic::Staff,
        }
    }
}

/// It changed, and that is no news.
impl From<About> for Happening {
    fn from(about: About) -> Self {
        Self::Changed { about }
    }
}

impl Happening {
    /// What it happened to.
    pub const fn about(&self) -> About {
        match self {
            Self::OrderPlaced { order_id, .. }
            | Self::OrderPaid { order_id, .. }
            | Self::PaymentNeedsReview { order_id, .. }
            | Self::ProofSent { order_id, .. }
            | Self::MoneyGoesBack { order_id, .. }
            | Self::RefundFailed { order_id, .. } => About::Order(*order_id),
            Self::MembershipPaid { .. } | Self::MembershipMoneyGoesBack { .. } | Self::MembershipNeedsReview { .. } => {
                About::Memberships
            }
            Self::StockLow { variant_id, .. } => About::Variant(*variant_id),
            Self::StockDisagrees { .. } => About::Stock,
            Self::NoticeStuck { .. } => About::Notices,
            Self::Changed { about } => *about,
        }
    }

    /// Whether people want to be told at once, beyond seeing it in the lists.
    pub const fn is_news(&self) -> bool {
        !matches!(self, Self::Changed { .. })
    }

    /// The order to pack that was not there before: it is paid, or will be at the door.
    pub fn brings_work(&self) -> Option<OrderToPack<'_>> {
        if let Self::OrderPaid { number, total, name, .. } = self {
            return Some(OrderToPack { number, total: *total, name, is_paid: true });
        }
        let Self::OrderPlaced { number, total, name, status: OrderStatus::Processing, .. } = self else { return None };
        Some(OrderToPack { number, total: *total, name, is_paid: false })
    }
}

#[cfg(test)]
mod tests {
    use super::{About, Happening, Topic};
    use crate::money::Money;
    use crate::orders::{OrderId, OrderStatus};

    fn placed(status: OrderStatus) -> Happening {
        let (number, name) = ("ET-1".to_owned(), "Siti".to_owned());
        Happening::OrderPlaced { order_id: OrderId::new(1), number, total: Money::ZERO, name, status }
    }

    #[test]
    fn an_order_brings_work_when_it_can_be_packed() {
        assert_eq!(placed(OrderStatus::PendingPayment).brings_work(), None);
        assert!(placed(OrderStatus::Processing).brings_work().is_some_and(|order| !order.is_paid));
    }

    #[test]
    fn what_merely_changed_is_no_news() {
        let changed = Happening::from(About::Order(OrderId::new(1)));
        assert!(!changed.is_news() && placed(OrderStatus::Processing).is_news());
        assert_eq!((changed.about(), changed.about().topic()), (About::Order(OrderId::new(1)), Topic::Orders));
    }

    /// The word of a happening is in the table of events; it is written as it is read.
    #[test]
    fn a_happening_is_written_with_its_word() {
        let changed = Happening::from(About::Settings);
        assert_eq!(serde_json::to_string(&changed).unwrap(), r#"{"kind":"changed","about":"settings"}"#);
    }
}
