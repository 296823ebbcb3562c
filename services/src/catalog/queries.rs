//! The SQL of the catalogue. Private to the slice.
//!
//! What can be bought is what nobody holds, and what the open checkout of the cart that asks holds.

use domain::carts::CartId;
use domain::catalog::{CategoryId, ProductId, Sort, VariantId};
use domain::locale::Translated;
use domain::media::Picture;
use domain::money::Money;
use sqlx::MySqlConnection;

use crate::database::key;

pub(super) mod bulk;
pub(super) mod changes;
pub(super) mod detail;
pub(super) mod document;
pub(super) mod goods;
pub(super) mod parts;
mod popularity;
pub(super) mod remove;
pub(super) mod store;
pub(super) mod taxes;
pub(super) mod tree;
pub(super) mod undoing;
pub(super) mod variants;

pub(super) use popularity::{set_popularity, stale_popularity};

/// Which products, in which order.
pub(super) struct Filter {
    /// The slug, or empty for all.
    pub(super) category: String,
    /// A `like` pattern for the product's texts or the names of its category and of those above it, or empty for all.
    pub(super) search: String,
    /// A product that is left out; what staff chose to show beside it is in, and comes first. None has the number 0.
    pub(super) except: ProductId,
    /// The cart of who asks, whose hold counts as free to it; none has the number 0.
    pub(super) cart: CartId,
    pub(super) sort: Sort,
    pub(super) limit: u32,
    pub(super) offset: u64,
}

impl Default for Filter {
    fn default() -> Self {
        let (category, search) = (String::new(), String::new());
        let (except, cart) = (ProductId::new(0), CartId::new(0));
        Self { category, search, except, cart, sort: Sort::Popularity, limit: 12, offset: 0 }
    }
}

pub(super) struct CategoryRow {
    pub(super) id: CategoryId,
    pub(super) parent_id: Option<CategoryId>,
    pub(super) slug: String,
    pub(super) name: Translated,
    pub(super) products: i64,
    pub(super) picture: Option<Picture>,
    /// Microseconds until the next product comes into the shop by itself.
    pub(super) changes_in: Option<i64>,
}

pub(super) struct CardRow {
    /// Where it stands on all pages, from one.
    pub(super) place: i64,
    pub(super) id: ProductId,
    pub(super) slug: String,
    pub(super) name: Translated,
    pub(super) category_slug: Option<String>,
    pub(super) category: Option<Translated>,
    pub(super) price: Money,
    pub(super) compare_at: Option<Money>,
    pub(super) lowest: Money,
    pub(super) highest: Money,
    pub(super) available: i64,
    pub(super) picture: Option<Picture>,
    pub(super) second_picture: Option<Picture>,
    pub(super) swatches: Option<String>,
    /// Whether staff chose it for the product that is left out.
    pub(super) is_chosen: bool,
}

pub(super) async fn categories(conn: &mut MySqlConnection) -> sqlx::Result<Vec<CategoryRow>> {
    sqlx::query_as!(
        CategoryRow,
        "select c.id as `id: _`, c.parent_id as `parent_id: _`, c.slug as `slug: _`, c.name as `name: _`,
                (select count(*) from products p where p.category_id = c.id and p.status = 'active'
                        and (p.publish_at is null or p.publish_at <= utc_timestamp(6)))
                    as `products!: _`,
                cast(case when own.id is not null then json_object(
                         'key', own.picture_key, 'alt', json_extract(c.name, '$'), 'width', own.width,
                         'height', own.height, 'placeholder', own.placeholder,
                         'centre', json_object('x', 500, 'y', 500))
                     when pic.id is not null then json_object(
                         'key', pic.picture_key, 'alt', json_extract(pp.alt, '$'), 'width', pic.width,
                         'height', pic.height, 'placeholder', pic.placeholder,
                         'centre', json_object('x', pp.centre_x, 'y', pp.centre_y)) end as char) as `picture?: _`,
                cast((select timestampdiff(microsecond, utc_timestamp(6), min(n.publish_at)) from products n
                      where n.status = 'active' and n.publish_at > utc_timestamp(6)) as signed) as `changes_in?: _`
         from categories c
         left join pictures own on own.id = c.picture_id
         left join product_pictures pp on pp.position = 0 and pp.product_id =
             (select p.id from products p where p.category_id = c.id and p.status = 'active'
                  and (p.publish_at is null or p.publish_at <= utc_timestamp(6))
              order by p.popularity desc, p.id limit 1)
         left join pictures pic on pic.id = pp.picture_id
         order by c.position, c.id"
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn count(conn: &mut MySqlConnection, filter: &Filter) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast(count(*) as unsigned) as `count!: _`
         from products p left join categories c on c.id = p.category_id
         left join categories c1 on c1.id = c.parent_id left join categories c2 on c2.id = c1.parent_id
         where p.status = 'active' and (p.publish_at is null or p.publish_at <= utc_timestamp(6)) and p.id <> ? and (? = '' or c.slug = ? or c1.slug = ? or c2.slug = ?)
           and (? = '' or exists(select 1 from product_texts x where x.product_id = p.id and x.search_text like ?) or c.search_text like ? or c1.search_text like ? or c2.search_text like ?)",
        filter.except,
        filter.category,
        filter.category,
        filter.category,
        filter.category,
        filter.search,
        filter.search,
        filter.search,
        filter.search,
        filter.search,
    )
    .fetch_one(conn)
    .await
}

