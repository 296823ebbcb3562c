//! The products of the desk's list, in memory: a list finds and sorts them without reading them all from the database.
//!
//! Words are kept as the weights that the database sorts and compares them by, so that a search finds the same here.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use chrono::{DateTime, Utc};
use domain::catalog::{CategoryId, ProductId, ProductStatus, StockState};
use domain::events::About;
use domain::locale::Locale;

/// Every product, by ascending id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shelf(Vec<Arc<Goods>>);

/// What a list asks of a product.
#[derive(Debug)]
pub(crate) struct Goods {
    pub(crate) id: ProductId,
    pub(crate) category: Option<CategoryId>,
    pub(crate) status: ProductStatus,
    pub(crate) from_price: i64,
    /// In microseconds since 1970.
    pub(crate) updated_at: i64,
    /// The weights of its names, SKUs and barcodes.
    weights: Box<[u8]>,
    /// Its name in each language.
    names: Vec<Name>,
}

/// The same as the database has it.
pub(crate) struct Row {
    pub(crate) id: ProductId,
    pub(crate) category: Option<CategoryId>,
    pub(crate) status: ProductStatus,
    pub(crate) from_price: i64,
    pub(crate) updated_at: DateTime<Utc>,
    /// Its name in each language, SKUs and barcodes, line by line.
    pub(crate) words: String,
    pub(crate) weights: Vec<u8>,
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
    /// The number of the last change that the kept shelf knows.
    knows: u64,
}

/// What is known of the shelf, and what must be read for the rest.
pub(crate) enum Known {
    Whole(Arc<Shelf>),
    Parts(Parts),
}

/// A shelf of which some is stale, or all of it.
pub(crate) struct Parts {
    shelf: Option<(Arc<Shelf>, Instant)>,
    stale: HashMap<ProductId, u64>,
    changes: u64,
    asked_at: Instant,
}

impl Parts {
    /// The products that changed; nothing when all must be read.
    pub(crate) fn stale(&self) -> Option<Vec<ProductId>> {
        self.shelf.as_ref().map(|_| self.stale.keys().copied().collect())
    }
}

impl Goods {
    /// What it is called in a language.
    pub(crate) fn name(&self, locale: Locale) -> &str {
        self.in_language(locale).map_or("", |name| &name.words)
    }

    /// The weights of that name.
    pub(crate) fn name_weights(&self, locale: Locale) -> &[u8] {
        self.in_language(locale).map_or(&[], |name| &name.weights)
    }

    /// Whether those weights are among its own; no weights are everywhere.
    pub(crate) fn is_found_by(&self, words: &[u8]) -> bool {
        // Each weight has two bytes.
        words.is_empty() || self.weights.windows(words.len()).step_by(2).any(|window| window == words)
    }

    fn in_language(&self, locale: Locale) -> Option<&Name> {
        self.names.get(Locale::ALL.iter().position(|known| *known == locale)?)
    }

