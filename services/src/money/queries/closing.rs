//! The SQL of attempts that the shop gave up and that their gateways have not closed.

use chrono::{DateTime, Utc};
use domain::payments::{Payable, PaymentId};
use sqlx::MySqlConnection;

use crate::gateways::{AttemptNames, LONGEST_PAUSE};

/// An attempt that we gave up and that may still be open at its gateway.
pub(crate) struct GivenUp {
    pub(crate) id: PaymentId,
    pub(crate) gateway: String,
    pub(crate) reference: String,
    pub(crate) gateway_reference: Option<String>,
    pub(crate) created_at: DateTime<Utc>,
    /// How often the gateway was asked in vain.
    pub(crate) tries: u32,
}

impl GivenUp {
    /// As both sides name it.
    pub(crate) fn names(&self) -> AttemptNames<'_> {
        AttemptNames { reference: &self.reference, gateway_reference: self.gateway_reference.as_deref() }
    }
}

/// Those that are to be closed now, never tried before first. What was put off for longer than anything is was put off
/// by a clock that was set back since.
pub(in crate::money) async fn due(conn: &mut MySqlConnection, now: DateTime<Utc>) -> sqlx::Result<Vec<GivenUp>> {
    sqlx::query_as!(
        GivenUp,
        "select id as `id: _`, gateway as `gateway: _`, reference as `reference: _`,
                gateway_reference as `gateway_reference: _`, created_at as `created_at: _`, close_tries as `tries: _`
         from payments
         where closed_at is null and status in ('failed', 'expired')
           and (close_at is null or close_at <= ? or close_at > ?)
         order by close_at, id limit 200",
        now,
        now + LONGEST_PAUSE,
    )
    .fetch_all(conn)
    .await
}

/// Those of one thing.
pub(in crate::money) async fn of(conn: &mut MySqlConnection, what: Payable) -> sqlx::Result<Vec<GivenUp>> {
    sqlx::query_as!(
        GivenUp,
        "select id as `id: _`, gateway as `gateway: _`, reference as `reference: _`,
                gateway_reference as `gateway_reference: _`, created_at as `created_at: _`, close_tries as `tries: _`
         from payments
         where closed_at is null and status in ('failed', 'expired') and (order_id = ? or membership_purchase_id = ?)
         order by id",
        what.order(),
        what.membership(),
    )
    .fetch_all(conn)
    .await
}

/// Notes that the gateway has closed an attempt.
pub(in crate::money) async fn set_closed(
    conn: &mut MySqlConnection,
    id: PaymentId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update payments set closed_at = ? where id = ?", now, id).execute(conn).await?;
    Ok(())
}

/// Lets the gateway be asked again then.
pub(in crate::money) async fn postpone(
    conn: &mut MySqlConnection,
    id: PaymentId,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update payments set close_tries = close_tries + 1, close_at = ? where id = ?", until, id)
        .execute(conn)
        .await?;
    Ok(())
}
