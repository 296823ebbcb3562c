//! How products come into being: however many at once, each kind of rows in one statement, all of them or none.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::{
    OptionId, OptionValueId, ProductDocument, ProductId, SaveProduct, StoredProduct, VariantId, suggest,
};
use domain::events::{About, Happening};
use domain::message::Message;
use domain::problem::FieldProblem;
use domain::text::TaxClassKey;

use super::parts::{self, Ids, json};
use super::queries::parts as parts_queries;
use super::queries::store::{self as queries, ProductItem, TextItem};
use super::queries::variants::{self as variant_queries, ChosenItem};
use super::{load, save, variants};
use crate::database::StaffWork;
use crate::error::{Error, Result};
use crate::events;
use crate::inventory::{self, FirstUnits};

/// A product that is about to be there.
struct New<'a> {
    document: ProductDocument,
    /// Which of its variants brought a SKU.
    typed: Vec<bool>,
    request: &'a SaveProduct,
}

/// Adds products in the order of the list. What is wrong with one of them keeps them all away: whoever brings several asks
/// for each alone then.
///
/// `made_at` dates products that an import brings from the past; nothing means now.
pub(crate) async fn make_within(
    work: &mut StaffWork,
    requests: &[SaveProduct],
    made_at: Option<DateTime<Utc>>,
) -> Result<Vec<StoredProduct>> {
    let mut new: Vec<New<'_>> = requests.iter().map(read).collect::<Result<_>>()?;
    // The locks in their order: settings, categories. Nobody else knows of the rest.
    save::keep_named(work, &new.iter().map(|new| &new.document).collect::<Vec<_>>()).await?;
    let ids = products(work, &mut new, made_at).await?;
    let placed: Vec<Placed<'_>> = ids
        .iter()
        .zip(&new)
        .map(|(id, new)| Placed { id: *id, document: &new.document, ids: Ids::default() })
        .collect();
    let placed = options(work, placed).await?;
    let pictured: Vec<_> = placed.iter().map(|placed| (placed.id, placed.document, &placed.ids)).collect();
    parts::pictures(work, &pictured).await?;
    let places = variants(work, &placed).await?;
    let with_pictures = placed.iter().filter(|placed| !placed.document.pictures.is_empty());
    let with_pictures: Vec<ProductId> = with_pictures.map(|placed| placed.id).collect();
    if !with_pictures.is_empty() {
        parts_queries::choose_pictures(work, &json(&with_pictures)?).await?;
    }
    let related: Vec<_> = placed.iter().map(|placed| (placed.id, placed.document)).collect();
    parts::related(work, &related).await?;
    receive(work, &ids, &new, &places).await?;
    // Their ids ascend in the order of the list.
    let stored = load::many(work, &ids).await?;
    record(work, &stored).await?;
    Ok(stored)
}

/// Where each variant stands.
type Places = HashMap<(ProductId, usize), VariantId>;

/// A product that has its row.
struct Placed<'a> {
    id: ProductId,
    document: &'a ProductDocument,
    ids: Ids,
}

fn read(request: &SaveProduct) -> Result<New<'_>> {
    let document = request.document.clone().tidied().map_err(Error::Invalid)?;
    let nothing = ProductDocument { options: Vec::new(), variants: Vec::new(), ..document.clone() };
    parts::check_ids(&nothing, &document)?;
    if !request.moved_stock.is_empty() {
        return Err(Error::field("moved_stock", Message::NoSuchVariant));
    }
    Ok(New { document, typed: save::typed_skus(&request.document), request })
}

