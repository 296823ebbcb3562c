//! Giving back one product whole: one that was deleted comes back, one that was made goes, one that an import changed in
//! whatever it has is what it was.

use std::collections::HashSet;

use domain::catalog::differences::{self, Facts, ORDER};
use domain::catalog::{
    Difference, KeptField, ProductDocument, ProductId, SaveProduct, SavedProduct, StoredProduct, UndoVerdict, undo,
};
use domain::locale::Locale;
use domain::message::Message;
use serde_json::{Value, json};
use sqlx::MySqlConnection;

use super::fields::{Missing, verdict};
use super::notes::{Changed, Created, Gone, MovedUnits, Noted, on_hand};
use crate::catalog::queries::changes::{ChangeItem, ProductItem};
use crate::catalog::queries::document::lock_product;
use crate::catalog::queries::undoing as queries;
use crate::catalog::queries::{bulk, variants};
use crate::catalog::{load, remove, save};
use crate::database::StaffWork;
use crate::error::{Error, Result};
use crate::inventory::{self, ToldUnits};
use crate::media;

/// Takes back what a change did to one product. Whatever the writer of products refuses is refused here.
pub(super) async fn give_back(work: &mut StaffWork, change: &ChangeItem, item: &ProductItem) -> Result<UndoVerdict> {
    match Noted::read(item)? {
        Noted::Gone(gone) => bring_back(work, *gone).await,
        Noted::Created(created) => take_away(work, item.product_id, &created).await,
        Noted::Changed(changed) => restore(work, change, item.product_id, changed).await,
    }
}

/// A product that was deleted comes back as a new one with all that it had: its address and SKUs where they are free, and the
/// units that lay on the shelf, by a line of the ledger.
async fn bring_back(work: &mut StaffWork, gone: Gone) -> Result<UndoVerdict> {
    let Gone { document, units, created_at, beside, addresses, .. } = gone;
    let before = category_and_class(&document);
    let missing = Missing::among(work, before.iter()).await?;
    // Others are locked before the one that nobody knows yet.
    let others = bulk::locked_products(work, &serde_json::to_string(&beside)?).await?;
    let mut kept = missing.part(&before, |_| None).1;
    let mut wanted = without_ids(document);
    for kept in &kept {
        if kept.why == Message::CategoryIsGone {
            wanted.category = None;
        } else {
            wanted.tax_class = None;
        }
    }
    drop_missing_pictures(work, &mut wanted, &mut kept).await?;
    let there = bulk::products(work, &serde_json::to_string(&wanted.related)?).await?;
    let there: HashSet<ProductId> = there.into_iter().map(|item| item.id).collect();
    wanted.related.retain(|other| there.contains(other));
    if queries::has_address(work, &wanted.slug).await?.is_some() {
        kept.push(kept_field(&["slug"], Message::AddressTakenSince));
        wanted.slug.clear();
    }
    let skus: Vec<&str> = wanted.variants.iter().map(|variant| variant.sku.as_str()).collect();
    let taken = variants::taken_skus(work, ProductId::new(0), &serde_json::to_string(&skus)?).await?;
    for variant in wanted.variants.iter_mut().filter(|variant| taken.contains(&variant.sku)) {
        let why = Message::SkuTakenSince { sku: std::mem::take(&mut variant.sku) };
        kept.push(kept_field(&["variants", "sku"], why));
    }

    let saved = save::save_within(work, &SaveProduct::new(wanted), Some(created_at)).await?;
    let SavedProduct::Saved(stored) = saved else { return Err(Error::internal("a new product was changed before")) };
    let note = match work.staff().locale {
        Locale::Indonesian => "Penghapusan produk diurungkan",
        Locale::English => "The product's deletion was undone",
    };
    let told = stored.document.variants.iter().zip(&units).filter(|(_, units)| **units > 0);
    let told = told.filter_map(|(variant, units)| {
        Some(ToldUnits { variant: variant.id?, sku: variant.sku.clone(), units: *units, seen: None, is_new: true })
    });
    inventory::bring(work, told.collect(), note).await?;
    let (id, now) = (stored.product_id, work.now());
    for address in addresses.iter().filter(|address| **address != stored.document.slug) {
        queries::lead_again(work, address, id, now).await?;
    }
    for other in others {
        let most = ProductDocument::MOST_RELATED as u64;
        if !queries::put_beside(work, (other.id, id), most, now).await? {
            kept.push(kept_field(&["related"], Message::TooMany { most: ProductDocument::MOST_RELATED }));
        }
    }
    Ok(verdict(kept, true))
}

