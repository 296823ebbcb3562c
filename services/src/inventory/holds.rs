//! Holds: units promised to a cart, then to its unpaid order. A row stands as long as the promise does; it goes in the
//! transaction that sells or releases its units, so that they end exactly once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::carts::CartId;
use domain::catalog::VariantId;
use domain::inventory::MovementReason;
use domain::orders::{Actor, OrderId};
use domain::problem::Shortage;
use sqlx::MySqlConnection;

use super::queries::{self, Shift};
use crate::database::Work;
use crate::error::{Error, Result};

/// Units of each variant.
pub(crate) type Units = BTreeMap<VariantId, u32>;

/// Units of a variant that end together.
pub(crate) struct Ended {
    pub(crate) variant_id: VariantId,
    pub(crate) quantity: u32,
}

/// What becomes of the units that an order is given.
#[derive(Clone, Copy)]
pub(crate) enum Give<'a> {
    /// They are promised until the order is paid.
    Reserve,
    /// They leave the shelf now.
    Sell(&'a Actor),
}

/// Makes the cart hold exactly what is wanted, all or nothing; what it holds already is kept.
///
/// The caller has the cart's lock. On `OutOfStock` it rolls back, which undoes what was taken so far.
pub(crate) async fn take(work: &mut Work, cart: CartId, held: &Units, wanted: &Units) -> Result<()> {
    let now = work.now();
    let mut shifts = Vec::new();
    for variant in either(held, wanted) {
        let (have, want) = (of(held, variant), of(wanted, variant));
        if want != have {
            queries::set_hold(work, cart, variant, want, now).await?;
            shifts.push((Shift { variant, on_hand: 0, reserved: i64::from(want) - i64::from(have) }, have));
        }
    }
    shift(work, shifts).await
}

/// Gives an order its units: what its cart held, and what is still missing of it. Nothing of the cart stays held.
///
/// On `OutOfStock` the caller rolls back.
pub(crate) async fn give(
    work: &mut Work,
    from: Option<(CartId, &Units)>,
    order: OrderId,
    wanted: &Units,
    how: Give<'_>,
) -> Result<()> {
    let shifts = assign(work, from, order, wanted, how).await?;
    shift(work, shifts).await
}

/// Writes down what an order is given, and tells how the counters are to move, in ascending order of variants.
async fn assign(
    work: &mut Work,
    from: Option<(CartId, &Units)>,
    order: OrderId,
    wanted: &Units,
    how: Give<'_>,
) -> Result<Vec<(Shift, u32)>> {
    let now = work.now();
    let nothing = Units::new();
    let held = from.map_or(&nothing, |(_, held)| held);
    if let Some((cart, held)) = from
        && !held.is_empty()
    {
        queries::delete_cart_holds(work, cart).await?;
    }
    for (variant, quantity) in wanted {
        match how {
            Give::Reserve => queries::insert_order_hold(work, order, *variant, *quantity, now).await?,
            Give::Sell(actor) => {
                let delta = -i64::from(*quantity);
                queries::insert_movement(work, &movement(order, *variant, delta, actor, now)).await?;
            }
        }
    }

    let shifts = either(held, wanted).into_iter().map(|variant| {
        let (have, want) = (of(held, variant), of(wanted, variant));
        let (on_hand, reserved) = match how {
            Give::Reserve => (0, i64::from(want) - i64::from(have)),
            Give::Sell(_) => (-i64::from(want), -i64::from(have)),
        };
        (Shift { variant, on_hand, reserved }, have)
    });
    Ok(shifts.filter(|(shift, _)| !shift.is_nothing()).collect())
}

/// Makes one cart hold what two held, as far as it is kept; the rest is released. The caller has both carts' locks.
pub(crate) async fn hand_over(
    work: &mut Work,
    (from, given): (CartId, &Units),
    (to, present): (CartId, &Units),
    kept: &Units,
) -> Result<()> {
    let now = work.now();
    if !given.is_empty() {
        queries::delete_cart_holds(work, from).await?;
    }
    let mut shifts = Vec::new();
    for variant in either(given, present) {
        let (have, keep) = (of(present, variant), of(kept, variant));
        if keep != have {
            queries::set_hold(work, to, variant, keep, now).await?;
        }
        let released = i64::from(of(given, variant)) + i64::from(have) - i64::from(keep);
        if released != 0 {
            shifts.push((Shift { variant, on_hand: 0, reserved: -released }, have));
        }
    }
    shift(work, shifts).await
}

