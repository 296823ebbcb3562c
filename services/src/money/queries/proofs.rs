//! The SQL of proofs of transfers, and of the amounts that are asked for with digits of their own.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::money::{Currency, Money};
use domain::orders::{OrderId, OrderStatus};
use domain::payments::{PaymentId, PaymentStatus, Proof, ProofId, ProofKind, ProofRow, ProofStatus};
use sqlx::MySqlConnection;

/// A proof about to be written down.
pub(crate) struct New<'a> {
    pub(crate) order: OrderId,
    pub(crate) payment: PaymentId,
    pub(crate) kind: ProofKind,
    pub(crate) fingerprint: &'a [u8],
    pub(crate) content: &'a [u8],
}

/// A proof, held under a lock.
pub(crate) struct LockedProof {
    pub(crate) order: OrderId,
    pub(crate) status: ProofStatus,
}

/// What a proof shows.
pub(crate) struct Content {
    pub(crate) kind: ProofKind,
    /// Nothing when it was thrown away.
    pub(crate) bytes: Option<Vec<u8>>,
    pub(crate) number: String,
}

/// What somebody decided.
pub(crate) struct Decision<'a> {
    pub(crate) status: ProofStatus,
    pub(crate) by: &'a str,
    pub(crate) reason: Option<&'a str>,
    pub(crate) at: DateTime<Utc>,
}

/// The newest attempt of an order to pay by transfer.
pub(crate) struct NewestTransfer {
    pub(crate) id: PaymentId,
    pub(crate) reference: String,
    pub(crate) status: PaymentStatus,
    pub(crate) asked: Money,
}

/// A row of the desk's list, as it is stored.
pub(in crate::money) struct ListedRow {
    id: ProofId,
    kind: ProofKind,
    status: ProofStatus,
    sent_at: DateTime<Utc>,
    decided_at: Option<DateTime<Utc>>,
    decided_by: Option<String>,
    reason: Option<String>,
    order_id: OrderId,
    number: String,
    name: String,
    order_status: OrderStatus,
    payment_status: PaymentStatus,
    currency: Currency,
    total: Money,
    asked: Money,
    held_until: Option<DateTime<Utc>>,
}

impl ListedRow {
    /// As staff see it.
    pub(in crate::money) fn read(self) -> ProofRow {
        let Self { id, kind, status, sent_at, decided_at, decided_by, reason, .. } = self;
        ProofRow {
            proof: Proof { id, kind, status, sent_at, decided_at, decided_by, reason },
            order_id: self.order_id,
            number: self.number,
            name: self.name,
            order_status: self.order_status,
            payment_status: self.payment_status,
            currency: self.currency,
            total: self.total,
            asked: self.asked,
            held_until: self.held_until,
        }
    }
}

pub(in crate::money) async fn newest(
    conn: &mut MySqlConnection,
    order: OrderId,
) -> sqlx::Result<Option<NewestTransfer>> {
    sqlx::query_as!(
        NewestTransfer,
        "select id as `id: _`, reference as `reference: _`, status as `status: _`, amount as `asked: _`
         from payments where order_id = ? and gateway = 'transfer' order by id desc limit 1",
        order,
    )
    .fetch_optional(conn)
    .await
}

