//! What the desk lists of notices: the genuine ones, and how many were not.

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::InboxId;
use domain::message::Message;
use domain::payments::{GetNotice, ListNotices, NoticeDetail, NoticePage, NoticeRow, NoticeTrouble, blacked_out};
use domain::staff::{Permission, Staff};
use sqlx::MySqlConnection;

use super::queries;
use crate::Shop;
use crate::database::transact;
use crate::error::{Chain, Error, Result};

const PER_PAGE: u32 = 50;
/// So many days of refusals are told.
const DAYS: i64 = 30;

/// A stored notice without what it says.
pub(super) struct ListedNotice {
    pub(super) id: InboxId,
    pub(super) gateway: String,
    pub(super) received_at: DateTime<Utc>,
    pub(super) applied_at: Option<DateTime<Utc>>,
    pub(super) outcome: Option<String>,
    pub(super) trouble: Option<NoticeTrouble>,
    pub(super) tries: u32,
}

impl ListedNotice {
    fn read(self) -> NoticeRow {
        NoticeRow {
            id: self.id,
            gateway: self.gateway,
            received_at: self.received_at,
            outcome: self.outcome.filter(|_| self.applied_at.is_some()).and_then(|word| word.parse().ok()),
            // What was applied in the end had no trouble that matters.
            trouble: self.trouble.filter(|_| self.applied_at.is_none()),
            applied_at: self.applied_at,
            tries: self.tries,
        }
    }
}

/// A page of genuine notices, newest first, and what was refused of late.
pub async fn notices(shop: &Shop, staff: &Staff, request: ListNotices) -> Result<NoticePage> {
    staff.require(Permission::RefundOrders)?;
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let rows = queries::listed(&mut conn, request.before.unwrap_or(InboxId::new(u64::MAX)), PER_PAGE + 1).await?;
    let has_more = rows.len() > PER_PAGE as usize;
    let rows: Vec<NoticeRow> = rows.into_iter().take(PER_PAGE as usize).map(ListedNotice::read).collect();
    let next = rows.last().map(|row| row.id).filter(|_| has_more);
    let refused = queries::refused_since(&mut conn, now - TimeDelta::days(DAYS)).await?;
    Ok(NoticePage { rows, next, refused })
}

/// What a notice says, with secrets blacked out.
pub async fn notice(shop: &Shop, staff: &Staff, request: GetNotice) -> Result<NoticeDetail> {
    staff.require(Permission::RefundOrders)?;
    let mut conn = shop.db.acquire().await?;
    let nothing = || Error::NotFound(Message::NoSuchNotice);
    let row = queries::one_listed(&mut conn, request.notice_id).await?.ok_or_else(nothing)?.read();
    let body = queries::body(&mut conn, request.notice_id).await?.ok_or_else(nothing)?;
    Ok(NoticeDetail { row, body: blacked_out(&body).unwrap_or_else(|| format!("({} B)", body.len())) })
}

/// Counts a notice that proved nothing. Who sent it hears the same whether that works or not.
pub(super) async fn count_refusal(shop: &Shop, gateway: &str) {
    let counted = transact!(shop.gateway(gateway), |work| {
        let now = work.now();
        Ok(queries::count_refusal(work, gateway, now).await?)
    });
    if let Err(error) = counted {
        tracing::warn!(gateway, error = %Chain(&error), "a notice that proved nothing was not counted");
    }
}

/// Throws away counts of days before `limit`.
pub(crate) async fn forget_refusals_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> Result<u64> {
    Ok(queries::delete_refusals_before(conn, limit).await?)
}
