//! Money that waits for a person: payments of another amount than was asked for, and refunds that their gateways refused.

use domain::mail::MailKind;
use domain::money::Money;
use domain::payments::{Payable, PaymentId, PaymentStatus, PaymentToCheck, RefundId};
use sqlx::MySqlConnection;

use super::attempts;
use super::queries::checking as queries;
use super::refunds::write_mail;
use crate::database::Work;
use crate::error::Result;

/// Payments of something that wait for a decision, oldest first.
pub(crate) async fn to_check(conn: &mut MySqlConnection, what: impl Into<Payable>) -> Result<Vec<PaymentToCheck>> {
    let rows = queries::to_check(conn, what.into()).await?;
    Ok(rows.into_iter().map(queries::ToCheckRow::read).collect())
}

/// How many payments and refunds of orders a person must look at.
pub(crate) async fn needing_review(conn: &mut MySqlConnection) -> Result<u64> {
    Ok(queries::count_needing_review(conn).await?)
}

/// What a payment is for.
pub(crate) async fn payable_of_payment(conn: &mut MySqlConnection, id: PaymentId) -> Result<Option<Payable>> {
    Ok(queries::payable_of_payment(conn, id).await?)
}

/// A payment that waits for a decision; the caller has the lock of what it is for.
pub(crate) async fn lock_payment(conn: &mut MySqlConnection, id: PaymentId) -> Result<Option<PaymentToCheck>> {
    Ok(queries::lock_to_check(conn, id).await?.map(queries::ToCheckRow::read))
}

/// What came takes the place of what was asked for, and is paid.
pub(crate) async fn count(work: &mut Work, id: PaymentId, came: Money) -> Result<()> {
    queries::set_amount(work, id, came).await?;
    attempts::settle(work, id, PaymentStatus::Paid).await
}

/// What a refund gives back was paid for.
pub(crate) async fn payable_of_refund(conn: &mut MySqlConnection, id: RefundId) -> Result<Option<Payable>> {
    Ok(queries::payable_of_refund(conn, id).await?)
}

/// A refund that failed; the caller has the lock of what it is for.
pub(crate) async fn lock_refund(conn: &mut MySqlConnection, id: RefundId) -> Result<Option<queries::FailedRefund>> {
    Ok(queries::lock_failed(conn, id).await?)
}

/// Lets the gateway be asked for a failed refund once more.
pub(crate) async fn ask_again(work: &mut Work, id: RefundId) -> Result<()> {
    let now = work.now();
    Ok(queries::ask_again(work, id, now).await?)
}

/// Notes that the buyer has the money of a failed refund by another way, and tells them.
pub(crate) async fn give_by_hand(work: &mut Work, id: RefundId, what: Payable) -> Result<()> {
    let now = work.now();
    queries::set_by_hand(work, id, now).await?;
    write_mail(work, MailKind::RefundSucceeded, what, id).await
}
