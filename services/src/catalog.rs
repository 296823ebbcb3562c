//! The catalogue: what shoppers browse, and how products come into being.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::carts::CartId;
use domain::catalog::{Category, ListProducts, ProductCard, ProductDetail, ProductDocument, ProductId, ProductPage};
use domain::events::About;
use domain::message::Message;
use domain::page::Position;
use domain::reviews::Review;
use sqlx::MySqlConnection;

use crate::database::Work;
use crate::error::{Error, Result};
use crate::{Shop, database, events};

mod bulk;
mod changing;
mod create;
mod goods;
mod load;
mod making;
pub mod notes;
mod parts;
mod queries;
mod read;
mod remove;
mod save;
mod shelf;
mod taxes;
mod tree;
mod undo;
mod variants;

pub use bulk::{apply as apply_bulk, preview as preview_bulk, rows as bulk_rows};
pub(crate) use changing::{Changing, change_within};
pub use create::create;
pub use goods::goods;
pub use load::edited;
pub(crate) use load::edited_all;
pub(crate) use making::make_within;
pub(crate) use queries::Snapshot;
pub use remove::{delete, duplicate};
pub(crate) use save::save_within;
pub use save::{save, save_of};
pub use taxes::{set_tax_class, tax_class};
pub use tree::{categories_of_desk, create_category, delete_category, move_category, save_category};
pub(crate) use undo::{
    Done, begin_import, end_import, forget_before as forget_changes_before, join, note, note_all, note_category,
    note_made,
};
pub use undo::{detail as change, list as changes, undo};

/// The most products on one page.
pub const MOST_PER_PAGE: u32 = 100;

/// No category is called like this.
const NO_SLUG: &str = "?";

/// How much the page of a product shows besides it.
#[derive(Clone, Copy, Debug)]
pub struct PageSize {
    pub reviews: u32,
    /// The fewest products beside it, as far as its category has them: what staff chose is shown whole.
    pub related: u32,
}

/// All that the page of a product shows.
#[derive(Clone, Debug)]
pub struct PageOfProduct {
    pub product: ProductDetail,
    /// The newest first.
    pub reviews: Vec<Review>,
    /// What staff chose, in their order, and then the most popular of the same category.
    pub related: Vec<ProductCard>,
    pub read_at: DateTime<Utc>,
}

/// Categories in the owner's order, each before those below it.
pub async fn categories(shop: &Shop) -> Result<Arc<Vec<Category>>> {
    let read = || async {
        let rows = queries::categories(&mut *shop.db.acquire().await?).await?;
        // What comes into the shop at its time changes the counts, and nobody tells.
        let changes_in = rows.first().and_then(|row| u64::try_from(row.changes_in?).ok()).map(Duration::from_micros);
        Ok((read::categories(rows), changes_in))
    };
    shop.snapshot.get_for_now(&shop.snapshot.categories, read).await
}

/// A page of products that shoppers may see, as a stranger sees them.
pub async fn page(shop: &Shop, request: ListProducts) -> Result<ProductPage> {
    page_for(shop, request, None).await
}

/// The same for whoever has that cart: what it holds is there for them.
pub async fn page_for(shop: &Shop, request: ListProducts, cart: Option<CartId>) -> Result<ProductPage> {
    let page = request.page;
    let filter = filter(request, cart);
    let mut conn = shop.db.acquire().await?;
    let total = queries::count(&mut conn, &filter).await?;
    let rows = queries::cards(&mut conn, &filter).await?;
    Ok(ProductPage {
        items: rows.into_iter().map(read::card).collect::<Result<_>>()?,
        position: Position { page, per_page: filter.limit, total },
    })
}

/// The products of several lists, each without how many there are in all: for a page that shows the first of each.
pub async fn firsts<const LISTS: usize>(
    shop: &Shop,
    lists: [ListProducts; LISTS],
    cart: Option<CartId>,
) -> Result<[Vec<ProductCard>; LISTS]> {
    let mut conn = shop.db.acquire().await?;
    let mut found = [const { Vec::new() }; LISTS];
    for (found, list) in found.iter_mut().zip(lists) {
        let rows = queries::cards(&mut conn, &filter(list, cart)).await?;
        *found = rows.into_iter().map(read::card).collect::<Result<_>>()?;
    }
    Ok(found)
}

/// A product that shoppers may see, in full, as a stranger sees it. By an address that it had before it is found with the
/// one that it has now.
pub async fn product(shop: &Shop, slug: &str) -> Result<ProductDetail> {
    product_for(shop, slug, None).await
}

