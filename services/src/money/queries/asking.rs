//! The SQL of attempts whose gateways are asked how they stand.

use chrono::{DateTime, Utc};
use domain::payments::{Payable, PaymentId};
use sqlx::MySqlConnection;

use crate::gateways::{AttemptNames, LONGEST_PAUSE};

/// An attempt that may still be paid at its gateway.
#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) id: PaymentId,
    pub(crate) gateway: String,
    pub(crate) reference: String,
    pub(crate) gateway_reference: Option<String>,
    /// How often it was asked about.
    pub(crate) asks: u32,
}

impl Open {
    /// As both sides name it.
    pub(crate) fn names(&self) -> AttemptNames<'_> {
        AttemptNames { reference: &self.reference, gateway_reference: self.gateway_reference.as_deref() }
    }
}

/// Those that are to be asked about now, the longest due first. One without a page is not known to its gateway. What was put
/// off for longer than anything is was put off by a clock that was set back since.
pub(in crate::money) async fn due(conn: &mut MySqlConnection, now: DateTime<Utc>) -> sqlx::Result<Vec<Open>> {
    sqlx::query_as!(
        Open,
        "select id as `id: _`, gateway as `gateway: _`, reference as `reference: _`,
                gateway_reference as `gateway_reference: _`, asks as `asks: _`
         from payments
         where status = 'pending' and redirect_url is not null and (ask_at is null or ask_at <= ? or ask_at > ?)
         order by ask_at, id limit 500",
        now,
        now + LONGEST_PAUSE,
    )
    .fetch_all(conn)
    .await
}

/// Those of one thing that may still turn out to be paid.
pub(in crate::money) async fn of(conn: &mut MySqlConnection, what: Payable) -> sqlx::Result<Vec<Open>> {
    sqlx::query_as!(
        Open,
        "select id as `id: _`, gateway as `gateway: _`, reference as `reference: _`,
                gateway_reference as `gateway_reference: _`, asks as `asks: _`
         from payments
         where status = 'pending' and redirect_url is not null and (order_id = ? or membership_purchase_id = ?)
         order by id",
        what.order(),
        what.membership(),
    )
    .fetch_all(conn)
    .await
}

/// Lets the gateway be asked again then.
pub(in crate::money) async fn postpone(
    conn: &mut MySqlConnection,
    id: PaymentId,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update payments set asks = asks + 1, ask_at = ? where id = ?", until, id).execute(conn).await?;
    Ok(())
}
