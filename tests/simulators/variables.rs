//! Payment services as a shop and the host of a server name them.

use domain::payments::GatewayName;
use services::payments::Keys;

use crate::simulators::{KEY, PROOF, Simulator};

impl Simulator {
    /// What the host of a server says of it.
    pub(crate) fn variables(&self) -> Vec<(String, String)> {
        let secrets = match self.name {
            GatewayName::Midtrans => ["SERVER_KEY", "SIGNING_KEY"],
            GatewayName::Xendit => ["SECRET_KEY", "CALLBACK_TOKEN"],
            GatewayName::Stripe => ["SECRET_KEY", "WEBHOOK_SECRET"],
            GatewayName::Demo => return Vec::new(),
        };
        let name = self.name.as_str().to_uppercase();
        let values = [(secrets[0], KEY), (secrets[1], PROOF), ("MODE", "test"), ("URL", self.url())];
        values.map(|(what, value)| (format!("ETALASE_{name}_{what}"), value.to_owned())).to_vec()
    }
}

/// The keys of several, each for itself.
pub(crate) fn all_keys<'a>(services: impl IntoIterator<Item = &'a Simulator>) -> Keys {
    services.into_iter().map(Simulator::keys).fold(Keys::default(), |all, one| Keys {
        midtrans: all.midtrans.or(one.midtrans),
        xendit: all.xendit.or(one.xendit),
        stripe: all.stripe.or(one.stripe),
    })
}
