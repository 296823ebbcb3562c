//! The desk's list of products: pages by key, so that the last one costs what the first does.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use domain::catalog::{
    CategoryId, GoodsKey, GoodsPage, GoodsRow, GoodsSort, InCategory, ListGoods, ProductId, StockState,
};
use domain::locale::Locale;
use domain::staff::{Permission, Staff};
use domain::text;
use sqlx::MySqlConnection;

use super::queries::goods::{self as queries, CategoryPlace, GoodsItem};
use super::shelf::{self, Goods, Shelf, Stock};
use crate::error::{Error, Result};
use crate::{Shop, database};

/// The most rows of a page.
const PER_PAGE: usize = 50;

/// A page of all products, of whatever status.
pub async fn goods(shop: &Shop, staff: &Staff, request: ListGoods) -> Result<GoodsPage> {
    staff.require(Permission::ViewStock)?;
    let mut conn = shop.db.acquire().await?;
    let view = View::read(shop, &mut conn, staff.locale, request).await?;
    let mut page = view.page(PER_PAGE + 1);
    let has_more = page.len() > PER_PAGE;
    page.truncate(PER_PAGE);
    let next = page.last().filter(|_| has_more).map(|last| view.key_of(last));
    let ids: Vec<ProductId> = page.iter().map(|goods| goods.id).collect();
    let mut rows: HashMap<ProductId, GoodsItem> = HashMap::new();
    if !ids.is_empty() {
        let found = queries::rows(&mut conn, &serde_json::to_string(&ids)?).await?;
        rows = found.into_iter().map(|row| (row.id, row)).collect();
    }
    // One that was deleted between the two is no row any more.
    let rows = ids.iter().filter_map(|id| rows.remove(id)).map(read).collect::<Result<_>>()?;
    Ok(GoodsPage { rows, next })
}

/// The ids of all that a list finds, whatever its page and order, ascending; one more than `most` when there are more.
pub(super) async fn found(
    shop: &Shop,
    conn: &mut MySqlConnection,
    list: ListGoods,
    most: usize,
) -> Result<Vec<ProductId>> {
    let list = ListGoods { sort: GoodsSort::Newest, descending: false, after: None, ..list };
    let view = View::read(shop, conn, Locale::Indonesian, list).await?;
    Ok(view.page(most.saturating_add(1)).iter().map(|goods| goods.id).collect())
}

/// A request, and all that it is answered from.
struct View {
    request: ListGoods,
    locale: Locale,
    shelf: Arc<Shelf>,
    /// Nothing when nobody asks for it.
    stock: Option<Arc<Stock>>,
    /// In the order of their names.
    categories: Vec<CategoryPlace>,
    /// The weights of what is looked for, and of the text that the page begins behind.
    words: Vec<u8>,
    after: Vec<u8>,
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Number(i64),
    /// Letters that are compared as they are, or weights of words.
    Word(&'a [u8]),
}

impl View {
    async fn read(shop: &Shop, conn: &mut MySqlConnection, locale: Locale, request: ListGoods) -> Result<Self> {
        let by_stock = request.stock.is_some() || request.sort == GoodsSort::Stock;
        let by_category = matches!(request.category, InCategory::Of(_)) || request.sort == GoodsSort::Category;
        let words = request.search.as_deref().and_then(text::search).unwrap_or_default();
        let after = request.after.as_ref().map(|key| key.text.as_str()).unwrap_or_default();
        Ok(Self {
            words: shelf::weights(conn, &words).await?,
            after: match request.sort {
                GoodsSort::Name => shelf::weights(conn, after).await?,
                GoodsSort::Status => after.into(),
                GoodsSort::Newest | GoodsSort::Price | GoodsSort::Stock | GoodsSort::Updated | GoodsSort::Category => {
                    Vec::new()
                }
            },
            categories: match by_category {
                true => queries::category_places(conn, &database::wording_path(locale)).await?,
                false => Vec::new(),
            },
            shelf: shop.snapshot.goods.get(&shop.snapshot, conn).await?,
            stock: if by_stock { Some(shelf::stock(shop, conn).await?) } else { None },
            request,
            locale,
        })
    }

    /// As many products as that, in their order, behind the row that the page begins behind.
    fn page(&self, most: usize) -> Vec<&Goods> {
        let within = self.within();
        let places = self.places();
        let after = self.request.after.as_ref().map(|key| (self.after(key, &places), key.product_id));
        let found = self.shelf.iter().filter(|goods| self.finds(goods, within.as_deref()));
        let mut found: Vec<_> = found.map(|goods| (self.key(goods, &places), goods)).collect();
        if let Some(after) = after {
            found.retain(|(key, goods)| self.ordered((*key, goods.id), after) == Ordering::Greater);
        }
        let order =
            |one: &(Key<'_>, &Goods), other: &(Key<'_>, &Goods)| self.ordered((one.0, one.1.id), (other.0, other.1.id));
        if found.len() > most {
            found.select_nth_unstable_by(most, order);
            found.truncate(most);
        }
        found.sort_unstable_by(order);
        found.into_iter().map(|(_, goods)| goods).collect()
    }

