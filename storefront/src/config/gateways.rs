//! What the environment of a host says of payment services beside their keys.

use domain::payments::GatewayName;
use services::payments::GatewayPlaces;

/// Modes and addresses that variables name.
pub(super) fn places(variable: impl Fn(&str) -> Option<String>) -> GatewayPlaces {
    let of =
        |name: &GatewayName, what: &str| variable(&format!("ETALASE_{}_{what}", name.as_str().to_ascii_uppercase()));
    let modes = GatewayName::ALL.iter().filter_map(|name| Some((*name, of(name, "MODE")?.parse().ok()?)));
    let urls = GatewayName::ALL.iter().filter_map(|name| Some((*name, of(name, "URL")?)));
    GatewayPlaces {
        modes: modes.collect(),
        urls: urls.collect(),
        midtrans_signing_key: variable("ETALASE_MIDTRANS_SIGNING_KEY").map(Into::into),
    }
}

#[cfg(test)]
mod tests {
    use domain::payments::{GatewayMode, GatewayName};

    use super::places;

    #[test]
    fn variables_name_modes_and_addresses_and_no_key_is_printed() {
        let variables = [
            ("ETALASE_MIDTRANS_MODE", "live"),
            ("ETALASE_XENDIT_MODE", "gold"),
            ("ETALASE_STRIPE_URL", "http://127.0.0.1:4000"),
            ("ETALASE_MIDTRANS_SIGNING_KEY", "hush"),
        ];
        let read =
            places(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()));
        assert_eq!(read.modes, [(GatewayName::Midtrans, GatewayMode::Live)]);
        assert_eq!(read.urls, [(GatewayName::Stripe, "http://127.0.0.1:4000".to_owned())]);
        assert!(read.midtrans_signing_key.is_some() && !format!("{read:?}").contains("hush"));
    }
}
