//! Categories, products, variants and their stock.

use std::collections::HashMap;

use domain::catalog::{CreateCategory, CreateProduct};
use domain::locale::Translated;
use domain::reference::{Finding, FormerKind, Outcome};
use domain::staff::Permission;
use domain::text::{Reason, line_up_to};

use super::orders::Bought;
use super::run::{Item, Run, remember};
use crate::database::transact;
use crate::error::Result;
use crate::{catalog, inventory};

mod plan;
mod planned;
mod slugs;

pub(super) use plan::plan;
pub(super) use planned::Goods;
use planned::{Planned, PlannedVariant};
use slugs::slug_of;

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
        let is_own = product_of(run, product, &categories).await?;
        let Some(is_own) = is_own else { continue };
        for variant in &product.variants {
            let units = if is_own { 0 } else { variant.stock };
            let units = units.saturating_add(sold.get(variant.sku.as_str()).copied().unwrap_or_default());
            stock(run, product, variant, units).await?;
        }
    }
    run.shop.snapshot.categories.forget();
    Ok(())
}

/// The address here of each category.
async fn categories(run: &mut Run<'_>) -> Result<HashMap<u64, String>> {
    let here: HashMap<_, _> = catalog::categories(run.shop)
        .await?
        .iter()
        .map(|category| (category.id.get(), category.slug.clone()))
        .collect();
    let mut slugs = HashMap::new();
    for (number, row) in run.numbered(FormerKind::Category, "categories") {
        let item = ("category", number);
        if run.is_known(FormerKind::Category, item) {
            if let Some(slug) = run.here(item).and_then(|id| here.get(&id)) {
                slugs.insert(number, slug.clone());
            }
            continue;
        }
        let name = row.text("name").and_then(|name| line_up_to(&name, 120).ok());
        let name = name.unwrap_or_else(|| format!("Kategori {number}"));
        let taken = |slug: &str| here.values().chain(slugs.values()).any(|known| known == slug);
        let slug = slug_of(&name, number, taken);
        slugs.insert(number, slug.clone());
        if run.is_check {
            run.report.count(FormerKind::Category, Outcome::Brought);
            continue;
        }
        let request = CreateCategory { slug, name: Translated::same(name) };
        let writer = run.shop.staff(run.staff, Permission::ChangeCatalog)?;
        let done = transact!(writer, |work| {
            let id = catalog::write_category(work, &request).await?.get();
            remember(work, item, id).await?;
            Ok(id)
        });
        if run.settle(FormerKind::Category, item, done)?.is_none() {
            slugs.remove(&number);
        }
    }
    Ok(slugs)
}

/// Brings a product, and tells whether this shop had it already; nothing when it did not come.
async fn product_of(run: &mut Run<'_>, product: &Planned, categories: &HashMap<u64, String>) -> Result<Option<bool>> {
    let item = product.item;
    if run.is_known(FormerKind::Product, item) {
        return Ok(Some(false));
    }
    if run.is_check {
        run.report.count(FormerKind::Product, Outcome::Brought);
        return Ok(Some(false));
    }
    let request = CreateProduct {
        slug: product.slug.clone(),
        category: product.category.and_then(|number| categories.get(&number).cloned()),
        name: Translated::same(product.name.clone()),
        description: Translated { id: product.description.clone(), en: String::new() },
        status: product.status,
        tax_class: None,
        options: product.options.clone(),
        variants: product.variants.iter().map(PlannedVariant::request).collect(),
        pictures: Vec::new(),
    };
    let note = product.note.as_deref().and_then(|note| Reason::parse(note).ok());
    let own = catalog::of_sku(&mut *run.shop.db.acquire().await?, &product.variants).await?;
    let writer = run.shop.staff(run.staff, Permission::ChangeCatalog)?;
    let done = transact!(writer, |work| {
        let id = match own {
            Some((id, _)) => id,
            None => {
                let slug = catalog::free_slug(work, &request.slug, item.1).await?;
                let request = CreateProduct { slug, ..request.clone() };
                let id = catalog::write(work, request, Some(product.made_at)).await?;
                if let Some(note) = &note {
                    catalog::notes::write_former(work, id, note).await?;
                }
                id
            }
        };
        remember(work, item, id.get()).await?;
        Ok(id.get())
    });
    let done = run.settle(FormerKind::Product, item, done)?;
    if let (Some(_), Some((_, sku))) = (done, &own) {
        run.corrected(FormerKind::Product, item.1, Finding::TakenForOwn { sku: sku.clone() });
    }
    Ok(done.map(|_| own.is_some()))
}

/// Puts units on a shelf, as they lay there before anything of what is brought was sold.
async fn stock(run: &mut Run<'_>, product: &Planned, variant: &PlannedVariant, units: u32) -> Result<()> {
    let item: Item = variant.item;
    if run.is_known(FormerKind::Stock, item) {
        return Ok(());
    }
    if run.is_check {
        run.report.count(FormerKind::Stock, Outcome::Brought);
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
    run.settle(FormerKind::Stock, item, done).map(drop)
}
