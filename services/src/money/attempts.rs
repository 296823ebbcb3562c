//! Attempts to pay: one lives for each bill. One that ended otherwise than by money is kept until its gateway has closed it.

use chrono::{DateTime, Utc};
use domain::mail::MailKind;
use domain::money::{Currency, Money};
use domain::orders::OrderId;
use domain::payments::{AttemptPage, ListAttempts, Payable, PaymentId, PaymentStatus};
use sqlx::MySqlConnection;

pub(crate) use super::queries::asking::Open;
pub(crate) use super::queries::closing::GivenUp;
pub(crate) use super::queries::{LiveAttempt, LockedAttempt, PageNoted};
use super::{Bill, CASH, FORMER, queries};
use crate::database::Work;
use crate::error::{Error, Result};
use crate::gateways::{Page, pause_after, pause_between};
use crate::mail;

/// The attempt that may still be paid, if there is one.
pub(crate) async fn live(conn: &mut MySqlConnection, what: Payable) -> Result<Option<LiveAttempt>> {
    Ok(queries::live(conn, what).await?)
}

/// The live attempt, made when there is none. The caller has the lock of what the bill is for.
pub(crate) async fn live_or_new(work: &mut Work, bill: Bill<'_>, gateway: &str) -> Result<LiveAttempt> {
    if let Some(attempt) = queries::live(work, bill.what).await? {
        return Ok(attempt);
    }
    let now = work.now();
    let tries = queries::count_attempts(work, bill.what).await?;
    let reference = format!("{}-{}", bill.number, tries + 1);
    let new = queries::New { what: bill.what, gateway, reference: &reference, amount: bill.total };
    let id = queries::insert(work, &new, bill.currency, now).await?;
    Ok(LiveAttempt { id, gateway: gateway.to_owned(), reference, redirect_url: None, gateway_reference: None })
}

/// The page that an order got first.
pub(crate) async fn first_page(conn: &mut MySqlConnection, order: OrderId) -> Result<Option<String>> {
    Ok(queries::first_page(conn, order).await?)
}

/// Notes the page that its gateway gave to an attempt, and tells how the attempt is then. A page that somebody else noted
/// meanwhile stays, and an attempt that was given up meanwhile must be closed.
pub(crate) async fn set_page(
    work: &mut Work,
    attempt: &LiveAttempt,
    page: &Page,
    at: DateTime<Utc>,
) -> Result<PageNoted> {
    Ok(queries::set_page(work, attempt.id, attempt.redirect_url.as_deref(), page, at).await?)
}

/// What an attempt is for; nothing when there is none of that name.
pub(crate) async fn payable_of(conn: &mut MySqlConnection, reference: &str) -> Result<Option<Payable>> {
    Ok(queries::payable_of(conn, reference).await?)
}

/// The gateway's own name of an attempt, where it is not known there by ours.
pub(crate) async fn gateway_reference(
    conn: &mut MySqlConnection,
    gateway: &str,
    reference: &str,
) -> Result<Option<String>> {
    Ok(queries::gateway_reference(conn, gateway, reference).await?)
}

/// An attempt that is known to be there. The caller has the lock of what it is for.
pub(crate) async fn lock(conn: &mut MySqlConnection, reference: &str) -> Result<LockedAttempt> {
    let locked = queries::lock_attempt(conn, reference).await?;
    locked.ok_or_else(|| Error::internal(format!("the payment {reference} vanished")))
}

/// Ends an attempt, one way or another.
pub(crate) async fn settle(work: &mut Work, id: PaymentId, status: PaymentStatus) -> Result<()> {
    let now = work.now();
    Ok(queries::settle(work, id, status, now).await?)
}

/// Ends an attempt that nobody needs to close at its gateway any more.
pub(crate) async fn settle_closed(work: &mut Work, id: PaymentId, status: PaymentStatus) -> Result<()> {
    settle(work, id, status).await?;
    set_closed(work, id).await
}

/// Ends an attempt with what its gateway reported instead of what was asked for: a person decides.
pub(crate) async fn leave_to_a_person(work: &mut Work, id: PaymentId, amount: Money, currency: Currency) -> Result<()> {
    settle(work, id, PaymentStatus::NeedsReview).await?;
    queries::checking::set_reported(work, id, amount, currency).await?;
    let about = queries::checking::payable_of_payment(work, id).await?.map(|what| match what {
        Payable::Order(order) => mail::About::from(order),
        Payable::Membership(purchase) => purchase.into(),
    });
    let settings = work.settings().await?;
    mail::tell_owner(work, &settings, MailKind::MoneyToDecide, about, None, &format!("money:{id}")).await.map(drop)
}

