//! Secrets that people give the shop, such as the password of their mail account. The desk is told that one is set, and
//! never what it is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::message::Message;
use crate::text::typed::{self, is_blank, is_unseen};
use crate::text::{self, line_up_to};
use crate::text_enum::text_enum;

text_enum! {
    /// What a secret is for. Each is kept under its word.
    pub enum SecretName {
        SmtpPassword = "smtp_password",
        MidtransServerKey = "midtrans_server_key",
        XenditSecretKey = "xendit_secret_key",
        XenditCallbackToken = "xendit_callback_token",
        StripeSecretKey = "stripe_secret_key",
        StripeWebhookSecret = "stripe_webhook_secret",
    }
}

impl SecretName {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::SmtpPassword => ("Kata sandi email", "Mail password"),
            Self::MidtransServerKey => ("Server key Midtrans", "Midtrans server key"),
            Self::XenditSecretKey => ("Secret key Xendit", "Xendit secret key"),
            Self::XenditCallbackToken => ("Token verifikasi webhook Xendit", "Xendit webhook verification token"),
            Self::StripeSecretKey => ("Secret key Stripe", "Stripe secret key"),
            Self::StripeWebhookSecret => ("Signing secret webhook Stripe", "Stripe webhook signing secret"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }

    /// The variable that gives it on a host, where nobody sits at a desk. It counts before what is stored.
    pub const fn variable(self) -> &'static str {
        match self {
            Self::SmtpPassword => "ETALASE_SMTP_PASSWORD",
            Self::MidtransServerKey => "ETALASE_MIDTRANS_SERVER_KEY",
            Self::XenditSecretKey => "ETALASE_XENDIT_SECRET_KEY",
            Self::XenditCallbackToken => "ETALASE_XENDIT_CALLBACK_TOKEN",
            Self::StripeSecretKey => "ETALASE_STRIPE_SECRET_KEY",
            Self::StripeWebhookSecret => "ETALASE_STRIPE_WEBHOOK_SECRET",
        }
    }
}

/// A secret on its way from who types it to where it is sealed, and from there to who uses it. It prints nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The most characters that one may have.
    pub const MOST: usize = 500;

    /// Reads what somebody typed or pasted, without the blanks around it.
    ///
    /// # Errors
    /// When it is empty, too long, or has characters that nobody types.
    pub fn read(typed: &str) -> Result<Self, Message> {
        if text::is_empty(typed) {
            return Err(Message::Required);
        }
        // What is inside stays as it is: a server compares every byte.
        line_up_to(typed, Self::MOST)?;
        let inside = typed.trim_matches(|c| is_blank(c) || is_unseen(c));
        Ok(Self(typed::no_longer(inside.to_owned(), Self::MOST)?))
    }

    /// The characters, for the one who needs them.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What may be told of a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretState {
    pub name: SecretName,
    /// Since when one is stored.
    pub since: Option<DateTime<Utc>>,
    /// A variable of the program gives it, whatever is stored.
    pub is_given: bool,
}

impl SecretState {
    /// Whether there is one.
    pub const fn is_set(&self) -> bool {
        self.is_given || self.since.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{Secret, SecretName};
    use crate::message::Message;

    #[test]
    fn a_secret_prints_nothing_and_keeps_what_is_inside() {
        let secret = Secret::read(" \u{feff}abcd efgh  ijkl\n").unwrap();
        assert_eq!(secret.reveal(), "abcd efgh  ijkl");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_eq!(Secret::read(" \u{200b}"), Err(Message::Required));
        assert_eq!(Secret::read("two\nlines"), Err(Message::ControlCharacters));
        assert_eq!(Secret::read(&"x".repeat(501)), Err(Message::TooLong { most: 500 }));
    }

    #[test]
    fn each_has_a_variable_of_its_own() {
        for (at, name) in SecretName::ALL.iter().enumerate() {
            let word = name.as_str().to_ascii_uppercase();
            assert_eq!(name.variable(), format!("ETALASE_{word}"));
            assert!(SecretName::ALL[at + 1..].iter().all(|other| other.variable() != name.variable()));
        }
    }
}
