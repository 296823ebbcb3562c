//! Passwords: hashed with argon2id, and wrong ones counted. An unknown name takes as long as a known one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use domain::text::Password;
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

pub(crate) mod former;

/// Wrong passwords per account and five minutes.
const MOST_TRIES: u32 = 5;
const TRIES_WINDOW: Duration = Duration::from_secs(5 * 60);

/// Each hash takes 19 MiB while it is worked out; a crowd at the door must not take the whole machine.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Tries of late that were not right, or are not known to be, by account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tries(Arc<Mutex<HashMap<String, (u32, Instant)>>>);

/// Hashes a password with argon2id, 19 MiB, two passes (OWASP password storage cheat sheet).
pub(crate) async fn hash(password: Password) -> Result<String> {
    let work = move || argon2().hash_password(password.reveal().as_bytes()).map(|hash| hash.to_string());
    apart(work).await?.map_err(|error| Error::internal(error.to_string()))
}

/// Whether it is the password of that hash.
pub(crate) async fn verify(password: Password, hash: String) -> Result<bool> {
    let work = move || {
        if former::is_former(&hash) {
            return Some(former::verify(password.reveal().as_bytes(), &hash));
        }
        let parsed = PasswordHash::new(&hash).ok()?;
        Some(argon2().verify_password(password.reveal().as_bytes(), &parsed).is_ok())
    };
    Ok(apart(work).await?.unwrap_or(false))
}

/// A hash of our own of a password that was right, when the one that is kept came from the shop before this one.
pub(crate) async fn renewed(password: Password, kept: &str) -> Result<Option<String>> {
    if former::is_former(kept) { hash(password).await.map(Some) } else { Ok(None) }
}

/// The hash of a password that nobody has, so that an unknown e-mail takes as long as a known one.
pub(crate) async fn nobody() -> Result<String> {
    static HASH: OnceLock<String> = OnceLock::new();
    if let Some(hash) = HASH.get() {
        return Ok(hash.clone());
    }
    let fresh = hash(Password::typed(crate::secrets::unguessable()?)).await?;
    Ok(HASH.get_or_init(|| fresh).clone())
}

impl Tries {
    /// Takes one of the account's tries, if one is left. It counts before anybody knows whether the password is right:
    /// many at once are let through no more often than one after the other.
    pub(crate) fn take(&self, account: &str) -> bool {
        let Ok(mut tries) = self.0.lock() else { return true };
        tries.retain(|_, (_, since)| since.elapsed() <= TRIES_WINDOW);
        let (count, _) = tries.entry(account.to_owned()).or_insert((0, Instant::now()));
        let is_left = *count < MOST_TRIES;
        *count += u32::from(is_left);
        is_left
    }

    /// Forgets what was taken, after a right one.
    pub(crate) fn forget(&self, account: &str) {
        if let Ok(mut tries) = self.0.lock() {
            tries.remove(account);
        }
    }
}

/// Works away from the threads that serve, a few at a time.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19_456, 2, 1, None).unwrap_or_default())
}
