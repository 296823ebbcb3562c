//! The SQL of vouchers. Private to the slice.

use chrono::{DateTime, Utc};
use domain::catalog::CategoryId;
use domain::money::{BasisPoints, Money};
use domain::orders::OrderId;
use domain::pricing::{VoucherKind, VoucherTerms};
use domain::vouchers::{Occasion, SaveVoucher, Voucher, VoucherCode, VoucherDraft, VoucherId, VoucherRow, VoucherUse};
use sqlx::MySqlConnection;

use crate::database;
use crate::error::{Error, Result};

pub(super) mod checks;
pub(super) mod owned;
pub(super) mod using;

/// A voucher as it is stored; its categories are a list with commas.
pub(super) struct StoredRow {
    id: VoucherId,
    code: String,
    kind: String,
    percent: Option<BasisPoints>,
    amount: Option<Money>,
    cap: Option<Money>,
    minimum: Money,
    categories: Option<String>,
    starts_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    total_limit: Option<u32>,
    customer_limit: Option<u32>,
    used: u32,
    first_order_only: bool,
    is_personal: bool,
    occasion: Option<Occasion>,
    is_active: bool,
    version: u64,
}

impl StoredRow {
    pub(super) fn into_row(self) -> Result<VoucherRow> {
        let broken = || Error::internal("a stored voucher breaks its own rules");
        let kind = match (self.kind.as_str(), self.percent, self.amount) {
            ("percent", Some(rate), None) => VoucherKind::Percent(rate),
            ("fixed", None, Some(amount)) => VoucherKind::Fixed(amount),
            ("free_delivery", None, None) => VoucherKind::FreeDelivery,
            _ => return Err(broken()),
        };
        let categories = self.categories.unwrap_or_default();
        let categories = categories.split(',').filter(|id| !id.is_empty()).map(str::parse::<CategoryId>);
        let terms = VoucherTerms {
            kind,
            cap: self.cap,
            minimum_purchase: self.minimum,
            categories: categories.collect::<std::result::Result<_, _>>().map_err(|_| broken())?,
        };
        let voucher = Voucher {
            id: self.id,
            code: VoucherCode::parse(&self.code).map_err(|_| broken())?,
            terms,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            total_limit: self.total_limit,
            customer_limit: self.customer_limit,
            first_order_only: self.first_order_only,
            is_personal: self.is_personal,
            is_active: self.is_active,
        };
        Ok(VoucherRow { version: self.version, voucher, occasion: self.occasion, used: self.used })
    }
}

pub(super) async fn by_id(conn: &mut MySqlConnection, id: VoucherId) -> sqlx::Result<Option<StoredRow>> {
    one(conn, Some(id), None).await
}

pub(super) async fn by_code(conn: &mut MySqlConnection, code: &str) -> sqlx::Result<Option<StoredRow>> {
    one(conn, None, Some(code)).await
}