/// A product that a change made goes, when it is as it was made and nothing names it.
async fn take_away(work: &mut StaffWork, id: ProductId, made: &Created) -> Result<UndoVerdict> {
    if !lock_product(work, id).await? {
        return Ok(UndoVerdict::GivenBack);
    }
    remove::lock(work, &[id]).await?;
    let stored = load::stored(work, id).await?;
    if remove::is_named(work, id).await? {
        return Ok(UndoVerdict::Kept(Message::SoldSince));
    }
    if stored.document != made.document || on_hand(&stored) != made.units {
        return Ok(UndoVerdict::Kept(Message::ChangedSince));
    }
    remove::delete_for_good(work, &stored).await?;
    Ok(UndoVerdict::GivenBack)
}

/// A product that a change left otherwise is what it was, but for what moved on since.
async fn restore(work: &mut StaffWork, change: &ChangeItem, id: ProductId, changed: Changed) -> Result<UndoVerdict> {
    let missing = Missing::among(work, changed.differences.iter()).await?;
    if !lock_product(work, id).await? {
        return Ok(UndoVerdict::Kept(Message::ProductWasDeleted));
    }
    let stored = load::stored(work, id).await?;
    let now = differences::facts(&stored.document);
    let (possible, mut kept) = missing.part(&changed.differences, |path| now.get(path).cloned());
    let mut possible = still_free(work, id, possible.into_owned(), &now, &mut kept).await?;

    // Units first: a variant goes only when none of them are left.
    let mut stuck = Vec::new();
    let moved = take_units_back(work, change, &stored, &changed.units, &mut stuck).await?;
    for variant in stuck {
        stays(&mut possible, &variant);
        kept.push(kept_field(&["variants", &variant, "on_hand"], Message::UnitsLeftSince));
    }
    let given = undo::give_back(&now, &possible);
    kept.extend(given.kept);
    let Some(document) = differences::document(&given.product) else {
        return Err(Error::Refused(Message::ChangedSince));
    };
    let has_changed = document != stored.document;
    if has_changed {
        let request = SaveProduct::of(&stored, document);
        if let SavedProduct::ChangedMeanwhile(_) = save::save_within(work, &request, None).await? {
            return Err(Error::internal("a locked product was changed"));
        }
    }
    Ok(verdict(kept, has_changed || moved))
}

/// Units that a change brought go from the shelf, and those that it took come back: the difference, whatever was sold since.
/// Variants of which not so many are left are named.
async fn take_units_back(
    work: &mut StaffWork,
    change: &ChangeItem,
    stored: &StoredProduct,
    units: &[MovedUnits],
    stuck: &mut Vec<String>,
) -> Result<bool> {
    if units.is_empty() {
        return Ok(false);
    }
    remove::lock(work, &[stored.product_id]).await?;
    let mut told = Vec::new();
    for moved in units {
        let Some(variant) = stored.document.variants.iter().find(|known| known.id == Some(moved.variant)) else {
            continue;
        };
        let counters = inventory::locked(work, moved.variant).await?;
        let free = i64::from(counters.on_hand) - i64::from(counters.reserved);
        if free + i64::from(moved.before) - i64::from(moved.after) < 0 {
            stuck.push(format!("#{}", moved.variant));
            continue;
        }
        let (sku, seen) = (variant.sku.clone(), Some(moved.after));
        told.push(ToldUnits { variant: moved.variant, sku, units: moved.before, seen, is_new: false });
    }
    let has_moved = !told.is_empty();
    let note = match work.staff().locale {
        Locale::Indonesian => format!("Perubahan #{} diurungkan", change.id),
        Locale::English => format!("Change #{} was undone", change.id),
    };
    inventory::bring(work, told, &note).await?;
    Ok(has_moved)
}

