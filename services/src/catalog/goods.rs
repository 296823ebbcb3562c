//! The desk's list of products: pages by key, so that the last one costs what the first does.

use std::collections::HashMap;

use chrono::DateTime;
use domain::catalog::{
    CategoryId, CategoryTree, GoodsKey, GoodsPage, GoodsRow, GoodsSort, InCategory, ListGoods, ProductId,
    ProductStatus, StockState,
};
use domain::locale::Locale;
use domain::staff::{Permission, Staff};
use sqlx::MySqlConnection;

use super::queries::goods::{self as queries, After, Filter, GoodsItem};
use super::tree;
use crate::error::{Error, Result};
use crate::{Shop, database};

/// The most rows of a page.
const PER_PAGE: u32 = 50;

/// A page of all products, of whatever status.
pub async fn goods(shop: &Shop, staff: &Staff, request: ListGoods) -> Result<GoodsPage> {
    staff.require(Permission::ViewStock)?;
    let mut conn = shop.db.acquire().await?;
    let by_category = request.sort == GoodsSort::Category;
    let places = match by_category {
        true => queries::category_places(&mut conn, &database::wording_path(staff.locale)).await?,
        false => Vec::new(),
    };
    let filter = filter(&mut conn, staff.locale, request, &places, PER_PAGE + 1).await?;
    let mut keys = queries::keys(&mut conn, &filter).await?;
    let has_more = keys.len() > PER_PAGE as usize;
    keys.truncate(PER_PAGE as usize);
    let next = keys.last().filter(|_| has_more).map(|key| GoodsKey {
        text: key.text.clone(),
        number: if by_category { number_at(&places, key.number) } else { key.number },
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

/// Where the category of that number stands among the others; 1 is for products without one. Places move with names, numbers
/// do not.
fn place_of(places: &[CategoryId], number: i64) -> i64 {
    let place = places.iter().position(|id| i64::try_from(id.get()) == Ok(number));
    place.and_then(|place| i64::try_from(place + 2).ok()).unwrap_or(1)
}

/// The number of the category at that place.
fn number_at(places: &[CategoryId], place: i64) -> i64 {
    let id = usize::try_from(place - 2).ok().and_then(|place| places.get(place));
    id.and_then(|id| i64::try_from(id.get()).ok()).unwrap_or_default()
}

/// The ids of all that a list finds, whatever its page and order, ascending; one more than `most` when there are more.
pub(super) async fn found(conn: &mut MySqlConnection, list: ListGoods, most: usize) -> Result<Vec<ProductId>> {
    let limit = u32::try_from(most).map_err(Error::internal)?.saturating_add(1);
    let list = ListGoods { sort: GoodsSort::Newest, descending: false, after: None, ..list };
    let filter = filter(conn, Locale::Indonesian, list, &[], limit).await?;
    Ok(queries::keys(conn, &filter).await?.into_iter().map(|key| key.id).collect())
}

/// The request as statements read it; `places` are the categories in their order, when that is the list's.
async fn filter(
    conn: &mut MySqlConnection,
    locale: Locale,
    request: ListGoods,
    places: &[CategoryId],
    limit: u32,
) -> Result<Filter<'static>> {
    let categories = match request.category {
        InCategory::Any | InCategory::Nowhere => String::new(),
        InCategory::Of(category) => {
            let tree: CategoryTree = tree::read(conn).await?;
            tree.with_children(category).iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
        }
    };
    let after = request.after.map(|key| After {
        number: if request.sort == GoodsSort::Category { place_of(places, key.number) } else { key.number },
        // A column of words takes no other letters.
        text: if request.sort == GoodsSort::Status {
            key.text.parse::<ProductStatus>().map(|status| status.to_string()).unwrap_or_default()
        } else {
            key.text
        },
        updated_at: DateTime::from_timestamp_micros(key.number).unwrap_or_default().naive_utc(),
        id: key.product_id,
    });
    let places = std::iter::once("0".to_owned()).chain(places.iter().map(ToString::to_string));
    Ok(Filter {
        search: database::search_pattern(request.search.as_deref()),
        shelf: match request.category {
            InCategory::Any => "any",
            InCategory::Nowhere => "nowhere",
            InCategory::Of(_) => "of",
        },
        categories,
        status: request.status.map(ProductStatus::as_str).unwrap_or_default(),
        stock: request.stock.map(StockState::as_str).unwrap_or_default(),
        sort: request.sort,
        descending: request.descending,
        after,
        locale: locale.as_str(),
        places: places.collect::<Vec<_>>().join(","),
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