    /// `line_end` are the weights between two lines.
    pub(crate) fn read(row: Row, line_end: &[u8]) -> Self {
        let names = row.words.split('\n').zip(lines_of(&row.weights, line_end)).take(Locale::ALL.len());
        Self {
            id: row.id,
            category: row.category,
            status: row.status,
            from_price: row.from_price,
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
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Goods> {
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
    /// The later ones count.
    pub(crate) fn of_all(rows: impl IntoIterator<Item = (ProductId, (i64, StockState))>) -> Self {
        Self(rows.into_iter().collect())
    }

    /// Units to be sold, and whether that is enough.
    pub(crate) fn of(&self, product: ProductId) -> (i64, StockState) {
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
            | About::Letters
            | About::Notices
            | About::Job(_)
            | About::Settings
            | About::Staff(_) => {}
        }
    }

    /// What is known of it; nothing when it is not fresh any more.
    pub(crate) fn known(&self, is_fresh: impl Fn(Instant) -> bool) -> Known {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let shelf = state.shelf.clone().filter(|(_, read_at)| is_fresh(*read_at));
        match shelf {
            Some((shelf, _)) if state.stale.is_empty() => Known::Whole(shelf),
            shelf => {
                let (stale, changes) = (state.stale.clone(), state.changes);
                Known::Parts(Parts { shelf, stale, changes, asked_at: Instant::now() })
            }
        }
    }

    /// The shelf with what was read for it, which is kept.
    pub(crate) fn keep(&self, parts: Parts, read: Vec<Goods>) -> Arc<Shelf> {
        let (shelf, read_at) = match parts.shelf {
            Some((shelf, read_at)) => (shelf.with(&parts.stale, read), read_at),
            None => (Shelf::default().with(&HashMap::new(), read), parts.asked_at),
        };
        let shelf = Arc::new(shelf);
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // What was read may be what was before a change that came meanwhile, and that another list knows already.
        if state.changed_whole.max(state.knows) <= parts.changes {
            state.shelf = Some((Arc::clone(&shelf), read_at));
            state.knows = parts.changes;
            state.stale.retain(|_, number| *number > parts.changes);
        }
        shelf
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::catalog::{ProductId, ProductStatus};
    use domain::events::About;

    use super::{Goods, KeptShelf, Known, Parts, Row, Shelf, lines_of};

    fn goods(id: u64, from_price: i64) -> Goods {
        let row = Row {
            id: ProductId::new(id),
            category: None,
            status: ProductStatus::Active,
            from_price,
            updated_at: DateTime::UNIX_EPOCH,
            words: String::new(),
            weights: Vec::new(),
        };
        Goods::read(row, &[2, 2])
    }

    fn parts(kept: &KeptShelf) -> Parts {
        match kept.known(|_| true) {
            Known::Parts(parts) => parts,
            Known::Whole(_) => panic!("nothing is stale"),
        }
    }

    fn prices(shelf: &Shelf) -> Vec<i64> {
        shelf.iter().map(|goods| goods.from_price).collect()
    }

    /// Two lists read at once, and the one that began first ends last.
    #[test]
    fn what_was_read_before_a_change_never_takes_the_place_of_what_was_read_after_it() {
        let kept = KeptShelf::default();
        let first = parts(&kept);
        kept.keep(first, vec![goods(1, 10), goods(2, 20)]);
        kept.forget(About::Product(ProductId::new(1)));
        let slow = parts(&kept);
        kept.forget(About::Product(ProductId::new(2)));
        let quick = parts(&kept);
        assert_eq!(quick.stale().unwrap().len(), 2);
        kept.keep(quick, vec![goods(1, 11), goods(2, 21)]);
        kept.keep(slow, vec![goods(1, 11)]);
        let Known::Whole(now) = kept.known(|_| true) else { panic!("something is stale") };
        assert_eq!(prices(&now), [11, 21]);
    }

    #[test]
    fn what_changes_while_all_is_read_is_read_again() {
        let kept = KeptShelf::default();
        let all = parts(&kept);
        kept.forget(About::Product(ProductId::new(1)));
        kept.keep(all, vec![goods(1, 10)]);
        assert_eq!(parts(&kept).stale(), Some(vec![ProductId::new(1)]));
        let some = parts(&kept);
        kept.forget(About::Goods);
        assert_eq!(prices(&kept.keep(some, vec![goods(1, 11)])), [11]);
        assert_eq!(parts(&kept).stale(), None, "all of it changed since");
    }

    #[test]
    fn weights_are_told_apart_line_by_line_and_no_half_of_one_ends_a_line() {
        let end = [2, 2];
        assert_eq!(lines_of(&[], &end), [&[] as &[u8]]);
        assert_eq!(lines_of(&[1, 2, 2, 3], &end), [[1, 2, 2, 3]]);
        assert_eq!(lines_of(&[1, 1, 2, 2, 3, 3, 2, 2], &end), [&[1, 1][..], &[3, 3], &[]]);
    }
}
