//! Categories, products, variants and their stock.

use std::collections::HashMap;

use domain::catalog::{
    CategoryId, ListCategories, ProductDocument, ProductId, SaveCategory, SaveProduct, SavedProduct,
};
use domain::locale::Translated;
use domain::money::Money;
use domain::reference::{Finding, FormerKind, Outcome};
use domain::staff::Permission;
use domain::text::line_up_to;

use super::orders::Bought;
use super::run::{Item, Run, remember};
use crate::database::transact;
use crate::error::{Error, Result};
use crate::{catalog, inventory};

mod plan;
mod planned;
mod skus;

pub(super) use plan::plan;
pub(super) use planned::Goods;
use planned::{Planned, PlannedVariant};

/// Brings categories, then products, then what lies on their shelves and what has been sold since.
pub(super) async fn bring(run: &mut Run<'_>, goods: &Goods, bought: &[Bought]) -> Result<()> {
    let categories = categories(run).await?;
    let mut sold: HashMap<&str, u32> = HashMap::new();
    for order in bought.iter().filter(|order| order.is_sold()) {
        for line in &order.lines {
            *sold.entry(line.sku.as_str()).or_default() += line.quantity;
        }
    }
    for product in &goods.products {
        let Some(is_own) = product_of(run, product, &categories).await? else { continue };
        for variant in &product.variants {
            let units = if is_own { 0 } else { variant.stock };
            let units = units.saturating_add(sold.get(variant.sku.as_str()).copied().unwrap_or_default());
            stock(run, product, variant, units).await?;
        }
    }
    run.shop.snapshot.categories.forget();
    Ok(())
}

/// The number here of each category. One that this shop has already is taken for the same.
async fn categories(run: &mut Run<'_>) -> Result<HashMap<u64, CategoryId>> {
    let which = FormerKind::Category;
    let mut here = HashMap::new();
    for (number, row) in run.numbered(which, "categories") {
        let item = ("category", number);
        if run.is_known(which, item) {
            here.extend(run.here(item).map(|id| (number, CategoryId::new(id))));
            continue;
        }
        let name = row.text("name").and_then(|name| line_up_to(&name, 120).ok());
        let name = Translated::same(name.unwrap_or_else(|| format!("Kategori {number}")));
        if run.is_check {
            run.report.count(which, Outcome::Brought);
            continue;
        }
        let tree = catalog::categories_of_desk(run.shop, run.staff, ListCategories {}).await?;
        let known = tree.0.iter().find(|known| known.parent_id.is_none() && known.name == name).map(|known| known.id);
        let saved = match known {
            Some(id) => Ok(id),
            None => {
                let request = SaveCategory {
                    category_id: None,
                    version: 0,
                    parent_id: None,
                    slug: String::new(),
                    name,
                    picture: None,
                };
                catalog::save_category(run.shop, run.staff, request).await.map(|saved| saved.id)
            }
        };
        let done = match saved {
            Ok(id) => transact!(run.shop.import(run.staff, Permission::ChangeCatalog)?, |work| {
                remember(work, item, id.get()).await?;
                Ok(id.get())
            }),
            Err(error) => Err(error),
        };
        here.extend(run.settle(which, item, done)?.map(|id| (number, CategoryId::new(id))));
    }
    Ok(here)
}

/// Brings a product, and tells whether this shop had it already; nothing when it did not come.
async fn product_of(
    run: &mut Run<'_>,
    product: &Planned,
    categories: &HashMap<u64, CategoryId>,
) -> Result<Option<bool>> {
    let which = FormerKind::Product;
    let item = product.item;
    if run.is_known(which, item) {
        return Ok(Some(false));
    }
    if run.is_check {
        run.report.count(which, Outcome::Brought);
        return Ok(Some(false));
    }
    let document = ProductDocument {
        description: Translated { id: product.description.clone(), en: String::new() },
        category: product.category.and_then(|number| categories.get(&number).copied()),
        status: product.status,
        note: product.note.clone(),
        options: product.options.clone(),
        variants: product.variants.iter().map(PlannedVariant::document).collect(),
        ..ProductDocument::draft(Translated::same(product.name.clone()), Money::ZERO)
    };
    let request = SaveProduct::new(document);
    let own = catalog::of_sku(&mut *run.shop.db.acquire().await?, &product.variants).await?;
    let writer = run.shop.staff(run.staff, Permission::ChangeCatalog)?;
    let done = transact!(writer, |work| {
        let id = match own {
            Some((id, _)) => id,
            None => saved(catalog::save_within(work, &request, Some(product.made_at)).await?)?,
        };
        remember(work, item, id.get()).await?;
        Ok(id.get())
    });
    let done = run.settle(which, item, done)?;
    if let (Some(_), Some((_, sku))) = (done, &own) {
        run.corrected(which, item.1, Finding::TakenForOwn { sku: sku.clone() });
    }
    Ok(done.map(|_| own.is_some()))
}

/// The product that was saved.
pub(super) fn saved(done: SavedProduct) -> Result<ProductId> {
    match done {
        SavedProduct::Saved(stored) => Ok(stored.product_id),
        SavedProduct::ChangedMeanwhile(_) => Err(Error::Refused(domain::message::Message::ChangedMeanwhile)),
    }
}

/// Puts units on a shelf, as they lay there before anything of what is brought was sold.
async fn stock(run: &mut Run<'_>, product: &Planned, variant: &PlannedVariant, units: u32) -> Result<()> {
    let which = FormerKind::Stock;
    let item: Item = variant.item;
    if run.is_known(which, item) {
        return Ok(());
    }
    if run.is_check {
        run.report.count(which, Outcome::Brought);
        return Ok(());
    }
    let writer = run.shop.import(run.staff, Permission::ChangeStock)?;
    let done = transact!(writer, |work| {
        if units > 0 {
            inventory::receive_former(work, &variant.sku, units, product.made_at).await?;
        }
        remember(work, item, u64::from(units)).await?;
        Ok(u64::from(units))
    });
    run.settle(which, item, done).map(drop)
}
