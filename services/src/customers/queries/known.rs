//! The SQL of customers as staff see them.

use chrono::{DateTime, Utc};
use domain::customers::{AccountState, CustomerDetail, CustomerId, CustomerRow};
use domain::money::Money;
use domain::shipping::AddressForm;
use sqlx::MySqlConnection;

pub(in crate::customers) async fn count(conn: &mut MySqlConnection, search: &str) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast(count(*) as unsigned) as `count!: u64` from customers
         where ? = '' or name like ? or email collate utf8mb4_unicode_520_ci like ? or phone like ?",
        search,
        search,
        search,
        search,
    )
    .fetch_one(conn)
    .await
}

pub(in crate::customers) async fn rows(
    conn: &mut MySqlConnection,
    search: &str,
    limit: u32,
    offset: u64,
) -> sqlx::Result<Vec<CustomerRow>> {
    sqlx::query_as!(
        CustomerRow,
        "select c.id as `id: _`, c.name as `name: _`, c.email as `email: _`, c.city as `city: _`,
                exists(select 1 from accounts a where a.customer_id = c.id) as `has_account!: bool`,
                (select cast(count(*) as unsigned) from orders o
                 where o.customer_id = c.id and o.status <> 'cancelled') as `orders!: _`,
                (select cast(coalesce(sum(o.total_amount - o.called_off_amount), 0) as signed) from orders o
                 where o.customer_id = c.id
                   and o.status in ('processing', 'partially_shipped', 'shipped', 'completed')) as `spent!: _`,
                (select max(o.placed_at) from orders o where o.customer_id = c.id) as `last_order_at: _`
         from customers c
         where ? = '' or c.name like ? or c.email collate utf8mb4_unicode_520_ci like ? or c.phone like ?
         order by c.created_at desc, c.id desc limit ? offset ?",
        search,
        search,
        search,
        search,
        limit,
        offset,
    )
    .fetch_all(conn)
    .await
}

/// The customer without their orders.
pub(in crate::customers) async fn detail(
    conn: &mut MySqlConnection,
    id: CustomerId,
) -> sqlx::Result<Option<CustomerDetail>> {
    let row = sqlx::query!(
        "select c.id as `id: CustomerId`, c.email as `email: String`, c.name as `name: String`,
                c.phone as `phone: String`, c.line_1 as `line_1: String`, c.line_2 as `line_2: String`,
                c.city as `city: String`, c.province as `province: String`, c.postal_code as `postal_code: String`,
                c.created_at as `created_at: DateTime<Utc>`, a.created_at as `registered_at?: DateTime<Utc>`,
                (select count(*) from account_sessions s where s.customer_id = c.id) as `sessions!: i64`,
                (select max(s.seen_at) from account_sessions s where s.customer_id = c.id)
                    as `seen_at?: DateTime<Utc>`,
                (select count(*) from orders o where o.customer_id = c.id and o.status <> 'cancelled')
                    as `orders!: i64`,
                (select cast(coalesce(sum(o.total_amount - o.called_off_amount), 0) as signed) from orders o
                 where o.customer_id = c.id and o.status in ('processing', 'partially_shipped', 'shipped', 'completed'))
                    as `spent!: Money`
         from customers c left join accounts a on a.customer_id = c.id where c.id = ?",
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| CustomerDetail {
        id: row.id,
        email: row.email,
        address: AddressForm {
            name: row.name.clone(),
            phone: row.phone.unwrap_or_default(),
            line_1: row.line_1.unwrap_or_default(),
            line_2: row.line_2.unwrap_or_default(),
            city: row.city.unwrap_or_default(),
            province: row.province.unwrap_or_default(),
            postal_code: row.postal_code.unwrap_or_default(),
        },
        name: row.name,
        created_at: row.created_at,
        account: row.registered_at.map(|registered_at| AccountState {
            registered_at,
            sessions: u32::try_from(row.sessions).unwrap_or(u32::MAX),
            seen_at: row.seen_at,
        }),
        orders: u32::try_from(row.orders).unwrap_or(u32::MAX),
        spent: row.spent,
        latest: Vec::new(),
    }))
}
