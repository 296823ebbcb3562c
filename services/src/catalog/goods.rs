//! The desk's list of products: pages by key, so that the last one costs what the first does.

use std::collections::HashMap;

use domain::catalog::{
    CategoryTree, GoodsKey, GoodsPage, GoodsRow, GoodsSort, InCategory, ListGoods, ProductId, StockState,
};
use domain::locale::Locale;
use domain::staff::{Permission, Staff};
use sqlx::MySqlConnection;

use super::queries::goods::{self as queries, Filter, GoodsItem};
use super::tree;
use crate::error::{Error, Result};
use crate::{Shop, database};

/// The most rows of a page.
const PER_PAGE: u32 = 50;

/// A page of all products, of whatever status.
pub async fn goods(shop: &Shop, staff: &Staff, request: ListGoods) -> Result<GoodsPage> {
    staff.require(Permission::ViewStock)?;
    let mut conn = shop.db.acquire().await?;
    let filter = filter(&mut conn, staff.locale, request, PER_PAGE + 1).await?;
    let mut keys = queries::keys(&mut conn, &filter).await?;
    let has_more = keys.len() > PER_PAGE as usize;
    keys.truncate(PER_PAGE as usize);
    let next = keys.last().filter(|_| has_more).map(|key| GoodsKey {
        text: key.text.clone(),
        number: key.number,
        product_id: key.id,
    });
    let ids: Vec<ProductId> = keys.iter().map(|key| key.id).collect();
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
pub(super) async fn found(conn: &mut MySqlConnection, list: ListGoods, most: usize) -> Result<Vec<ProductId>> {
    let limit = u32::try_from(most).map_err(Error::internal)?.saturating_add(1);
    let list = ListGoods { sort: GoodsSort::Newest, descending: false, after: None, ..list };
    let filter = filter(conn, Locale::Indonesian, list, limit).await?;
    Ok(queries::keys(conn, &filter).await?.into_iter().map(|key| key.id).collect())
}

async fn filter(conn: &mut MySqlConnection, locale: Locale, request: ListGoods, limit: u32) -> Result<Filter<'static>> {
    let categories = match request.category {
        InCategory::Any | InCategory::Nowhere => String::new(),
        InCategory::Of(category) => {
            let tree: CategoryTree = tree::read(conn).await?;
            tree.with_children(category).iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
        }
    };
    Ok(Filter {
        search: database::search_pattern(request.search.as_deref()),
        shelf: match request.category {
            InCategory::Any => "any",
            InCategory::Nowhere => "nowhere",
            InCategory::Of(_) => "of",
        },
        categories,
        status: request.status.map(domain::catalog::ProductStatus::as_str).unwrap_or_default(),
        stock: request.stock.map(StockState::as_str).unwrap_or_default(),
        sort: request.sort,
        descending: request.descending,
        after: request.after,
        line: (1..).zip(Locale::ALL).find(|(_, known)| **known == locale).map_or(1, |(line, _)| line),
        wording: database::wording_path(locale),
        limit,
    })
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