/// What the cart holds. The caller has the cart's lock.
pub(crate) async fn of_cart(conn: &mut MySqlConnection, cart: CartId) -> Result<Units> {
    let held = queries::held_by_cart(conn, cart).await?;
    Ok(held.into_iter().map(|hold| (hold.variant_id, hold.quantity)).collect())
}

/// Makes a cart's units buyable again.
pub(crate) async fn release_cart(conn: &mut MySqlConnection, cart: CartId) -> Result<()> {
    let held = queries::held_by_cart(conn, cart).await?;
    queries::delete_cart_holds(conn, cart).await?;
    unreserve(conn, held).await
}

/// Makes an order's units buyable again.
pub(crate) async fn release_order(conn: &mut MySqlConnection, order: OrderId) -> Result<()> {
    let held = end(conn, order).await?;
    unreserve(conn, held).await
}

/// Units that the order had given up leave the shelf after all.
///
/// On `OutOfStock` the caller rolls back.
pub(super) async fn sell_again(work: &mut Work, order: OrderId, actor: &Actor) -> Result<()> {
    let now = work.now();
    let lines = queries::sold(work, order).await?;
    for line in &lines {
        let delta = -i64::from(line.quantity);
        queries::insert_movement(work, &movement(order, line.variant_id, delta, actor, now)).await?;
    }
    let sold = |line: &Ended| Shift { variant: line.variant_id, on_hand: -i64::from(line.quantity), reserved: 0 };
    shift(work, lines.iter().map(|line| (sold(line), 0)).collect()).await?;
    for line in lines {
        super::warn_when_low(work, line.variant_id).await?;
    }
    Ok(())
}

/// Ends the live holds of an order, in ascending order of variants.
pub(super) async fn end(conn: &mut MySqlConnection, order: OrderId) -> Result<Vec<Ended>> {
    let held = queries::held_by_order(conn, order).await?;
    queries::delete_order_holds(conn, order).await?;
    Ok(held)
}

fn movement<'a>(
    order: OrderId,
    variant: VariantId,
    delta: i64,
    actor: &'a Actor,
    at: DateTime<Utc>,
) -> queries::Movement<'a> {
    queries::Movement { variant, delta, reason: MovementReason::Sold, order: Some(order), actor, note: None, at }
}

/// Moves counters, in ascending order of variants and last in the transaction: a hot row is locked only from here to
/// the commit. Every shortage is told at once; `have` is what the asker already has of the variant.
async fn shift(conn: &mut MySqlConnection, shifts: Vec<(Shift, u32)>) -> Result<()> {
    debug_assert!(shifts.is_sorted_by_key(|(shift, _)| shift.variant), "counters are locked in ascending order");
    let mut shortages = Vec::new();
    for (change, have) in shifts {
        if !queries::shift(conn, change).await? {
            let free = queries::available(conn, change.variant).await?.unwrap_or_default();
            shortages.push(shortage(change.variant, free, have)?);
        }
    }
    if shortages.is_empty() { Ok(()) } else { Err(Error::OutOfStock(shortages)) }
}

fn shortage(variant_id: VariantId, free: i64, have: u32) -> Result<Shortage> {
    let available = u32::try_from(free).map_err(Error::internal)?.saturating_add(have);
    Ok(Shortage { variant_id, available })
}

async fn unreserve(conn: &mut MySqlConnection, held: Vec<Ended>) -> Result<()> {
    for hold in held {
        let change = Shift { variant: hold.variant_id, on_hand: 0, reserved: -i64::from(hold.quantity) };
        if !queries::shift(conn, change).await? {
            return Err(Error::internal(format!("variant {} has fewer units reserved than held", hold.variant_id)));
        }
    }
    Ok(())
}

fn either(one: &Units, other: &Units) -> BTreeSet<VariantId> {
    one.keys().chain(other.keys()).copied().collect()
}

fn of(units: &Units, variant: VariantId) -> u32 {
    units.get(&variant).copied().unwrap_or_default()
}