    fn ordered(&self, one: (Key<'_>, ProductId), other: (Key<'_>, ProductId)) -> Ordering {
        if self.request.descending { other.cmp(&one) } else { one.cmp(&other) }
    }

    fn finds(&self, goods: &Goods, within: Option<&[CategoryId]>) -> bool {
        let is_there = match self.request.category {
            InCategory::Any => true,
            InCategory::Nowhere => goods.category.is_none(),
            InCategory::Of(_) => goods.category.is_some_and(|id| within.is_some_and(|within| within.contains(&id))),
        };
        let state = || self.stock.as_ref().map(|stock| stock.of(goods.id).1);
        is_there
            && self.request.status.is_none_or(|status| goods.status == status)
            && (self.request.stock.is_none() || self.request.stock == state())
            && goods.is_found_by(&self.words)
    }

    /// The category that is asked for, and all below it.
    fn within(&self) -> Option<Vec<CategoryId>> {
        let InCategory::Of(top) = self.request.category else { return None };
        let mut within = vec![top];
        // Parents may stand behind their children here.
        loop {
            let below = |it: &&CategoryPlace| {
                it.parent_id.is_some_and(|parent| within.contains(&parent)) && !within.contains(&it.id)
            };
            let more: Vec<_> = self.categories.iter().filter(below).map(|it| it.id).collect();
            if more.is_empty() {
                return Some(within);
            }
            within.extend(more);
        }
    }

    /// Where each category stands among the others, behind the products without one.
    fn places(&self) -> HashMap<CategoryId, i64> {
        self.categories.iter().map(|it| it.id).zip(1..).collect()
    }

    fn key<'a>(&self, goods: &'a Goods, places: &HashMap<CategoryId, i64>) -> Key<'a> {
        match self.request.sort {
            // The id itself, which every key ends with.
            GoodsSort::Newest => Key::Number(0),
            GoodsSort::Name => Key::Word(goods.name_weights(self.locale)),
            GoodsSort::Price => Key::Number(goods.from_price),
            GoodsSort::Updated => Key::Number(goods.updated_at),
            GoodsSort::Status => Key::Word(goods.status.as_str().as_bytes()),
            GoodsSort::Stock => Key::Number(self.available(goods)),
            GoodsSort::Category => {
                Key::Number(goods.category.and_then(|id| places.get(&id)).copied().unwrap_or_default())
            }
        }
    }

    fn available(&self, goods: &Goods) -> i64 {
        self.stock.as_ref().map(|stock| stock.of(goods.id).0).unwrap_or_default()
    }

    /// What the page begins behind. Places of categories move with their names; their numbers do not.
    fn after<'a>(&'a self, key: &GoodsKey, places: &HashMap<CategoryId, i64>) -> Key<'a> {
        match self.request.sort {
            GoodsSort::Name | GoodsSort::Status => Key::Word(&self.after),
            GoodsSort::Newest => Key::Number(0),
            GoodsSort::Price | GoodsSort::Stock | GoodsSort::Updated => Key::Number(key.number),
            GoodsSort::Category => {
                let place = |(id, place): (&CategoryId, &i64)| (number(*id) == key.number).then_some(*place);
                Key::Number(places.iter().find_map(place).unwrap_or_default())
            }
        }
    }

    /// How the next page is asked for.
    fn key_of(&self, last: &Goods) -> GoodsKey {
        let (text, number) = match self.request.sort {
            GoodsSort::Newest => ("", 0),
            GoodsSort::Name => (last.name(self.locale), 0),
            GoodsSort::Status => (last.status.as_str(), 0),
            GoodsSort::Price => ("", last.from_price),
            GoodsSort::Updated => ("", last.updated_at),
            GoodsSort::Stock => ("", self.available(last)),
            GoodsSort::Category => ("", last.category.map(number).unwrap_or_default()),
        };
        GoodsKey { text: text.to_owned(), number, product_id: last.id }
    }
}

fn number(id: CategoryId) -> i64 {
    i64::try_from(id.get()).unwrap_or(i64::MAX)
}

fn read(item: GoodsItem) -> Result<GoodsRow> {
    let units = |count: i64| u32::try_from(count).map_err(Error::internal);
    Ok(GoodsRow {
        id: item.id,
        version: item.version,
        slug: item.slug,
        name: item.name,
        category: item.category_id.zip(item.category),
        status: item.status,
        publish_at: item.publish_at,
        from_price: item.from_price,
        to_price: item.to_price,
        variants: units(item.variants)?,
        sku: item.sku,
        stock: match item.available {
            0 => StockState::Out,
            _ if item.is_low => StockState::Low,
            _ => StockState::Enough,
        },
        on_hand: units(item.on_hand)?,
        available: units(item.available)?,
        picture: item.picture,
        updated_at: item.updated_at,
    })
}
