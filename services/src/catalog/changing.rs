//! How products are changed together whose fields alone change: each kind of rows in one statement, all of them or none. Where
//! rows come, go or move, and where an address or a SKU is another, a product is saved alone (`save`).

use std::collections::HashMap;

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::bulk::BulkProduct;
use domain::catalog::{ProductDocument, ProductId, StoredProduct, VariantDocument, VariantId};
use domain::events::{About, Happening};
use domain::message::Message;
use domain::money::Money;

use super::bulk::many;
use super::parts::{Ids, json};
use super::queries::bulk as bulk_queries;
use super::queries::store::{self as queries, TextItem};
use super::queries::variants as variant_queries;
use super::{making, save, variants};
use crate::database::StaffWork;
use crate::error::{Error, Result};
use crate::events;

/// A product that is about to be changed.
pub(crate) struct Changing<'a> {
    stored: &'a StoredProduct,
    wanted: ProductDocument,
}

impl<'a> Changing<'a> {
    /// What is stored, and what is asked for; nothing where that is wrong, or more than fields.
    pub(crate) fn of(stored: &'a StoredProduct, asked: ProductDocument) -> Option<Self> {
        let wanted = asked.tidied().ok()?;
        is_of_fields(&stored.document, &wanted).then_some(Self { stored, wanted })
    }

    fn id(&self) -> ProductId {
        self.stored.product_id
    }
}

/// Whether no row of the product comes, goes or moves, nothing is called otherwise that others may not be called, and its stock
/// is none of it.
fn is_of_fields(before: &ProductDocument, wanted: &ProductDocument) -> bool {
    let is_same = |was: &VariantDocument, is: &VariantDocument| {
        was.id.is_some()
            && (was.id, &was.sku, &was.values, was.picture, was.low_stock_limit)
                == (is.id, &is.sku, &is.values, is.picture, is.low_stock_limit)
    };
    before.slug == wanted.slug
        && before.options == wanted.options
        && before.pictures == wanted.pictures
        && before.related == wanted.related
        && before.variants.len() == wanted.variants.len()
        && before.variants.iter().zip(&wanted.variants).all(|(was, is)| is_same(was, is))
}

/// Changes products, which come by ascending ids; nothing for one that somebody else saved since it was looked at. What is wrong
/// with one of them keeps them all as they are: whoever brings several asks for each alone then.
pub(crate) async fn change_within<'a>(
    work: &mut StaffWork,
    products: impl Iterator<Item = &'a Changing<'a>>,
) -> Result<Vec<Option<StoredProduct>>> {
    let products: Vec<&Changing<'_>> = products.collect();
    // The locks in their order: settings, categories, products; whoever writes variants locks them.
    save::keep_named(work, &products.iter().map(|product| &product.wanted).collect::<Vec<_>>()).await?;
    let ids: Vec<ProductId> = products.iter().map(|product| product.id()).collect();
    let locked = bulk_queries::locked_products(work, &json(&ids)?).await?;
    let versions: HashMap<ProductId, u64> = locked.into_iter().map(|item| (item.id, item.version)).collect();
    if versions.len() < products.len() {
        return Err(Error::NotFound(Message::NoSuchProduct));
    }
    // Whatever changes a document raises its version: what was looked at is what is there.
    let is_known = |product: &Changing<'_>| versions.get(&product.id()) == Some(&product.stored.version);
    let mut own = products.clone();
    own.retain(|product| is_known(product) && product.wanted != product.stored.document);
    write(work, &own).await?;
    write_variants(work, &own).await?;
    record(work, &own).await?;
    let now = work.now();
    let after = |product: &Changing<'_>| {
        let stored = product.stored.clone();
        if product.wanted == stored.document {
            return stored;
        }
        StoredProduct { version: stored.version + 1, document: product.wanted.clone(), updated_at: now, ..stored }
    };
    Ok(products.iter().map(|product| is_known(product).then(|| after(product))).collect())
}

