//! Money's ledger: what was asked for, what came, what of it goes back, and what of it waits for a person.
//!
//! It knows bills, and neither what they are for nor who asks a gateway. Whoever gives money back has the lock of what it was
//! paid for.

use domain::payments::{Balance, Payable};
use sqlx::MySqlConnection;

use crate::error::Result;

pub(crate) mod attempts;
mod bill;
pub(crate) mod checking;
mod queries;
pub(crate) mod refunds;
pub(crate) mod sending;
pub(crate) mod transfers;

pub(crate) use bill::Bill;

/// The name of the gateway that is none: money paid at the door.
const CASH: &str = "cash";
/// The same for money that was transferred to an account of the shop.
pub(crate) const TRANSFER: &str = "transfer";
/// The same for money that the shop before this one took.
const FORMER: &str = "former";

/// What was paid for something, and what of it went back.
pub(crate) async fn balance(conn: &mut MySqlConnection, what: impl Into<Payable>) -> Result<Balance> {
    Ok(queries::refunds::balance(conn, what.into()).await?)
}
