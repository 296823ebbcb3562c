//! The catalogue: what shoppers browse, and how products come into being.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::carts::CartId;
use domain::catalog::{
    Category, CategoryId, CreateCategory, ListProducts, ProductCard, ProductDetail, ProductId, ProductPage,
};
use domain::message::Message;
use domain::page::Position;
use domain::problem::Fields;
use domain::staff::{Permission, Staff};
use domain::text::Slug;
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::database::transact;
use crate::error::{Error, Result};
use crate::{Shop, carts, database};

mod create;
mod queries;
mod read;
mod taxes;

pub use create::create;
pub(crate) use queries::Snapshot;
pub use taxes::{set_tax_class, tax_class};

/// The most products on one page.
pub const MOST_PER_PAGE: u32 = 100;

/// Categories in the owner's order.
pub async fn categories(shop: &Shop) -> Result<Vec<Category>> {
    let rows = queries::categories(&mut *shop.db.acquire().await?).await?;
    Ok(rows.into_iter().map(read::category).collect())
}

/// A page of products that shoppers may see, as a stranger sees them.
pub async fn page(shop: &Shop, request: ListProducts) -> Result<ProductPage> {
    page_for(shop, request, None).await
}

/// The same for whoever has that cart: what it holds is there for them.
pub async fn page_for(shop: &Shop, request: ListProducts, cart: Option<&str>) -> Result<ProductPage> {
    let per_page = request.per_page.clamp(1, MOST_PER_PAGE);
    let search = request.search.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(database::like_pattern);
    let mut conn = shop.db.acquire().await?;
    let filter = queries::Filter {
        category: request.category.unwrap_or_default(),
        search: search.unwrap_or_default(),
        except: ProductId::new(0),
        cart: number_of(&mut conn, cart).await?,
        sort: request.sort,
        limit: per_page,
        offset: request.page.offset(per_page),
    };

    let total = queries::count(&mut conn, &filter).await?;
    let rows = queries::cards(&mut conn, &filter).await?;
    Ok(ProductPage {
        items: rows.into_iter().map(read::card).collect::<Result<_>>()?,
        position: Position { page: request.page, per_page, total },
    })
}

/// A product that shoppers may see, in full, as a stranger sees it.
pub async fn product(shop: &Shop, slug: &str) -> Result<ProductDetail> {
    product_for(shop, slug, None).await
}

/// The same for whoever has that cart: what it holds is there for them.
pub async fn product_for(shop: &Shop, slug: &str, cart: Option<&str>) -> Result<ProductDetail> {
    let mut conn = shop.db.acquire().await?;
    let cart = number_of(&mut conn, cart).await?;
    let row = queries::product(&mut conn, slug).await?.ok_or(Error::NotFound(Message::NoSuchProduct))?;
    let id = row.id;
    let pictures = queries::pictures(&mut conn, id).await?;
    let options = queries::options(&mut conn, id).await?;
    let variants = queries::variants(&mut conn, id, cart).await?;
    let rating = Some(queries::rating(&mut conn, id).await?).filter(|rating| rating.count > 0);
    read::detail(row, pictures, options, variants, rating)
}

/// Other products of the same category, the most popular first, for whoever has that cart.
pub async fn related(shop: &Shop, product: ProductId, limit: u32, cart: Option<&str>) -> Result<Vec<ProductCard>> {
    let mut conn = shop.db.acquire().await?;
    let Some(category) = queries::category_of(&mut conn, product).await? else { return Ok(Vec::new()) };
    let cart = number_of(&mut conn, cart).await?;
    let filter = queries::Filter { category, except: product, cart, limit, ..queries::Filter::default() };
    queries::cards(&mut conn, &filter).await?.into_iter().map(read::card).collect()
}

/// The addresses of all products that shoppers may see.
pub async fn all_slugs(shop: &Shop) -> Result<Vec<String>> {
    Ok(queries::slugs(&mut *shop.db.acquire().await?).await?)
}

/// Adds a category behind the others.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn create_category(shop: &Shop, staff: &Staff, request: CreateCategory) -> Result<CategoryId> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let mut fields = Fields::default();
    let slug = fields.take("slug", Slug::parse(&request.slug));
    let name = fields.take("name", create::name(&request.name, 120));
    let (Some(slug), Some(name)) = (slug, name) else { return Err(Error::Invalid(fields.into_problems())) };

    transact!(writer, |work| {
        let id = match queries::insert_category(work, slug.as_str(), &name).await {
            Err(error) if database::is_duplicate_of(&error, "categories_slug") => {
                return Err(Error::field("slug", Message::AlreadyTaken));
            }
            other => other?,
        };
        let subject = Subject::new(SubjectKind::Category, id, slug.as_str());
        work.record(AuditAction::CreateCategory, &subject, &(), &request).await?;
        Ok(id)
    })
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
pub(crate) async fn stale_popularity(
    conn: &mut MySqlConnection,
    from: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<(ProductId, u64)>> {
    Ok(queries::stale_popularity(conn, from).await?)
}

/// Lets the catalogue's order follow what a product sold.
pub(crate) async fn set_popularity(conn: &mut MySqlConnection, product: ProductId, units: u64) -> Result<()> {
    Ok(queries::set_popularity(conn, product, units).await?)
}

/// The variant with that SKU, as an order line remembers it.
pub(crate) async fn snapshot(conn: &mut MySqlConnection, sku: &str) -> Result<Option<Snapshot>> {
    Ok(queries::snapshot(conn, sku).await?)
}

/// The cart of who asks; a key that is not known, or none, is no cart's.
async fn number_of(conn: &mut MySqlConnection, cart: Option<&str>) -> Result<CartId> {
    let known = match cart {
        Some(key) => carts::known(conn, key).await?,
        None => None,
    };
    Ok(known.unwrap_or(CartId::new(0)))
}
