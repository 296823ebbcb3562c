//! The SQL of plans.

use chrono::{DateTime, Utc};
use domain::locale::Translated;
use domain::memberships::{MembershipPlanId, Period, Plan, PlanRow, ReadyPlan, SavePlan};
use domain::money::{BasisPoints, Money};
use sqlx::MySqlConnection;

/// A plan as it is stored, with what the desk counts.
pub(in crate::memberships) struct StoredPlan {
    pub(in crate::memberships) id: MembershipPlanId,
    pub(in crate::memberships) name: Translated,
    pub(in crate::memberships) description: Translated,
    pub(in crate::memberships) period: Period,
    pub(in crate::memberships) price: Money,
    pub(in crate::memberships) percent_off: BasisPoints,
    pub(in crate::memberships) free_delivery: bool,
    pub(in crate::memberships) is_active: bool,
    pub(in crate::memberships) version: u64,
    pub(in crate::memberships) members: u32,
    pub(in crate::memberships) is_used: bool,
}

impl StoredPlan {
    pub(in crate::memberships) fn plan(self) -> Plan {
        Plan {
            id: self.id,
            name: self.name,
            description: self.description,
            period: self.period,
            price: self.price,
            percent_off: self.percent_off,
            free_delivery: self.free_delivery,
            is_active: self.is_active,
        }
    }

    pub(in crate::memberships) fn row(self) -> PlanRow {
        PlanRow { version: self.version, members: self.members, is_used: self.is_used, plan: self.plan() }
    }
}

/// The plans that can be bought, the cheapest first.
pub(in crate::memberships) async fn for_sale(conn: &mut MySqlConnection) -> sqlx::Result<Vec<StoredPlan>> {
    Ok(all(conn, None).await?.into_iter().filter(|plan| plan.is_active).collect())
}

pub(in crate::memberships) async fn is_any_for_sale(conn: &mut MySqlConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!("select exists(select 1 from membership_plans where is_active) as `is_any!: bool`")
        .fetch_one(conn)
        .await
}

pub(in crate::memberships) async fn by_id(
    conn: &mut MySqlConnection,
    id: MembershipPlanId,
) -> sqlx::Result<Option<StoredPlan>> {
    Ok(all(conn, Some(id)).await?.pop())
}

/// All plans, or the one of that id, the cheapest first. A shop has a handful.
pub(in crate::memberships) async fn all(
    conn: &mut MySqlConnection,
    id: Option<MembershipPlanId>,
) -> sqlx::Result<Vec<StoredPlan>> {
    sqlx::query_as!(
        StoredPlan,
        "select p.id as `id: _`, p.name as `name: _`,
                p.description as `description: _`,
                p.period as `period: _`, p.price_amount as `price: _`, p.percent_off as `percent_off: _`,
                p.free_delivery as `free_delivery: _`, p.is_active as `is_active: _`, p.version as `version: _`,
                cast((select count(*) from memberships m where m.plan_id = p.id and m.status = 'active') as unsigned)
                    as `members!: _`,
                (exists(select 1 from membership_purchases b where b.plan_id = p.id)
                    or exists(select 1 from memberships m where m.plan_id = p.id)) as `is_used!: bool`
         from membership_plans p where ? is null or p.id = ? order by p.price_amount, p.id",
        id,
        id,
    )
    .fetch_all(conn)
    .await
}

/// Locks a plan and tells its version.
pub(in crate::memberships) async fn lock(
    conn: &mut MySqlConnection,
    id: MembershipPlanId,
) -> sqlx::Result<Option<u64>> {
    sqlx::query_scalar!("select version as `version: u64` from membership_plans where id = ? for update", id)
        .fetch_optional(conn)
        .await
}

pub(in crate::memberships) async fn insert(
    conn: &mut MySqlConnection,
    request: &SavePlan,
    ready: &ReadyPlan,
    now: DateTime<Utc>,
) -> sqlx::Result<MembershipPlanId> {
    let done = sqlx::query!(
        "insert into membership_plans (name, description, period, price_amount, percent_off, free_delivery, is_active,
                                       created_at, updated_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ready.name,
        ready.description,
        request.period,
        request.price,
        request.percent_off,
        request.free_delivery,
        request.is_active,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(MembershipPlanId::new(done.last_insert_id()))
}

pub(in crate::memberships) async fn update(
    conn: &mut MySqlConnection,
    id: MembershipPlanId,
    request: &SavePlan,
    ready: &ReadyPlan,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update membership_plans
         set name = ?, description = ?, period = ?, price_amount = ?, percent_off = ?, free_delivery = ?,
             is_active = ?, updated_at = ?, version = version + 1
         where id = ?",
        ready.name,
        ready.description,
        request.period,
        request.price,
        request.percent_off,
        request.free_delivery,
        request.is_active,
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Deletes a plan; the foreign keys refuse one that anybody has or asked for.
pub(in crate::memberships) async fn delete(conn: &mut MySqlConnection, id: MembershipPlanId) -> sqlx::Result<()> {
    sqlx::query!("delete from membership_plans where id = ?", id).execute(conn).await?;
    Ok(())
}
