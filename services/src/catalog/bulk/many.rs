//! Many products at once: read with two statements, written with two or three.

use std::collections::HashMap;

use domain::catalog::bulk::{BulkProduct, BulkVariant};
use domain::catalog::{ProductId, Sale};
use domain::locale::Translated;
use domain::text::TaxClassKey;
use serde_json::json;
use sqlx::MySqlConnection;

use crate::catalog::parts::json as text;
use crate::catalog::queries::bulk::{self as queries, ChangedItem, PricedItem, ProductItem, VariantItem};
use crate::catalog::queries::variants::set_warnings;
use crate::catalog::variants::instant;
use crate::database::StaffWork;
use crate::error::Result;
use crate::settings;

/// The most rows of one statement.
const AT_ONCE: usize = 5_000;

/// A product with the fields that many are changed in.
pub(in crate::catalog) struct Good {
    pub(in crate::catalog) id: ProductId,
    pub(in crate::catalog) version: u64,
    pub(in crate::catalog) name: Translated,
    pub(in crate::catalog) product: BulkProduct,
}

/// Those of the products that are there, by ascending ids.
pub(in crate::catalog) async fn read(conn: &mut MySqlConnection, ids: &[ProductId]) -> Result<Vec<Good>> {
    let ids = text(&ids)?;
    let products = queries::products(conn, &ids).await?;
    let variants = queries::variants(conn, &ids).await?;
    goods(products, variants)
}

/// The same, and nobody else saves them until the transaction ends. The ids are in ascending order.
pub(in crate::catalog) async fn locked(work: &mut StaffWork, ids: &[ProductId]) -> Result<Vec<Good>> {
    queries::lock_products(work, &text(&ids)?).await?;
    read(work, ids).await
}

fn goods(products: Vec<ProductItem>, variants: Vec<VariantItem>) -> Result<Vec<Good>> {
    let mut of_products: HashMap<ProductId, Vec<BulkVariant>> = HashMap::new();
    for item in variants {
        of_products.entry(item.product).or_default().push(variant(item));
    }
    let good = |item: ProductItem| {
        Ok(Good {
            id: item.id,
            version: item.version,
            name: item.name,
            product: BulkProduct {
                status: item.status,
                category: item.category,
                tax_class: settings::tax_class_of(item.tax_class)?,
                variants: of_products.remove(&item.id).unwrap_or_default(),
            },
        })
    };
    products.into_iter().map(good).collect()
}

fn variant(item: VariantItem) -> BulkVariant {
    BulkVariant {
        id: item.id,
        sku: item.sku,
        price: item.price,
        compare_at_price: item.compare_at,
        sale: item.sale.map(|price| Sale { price, from: item.sale_from, until: item.sale_until }),
        min_quantity: item.fewest,
        max_quantity: item.most,
        low_stock_limit: item.warn_at,
    }
}

/// Writes what products became, and raises their versions. The caller has their locks.
pub(in crate::catalog) async fn write(work: &mut StaffWork, changed: &[(&Good, &BulkProduct)]) -> Result<()> {
    let now = work.now();
    let (mut products, mut prices) = (Vec::new(), Vec::new());
    let (mut variants, mut warnings) = (Vec::new(), Vec::new());
    for (good, after) in changed {
        products.push(ChangedItem {
            id: good.id,
            category: after.category,
            status: after.status,
            tax_class: after.tax_class.as_ref().map(TaxClassKey::as_str),
            from_price: after.from_price(),
        });
        for (was, is) in good.product.variants.iter().zip(&after.variants).filter(|(was, is)| was != is) {
            if was.low_stock_limit != is.low_stock_limit {
                warnings.push((is.id, is.low_stock_limit));
            }
            let rest = BulkVariant { low_stock_limit: was.low_stock_limit, ..is.clone() };
            if rest == *was {
                continue;
            }
            if (BulkVariant { price: was.price, ..rest }) == *was {
                prices.push((is.id, is.price));
            } else {
                variants.push(priced(is));
            }
        }
    }
    // Ascending, as everybody locks them.
    prices.sort_unstable();
    variants.sort_by_key(|item| item.id);
    warnings.sort_unstable();
    for some in products.chunks(AT_ONCE) {
        queries::update_products(work, &text(&some)?, now).await?;
    }
    for some in prices.chunks(AT_ONCE) {
        queries::update_prices(work, &text(&some)?).await?;
    }
    for some in variants.chunks(AT_ONCE) {
        queries::update_variants(work, &text(&some)?).await?;
    }
    for some in warnings.chunks(AT_ONCE) {
        let some: Vec<_> = some.iter().map(|(id, warn_at)| json!({ "id": id, "warn_at": warn_at })).collect();
        set_warnings(work, &text(&some)?).await?;
    }
    Ok(())
}

fn priced(variant: &BulkVariant) -> PricedItem {
    PricedItem {
        id: variant.id,
        price: variant.price,
        compare_at: variant.compare_at_price,
        sale: variant.sale.map(|sale| sale.price),
        sale_from: variant.sale.and_then(|sale| sale.from).map(instant),
        sale_until: variant.sale.and_then(|sale| sale.until).map(instant),
        fewest: variant.min_quantity,
        most: variant.max_quantity,
    }
}
