//! Memberships at the desk: the plans, who has one, and what was bought.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::locale::Locale;
use domain::memberships::{
    DeletePlan, GetMember, ListMembers, ListPlans, ListPurchases, MemberDetail, MemberPage, MembershipId,
    MembershipPlanId, PlanList, PlanRow, PurchasePage, SavePlan,
};
use domain::message::Message;
use domain::page::Position;
use domain::staff::{Permission, Staff};
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::desk::{self, BoughtFilter};
use super::queries::plans::StoredPlan;
use super::{ending, queries, running_out};
use crate::database::{StaffWork, transact};
use crate::error::{Error, Result};
use crate::{Shop, database, money};

const PER_PAGE: u32 = 25;

/// All plans, the cheapest first.
pub async fn plans(shop: &Shop, staff: &Staff, request: ListPlans) -> Result<PlanList> {
    let ListPlans {} = request;
    staff.require(Permission::ManageMemberships)?;
    let rows = queries::plans::all(&mut *shop.db.acquire().await?, None).await?;
    Ok(PlanList { rows: rows.into_iter().map(StoredPlan::row).collect() })
}

/// Adds a plan, or changes one of a version. Members and purchases keep the terms that they were bought with.
///
/// `Invalid` for what nobody could use; `Refused(ChangedMeanwhile)` when somebody saved since it was read.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn save_plan(shop: &Shop, staff: &Staff, request: SavePlan) -> Result<PlanRow> {
    let saved =
        transact!(shop.staff(staff, Permission::ManageMemberships)?, |work| { write_plan(work, &request).await })?;
    shop.snapshot.offers_memberships.forget();
    Ok(saved)
}

/// The same inside a unit of work of somebody who may do it; whoever commits it forgets what is kept of the plans.
pub(crate) async fn write_plan(work: &mut StaffWork, request: &SavePlan) -> Result<PlanRow> {
    let ready = request.read().map_err(Error::Invalid)?;
    let now = work.now();
    let before = match request.plan_id {
        Some(id) => Some(locked(work, id, request.version).await?),
        None => None,
    };

    let id = match request.plan_id {
        Some(id) => {
            queries::plans::update(work, id, request, &ready, now).await?;
            id
        }
        None => queries::plans::insert(work, request, &ready, now).await?,
    };
    let after = queries::plans::by_id(work, id).await?.ok_or(Error::NotFound(Message::NoSuchPlan))?.row();
    running_out::announce_change(work).await?;
    work.record(AuditAction::SavePlan, &subject(&after), &before, &after).await?;
    Ok(after)
}

/// Deletes a plan of a version.
///
/// `Refused(PlanIsUsed)` when anybody ever asked for it: it can be switched off. `Refused(ChangedMeanwhile)` as above.
#[instrument(skip_all, fields(staff.id = %staff.id, plan.id = %request.plan_id))]
pub async fn delete_plan(shop: &Shop, staff: &Staff, request: DeletePlan) -> Result<()> {
    let writer = shop.staff(staff, Permission::ManageMemberships)?;
    transact!(writer, |work| {
        // Whoever asks for the plan shares its lock by the foreign key: nobody comes between the look and the end.
        let before = locked(work, request.plan_id, request.version).await?;
        if before.is_used {
            return Err(Error::Refused(Message::PlanIsUsed));
        }

        queries::plans::delete(work, request.plan_id).await?;
        running_out::announce_change(work).await?;
        work.record(AuditAction::DeletePlan, &subject(&before), &before, &()).await?;
        Ok(())
    })?;
    shop.snapshot.offers_memberships.forget();
    Ok(())
}

/// A page of memberships: the living ones by their end, then the others.
pub async fn page(shop: &Shop, staff: &Staff, request: ListMembers) -> Result<MemberPage> {
    staff.require(Permission::ManageMemberships)?;
    let search = database::search_pattern(request.search.as_deref());
    let mut conn = shop.db.acquire().await?;
    let total = desk::count_members(&mut conn, request.status, &search).await?;
    let offset = request.page.offset(PER_PAGE);
    let rows = desk::members(&mut conn, request.status, &search, PER_PAGE, offset).await?;
    Ok(MemberPage {
        rows: rows.into_iter().map(desk::MemberRowOf::row).collect(),
        position: Position { page: request.page, per_page: PER_PAGE, total },
        now: shop.clock.now(&mut conn).await?,
    })
}

/// A membership with every purchase of its customer.
pub async fn member(shop: &Shop, staff: &Staff, request: GetMember) -> Result<MemberDetail> {
    staff.require(Permission::ManageMemberships)?;
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    load(&mut conn, request.membership_id, now).await
}

/// A page of purchases, newest first.
pub async fn purchases(shop: &Shop, staff: &Staff, request: ListPurchases) -> Result<PurchasePage> {
    staff.require(Permission::ManageMemberships)?;
    let filter = BoughtFilter {
        customer: None,
        status: request.status,
        needs_review: request.needs_review,
        search: database::search_pattern(request.search.as_deref()),
        limit: PER_PAGE,
        offset: request.page.offset(PER_PAGE),
    };
    let mut conn = shop.db.acquire().await?;
    let total = desk::count_bought(&mut conn, &filter).await?;
    Ok(PurchasePage {
        rows: bought(&mut conn, &filter).await?,
        position: Position { page: request.page, per_page: PER_PAGE, total },
        needs_review: needing_review(&mut conn).await?,
    })
}

/// A membership with every purchase of its customer, from inside a transaction or out.
pub(super) async fn load(conn: &mut MySqlConnection, id: MembershipId, now: DateTime<Utc>) -> Result<MemberDetail> {
    let row = desk::member(conn, id).await?.ok_or(Error::NotFound(Message::NoSuchMembership))?.row();
    let filter = BoughtFilter { customer: Some(row.customer_id), limit: 100, ..BoughtFilter::default() };
    let purchases = bought(conn, &filter).await?;
    Ok(MemberDetail { row, purchases, refundable: ending::refundable(conn, id).await?, now })
}

/// How many purchases have money that a person must look at.
pub(crate) async fn needing_review(conn: &mut MySqlConnection) -> Result<u64> {
    let everything = BoughtFilter { needs_review: true, ..BoughtFilter::default() };
    Ok(desk::count_bought(conn, &everything).await?)
}

/// Purchases with what was paid for them and what of it went back.
async fn bought(conn: &mut MySqlConnection, filter: &BoughtFilter) -> Result<Vec<domain::memberships::PurchaseRow>> {
    let mut rows = Vec::new();
    for row in desk::bought(conn, filter).await? {
        let id = row.id;
        let mut row = row.row();
        row.balance = money::balance(conn, id).await?;
        row.refunds = money::refunds::of(conn, id).await?;
        row.to_check = money::checking::to_check(conn, id).await?;
        rows.push(row);
    }
    Ok(rows)
}

/// The plan as that version, and nobody else changes or buys it until the transaction ends.
async fn locked(conn: &mut MySqlConnection, id: MembershipPlanId, version: u64) -> Result<PlanRow> {
    let stored = queries::plans::lock(conn, id).await?.ok_or(Error::NotFound(Message::NoSuchPlan))?;
    if stored != version {
        return Err(Error::Refused(Message::ChangedMeanwhile));
    }
    Ok(queries::plans::by_id(conn, id).await?.ok_or(Error::NotFound(Message::NoSuchPlan))?.row())
}

fn subject(row: &PlanRow) -> Subject {
    Subject::new(SubjectKind::MembershipPlan, row.plan.id, row.plan.name.get(Locale::Indonesian))
}
