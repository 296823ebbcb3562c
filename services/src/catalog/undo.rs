//! Changes of products that can be taken back for thirty days: the list of them, what each did, and taking one back.
//!
//! What touches a few fields of many products is given back in one unit of work, products that came or went one by one: each
//! notes in its own unit of work that it is done, so that an undo that was cut short goes on where it was.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::audit::AuditAction;
use domain::catalog::undo::{UNDO_DAYS, undoable_until};
use domain::catalog::{
    ChangeDetail, ChangeId, ChangeOf, ChangePage, ChangeRow, ChangeState, ChangedProduct, Did, GetChange, ListChanges,
    ProductId, UndoAnswer, UndoChange, UndoTotals, UndoVerdict, VariantId,
};
use domain::events::About;
use domain::message::Message;
use domain::staff::{Permission, Staff};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::changes::{self as queries, ChangeItem, ProductItem};
use super::queries::undoing;
use crate::database::{StaffWork, StaffWriter, Work, transact};
use crate::error::{Error, Result};
use crate::{Shop, events};

mod fields;
mod notes;
mod shelf;
mod whole;

pub(crate) use notes::{Done, begin_import, end_import, join, note, note_all, note_category, note_made};
pub(super) use notes::{Gone, Wish, answered, begin, drop_empty, finish, note_changed, note_gone, note_many, subject};
pub(super) use shelf::note_shelf;

use notes::Noted;

/// Changes of a page, and products of one.
const PER_PAGE: u32 = 50;

/// Changes that can be taken back or were, the newest first.
pub async fn list(shop: &Shop, staff: &Staff, request: ListChanges) -> Result<ChangePage> {
    staff.require(Permission::ChangeCatalog)?;
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let before = request.after.unwrap_or(ChangeId::new(i64::MAX.unsigned_abs()));
    let mut items = queries::list(&mut conn, before, PER_PAGE + 1).await?;
    let has_more = items.len() > PER_PAGE as usize;
    items.truncate(PER_PAGE as usize);
    let next = items.last().filter(|_| has_more).map(|item| item.id);
    let rows = items.into_iter().map(|item| row(item, now)).collect::<Result<_>>()?;
    Ok(ChangePage { rows, next })
}

/// What a change did to a page of products, and what became of it.
pub async fn detail(shop: &Shop, staff: &Staff, request: GetChange) -> Result<ChangeDetail> {
    staff.require(Permission::ChangeCatalog)?;
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let GetChange { change_id: id, only_kept, after } = request;
    let item = queries::get(&mut conn, id).await?.ok_or(Error::NotFound(Message::NoSuchChange))?;
    let after = after.unwrap_or(ProductId::new(0));
    let mut items = queries::products(&mut conn, id, after, only_kept, PER_PAGE + 1).await?;
    let has_more = items.len() > PER_PAGE as usize;
    items.truncate(PER_PAGE as usize);
    let next = items.last().filter(|_| has_more).map(|item| item.product_id);
    let products = told(&mut conn, items, item.undone_at.is_some()).await?;
    Ok(ChangeDetail { change: row(item, now)?, products, next })
}

/// Takes a change back: gives back what has not moved on since, and names the rest with reasons. It is done once; one that was
/// cut short goes on.
///
/// `Refused` when its time is over, and when a category cannot come back: then nothing was done.
#[instrument(skip_all, fields(staff.id = %staff.id, change.id = %request.change_id))]
pub async fn undo(shop: &Shop, staff: &Staff, request: UndoChange) -> Result<UndoAnswer> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let id = request.change_id;
    let begun = transact!(writer, |work| { begin_undo(work, id).await })?;
    let outcome = match &begun {
        Begun::Before | Begun::Done => Ok(()),
        Begun::Left(products) => one_by_one(&writer, id, products).await,
    };
    outcome?;

    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let item = queries::get(&mut conn, id).await?.ok_or(Error::NotFound(Message::NoSuchChange))?;
    let kept = queries::products(&mut conn, id, ProductId::new(0), true, PER_PAGE).await?;
    let kept = told(&mut conn, kept, true).await?;
    Ok(UndoAnswer { already: matches!(begun, Begun::Before), change: row(item, now)?, kept })
}

