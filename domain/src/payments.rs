//! Payments: how a buyer pays, and what a gateway can say about it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::money::{Currency, Money};
use crate::text_enum::text_enum;

pub use crate::id::PaymentId;

text_enum! {
    /// How a buyer pays.
    pub enum PaymentMethod {
        /// The practice gateway of a demo shop.
        Demo = "demo",
        CashOnDelivery = "cash_on_delivery",
    }
}

impl PaymentMethod {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Demo, Locale::Indonesian) => "Pembayaran online (demo)",
            (Self::Demo, Locale::English) => "Online payment (demo)",
            (Self::CashOnDelivery, Locale::Indonesian) => "Bayar di tempat (COD)",
            (Self::CashOnDelivery, Locale::English) => "Cash on delivery",
        }
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

/// What the demo gateway posts to the shop.
///
/// The header `X-Demo-Signature` is `t=<unix seconds>,v1=<hex>`, where v1 is the HMAC-SHA256 of `<t>.<body>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoNotification {
    /// Unique per event, the same when it is sent again.
    pub event_id: String,
    /// Our reference of the attempt.
    pub reference: String,
    pub outcome: GatewayOutcome,
    /// Minor units.
    pub amount: Money,
    pub currency: Currency,
    pub at: DateTime<Utc>,
}

/// What the shop asks of the demo gateway: `POST /v1/payments`, the same answer for the same reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoPaymentRequest {
    pub reference: String,
    pub order_number: String,
    pub shop_name: String,
    pub amount: Money,
    pub currency: Currency,
    pub locale: Locale,
    pub expires_at: DateTime<Utc>,
    /// Where the browser goes afterwards.
    pub return_url: String,
    /// Where notifications are posted.
    pub notify_url: String,
}

/// The demo gateway's answer, and what `GET /v1/payments/{reference}` says later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoPayment {
    pub reference: String,
    pub outcome: GatewayOutcome,
    pub amount: Money,
    pub currency: Currency,
    /// The hosted page.
    pub redirect_url: String,
}