/// Gives up the live attempt of something that is called off, paid or priced anew; a job ends it at its gateway.
pub(crate) async fn end_live(work: &mut Work, what: impl Into<Payable>) -> Result<()> {
    let now = work.now();
    Ok(queries::expire_live(work, what.into(), now).await?)
}

/// Notes the whole money of a bill of the past.
pub(crate) async fn record_past<'a>(work: &mut Work, bill: impl Into<Bill<'a>>) -> Result<()> {
    let bill = bill.into();
    record_paid(work, bill, ("demo", "0"), bill.total).await
}

/// Notes money that the shop before this one took: no gateway of ours knows it.
pub(crate) async fn record_former<'a>(work: &mut Work, bill: impl Into<Bill<'a>>, amount: Money) -> Result<()> {
    record_paid(work, bill.into(), (FORMER, FORMER), amount).await
}

/// Notes money that was paid at the door.
pub(crate) async fn record_cash<'a>(work: &mut Work, bill: impl Into<Bill<'a>>, amount: Money) -> Result<()> {
    record_paid(work, bill.into(), (CASH, CASH), amount).await
}

/// Those that were given up and that their gateways are to close now.
pub(crate) async fn to_close(conn: &mut MySqlConnection, now: DateTime<Utc>) -> Result<Vec<GivenUp>> {
    Ok(queries::closing::due(conn, now).await?)
}

/// Those of one thing that were given up, and that their gateways have not closed.
pub(crate) async fn given_up_of(conn: &mut MySqlConnection, what: Payable) -> Result<Vec<GivenUp>> {
    Ok(queries::closing::of(conn, what).await?)
}

/// Those that their gateways are to be asked about now.
pub(crate) async fn to_ask(conn: &mut MySqlConnection, now: DateTime<Utc>) -> Result<Vec<Open>> {
    Ok(queries::asking::due(conn, now).await?)
}

/// Those of one thing that may still be paid at their gateways.
pub(crate) async fn open_of(conn: &mut MySqlConnection, what: Payable) -> Result<Vec<Open>> {
    Ok(queries::asking::of(conn, what).await?)
}

/// A page of attempts, newest first.
pub(crate) async fn page(conn: &mut MySqlConnection, request: ListAttempts, per_page: u32) -> Result<AttemptPage> {
    let before = request.before.unwrap_or(PaymentId::new(u64::MAX));
    let rows = match request.status {
        None => queries::listing::newest(conn, before, per_page + 1).await?,
        Some(status) => queries::listing::newest_of(conn, status, before, per_page + 1).await?,
    };
    let has_more = rows.len() > per_page as usize;
    let rows: Vec<_> = rows.into_iter().take(per_page as usize).map(queries::listing::ListedRow::read).collect();
    let next = rows.last().map(|row| row.id).filter(|_| has_more);
    Ok(AttemptPage { rows, next })
}

/// Lets the gateway be asked again later how an attempt stands.
pub(crate) async fn ask_later(work: &mut Work, open: &Open) -> Result<()> {
    let next = work.now() + pause_between(open.asks);
    Ok(queries::asking::postpone(work, open.id, next).await?)
}

/// Notes that the gateway has closed an attempt.
pub(crate) async fn set_closed(work: &mut Work, id: PaymentId) -> Result<()> {
    let now = work.now();
    Ok(queries::closing::set_closed(work, id, now).await?)
}

/// Lets the gateway be asked later to close an attempt.
pub(crate) async fn put_off(work: &mut Work, attempt: &GivenUp) -> Result<()> {
    let next_try_at = work.now() + pause_after(attempt.tries);
    Ok(queries::closing::postpone(work, attempt.id, next_try_at).await?)
}

async fn record_paid(work: &mut Work, bill: Bill<'_>, (gateway, suffix): (&str, &str), amount: Money) -> Result<()> {
    let at = work.now();
    let reference = format!("{}-{suffix}", bill.number);
    let new = queries::New { what: bill.what, gateway, reference: &reference, amount };
    let attempt = queries::insert(work, &new, bill.currency, at).await?;
    Ok(queries::settle(work, attempt, PaymentStatus::Paid, at).await?)
}
