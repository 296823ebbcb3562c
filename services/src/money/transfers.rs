//! Transfers to the shop's own accounts: what is asked for, and the proofs that buyers send.

use chrono::{DateTime, TimeDelta, Utc};
use domain::money::Money;
use domain::orders::OrderId;
use domain::payments::{OrderTransfer, PROOF_HOLD, ProofId, ProofPage, ProofRow, ProofShow, TransferRules, digits_of};
use sqlx::MySqlConnection;

use super::attempts::{self, LiveAttempt};
use super::queries::checking;
use super::queries::proofs as queries;
pub(crate) use super::queries::proofs::{Content, Decision, LockedProof, New, NewestTransfer};
use super::{Bill, TRANSFER};
use crate::database::Work;
use crate::error::Result;

/// An amount with digits of its own is asked of nobody else for so long after its order had to be paid: late money is known by it.
const AMOUNT_REST: TimeDelta = TimeDelta::days(7);

/// The live attempt of a bill that is paid by transfer, made when there is none. The caller has the lock of what it is for.
pub(crate) async fn live_or_new(work: &mut Work, bill: Bill<'_>, rules: &TransferRules) -> Result<LiveAttempt> {
    if let Some(attempt) = attempts::live(work, bill.what).await? {
        return Ok(attempt);
    }
    let asked = match bill.what.order().filter(|_| rules.has_digits(bill.currency)) {
        Some(order) => with_digits(work, bill, order).await?,
        None => bill.total,
    };
    attempts::live_or_new(work, Bill { total: asked, ..bill }, TRANSFER).await
}

/// The newest attempt of an order to pay by transfer.
pub(crate) async fn newest(conn: &mut MySqlConnection, order: OrderId) -> Result<Option<NewestTransfer>> {
    Ok(queries::newest(conn, order).await?)
}

/// What an order is asked for, and what its buyer sent; nothing before it was asked for anything.
pub(crate) async fn of(
    conn: &mut MySqlConnection,
    order: OrderId,
    held_until: Option<DateTime<Utc>>,
) -> Result<Option<OrderTransfer>> {
    let Some(newest) = queries::newest(conn, order).await? else { return Ok(None) };
    Ok(Some(OrderTransfer { asked: newest.asked, held_until, proofs: queries::of(conn, order).await? }))
}

/// Asks for less than with digits: the buyer left them out, and what the order costs came.
pub(crate) async fn without_digits(work: &mut Work, newest: &NewestTransfer, total: Money) -> Result<()> {
    Ok(checking::set_amount(work, newest.id, total).await?)
}

/// Whether that file was sent for the order before.
pub(crate) async fn is_known(conn: &mut MySqlConnection, order: OrderId, fingerprint: &[u8]) -> Result<bool> {
    Ok(queries::is_known(conn, order, fingerprint).await?)
}

/// Keeps a proof. The caller has the order's lock.
pub(crate) async fn keep(work: &mut Work, new: &New<'_>) -> Result<ProofId> {
    let now = work.now();
    Ok(queries::insert(work, new, now).await?)
}

/// The order that a proof is for.
pub(crate) async fn order_of(conn: &mut MySqlConnection, id: ProofId) -> Result<Option<OrderId>> {
    Ok(queries::order_of(conn, id).await?)
}

/// A proof whose order the caller has locked.
pub(crate) async fn lock(conn: &mut MySqlConnection, id: ProofId) -> Result<Option<LockedProof>> {
    Ok(queries::lock(conn, id).await?)
}

/// Notes what somebody decided about a proof that waits.
pub(crate) async fn decide(work: &mut Work, id: ProofId, decision: &Decision<'_>) -> Result<()> {
    Ok(queries::decide(work, id, decision).await?)
}

/// The same about all of an order that wait.
pub(crate) async fn decide_all(work: &mut Work, order: OrderId, decision: &Decision<'_>) -> Result<()> {
    Ok(queries::decide_all(work, order, decision).await?)
}

/// A page of proofs.
pub(crate) async fn page(
    conn: &mut MySqlConnection,
    show: ProofShow,
    after: Option<ProofId>,
    per_page: u32,
) -> Result<ProofPage> {
    let limit = per_page + 1;
    let rows = match show {
        ProofShow::Waiting => queries::waiting(conn, after.unwrap_or(ProofId::new(0)), limit).await?,
        ProofShow::Decided => queries::decided(conn, after.unwrap_or(ProofId::new(u64::MAX)), limit).await?,
    };
    let has_more = rows.len() > per_page as usize;
    let rows: Vec<_> = rows.into_iter().take(per_page as usize).map(queries::ListedRow::read).collect();
    let next = rows.last().map(|row| row.proof.id).filter(|_| has_more);
    Ok(ProofPage { rows, next })
}

/// One for the desk.
pub(crate) async fn row(conn: &mut MySqlConnection, id: ProofId) -> Result<Option<ProofRow>> {
    Ok(queries::listed(conn, id).await?.map(queries::ListedRow::read))
}

/// What a proof shows.
pub(crate) async fn content(conn: &mut MySqlConnection, id: ProofId) -> Result<Option<Content>> {
    Ok(queries::content(conn, id).await?)
}

/// How many proofs nobody has looked at.
pub(crate) async fn count_waiting(conn: &mut MySqlConnection) -> Result<u64> {
    Ok(queries::count_waiting(conn).await?)
}

/// Throws away what some proofs show that were decided before `limit`.
pub(crate) async fn forget_content_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> Result<u64> {
    Ok(queries::forget_content_before(conn, limit).await?)
}

/// The total with digits that no other order has now; without any when all are taken.
async fn with_digits(work: &mut Work, bill: Bill<'_>, order: OrderId) -> Result<Money> {
    let now = work.now();
    let sums: Vec<Money> = digits_of(order).filter_map(|digits| bill.total.plus(digits)).collect();
    let (Some(first), Some(last)) = (sums.iter().min().copied(), sums.iter().max().copied()) else {
        return Ok(bill.total);
    };
    queries::free_amounts(work, (first, last), now).await?;
    let (own, taken) = queries::drawn(work, (first, last), order).await?;
    if let Some(own) = own {
        return Ok(own);
    }
    let until = bill.pay_by.unwrap_or(now) + PROOF_HOLD + AMOUNT_REST;
    for sum in sums.into_iter().filter(|sum| !taken.contains(sum)) {
        if queries::draw(work, sum, order, until).await? {
            return Ok(sum);
        }
    }
    Ok(bill.total)
}
