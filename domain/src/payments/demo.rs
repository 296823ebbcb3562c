//! What the shop and the practice gateway say to each other.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::GatewayOutcome;
use crate::locale::Locale;
use crate::money::{Currency, Money};

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

/// What the shop asks of the demo gateway: `POST /v1/payments/{reference}/end`. Nobody can pay it afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoEndRequest {
    /// As in the address, so that the signature covers it.
    pub reference: String,
}

/// What the shop asks of the demo gateway: `POST /v1/payments/{reference}/refunds`, the same answer for the same key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoRefundRequest {
    /// As in the address, so that the signature covers it.
    pub reference: String,
    /// The same when the shop asks again for the same refund.
    pub key: String,
    pub amount: Money,
    pub currency: Currency,
    pub reason: String,
}

/// A refund at the demo gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoRefund {
    pub refund_id: String,
    pub key: String,
    pub amount: Money,
    pub currency: Currency,
}

/// What the demo gateway posts to the shop when money went back, signed as every notification is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoRefundNotification {
    /// Unique per event, the same when it is sent again.
    pub event_id: String,
    /// Our reference of the attempt that was paid.
    pub reference: String,
    pub refund: DemoRefund,
    pub at: DateTime<Utc>,
}

/// What the demo gateway answers when it will not do what it was asked, beside a status that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoRefusal {
    pub error: String,
}
