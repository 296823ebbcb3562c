//! Payment services as the owner sees them: whether each is ready, what to enter there, and whether it answers.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{GatewayMode, GatewayName, PaymentMethod};
use crate::secrets::{Secret, SecretName};

/// Asks how the payment services stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListGateways {}

/// A payment service, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayState {
    pub name: GatewayName,
    /// Whether it moves real money; nothing while its keys are not set.
    pub mode: Option<GatewayMode>,
    /// The address to enter at the service, where it tells what happened.
    pub notify_url: String,
    /// Whether the service can reach that address: it is public and encrypted.
    pub is_reachable: bool,
    /// When it last told something that was genuine.
    pub last_notice_at: Option<DateTime<Utc>>,
    /// The offered methods that it carries.
    pub carries: Vec<PaymentMethod>,
}

/// Asks to keep keys of a payment service, in the place of those before. They are sealed, and never told again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveGatewayKeys {
    pub gateway: GatewayName,
    pub keys: Vec<GatewayKey>,
}

/// A key of a payment service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewayKey {
    pub name: SecretName,
    pub secret: Secret,
}

impl GatewayName {
    /// The keys that its account has.
    pub const fn keys(self) -> &'static [SecretName] {
        match self {
            Self::Demo => &[],
            Self::Midtrans => &[SecretName::MidtransServerKey],
            Self::Xendit => &[SecretName::XenditSecretKey, SecretName::XenditCallbackToken],
            Self::Stripe => &[SecretName::StripeSecretKey, SecretName::StripeWebhookSecret],
        }
    }
}

/// Asks a payment service something harmless with the shop's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TryGateway {
    pub gateway: GatewayName,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayTried {
    pub gateway: GatewayName,
    /// Why it cannot be used, in its own words; nothing when it can.
    pub trouble: Option<String>,
}