pub(in crate::money) async fn of(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Vec<Proof>> {
    sqlx::query_as!(
        Proof,
        "select id as `id: _`, kind as `kind: _`, status as `status: _`, sent_at as `sent_at: _`,
                decided_at as `decided_at: _`, decided_by as `decided_by: _`, reason as `reason: _`
         from payment_proofs where order_id = ? order by id",
        order,
    )
    .fetch_all(conn)
    .await
}

/// Whether that file was sent for the order before.
pub(in crate::money) async fn is_known(
    conn: &mut MySqlConnection,
    order: OrderId,
    fingerprint: &[u8],
) -> sqlx::Result<bool> {
    let known = sqlx::query_scalar!(
        "select count(*) as `count!: i64` from payment_proofs where order_id = ? and fingerprint = ?",
        order,
        fingerprint,
    )
    .fetch_one(conn)
    .await?;
    Ok(known > 0)
}

pub(in crate::money) async fn insert(
    conn: &mut MySqlConnection,
    new: &New<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<ProofId> {
    let done = sqlx::query!(
        "insert into payment_proofs (order_id, payment_id, status, kind, fingerprint, content, sent_at)
         values (?, ?, 'waiting', ?, ?, ?, ?)",
        new.order,
        new.payment,
        new.kind,
        new.fingerprint,
        new.content,
        now,
    )
    .execute(conn)
    .await?;
    Ok(ProofId::new(done.last_insert_id()))
}

/// The order that a proof is for.
pub(in crate::money) async fn order_of(conn: &mut MySqlConnection, id: ProofId) -> sqlx::Result<Option<OrderId>> {
    sqlx::query_scalar!("select order_id as `order_id: _` from payment_proofs where id = ?", id)
        .fetch_optional(conn)
        .await
}

/// A proof whose order the caller has locked.
pub(in crate::money) async fn lock(conn: &mut MySqlConnection, id: ProofId) -> sqlx::Result<Option<LockedProof>> {
    sqlx::query_as!(
        LockedProof,
        "select order_id as `order: _`, status as `status: _` from payment_proofs where id = ? for update",
        id,
    )
    .fetch_optional(conn)
    .await
}

macro_rules! decide {
    ($conn:expr, $decision:expr, $which:literal, $id:expr) => {{
        let decision: &Decision<'_> = $decision;
        sqlx::query!(
            "update payment_proofs set status = ?, decided_at = ?, decided_by = ?, reason = ?
             where status = 'waiting' and "
                + $which,
            decision.status,
            decision.at,
            decision.by,
            decision.reason,
            $id,
        )
        .execute($conn)
        .await
        .map(drop)
    }};
}

/// Decides about one that waits.
pub(in crate::money) async fn decide(
    conn: &mut MySqlConnection,
    id: ProofId,
    decision: &Decision<'_>,
) -> sqlx::Result<()> {
    decide!(conn, decision, "id = ?", id)
}

/// Decides about all of an order that wait.
pub(in crate::money) async fn decide_all(
    conn: &mut MySqlConnection,
    order: OrderId,
    decision: &Decision<'_>,
) -> sqlx::Result<()> {
    decide!(conn, decision, "order_id = ?", order)
}

macro_rules! listed {
    ($which:literal, $($argument:expr),*) => {
        sqlx::query_as!(
            ListedRow,
            "select p.id as `id: _`, p.kind as `kind: _`, p.status as `status: _`, p.sent_at as `sent_at: _`,
                    p.decided_at as `decided_at: _`, p.decided_by as `decided_by: _`, p.reason as `reason: _`,
                    p.order_id as `order_id: _`, o.number as `number: _`, o.name as `name: _`,
                    o.status as `order_status: _`, y.status as `payment_status: _`, o.currency as `currency: _`,
                    o.total_amount as `total: _`, y.amount as `asked: _`, o.held_until as `held_until: _`
             from payment_proofs p join orders o on o.id = p.order_id join payments y on y.id = p.payment_id
             where " + $which,
            $($argument,)*
        )
    };
}

/// The proofs that nobody has looked at behind that one, the longest waiting first.
pub(in crate::money) async fn waiting(
    conn: &mut MySqlConnection,
    after: ProofId,
    limit: u32,
) -> sqlx::Result<Vec<ListedRow>> {
    listed!("p.status = 'waiting' and p.id > ? order by p.id limit ?", after, limit).fetch_all(conn).await
}

/// The others before that one, the newest first.
pub(in crate::money) async fn decided(
    conn: &mut MySqlConnection,
    before: ProofId,
    limit: u32,
) -> sqlx::Result<Vec<ListedRow>> {
    listed!("p.status <> 'waiting' and p.id < ? order by p.id desc limit ?", before, limit).fetch_all(conn).await
}

/// One for the desk.
pub(in crate::money) async fn listed(conn: &mut MySqlConnection, id: ProofId) -> sqlx::Result<Option<ListedRow>> {
    listed!("p.id = ?", id).fetch_optional(conn).await
}

/// What a proof shows.
pub(in crate::money) async fn content(conn: &mut MySqlConnection, id: ProofId) -> sqlx::Result<Option<Content>> {
    sqlx::query_as!(
        Content,
        "select p.kind as `kind: _`, p.content as `bytes: _`, o.number as `number: _`
         from payment_proofs p join orders o on o.id = p.order_id where p.id = ?",
        id,
    )
    .fetch_optional(conn)
    .await
}

pub(in crate::money) async fn count_waiting(conn: &mut MySqlConnection) -> sqlx::Result<u64> {
    sqlx::query_scalar!("select cast(count(*) as unsigned) as `count!: _` from payment_proofs where status = 'waiting'")
        .fetch_one(conn)
        .await
}

/// Throws away what some proofs show that were decided before `limit`.
pub(in crate::money) async fn forget_content_before(
    conn: &mut MySqlConnection,
    limit: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update payment_proofs set content = null where decided_at < ? and content is not null limit 100",
        limit,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Lets amounts be asked for again whose time is over.
pub(in crate::money) async fn free_amounts(
    conn: &mut MySqlConnection,
    (first, last): (Money, Money),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("delete from transfer_amounts where amount between ? and ? and until < ?", first, last, now)
        .execute(conn)
        .await?;
    Ok(())
}

/// The amount among these that was drawn for the order before, and those that others have.
pub(in crate::money) async fn drawn(
    conn: &mut MySqlConnection,
    (first, last): (Money, Money),
    order: OrderId,
) -> sqlx::Result<(Option<Money>, BTreeSet<Money>)> {
    let rows = sqlx::query!(
        "select amount as `amount: Money`, order_id as `order_id: OrderId`
         from transfer_amounts where amount between ? and ?",
        first,
        last,
    )
    .fetch_all(conn)
    .await?;
    let own = rows.iter().find(|row| row.order_id == order).map(|row| row.amount);
    Ok((own, rows.into_iter().map(|row| row.amount).collect()))
}

/// Keeps an amount for the order; false when another was faster.
pub(in crate::money) async fn draw(
    conn: &mut MySqlConnection,
    amount: Money,
    order: OrderId,
    until: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert ignore into transfer_amounts (amount, order_id, until) values (?, ?, ?)",
        amount,
        order,
        until,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
