//! The SQL of one product, in full and in one statement: what it has several of comes as lists in JSON.

use chrono::{DateTime, Utc};
use domain::carts::CartId;
use domain::catalog::{OptionId, OptionValueId, ProductId, VariantId};
use domain::locale::Translated;
use domain::media::Picture;
use domain::money::Money;
use domain::reviews::ReviewId;
use serde::Deserialize;
use sqlx::MySqlConnection;

use crate::database::key;

/// A product; each list is none where it is empty, and in no order.
pub(in crate::catalog) struct ProductRow {
    pub(in crate::catalog) id: ProductId,
    pub(in crate::catalog) slug: String,
    pub(in crate::catalog) name: Translated,
    pub(in crate::catalog) description: Translated,
    pub(in crate::catalog) seo_title: Translated,
    pub(in crate::catalog) seo_text: Translated,
    pub(in crate::catalog) category_slug: Option<String>,
    pub(in crate::catalog) category: Option<Translated>,
    pub(in crate::catalog) average_hundredths: u32,
    pub(in crate::catalog) reviews: u32,
    pub(in crate::catalog) pictures: Option<String>,
    pub(in crate::catalog) values: Option<String>,
    pub(in crate::catalog) variants: Option<String>,
    pub(in crate::catalog) newest: Option<String>,
    pub(in crate::catalog) read_at: DateTime<Utc>,
}

#[derive(Deserialize)]
pub(in crate::catalog) struct PictureItem {
    pub(in crate::catalog) position: u32,
    pub(in crate::catalog) picture: Picture,
    pub(in crate::catalog) shows: Option<OptionValueId>,
}

/// A value with the option that it belongs to.
#[derive(Deserialize)]
pub(in crate::catalog) struct ValueItem {
    pub(in crate::catalog) option_position: u32,
    pub(in crate::catalog) option: OptionId,
    pub(in crate::catalog) name: Translated,
    pub(in crate::catalog) position: u32,
    pub(in crate::catalog) id: OptionValueId,
    pub(in crate::catalog) value: Translated,
    pub(in crate::catalog) swatch: Option<String>,
}

#[derive(Deserialize)]
pub(in crate::catalog) struct VariantItem {
    pub(in crate::catalog) position: u32,
    pub(in crate::catalog) id: VariantId,
    pub(in crate::catalog) sku: String,
    pub(in crate::catalog) choice: String,
    pub(in crate::catalog) price: Money,
    pub(in crate::catalog) compare_at: Option<Money>,
    /// The end of the sale that is on, in microseconds since 1970.
    pub(in crate::catalog) sale_until: Option<i64>,
    /// The position of the picture that shows it.
    pub(in crate::catalog) picture: Option<u32>,
    pub(in crate::catalog) weight_grams: u32,
    pub(in crate::catalog) available: i64,
    pub(in crate::catalog) min_quantity: u32,
    pub(in crate::catalog) max_quantity: u32,
}

#[derive(Deserialize)]
pub(in crate::catalog) struct ReviewItem {
    pub(in crate::catalog) id: ReviewId,
    pub(in crate::catalog) name: String,
    pub(in crate::catalog) rating: u8,
    pub(in crate::catalog) body: String,
    /// Microseconds since 1970.
    pub(in crate::catalog) at: i64,
}

/// The product that has that address, or else the one that had it, as the cart's owner may buy it, with its newest reviews.
pub(in crate::catalog) async fn product(
    conn: &mut MySqlConnection,
    slug: &str,
    cart: CartId,
    most_reviews: u32,
) -> sqlx::Result<Option<ProductRow>> {
    let Some(slug) = key(slug) else { return Ok(None) };
    sqlx::query_as!(
        ProductRow,
        "select p.id as `id: _`, p.slug as `slug: _`, p.name as `name: _`, x.description as `description: _`,
                p.seo_title as `seo_title: _`, p.seo_text as `seo_text: _`, utc_timestamp(6) as `read_at!: _`,
                c.slug as `category_slug?: _`, c.name as `category?: _`,
                cast((select coalesce(round(avg(r.rating) * 100), 0) from reviews r where r.product_id = p.id)
                     as unsigned) as `average_hundredths!: _`,
                cast((select count(*) from reviews r where r.product_id = p.id) as unsigned) as `reviews!: _`,
                cast((select json_arrayagg(json_object(
                          'position', pp.position, 'shows', pp.shows_value_id, 'picture', json_object(
                              'key', pic.picture_key, 'alt', json_extract(pp.alt, '$'), 'width', pic.width,
                              'height', pic.height, 'placeholder', pic.placeholder,
                              'centre', json_object('x', pp.centre_x, 'y', pp.centre_y))))
                      from product_pictures pp join pictures pic on pic.id = pp.picture_id
                      where pp.product_id = p.id) as char) as `pictures?: _`,
                cast((select json_arrayagg(json_object(
                          'option_position', po.position, 'option', po.id,
                          'name', json_extract(po.name, '$'), 'position', ov.position, 'id', ov.id,
                          'value', json_extract(ov.value, '$'), 'swatch', ov.swatch))
                      from product_options po join option_values ov on ov.option_id = po.id
                      where po.product_id = p.id) as char) as `values?: _`,
                cast((select json_arrayagg(json_object(
                          'position', v.position, 'id', v.id, 'sku', v.sku, 'choice', v.choice,
                          'price', if((v.sale_amount is not null and (v.sale_from is null or v.sale_from <= utc_timestamp(6))
                 and (v.sale_until is null or v.sale_until > utc_timestamp(6))), v.sale_amount, v.price_amount),
                          'compare_at', if((v.sale_amount is not null and (v.sale_from is null or v.sale_from <= utc_timestamp(6))
                 and (v.sale_until is null or v.sale_until > utc_timestamp(6))), v.price_amount, v.compare_at_amount),
                          'sale_until', if((v.sale_amount is not null and (v.sale_from is null or v.sale_from <= utc_timestamp(6))
                 and (v.sale_until is null or v.sale_until > utc_timestamp(6))), timestampdiff(microsecond, '1970-01-01', v.sale_until), null),
                          'picture', v.shown_picture, 'weight_grams', v.weight_grams,
                          'available', cast(s.on_hand - s.reserved + coalesce(h.quantity, 0) as signed),
                          'min_quantity', v.min_quantity, 'max_quantity', v.max_quantity))
                      from variants v join stock s on s.variant_id = v.id
                      left join holds h on h.cart_id = ? and h.variant_id = v.id
                      where v.product_id = p.id and v.retired_at is null) as char) as `variants?: _`,
                cast((select json_arrayagg(json_object(
                          'id', t.id, 'name', t.name, 'rating', t.rating, 'body', t.body, 'at', t.at))
                      from (select r.id, u.name, r.rating, r.body,
                                   timestampdiff(microsecond, '1970-01-01', r.created_at) as at
                            from reviews r join customers u on u.id = r.customer_id
                            where r.product_id = coalesce((select id from products where slug = ?),
                                (select product_id from old_addresses where kind = 'product' and slug = ?))
                            order by r.created_at desc, r.id desc limit ?) t) as char) as `newest?: _`
         from products p join product_texts x on x.product_id = p.id left join categories c on c.id = p.category_id
         where p.id = coalesce((select id from products where slug = ?),
                               (select product_id from old_addresses where kind = 'product' and slug = ?))
           and p.status = 'active' and (p.publish_at is null or p.publish_at <= utc_timestamp(6))",
        cart,
        slug,
        slug,
        most_reviews,
        slug,
        slug,
    )
    .fetch_optional(conn)
    .await
}
