//! The SQL of purchases.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::locale::{Locale, Translated};
use domain::memberships::{
    MembershipId, MembershipPlanId, MembershipPurchaseId, Period, PlanTerms, Purchase, PurchaseKind, PurchaseStatus,
    Quote, Standing,
};
use domain::money::{BasisPoints, Currency, Money};
use domain::payments::PaymentMethod;
use domain::pricing::MemberBenefit;
use sqlx::MySqlConnection;

use crate::database::key;

/// A purchase, held under its customer's lock.
pub(crate) struct LockedPurchase {
    pub(crate) id: MembershipPurchaseId,
    pub(crate) number: String,
    pub(crate) customer: CustomerId,
    /// The customer's.
    pub(crate) name: String,
    pub(crate) terms: PlanTerms,
    pub(crate) kind: PurchaseKind,
    pub(crate) status: PurchaseStatus,
    pub(crate) credit: Money,
    pub(crate) due: Money,
    pub(crate) currency: Currency,
    pub(crate) locale: Locale,
    pub(crate) payment_method: PaymentMethod,
    pub(crate) basis: Option<(MembershipId, u64)>,
    pub(crate) asked_at: DateTime<Utc>,
    pub(crate) pay_by: DateTime<Utc>,
}

impl LockedPurchase {
    /// The same as it was asked for, to be asked for anew.
    pub(in crate::memberships) fn again(&self) -> New<'static> {
        New {
            customer: self.customer,
            terms: self.terms,
            quote: Quote { kind: self.kind, price: self.terms.price, credit: self.credit, due: self.due },
            basis: None,
            currency: self.currency,
            locale: self.locale,
            payment_method: self.payment_method,
            asked_at: self.asked_at,
            pay_by: self.pay_by,
        }
    }
}

/// A purchase about to be written down.
pub(in crate::memberships) struct New<'a> {
    pub(in crate::memberships) customer: CustomerId,
    pub(in crate::memberships) terms: PlanTerms,
    pub(in crate::memberships) quote: Quote,
    /// What the price was worked out from.
    pub(in crate::memberships) basis: Option<&'a Standing>,
    pub(in crate::memberships) currency: Currency,
    pub(in crate::memberships) locale: Locale,
    pub(in crate::memberships) payment_method: PaymentMethod,
    pub(in crate::memberships) asked_at: DateTime<Utc>,
    pub(in crate::memberships) pay_by: DateTime<Utc>,
}

impl New<'_> {
    pub(in crate::memberships) fn basis(&self) -> Option<(MembershipId, u64)> {
        self.basis.map(|basis| (basis.id, basis.version))
    }
}

/// A purchase as its customer sees it.
pub(in crate::memberships) struct BoughtRow {
    pub(in crate::memberships) id: MembershipPurchaseId,
    pub(in crate::memberships) number: String,
    pub(in crate::memberships) plan: Translated,
    pub(in crate::memberships) period: Period,
    pub(in crate::memberships) kind: PurchaseKind,
    pub(in crate::memberships) status: PurchaseStatus,
    pub(in crate::memberships) price: Money,
    pub(in crate::memberships) credit: Money,
    pub(in crate::memberships) due: Money,
    pub(in crate::memberships) asked_at: DateTime<Utc>,
    pub(in crate::memberships) pay_by: DateTime<Utc>,
}

impl From<BoughtRow> for Purchase {
    fn from(row: BoughtRow) -> Self {
        Self {
            id: row.id,
            number: row.number,
            plan: row.plan,
            period: row.period,
            kind: row.kind,
            status: row.status,
            price: row.price,
            credit: row.credit,
            due: row.due,
            asked_at: row.asked_at,
            pay_by: row.pay_by,
        }
    }
}

