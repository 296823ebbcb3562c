//! The SQL of what the desk sees.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::locale::Translated;
use domain::memberships::{
    MemberRow, Membership, MembershipId, MembershipPlanId, MembershipPurchaseId, MembershipStatus, Period, Purchase,
    PurchaseKind, PurchaseRow, PurchaseStatus,
};
use domain::money::{BasisPoints, Money};
use domain::payments::Balance;
use domain::pricing::MemberBenefit;
use sqlx::MySqlConnection;

use crate::database::code_pattern;

/// A membership with its member.
pub(in crate::memberships) struct MemberRowOf {
    id: MembershipId,
    plan_id: MembershipPlanId,
    plan: Translated,
    period: Period,
    percent_off: BasisPoints,
    free_delivery: bool,
    status: MembershipStatus,
    started_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    cancels_at_end: bool,
    customer_id: CustomerId,
    name: String,
    email: String,
}

impl MemberRowOf {
    pub(in crate::memberships) fn row(self) -> MemberRow {
        MemberRow {
            membership: Membership {
                id: self.id,
                plan_id: self.plan_id,
                plan: self.plan,
                period: self.period,
                benefit: MemberBenefit { percent_off: self.percent_off, free_delivery: self.free_delivery },
                status: self.status,
                started_at: self.started_at,
                ends_at: self.ends_at,
                cancels_at_end: self.cancels_at_end,
            },
            customer_id: self.customer_id,
            name: self.name,
            email: self.email,
        }
    }
}

/// Which purchases.
#[derive(Default)]
pub(in crate::memberships) struct BoughtFilter {
    pub(in crate::memberships) customer: Option<CustomerId>,
    pub(in crate::memberships) status: Option<PurchaseStatus>,
    pub(in crate::memberships) needs_review: bool,
    pub(in crate::memberships) search: String,
    pub(in crate::memberships) limit: u32,
    pub(in crate::memberships) offset: u64,
}

/// A purchase with its customer.
pub(in crate::memberships) struct BoughtRowOf {
    pub(in crate::memberships) id: MembershipPurchaseId,
    number: String,
    plan: Translated,
    period: Period,
    kind: PurchaseKind,
    status: PurchaseStatus,
    price: Money,
    credit: Money,
    due: Money,
    asked_at: DateTime<Utc>,
    pay_by: DateTime<Utc>,
    customer_id: CustomerId,
    name: String,
    email: String,
    needs_review: bool,
}

impl BoughtRowOf {
    /// Without its money, which is the ledger's.
    pub(in crate::memberships) fn row(self) -> PurchaseRow {
        PurchaseRow {
            purchase: Purchase {
                id: self.id,
                number: self.number,
                plan: self.plan,
                period: self.period,
                kind: self.kind,
                status: self.status,
                price: self.price,
                credit: self.credit,
                due: self.due,
                asked_at: self.asked_at,
                pay_by: self.pay_by,
            },
            customer_id: self.customer_id,
            name: self.name,
            email: self.email,
            balance: Balance::default(),
            to_check: Vec::new(),
            needs_review: self.needs_review,
            refunds: Vec::new(),
        }
    }
}

pub(in crate::memberships) async fn members(
    conn: &mut MySqlConnection,
    status: Option<MembershipStatus>,
    search: &str,
    limit: u32,
    offset: u64,
) -> sqlx::Result<Vec<MemberRowOf>> {
    some_members(conn, None, status, search, limit, offset).await
}

pub(in crate::memberships) async fn member(
    conn: &mut MySqlConnection,
    id: MembershipId,
) -> sqlx::Result<Option<MemberRowOf>> {
    Ok(some_members(conn, Some(id), None, "", 1, 0).await?.pop())
}

