//! The inbox: a notification is proved, stored once and answered, and applied once. One that cannot be applied is tried ever
//! more seldom and keeps no other waiting; a person is shown it, and decides.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::{About, Happening};
use domain::id::InboxId;
use domain::message::Message;
use domain::payments::{
    GatewayName, GatewayOutcome, NoticeAbout, NoticeTrouble, Payable, RetryNotice, SetAsideNotice, StuckNotice,
};
use domain::staff::{Permission, Staff};
use domain::text::Reason;
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use self::asking::Truth;
use self::queries::{InVain, InboxEntry};
use super::{apply, sending};
use crate::database::{StaffWork, Work, Writer, transact};
use crate::error::{Chain, Error, Party, Result};
use crate::gateways::{Gateways, PaymentStatement, RefundStatement, Statement, is_away, pause_after};
use crate::lead::Fence;
use crate::{Shop, database, events, money};

mod asking;
mod listing;
mod queries;

pub(crate) use listing::forget_refusals_before;
pub use listing::{notice, notices};

/// So many tries may fail by an error that could pass before a person is told: about half a minute.
const PATIENCE: u32 = 3;
/// The same for a gateway that does not answer: about an hour.
const PATIENCE_WITH_GATEWAYS: u32 = 9;
/// So many stuck notices are shown.
const SHOWN: u32 = 50;

/// What comes of news that change nothing.
const NOTHING: &str = "ignored";

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
    /// The gateway came into use after it was looked at whether it must be asked.
    NotNow,
}

/// Whether a notification was new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    New,
    /// It came before; nothing changed.
    Repeat,
}

/// Takes a gateway's notification: proves it, stores it once, then applies it.
///
/// Nothing is written for one that proves nothing. Applying may fail without failing the answer: the notification is
/// stored, and a job tries again.
#[instrument(skip_all, fields(gateway = gateway))]
pub async fn receive(shop: &Shop, gateway: &str, headers: &[(String, String)], body: &[u8]) -> Result<Received> {
    let known = shop.gateways.named(gateway).ok_or(Error::NotFound(Message::NoSuchPage))?;
    let writer = shop.gateway(gateway);
    let stored = transact!(writer, |work| {
        let now = work.now();
        let notification = match known.prove(headers, body, now) {
            Ok(notification) => notification,
            Err(unproved) => return Ok(Err(unproved)),
        };
        match queries::insert(work, gateway, &notification.event_key, body, now).await {
            Err(error) if database::is_duplicate_of(&error, "payment_inbox_event") => {
                // The first may be seen but not on the disk yet; a write that follows it is, and it with it.
                queries::set_received_again(work, gateway, &notification.event_key, now).await?;
                Ok(Ok(None))
            }
            inserted => Ok(Ok(Some(inserted?))),
        }
    })?;
    let stored = match stored {
        Ok(stored) => stored,
        Err(unproved) => {
            listing::count_refusal(shop, gateway).await;
            return Err(unproved);
        }
    };
    let Some(id) = stored else { return Ok(Received::Repeat) };
    if matches!(known.read(body), Ok(Statement::Names { .. })) {
        asking::soon(shop, gateway, id);
        return Ok(Received::New);
    }
    // This one and no other: whatever waits longer is the job's.
    if let Err(error) = attempt(&writer, id).await {
        tracing::warn!(%error, "a stored notification waits for the next run");
    }
    Ok(Received::New)
}