/// The same for whoever has that cart: what it holds is there for them.
pub async fn product_for(shop: &Shop, slug: &str, cart: Option<CartId>) -> Result<ProductDetail> {
    let row = queries::detail::product(&mut *shop.db.acquire().await?, slug, number(cart), 0).await?;
    Ok(read::detail(row.ok_or(Error::NotFound(Message::NoSuchProduct))?)?.0)
}

/// A product with its newest reviews, and others that go with it. By an address that it had before it is found with the one
/// that it has now.
pub async fn product_page(shop: &Shop, slug: &str, most: PageSize, cart: Option<CartId>) -> Result<PageOfProduct> {
    let mut conn = shop.db.acquire().await?;
    let row = queries::detail::product(&mut conn, slug, number(cart), most.reviews).await?;
    let row = row.ok_or(Error::NotFound(Message::NoSuchProduct))?;
    let read_at = row.read_at;
    let (product, reviews) = read::detail(row)?;
    let category = if product.category_slug.is_empty() { NO_SLUG } else { &product.category_slug };
    let filter = queries::Filter {
        category: category.to_owned(),
        except: product.id,
        cart: number(cart),
        limit: most.related.max(u32::try_from(ProductDocument::MOST_RELATED).unwrap_or(u32::MAX)),
        ..queries::Filter::default()
    };
    let rows = queries::cards(&mut conn, &filter).await?.into_iter();
    let fill = i64::from(most.related);
    let related = rows.filter(|row| row.is_chosen || row.place <= fill).map(read::card).collect::<Result<_>>()?;
    Ok(PageOfProduct { product, reviews, related, read_at })
}

/// Where a product went that had that address, if shoppers may see it.
pub async fn moved_product(shop: &Shop, slug: &str) -> Result<Option<String>> {
    let Some(slug) = database::key(slug) else { return Ok(None) };
    Ok(queries::store::moved(&mut *shop.db.acquire().await?, slug).await?)
}

/// Where a category went that had that address.
pub async fn moved_category(shop: &Shop, slug: &str) -> Result<Option<String>> {
    let Some(slug) = database::key(slug) else { return Ok(None) };
    Ok(queries::tree::moved(&mut *shop.db.acquire().await?, slug).await?)
}

/// The addresses of all products that shoppers may see.
pub async fn all_slugs(shop: &Shop) -> Result<Vec<String>> {
    Ok(queries::slugs(&mut *shop.db.acquire().await?).await?)
}

/// The first product that has one of those SKUs, and the SKU.
pub(crate) async fn of_sku(
    conn: &mut MySqlConnection,
    skus: &[impl AsRef<str>],
) -> Result<Option<(ProductId, String)>> {
    for sku in skus {
        if let Some(found) = queries::snapshot(conn, sku.as_ref()).await? {
            return Ok(Some((found.product_id, sku.as_ref().to_owned())));
        }
    }
    Ok(None)
}

/// Whether there is any product, of whatever status.
pub(crate) async fn any(conn: &mut MySqlConnection) -> Result<bool> {
    Ok(queries::any(conn).await? > 0)
}

/// The product with that address, of whatever status.
pub(crate) async fn find(conn: &mut MySqlConnection, slug: &str) -> Result<Option<ProductId>> {
    Ok(queries::by_slug(conn, slug).await?)
}

/// Products that sold otherwise since `from` than the catalogue's order tells, and how much.
pub(crate) async fn stale_popularity(conn: &mut MySqlConnection, from: DateTime<Utc>) -> Result<Vec<(ProductId, u64)>> {
    Ok(queries::stale_popularity(conn, from).await?)
}

/// Lets the catalogue's order follow what products sold; the picture of a category is of its most popular one.
pub(crate) async fn set_popularity(work: &mut Work, sold: &[(ProductId, u64)]) -> Result<()> {
    for (product, units) in sold {
        queries::set_popularity(work, *product, *units).await?;
    }
    events::record(work, &About::Categories.into()).await
}

/// The variant with that SKU, as an order line remembers it.
pub(crate) async fn snapshot(conn: &mut MySqlConnection, sku: &str) -> Result<Option<Snapshot>> {
    Ok(queries::snapshot(conn, sku).await?)
}

fn filter(request: ListProducts, cart: Option<CartId>) -> queries::Filter {
    let per_page = request.per_page.clamp(1, MOST_PER_PAGE);
    queries::Filter {
        category: request.category.map(|slug| database::key(&slug).unwrap_or(NO_SLUG).to_owned()).unwrap_or_default(),
        search: database::search_pattern(request.search.as_deref()),
        except: ProductId::new(0),
        cart: number(cart),
        sort: request.sort,
        limit: per_page,
        offset: request.page.offset(per_page),
    }
}

/// No cart has the number 0.
fn number(cart: Option<CartId>) -> CartId {
    cart.unwrap_or(CartId::new(0))
}
