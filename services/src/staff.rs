//! Staff: signing in at the desk.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use domain::locale::Locale;
use domain::message::Message;
use domain::staff::{Role, SignIn, Staff, StaffId};
use domain::text::{EmailAddress, Password, PersonName};
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::Shop;
use crate::error::{Error, Result};

mod queries;

/// Wrong passwords per account and five minutes.
const MOST_TRIES: u32 = 5;
const TRIES_WINDOW: Duration = Duration::from_secs(5 * 60);

/// Wrong passwords of late, by e-mail.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tries(Arc<Mutex<HashMap<String, (u32, Instant)>>>);

/// Signs somebody in; an unknown e-mail and a wrong password look the same, also in time.
#[instrument(skip_all)]
pub async fn sign_in(shop: &Shop, request: SignIn) -> Result<Staff> {
    let wrong = || Error::SignedOut(Message::WrongCredentials);
    let email = EmailAddress::parse(&request.email).map_err(|_| wrong())?.as_str().to_lowercase();
    if !shop.tries.may_try(&email) {
        return Err(Error::TooMany);
    }

    let row = queries::by_email(&mut *shop.db.acquire().await?, &email).await?;
    let (found, hash) = match row {
        Some(row) => (Some(row.staff), row.password_hash),
        None => (None, nobody().await?),
    };
    let is_right = verify(request.password, hash).await?;

    match found.filter(|_| is_right) {
        Some(staff) => {
            shop.tries.forget(&email);
            Ok(staff)
        }
        None => {
            shop.tries.count(&email);
            Err(wrong())
        }
    }
}

/// The member of staff with that id, as long as they work here.
pub async fn find(shop: &Shop, id: StaffId) -> Result<Staff> {
    queries::by_id(&mut *shop.db.acquire().await?, id).await?.ok_or(Error::SignedOut(Message::SignInFirst))
}

/// Stores the language of somebody's desk.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn choose_locale(shop: &Shop, staff: &Staff, locale: Locale) -> Result<Staff> {
    queries::set_locale(&mut *shop.db.acquire().await?, staff.id, locale).await?;
    find(shop, staff.id).await
}

/// Whether anybody works here yet.
pub(crate) async fn any(conn: &mut MySqlConnection) -> Result<bool> {
    Ok(queries::count(conn).await? > 0)
}

/// Adds a member of staff with a hashed password.
pub(crate) async fn insert(
    conn: &mut MySqlConnection,
    name: &PersonName,
    email: &EmailAddress,
    password_hash: &str,
    role: Role,
    locale: Locale,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Staff> {
    let email = email.as_str().to_lowercase();
    let id = queries::insert(conn, name.as_str(), &email, password_hash, role, locale, now).await?;
    Ok(Staff { id, name: name.as_str().to_owned(), email, role, locale })
}

/// Hashes a password with argon2id, 19 MiB, two passes (OWASP password storage cheat sheet).
pub(crate) async fn hash(password: Password) -> Result<String> {
    let work = move || argon2().hash_password(password.reveal().as_bytes()).map(|hash| hash.to_string());
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)?
        .map_err(|error| Error::internal(error.to_string()))
}

async fn verify(password: Password, hash: String) -> Result<bool> {
    let work = move || {
        let parsed = PasswordHash::new(&hash).ok()?;
        Some(argon2().verify_password(password.reveal().as_bytes(), &parsed).is_ok())
    };
    Ok(tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.unwrap_or(false))
}

/// The hash of a password that nobody has, so that an unknown e-mail takes as long as a known one.
async fn nobody() -> Result<String> {
    static HASH: OnceLock<String> = OnceLock::new();
    if let Some(hash) = HASH.get() {
        return Ok(hash.clone());
    }
    let fresh = hash(Password::typed(crate::secrets::unguessable()?)).await?;
    Ok(HASH.get_or_init(|| fresh).clone())
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19_456, 2, 1, None).unwrap_or_default())
}

impl Tries {
    fn may_try(&self, email: &str) -> bool {
        let Ok(tries) = self.0.lock() else { return true };
        tries.get(email).is_none_or(|(count, since)| *count < MOST_TRIES || since.elapsed() > TRIES_WINDOW)
    }

    fn count(&self, email: &str) {
        let Ok(mut tries) = self.0.lock() else { return };
        tries.retain(|_, (_, since)| since.elapsed() <= TRIES_WINDOW);
        let entry = tries.entry(email.to_owned()).or_insert((0, Instant::now()));
        entry.0 += 1;
    }

    fn forget(&self, email: &str) {
        if let Ok(mut tries) = self.0.lock() {
            tries.remove(email);
        }
    }
}
