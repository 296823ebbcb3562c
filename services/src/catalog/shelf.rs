//! What a list of the desk reads for the shelf in memory (`snapshot/shelf.rs`).

use std::sync::Arc;
use std::time::Duration;

use sqlx::MySqlConnection;

use super::queries::goods as queries;
use crate::Shop;
use crate::error::{Error, Result};
use crate::snapshot::shelf::{Goods, Known, Shelf, Stock};

/// How old sums over stock may be: another process tells nobody that a shopper reserved something.
const STOCK_FRESH_FOR: Duration = Duration::from_secs(1);

/// Every product as it is now.
pub(super) async fn shelf(shop: &Shop, conn: &mut MySqlConnection) -> Result<Arc<Shelf>> {
    let kept = &shop.snapshot.goods;
    let parts = match kept.known(|read_at| shop.snapshot.is_fresh_since(read_at)) {
        Known::Whole(shelf) => return Ok(shelf),
        Known::Parts(parts) => parts,
    };
    let rows = match parts.stale() {
        Some(ids) => queries::some_of_shelf(conn, &serde_json::to_string(&ids)?).await?,
        None => queries::shelf(conn).await?,
    };
    let line_end = weights(conn, "\n").await?;
    Ok(kept.keep(parts, rows.into_iter().map(|row| Goods::read(row, &line_end)).collect()))
}

/// What the database sorts and compares words by.
pub(super) async fn weights(conn: &mut MySqlConnection, words: &str) -> Result<Vec<u8>> {
    if words.is_empty() { Ok(Vec::new()) } else { Ok(queries::weights(conn, words).await?) }
}

/// The sums over all stock, at most a second old.
pub(super) async fn stock(shop: &Shop, conn: &mut MySqlConnection) -> Result<Arc<Stock>> {
    let read = move || async move {
        let mut rows = queries::stock_of_all(conn).await?;
        rows.extend(queries::stock_of_reshaped(conn).await?);
        let read = rows.into_iter().map(|row| {
            let state = row.state.parse().map_err(|_| Error::internal("a state of stock has no name"))?;
            Ok((row.product_id, (row.available, state)))
        });
        Ok((Stock::of_all(read.collect::<Result<Vec<_>>>()?), Some(STOCK_FRESH_FOR)))
    };
    shop.snapshot.get_for_now(&shop.snapshot.stock, read).await
}
