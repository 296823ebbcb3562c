//! What was paid for the units of an order.

use domain::message::Message;
use domain::money::Money;
use domain::orders::{LineUnits, OrderId, OrderLineId, Whereabouts, rest};
use domain::payments::price_of_units;
use sqlx::MySqlConnection;

use super::queries::prices as queries;
use crate::error::{Error, Result};
use crate::money;

/// What the buyer paid for units that did not go back yet.
pub(crate) async fn price_of(conn: &mut MySqlConnection, order: OrderId, units: &[LineUnits]) -> Result<Money> {
    let lines = queries::lines(conn, order).await?;
    let mut wanted = Vec::new();
    for unit in units {
        let line = lines.iter().find(|line| line.id == unit.line_id).filter(|_| is_once(units, unit.line_id));
        let line = line.ok_or_else(|| Error::field("units", Message::NotAChoice))?;
        wanted.push((line.total, line.quantity, line.refunded, unit.quantity));
    }
    price_of_units(wanted).ok_or_else(|| Error::field("units", Message::NothingToRefund))
}

/// What is not to be paid of an order, or goes back, when the rest of it stays here.
pub(super) struct RestPrice {
    pub(super) amount: Money,
    /// The units whose price that is.
    pub(super) units: Vec<LineUnits>,
}

/// What was paid for the units that have not left. A unit whose price went back already is taken to be one of them, unless
/// the buyer has fewer than were paid for: nobody keeps a unit and its price because two people meant the same one.
pub(super) async fn price_of_rest(
    conn: &mut MySqlConnection,
    order: OrderId,
    whereabouts: &[Whereabouts],
) -> Result<RestPrice> {
    let lines = queries::lines(conn, order).await?;
    let (mut wanted, mut units) = (Vec::new(), Vec::new());
    for place in whereabouts {
        let Some(line) = lines.iter().find(|line| line.id == place.line_id) else { continue };
        let quantity = place.to_ship() - place.unpaid(line.refunded);
        if quantity > 0 {
            wanted.push((line.total, line.quantity, line.refunded, quantity));
            units.push(LineUnits { line_id: line.id, quantity });
        }
    }
    let amount = price_of_units(wanted);
    let amount = amount.ok_or_else(|| Error::internal(format!("order {order} has lines without a price")))?;
    Ok(RestPrice { amount, units })
}

/// The units that have not left and that nobody pays for any more.
pub(super) async fn unpaid_rest(
    conn: &mut MySqlConnection,
    order: OrderId,
    whereabouts: &[Whereabouts],
) -> Result<Vec<LineUnits>> {
    // Nothing is left of what was paid, whatever it was given back for.
    let balance = money::balance(conn, order).await?;
    if balance.paid > Money::ZERO && balance.left() == Money::ZERO {
        return Ok(rest(whereabouts));
    }
    let lines = queries::lines(conn, order).await?;
    let units = whereabouts.iter().filter_map(|place| {
        let line = lines.iter().find(|line| line.id == place.line_id)?;
        Some(LineUnits { line_id: line.id, quantity: place.unpaid(line.refunded) })
    });
    Ok(units.filter(|units| units.quantity > 0).collect())
}

fn is_once(units: &[LineUnits], line: OrderLineId) -> bool {
    units.iter().filter(|unit| unit.line_id == line).count() == 1
}
