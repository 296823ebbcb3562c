//! Secrets that the shop makes for itself, one for each use, and the tokens made with them.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use rand::TryRng;
use sha2::{Digest, Sha256};
use sqlx::MySqlConnection;
use subtle::ConstantTimeEq;

use crate::error::{Error, Result};

pub(crate) mod sealed;

/// Signs links; never leaves the process.
#[derive(Clone)]
pub(crate) struct SigningKey([u8; 32]);

impl SigningKey {
    /// Reads the key of that name, making it on the first start.
    pub(crate) async fn load(conn: &mut MySqlConnection, name: &str) -> Result<Self> {
        let fresh = random_bytes()?;
        sqlx::query!("insert ignore into secrets (name, content) values (?, ?)", name, fresh.as_slice())
            .execute(&mut *conn)
            .await?;
        let stored: Vec<u8> =
            sqlx::query_scalar!("select content from secrets where name = ?", name).fetch_one(conn).await?;
        let key = stored.try_into().map_err(|_| Error::internal(format!("the secret {name} has a wrong length")))?;
        Ok(Self(key))
    }

    /// The token that proves a right to `subject`.
    pub(crate) fn token(&self, subject: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac_sha256(&self.0, &[subject.as_bytes()]))
    }

    /// Whether the token proves a right to `subject`, in constant time.
    pub(crate) fn proves(&self, subject: &str, token: &str) -> bool {
        self.token(subject).as_bytes().ct_eq(token.as_bytes()).into()
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// A text that nobody can guess: 256 random bits.
pub(crate) fn unguessable() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(random_bytes()?))
}

/// HMAC-SHA256 over the parts, one after the other.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // Infallible by RFC 2104: HMAC takes keys of every length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// SHA-256 of a text, to keep instead of the text.
pub(crate) fn digest(text: &[u8]) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// Bytes as people and gateways write them: two small digits for each.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Random bytes from the operating system.
pub(crate) fn random_bytes() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    rand::rngs::SysRng.try_fill_bytes(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::{hex, hmac_sha256};

    /// W2 of Standard Webhooks, whose signature is the same code over id, time and body.
    #[test]
    fn a_published_signature_comes_out() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let parts: [&[u8]; 3] = [b"msg_p5jXN8AQM9LWM0D4loKWxJek", b".1614265330.", br#"{"test": 2432232314}"#];
        assert_eq!(STANDARD.encode(hmac_sha256(&secret, &parts)), "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn bytes_are_written_in_two_digits_each() {
        assert_eq!(hex(&[0, 9, 0xab, 0xff]), "0009abff");
    }
}
