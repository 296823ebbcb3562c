//! The SQL of letters on their way. Private to the slice.

use chrono::{DateTime, TimeDelta, Utc};
use domain::customers::CustomerId;
use domain::locale::{Locale, Translated};
use domain::mail::{LetterId, LetterRow, LetterState, MailKind, MailTrouble, Trouble};
use domain::money::{BasisPoints, Currency, Money};
use domain::orders::OrderId;
use domain::staff::StaffId;
use sqlx::MySqlConnection;

pub(super) mod own;

pub(super) struct Row {
    pub(super) id: LetterId,
    kind: MailKind,
    email: String,
    order_id: Option<OrderId>,
    number: Option<String>,
    created_at: DateTime<Utc>,
    state: LetterState,
    sent_at: Option<DateTime<Utc>>,
    tries: u32,
    next_try_at: Option<DateTime<Utc>>,
    trouble: Option<MailTrouble>,
    trouble_said: Option<String>,
}

impl Row {
    pub(super) fn read(self) -> LetterRow {
        LetterRow {
            id: self.id,
            kind: self.kind,
            to: self.email,
            order: self.order_id.zip(self.number),
            written_at: self.created_at,
            state: self.state,
            sent_at: self.sent_at,
            tries: self.tries,
            next_try_at: self.next_try_at,
            trouble: self.trouble.map(|kind| Trouble { kind, said: self.trouble_said.unwrap_or_default() }),
        }
    }
}

/// The newest letters before one, or of all. A letter is for whom the order, the purchase or the membership belongs to.
pub(super) async fn letters(
    conn: &mut MySqlConnection,
    before: Option<LetterId>,
    limit: u64,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        "select m.id as `id: _`, m.kind as `kind: _`,
                coalesce(m.to_email, s.email, o.email, c.email) as `email!: _`,
                m.order_id as `order_id: _`, o.number as `number?: _`, m.created_at as `created_at: _`,
                m.state as `state: _`, m.sent_at as `sent_at: _`, m.tries as `tries: _`,
                m.next_try_at as `next_try_at: _`, m.trouble as `trouble: _`, m.trouble_said as `trouble_said: _`
         from mail_outbox m
         left join orders o on o.id = m.order_id
         left join membership_purchases p on p.id = m.membership_purchase_id
         left join memberships ms on ms.id = m.membership_id
         left join customers c on c.id = coalesce(p.customer_id, ms.customer_id, m.customer_id)
         left join staff s on s.id = m.staff_id
         where m.id < ?
         order by m.id desc limit ?",
        before.map_or(u64::MAX, LetterId::get),
        limit,
    )
    .fetch_all(conn)
    .await
}

/// One letter.
pub(super) async fn letter(conn: &mut MySqlConnection, id: LetterId) -> sqlx::Result<Option<Row>> {
    let just_behind = LetterId::new(id.get().saturating_add(1));
    let newest = letters(conn, Some(just_behind), 1).await?;
    Ok(newest.into_iter().find(|row| row.id == id))
}

/// What is known of a letter and of whom it is for.
pub(super) struct Facts {
    pub(super) kind: MailKind,
    pub(super) order_id: Option<OrderId>,
    pub(super) customer_id: Option<CustomerId>,
    pub(super) staff_id: Option<StaffId>,
    pub(super) told: Option<String>,
    /// Whether its reader said that news of the shop are not wanted.
    pub(super) is_unwanted: bool,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) locale: Option<Locale>,
    pub(super) written_at: DateTime<Utc>,
    pub(super) currency: Option<Currency>,
    pub(super) refund_amount: Option<Money>,
    pub(super) refund_reason: Option<String>,
    pub(super) purchase_number: Option<String>,
    pub(super) due_amount: Option<Money>,
    pub(super) plan: Option<Translated>,
    pub(super) percent_off: Option<BasisPoints>,
    pub(super) free_delivery: Option<bool>,
    pub(super) ends_at: Option<DateTime<Utc>>,
}

pub(super) async fn facts(conn: &mut MySqlConnection, id: LetterId) -> sqlx::Result<Option<Facts>> {
    sqlx::query_as!(
        Facts,
        "select m.kind as `kind: _`, m.order_id as `order_id: _`, c.id as `customer_id?: _`,
                m.staff_id as `staff_id: _`, m.told as `told: _`,
                coalesce(not a.wants_news, false) as `is_unwanted!: bool`,
                coalesce(m.to_email, s.email, o.email, c.email) as `email!: _`,
                coalesce(s.name, o.name, c.name) as `name!: _`,
                coalesce(s.locale, o.locale, p.locale, a.locale) as `locale?: _`,
                m.created_at as `written_at: _`, coalesce(o.currency, p.currency) as `currency?: _`,
                r.amount as `refund_amount?: _`, r.reason as `refund_reason?: _`, p.number as `purchase_number?: _`,
                p.due_amount as `due_amount?: _`, pl.name as `plan?: _`,
                coalesce(ms.percent_off, p.percent_off) as `percent_off?: _`,
                coalesce(ms.free_delivery, p.free_delivery) as `free_delivery?: _`, ms.ends_at as `ends_at?: _`
         from mail_outbox m
         left join orders o on o.id = m.order_id
         left join membership_purchases p on p.id = m.membership_purchase_id
         left join memberships ms on ms.id = coalesce(m.membership_id, p.membership_id)
         left join membership_plans pl on pl.id = coalesce(ms.plan_id, p.plan_id)
         left join customers c on c.id = coalesce(p.customer_id, ms.customer_id, m.customer_id)
         left join accounts a on a.customer_id = c.id
         left join refunds r on r.id = m.refund_id
         left join staff s on s.id = m.staff_id
         where m.id = ?",
        id,
    )
    .fetch_optional(conn)
    .await
}

