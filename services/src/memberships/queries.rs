//! The SQL of memberships. Private to the slice.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::locale::Translated;
use domain::memberships::{
    Applied, Membership, MembershipId, MembershipPlanId, MembershipStatus, Period, PlanTerms, Standing,
};
use domain::money::{BasisPoints, Money};
use domain::pricing::MemberBenefit;
use sqlx::MySqlConnection;

use super::FormerMembership;

pub(super) mod desk;
pub(super) mod plans;
pub(super) mod purchases;

/// A membership whose end was not noted, held under a lock.
pub(super) struct LivingRow {
    pub(super) id: MembershipId,
    version: u64,
    plan_id: MembershipPlanId,
    period: Period,
    percent_off: BasisPoints,
    free_delivery: bool,
    term_from: DateTime<Utc>,
    pub(super) ends_at: DateTime<Utc>,
    value: Money,
    pub(super) cancels_at_end: bool,
}

impl LivingRow {
    /// As the rules see it.
    pub(super) fn standing(&self) -> Standing {
        Standing {
            id: self.id,
            version: self.version,
            plan_id: self.plan_id,
            period: self.period,
            benefit: MemberBenefit { percent_off: self.percent_off, free_delivery: self.free_delivery },
            term_from: self.term_from,
            ends_at: self.ends_at,
            value: self.value,
        }
    }
}

/// A membership as people see it.
pub(super) struct MembershipRow {
    pub(super) id: MembershipId,
    pub(super) plan_id: MembershipPlanId,
    pub(super) plan: Translated,
    pub(super) period: Period,
    pub(super) percent_off: BasisPoints,
    pub(super) free_delivery: bool,
    pub(super) status: MembershipStatus,
    pub(super) started_at: DateTime<Utc>,
    pub(super) ends_at: DateTime<Utc>,
    pub(super) cancels_at_end: bool,
}

impl From<MembershipRow> for Membership {
    fn from(row: MembershipRow) -> Self {
        Self {
            id: row.id,
            plan_id: row.plan_id,
            plan: row.plan,
            period: row.period,
            benefit: MemberBenefit { percent_off: row.percent_off, free_delivery: row.free_delivery },
            status: row.status,
            started_at: row.started_at,
            ends_at: row.ends_at,
            cancels_at_end: row.cancels_at_end,
        }
    }
}

