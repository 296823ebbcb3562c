//! The variants as the shop has them, for whoever writes orders of them.

use std::collections::HashMap;

use domain::money::Money;
use domain::pricing::BasketLine;
use sqlx::MySqlPool;

use super::goods::Good;

/// A variant, as a line of an order remembers it.
pub(crate) struct Variant {
    pub(crate) id: u64,
    pub(crate) product: u64,
    /// In every language, as it is stored.
    pub(crate) name: String,
    pub(crate) options: String,
    pub(crate) sku: String,
    pub(crate) picture: Option<String>,
    pub(crate) price: i64,
    weight: u32,
}

impl Variant {
    pub(crate) fn line(&self, quantity: u32) -> BasketLine {
        BasketLine {
            unit_price: Money::minor(self.price),
            quantity,
            categories: Vec::new(),
            tax_class: None,
            weight_grams: self.weight,
        }
    }
}

type Row = (u64, u64, String, String, String, Option<String>, i64, u32);

/// All of them, in the order of the goods.
pub(crate) async fn read(db: &MySqlPool, goods: &[Good]) -> Vec<Variant> {
    let sql = "select v.id, v.product_id, p.name, v.options, cast(v.sku as char), cast(k.picture_key as char),
                      v.price_amount, v.weight_grams
               from variants v join products p on p.id = v.product_id
               left join product_pictures pp on pp.product_id = v.product_id and pp.position = v.shown_picture
               left join pictures k on k.id = pp.picture_id";
    let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(db).await.unwrap();
    let mut known: HashMap<String, Variant> = rows
        .into_iter()
        .map(|(id, product, name, options, sku, picture, price, weight)| {
            (sku.clone(), Variant { id, product, name, options, sku, picture, price, weight })
        })
        .collect();
    goods.iter().flat_map(|good| &good.items).map(|item| known.remove(&item.sku).unwrap()).collect()
}
