//! A buyer and a voucher: who may use it, and the use itself, inside the order's transaction.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::money::Currency;
use domain::orders::OrderId;
use domain::vouchers::{Voucher, VoucherCode, VoucherFacts, VoucherProblem};
use sqlx::MySqlConnection;

use super::queries;
use crate::error::{Error, Result};

/// Who wants to use a voucher, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VoucherBuyer {
    /// Whose orders count: nobody before a guest has told an e-mail.
    pub(crate) customer: Option<CustomerId>,
    /// Who is signed in: an e-mail that somebody typed owns nothing.
    pub(crate) account: Option<CustomerId>,
}

/// The voucher of that code, if the buyer may use it now; otherwise the reason is a problem of `voucher_code`.
///
/// Whether the goods are right is for the price engine. To rely on it, the caller has locked the customer.
pub(crate) async fn usable(
    conn: &mut MySqlConnection,
    code: &VoucherCode,
    buyer: VoucherBuyer,
    currency: Currency,
    now: DateTime<Utc>,
) -> Result<Voucher> {
    let refused = |problem: VoucherProblem| Error::field("voucher_code", problem.message(currency));
    let stored = queries::by_code(conn, code.as_str()).await?.ok_or_else(|| refused(VoucherProblem::Unknown))?;
    let row = stored.into_row()?;
    let known = queries::using::facts(conn, row.voucher.id, buyer).await?;
    let facts = VoucherFacts {
        now,
        used: row.used,
        used_by_customer: known.used_by_customer,
        is_first_order: known.is_first_order,
        owns: known.owns,
    };
    row.voucher.check(&facts).map_err(refused)?;
    Ok(row.voucher)
}

/// Counts the order as a use of the voucher, unless the last one went to somebody else: then the reason is a problem of
/// `voucher_code`, and the caller rolls back.
///
/// One conditional statement decides. It locks the voucher's row until the commit, so that it comes after the order's
/// lines and right before the stock counters.
pub(crate) async fn use_up(
    conn: &mut MySqlConnection,
    voucher: &Voucher,
    buyer: VoucherBuyer,
    order: OrderId,
    currency: Currency,
    now: DateTime<Utc>,
) -> Result<()> {
    let refused = |problem: VoucherProblem| Error::field("voucher_code", problem.message(currency));
    if !queries::using::count_up(conn, voucher.id, now).await? {
        // Somebody was faster, or the owner changed it: whatever it is, it is read anew.
        usable(conn, &voucher.code, buyer, currency, now).await?;
        return Err(refused(VoucherProblem::UsedUp));
    }
    if voucher.is_personal && !queries::using::use_gift(conn, voucher.id, buyer.account, order).await? {
        return Err(refused(VoucherProblem::NotYours));
    }
    let customer = buyer.customer.ok_or_else(|| Error::internal("an order of nobody used a voucher"))?;
    queries::using::insert(conn, order, voucher.id, customer, now).await?;
    Ok(())
}
