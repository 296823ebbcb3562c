//! A buyer and a voucher: who may use it, and the use itself, inside the order's transaction.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::money::Currency;
use domain::orders::OrderId;
use domain::vouchers::{Voucher, VoucherCode, VoucherFacts, VoucherId, VoucherProblem, VoucherRow};
use sqlx::MySqlConnection;

use super::queries;
use crate::buyers;
use crate::database::Work;
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
    let facts = facts(conn, &row, buyer, None, now).await?;
    row.voucher.check(&facts).map_err(refused)?;
    Ok(row.voucher)
}

/// Counts the order as a use of the voucher, unless the last one went to somebody else: then the reason is a problem of
/// `voucher_code`, and the caller rolls back.
///
/// One conditional statement decides. It locks the voucher's row until the commit, so that it comes after the order's
/// lines and right before the stock counters.
pub(crate) async fn use_up(
    work: &mut Work,
    voucher: &Voucher,
    buyer: VoucherBuyer,
    order: OrderId,
    currency: Currency,
) -> Result<()> {
    let now = work.now();
    let refused = |problem: VoucherProblem| Error::field("voucher_code", problem.message(currency));
    if !queries::using::count_up(work, voucher.id, now).await? {
        // Somebody was faster, or the owner changed it: whatever it is, it is read anew.
        usable(work, &voucher.code, buyer, currency, now).await?;
        return Err(refused(VoucherProblem::UsedUp));
    }
    use_own(work, voucher, buyer.account, order).await?.map_err(refused)?;
    let customer = buyer.customer.ok_or_else(|| Error::internal("an order of nobody used a voucher"))?;
    queries::using::insert(work, order, voucher.id, customer, now).await?;
    Ok(())
}

/// Notes that an order of the shop before this one used the voucher, whatever its terms say today. Its limit holds for
/// those that come: the caller has made it large enough.
pub(crate) async fn note_former_use(
    work: &mut Work,
    voucher: VoucherId,
    customer: CustomerId,
    order: OrderId,
) -> Result<()> {
    let now = work.now();
    queries::using::count_former(work, voucher).await?;
    Ok(queries::using::insert(work, order, voucher, customer, now).await?)
}

/// Locks the customer as whose use the order's voucher counts, if the order used one. Who that is never changes, so that
/// it can be read before the order's lock.
pub(crate) async fn lock_user(conn: &mut MySqlConnection, order: OrderId) -> Result<()> {
    if let Some(customer) = queries::using::user(conn, order).await? {
        buyers::lock(conn, customer).await?;
    }
    Ok(())
}

/// Counts an order that goes on as a use of the voucher that it gave back, by the same rules as a new order. One that has
/// none asks for nothing.
///
/// `Refused` with the reason when others have used it up meanwhile, or its time is over; then the caller rolls back. The
/// caller has [`lock_user`] and the order's lock, and takes stock afterwards.
pub(crate) async fn take_again(work: &mut Work, order: OrderId, currency: Currency) -> Result<()> {
    let now = work.now();
    let refused = |problem: VoucherProblem| Error::Refused(problem.message(currency));
    let Some(ended) = queries::using::ended(work, order).await? else { return Ok(()) };
    let stored = queries::by_id(work, ended.voucher_id).await?;
    let row = stored.ok_or_else(|| Error::internal("an order's voucher vanished"))?.into_row()?;
    // An order that an account merely claimed was placed by a guest, who owned nothing.
    let account = ended.account_id.filter(|account| *account == ended.customer_id);
    let buyer = VoucherBuyer { customer: Some(ended.customer_id), account };
    let facts = facts(work, &row, buyer, Some(order), now).await?;
    row.voucher.check(&facts).map_err(refused)?;

    if !queries::using::count_up(work, row.voucher.id, now).await? {
        return Err(refused(VoucherProblem::UsedUp));
    }
    use_own(work, &row.voucher, account, order).await?.map_err(refused)?;
    queries::using::begin_again(work, order).await?;
    Ok(())
}

/// What the rules ask; `order` is the one that asks, if it is written down already.
async fn facts(
    conn: &mut MySqlConnection,
    row: &VoucherRow,
    buyer: VoucherBuyer,
    order: Option<OrderId>,
    now: DateTime<Utc>,
) -> Result<VoucherFacts> {
    let known = queries::using::facts(conn, row.voucher.id, buyer, order).await?;
    Ok(VoucherFacts {
        now,
        used: row.used,
        used_by_customer: known.used_by_customer,
        is_first_order: known.is_first_order,
        owns: known.owns,
        used_kept: known.used_kept,
    })
}

/// Uses what the account owns of the voucher; only one for everybody can be used without.
async fn use_own(
    conn: &mut MySqlConnection,
    voucher: &Voucher,
    account: Option<CustomerId>,
    order: OrderId,
) -> Result<std::result::Result<(), VoucherProblem>> {
    let has_own = match account {
        Some(account) => queries::using::use_gift(conn, voucher.id, account, order).await?,
        None => false,
    };
    Ok(if voucher.is_personal && !has_own { Err(VoucherProblem::NotYours) } else { Ok(()) })
}