/// Leaves a variant out of what is given back: it is there afterwards, as it is.
fn stays(differences: &mut Vec<Difference>, variant: &str) {
    let row = ["variants".to_owned(), variant.to_owned()];
    differences.retain(|difference| !difference.path.starts_with(&row));
    let order = differences.iter_mut().filter(|it| it.path == ["variants", ORDER]);
    for names in order.filter_map(|it| it.before.as_mut()).filter_map(Value::as_array_mut) {
        if !names.iter().any(|name| name == variant) {
            names.push(json!(variant));
        }
    }
}

/// The differences without addresses and SKUs that others have by now, and without pictures that are gone.
async fn still_free(
    work: &mut StaffWork,
    id: ProductId,
    differences: Vec<Difference>,
    now: &Facts,
    kept: &mut Vec<KeptField>,
) -> Result<Vec<Difference>> {
    let mut possible = Vec::with_capacity(differences.len());
    let mut lost: Vec<String> = Vec::new();
    for difference in differences {
        let before = difference.before.as_ref().and_then(Value::as_str).unwrap_or_default();
        let path: Vec<&str> = difference.path.iter().map(String::as_str).collect();
        let why = match path[..] {
            ["slug"] => {
                let owner = queries::has_address(work, before).await?.filter(|owner| *owner != id);
                owner.map(|_| Message::AddressTakenSince)
            }
            ["variants", _, "sku"] => {
                let taken = variants::taken_skus(work, id, &serde_json::to_string(&[before])?).await?;
                (!taken.is_empty()).then(|| Message::SkuTakenSince { sku: before.to_owned() })
            }
            ["pictures", key, "key"] if difference.after.is_none() && !is_there(work, key).await? => {
                lost.push(key.to_owned());
                Some(Message::PictureIsGone)
            }
            _ => None,
        };
        match why {
            Some(why) => {
                let value = now.get(&difference.path).cloned();
                kept.push(KeptField { path: difference.path, now: value, why });
            }
            None => possible.push(difference),
        }
    }
    for key in &lost {
        let row = ["pictures".to_owned(), key.clone()];
        possible.retain(|difference| !difference.path.starts_with(&row));
        let order = possible.iter_mut().filter(|it| it.path == ["pictures", ORDER]);
        for names in order.filter_map(|it| it.before.as_mut()).filter_map(Value::as_array_mut) {
            names.retain(|name| name != key);
        }
    }
    Ok(possible)
}

async fn is_there(conn: &mut MySqlConnection, key: &str) -> Result<bool> {
    Ok(media::find(conn, key).await?.is_some())
}

async fn drop_missing_pictures(
    work: &mut StaffWork,
    document: &mut ProductDocument,
    kept: &mut Vec<KeptField>,
) -> Result<()> {
    let mut places = Vec::new();
    let mut there = Vec::new();
    for picture in std::mem::take(&mut document.pictures) {
        if is_there(work, &picture.key).await? {
            places.push(Some(there.len()));
            there.push(picture);
        } else {
            kept.push(kept_field(&["pictures", &picture.key], Message::PictureIsGone));
            places.push(None);
        }
    }
    document.pictures = there;
    for variant in &mut document.variants {
        variant.picture = variant.picture.and_then(|at| places.get(at).copied().flatten());
    }
    Ok(())
}

/// The fields of a document that name what may be gone.
fn category_and_class(document: &ProductDocument) -> Vec<Difference> {
    let field =
        |name: &str, before: Value| Difference { path: vec![name.to_owned()], before: Some(before), after: None };
    vec![field("category", json!(document.category)), field("tax_class", json!(document.tax_class))]
}

fn without_ids(mut document: ProductDocument) -> ProductDocument {
    for option in &mut document.options {
        option.id = None;
        option.values.iter_mut().for_each(|value| value.id = None);
    }
    document.variants.iter_mut().for_each(|variant| variant.id = None);
    document
}

fn kept_field(path: &[&str], why: Message) -> KeptField {
    KeptField { path: path.iter().map(|name| (*name).to_owned()).collect(), now: None, why }
}
