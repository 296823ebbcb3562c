//! What the environment of a host says of payment services beside their keys.

use domain::payments::{GatewayMode, GatewayName};
use domain::secrets::Secret;
use services::payments::GatewayPlaces;

use super::ConfigError;

/// Signs what Midtrans tells, where that is another key than the server key.
const SIGNING_KEY: &str = "ETALASE_MIDTRANS_SIGNING_KEY";

/// Modes and addresses that variables name.
pub(super) fn places(variable: impl Fn(&str) -> Option<String>) -> Result<GatewayPlaces, ConfigError> {
    let mut places = GatewayPlaces::default();
    // The practice gateway is found by itself.
    for gateway in GatewayName::ALL.iter().copied().filter(|name| *name != GatewayName::Demo) {
        let named = |what: &str| format!("ETALASE_{}_{what}", gateway.as_str().to_ascii_uppercase());
        let (mode, url) = (named("MODE"), named("URL"));
        if let Some(word) = variable(&mode) {
            let word: GatewayMode = word.trim().parse().map_err(|_| ConfigError::BadGatewayMode(mode))?;
            places.modes.push((gateway, word));
        }
        if let Some(address) = variable(&url) {
            let is_web = reqwest::Url::parse(&address).is_ok_and(|it| matches!(it.scheme(), "http" | "https"));
            if !is_web {
                return Err(ConfigError::BadGatewayUrl(url));
            }
            places.urls.push((gateway, address));
        }
    }
    if let Some(key) = variable(SIGNING_KEY) {
        places.midtrans_signing_key = Some(Secret::read(&key).map_err(|_| ConfigError::BadSecret(SIGNING_KEY))?);
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use domain::payments::{GatewayMode, GatewayName};
    use services::payments::GatewayPlaces;

    use super::{ConfigError, places};

    fn read(variables: &[(&str, &str)]) -> Result<GatewayPlaces, ConfigError> {
        places(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn variables_name_modes_and_addresses_and_no_key_is_printed() {
        let read = read(&[
            ("ETALASE_MIDTRANS_MODE", "live"),
            ("ETALASE_STRIPE_URL", "http://127.0.0.1:4000"),
            ("ETALASE_MIDTRANS_SIGNING_KEY", " hush\n"),
        ])
        .unwrap();
        assert_eq!(read.modes, [(GatewayName::Midtrans, GatewayMode::Live)]);
        assert_eq!(read.urls, [(GatewayName::Stripe, "http://127.0.0.1:4000".to_owned())]);
        assert_eq!(read.midtrans_signing_key.as_ref().map(|key| key.reveal()), Some("hush"));
        assert!(!format!("{read:?}").contains("hush"));
    }

    #[test]
    fn what_cannot_be_meant_is_told_by_the_variables_name() {
        for (name, wrong) in [
            ("ETALASE_XENDIT_MODE", "gold"),
            ("ETALASE_MIDTRANS_MODE", "production"),
            ("ETALASE_STRIPE_URL", "127.0.0.1:4000"),
            ("ETALASE_MIDTRANS_URL", "ftp://midtrans.example"),
            ("ETALASE_MIDTRANS_SIGNING_KEY", "two\nlines"),
        ] {
            let told = read(&[(name, wrong)]).unwrap_err().to_string();
            assert!(told.starts_with(name) && !told.contains('\n'), "{told}");
        }
    }
}