pub(super) async fn benefit(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<MemberBenefit>> {
    sqlx::query_as!(
        MemberBenefit,
        "select percent_off as `percent_off: _`, free_delivery as `free_delivery: _`
         from memberships where live_customer_id = ? and ends_at > ?",
        customer,
        now,
    )
    .fetch_optional(conn)
    .await
}

/// The membership that gives something now.
pub(super) async fn alive(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<MembershipRow>> {
    sqlx::query_as!(
        MembershipRow,
        "select m.id as `id: _`, m.plan_id as `plan_id: _`, p.name as `plan: _`,
                m.period as `period: _`, m.percent_off as `percent_off: _`, m.free_delivery as `free_delivery: _`,
                m.status as `status: _`, m.started_at as `started_at: _`, m.ends_at as `ends_at: _`,
                m.cancels_at_end as `cancels_at_end: _`
         from memberships m join membership_plans p on p.id = m.plan_id
         where m.live_customer_id = ? and m.ends_at > ?",
        customer,
        now,
    )
    .fetch_optional(conn)
    .await
}

/// The membership whose end was not noted. Only under its customer's lock does it stay as it is.
pub(super) async fn living(conn: &mut MySqlConnection, customer: CustomerId) -> sqlx::Result<Option<LivingRow>> {
    sqlx::query_as!(
        LivingRow,
        "select id as `id: _`, version as `version: _`, plan_id as `plan_id: _`, period as `period: _`,
                percent_off as `percent_off: _`, free_delivery as `free_delivery: _`, term_from as `term_from: _`,
                ends_at as `ends_at: _`, value_amount as `value: _`, cancels_at_end as `cancels_at_end: _`
         from memberships where live_customer_id = ?",
        customer,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn customer_of(conn: &mut MySqlConnection, id: MembershipId) -> sqlx::Result<Option<CustomerId>> {
    sqlx::query_scalar!("select customer_id as `id: _` from memberships where id = ?", id).fetch_optional(conn).await
}

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    terms: &PlanTerms,
    applied: &Applied,
    now: DateTime<Utc>,
) -> sqlx::Result<MembershipId> {
    let done = sqlx::query!(
        "insert into memberships (customer_id, live_customer_id, plan_id, period, percent_off, free_delivery, status,
                                  started_at, term_from, ends_at, value_amount)
         values (?, ?, ?, ?, ?, ?, 'active', ?, ?, ?, ?)",
        customer,
        customer,
        terms.plan_id,
        terms.period,
        applied.benefit.percent_off,
        applied.benefit.free_delivery,
        now,
        applied.term_from,
        applied.ends_at,
        applied.value,
    )
    .execute(conn)
    .await?;
    Ok(MembershipId::new(done.last_insert_id()))
}

/// Writes a membership down that ended in a shop before this one.
pub(super) async fn insert_ended(
    conn: &mut MySqlConnection,
    former: &FormerMembership,
    terms: &PlanTerms,
) -> sqlx::Result<MembershipId> {
    let done = sqlx::query!(
        "insert into memberships (customer_id, plan_id, period, percent_off, free_delivery, status, started_at, term_from,
                                  ends_at, value_amount, ended_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        former.customer,
        terms.plan_id,
        terms.period,
        terms.benefit.percent_off,
        terms.benefit.free_delivery,
        former.ended,
        former.from,
        former.from,
        former.until,
        former.value,
        former.until,
    )
    .execute(conn)
    .await?;
    Ok(MembershipId::new(done.last_insert_id()))
}

/// Gives a living membership another term; false when it is not the version that was read.
pub(super) async fn change_term(
    conn: &mut MySqlConnection,
    living: &LivingRow,
    terms: &PlanTerms,
    applied: &Applied,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update memberships
         set plan_id = ?, period = ?, percent_off = ?, free_delivery = ?, term_from = ?, ends_at = ?,
             value_amount = ?, cancels_at_end = false, reminded_at = null, version = version + 1
         where id = ? and version = ? and status = 'active'",
        terms.plan_id,
        terms.period,
        applied.benefit.percent_off,
        applied.benefit.free_delivery,
        applied.term_from,
        applied.ends_at,
        applied.value,
        living.id,
        living.version,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn set_cancels(conn: &mut MySqlConnection, id: MembershipId, wish: bool) -> sqlx::Result<()> {
    sqlx::query!("update memberships set cancels_at_end = ? where id = ?", wish, id).execute(conn).await?;
    Ok(())
}

pub(super) async fn end(
    conn: &mut MySqlConnection,
    id: MembershipId,
    status: MembershipStatus,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update memberships set status = ?, live_customer_id = null, ended_at = ? where id = ? and status = 'active'",
        status,
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes which request of the desk it was that ended a membership.
pub(super) async fn set_end_key(conn: &mut MySqlConnection, id: MembershipId, key: &str) -> sqlx::Result<()> {
    sqlx::query!("update memberships set end_key = ? where id = ?", key, id).execute(conn).await?;
    Ok(())
}

/// Whether that request ended it. Only under its customer's lock does the answer stay.
pub(super) async fn is_ended_by(conn: &mut MySqlConnection, id: MembershipId, key: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        "select exists(select 1 from memberships where id = ? and end_key = ?) as `is_ended!: bool`",
        id,
        key,
    )
    .fetch_one(conn)
    .await
}

/// Memberships whose end has come and was not noted.
pub(super) async fn over(conn: &mut MySqlConnection, now: DateTime<Utc>) -> sqlx::Result<Vec<MembershipId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from memberships where status = 'active' and ends_at <= ? order by ends_at limit 1000",
        now,
    )
    .fetch_all(conn)
    .await
}

/// Memberships that end soon and whose members do not know yet.
pub(super) async fn ending(
    conn: &mut MySqlConnection,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<Vec<MembershipId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from memberships
         where status = 'active' and ends_at > ? and ends_at <= ? and reminded_at is null and not cancels_at_end
         order by ends_at limit 1000",
        after,
        until,
    )
    .fetch_all(conn)
    .await
}

/// Notes that a member was reminded; false when that was noted before.
pub(super) async fn set_reminded(
    conn: &mut MySqlConnection,
    id: MembershipId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!("update memberships set reminded_at = ? where id = ? and reminded_at is null", now, id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}
