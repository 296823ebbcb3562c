//! The keys that open the shop's accounts at gateways. They are never told, logged or written to where others read.

use domain::payments::{GatewayMode, GatewayName};
use domain::secrets::{Secret, SecretName};

use sqlx::MySqlConnection;

use super::midtrans::{Midtrans, MidtransKeys};
use super::stripe::{Stripe, StripeKeys};
use super::xendit::{Xendit, XenditKeys};
use super::{Answer, Gateways};
use crate::Shop;
use crate::error::{Error, Result};
use crate::events::Follower;
use crate::secrets::sealed::{self, Keeper};

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

/// What a host says of gateways beside their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatewayPlaces {
    /// Where the key itself does not say it.
    pub modes: Vec<(GatewayName, GatewayMode)>,
    /// Where a gateway is, when it is not where it is for everybody.
    pub urls: Vec<(GatewayName, String)>,
    pub midtrans_signing_key: Option<Secret>,
}

impl Shop {
    /// Takes into use the gateways that there are keys of, and lets the others go; the practice gateway stays as it is. So it
    /// stays until other keys are entered at a desk.
    pub fn set_gateway_keys(&self, keys: &Keys) {
        self.gateways.set_keys(keys);
    }

    /// Hands over what the host says of gateways beside their keys; it counts from the next opening of them.
    pub fn set_gateway_places(&self, places: GatewayPlaces) {
        self.gateways.set_places(places);
    }

    /// Takes into use the gateways whose keys are given by the host or were entered at a desk.
    pub async fn open_gateways(&self) -> Result<()> {
        open(&mut *self.db.acquire().await?, self.secrets(), &self.gateways).await
    }
}

/// Takes keys into use that were entered at another desk.
#[derive(Debug)]
pub(crate) struct KeyFollower {
    pub(crate) gateways: Gateways,
    pub(crate) keeper: Keeper,
}

impl Follower for KeyFollower {
    fn follow<'a>(&'a self, conn: &'a mut MySqlConnection) -> Answer<'a, ()> {
        Box::pin(open(conn, &self.keeper, &self.gateways))
    }
}

impl Gateways {
    fn set_keys(&self, keys: &Keys) {
        let Keys { midtrans, xendit, stripe } = keys;
        self.set_or_forget(GatewayName::Midtrans, midtrans.as_ref().map(|keys| (Midtrans::new(keys), keys.mode)));
        self.set_or_forget(GatewayName::Xendit, xendit.as_ref().map(|keys| (Xendit::new(keys), keys.mode)));
        self.set_or_forget(GatewayName::Stripe, stripe.as_ref().map(|keys| (Stripe::new(keys), keys.mode)));
    }
}

/// Takes into use the gateways whose keys are given or sealed now. What was opened with the same keys stays as it is.
pub(crate) async fn open(conn: &mut MySqlConnection, keeper: &Keeper, gateways: &Gateways) -> Result<()> {
    // One after the other, so that nobody puts keys in the place of newer ones.
    let mut opened = gateways.opened.lock().await;
    let keys = read(conn, keeper, &gateways.places()).await?;
    if *opened != keys {
        gateways.set_keys(&keys);
        *opened = keys;
    }
    Ok(())
}

async fn read(conn: &mut MySqlConnection, keeper: &Keeper, places: &GatewayPlaces) -> Result<Keys> {
    let url = |name| places.urls.iter().find(|(of, _)| *of == name).map(|(_, url)| url.clone());
    let mode = |name, key: &str| {
        places.modes.iter().find(|(of, _)| *of == name).map_or_else(|| mode_of(key), |(_, mode)| *mode)
    };
    let mut keys = Keys::default();
    if let Some(server_key) = key(conn, keeper, SecretName::MidtransServerKey).await? {
        keys.midtrans = Some(MidtransKeys {
            mode: mode(GatewayName::Midtrans, &server_key),
            server_key,
            signing_key: places.midtrans_signing_key.as_ref().map(|key| key.reveal().to_owned()),
            base_url: url(GatewayName::Midtrans),
        });
    }
    let xendit = key(conn, keeper, SecretName::XenditSecretKey).await?;
    if let Some((secret_key, callback_token)) = xendit.zip(key(conn, keeper, SecretName::XenditCallbackToken).await?) {
        let (mode, base_url) = (mode(GatewayName::Xendit, &secret_key), url(GatewayName::Xendit));
        keys.xendit = Some(XenditKeys { mode, secret_key, callback_token, base_url });
    }
    let stripe = key(conn, keeper, SecretName::StripeSecretKey).await?;
    if let Some((secret_key, webhook_secret)) = stripe.zip(key(conn, keeper, SecretName::StripeWebhookSecret).await?) {
        let (mode, base_url) = (mode(GatewayName::Stripe, &secret_key), url(GatewayName::Stripe));
        keys.stripe = Some(StripeKeys { mode, secret_key, webhook_secret, base_url });
    }
    Ok(keys)
}

/// One that cannot be opened any more is none: it must be entered again.
async fn key(conn: &mut MySqlConnection, keeper: &Keeper, name: SecretName) -> Result<Option<String>> {
    match sealed::get(conn, keeper, name).await {
        Ok(secret) => Ok(secret.map(|secret| secret.reveal().to_owned())),
        Err(Error::Refused(_)) => {
            tracing::warn!(secret = %name, "the key of a payment service cannot be read any more");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Whether a key moves real money, by how gateways begin theirs.
fn mode_of(key: &str) -> GatewayMode {
    let is_test = ["SB-", "xnd_development_", "sk_test_", "rk_test_"].iter().any(|start| key.starts_with(start));
    if is_test { GatewayMode::Test } else { GatewayMode::Live }
}

#[cfg(test)]
mod tests {
    use domain::payments::GatewayMode;

    use super::mode_of;

    #[test]
    fn a_key_says_whether_it_moves_real_money() {
        for key in ["SB-Mid-server-x", "xnd_development_x", "sk_test_x"] {
            assert_eq!(mode_of(key), GatewayMode::Test, "{key}");
        }
        for key in ["Mid-server-x", "xnd_production_x", "sk_live_x"] {
            assert_eq!(mode_of(key), GatewayMode::Live, "{key}");
        }
    }
}
