//! Sessions of accounts: a token of 256 random bits in the browser, its hash in the database.

use chrono::{DateTime, TimeDelta, Utc};
use domain::customers::{CustomerId, SESSION_LIFE, SESSION_REST, is_alive};
use sqlx::MySqlConnection;

use super::queries;
use super::queries::sessions::Found;
use crate::database::{Work, transact};
use crate::error::Result;
use crate::{Shop, secrets};

/// How old "last seen" may be before a request writes it anew.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(10);

/// Begins a session and gives its token.
pub(super) async fn begin(work: &mut Work, customer: CustomerId) -> Result<String> {
    let now = work.now();
    let token = secrets::unguessable()?;
    queries::sessions::insert(work, customer, &secrets::digest(token.as_bytes()), now).await?;
    Ok(token)
}

/// Whose session it is, if it is alive, and what the shop's clock said then.
pub(super) async fn find(shop: &Shop, token: &str) -> Result<Option<(Found, DateTime<Utc>)>> {
    let token_hash = secrets::digest(token.as_bytes());
    let found = queries::sessions::find(&mut *shop.db.acquire().await?, &token_hash).await?;
    let Some(found) = found else { return Ok(None) };
    let now = shop.clock.shifted(found.read_at);
    if !is_alive(found.created_at, found.seen_at, now) {
        return Ok(None);
    }
    if now >= found.seen_at + SEEN_EVERY {
        transact!(shop.shopper(), |work| { Ok(queries::sessions::see(work, &token_hash, now).await?) })?;
    }
    Ok(Some((found, now)))
}

/// Ends the session.
pub(super) async fn end(conn: &mut MySqlConnection, token: &str) -> Result<()> {
    Ok(queries::sessions::end(conn, &secrets::digest(token.as_bytes())).await?)
}

/// Throws away sessions that have ended, a bounded number of them.
pub(super) async fn forget_ended(conn: &mut MySqlConnection, now: DateTime<Utc>) -> Result<u64> {
    Ok(queries::sessions::delete_ended(conn, now - SESSION_REST, now - SESSION_LIFE).await?)
}