pub(in crate::memberships) async fn lock(
    conn: &mut MySqlConnection,
    id: MembershipPurchaseId,
) -> sqlx::Result<Option<LockedPurchase>> {
    let row = sqlx::query!(
        "select b.id as `id: MembershipPurchaseId`, b.number as `number: String`,
                b.customer_id as `customer: CustomerId`, c.name as `name: String`,
                b.plan_id as `plan_id: MembershipPlanId`, b.period as `period: Period`,
                b.percent_off as `percent_off: BasisPoints`, b.free_delivery as `free_delivery: bool`,
                b.kind as `kind: PurchaseKind`, b.status as `status: PurchaseStatus`,
                b.price_amount as `price: Money`, b.credit_amount as `credit: Money`, b.due_amount as `due: Money`,
                b.currency as `currency: Currency`, b.locale as `locale: Locale`,
                b.payment_method as `payment_method: PaymentMethod`,
                b.basis_membership_id as `basis: MembershipId`, b.basis_version as `basis_version: u64`,
                b.asked_at as `asked_at: DateTime<Utc>`, b.pay_by as `pay_by: DateTime<Utc>`
         from membership_purchases b join customers c on c.id = b.customer_id where b.id = ? for update",
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| LockedPurchase {
        id: row.id,
        number: row.number,
        customer: row.customer,
        name: row.name,
        terms: PlanTerms {
            plan_id: row.plan_id,
            period: row.period,
            price: row.price,
            benefit: MemberBenefit { percent_off: row.percent_off, free_delivery: row.free_delivery },
        },
        kind: row.kind,
        status: row.status,
        credit: row.credit,
        due: row.due,
        currency: row.currency,
        locale: row.locale,
        payment_method: row.payment_method,
        basis: row.basis.zip(row.basis_version),
        asked_at: row.asked_at,
        pay_by: row.pay_by,
    }))
}

/// The purchase of a customer that waits, past its time or not. Only under the customer's lock does it stay as it is.
pub(in crate::memberships) async fn lock_open(
    conn: &mut MySqlConnection,
    customer: CustomerId,
) -> sqlx::Result<Option<MembershipPurchaseId>> {
    sqlx::query_scalar!("select id as `id: _` from membership_purchases where open_customer_id = ?", customer)
        .fetch_optional(conn)
        .await
}

/// The purchases whose money is in a membership, the newest first.
pub(in crate::memberships) async fn of_membership(
    conn: &mut MySqlConnection,
    id: MembershipId,
) -> sqlx::Result<Vec<MembershipPurchaseId>> {
    sqlx::query_scalar!("select id as `id: _` from membership_purchases where membership_id = ? order by id desc", id,)
        .fetch_all(conn)
        .await
}

pub(in crate::memberships) async fn customer_of(
    conn: &mut MySqlConnection,
    id: MembershipPurchaseId,
) -> sqlx::Result<Option<CustomerId>> {
    sqlx::query_scalar!("select customer_id as `id: _` from membership_purchases where id = ?", id)
        .fetch_optional(conn)
        .await
}

pub(in crate::memberships) async fn by_number(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    number: &str,
) -> sqlx::Result<Option<MembershipPurchaseId>> {
    let Some(number) = key(number) else { return Ok(None) };
    sqlx::query_scalar!(
        "select id as `id: _` from membership_purchases where number = ? and customer_id = ?",
        number,
        customer,
    )
    .fetch_optional(conn)
    .await
}

pub(in crate::memberships) async fn insert(
    conn: &mut MySqlConnection,
    number: &str,
    new: &New<'_>,
) -> sqlx::Result<MembershipPurchaseId> {
    let basis = new.basis();
    let done = sqlx::query!(
        "insert into membership_purchases (number, customer_id, open_customer_id, plan_id, period, percent_off,
                                           free_delivery, kind, price_amount, credit_amount, due_amount, currency,
                                           locale, payment_method, basis_membership_id, basis_version, status,
                                           asked_at, pay_by)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?)",
        number,
        new.customer,
        new.customer,
        new.terms.plan_id,
        new.terms.period,
        new.terms.benefit.percent_off,
        new.terms.benefit.free_delivery,
        new.quote.kind,
        new.quote.price,
        new.quote.credit,
        new.quote.due,
        new.currency,
        new.locale,
        new.payment_method,
        basis.map(|basis| basis.0),
        basis.map(|basis| basis.1),
        new.asked_at,
        new.pay_by,
    )
    .execute(conn)
    .await?;
    Ok(MembershipPurchaseId::new(done.last_insert_id()))
}

