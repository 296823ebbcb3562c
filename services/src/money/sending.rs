//! Refunds on their way to a gateway: each is asked for until it was given or refused.

use chrono::{DateTime, Utc};
use domain::mail::MailKind;
use domain::payments::RefundStatus;
use sqlx::MySqlConnection;

use super::queries::refunds as queries;
pub(crate) use super::queries::refunds::ToSend;
use super::refunds::write_mail;
use crate::database::Work;
use crate::error::Result;
use crate::gateways::pause_after;

/// What is due.
pub(crate) async fn due(conn: &mut MySqlConnection, now: DateTime<Utc>) -> Result<Vec<ToSend>> {
    Ok(queries::to_send(conn, now).await?)
}

/// The refund that a gateway knows by that key.
pub(crate) async fn by_key(conn: &mut MySqlConnection, key: &str) -> Result<Option<ToSend>> {
    Ok(queries::by_key(conn, key).await?)
}

/// Whether it is still on its way; the caller has the lock of what it had been paid for.
pub(crate) async fn is_on_its_way(conn: &mut MySqlConnection, refund: &ToSend) -> Result<bool> {
    Ok(queries::status(conn, refund.id).await? == RefundStatus::Requested)
}

/// Notes that the gateway gave the money back, and tells the buyer.
pub(crate) async fn set_given(work: &mut Work, refund: &ToSend, gateway_reference: &str) -> Result<()> {
    let now = work.now();
    queries::settle(work, refund.id, RefundStatus::Succeeded, Some(gateway_reference), now).await?;
    write_mail(work, MailKind::RefundSucceeded, refund.what()?, refund.id).await
}

/// Notes that the gateway will not give it back.
pub(crate) async fn set_refused(work: &mut Work, refund: &ToSend) -> Result<()> {
    let now = work.now();
    Ok(queries::settle(work, refund.id, RefundStatus::Failed, None, now).await?)
}

/// Lets the gateway be asked for it later.
pub(crate) async fn put_off(work: &mut Work, refund: &ToSend) -> Result<()> {
    let send_at = work.now() + pause_after(refund.tries);
    Ok(queries::postpone(work, refund.id, send_at).await?)
}
