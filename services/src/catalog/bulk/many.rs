//! Many products at once: read with two statements, locked with one of them, written with two or three.

use std::collections::HashMap;

use domain::catalog::bulk::{BulkProduct, BulkVariant};
use domain::catalog::{ProductId, Sale, VariantId};
use domain::locale::Translated;
use domain::money::Money;
use domain::text::TaxClassKey;
use serde_json::json;
use sqlx::MySqlConnection;

use crate::catalog::parts::json as text;
use crate::catalog::queries::bulk::{self as queries, ChangedItem, PricedItem, ProductItem, VariantItem, WIDTH};
use crate::catalog::queries::variants::set_warnings;
use crate::catalog::variants::instant;
use crate::database::StaffWork;
use crate::error::Result;
use crate::settings;

/// The most rows of one statement.
const AT_ONCE: usize = 5_000;
/// The same of one that is written from a list without names.
const MORE_AT_ONCE: usize = 20_000;

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
    let variants = queries::variants(conn, &ids, true).await?;
    goods(products, variants)
}

/// The same, and nobody else saves them until the transaction ends. The ids are in ascending order. A limit of low stock lies
/// with the stock: it is 0 where none is to change (`with_warnings`).
pub(in crate::catalog) async fn locked(
    work: &mut StaffWork,
    ids: &[ProductId],
    with_warnings: bool,
) -> Result<Vec<Good>> {
    let ids = text(&ids)?;
    let products = queries::locked_products(work, &ids).await?;
    let variants = queries::variants(work, &ids, with_warnings).await?;
    goods(products, variants)
}

fn goods(products: Vec<ProductItem>, variants: Vec<VariantItem>) -> Result<Vec<Good>> {
    let mut of_products: HashMap<ProductId, Vec<VariantItem>> = HashMap::with_capacity(products.len());
    for item in variants {
        of_products.entry(item.product).or_default().push(item);
    }
    let own = |items: Option<Vec<VariantItem>>| {
        let mut items = items.unwrap_or_default();
        items.sort_unstable_by_key(|item| (item.position, item.id));
        items.into_iter().map(variant).collect()
    };
    let good = |item: ProductItem| {
        Ok(Good {
            id: item.id,
            version: item.version,
            name: item.name,
            product: BulkProduct {
                status: item.status,
                category: item.category,
                tax_class: settings::tax_class_of(item.tax_class)?,
                variants: own(of_products.remove(&item.id)),
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
        low_stock_limit: item.warn_at.unwrap_or_default(),
    }
}

/// Writes what products became, and raises their versions. The caller has their locks.
pub(in crate::catalog) async fn write(work: &mut StaffWork, changed: &[(&Good, &BulkProduct)]) -> Result<()> {
    let now = work.now();
    let (mut products, mut from_prices) = (Vec::new(), Vec::new());
    let (mut prices, mut variants, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
    for (good, after) in changed {
        let was = &good.product;
        if (was.status, was.category, &was.tax_class) == (after.status, after.category, &after.tax_class) {
            from_prices.push((good.id, after.from_price()));
        } else {
            products.push(ChangedItem {
                id: good.id,
                category: after.category,
                status: after.status,
                tax_class: after.tax_class.as_ref().map(TaxClassKey::as_str),
                from_price: after.from_price(),
            });
        }
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
    for some in from_prices.chunks(MORE_AT_ONCE) {
        queries::update_from_prices(work, &text(&some)?, now).await?;
    }
    for some in prices.chunks(MORE_AT_ONCE) {
        write_prices(work, some).await?;
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

/// Writes prices of variants by ascending ids: by their places between the first and the last where they are most of them.
async fn write_prices(work: &mut StaffWork, prices: &[(VariantId, Money)]) -> Result<()> {
    match between(prices) {
        Some((first, last, list)) => queries::update_prices_between(work, (first, last), &list).await?,
        None => queries::update_prices(work, &text(&prices)?).await?,
    }
    Ok(())
}

/// The list that [`queries::update_prices_between`] reads; nothing for few prices, and for few among many others.
fn between(prices: &[(VariantId, Money)]) -> Option<(VariantId, VariantId, Vec<u8>)> {
    const FEWEST: usize = 1_000;
    let (first, last) = (prices.first()?.0, prices.last()?.0);
    let ids = usize::try_from(last.get() - first.get()).ok()? + 1;
    if prices.len() < FEWEST.max(ids / 2) || !prices.iter().all(|(_, price)| price.is_ordinary()) {
        return None;
    }
    let mut list = vec![b' '; ids * WIDTH];
    for (id, price) in prices {
        let at = usize::try_from(id.get() - first.get()).ok()? * WIDTH;
        list.get_mut(at..at + WIDTH)?.copy_from_slice(format!("{:0WIDTH$}", price.get()).as_bytes());
    }
    Some((first, last, list))
}

/// A variant about to be written.
pub(in crate::catalog) fn priced(variant: &BulkVariant) -> PricedItem {
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

#[cfg(test)]
mod tests {
    use domain::catalog::VariantId;
    use domain::money::Money;

    use super::between;

    fn prices(ids: impl Iterator<Item = u64>, price: i64) -> Vec<(VariantId, Money)> {
        ids.map(|id| (VariantId::new(id), Money::minor(price))).collect()
    }

    #[test]
    fn prices_stand_in_their_places() {
        let mut most = prices((5..2_000).filter(|id| id % 3 > 0), 1_000_000_000_000);
        most[1].1 = Money::minor(0);
        let (first, last, list) = between(&most).unwrap();
        assert_eq!((first.get(), last.get()), (5, 1_999));
        assert_eq!(list.len(), 1_995 * 13);
        let at = |place: usize| std::str::from_utf8(&list[place * 13..][..13]).unwrap();
        assert_eq!([at(0), at(1), at(2)], ["1000000000000", &" ".repeat(13), "0000000000000"]);
        assert_eq!(at(1_994), "1000000000000");
    }

    #[test]
    fn few_among_many_are_listed_by_their_ids() {
        assert!(between(&[]).is_none());
        assert!(between(&prices(1..=999, 5)).is_none());
        assert!(between(&prices((1..=10_000).step_by(3), 5)).is_none());
        assert!(between(&prices((1..=10_000).step_by(2), 5)).is_some());
        assert!(between(&prices(1..=1_000, 1_000_000_000_001)).is_none());
    }
}