/// Cards of one page. A product's price is the lowest of a variant that can be bought, or of any when none can.
///
/// The page is chosen among numbers alone: texts in a row that is sorted would send it to the disk.
pub(super) async fn cards(conn: &mut MySqlConnection, filter: &Filter) -> sqlx::Result<Vec<CardRow>> {
    let sort = filter.sort.as_str();
    let mut cards = sqlx::query_as!(
        CardRow,
        "select t.place as `place!: _`, t.id as `id!: _`, p.slug as `slug: _`, p.name as `name: _`,
                c.slug as `category_slug?: _`, c.name as `category?: _`,
                t.price as `price!: _`, t.lowest as `lowest!: _`, t.highest as `highest!: _`,
                t.available as `available!: _`,
                (select if((v2.sale_amount is not null and (v2.sale_from is null or v2.sale_from <= utc_timestamp(6))
                 and (v2.sale_until is null or v2.sale_until > utc_timestamp(6))), v2.price_amount, v2.compare_at_amount)
                 from variants v2 join stock s2 on s2.variant_id = v2.id
                 left join holds h2 on h2.cart_id = ? and h2.variant_id = v2.id
                 where v2.product_id = t.id and if((v2.sale_amount is not null and (v2.sale_from is null or v2.sale_from <= utc_timestamp(6))
                 and (v2.sale_until is null or v2.sale_until > utc_timestamp(6))), v2.sale_amount, v2.price_amount) = t.price and v2.retired_at is null
                 order by (s2.on_hand - s2.reserved + coalesce(h2.quantity, 0) >= v2.min_quantity) desc, v2.position
                 limit 1) as `compare_at?: _`,
                cast(case when k0.id is not null then json_object(
                         'key', k0.picture_key, 'alt', json_extract(p0.alt, '$'), 'width', k0.width,
                         'height', k0.height, 'placeholder', k0.placeholder,
                         'centre', json_object('x', p0.centre_x, 'y', p0.centre_y)) end as char) as `picture?: _`,
                cast(case when k1.id is not null then json_object(
                         'key', k1.picture_key, 'alt', json_extract(p1.alt, '$'), 'width', k1.width,
                         'height', k1.height, 'placeholder', k1.placeholder,
                         'centre', json_object('x', p1.centre_x, 'y', p1.centre_y)) end as char) as `second_picture?: _`,
                (select group_concat(ov.swatch order by po.position, ov.position)
                 from product_options po join option_values ov on ov.option_id = po.id
                 where po.product_id = t.id and ov.swatch is not null) as `swatches?: _`,
                (t.beside < 1000000) as `is_chosen!: bool`
         from (select g.id, g.category_id, g.price, g.lowest, g.highest, g.available, g.beside,
                      cast(row_number() over (order by g.beside, case ? when 'price_asc' then g.price end asc,
                                                       case ? when 'price_desc' then g.price end desc,
                                                       case ? when 'newest' then g.created_at end desc,
                                                       g.popularity desc, g.id) as signed) as place
         from (select p.id, p.category_id, p.popularity, p.created_at, coalesce(r.position, 1000000) as beside,
                      coalesce(min(case when s.on_hand - s.reserved + coalesce(h.quantity, 0) >= v.min_quantity
                                        then v.price end), min(v.price)) as price,
                      min(v.price) as lowest, max(v.price) as highest,
                      cast(sum(s.on_hand - s.reserved + coalesce(h.quantity, 0)) as signed) as available
               from products p
               join (select v.id, v.product_id, v.min_quantity, v.retired_at,
                            if((v.sale_amount is not null and (v.sale_from is null or v.sale_from <= utc_timestamp(6))
                 and (v.sale_until is null or v.sale_until > utc_timestamp(6))), v.sale_amount, v.price_amount) as price
                     from variants v) v on v.product_id = p.id and v.retired_at is null
               join stock s on s.variant_id = v.id
               left join holds h on h.cart_id = ? and h.variant_id = v.id
               left join categories c on c.id = p.category_id
               left join categories c1 on c1.id = c.parent_id
               left join categories c2 on c2.id = c1.parent_id
               left join related_products r on r.product_id = ? and r.related_id = p.id
               where p.status = 'active' and (p.publish_at is null or p.publish_at <= utc_timestamp(6)) and p.id <> ?
                 and (r.position is not null or ? = '' or c.slug = ? or c1.slug = ? or c2.slug = ?)
                 and (? = '' or exists(select 1 from product_texts x where x.product_id = p.id and x.search_text like ?) or c.search_text like ? or c1.search_text like ? or c2.search_text like ?)
               group by p.id, p.category_id, p.popularity, p.created_at, r.position) g
         order by place limit ? offset ?) t
         join products p on p.id = t.id
         left join categories c on c.id = t.category_id
         left join product_pictures p0 on p0.product_id = t.id and p0.position = 0
         left join pictures k0 on k0.id = p0.picture_id
         left join product_pictures p1 on p1.product_id = t.id and p1.position = 1
         left join pictures k1 on k1.id = p1.picture_id",
        filter.cart,
        sort,
        sort,
        sort,
        filter.cart,
        filter.except,
        filter.except,
        filter.category,
        filter.category,
        filter.category,
        filter.category,
        filter.search,
        filter.search,
        filter.search,
        filter.search,
        filter.search,
        filter.limit,
        filter.offset,
    )
    .fetch_all(conn)
    .await?;
    cards.sort_unstable_by_key(|card| card.place);
    Ok(cards)
}

