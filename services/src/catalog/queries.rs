//! The SQL of the catalogue. Private to the slice.
//!
//! What can be bought is what nobody holds, and what the open checkout of the cart that asks holds.

use domain::carts::CartId;
use domain::catalog::{CategoryId, ProductId, Sort, VariantId};
use domain::money::Money;
use sqlx::MySqlConnection;

pub(super) mod detail;
pub(super) mod taxes;
mod write;

pub(super) use write::{NewProductRow, NewVariantRow, insert_category, insert_option, insert_picture, insert_product};
pub(super) use write::{choose_pictures, insert_value, insert_variant, set_popularity, stale_popularity};

/// Which products, in which order.
pub(super) struct Filter {
    /// The slug, or empty for all.
    pub(super) category: String,
    /// A `like` pattern for the product's texts or its category's name, or empty for all.
    pub(super) search: String,
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
    pub(super) slug: String,
    pub(super) name_id: String,
    pub(super) name_en: String,
    pub(super) products: i64,
    pub(super) picture_key: Option<String>,
    pub(super) alt_id: Option<String>,
    pub(super) alt_en: Option<String>,
}

pub(super) struct CardRow {
    pub(super) id: ProductId,
    pub(super) slug: String,
    pub(super) name_id: String,
    pub(super) name_en: String,
    pub(super) category_slug: Option<String>,
    pub(super) category_id_text: Option<String>,
    pub(super) category_en_text: Option<String>,
    pub(super) price: Money,
    pub(super) compare_at: Option<Money>,
    pub(super) lowest: Money,
    pub(super) highest: Money,
    pub(super) available: i64,
    pub(super) picture_key: Option<String>,
    pub(super) alt_id: Option<String>,
    pub(super) alt_en: Option<String>,
    pub(super) second_key: Option<String>,
    pub(super) second_alt_id: Option<String>,
    pub(super) second_alt_en: Option<String>,
    pub(super) swatches: Option<String>,
}

