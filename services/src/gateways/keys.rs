//! The keys that open the shop's accounts at gateways. They are never told, logged or written to where others read.

use domain::payments::{GatewayMode, GatewayName};

use super::midtrans::{Midtrans, MidtransKeys};
use super::stripe::{Stripe, StripeKeys};
use super::xendit::{Xendit, XenditKeys};
use crate::Shop;

/// What the owner has of each gateway.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Keys {
    pub midtrans: Option<MidtransKeys>,
    pub xendit: Option<XenditKeys>,
    pub stripe: Option<StripeKeys>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

impl Shop {
    /// Takes into use the gateways that there are keys of, and lets the others go; the practice gateway stays as it is.
    pub fn set_gateway_keys(&self, keys: &Keys) {
        let Keys { midtrans, xendit, stripe } = keys;
        let all = &self.gateways;
        all.set_or_forget(GatewayName::Midtrans, midtrans.as_ref().map(|keys| (Midtrans::new(keys), keys.mode)));
        all.set_or_forget(GatewayName::Xendit, xendit.as_ref().map(|keys| (Xendit::new(keys), keys.mode)));
        all.set_or_forget(GatewayName::Stripe, stripe.as_ref().map(|keys| (Stripe::new(keys), keys.mode)));
    }
}

/// Whether a key moves real money, by how gateways begin theirs.
pub fn mode_of(key: &str) -> GatewayMode {
    let is_test = ["SB-", "xnd_development_", "sk_test_", "rk_test_"].iter().any(|start| key.starts_with(start));
    if is_test { GatewayMode::Test } else { GatewayMode::Live }
}