/// Writes what products have one of; each gets its address and its SKUs here.
async fn products(work: &mut StaffWork, new: &mut [New<'_>], made_at: Option<DateTime<Utc>>) -> Result<Vec<ProductId>> {
    let is_chosen = new.iter().any(|new| !new.document.slug.is_empty());
    let mut beside: Vec<String> = new.iter().map(|new| new.document.slug.clone()).collect();
    for (at, new) in new.iter_mut().enumerate().filter(|(_, new)| new.document.slug.is_empty()) {
        new.document.slug = save::free_slug(work, &suggest::slug_of(&new.document.name), None, &beside).await?;
        beside[at].clone_from(&new.document.slug);
    }
    settle_skus(work, new).await?;
    let items: Vec<ProductItem<'_>> = new.iter().map(|new| item(&new.document)).collect::<Result<_>>()?;
    let made_at = made_at.unwrap_or(work.now());
    let inserted = queries::insert_products(work, &json(&items)?, made_at).await;
    inserted.map_err(|error| save::address_taken(error, is_chosen))?;

    let slugs = json(&beside)?;
    let found: HashMap<String, ProductId> = queries::by_slugs(work, &slugs).await?.into_iter().collect();
    let ids: Option<Vec<ProductId>> = beside.iter().map(|slug| found.get(slug).copied()).collect();
    let ids = ids.ok_or_else(|| Error::internal("a product has no row"))?;
    let mut texts = Vec::with_capacity(new.len());
    for (id, new) in ids.iter().zip(new.iter()) {
        let description = json(&new.document.description)?;
        texts.push(TextItem { product: *id, description, search: save::search_text(&new.document) });
    }
    queries::insert_texts(work, &json(&texts)?).await?;
    queries::take_addresses(work, &slugs).await?;
    Ok(ids)
}

/// What a product has one of, as it is to be stored.
pub(super) fn item(document: &ProductDocument) -> Result<ProductItem<'_>> {
    Ok(ProductItem {
        category: document.category,
        slug: &document.slug,
        name: json(&document.name)?,
        seo_title: json(&document.seo_title)?,
        seo_text: json(&document.seo_text)?,
        desk_text: save::desk_text(document),
        status: document.status,
        publish_at: document.publish_at.map(variants::instant),
        tax_class: document.tax_class.as_ref().map(TaxClassKey::as_str),
        note: save::note(document),
        from_price: document.from_price(),
    })
}

/// Refuses SKUs that others have, and finds others for those that nobody typed.
async fn settle_skus(work: &mut StaffWork, new: &mut [New<'_>]) -> Result<()> {
    let all: Vec<&str> =
        new.iter().flat_map(|new| &new.document.variants).map(|variant| variant.sku.as_str()).collect();
    let stored = variant_queries::taken_skus(work, ProductId::new(0), &json(&all)?).await?;
    let mut taken: HashSet<String> = stored.into_iter().collect();
    let mut every: HashSet<String> = all.into_iter().map(str::to_owned).collect();
    for new in new.iter_mut() {
        let mut problems = Vec::new();
        for (at, variant) in new.document.variants.iter_mut().enumerate() {
            if taken.insert(variant.sku.clone()) {
                continue;
            }
            if new.typed.get(at).copied().unwrap_or_default() {
                problems.push(FieldProblem::new(format!("variants[{at}].sku"), Message::AlreadyTaken));
                continue;
            }
            let others = variant_queries::skus_like(work, &variant.sku).await?;
            let is_taken = |sku: &str| every.contains(sku) || others.iter().any(|other| other == sku);
            variant.sku = suggest::untaken(&variant.sku, is_taken);
            every.insert(variant.sku.clone());
            taken.insert(variant.sku.clone());
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
    }
    let skus: Vec<&str> =
        new.iter().flat_map(|new| &new.document.variants).map(|variant| variant.sku.as_str()).collect();
    Ok(variant_queries::free_skus(work, ProductId::new(0), &json(&skus)?).await?)
}

/// Writes options and their values, and fills in their ids.
async fn options<'a>(work: &mut StaffWork, mut placed: Vec<Placed<'a>>) -> Result<Vec<Placed<'a>>> {
    let mut items = Vec::new();
    for placed in &placed {
        for (position, option) in placed.document.options.iter().enumerate() {
            items.push(parts::option_item(placed.id, option, position)?);
        }
    }
    if items.is_empty() {
        return Ok(placed);
    }
    parts_queries::insert_options(work, &json(&items)?).await?;
    let ids: Vec<ProductId> = placed.iter().map(|placed| placed.id).collect();
    let ids = json(&ids)?;
    let mut own: HashMap<ProductId, Vec<OptionId>> = HashMap::new();
    for (product, option) in parts_queries::option_ids(work, &ids).await? {
        own.entry(product).or_default().push(option);
    }
    let mut items = Vec::new();
    for placed in &mut placed {
        placed.ids.options = own.remove(&placed.id).unwrap_or_default();
        for (id, option) in placed.ids.options.iter().zip(&placed.document.options) {
            items.extend(parts::value_items(*id, option)?);
        }
    }
    parts_queries::insert_values(work, &json(&items)?).await?;
    let mut own: HashMap<OptionId, Vec<OptionValueId>> = HashMap::new();
    for (option, value) in parts_queries::value_ids(work, &ids).await? {
        own.entry(option).or_default().push(value);
    }
    for placed in &mut placed {
        let values = placed.ids.options.iter().map(|option| own.remove(option).unwrap_or_default());
        placed.ids.values = values.collect();
    }
    Ok(placed)
}

