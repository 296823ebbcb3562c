//! The variants of a document. One that is stored keeps its id, and with it stock, ledger, carts and orders; one that the
//! document does not have any more goes only when nobody loses anything by it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::catalog::{ProductDocument, ProductId, SaveProduct, VariantDocument, VariantId};
use domain::message::Message;
use serde_json::json;

use super::parts::{Changes, Ids, json as text};
use super::queries::variants::{self as queries, ChosenItem, VariantItem};
use crate::database::StaffWork;
use crate::error::{Error, Result};
use crate::inventory;

/// Nobody puts the product's variants into a cart or an order until the transaction ends.
pub(super) async fn lock(work: &mut StaffWork, id: ProductId) -> Result<()> {
    Ok(queries::lock_variants(work, id).await?)
}

/// Makes the product's variants those of the document, moves the stock of those that go, and takes in what came.
pub(super) async fn store(
    work: &mut StaffWork,
    id: ProductId,
    stored: &ProductDocument,
    wanted: &ProductDocument,
    ids: &Ids,
    changes: Changes,
    request: &SaveProduct,
) -> Result<()> {
    let gone: Vec<VariantId> = stored.variants.iter().filter_map(|variant| variant.id).collect();
    let gone: Vec<VariantId> =
        gone.into_iter().filter(|id| !wanted.variants.iter().any(|variant| variant.id == Some(*id))).collect();
    let returning = returning(work, id, stored, wanted).await?;
    if !gone.is_empty() {
        queries::free_choices(work, &text(&gone)?).await?;
        // A SKU that another one takes over is free for it at once.
        let is_wanted = |known: &&VariantDocument| wanted.variants.iter().any(|variant| variant.sku == known.sku);
        let known = stored.variants.iter().filter(|known| known.id.is_some_and(|id| gone.contains(&id)));
        let taken: Vec<_> = known.filter(is_wanted).filter_map(|known| known.id).collect();
        queries::make_room_for_variants(work, &text(&taken)?).await?;
    }

    let mut kept = Vec::new();
    let mut new = Vec::new();
    for (position, variant) in wanted.variants.iter().enumerate() {
        let known = stored.variants.iter().position(|known| known.id.is_some() && known.id == variant.id);
        let is_same = known == Some(position) && stored.variants[position] == *variant;
        let loses_picture = changes.pictures && variant.picture.is_some();
        if is_same && !changes.options && !loses_picture {
            continue;
        }
        let known = variant.id.or_else(|| returning.get(variant.sku.as_str()).copied());
        let item = item(id, known, position, wanted, ids)?;
        if item.id.is_some() { kept.push((item, variant)) } else { new.push((item, variant)) }
    }
    let kept_ids: Vec<VariantId> = kept.iter().filter_map(|(item, _)| item.id).collect();
    if !kept.is_empty() {
        queries::make_room_for_variants(work, &text(&kept_ids)?).await?;
        queries::clear_chosen(work, &text(&kept_ids)?).await?;
        let items: Vec<_> = kept.iter().map(|(item, _)| item).collect();
        queries::update_variants(work, &text(&items)?).await.map_err(taken)?;
    }
    if !new.is_empty() {
        let items: Vec<_> = new.iter().map(|(item, _)| item).collect();
        queries::insert_variants(work, &text(&items)?).await.map_err(taken)?;
        queries::insert_stock(work, &text(&[id])?).await?;
    }
    let places = queries::variant_ids(work, &text(&[id])?).await?;
    // Those that go still stand where they stood.
    let stays = places.into_iter().filter(|row| !gone.contains(&row.id));
    let places: BTreeMap<u32, VariantId> = stays.map(|row| (row.position, row.id)).collect();
    let at = |position: usize| {
        let found = u32::try_from(position).ok().and_then(|position| places.get(&position));
        found.copied().ok_or_else(|| Error::internal("a variant has no place"))
    };

    let mut chosen = Vec::new();
    let mut warnings = BTreeMap::new();
    for (item, variant) in kept.iter().chain(&new) {
        let variant_id = at(item.position)?;
        for (option, value) in variant.values.iter().enumerate() {
            let (option, value) = ids.chosen(option, *value)?;
            chosen.push(ChosenItem { variant: variant_id, option, value });
        }
        let known = stored.variants.iter().find(|known| known.id == Some(variant_id));
        if known.is_none_or(|known| known.low_stock_limit != variant.low_stock_limit) {
            warnings.insert(variant_id, variant.low_stock_limit);
        }
    }
    if !chosen.is_empty() {
        queries::insert_chosen(work, &text(&chosen)?).await?;
    }
    if !warnings.is_empty() {
        queries::set_warnings(work, &self::warnings(warnings)?).await?;
    }
    move_stock(work, &gone, stored, request, at).await?;
    take_out(work, &gone, stored).await?;
    receive(work, request, at).await
}