pub(super) async fn slugs(conn: &mut MySqlConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select slug as `slug: _` from products
         where status = 'active' and (publish_at is null or publish_at <= utc_timestamp(6)) order by id"
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn by_slug(conn: &mut MySqlConnection, slug: &str) -> sqlx::Result<Option<ProductId>> {
    let Some(slug) = key(slug) else { return Ok(None) };
    sqlx::query_scalar!("select id as `id: _` from products where slug = ?", slug).fetch_optional(conn).await
}

pub(super) async fn category_by_slug(conn: &mut MySqlConnection, slug: &str) -> sqlx::Result<Option<CategoryId>> {
    let Some(slug) = key(slug) else { return Ok(None) };
    sqlx::query_scalar!("select id as `id: _` from categories where slug = ?", slug).fetch_optional(conn).await
}

pub(super) async fn any(conn: &mut MySqlConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!("select count(*) as `count!: i64` from (select id from products limit 1) t")
        .fetch_one(conn)
        .await
}

/// What an order line remembers of a variant.
pub(crate) struct Snapshot {
    pub(crate) variant_id: VariantId,
    pub(crate) product_id: ProductId,
    pub(crate) name: Translated,
    pub(crate) options: Translated,
    pub(crate) price: Money,
    pub(crate) weight_grams: u32,
    pub(crate) category: Option<CategoryId>,
    pub(crate) tax_class: Option<String>,
    pub(crate) picture: Option<Picture>,
}

pub(super) async fn snapshot(conn: &mut MySqlConnection, sku: &str) -> sqlx::Result<Option<Snapshot>> {
    let Some(sku) = key(sku) else { return Ok(None) };
    sqlx::query_as!(
        Snapshot,
        "select v.id as `variant_id: _`, p.id as `product_id: _`, p.name as `name: _`, v.options as `options: _`,
                v.price_amount as `price: _`, v.weight_grams as `weight_grams: _`, p.category_id as `category: _`,
                p.tax_class as `tax_class: _`,
                cast((select json_object(
                          'key', pic.picture_key, 'alt', json_extract(pp.alt, '$'), 'width', pic.width,
                          'height', pic.height, 'placeholder', pic.placeholder,
                          'centre', json_object('x', pp.centre_x, 'y', pp.centre_y))
                      from product_pictures pp join pictures pic on pic.id = pp.picture_id
                      where pp.product_id = p.id order by pp.position limit 1) as char) as `picture?: _`
         from variants v join products p on p.id = v.product_id
         where v.sku = ?",
        sku,
    )
    .fetch_optional(conn)
    .await
}