/// Applies every stored notification that is due. Returns how many.
pub(crate) async fn apply_waiting(fence: &Fence) -> Result<u64> {
    let waiting = queries::waiting(&mut *fence.look().await?, fence.began_at()).await?;
    let mut applied = 0;
    for id in waiting.into_iter().take_while(|_| fence.goes_on()) {
        applied += u64::from(attempt(&fence.writer(), id).await?);
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

/// When each gateway last told something.
pub(super) async fn last_notices(conn: &mut MySqlConnection) -> Result<Vec<(String, DateTime<Utc>)>> {
    Ok(queries::last_received(conn).await?)
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
    let (writer, id) = (shop.staff(staff, Permission::RefundOrders)?, request.notice_id);
    transact!(writer, |work| { decide(work, id, AuditAction::RetryNotice, None).await })?;
    if attempt(&shop.gateway("inbox"), id).await? { Ok(()) } else { Err(Error::Refused(Message::NoticeStillStuck)) }
}

/// Leaves a stuck notice alone for good. What it tells is kept, with the reason in the history.
///
/// `NotFound` when it waits no more.
#[instrument(skip_all, fields(notice.id = %request.notice_id, staff.id = %staff.id))]
pub async fn set_aside(shop: &Shop, staff: &Staff, request: SetAsideNotice) -> Result<()> {
    let writer = shop.staff(staff, Permission::RefundOrders)?;
    let reason = Reason::parse(&request.reason).map_err(|message| Error::field("reason", message))?;
    transact!(writer, |work| { decide(work, request.notice_id, AuditAction::SetAsideNotice, Some(&reason)).await })
}

/// Tries one. False when it was in vain, which is noted; an error when nothing can be done at all now.
async fn attempt(writer: &Writer<'_>, id: InboxId) -> Result<bool> {
    let truth = match asking::truth(writer, id).await {
        Ok(truth) => truth,
        Err(ref error @ Error::Unavailable { party: Party::Gateway, ref cause }) => {
            let trouble = if is_away(error) { NoticeTrouble::GatewayAway } else { NoticeTrouble::Failed };
            let detail = cause.to_string();
            transact!(writer, |work| { note(work, id, trouble, Some(&detail)).await })?;
            return Ok(false);
        }
        Err(error) => return Err(error),
    };
    let tried = transact!(writer, |work| {
        let entry = if writer.is_job() {
            // Whoever holds the row is applying it at this moment.
            queries::lock_waiting(work, id).await?
        } else {
            // The same again, told a moment later, may hold the row for an instant: it is no reason to wait for a job.
            queries::lock(work, id).await?
        };
        let Some(entry) = entry else { return Ok(Tried::NotNow) };
        match follow(work, &entry, &truth).await? {
            Followed::NotNow => Ok(Tried::NotNow),
            Followed::To(outcome) => {
                let now = work.now();
                queries::set_applied(work, id, outcome, now).await?;
                Ok(Tried::Applied)
            }
            Followed::Nowhere(trouble) => Ok(Tried::InVain(trouble)),
        }
    });
    let (trouble, detail) = match tried {
        Ok(Tried::Applied) => return Ok(true),
        Ok(Tried::NotNow) => return Ok(false),
        Ok(Tried::InVain(trouble)) => (trouble, None),
        Err(error @ (Error::Unavailable { .. } | Error::LeaseLost)) => return Err(error),
        // A row that others hold says nothing about the notice.
        Err(Error::Busy(_)) => return Ok(false),
        Err(error) => (NoticeTrouble::Failed, Some(Chain(&error).to_string())),
    };
    transact!(writer, |work| { note(work, id, trouble, detail.as_deref()).await })?;
    Ok(false)
}

/// Notes a try that was in vain, and tells the desk once when a person is needed.
async fn note(work: &mut Work, id: InboxId, trouble: NoticeTrouble, detail: Option<&str>) -> Result<()> {
    let now = work.now();
    let Some(entry) = queries::lock(work, id).await? else { return Ok(()) };
    let InboxEntry { gateway, tries, is_stuck, .. } = entry;
    let is_for_a_person = match trouble {
        NoticeTrouble::Unreadable | NoticeTrouble::UnknownPayment | NoticeTrouble::UnknownRefund => true,
        NoticeTrouble::NoGateway | NoticeTrouble::Failed => tries >= PATIENCE,
        // Live attempts are asked about by themselves meanwhile.
        NoticeTrouble::GatewayAway => tries >= PATIENCE_WITH_GATEWAYS,
    };
    let next_try_at = now + pause_after(tries);
    let in_vain = InVain { trouble, detail, next_try_at, is_stuck: is_for_a_person, now };
    queries::set_tried_in_vain(work, id, &in_vain).await?;
    if is_for_a_person && !is_stuck {
        tracing::error!(notice.id = %id, gateway, trouble = %trouble, detail, "a notification cannot be applied");
        events::record(work, &Happening::NoticeStuck { gateway }).await?;
    }
    Ok(())
}

/// Applies what it says, or what its gateway says of the payment that it names, and gives a word for what came of it, or why it
/// cannot be.
async fn follow(work: &mut Work, entry: &InboxEntry, truth: &Truth) -> Result<Followed> {
    let Some(gateway) = work.shop().gateways.named(&entry.gateway) else {
        return Ok(Followed::Nowhere(NoticeTrouble::NoGateway));
    };
    match (gateway.read(&entry.body), truth) {
        (Ok(Statement::Payment(statement)), _) => follow_payment(work, &statement, gateway.name()).await,
        (Ok(Statement::Refund(statement)), _) => follow_refund(work, &statement, gateway.name()).await,
        (Ok(Statement::Names { .. }), Truth::Told(standing)) => {
            let came = apply::standing(work, standing, gateway.name()).await?;
            Ok(match came.is_given_back_elsewhere {
                true => Followed::Nowhere(NoticeTrouble::UnknownRefund),
                false => payment_led(came.of_payment, standing.payment.outcome),
            })
        }
        (Ok(Statement::Names { .. }), Truth::Unknown) | (Ok(Statement::Nothing), _) => Ok(Followed::To(NOTHING)),
        (Ok(Statement::Names { .. }), Truth::NotAsked) => Ok(Followed::NotNow),
        (Err(_), _) => Ok(Followed::Nowhere(NoticeTrouble::Unreadable)),
    }
}

async fn follow_payment(work: &mut Work, statement: &PaymentStatement, gateway: GatewayName) -> Result<Followed> {
    Ok(payment_led(apply::payment(work, statement, gateway).await?, statement.outcome))
}

fn payment_led(word: &'static str, outcome: GatewayOutcome) -> Followed {
    match word {
        apply::UNKNOWN if outcome == GatewayOutcome::Paid => Followed::Nowhere(NoticeTrouble::UnknownPayment),
        word => Followed::To(word),
    }
}

async fn follow_refund(work: &mut Work, statement: &RefundStatement, gateway: GatewayName) -> Result<Followed> {
    let outcome = sending::apply(work, statement, gateway).await?;
    Ok(outcome.map_or(Followed::Nowhere(NoticeTrouble::UnknownRefund), Followed::To))
}

/// Writes down what a person decided about a stuck notice; with a reason it is over.
async fn decide(work: &mut StaffWork, id: InboxId, action: AuditAction, over: Option<&Reason>) -> Result<()> {
    let (now, gateways) = (work.now(), work.shop().gateways.clone());
    let nothing = || Error::NotFound(Message::NoSuchNotice);
    let entry = queries::lock(work, id).await?.filter(|entry| entry.is_stuck).ok_or_else(nothing)?;
    let about = about(work, &gateways, &entry.gateway, &entry.body).await?;
    let name = about.map_or(entry.gateway, |about| about.reference);
    let subject = Subject::new(SubjectKind::Notice, id, name);
    events::record(work, &About::Notices.into()).await?;
    let Some(reason) = over else {
        let (before, after) = (json!({ "tries": entry.tries }), json!({ "tries": entry.tries + 1 }));
        return work.record(action, &subject, &before, &after).await;
    };
    queries::set_applied(work, id, "set_aside", now).await?;
    let (before, after) = (json!({ "reason": null }), json!({ "reason": reason.as_str() }));
    work.record(action, &subject, &before, &after).await
}

/// What a stored notification says, if anybody here can read it.
async fn about(
    conn: &mut MySqlConnection,
    gateways: &Gateways,
    gateway: &str,
    body: &[u8],
) -> Result<Option<NoticeAbout>> {
    let Some(Ok(statement)) = gateways.named(gateway).map(|gateway| gateway.read(body)) else { return Ok(None) };
    let (reference, outcome, money) = match statement {
        Statement::Payment(told) => (told.reference, Some(told.outcome), Some((told.amount, told.currency))),
        Statement::Refund(told) => (told.reference, None, Some((told.amount, told.currency))),
        Statement::Names { reference } => (reference, None, None),
        Statement::Nothing => return Ok(None),
    };
    let order_id = money::attempts::payable_of(conn, &reference).await?.and_then(Payable::order);
    Ok(Some(NoticeAbout { reference, outcome, money, order_id }))
}