/// A letter that is to be sent.
pub(super) struct Due {
    pub(super) id: LetterId,
    pub(super) kind: MailKind,
    pub(super) copies: u32,
    pub(super) asked_at: DateTime<Utc>,
    pub(super) tries: u32,
    pub(super) unanswered: u32,
}

/// Those whose time has come, the longest waiting first. A try that is planned further ahead than the longest pause was
/// planned before the clock was set back.
pub(super) async fn due(
    conn: &mut MySqlConnection,
    now: DateTime<Utc>,
    longest_pause: TimeDelta,
    limit: u64,
) -> sqlx::Result<Vec<Due>> {
    sqlx::query_as!(
        Due,
        "select id as `id: _`, kind as `kind: _`, copies as `copies: _`, asked_at as `asked_at: _`,
                tries as `tries: _`, unanswered as `unanswered: _`
         from mail_outbox
         where state = 'waiting' and (next_try_at <= ? or next_try_at > ?)
         order by next_try_at, id limit ?",
        now,
        now + longest_pause,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// How many were tried between two moments.
pub(super) async fn tried_within(
    conn: &mut MySqlConnection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast(count(*) as unsigned) as `count!: u64` from mail_outbox where tried_at > ? and tried_at <= ?",
        from,
        until,
    )
    .fetch_one(conn)
    .await
}

/// Notes that a letter is handed over at this moment. False when it waits no more.
pub(super) async fn begin(conn: &mut MySqlConnection, id: LetterId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let begun = sqlx::query!(
        "update mail_outbox set tries = tries + 1, tried_at = ? where id = ? and state = 'waiting'",
        now,
        id,
    );
    Ok(begun.execute(conn).await?.rows_affected() == 1)
}

pub(super) async fn set_sent(conn: &mut MySqlConnection, id: LetterId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "update mail_outbox
         set state = 'sent', sent_at = ?, next_try_at = null, trouble = null, trouble_said = null
         where id = ? and state = 'waiting'",
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn set_kept(conn: &mut MySqlConnection, id: LetterId) -> sqlx::Result<()> {
    sqlx::query!(
        "update mail_outbox set state = 'kept', next_try_at = null, trouble = null, trouble_said = null
         where id = ? and state = 'waiting'",
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn set_failed(conn: &mut MySqlConnection, id: LetterId, trouble: &Trouble) -> sqlx::Result<()> {
    sqlx::query!(
        "update mail_outbox set state = 'failed', next_try_at = null, trouble = ?, trouble_said = left(?, 500)
         where id = ? and state = 'waiting'",
        trouble.kind,
        trouble.said,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn put_off(
    conn: &mut MySqlConnection,
    id: LetterId,
    until: DateTime<Utc>,
    trouble: &Trouble,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update mail_outbox
         set next_try_at = ?, trouble = ?, trouble_said = left(?, 500),
             unanswered = unanswered + (trouble = 'unanswered')
         where id = ? and state = 'waiting'",
        until,
        trouble.kind,
        trouble.said,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts off every letter that would be tried before that, for a reason that is not its own.
pub(super) async fn put_off_all(
    conn: &mut MySqlConnection,
    until: DateTime<Utc>,
    trouble: &Trouble,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update mail_outbox set next_try_at = ?, trouble = ?, trouble_said = left(?, 500)
         where state = 'waiting' and next_try_at < ?",
        until,
        trouble.kind,
        trouble.said,
        until,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets what was put off be tried at once, as when the account was mended.
pub(super) async fn hasten(conn: &mut MySqlConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update mail_outbox set next_try_at = ?, asked_at = greatest(asked_at, ?)
         where state = 'waiting' and next_try_at > ? and trouble not in ('unanswered', 'not_now')",
        now,
        now - TimeDelta::days(1),
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// What became of a letter, and nobody else changes that until the transaction ends.
pub(super) struct LockedRow {
    pub(super) state: LetterState,
    pub(super) email: String,
}

pub(super) async fn lock(conn: &mut MySqlConnection, id: LetterId) -> sqlx::Result<Option<LockedRow>> {
    sqlx::query!("update mail_outbox set copies = copies + 1 where id = ?", id).execute(&mut *conn).await?;
    let row = letter(conn, id).await?;
    Ok(row.map(|row| LockedRow { state: row.state, email: row.email }))
}

/// Lets a locked letter wait again, as a new one to mail servers.
pub(super) async fn ask_again(conn: &mut MySqlConnection, id: LetterId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "update mail_outbox
         set state = 'waiting', asked_at = ?, next_try_at = ?, tries = 0, unanswered = 0, sent_at = null,
             trouble = null, trouble_said = null
         where id = ?",
        now,
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many wait, and how many were given up.
pub(super) async fn counts(conn: &mut MySqlConnection) -> sqlx::Result<(u64, u64)> {
    let counted = sqlx::query!(
        "select cast(coalesce(sum(state = 'waiting'), 0) as unsigned) as `waiting!: u64`,
                cast(coalesce(sum(state = 'failed' and trouble <> 'unwanted'), 0) as unsigned) as `failed!: u64`
         from mail_outbox where state in ('waiting', 'failed')"
    );
    let counted = counted.fetch_one(conn).await?;
    Ok((counted.waiting, counted.failed))
}

pub(super) async fn is_told(conn: &mut MySqlConnection, once: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!("select exists(select 1 from mail_outbox where once = ?) as `is_told!: bool`", once)
        .fetch_one(conn)
        .await
}
