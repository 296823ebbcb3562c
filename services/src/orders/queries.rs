//! The SQL of orders. Private to the slice.

use chrono::{DateTime, Utc};
use domain::carts::{CartId, CartLine};
use domain::catalog::ProductId;
use domain::customers::CustomerId;
use domain::money::{BasisPoints, Money};
use domain::orders::{Actor, HistoryKind, OrderEvent, OrderId, OrderRow, OrderStatus};
use domain::payments::PaymentMethod;
use domain::pricing::{PricedLine, TaxLine};
use sqlx::MySqlConnection;

use super::insert::Draft;
use super::read::{CountRow, FullRow, HistoryRow, KnownRow, LineRow};
use crate::actor;
use crate::database::{code_pattern, key};

pub(super) mod invoices;
mod locking;
pub(super) mod owned;
pub(super) mod parcels;
pub(super) mod prices;
pub(super) mod returns;
pub(crate) mod sales;
pub(super) mod unpaid;

pub(crate) use locking::LockedOrder;
pub(super) use locking::lock;

/// Which orders.
pub(super) struct Filter {
    pub(super) status: Option<OrderStatus>,
    pub(super) needs_review: bool,
    pub(super) search: String,
    pub(super) limit: u32,
    pub(super) offset: u64,
}

/// Stores a status that the state machine has allowed, and what called the order off.
pub(super) async fn set_status(
    conn: &mut MySqlConnection,
    id: OrderId,
    status: OrderStatus,
    ended_by: Option<OrderEvent>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update orders set status = ?, ended_by = ?, updated_at = ? where id = ?", status, ended_by, now, id,)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn set_tracking(
    conn: &mut MySqlConnection,
    id: OrderId,
    tracking_number: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!("update orders set tracking_number = ? where id = ?", tracking_number, id).execute(conn).await?;
    Ok(())
}

pub(super) async fn insert(conn: &mut MySqlConnection, number: &str, draft: &Draft<'_>) -> sqlx::Result<OrderId> {
    let address = &draft.ready.address;
    let place = address.place.as_ref();
    let totals = &draft.priced.totals;
    let done = sqlx::query!(
        "insert into orders (number, status, customer_id, account_id, email, name, phone, line_1, line_2, city, province,
                             postal_code, locale, currency, payment_method, units, subtotal_amount,
                             delivery_amount, total_amount, placed_at, pay_by, updated_at, cart_id,
                             idempotency_key, request_hash, member_discount_amount, voucher_discount_amount,
                             tax_amount, tax_included, delivery_method, voucher_code, member_percent)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        number,
        draft.status(),
        draft.customer,
        draft.account,
        draft.ready.email.as_str(),
        address.name.as_str(),
        address.phone.as_str(),
        place.map(|place| place.line_1.as_str()),
        place.and_then(|place| place.line_2.as_ref()).map(|line| line.as_str()),
        place.map(|place| place.city.as_str()),
        place.map(|place| place.province.as_str()),
        place.map(|place| place.postal_code.as_str()),
        draft.ready.locale,
        draft.settings.currency,
        draft.ready.payment_method,
        draft.cart.units,
        totals.subtotal,
        totals.delivery,
        totals.total,
        draft.placed_at,
        draft.pay_by(),
        draft.placed_at,
        draft.placed_by.as_ref().map(|by| by.cart),
        draft.placed_by.as_ref().map(|by| by.key),
        draft.placed_by.as_ref().map(|by| by.request_hash.as_slice()),
        totals.member_discount,
        totals.voucher_discount,
        totals.tax,
        totals.tax_included,
        draft.ready.delivery_method,
        draft.ready.voucher_code.as_ref().map(|code| code.as_str()),
        totals.member_percent,
    )
    .execute(conn)
    .await?;
    Ok(OrderId::new(done.last_insert_id()))
}

