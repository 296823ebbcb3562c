//! How an order is written down: a snapshot of everything that was bought.

use chrono::{DateTime, TimeDelta, Utc};
use domain::carts::{Cart, CartId};
use domain::checkout::ReadyOrder;
use domain::customers::CustomerId;
use domain::money::Money;
use domain::orders::{Actor, Beginning, HistoryKind, OrderId, OrderStatus};
use domain::pricing::Priced;
use domain::settings::Settings;
use rand::RngExt;
use sqlx::MySqlConnection;

use super::queries;
use crate::database;
use crate::database::Work;
use crate::error::{Error, Result};

/// Crockford's alphabet: nothing that is read as something else.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// An order about to be written down; its prices come from the database.
pub(crate) struct Draft<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) cart: &'a Cart,
    pub(crate) ready: &'a ReadyOrder,
    pub(crate) customer: CustomerId,
    /// The account that places it.
    pub(crate) account: Option<CustomerId>,
    pub(crate) priced: &'a Priced,
    pub(crate) placed_at: DateTime<Utc>,
    /// The request that places it; an import has none.
    pub(crate) placed_by: Option<PlacedBy<'a>>,
}

/// What makes a repeated request known.
pub(crate) struct PlacedBy<'a> {
    pub(crate) cart: CartId,
    pub(crate) key: &'a str,
    pub(crate) request_hash: &'a [u8; 32],
}

impl Draft<'_> {
    /// Where the order starts: what is paid at the door, or costs nothing, waits for nothing.
    pub(super) fn status(&self) -> OrderStatus {
        Beginning::of(self.ready.payment_method, self.priced.totals.total).status
    }

    pub(super) fn pay_by(&self) -> Option<DateTime<Utc>> {
        let unpaid = TimeDelta::hours(i64::from(self.settings.unpaid_hours));
        (self.status() == OrderStatus::PendingPayment).then(|| self.placed_at + unpaid)
    }
}

/// What the caller needs of a new order.
pub(crate) struct Inserted {
    pub(crate) id: OrderId,
    pub(crate) number: String,
    pub(crate) status: OrderStatus,
    pub(crate) total: Money,
    pub(crate) name: String,
}

/// Writes the order, its lines, its taxes and the first entry of its history. The caller takes the stock.
pub(crate) async fn insert(work: &mut Work, draft: &Draft<'_>) -> Result<Inserted> {
    let (id, number) = insert_numbered(work, draft).await?;
    insert_parts(work, draft, (id, number), (&Actor::Shopper, None)).await
}

/// The same for an order that had its number elsewhere, with what is to be known of it.
pub(super) async fn insert_former(
    work: &mut Work,
    draft: &Draft<'_>,
    number: &str,
    note: Option<&str>,
) -> Result<Inserted> {
    let id = queries::insert(work, number, draft).await?;
    insert_parts(work, draft, (id, number.to_owned()), (&Actor::Import, note)).await
}

async fn insert_parts(
    work: &mut Work,
    draft: &Draft<'_>,
    (id, number): (OrderId, String),
    (actor, note): (&Actor, Option<&str>),
) -> Result<Inserted> {
    for (line, priced) in draft.cart.lines.iter().zip(&draft.priced.lines) {
        queries::insert_line(work, id, line, priced).await?;
    }
    for (position, tax) in (0_u16..).zip(&draft.priced.taxes) {
        queries::insert_tax(work, id, position, tax).await?;
    }
    queries::insert_history(work, id, (HistoryKind::Step, draft.status()), actor, note, draft.placed_at).await?;
    Ok(Inserted {
        id,
        number,
        status: draft.status(),
        total: draft.priced.totals.total,
        name: draft.ready.address.name.as_str().to_owned(),
    })
}

/// Numbers are random, so that they do not tell how many orders there are; a taken one is drawn again.
async fn insert_numbered(conn: &mut MySqlConnection, draft: &Draft<'_>) -> Result<(OrderId, String)> {
    for _ in 0..8 {
        let number = draw_number("ET");
        match queries::insert(conn, &number, draft).await {
            Ok(id) => return Ok((id, number)),
            Err(error) if database::is_duplicate_of(&error, "orders_number") => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Error::internal("no free order number was drawn"))
}

/// A random number of eight letters and digits behind a prefix.
pub(crate) fn draw_number(prefix: &str) -> String {
    let mut rng = rand::rng();
    let digits = (0..8).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())]));
    format!("{prefix}-{}", digits.collect::<String>())
}
