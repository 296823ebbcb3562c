//! The SQL of stock: counters, ledger and the stock list. Private to the slice.

use chrono::{DateTime, Utc};
use domain::catalog::{ProductId, VariantId};
use domain::inventory::{MovementReason, StockFilter};
use domain::locale::{Locale, Translated};
use domain::media::Picture;
use domain::money::Money;
use domain::orders::{Actor, OrderId};
use sqlx::MySqlConnection;

use super::holds::Ended;
use crate::actor;
use crate::database::{code_pattern, wording_path};

mod checks;
mod hold_rows;
mod ledger;
pub(super) mod takes;
pub(super) mod telling;

pub(super) use checks::{clear_discrepancies, discrepancies, note_discrepancy, noted_discrepancies};
pub(super) use hold_rows::{
    delete_cart_holds, delete_order_holds, held_by_cart, held_by_order, insert_order_hold, set_hold,
};
pub(super) use ledger::{
    MovementRow, count_movements, lock_all_on_hand, lock_counters, lock_variant, movements, raise_version, set_limits,
    waiting,
};

/// Which variants.
pub(super) struct Filter {
    pub(super) search: String,
    pub(super) filter: StockFilter,
    pub(super) variant: Option<VariantId>,
    /// The language whose names give the order.
    pub(super) locale: Locale,
    pub(super) limit: u32,
    pub(super) offset: u64,
}

pub(super) struct Row {
    pub(super) variant_id: VariantId,
    pub(super) product_id: ProductId,
    pub(super) name: Translated,
    pub(super) options: Translated,
    pub(super) category: Option<Translated>,
    pub(super) sku: String,
    pub(super) price: Money,
    pub(super) compare_at: Option<Money>,
    pub(super) on_hand: i64,
    pub(super) reserved: i64,
    pub(super) low_stock_limit: u32,
    pub(super) min_quantity: u32,
    pub(super) max_quantity: u32,
    pub(super) picture: Option<Picture>,
}

/// A line of the ledger.
pub(super) struct Movement<'a> {
    pub(super) variant: VariantId,
    pub(super) delta: i64,
    pub(super) reason: MovementReason,
    pub(super) order: Option<OrderId>,
    pub(super) actor: &'a Actor,
    pub(super) note: Option<&'a str>,
    pub(super) at: DateTime<Utc>,
}

/// A variant at its limit.
pub(super) struct LowRow {
    pub(super) sku: String,
    pub(super) available: i64,
}

/// A change of a variant's two counters.
#[derive(Clone, Copy)]
pub(super) struct Shift {
    pub(super) variant: VariantId,
    pub(super) on_hand: i64,
    pub(super) reserved: i64,
}

impl Shift {
    pub(super) fn is_nothing(&self) -> bool {
        self.on_hand == 0 && self.reserved == 0
    }
}

