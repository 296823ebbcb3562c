//! The products of the desk's list, in memory: a list finds and sorts them without reading them all from the database.
//!
//! Words are kept as the weights that the database sorts and compares them by, so that a search finds the same here.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use domain::catalog::{CategoryId, ProductId, ProductStatus, StockState};
use domain::events::About;
use domain::locale::Locale;
use sqlx::MySqlConnection;

use super::queries::goods::{self as queries, ShelfRow};
use crate::Shop;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// How old sums over stock may be: another process tells nobody that a shopper reserved something.
const STOCK_FRESH_FOR: Duration = Duration::from_secs(1);

/// Every product, by ascending id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shelf(Vec<Arc<Goods>>);

/// What a list asks of a product.
#[derive(Debug)]
pub(super) struct Goods {
    pub(super) id: ProductId,
    pub(super) category: Option<CategoryId>,
    pub(super) status: ProductStatus,
    pub(super) from_price: i64,
    /// In microseconds since 1970.
    pub(super) updated_at: i64,
    /// The weights of its names, SKUs and barcodes.
    weights: Box<[u8]>,
    /// Its name in each language.
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    words: Box<str>,
    weights: Box<[u8]>,
}

/// What there is of each product: units to be sold, and whether that is enough.
#[derive(Debug, Default)]
pub(crate) struct Stock(HashMap<ProductId, (i64, StockState)>);

/// The shelf as this process knows it, and which of its products changed since.
#[derive(Debug, Default)]
pub(crate) struct KeptShelf(RwLock<State>);

#[derive(Debug, Default)]
struct State {
    shelf: Option<(Arc<Shelf>, Instant)>,
    /// Products that changed since the shelf was read, and the number of their last change.
    stale: HashMap<ProductId, u64>,
    /// How many changes there were.
    changes: u64,
    /// The number of the last change of everything.
    changed_whole: u64,
}

impl Goods {
    /// What it is called in a language.
    pub(super) fn name(&self, locale: Locale) -> &str {
        self.in_language(locale).map_or("", |name| &name.words)
    }

    /// The weights of that name.
    pub(super) fn name_weights(&self, locale: Locale) -> &[u8] {
        self.in_language(locale).map_or(&[], |name| &name.weights)
    }

    /// Whether those weights are among its own; no weights are everywhere.
    pub(super) fn is_found_by(&self, words: &[u8]) -> bool {
        // Each weight has two bytes.
        words.is_empty() || self.weights.windows(words.len()).step_by(2).any(|window| window == words)
    }

    fn in_language(&self, locale: Locale) -> Option<&Name> {
        self.names.get(Locale::ALL.iter().position(|known| *known == locale)?)
    }

    /// `line_end` are the weights between two lines.
    fn read(row: ShelfRow, line_end: &[u8]) -> Self {
        let lines = row.desk_text.split('\n');
        let weights = lines_of(&row.weights, line_end);
        let names = lines.zip(weights).take(Locale::ALL.len());
        Self {
            id: row.id,
            category: row.category_id,
            status: row.status,
            from_price: row.from_amount,
            updated_at: row.updated_at.timestamp_micros(),
            names: names.map(|(words, weights)| Name { words: words.into(), weights: weights.into() }).collect(),
            weights: row.weights.into(),
        }
    }
}

/// The weights of each line.
fn lines_of<'a>(weights: &'a [u8], line_end: &[u8]) -> Vec<&'a [u8]> {
    let mut lines = Vec::new();
    let mut begin = 0;
    for at in (0..weights.len()).step_by(2) {
        if weights[at..].starts_with(line_end) {
            lines.push(&weights[begin..at]);
            begin = at + line_end.len();
        }
    }
    lines.push(&weights[begin.min(weights.len())..]);
    lines
}

impl Shelf {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Goods> {
        self.0.iter().map(Arc::as_ref)
    }

    /// The shelf with those products as they are now; what is not there any more goes.
    fn with(&self, stale: &HashMap<ProductId, u64>, now: Vec<Goods>) -> Self {
        let mut goods: Vec<_> = self.0.iter().filter(|it| !stale.contains_key(&it.id)).cloned().collect();
        goods.extend(now.into_iter().map(Arc::new));
        goods.sort_unstable_by_key(|it| it.id);
        Self(goods)
    }
}

