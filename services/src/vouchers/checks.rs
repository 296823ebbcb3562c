//! The check of vouchers: what they count, against the orders that use them.

use sqlx::MySqlConnection;

use super::queries;
use crate::error::Result;

/// A voucher whose numbers disagree with its orders.
pub(crate) struct Miscounted {
    pub(crate) code: String,
    /// What the voucher itself counts.
    pub(crate) used: u32,
    /// Uses that were not given back.
    pub(crate) uses: u32,
    /// Uses that an order keeps after its end, or lost before it, and customers' own that no order uses.
    pub(crate) stray: u32,
}

/// Vouchers whose numbers disagree at this moment, by their codes.
pub(crate) async fn miscounted(conn: &mut MySqlConnection) -> Result<Vec<Miscounted>> {
    Ok(queries::checks::miscounted(conn).await?)
}