/// Moves the counters, if no unit is promised twice and none is missing afterwards. This is the way to change them: every
/// path that takes, promises, gives back or counts units ends here, and the affected rows decide.
///
/// The caller writes the ledger for what it does to `on_hand`.
pub(super) async fn shift(conn: &mut MySqlConnection, shift: Shift) -> sqlx::Result<bool> {
    let Shift { variant, on_hand, reserved } = shift;
    let done = sqlx::query!(
        "update stock set on_hand = on_hand + ?, reserved = reserved + ?
         where variant_id = ? and reserved + ? >= 0 and on_hand - reserved + ? >= 0",
        on_hand,
        reserved,
        variant,
        reserved,
        on_hand - reserved,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn available(conn: &mut MySqlConnection, variant: VariantId) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!("select on_hand - reserved as `available!: i64` from stock where variant_id = ?", variant)
        .fetch_optional(conn)
        .await
}

pub(super) async fn if_low(conn: &mut MySqlConnection, variant: VariantId) -> sqlx::Result<Option<LowRow>> {
    sqlx::query_as!(
        LowRow,
        "select v.sku as `sku: _`, s.on_hand - s.reserved as `available!: i64`
         from stock s join variants v on v.id = s.variant_id
         where s.variant_id = ? and s.on_hand - s.reserved <= s.low_stock_limit",
        variant,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn insert_movement(conn: &mut MySqlConnection, movement: &Movement<'_>) -> sqlx::Result<()> {
    let (actor_kind, actor_name) = actor::columns(movement.actor);
    sqlx::query!(
        "insert into stock_movements (variant_id, delta, reason, order_id, actor_kind, actor_name, note, created_at)
         values (?, ?, ?, ?, ?, ?, ?, ?)",
        movement.variant,
        movement.delta,
        movement.reason,
        movement.order,
        actor_kind,
        actor_name,
        movement.note,
        movement.at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The ledger's first lines of new variants.
pub(super) async fn insert_first_movements(
    conn: &mut MySqlConnection,
    units: &str,
    actor: &Actor,
    note: Option<&str>,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    let (actor_kind, actor_name) = actor::columns(actor);
    sqlx::query!(
        "insert into stock_movements (variant_id, delta, reason, actor_kind, actor_name, note, created_at)
         select t.variant, t.units, 'received', ?, ?, ?, ?
         from json_table(?, '$[*]' columns (variant bigint unsigned path '$.variant',
                                            units bigint path '$.units')) t",
        actor_kind,
        actor_name,
        note,
        at,
        units,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Fills the shelves of new variants, which are empty; how many were.
pub(super) async fn fill_first(conn: &mut MySqlConnection, units: &str) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update json_table(?, '$[*]' columns (variant bigint unsigned path '$.variant',
                                              units bigint path '$.units')) t
         straight_join stock s on s.variant_id = t.variant
         set s.on_hand = t.units where s.on_hand = 0 and s.reserved = 0",
        units,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// What an order took from the shelf, in ascending order of variants.
pub(super) async fn sold(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Vec<Ended>> {
    sqlx::query_as!(
        Ended,
        "select variant_id as `variant_id: _`, quantity - called_off as `quantity!: u32`
         from order_lines where order_id = ? and called_off < quantity order by variant_id",
        order,
    )
    .fetch_all(conn)
    .await
}

/// Units of an order that are called off and not on the shelf again yet, in ascending order of variants.
pub(super) async fn called_off(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Vec<Ended>> {
    sqlx::query_as!(
        Ended,
        "select l.variant_id as `variant_id: _`,
                cast(l.called_off - coalesce(sum(m.delta), 0) as unsigned) as `quantity!: u32`
         from order_lines l
         left join stock_movements m
             on m.order_id = l.order_id and m.variant_id = l.variant_id and m.reason = 'restocked'
         where l.order_id = ? group by l.id, l.variant_id, l.called_off having l.called_off > coalesce(sum(m.delta), 0)
         order by l.variant_id",
        order,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn count(conn: &mut MySqlConnection, filter: &Filter) -> sqlx::Result<u64> {
    let wanted = filter.filter.as_str();
    sqlx::query_scalar!(
        "select cast(count(*) as unsigned) as `count!: _`
         from variants v
         join products p on p.id = v.product_id
         join stock s on s.variant_id = v.id
         where p.status <> 'archived' and (v.retired_at is null or ? is not null or (? = 'all' and s.on_hand > 0))
           and (? is null or v.id = ?) and (? = '' or exists(select 1 from product_texts x where x.product_id = p.id and x.search_text like ?) or v.sku like ?)
           and (? <> 'low' or s.on_hand - s.reserved <= s.low_stock_limit)
           and (? <> 'out' or s.on_hand = s.reserved)",
        filter.variant,
        wanted,
        filter.variant,
        filter.variant,
        filter.search,
        filter.search,
        code_pattern(&filter.search),
        wanted,
        wanted,
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn rows(conn: &mut MySqlConnection, filter: &Filter) -> sqlx::Result<Vec<Row>> {
    let wanted = filter.filter.as_str();
    sqlx::query_as!(
        Row,
        "select v.id as `variant_id: _`, p.id as `product_id: _`, p.name as `name: _`, v.options as `options: _`,
                c.name as `category?: _`,
                v.sku as `sku: _`, v.price_amount as `price: _`, v.compare_at_amount as `compare_at: _`,
                s.on_hand as `on_hand: _`, s.reserved as `reserved: _`,
                s.low_stock_limit as `low_stock_limit: _`, v.min_quantity as `min_quantity: _`,
                v.max_quantity as `max_quantity: _`,
                cast(case when pic.id is not null then json_object(
                         'key', pic.picture_key, 'alt', json_extract(pp.alt, '$'), 'width', pic.width,
                         'height', pic.height, 'placeholder', pic.placeholder,
                         'centre', json_object('x', pp.centre_x, 'y', pp.centre_y)) end as char) as `picture?: _`
         from variants v
         join products p on p.id = v.product_id
         join stock s on s.variant_id = v.id
         left join categories c on c.id = p.category_id
         left join product_pictures pp on pp.product_id = v.product_id and pp.position = v.shown_picture
         left join pictures pic on pic.id = pp.picture_id
         where p.status <> 'archived' and (v.retired_at is null or ? is not null or (? = 'all' and s.on_hand > 0))
           and (? is null or v.id = ?) and (? = '' or exists(select 1 from product_texts x where x.product_id = p.id and x.search_text like ?) or v.sku like ?)
           and (? <> 'low' or s.on_hand - s.reserved <= s.low_stock_limit)
           and (? <> 'out' or s.on_hand = s.reserved)
         order by case when ? = 'low' then s.on_hand - s.reserved else 0 end,
                  json_unquote(json_extract(p.name, ?)) collate utf8mb4_unicode_520_ci, p.id, v.position
         limit ? offset ?",
        filter.variant,
        wanted,
        filter.variant,
        filter.variant,
        filter.search,
        filter.search,
        code_pattern(&filter.search),
        wanted,
        wanted,
        wanted,
        wording_path(filter.locale),
        filter.limit,
        filter.offset,
    )
    .fetch_all(conn)
    .await
}
