//! The keys of payment services, from the environment of a host.

use domain::payments::GatewayMode;
use services::payments::{Keys, MidtransKeys, StripeKeys, XenditKeys, mode_of};

/// What the variables tell of each service. One whose keys are not whole is none.
pub(super) fn keys(variable: impl Fn(&str) -> Option<String>) -> Keys {
    let mode = |name: &str, key: &str| -> GatewayMode {
        variable(name).and_then(|word| word.parse().ok()).unwrap_or_else(|| mode_of(key))
    };
    let midtrans = variable("ETALASE_MIDTRANS_SERVER_KEY").map(|server_key| MidtransKeys {
        mode: mode("ETALASE_MIDTRANS_MODE", &server_key),
        server_key,
        signing_key: variable("ETALASE_MIDTRANS_SIGNING_KEY"),
        base_url: variable("ETALASE_MIDTRANS_URL"),
    });
    let xendit = variable("ETALASE_XENDIT_SECRET_KEY").zip(variable("ETALASE_XENDIT_CALLBACK_TOKEN"));
    let xendit = xendit.map(|(secret_key, callback_token)| XenditKeys {
        mode: mode("ETALASE_XENDIT_MODE", &secret_key),
        secret_key,
        callback_token,
        base_url: variable("ETALASE_XENDIT_URL"),
    });
    let stripe = variable("ETALASE_STRIPE_SECRET_KEY").zip(variable("ETALASE_STRIPE_WEBHOOK_SECRET"));
    let stripe = stripe.map(|(secret_key, webhook_secret)| StripeKeys {
        mode: mode("ETALASE_STRIPE_MODE", &secret_key),
        secret_key,
        webhook_secret,
        base_url: variable("ETALASE_STRIPE_URL"),
    });
    Keys { midtrans, xendit, stripe }
}

#[cfg(test)]
mod tests {
    use domain::payments::GatewayMode;

    use super::keys;

    #[test]
    fn a_service_is_used_when_its_keys_are_whole_and_its_mode_is_that_of_the_key() {
        let variables = [
            ("ETALASE_MIDTRANS_SERVER_KEY", "SB-Mid-server-x"),
            ("ETALASE_XENDIT_SECRET_KEY", "xnd_production_x"),
            ("ETALASE_STRIPE_SECRET_KEY", "sk_live_x"),
            ("ETALASE_STRIPE_WEBHOOK_SECRET", "whsec_x"),
        ];
        let read =
            keys(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()));
        assert_eq!(read.midtrans.unwrap().mode, GatewayMode::Test);
        assert!(read.xendit.is_none(), "without its token no callback could be believed");
        assert_eq!(read.stripe.unwrap().mode, GatewayMode::Live);
        let told = keys(|name| {
            (name.contains("MIDTRANS_SERVER") || name.contains("MODE")).then(|| match name {
                "ETALASE_MIDTRANS_MODE" => "test".to_owned(),
                _ => "Mid-server-x".to_owned(),
            })
        });
        assert_eq!(told.midtrans.clone().unwrap().mode, GatewayMode::Test, "a mode that is named counts");
        assert!(!format!("{told:?}").contains("Mid-server"), "no key is ever printed");
    }
}