impl Stock {
    /// Units to be sold, and whether that is enough.
    pub(super) fn of(&self, product: ProductId) -> (i64, StockState) {
        self.0.get(&product).copied().unwrap_or((0, StockState::Out))
    }
}

impl KeptShelf {
    /// Lets what that is about be read anew.
    pub(crate) fn forget(&self, about: About) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        state.changes += 1;
        let number = state.changes;
        match about {
            About::Product(id) => drop(state.stale.insert(id, number)),
            About::Goods | About::Categories => {
                state.shelf = None;
                state.changed_whole = number;
            }
            About::Order(_)
            | About::Variant(_)
            | About::Stock
            | About::StockTake(_)
            | About::Voucher(_)
            | About::Memberships
            | About::Customer(_)
            | About::Notices
            | About::Job(_)
            | About::Settings
            | About::Staff(_) => {}
        }
    }

    /// As it is now.
    pub(super) async fn get(&self, snapshot: &Snapshot, conn: &mut MySqlConnection) -> Result<Arc<Shelf>> {
        let (known, stale, changes) = {
            let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
            let known = state.shelf.clone().filter(|(_, read_at)| snapshot.is_fresh_since(*read_at));
            match &known {
                Some((shelf, _)) if state.stale.is_empty() => return Ok(Arc::clone(shelf)),
                _ => (known, state.stale.clone(), state.changes),
            }
        };
        let now = Instant::now();
        let (shelf, read_at) = match known {
            Some((shelf, read_at)) => {
                let ids: Vec<_> = stale.keys().collect();
                let rows = queries::some_of_shelf(conn, &serde_json::to_string(&ids)?).await?;
                (Arc::new(shelf.with(&stale, goods(conn, rows).await?)), read_at)
            }
            None => {
                let rows = queries::shelf(conn).await?;
                (Arc::new(Shelf::default().with(&HashMap::new(), goods(conn, rows).await?)), now)
            }
        };
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // What was read may be what was before a change that came meanwhile.
        if state.changed_whole <= changes {
            state.shelf = Some((Arc::clone(&shelf), read_at));
            state.stale.retain(|_, number| *number > changes);
        }
        Ok(shelf)
    }
}

async fn goods(conn: &mut MySqlConnection, rows: Vec<ShelfRow>) -> Result<Vec<Goods>> {
    let line_end = weights(conn, "\n").await?;
    Ok(rows.into_iter().map(|row| Goods::read(row, &line_end)).collect())
}

/// What the database sorts and compares words by.
pub(super) async fn weights(conn: &mut MySqlConnection, words: &str) -> Result<Vec<u8>> {
    if words.is_empty() { Ok(Vec::new()) } else { Ok(queries::weights(conn, words).await?) }
}

/// The sums over all stock, at most a second old.
pub(super) async fn stock(shop: &Shop, conn: &mut MySqlConnection) -> Result<Arc<Stock>> {
    let read = move || async move {
        let mut rows = queries::stock_of_all(conn).await?;
        // The later ones count.
        rows.extend(queries::stock_of_reshaped(conn).await?);
        let rows = rows.into_iter().map(|row| {
            let state = row.state.parse().map_err(|_| Error::internal("a state of stock has no name"))?;
            Ok((row.product_id, (row.available, state)))
        });
        Ok((Stock(rows.collect::<Result<_>>()?), Some(STOCK_FRESH_FOR)))
    };
    shop.snapshot.get_for_now(&shop.snapshot.stock, read).await
}

#[cfg(test)]
mod tests {
    use super::lines_of;

    #[test]
    fn weights_are_told_apart_line_by_line_and_no_half_of_one_ends_a_line() {
        let end = [2, 2];
        assert_eq!(lines_of(&[], &end), [&[] as &[u8]]);
        assert_eq!(lines_of(&[1, 2, 2, 3], &end), [[1, 2, 2, 3]]);
        assert_eq!(lines_of(&[1, 1, 2, 2, 3, 3, 2, 2], &end), [&[1, 1][..], &[3, 3], &[]]);
    }
}