pub(in crate::memberships) async fn reprice(
    conn: &mut MySqlConnection,
    id: MembershipPurchaseId,
    new: &New<'_>,
) -> sqlx::Result<()> {
    let basis = new.basis();
    sqlx::query!(
        "update membership_purchases
         set kind = ?, price_amount = ?, credit_amount = ?, due_amount = ?, basis_membership_id = ?,
             basis_version = ?, pay_by = ?
         where id = ? and status = 'pending'",
        new.quote.kind,
        new.quote.price,
        new.quote.credit,
        new.quote.due,
        basis.map(|basis| basis.0),
        basis.map(|basis| basis.1),
        new.pay_by,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What was asked for may have come to cost something else: what it did and cost in the end stands from now on.
pub(in crate::memberships) async fn set_paid(
    conn: &mut MySqlConnection,
    id: MembershipPurchaseId,
    membership: MembershipId,
    did: Quote,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update membership_purchases
         set status = 'paid', kind = ?, credit_amount = ?, due_amount = ?, membership_id = ?, open_customer_id = null,
             settled_at = ?
         where id = ?",
        did.kind,
        did.credit,
        did.due,
        membership,
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends a purchase that has no part in a membership.
pub(in crate::memberships) async fn close(
    conn: &mut MySqlConnection,
    id: MembershipPurchaseId,
    status: PurchaseStatus,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update membership_purchases set status = ?, open_customer_id = null, settled_at = ? where id = ?",
        status,
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::memberships) async fn overdue(
    conn: &mut MySqlConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<MembershipPurchaseId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from membership_purchases
         where status = 'pending' and pay_by <= ? order by pay_by limit 1000",
        now,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::memberships) async fn by_id(
    conn: &mut MySqlConnection,
    id: MembershipPurchaseId,
) -> sqlx::Result<Option<BoughtRow>> {
    Ok(bought(conn, Some(id), None).await?.pop())
}

/// The purchase of a customer that can be paid now.
pub(in crate::memberships) async fn open(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<BoughtRow>> {
    let open = lock_open(conn, customer).await?;
    Ok(bought(conn, open, None).await?.pop().filter(|row| now < row.pay_by))
}

/// The newest purchases of a customer.
pub(in crate::memberships) async fn of_customer(
    conn: &mut MySqlConnection,
    customer: CustomerId,
) -> sqlx::Result<Vec<BoughtRow>> {
    bought(conn, None, Some(customer)).await
}

async fn bought(
    conn: &mut MySqlConnection,
    id: Option<MembershipPurchaseId>,
    customer: Option<CustomerId>,
) -> sqlx::Result<Vec<BoughtRow>> {
    sqlx::query_as!(
        BoughtRow,
        "select b.id as `id: _`, b.number as `number: _`, p.name as `plan: _`,
                b.period as `period: _`, b.kind as `kind: _`, b.status as `status: _`, b.price_amount as `price: _`,
                b.credit_amount as `credit: _`, b.due_amount as `due: _`, b.asked_at as `asked_at: _`,
                b.pay_by as `pay_by: _`
         from membership_purchases b join membership_plans p on p.id = b.plan_id
         where b.id = ? or b.customer_id = ?
         order by b.id desc limit 50",
        id,
        customer,
    )
    .fetch_all(conn)
    .await
}

/// Notes that somebody was told of a purchase what stands already.
pub(in crate::memberships) async fn touch(
    conn: &mut MySqlConnection,
    id: MembershipPurchaseId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update membership_purchases set touched_at = ? where id = ?", now, id).execute(conn).await?;
    Ok(())
}