/// Writes variants with what they chose and with an empty shelf each.
async fn variants(work: &mut StaffWork, placed: &[Placed<'_>]) -> Result<Places> {
    let mut items = Vec::new();
    for placed in placed {
        for position in 0..placed.document.variants.len() {
            items.push(variants::item(placed.id, None, position, placed.document, &placed.ids)?);
        }
    }
    variant_queries::insert_variants(work, &json(&items)?).await.map_err(variants::taken)?;
    let ids: Vec<ProductId> = placed.iter().map(|placed| placed.id).collect();
    let ids = json(&ids)?;
    variant_queries::insert_stock(work, &ids).await?;
    let mut places = Places::new();
    for row in variant_queries::variant_ids(work, &ids).await? {
        places.insert((row.product, usize::try_from(row.position).map_err(Error::internal)?), row.id);
    }
    let mut chosen = Vec::new();
    let mut warnings = Vec::new();
    for placed in placed {
        for (position, variant) in placed.document.variants.iter().enumerate() {
            let id = place(&places, placed.id, position)?;
            for (option, value) in variant.values.iter().enumerate() {
                let (option, value) = placed.ids.chosen(option, *value)?;
                chosen.push(ChosenItem { variant: id, option, value });
            }
            warnings.push((id, variant.low_stock_limit));
        }
    }
    if !chosen.is_empty() {
        variant_queries::insert_chosen(work, &json(&chosen)?).await?;
    }
    warnings.sort_unstable();
    variant_queries::set_warnings(work, &variants::warnings(warnings)?).await?;
    Ok(places)
}

fn place(places: &Places, product: ProductId, position: usize) -> Result<VariantId> {
    places.get(&(product, position)).copied().ok_or_else(|| Error::internal("a variant has no place"))
}

/// What came in with them.
async fn receive(work: &mut StaffWork, ids: &[ProductId], new: &[New<'_>], places: &Places) -> Result<()> {
    let mut units: HashMap<VariantId, u32> = HashMap::new();
    for (id, new) in ids.iter().zip(new) {
        for received in &new.request.received {
            if received.variant >= new.request.document.variants.len() {
                return Err(Error::field("received", Message::NoSuchVariant));
            }
            let sum = units.entry(place(places, *id, received.variant)?).or_default();
            *sum = sum.saturating_add(received.quantity);
        }
    }
    let first = units.into_iter().map(|(variant, units)| {
        inventory::receivable(units)?;
        Ok(FirstUnits { variant, units })
    });
    let first = first.collect::<Result<_>>()?;
    inventory::receive_first(work, first, None).await
}

/// Tells the history and the other desks.
async fn record(work: &mut StaffWork, stored: &[StoredProduct]) -> Result<()> {
    let mut told: Vec<Happening> = stored.iter().map(|stored| About::Product(stored.product_id).into()).collect();
    if stored.iter().flat_map(|stored| &stored.stock).any(|stock| stock.on_hand > 0) {
        told.push(About::Stock.into());
    }
    events::record_all(work, &told).await?;
    let made = stored.iter().map(|stored| {
        (Subject::new(SubjectKind::Product, stored.product_id, stored.document.slug.as_str()), &stored.document)
    });
    work.record_new(AuditAction::CreateProduct, made).await
}