pub(super) async fn insert_line(
    conn: &mut MySqlConnection,
    order: OrderId,
    line: &CartLine,
    priced: &PricedLine,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into order_lines (order_id, variant_id, name, options, sku, picture_key, unit_amount, quantity,
                                  total_amount, member_discount_amount, voucher_discount_amount, tax_amount)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        order,
        line.variant_id,
        line.name,
        line.options,
        line.sku,
        line.picture.as_ref().map(|picture| picture.key.as_str()),
        line.unit_price,
        line.quantity,
        priced.gross,
        priced.member_discount,
        priced.voucher_discount,
        priced.tax,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn insert_tax(
    conn: &mut MySqlConnection,
    order: OrderId,
    position: u16,
    tax: &TaxLine,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into order_taxes (order_id, position, name, rate, base_amount, tax_amount) values (?, ?, ?, ?, ?, ?)",
        order,
        position,
        tax.name,
        tax.rate,
        tax.base,
        tax.amount,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn taxes(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Vec<TaxLine>> {
    sqlx::query_as!(
        TaxLine,
        "select name as `name: _`, rate as `rate: _`, base_amount as `base: _`, tax_amount as `amount: _`
         from order_taxes where order_id = ? order by position",
        order,
    )
    .fetch_all(conn)
    .await
}

/// Notes that somebody was told of an order what stands already.
pub(super) async fn touch(conn: &mut MySqlConnection, order: OrderId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update orders set updated_at = ? where id = ?", now, order).execute(conn).await?;
    Ok(())
}

pub(super) async fn insert_history(
    conn: &mut MySqlConnection,
    order: OrderId,
    (kind, status): (HistoryKind, OrderStatus),
    actor: &Actor,
    note: Option<&str>,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    let (actor_kind, name) = actor::columns(actor);
    sqlx::query!(
        "insert into order_history (order_id, kind, status, actor_kind, actor_name, note, created_at)
         values (?, ?, ?, ?, ?, ?, ?)",
        order,
        kind,
        status,
        actor_kind,
        name,
        note,
        at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn by_number(conn: &mut MySqlConnection, number: &str) -> sqlx::Result<Option<OrderId>> {
    let Some(number) = key(number) else { return Ok(None) };
    sqlx::query_scalar!("select id as `id: _` from orders where number = ?", number).fetch_optional(conn).await
}

pub(super) async fn placed_by(conn: &mut MySqlConnection, cart: CartId, key: &str) -> sqlx::Result<Option<KnownRow>> {
    let row = sqlx::query!(
        "select o.id as `id: OrderId`, o.number as `number: String`, o.request_hash as `request_hash!: Vec<u8>`,
                o.payment_method as `payment_method: PaymentMethod`,
                o.subtotal_amount as `subtotal: Money`, o.delivery_amount as `delivery: Money`,
                o.total_amount as `total: Money`, o.member_discount_amount as `member_discount: Money`,
                o.voucher_discount_amount as `voucher_discount: Money`, o.tax_amount as `tax: Money`,
                o.tax_included as `tax_included: bool`, o.member_percent as `member_percent: BasisPoints`,
                (select h.status from order_history h where h.order_id = o.id order by h.id limit 1)
                    as `first_status!: OrderStatus`
         from orders o where o.cart_id = ? and o.idempotency_key = ?",
        cart,
        key,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| KnownRow {
        id: row.id,
        number: row.number,
        request_hash: row.request_hash,
        payment_method: row.payment_method,
        totals: domain::orders::Totals {
            subtotal: row.subtotal,
            member_discount: row.member_discount,
            member_percent: row.member_percent,
            voucher_discount: row.voucher_discount,
            delivery: row.delivery,
            tax: row.tax,
            tax_included: row.tax_included,
            total: row.total,
        },
        first_status: row.first_status,
    }))
}

pub(super) async fn order(conn: &mut MySqlConnection, id: OrderId) -> sqlx::Result<Option<FullRow>> {
    sqlx::query_as!(
        FullRow,
        "select id as `id: _`, number as `number: _`, status as `status: _`, email as `email: _`, name as `name: _`,
                phone as `phone: _`, line_1 as `line_1: _`, line_2 as `line_2: _`, city as `city: _`,
                province as `province: _`, postal_code as `postal_code: _`, locale as `locale: _`,
                currency as `currency: _`, payment_method as `payment_method: _`,
                (select p.status from payments p where p.order_id = orders.id order by p.id desc limit 1)
                    as `payment_status?: _`,
                delivery_method as `delivery_method: _`,
                subtotal_amount as `subtotal: _`, member_discount_amount as `member_discount: _`,
                voucher_discount_amount as `voucher_discount: _`, delivery_amount as `delivery: _`,
                tax_amount as `tax: _`, tax_included as `tax_included: _`, total_amount as `total: _`,
                called_off_amount as `called_off: _`, voucher_code as `voucher_code: _`, placed_at as `placed_at: _`,
                pay_by as `pay_by: _`, held_until as `held_until: _`, tracking_number as `tracking_number: _`,
                member_percent as `member_percent: _`
         from orders where id = ?",
        id,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn lines(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as!(
        LineRow,
        "select l.id as `id: _`, l.name as `name: _`, l.options as `options: _`, l.sku as `sku: _`,
                cast(case when pic.id is not null then json_object(
                         'key', pic.picture_key, 'alt', json_extract(l.name, '$'), 'width', pic.width,
                         'height', pic.height, 'placeholder', pic.placeholder,
                         'centre', json_object(
                             'x', coalesce((select pp.centre_x from product_pictures pp where pp.product_id = v.product_id
                                       and pp.picture_id = pic.id order by pp.position limit 1), 500),
                             'y', coalesce((select pp.centre_y from product_pictures pp where pp.product_id = v.product_id
                                       and pp.picture_id = pic.id order by pp.position limit 1), 500))) end as char) as `picture?: _`, p.slug as `slug?: _`,
                l.unit_amount as `unit_price: _`, l.quantity as `quantity: _`, l.total_amount as `total: _`,
                l.member_discount_amount as `member_discount: _`, l.voucher_discount_amount as `voucher_discount: _`,
                l.tax_amount as `tax: _`
         from order_lines l
         join variants v on v.id = l.variant_id
         left join products p on p.id = v.product_id and p.status = 'active'
         left join pictures pic on pic.picture_key = l.picture_key
         where l.order_id = ? order by l.id",
        order,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn history(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Vec<HistoryRow>> {
    sqlx::query_as!(
        HistoryRow,
        "select kind as `kind: _`, status as `status: _`, actor_kind as `actor_kind: _`,
                actor_name as `actor_name: _`, note as `note: _`, created_at as `at: _`
         from order_history where order_id = ? order by id",
        order,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn rows(conn: &mut MySqlConnection, filter: &Filter) -> sqlx::Result<Vec<OrderRow>> {
    sqlx::query_as!(
        OrderRow,
        "select id as `id: _`, number as `number: _`, placed_at as `placed_at: _`, name as `name: _`,
                coalesce(city, '') as `city!: _`, units as `units: _`, total_amount as `total: _`,
                payment_method as `payment_method: _`, status as `status: _`
         from orders
         where (? is null or status = ?)
           and (not ? or id in (select order_id from payments where status = 'needs_review')
                      or id in (select order_id from refunds where status = 'failed'))
           and (? = '' or number like ? or name like ? or email like ?)
         order by placed_at desc, id desc limit ? offset ?",
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

pub(super) async fn counts(conn: &mut MySqlConnection, search: &str) -> sqlx::Result<Vec<CountRow>> {
    sqlx::query_as!(
        CountRow,
        "select o.status as `status: _`, cast(count(*) as unsigned) as `count!: _`,
                cast(count(r.order_id) as unsigned) as `needs_review!: _`
         from orders o
         left join (select order_id from payments where status = 'needs_review'
                    union select order_id from refunds where status = 'failed') r on r.order_id = o.id
         where (? = '' or o.number like ? or o.name like ? or o.email like ?)
         group by o.status",
        search,
        code_pattern(search),
        search,
        search,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn received(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    product: ProductId,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "select count(*) as `count!: i64`
         from orders o
         join order_lines l on l.order_id = o.id
         join variants v on v.id = l.variant_id
         where o.customer_id = ? and o.status = 'completed' and v.product_id = ?",
        customer,
        product,
    )
    .fetch_one(conn)
    .await
}
