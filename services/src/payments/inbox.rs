//! Stored notifications: each is applied once. One that cannot be applied is tried ever more seldom and keeps no other
//! waiting; a person is shown it, and decides.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::Happening;
use domain::id::InboxId;
use domain::message::Message;
use domain::payments::{GatewayOutcome, NoticeAbout, NoticeTrouble, Payable, RetryNotice, SetAsideNotice, StuckNotice};
use domain::settings::Settings;
use domain::staff::{Permission, Staff};
use domain::text::Reason;
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::apply::{self, Told};
use super::gateway::{Gateway, Statement};
use super::queries::inbox::{self as queries, InVain, InboxEntry};
use super::{Gateways, Hand, pause_after, refunds};
use crate::database::repeat_while_busy;
use crate::error::{Chain, Error, Result};
use crate::{Shop, audit, events};

/// So many tries may fail by an error that could pass before a person is told: about half a minute.
const PATIENCE: u32 = 3;
/// So many stuck notices are shown.
const SHOWN: u32 = 50;

/// What came of a try.
enum Tried {
    Applied,
    /// It was applied before, or somebody is applying it at this moment.
    NotNow,
    InVain(NoticeTrouble),
}

/// Where what it says led.
enum Followed {
    /// A word for it.
    To(&'static str),
    Nowhere(NoticeTrouble),
}

/// Applies every stored notification that is due. Returns how many.
pub(crate) async fn apply_waiting(hand: Hand<'_>, now: DateTime<Utc>) -> Result<u64> {
    let waiting = queries::waiting(&mut *hand.look().await?, now).await?;
    let mut applied = 0;
    for id in waiting {
        applied += u64::from(attempt(hand, id).await?);
    }
    Ok(applied)
}

/// What a person must look at, oldest first.
pub(crate) async fn stuck(conn: &mut MySqlConnection, gateways: &Gateways) -> Result<Vec<StuckNotice>> {
    let mut stuck = Vec::new();
    for row in queries::stuck(conn, SHOWN).await? {
        stuck.push(StuckNotice {
            about: about(conn, gateways, &row.gateway, &row.body).await?,
            id: row.id,
            gateway: row.gateway,
            received_at: row.received_at,
            tries: row.tries,
            next_try_at: row.next_try_at,
            trouble: row.trouble,
            detail: row.detail,
        });
    }
    Ok(stuck)
}

/// How many notifications a person must look at.
pub(crate) async fn count_stuck(conn: &mut MySqlConnection) -> Result<u64> {
    Ok(queries::count_stuck(conn).await?)
}

/// Throws away some of what was applied before `limit`.
pub(crate) async fn forget_applied_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> Result<u64> {
    Ok(queries::delete_applied_before(conn, limit).await?)
}

/// Applies a stuck notice at once.
///
/// `NotFound` when it waits no more; `Refused(NoticeStillStuck)` when it was in vain.
#[instrument(skip_all, fields(notice.id = %request.notice_id, staff.id = %staff.id))]
pub async fn retry(shop: &Shop, staff: &Staff, request: RetryNotice) -> Result<()> {
    staff.require(Permission::RefundOrders)?;
    let id = request.notice_id;
    repeat_while_busy!(decide(shop, staff, id, AuditAction::RetryNotice, None))?;
    if attempt(Hand::Caller(shop), id).await? { Ok(()) } else { Err(Error::Refused(Message::NoticeStillStuck)) }
}

/// Leaves a stuck notice alone for good. What it tells is kept, with the reason in the history.
///
/// `NotFound` when it waits no more.
#[instrument(skip_all, fields(notice.id = %request.notice_id, staff.id = %staff.id))]
pub async fn set_aside(shop: &Shop, staff: &Staff, request: SetAsideNotice) -> Result<()> {
    staff.require(Permission::RefundOrders)?;
    let reason = Reason::parse(&request.reason).map_err(|message| Error::field("reason", message))?;
    repeat_while_busy!(decide(shop, staff, request.notice_id, AuditAction::SetAsideNotice, Some(&reason)))?;
    shop.feed.wake();
    Ok(())
}

/// Tries one. False when it was in vain, which is noted; an error when nothing can be done at all now.
pub(super) async fn attempt(hand: Hand<'_>, id: InboxId) -> Result<bool> {
    let (trouble, detail) = match repeat_while_busy!(apply_one(hand, id)) {
        Ok(Tried::Applied) => return Ok(true),
        Ok(Tried::NotNow) => return Ok(false),
        Ok(Tried::InVain(trouble)) => (trouble, None),
        Err(error @ (Error::Unavailable { .. } | Error::LeaseLost)) => return Err(error),
        // A row that others hold says nothing about the notice.
        Err(Error::Busy(_)) => return Ok(false),
        Err(error) => (NoticeTrouble::Failed, Some(Chain(&error).to_string())),
    };
    repeat_while_busy!(note(hand, id, trouble, detail.as_deref()))?;
    hand.wake();
    Ok(false)
}

async fn apply_one(hand: Hand<'_>, id: InboxId) -> Result<Tried> {
    let settings = hand.settings().await?;
    let (mut tx, now) = hand.begin().await?;
    let entry = match hand {
        // The same again, told a moment later, may hold the row for an instant: it is no reason to wait for a job.
        Hand::Caller(_) => queries::lock(&mut tx, id).await?,
        // Whoever holds the row is applying it at this moment.
        Hand::Job(_) => queries::lock_waiting(&mut tx, id).await?,
    };
    let Some(entry) = entry else { return Ok(Tried::NotNow) };
    let outcome = match follow(hand, &mut tx, &entry, &settings, now).await? {
        Followed::To(outcome) => outcome,
        Followed::Nowhere(trouble) => {
            // Whoever notes it waits for this row.
            tx.rollback().await?;
            return Ok(Tried::InVain(trouble));
        }
    };
    queries::set_applied(&mut tx, id, outcome, now).await?;
    tx.commit().await?;

    hand.wake();
    Ok(Tried::Applied)
}

/// Applies what it says, and gives a word for what came of it, or why it cannot be.
async fn follow(
    hand: Hand<'_>,
    conn: &mut MySqlConnection,
    entry: &InboxEntry,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Followed> {
    let Some(gateway) = hand.gateways().named(&entry.gateway) else {
        return Ok(Followed::Nowhere(NoticeTrouble::NoGateway));
    };
    let told = Told { gateway: gateway.name(), settings, now };
    Ok(match gateway.read(&entry.body) {
        Ok(Statement::Payment(statement)) => match apply::payment(conn, &statement, told).await? {
            apply::UNKNOWN if statement.outcome == GatewayOutcome::Paid => {
                Followed::Nowhere(NoticeTrouble::UnknownPayment)
            }
            outcome => Followed::To(outcome),
        },
        Ok(Statement::Refund(statement)) => match refunds::apply(conn, &statement, now).await? {
            Some(outcome) => Followed::To(outcome),
            None => Followed::Nowhere(NoticeTrouble::UnknownRefund),
        },
        Err(_) => Followed::Nowhere(NoticeTrouble::Unreadable),
    })
}

/// Notes a try that was in vain, and tells the desk once when a person is needed.
async fn note(hand: Hand<'_>, id: InboxId, trouble: NoticeTrouble, detail: Option<&str>) -> Result<()> {
    let (mut tx, now) = hand.begin().await?;
    let Some(entry) = queries::lock(&mut tx, id).await? else { return Ok(()) };
    let InboxEntry { gateway, tries, is_stuck, .. } = entry;
    let is_for_a_person = match trouble {
        NoticeTrouble::Unreadable | NoticeTrouble::UnknownPayment | NoticeTrouble::UnknownRefund => true,
        NoticeTrouble::NoGateway | NoticeTrouble::Failed => tries >= PATIENCE,
    };
    let next_try_at = now + pause_after(tries);
    let in_vain = InVain { trouble, detail, next_try_at, is_stuck: is_for_a_person, now };
    queries::set_tried_in_vain(&mut tx, id, &in_vain).await?;
    if is_for_a_person && !is_stuck {
        tracing::error!(notice.id = %id, gateway, trouble = %trouble, detail, "a notification cannot be applied");
        events::record(&mut tx, &Happening::NoticeStuck { gateway }, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Writes down what a person decided about a stuck notice; with a reason it is over.
async fn decide(shop: &Shop, staff: &Staff, id: InboxId, action: AuditAction, over: Option<&Reason>) -> Result<()> {
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let nothing = || Error::NotFound(Message::NoSuchNotice);
    let entry = queries::lock(&mut tx, id).await?.filter(|entry| entry.is_stuck).ok_or_else(nothing)?;
    let about = about(&mut tx, &shop.gateways, &entry.gateway, &entry.body).await?;
    let name = about.map_or(entry.gateway, |about| about.reference);
    let subject = Subject::new(SubjectKind::Notice, id, name);
    match over {
        None => {
            let (before, after) = (json!({ "tries": entry.tries }), json!({ "tries": entry.tries + 1 }));
            audit::record(&mut tx, staff, action, &subject, &before, &after, now).await?;
        }
        Some(reason) => {
            queries::set_applied(&mut tx, id, "set_aside", now).await?;
            let (before, after) = (json!({ "reason": null }), json!({ "reason": reason.as_str() }));
            audit::record(&mut tx, staff, action, &subject, &before, &after, now).await?;
            events::record(&mut tx, &Happening::NoticesChanged, now).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// What a stored notification says, if anybody here can read it.
async fn about(
    conn: &mut MySqlConnection,
    gateways: &Gateways,
    gateway: &str,
    body: &[u8],
) -> Result<Option<NoticeAbout>> {
    let Some(Ok(statement)) = gateways.named(gateway).map(|gateway| gateway.read(body)) else { return Ok(None) };
    let (reference, outcome, amount, currency) = match statement {
        Statement::Payment(told) => (told.reference, Some(told.outcome), told.amount, told.currency),
        Statement::Refund(told) => (told.reference, None, told.amount, told.currency),
    };
    let order_id = super::queries::payable_of(conn, &reference).await?.and_then(Payable::order);
    Ok(Some(NoticeAbout { reference, outcome, amount, currency, order_id }))
}
