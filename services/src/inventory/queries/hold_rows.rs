//! The SQL of holds.

use chrono::{DateTime, Utc};
use domain::carts::CartId;
use domain::catalog::VariantId;
use domain::orders::OrderId;
use sqlx::MySqlConnection;

use crate::inventory::holds::Ended;

/// What a cart holds, in ascending order of variants; the caller has the cart's lock.
pub(in crate::inventory) async fn held_by_cart(conn: &mut MySqlConnection, cart: CartId) -> sqlx::Result<Vec<Ended>> {
    sqlx::query_as!(
        Ended,
        "select variant_id as `variant_id: _`, quantity as `quantity: _`
         from holds where cart_id = ? order by variant_id for update",
        cart,
    )
    .fetch_all(conn)
    .await
}

/// What an unpaid order holds, in ascending order of variants.
pub(in crate::inventory) async fn held_by_order(
    conn: &mut MySqlConnection,
    order: OrderId,
) -> sqlx::Result<Vec<Ended>> {
    sqlx::query_as!(
        Ended,
        "select variant_id as `variant_id: _`, quantity as `quantity: _`
         from holds where order_id = ? order by variant_id for update",
        order,
    )
    .fetch_all(conn)
    .await
}

/// Sets what a cart holds of a variant; nothing removes the row.
pub(in crate::inventory) async fn set_hold(
    conn: &mut MySqlConnection,
    cart: CartId,
    variant: VariantId,
    quantity: u32,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    if quantity == 0 {
        sqlx::query!("delete from holds where cart_id = ? and variant_id = ?", cart, variant).execute(conn).await?;
        return Ok(());
    }
    sqlx::query!(
        "insert into holds (cart_id, variant_id, quantity, created_at) values (?, ?, ?, ?)
         on duplicate key update quantity = ?",
        cart,
        variant,
        quantity,
        now,
        quantity,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::inventory) async fn delete_cart_holds(conn: &mut MySqlConnection, cart: CartId) -> sqlx::Result<()> {
    sqlx::query!("delete from holds where cart_id = ?", cart).execute(conn).await?;
    Ok(())
}

pub(in crate::inventory) async fn insert_order_hold(
    conn: &mut MySqlConnection,
    order: OrderId,
    variant: VariantId,
    quantity: u32,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into holds (order_id, variant_id, quantity, created_at) values (?, ?, ?, ?)",
        order,
        variant,
        quantity,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::inventory) async fn delete_order_holds(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!("delete from holds where order_id = ?", order).execute(conn).await?;
    Ok(())
}
