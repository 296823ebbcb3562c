//! Notices: what gateways told and the shop could not apply, for a person to decide about.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{InboxId, OrderId};
use crate::locale::Locale;
use crate::money::{Currency, Money};
use crate::payments::GatewayOutcome;
use crate::text_enum::text_enum;

text_enum! {
    /// Why a notice could not be applied.
    pub enum NoticeTrouble {
        /// The shop does not use that payment service now.
        NoGateway = "no_gateway",
        /// It is genuine, and says nothing that can be understood.
        Unreadable = "unreadable",
        /// It brings money for a payment that the shop does not know.
        UnknownPayment = "unknown_payment",
        /// It tells of a refund that the shop did not ask for.
        UnknownRefund = "unknown_refund",
        /// It names a payment, and the gateway does not say how that stands.
        GatewayAway = "gateway_away",
        /// Applying it met an error of the shop's own.
        Failed = "failed",
    }
}

impl NoticeTrouble {
    /// What people read of it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::NoGateway, Locale::Indonesian) => "Layanan pembayaran ini sedang tidak dipakai.",
            (Self::NoGateway, Locale::English) => "This payment service is not in use at the moment.",
            (Self::Unreadable, Locale::Indonesian) => "Isinya tidak bisa dibaca.",
            (Self::Unreadable, Locale::English) => "What it says cannot be read.",
            (Self::UnknownPayment, Locale::Indonesian) => "Uang masuk untuk pembayaran yang tidak dikenal toko ini.",
            (Self::UnknownPayment, Locale::English) => "Money came for a payment that this shop does not know.",
            (Self::UnknownRefund, Locale::Indonesian) => "Uang dikembalikan tanpa diminta toko ini.",
            (Self::UnknownRefund, Locale::English) => "Money went back that this shop did not give back.",
            (Self::GatewayAway, Locale::Indonesian) => "Layanan pembayaran tidak menjawab saat ditanya keadaannya.",
            (Self::GatewayAway, Locale::English) => "The payment service does not answer when asked about the payment.",
            (Self::Failed, Locale::Indonesian) => "Ada kesalahan di toko ini saat memprosesnya.",
            (Self::Failed, Locale::English) => "The shop met an error of its own while applying it.",
        }
    }
}

/// A notice that was tried some times and could not be applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StuckNotice {
    pub id: InboxId,
    pub gateway: String,
    pub received_at: DateTime<Utc>,
    pub tries: u32,
    /// When it is tried again by itself.
    pub next_try_at: Option<DateTime<Utc>>,
    pub trouble: NoticeTrouble,
    /// What went wrong, for whoever helps the owner.
    pub detail: Option<String>,
    /// What it says, if it can be read.
    pub about: Option<NoticeAbout>,
}

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeAbout {
    /// The name of the attempt to pay.
    pub reference: String,
    /// How the attempt stands; nothing when money went back.
    pub outcome: Option<GatewayOutcome>,
    /// Nothing when it only names a payment.
    pub money: Option<(Money, Currency)>,
    /// The order that it is about, if the shop knows it.
    pub order_id: Option<OrderId>,
}

/// Asks to apply a stuck notice at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetryNotice {
    pub notice_id: InboxId,
}

/// Asks to leave a stuck notice alone for good: a person has seen to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAsideNotice {
    pub notice_id: InboxId,
    /// What was done about it, for the history.
    pub reason: String,
}
