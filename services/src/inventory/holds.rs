//! Holds: units promised to a checkout, then to its order. A hold ends exactly once: sold, or released.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::catalog::VariantId;
use domain::id::CheckoutId;
use domain::orders::OrderId;
use domain::problem::Shortage;
use sqlx::MySqlConnection;

use super::queries;
use crate::error::{Error, Result};

/// Units of a variant that end together.
pub(crate) struct Ended {
    pub(crate) variant_id: VariantId,
    pub(crate) quantity: u32,
}

/// Makes the checkout hold exactly what is wanted, all or nothing; what it holds already is kept.
///
/// On `OutOfStock` the caller rolls back, which undoes what was taken so far.
pub(crate) async fn take(
    conn: &mut MySqlConnection,
    checkout: CheckoutId,
    wanted: &BTreeMap<VariantId, u32>,
    now: DateTime<Utc>,
) -> Result<()> {
    let held: BTreeMap<VariantId, u32> = queries::held_by_checkout(conn, checkout)
        .await?
        .into_iter()
        .map(|row| (row.variant_id, row.quantity))
        .collect();

    let mut changes = Vec::new();
    for variant in wanted.keys().chain(held.keys().filter(|variant| !wanted.contains_key(variant))) {
        let want = wanted.get(variant).copied().unwrap_or_default();
        let have = held.get(variant).copied().unwrap_or_default();
        if want != have {
            queries::set_hold(conn, checkout, *variant, want, now).await?;
            changes.push((*variant, want, have));
        }
    }

    // The counters come last and in ascending order: the lock order of every path.
    changes.sort_unstable_by_key(|(variant, ..)| *variant);
    let mut shortages = Vec::new();
    for (variant, want, have) in changes {
        let taken = if want > have {
            queries::reserve(conn, variant, want - have).await?
        } else {
            queries::unreserve(conn, variant, have - want).await?
        };
        if !taken {
            let available = queries::available(conn, variant).await?.unwrap_or_default();
            let available = u32::try_from(available).map_err(Error::internal)?.saturating_add(have);
            shortages.push(Shortage { variant_id: variant, available });
        }
    }
    if shortages.is_empty() { Ok(()) } else { Err(Error::OutOfStock(shortages)) }
}

/// Hands a checkout's units to its order.
pub(crate) async fn hand_over(conn: &mut MySqlConnection, checkout: CheckoutId, order: OrderId) -> Result<()> {
    queries::hand_over(conn, checkout, order).await?;
    Ok(())
}

/// Makes a checkout's units buyable again.
pub(crate) async fn release_checkout(
    conn: &mut MySqlConnection,
    checkout: CheckoutId,
    now: DateTime<Utc>,
) -> Result<()> {
    let held = queries::held_by_checkout(conn, checkout).await?;
    queries::end_checkout_holds(conn, checkout, now).await?;
    unreserve(conn, held).await
}

/// Makes an order's units buyable again.
pub(crate) async fn release_order(conn: &mut MySqlConnection, order: OrderId, now: DateTime<Utc>) -> Result<()> {
    let held = end(conn, order, "released", now).await?;
    unreserve(conn, held).await
}

/// Ends the live holds of an order, in ascending order of variants.
pub(super) async fn end(
    conn: &mut MySqlConnection,
    order: OrderId,
    how: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Ended>> {
    let held = queries::held_by_order(conn, order).await?;
    queries::end_order_holds(conn, order, how, now).await?;
    Ok(held)
}

async fn unreserve(conn: &mut MySqlConnection, held: Vec<Ended>) -> Result<()> {
    for hold in held {
        if !queries::unreserve(conn, hold.variant_id, hold.quantity).await? {
            return Err(Error::internal(format!("variant {} has fewer units reserved than held", hold.variant_id)));
        }
    }
    Ok(())
}