pub(super) async fn categories(conn: &mut MySqlConnection) -> sqlx::Result<Vec<CategoryRow>> {
    sqlx::query_as!(
        CategoryRow,
        "select c.id as `id: _`, c.slug as `slug: _`, c.name_id as `name_id: _`, c.name_en as `name_en: _`,
                (select count(*) from products p where p.category_id = c.id and p.status = 'active')
                    as `products!: _`,
                pic.picture_key as `picture_key?: _`, pp.alt_id as `alt_id?: _`, pp.alt_en as `alt_en?: _`
         from categories c
         left join product_pictures pp on pp.position = 0 and pp.product_id =
             (select p.id from products p where p.category_id = c.id and p.status = 'active'
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
         where p.status = 'active' and p.id <> ? and (? = '' or c.slug = ?)
           and (? = '' or p.search_text like ? or c.name_id like ? or c.name_en like ?)",
        filter.except,
        filter.category,
        filter.category,
        filter.search,
        filter.search,
        filter.search,
        filter.search,
    )
    .fetch_one(conn)
    .await
}

/// Cards of one page. A product's price is the lowest of a variant that can be bought, or of any when none can.
pub(super) async fn cards(conn: &mut MySqlConnection, filter: &Filter) -> sqlx::Result<Vec<CardRow>> {
    let sort = filter.sort.as_str();
    sqlx::query_as!(
        CardRow,
        "select t.id as `id!: _`, t.slug as `slug!: _`, t.name_id as `name_id!: _`, t.name_en as `name_en!: _`,
                t.category_slug as `category_slug?: _`, t.category_id_text as `category_id_text?: _`,
                t.category_en_text as `category_en_text?: _`,
                t.price as `price!: _`, t.lowest as `lowest!: _`, t.highest as `highest!: _`,
                t.available as `available!: _`,
                (select v2.compare_at_amount from variants v2 join stock s2 on s2.variant_id = v2.id
                 left join holds h2 on h2.cart_id = ? and h2.variant_id = v2.id
                 where v2.product_id = t.id and v2.price_amount = t.price
                 order by (s2.on_hand - s2.reserved + coalesce(h2.quantity, 0) >= v2.min_quantity) desc, v2.position
                 limit 1) as `compare_at?: _`,
                k0.picture_key as `picture_key?: _`, p0.alt_id as `alt_id?: _`, p0.alt_en as `alt_en?: _`,
                k1.picture_key as `second_key?: _`, p1.alt_id as `second_alt_id?: _`,
                p1.alt_en as `second_alt_en?: _`,
                (select group_concat(ov.swatch order by po.position, ov.position)
                 from product_options po join option_values ov on ov.option_id = po.id
                 where po.product_id = t.id and ov.swatch is not null) as `swatches?: _`
         from (select p.id, p.slug, p.name_id, p.name_en, p.popularity, p.created_at,
                      c.slug as category_slug, c.name_id as category_id_text, c.name_en as category_en_text,
                      coalesce(min(case when s.on_hand - s.reserved + coalesce(h.quantity, 0) >= v.min_quantity
                                        then v.price_amount end), min(v.price_amount)) as price,
                      min(v.price_amount) as lowest, max(v.price_amount) as highest,
                      cast(sum(s.on_hand - s.reserved + coalesce(h.quantity, 0)) as signed) as available
               from products p
               join variants v on v.product_id = p.id
               join stock s on s.variant_id = v.id
               left join holds h on h.cart_id = ? and h.variant_id = v.id
               left join categories c on c.id = p.category_id
               where p.status = 'active' and p.id <> ?
                 and (? = '' or c.slug = ?)
                 and (? = '' or p.search_text like ? or c.name_id like ? or c.name_en like ?)
               group by p.id, p.slug, p.name_id, p.name_en, p.popularity, p.created_at,
                        c.slug, c.name_id, c.name_en) t
         left join product_pictures p0 on p0.product_id = t.id and p0.position = 0
         left join pictures k0 on k0.id = p0.picture_id
         left join product_pictures p1 on p1.product_id = t.id and p1.position = 1
         left join pictures k1 on k1.id = p1.picture_id
         order by case ? when 'price_asc' then t.price end asc,
                  case ? when 'price_desc' then t.price end desc,
                  case ? when 'newest' then t.created_at end desc,
                  t.popularity desc, t.id
         limit ? offset ?",
        filter.cart,
        filter.cart,
        filter.except,
        filter.category,
        filter.category,
        filter.search,
        filter.search,
        filter.search,
        filter.search,
        sort,
        sort,
        sort,
        filter.limit,
        filter.offset,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn slugs(conn: &mut MySqlConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("select slug as `slug: _` from products where status = 'active' order by id")
        .fetch_all(conn)
        .await
}

pub(super) async fn by_slug(conn: &mut MySqlConnection, slug: &str) -> sqlx::Result<Option<ProductId>> {
    sqlx::query_scalar!("select id as `id: _` from products where slug = ?", slug).fetch_optional(conn).await
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
    pub(crate) name_id: String,
    pub(crate) name_en: String,
    pub(crate) options_id: String,
    pub(crate) options_en: String,
    pub(crate) price: Money,
    pub(crate) weight_grams: u32,
    pub(crate) category: Option<CategoryId>,
    pub(crate) tax_class: Option<String>,
    pub(crate) picture_key: Option<String>,
}

pub(super) async fn snapshot(conn: &mut MySqlConnection, sku: &str) -> sqlx::Result<Option<Snapshot>> {
    sqlx::query_as!(
        Snapshot,
        "select v.id as `variant_id: _`, p.id as `product_id: _`, p.name_id as `name_id: _`,
                p.name_en as `name_en: _`, v.options_id as `options_id: _`, v.options_en as `options_en: _`,
                v.price_amount as `price: _`, v.weight_grams as `weight_grams: _`, p.category_id as `category: _`,
                p.tax_class as `tax_class: _`,
                (select pic.picture_key from product_pictures pp join pictures pic on pic.id = pp.picture_id
                 where pp.product_id = p.id order by pp.position limit 1) as `picture_key?: _`
         from variants v join products p on p.id = v.product_id
         where v.sku = ?",
        sku,
    )
    .fetch_optional(conn)
    .await
}