/// What the first unit of work of an undo came to.
enum Begun {
    /// It was undone before.
    Before,
    Done,
    /// Those are left, each for a unit of work of its own.
    Left(Vec<ProductId>),
}

async fn begin_undo(work: &mut StaffWork, id: ChangeId) -> Result<Begun> {
    let item = locked(work, id).await?;
    if item.undone_at.is_some() {
        return Ok(Begun::Before);
    }
    let (now, by) = (work.now(), work.staff().name.clone());
    if undoable_until(item.at) <= now {
        return Err(Error::Refused(Message::UndoTooLate { days: UNDO_DAYS }));
    }
    let what: ChangeOf = serde_json::from_str(&item.what)?;
    if item.undo_began_at.is_none() {
        undoing::begin_undo(work, id, &by, now).await?;
        if let ChangeOf::DeletedCategory { .. } = &what {
            shelf::put_back(work, item.content.as_deref()).await?;
        }
    }
    let mut fields = Vec::new();
    let mut left = Vec::new();
    for product in undoing::open_products(work, id).await? {
        match Noted::read(&product)? {
            Noted::Changed(changed) if changed.is_of_many() => fields.push((product.product_id, changed)),
            Noted::Changed(_) | Noted::Created(_) | Noted::Gone(_) => left.push(product.product_id),
        }
    }
    fields::give_back(work, &item, &fields, left.is_empty()).await?;
    if left.is_empty() {
        end(work, id).await?;
        return Ok(Begun::Done);
    }
    Ok(Begun::Left(left))
}

async fn one_by_one(writer: &StaffWriter<'_>, id: ChangeId, products: &[ProductId]) -> Result<()> {
    for product in products {
        let outcome = transact!(writer, |work| {
            let item = locked(work, id).await?;
            let open = queries::product(work, id, *product).await?.filter(|product| product.verdict.is_none());
            let Some(open) = open.filter(|_| item.undone_at.is_none()) else { return Ok(()) };
            let verdict = whole::give_back(work, &item, &open).await?;
            settle(work, &item, *product, verdict).await
        });
        match outcome {
            // What cannot be saved as it was stays as it is, and says why.
            Err(Error::Refused(why) | Error::NotFound(why)) => keep(writer, id, *product, why).await?,
            Err(Error::Invalid(problems)) => {
                let why = problems.into_iter().next().map_or(Message::InvalidInput, |problem| problem.message);
                keep(writer, id, *product, why).await?;
            }
            other => other?,
        }
    }
    transact!(writer, |work| {
        let item = locked(work, id).await?;
        if item.undone_at.is_some() {
            return Ok(());
        }
        end(work, id).await
    })
}

async fn keep(writer: &StaffWriter<'_>, id: ChangeId, product: ProductId, why: Message) -> Result<()> {
    transact!(writer, |work| {
        let item = locked(work, id).await?;
        let open = queries::product(work, id, product).await?.filter(|product| product.verdict.is_none());
        if open.is_none() || item.undone_at.is_some() {
            return Ok(());
        }
        settle(work, &item, product, UndoVerdict::Kept(why.clone())).await
    })
}

/// Notes what became of one product.
async fn settle(work: &mut StaffWork, item: &ChangeItem, product: ProductId, verdict: UndoVerdict) -> Result<()> {
    fields::settle(work, item, vec![(product, verdict)]).await
}

/// The undo is done: tells the history and the other desks.
async fn end(work: &mut StaffWork, id: ChangeId) -> Result<()> {
    let now = work.now();
    shelf::clear(work, id).await?;
    undoing::end_undo(work, id, now).await?;
    let item = queries::get(work, id).await?.ok_or(Error::NotFound(Message::NoSuchChange))?;
    let what: ChangeOf = serde_json::from_str(&item.what)?;
    events::record(work, &About::Goods.into()).await?;
    events::record(work, &About::Stock.into()).await?;
    let told = json!({ "given_back": item.given_back, "partly": item.partly, "kept": item.kept });
    work.record(AuditAction::UndoChange, &subject(id, &what), &(), &told).await
}