/// Retired variants of the product that come back: a new one with the SKU of one is that one.
async fn returning<'a>(
    work: &mut StaffWork,
    id: ProductId,
    stored: &ProductDocument,
    wanted: &'a ProductDocument,
) -> Result<BTreeMap<&'a str, VariantId>> {
    // What keeps its SKUs needs none.
    let is_known = |variant: &VariantDocument| stored.variants.iter().any(|known| known.sku == variant.sku);
    if wanted.variants.iter().all(is_known) {
        return Ok(BTreeMap::new());
    }
    let mut returning = BTreeMap::new();
    let mut in_the_way = Vec::new();
    for (retired, sku) in queries::retired(work, id).await? {
        match wanted.variants.iter().find(|variant| variant.sku == sku) {
            Some(variant) if variant.id.is_none() => drop(returning.insert(variant.sku.as_str(), retired)),
            Some(_) => in_the_way.push(retired),
            None => {}
        }
    }
    if !in_the_way.is_empty() {
        queries::make_room_for_variants(work, &text(&in_the_way)?).await?;
    }
    Ok(returning)
}

/// The variant at that position, as it is to be stored.
pub(super) fn item<'a>(
    product: ProductId,
    id: Option<VariantId>,
    position: usize,
    wanted: &'a ProductDocument,
    ids: &Ids,
) -> Result<VariantItem<'a>> {
    let variant = &wanted.variants[position];
    let chosen = variant.values.iter().enumerate().map(|(option, value)| ids.chosen(option, *value));
    let chosen = chosen.map(|chosen| Ok(chosen?.1.to_string())).collect::<Result<Vec<_>>>()?;
    Ok(VariantItem {
        id,
        product,
        sku: &variant.sku,
        barcode: Some(variant.barcode.as_str()).filter(|code| !code.is_empty()),
        position,
        choice: chosen.join("-"),
        options: text(&wanted.options_text(variant))?,
        price: variant.price,
        compare_at: variant.compare_at_price,
        cost: variant.cost,
        sale: variant.sale.map(|sale| sale.price),
        sale_from: variant.sale.and_then(|sale| sale.from).map(instant),
        sale_until: variant.sale.and_then(|sale| sale.until).map(instant),
        weight: variant.weight_grams,
        fewest: variant.min_quantity,
        most: variant.max_quantity,
        picture: variant.picture,
        warn_at: variant.low_stock_limit,
    })
}

/// From how many units on the owner is warned, as a statement reads it.
pub(super) fn warnings(limits: impl IntoIterator<Item = (VariantId, u32)>) -> Result<String> {
    let limits = limits.into_iter().map(|(id, warn_at)| json!({ "id": id, "warn_at": warn_at }));
    text(&limits.collect::<Vec<_>>())
}

/// As both servers write an instant.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S%.6f").to_string()
}

/// Somebody else took a SKU since it was looked for: the whole is done again, and tells which.
pub(super) fn taken(error: sqlx::Error) -> Error {
    if crate::database::is_duplicate_of(&error, "variants_sku") { Error::Busy(error) } else { error.into() }
}

/// Units of variants that go come to where the request says.
async fn move_stock(
    work: &mut StaffWork,
    gone: &[VariantId],
    stored: &ProductDocument,
    request: &SaveProduct,
    at: impl Fn(usize) -> Result<VariantId>,
) -> Result<()> {
    for moved in &request.moved_stock {
        let Some(from) = gone.iter().find(|id| **id == moved.from) else {
            return Err(Error::field("moved_stock", Message::NoSuchVariant));
        };
        if moved.to >= request.document.variants.len() {
            return Err(Error::field("moved_stock", Message::NoSuchVariant));
        }
        let sku = |id| stored.variants.iter().find(|known| known.id == Some(id)).map_or("", |known| known.sku.as_str());
        let to = at(moved.to)?;
        inventory::move_all(work, (*from, sku(*from)), to).await?;
    }
    Ok(())
}

/// Takes variants out of the product: deletes what nothing names, retires the others. Nobody's units are lost.
async fn take_out(work: &mut StaffWork, gone: &[VariantId], stored: &ProductDocument) -> Result<()> {
    if gone.is_empty() {
        return Ok(());
    }
    let now = work.now();
    for row in queries::gone(work, &text(&gone)?).await? {
        let left = inventory::locked(work, row.id).await?;
        let known = stored.variants.iter().find(|known| known.id == Some(row.id));
        let sku = known.map(|known| known.sku.clone()).unwrap_or_default();
        if left.reserved > 0 {
            return Err(Error::Refused(Message::UnitsArePromised { sku, reserved: left.reserved }));
        }
        if left.on_hand > 0 {
            return Err(Error::Refused(Message::VariantHasStock { sku, on_hand: left.on_hand }));
        }
        if row.is_named {
            queries::retire(work, row.id, now).await?;
        } else {
            queries::delete_variant(work, row.id).await?;
        }
    }
    Ok(())
}

/// What came in with the product, in ascending order of variants.
async fn receive(work: &mut StaffWork, request: &SaveProduct, at: impl Fn(usize) -> Result<VariantId>) -> Result<()> {
    let mut units: BTreeMap<VariantId, u32> = BTreeMap::new();
    for received in &request.received {
        if received.variant >= request.document.variants.len() {
            return Err(Error::field("received", Message::NoSuchVariant));
        }
        let sum = units.entry(at(received.variant)?).or_default();
        *sum = sum.saturating_add(received.quantity);
    }
    for (variant, quantity) in units {
        inventory::receive_within(work, variant, quantity).await?;
    }
    Ok(())
}
