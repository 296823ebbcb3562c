//! The SQL of holds.

use chrono::{DateTime, Utc};
use domain::catalog::VariantId;
use domain::id::CheckoutId;
use domain::orders::OrderId;
use sqlx::MySqlConnection;

use crate::inventory::holds::Ended;

pub(in crate::inventory) async fn held_by_checkout(
    conn: &mut MySqlConnection,
    checkout: CheckoutId,
) -> sqlx::Result<Vec<Ended>> {
    sqlx::query_as!(
        Ended,
        "select variant_id as `variant_id: _`, quantity as `quantity: _`
         from holds where checkout_id = ? and state = 'held' order by variant_id for update",
        checkout,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::inventory) async fn held_by_order(
    conn: &mut MySqlConnection,
    order: OrderId,
) -> sqlx::Result<Vec<Ended>> {
    sqlx::query_as!(
        Ended,
        "select variant_id as `variant_id: _`, quantity as `quantity: _`
         from holds where order_id = ? and state = 'held' order by variant_id for update",
        order,
    )
    .fetch_all(conn)
    .await
}

/// Sets what an open checkout holds of a variant; nothing removes the row.
pub(in crate::inventory) async fn set_hold(
    conn: &mut MySqlConnection,
    checkout: CheckoutId,
    variant: VariantId,
    quantity: u32,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    if quantity == 0 {
        sqlx::query!(
            "delete from holds where checkout_id = ? and variant_id = ? and state = 'held'",
            checkout,
            variant
        )
        .execute(conn)
        .await?;
        return Ok(());
    }
    sqlx::query!(
        "insert into holds (checkout_id, variant_id, quantity, state, created_at) values (?, ?, ?, 'held', ?)
         on duplicate key update quantity = ?",
        checkout,
        variant,
        quantity,
        now,
        quantity,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::inventory) async fn hand_over(
    conn: &mut MySqlConnection,
    checkout: CheckoutId,
    order: OrderId,
) -> sqlx::Result<()> {
    sqlx::query!("update holds set order_id = ? where checkout_id = ? and state = 'held'", order, checkout)
        .execute(conn)
        .await?;
    Ok(())
}

pub(in crate::inventory) async fn end_checkout_holds(
    conn: &mut MySqlConnection,
    checkout: CheckoutId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update holds set state = 'released', ended_at = ? where checkout_id = ? and state = 'held'",
        now,
        checkout,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::inventory) async fn end_order_holds(
    conn: &mut MySqlConnection,
    order: OrderId,
    how: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update holds set state = ?, ended_at = ? where order_id = ? and state = 'held'", how, now, order)
        .execute(conn)
        .await?;
    Ok(())
}
