//! Secrets that people give the shop, sealed: what lies in the database is worth nothing without the key, which lies in a file
//! of the data folder that this user alone can read (`DIR/secrets/key`, made at the first use).
//!
//! Each is bound to its name, so that no row can take the place of another. A variable of the program counts before what is
//! stored. The system's own keychain would keep the key better than a file where there is one; it is not used yet, and
//! [`key::Keeper`] is the one place that would ask it.
//!
//! ```text
//! put(work, SecretName::SmtpPassword, &secret)      in the unit of work that changes what belongs to it
//! get(conn, shop.secrets(), SecretName::…)          to use it, a job with `fence.secrets()`
//! known(conn, shop.secrets())                       all that the desk may be told
//! forget(work, SecretName::…)
//! ```

use chrono::{DateTime, Utc};
use domain::message::{Message, Words};
use domain::secrets::{Secret, SecretName, SecretState};
use sqlx::MySqlConnection;

use crate::Shop;
use crate::database::Work;
use crate::error::{Error, Result};

mod key;

pub(crate) use key::Keeper;

/// Seals a secret in the place of the last one of that name.
pub(crate) async fn put(work: &mut Work, name: SecretName, secret: &Secret) -> Result<()> {
    let sealed = work.shop().secrets().seal(name, secret)?;
    let now = work.now();
    sqlx::query!(
        "insert into sealed_secrets (name, sealed, since) values (?, ?, ?)
         on duplicate key update sealed = ?, since = ?",
        name,
        sealed,
        now,
        sealed,
        now,
    )
    .execute(&mut **work)
    .await?;
    Ok(())
}

/// The secret, if there is one. `Refused(SecretUnreadable)` when it was sealed by another key: it must be entered again.
pub(crate) async fn get(conn: &mut MySqlConnection, keeper: &Keeper, name: SecretName) -> Result<Option<Secret>> {
    if let Some(given) = keeper.given(name) {
        return Ok(Some(given));
    }
    let sealed: Option<Vec<u8>> =
        sqlx::query_scalar!("select sealed as `sealed: _` from sealed_secrets where name = ?", name)
            .fetch_optional(conn)
            .await?;
    let Some(sealed) = sealed else { return Ok(None) };
    let unreadable = || Error::Refused(Message::SecretUnreadable { what: label_of(name) });
    keeper.open(name, &sealed)?.ok_or_else(unreadable).map(Some)
}

/// Forgets a secret; nothing happens when there is none.
pub(crate) async fn forget(work: &mut Work, name: SecretName) -> Result<()> {
    sqlx::query!("delete from sealed_secrets where name = ?", name).execute(&mut **work).await?;
    Ok(())
}

/// What may be told of each.
pub(crate) async fn known(conn: &mut MySqlConnection, keeper: &Keeper) -> Result<Vec<SecretState>> {
    struct Row {
        name: String,
        since: DateTime<Utc>,
    }
    let rows = sqlx::query_as!(Row, "select name as `name: _`, since as `since: _` from sealed_secrets")
        .fetch_all(conn)
        .await?;
    let state = |name: &SecretName| SecretState {
        name: *name,
        since: rows.iter().find(|row| row.name == name.as_str()).map(|row| row.since),
        is_given: keeper.given(*name).is_some(),
    };
    Ok(SecretName::ALL.iter().map(state).collect())
}

fn label_of(name: SecretName) -> Words {
    Words::of(|locale| name.label(locale))
}

impl Shop {
    /// Who seals and opens secrets.
    pub(crate) fn secrets(&self) -> &Keeper {
        &self.keeper
    }

    /// Hands over the secrets that variables of the program give; they count before what is stored.
    #[must_use]
    pub fn with_given_secrets(self, given: Vec<(SecretName, Secret)>) -> Self {
        self.keeper.take_given(given);
        self
    }
}
