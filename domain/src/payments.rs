//! Payments: what is paid for, how a buyer pays, and what a gateway can say about it.

use crate::id::{MembershipPurchaseId, OrderId};
use crate::locale::Locale;
use crate::text_enum::text_enum;

mod checking;
mod demo;
mod lists;
mod methods;
mod notices;
mod parts;
mod refunds;
mod services;
mod transfers;
mod verdict;

pub use crate::id::{PaymentId, ProofId, RefundId};
pub use checking::{CheckPayments, PaymentDecision, PaymentToCheck, RefundDecision, SettlePayment, SettleRefund};
pub use demo::{
    DemoEndRequest, DemoNotification, DemoPayment, DemoPaymentRequest, DemoRefund, DemoRefundNotification,
    DemoRefundRequest, DemoRefusal,
};
pub use lists::{
    AttemptPage, AttemptRow, CheckAttempt, GetNotice, ListAttempts, ListNotices, NoticeDetail, NoticeOutcome,
    NoticePage, NoticeRow, PaidFor, RefusedNotices, blacked_out,
};
pub use methods::{Bank, Carriage, GatewayMode, GatewayName, MethodKind, PaymentMethod};
pub use notices::{NoticeAbout, NoticeTrouble, RetryNotice, SetAsideNotice, StuckNotice};
pub use parts::BillPart;
pub use refunds::{
    Balance, MoneyLeft, Refund, RefundOrder, RefundReason, RefundRefused, RefundStatus, RefundWhat, allot,
    price_of_units,
};
pub use services::{GatewayKey, GatewayState, GatewayTried, ListGateways, SaveGatewayKeys, TryGateway};
pub use transfers::{
    AFTER_REFUSAL, BankAccount, CountTransfer, DecideProof, GetProof, ListProofs, MOST_PDF_BYTES, MOST_PROOF_BYTES,
    MOST_PROOFS, OrderTransfer, PROOF_HOLD, Proof, ProofDetail, ProofKind, ProofPage, ProofRow, ProofShow, ProofStatus,
    ProofVerdict, SaveProofFile, TransferRules, digits_of,
};
pub use verdict::Verdict;

/// What a payment is for. Every path of money names it, and matches it whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Payable {
    Order(OrderId),
    Membership(MembershipPurchaseId),
}

impl Payable {
    /// The order, if it is one.
    pub const fn order(self) -> Option<OrderId> {
        match self {
            Self::Order(id) => Some(id),
            Self::Membership(_) => None,
        }
    }

    /// The purchase of a membership, if it is one.
    pub const fn membership(self) -> Option<MembershipPurchaseId> {
        match self {
            Self::Membership(id) => Some(id),
            Self::Order(_) => None,
        }
    }

    /// What two columns of a row name, of which exactly one is filled.
    pub const fn of(order: Option<OrderId>, membership: Option<MembershipPurchaseId>) -> Option<Self> {
        match (order, membership) {
            (Some(order), None) => Some(Self::Order(order)),
            (None, Some(membership)) => Some(Self::Membership(membership)),
            (None, None) | (Some(_), Some(_)) => None,
        }
    }
}

impl From<OrderId> for Payable {
    fn from(order: OrderId) -> Self {
        Self::Order(order)
    }
}

impl From<MembershipPurchaseId> for Payable {
    fn from(purchase: MembershipPurchaseId) -> Self {
        Self::Membership(purchase)
    }
}

text_enum! {
    /// Where an attempt to pay stands.
    pub enum PaymentStatus {
        /// The buyer may still pay.
        Pending = "pending",
        Paid = "paid",
        Failed = "failed",
        Expired = "expired",
        /// Money came that the order cannot take: a person must look.
        NeedsReview = "needs_review",
    }
}

impl PaymentStatus {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Pending, Locale::Indonesian) => "Menunggu",
            (Self::Pending, Locale::English) => "Pending",
            (Self::Paid, Locale::Indonesian) => "Lunas",
            (Self::Paid, Locale::English) => "Paid",
            (Self::Failed, Locale::Indonesian) => "Gagal",
            (Self::Failed, Locale::English) => "Failed",
            (Self::Expired, Locale::Indonesian) => "Kedaluwarsa",
            (Self::Expired, Locale::English) => "Expired",
            (Self::NeedsReview, Locale::Indonesian) => "Perlu diperiksa",
            (Self::NeedsReview, Locale::English) => "Needs review",
        }
    }
}

text_enum! {
    /// What a gateway reports of an attempt.
    pub enum GatewayOutcome {
        Pending = "pending",
        Paid = "paid",
        Failed = "failed",
        Expired = "expired",
    }
}