/// The voucher of that id or that code.
async fn one(conn: &mut MySqlConnection, id: Option<VoucherId>, code: Option<&str>) -> sqlx::Result<Option<StoredRow>> {
    sqlx::query_as!(
        StoredRow,
        "select v.id as `id: _`, v.code as `code: _`, v.kind as `kind: _`, v.percent as `percent: _`,
                v.amount as `amount: _`, v.cap_amount as `cap: _`, v.minimum_amount as `minimum: _`,
                cast((select group_concat(c.category_id order by c.category_id) from voucher_categories c
                      where c.voucher_id = v.id) as char) as `categories: _`,
                v.starts_at as `starts_at: _`, v.ends_at as `ends_at: _`, v.total_limit as `total_limit: _`,
                v.customer_limit as `customer_limit: _`, v.used as `used: _`,
                v.first_order_only as `first_order_only: _`, v.is_personal as `is_personal: _`,
                v.occasion as `occasion: _`, v.is_active as `is_active: _`, v.version as `version: _`
         from vouchers v where v.id = ? or v.code = ?",
        id,
        code,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn rows(
    conn: &mut MySqlConnection,
    search: &str,
    limit: u32,
    offset: u64,
) -> sqlx::Result<Vec<StoredRow>> {
    sqlx::query_as!(
        StoredRow,
        "select v.id as `id: _`, v.code as `code: _`, v.kind as `kind: _`, v.percent as `percent: _`,
                v.amount as `amount: _`, v.cap_amount as `cap: _`, v.minimum_amount as `minimum: _`,
                cast((select group_concat(c.category_id order by c.category_id) from voucher_categories c
                      where c.voucher_id = v.id) as char) as `categories: _`,
                v.starts_at as `starts_at: _`, v.ends_at as `ends_at: _`, v.total_limit as `total_limit: _`,
                v.customer_limit as `customer_limit: _`, v.used as `used: _`,
                v.first_order_only as `first_order_only: _`, v.is_personal as `is_personal: _`,
                v.occasion as `occasion: _`, v.is_active as `is_active: _`, v.version as `version: _`
         from vouchers v where ? = '' or v.code like upper(?)
         order by v.id desc limit ? offset ?",
        search,
        database::code_pattern(search),
        limit,
        offset,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn count(conn: &mut MySqlConnection, search: &str) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast(count(*) as unsigned) as `count!: u64` from vouchers where ? = '' or code like upper(?)",
        search,
        database::code_pattern(search),
    )
    .fetch_one(conn)
    .await
}

/// Locks a voucher and tells its version.
pub(super) async fn lock(conn: &mut MySqlConnection, id: VoucherId) -> sqlx::Result<Option<u64>> {
    sqlx::query_scalar!("select version as `version: u64` from vouchers where id = ? for update", id)
        .fetch_optional(conn)
        .await
}

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    request: &SaveVoucher,
    draft: &VoucherDraft,
    now: DateTime<Utc>,
) -> sqlx::Result<VoucherId> {
    let (kind, percent, amount) = kind_columns(draft.terms.kind);
    let done = sqlx::query!(
        "insert into vouchers (code, kind, percent, amount, cap_amount, minimum_amount, starts_at, ends_at,
                               total_limit, customer_limit, first_order_only, is_personal, occasion, is_active,
                               created_at, updated_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        draft.code.as_str(),
        kind,
        percent,
        amount,
        draft.terms.cap,
        draft.terms.minimum_purchase,
        request.starts_at.map(database::any_time),
        request.ends_at.map(database::any_time),
        request.total_limit,
        request.customer_limit,
        request.first_order_only,
        request.is_personal,
        request.occasion,
        request.is_active,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(VoucherId::new(done.last_insert_id()))
}

pub(super) async fn update(
    conn: &mut MySqlConnection,
    id: VoucherId,
    request: &SaveVoucher,
    draft: &VoucherDraft,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let (kind, percent, amount) = kind_columns(draft.terms.kind);
    sqlx::query!(
        "update vouchers set code = ?, kind = ?, percent = ?, amount = ?, cap_amount = ?, minimum_amount = ?,
                starts_at = ?, ends_at = ?, total_limit = ?, customer_limit = ?, first_order_only = ?,
                is_personal = ?, occasion = ?, is_active = ?, updated_at = ?, version = version + 1
         where id = ?",
        draft.code.as_str(),
        kind,
        percent,
        amount,
        draft.terms.cap,
        draft.terms.minimum_purchase,
        request.starts_at.map(database::any_time),
        request.ends_at.map(database::any_time),
        request.total_limit,
        request.customer_limit,
        request.first_order_only,
        request.is_personal,
        request.occasion,
        request.is_active,
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn switch(
    conn: &mut MySqlConnection,
    id: VoucherId,
    is_active: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update vouchers set is_active = ?, updated_at = ?, version = version + 1 where id = ?",
        is_active,
        now,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn is_category(conn: &mut MySqlConnection, category: CategoryId) -> sqlx::Result<bool> {
    sqlx::query_scalar!("select exists(select 1 from categories where id = ?) as `is_one!: bool`", category)
        .fetch_one(conn)
        .await
}

pub(super) async fn clear_categories(conn: &mut MySqlConnection, id: VoucherId) -> sqlx::Result<()> {
    sqlx::query!("delete from voucher_categories where voucher_id = ?", id).execute(conn).await?;
    Ok(())
}

pub(super) async fn add_category(conn: &mut MySqlConnection, id: VoucherId, category: CategoryId) -> sqlx::Result<()> {
    sqlx::query!("insert into voucher_categories (voucher_id, category_id) values (?, ?)", id, category)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn owners(conn: &mut MySqlConnection, id: VoucherId) -> sqlx::Result<u32> {
    sqlx::query_scalar!(
        "select cast(count(distinct customer_id) as unsigned) as `count!: u32` from customer_vouchers
         where voucher_id = ?",
        id,
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn uses(conn: &mut MySqlConnection, id: VoucherId, limit: u32) -> sqlx::Result<Vec<VoucherUse>> {
    sqlx::query_as!(
        VoucherUse,
        "select o.number as `order_number: _`, o.name as `name: _`, u.used_at as `used_at: _`,
                u.given_back_at as `given_back_at: _`
         from voucher_uses u join orders o on o.id = u.order_id
         where u.voucher_id = ? order by u.used_at desc, u.order_id desc limit ?",
        id,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Ends the order's use of its voucher, unless it has none or it ended before.
pub(super) async fn end_use(conn: &mut MySqlConnection, order: OrderId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update voucher_uses set given_back_at = ? where order_id = ? and given_back_at is null",
        now,
        order
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts one use of the order's voucher less.
pub(super) async fn count_down(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!(
        "update vouchers set used = used - 1 where id = (select voucher_id from voucher_uses where order_id = ?)",
        order,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives the customer's own voucher back that the order used up, if it did.
pub(super) async fn return_gift(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!("update customer_vouchers set used_by_order = null where used_by_order = ?", order)
        .execute(conn)
        .await?;
    Ok(())
}

fn kind_columns(kind: VoucherKind) -> (&'static str, Option<BasisPoints>, Option<Money>) {
    match kind {
        VoucherKind::Percent(rate) => ("percent", Some(rate), None),
        VoucherKind::Fixed(amount) => ("fixed", None, Some(amount)),
        VoucherKind::FreeDelivery => ("free_delivery", None, None),
    }
}