async fn some_members(
    conn: &mut MySqlConnection,
    id: Option<MembershipId>,
    status: Option<MembershipStatus>,
    search: &str,
    limit: u32,
    offset: u64,
) -> sqlx::Result<Vec<MemberRowOf>> {
    sqlx::query_as!(
        MemberRowOf,
        "select m.id as `id: _`, m.plan_id as `plan_id: _`, p.name as `plan: _`,
                m.period as `period: _`, m.percent_off as `percent_off: _`, m.free_delivery as `free_delivery: _`,
                m.status as `status: _`, m.started_at as `started_at: _`, m.ends_at as `ends_at: _`,
                m.cancels_at_end as `cancels_at_end: _`, m.customer_id as `customer_id: _`, c.name as `name: _`,
                c.email as `email: _`
         from memberships m
         join membership_plans p on p.id = m.plan_id
         join customers c on c.id = m.customer_id
         where (? is null or m.id = ?) and (? is null or m.status = ?)
           and (? = '' or c.name like ? or c.email collate utf8mb4_unicode_520_ci like ?)
         order by m.status = 'active' desc, if(m.status = 'active', m.ends_at, null), m.ends_at desc, m.id
         limit ? offset ?",
        id,
        id,
        status,
        status,
        search,
        search,
        search,
        limit,
        offset,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::memberships) async fn count_members(
    conn: &mut MySqlConnection,
    status: Option<MembershipStatus>,
    search: &str,
) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast(count(*) as unsigned) as `count!: u64`
         from memberships m join customers c on c.id = m.customer_id
         where (? is null or m.status = ?)
           and (? = '' or c.name like ? or c.email collate utf8mb4_unicode_520_ci like ?)",
        status,
        status,
        search,
        search,
        search,
    )
    .fetch_one(conn)
    .await
}

pub(in crate::memberships) async fn bought(
    conn: &mut MySqlConnection,
    filter: &BoughtFilter,
) -> sqlx::Result<Vec<BoughtRowOf>> {
    sqlx::query_as!(
        BoughtRowOf,
        "select b.id as `id: _`, b.number as `number: _`, p.name as `plan: _`,
                b.period as `period: _`, b.kind as `kind: _`, b.status as `status: _`, b.price_amount as `price: _`,
                b.credit_amount as `credit: _`, b.due_amount as `due: _`, b.asked_at as `asked_at: _`,
                b.pay_by as `pay_by: _`, b.customer_id as `customer_id: _`, c.name as `name: _`, c.email as `email: _`,
                (exists(select 1 from payments y where y.membership_purchase_id = b.id and y.status = 'needs_review')
                 or exists(select 1 from refunds r where r.membership_purchase_id = b.id and r.status = 'failed'))
                    as `needs_review!: bool`
         from membership_purchases b
         join membership_plans p on p.id = b.plan_id
         join customers c on c.id = b.customer_id
         where (? is null or b.customer_id = ?) and (? is null or b.status = ?)
           and (not ? or b.id in (select membership_purchase_id from payments where status = 'needs_review')
                      or b.id in (select membership_purchase_id from refunds where status = 'failed'))
           and (? = '' or b.number like ? or c.name like ? or c.email collate utf8mb4_unicode_520_ci like ?)
         order by b.asked_at desc, b.id desc limit ? offset ?",
        filter.customer,
        filter.customer,
        filter.status,
        filter.status,
        filter.needs_review,
        filter.search,
        code_pattern(&filter.search),
        filter.search,
        filter.search,
        filter.limit,
        filter.offset,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::memberships) async fn count_bought(
    conn: &mut MySqlConnection,
    filter: &BoughtFilter,
) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast(count(*) as unsigned) as `count!: u64`
         from membership_purchases b join customers c on c.id = b.customer_id
         where (? is null or b.customer_id = ?) and (? is null or b.status = ?)
           and (not ? or b.id in (select membership_purchase_id from payments where status = 'needs_review')
                      or b.id in (select membership_purchase_id from refunds where status = 'failed'))
           and (? = '' or b.number like ? or c.name like ? or c.email collate utf8mb4_unicode_520_ci like ?)",
        filter.customer,
        filter.customer,
        filter.status,
        filter.status,
        filter.needs_review,
        filter.search,
        code_pattern(&filter.search),
        filter.search,
        filter.search,
    )
    .fetch_one(conn)
    .await
}