/// Writes what products have one of.
async fn write(work: &mut StaffWork, products: &[&Changing<'_>]) -> Result<()> {
    let now = work.now();
    let mut prices: Vec<(ProductId, Money)> = Vec::new();
    let (mut items, mut texts) = (Vec::new(), Vec::new());
    for product in products {
        let (id, was, is) = (product.id(), &product.stored.document, &product.wanted);
        if (ProductDocument { variants: was.variants.clone(), ..is.clone() }) == *was && is_searched_alike(was, is) {
            prices.push((id, is.from_price()));
            continue;
        }
        items.push(queries::KnownItem { id, item: making::item(is)? });
        if (&was.name, &was.description) != (&is.name, &is.description) {
            texts.push(TextItem { product: id, description: json(&is.description)?, search: save::search_text(is) });
        }
    }
    if !prices.is_empty() {
        bulk_queries::update_from_prices(work, &json(&prices)?, now).await?;
    }
    if !items.is_empty() {
        queries::update_products(work, &json(&items)?, now).await?;
    }
    if !texts.is_empty() {
        queries::update_many_texts(work, &json(&texts)?).await?;
    }
    Ok(())
}

/// Whether the desk finds both by the same words.
fn is_searched_alike(was: &ProductDocument, is: &ProductDocument) -> bool {
    was.variants.iter().zip(&is.variants).all(|(was, is)| was.barcode == is.barcode)
}

/// Writes the variants of which something changed.
async fn write_variants(work: &mut StaffWork, products: &[&Changing<'_>]) -> Result<()> {
    let mut prices: Vec<(VariantId, Money)> = Vec::new();
    let (mut priced, mut items) = (Vec::new(), Vec::new());
    for product in products {
        let ids = Ids::of(&product.wanted)?;
        let bulk = BulkProduct::of(&product.wanted).variants;
        let pairs = product.stored.document.variants.iter().zip(&product.wanted.variants).enumerate();
        for (position, (was, is)) in pairs.filter(|(_, (was, is))| was != is) {
            match is.id {
                Some(id) if (VariantDocument { price: was.price, ..is.clone() }) == *was => prices.push((id, is.price)),
                Some(_) if is_priced_alone(was, is) => priced.extend(bulk.get(position).map(many::priced)),
                known => items.push(variants::item(product.id(), known, position, &product.wanted, &ids)?),
            }
        }
    }
    // Ascending, as everybody locks them.
    prices.sort_unstable();
    priced.sort_by_key(|item| item.id);
    items.sort_by_key(|item| item.id);
    if !prices.is_empty() {
        bulk_queries::update_prices(work, &json(&prices)?).await?;
    }
    if !priced.is_empty() {
        bulk_queries::update_variants(work, &json(&priced)?).await?;
    }
    if !items.is_empty() {
        variant_queries::update_variants(work, &json(&items)?).await?;
    }
    Ok(())
}

/// Whether nothing else changes than what many are changed in at once: a short list is read in half the time.
fn is_priced_alone(was: &VariantDocument, is: &VariantDocument) -> bool {
    let VariantDocument { price, compare_at_price, sale, min_quantity, max_quantity, .. } = *was;
    VariantDocument { price, compare_at_price, sale, min_quantity, max_quantity, ..is.clone() } == *was
}

/// Tells the history and the other desks.
async fn record(work: &mut StaffWork, products: &[&Changing<'_>]) -> Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    let told: Vec<Happening> = products.iter().map(|product| About::Product(product.id()).into()).collect();
    events::record_all(work, &told).await?;
    let changed = products.iter().map(|product| {
        let subject = Subject::new(SubjectKind::Product, product.id(), product.wanted.slug.as_str());
        (subject, &product.stored.document, &product.wanted)
    });
    work.record_many(AuditAction::SaveProduct, changed).await
}