async fn locked(work: &mut Work, id: ChangeId) -> Result<ChangeItem> {
    let item = if queries::lock(work, id).await? { queries::get(work, id).await? } else { None };
    item.ok_or(Error::NotFound(Message::NoSuchChange))
}

/// Forgets changes from before then; as many rows as one transaction should, nothing when all are gone.
pub(crate) async fn forget_before(work: &mut Work, limit: DateTime<Utc>) -> Result<u64> {
    const SOME: u32 = 5_000;
    let Some(id) = queries::oldest_before(work, limit).await? else { return Ok(0) };
    let gone = queries::delete_products(work, id, SOME).await?;
    if gone < u64::from(SOME) {
        queries::delete(work, id).await?;
        return Ok(gone + 1);
    }
    Ok(gone)
}

fn row(item: ChangeItem, now: DateTime<Utc>) -> Result<ChangeRow> {
    let totals = UndoTotals { given_back: item.given_back, partly: item.partly, kept: item.kept };
    let until = undoable_until(item.at);
    let state = match (item.undone_at, item.undo_began_at, item.undone_by) {
        (Some(at), _, by) => ChangeState::Undone { at, by: by.unwrap_or_default(), totals },
        (None, Some(_), by) => ChangeState::Underway { by: by.unwrap_or_default(), totals },
        (None, None, _) if until <= now => ChangeState::Over,
        (None, None, _) => ChangeState::Open,
    };
    let what = serde_json::from_str(&item.what)?;
    Ok(ChangeRow { id: item.id, at: item.at, by: item.by, what, products: item.products, until, state })
}

/// The products of a page for people, with the SKUs of their variants. What an undone change says nothing more of was given back.
async fn told(conn: &mut MySqlConnection, items: Vec<ProductItem>, is_undone: bool) -> Result<Vec<ChangedProduct>> {
    let mut products = Vec::new();
    let mut variants: Vec<VariantId> = Vec::new();
    for item in items {
        let did = match Noted::read(&item)? {
            Noted::Created(_) => Did::Created,
            Noted::Changed(changed) => Did::Changed(changed.differences),
            Noted::Gone(_) => Did::Deleted,
        };
        let undone = match item.verdict.as_deref() {
            Some(verdict) => Some(serde_json::from_str(verdict)?),
            None => is_undone.then_some(UndoVerdict::GivenBack),
        };
        let product = ChangedProduct { product_id: item.product_id, name: item.name, did, skus: Vec::new(), undone };
        variants.extend(named(&product));
        products.push(product);
    }
    variants.sort_unstable();
    variants.dedup();
    let skus: HashMap<VariantId, String> =
        queries::skus(conn, &serde_json::to_string(&variants)?).await?.into_iter().collect();
    for product in &mut products {
        let mut own = named(product);
        own.sort_unstable();
        own.dedup();
        product.skus = own.iter().filter_map(|id| Some((format!("#{id}"), skus.get(id)?.clone()))).collect();
    }
    Ok(products)
}

/// The variants that the paths of a product name.
fn named(product: &ChangedProduct) -> Vec<VariantId> {
    let changed = if let Did::Changed(differences) = &product.did { differences.as_slice() } else { &[] };
    let kept = if let Some(UndoVerdict::Partly(kept)) = &product.undone { kept.as_slice() } else { &[] };
    let paths = changed.iter().map(|it| &it.path).chain(kept.iter().map(|it| &it.path));
    let of_variants = paths.filter(|path| path.first().is_some_and(|first| first == "variants"));
    of_variants.filter_map(|path| path.get(1)?.strip_prefix('#')?.parse().ok()).collect()
}
