//! One change for many products: the preview, and the change of what it showed.

use std::collections::{HashMap, HashSet};

use domain::audit::AuditAction;
use domain::catalog::bulk::{Effect, MOST_PRODUCTS, MOST_ROWS};
use domain::catalog::{
    ApplyBulk, BulkChange, BulkOutcome, BulkPreview, BulkRow, BulkTotals, BulkVerdict, ChangeOf, LeftAlone,
    PreviewBulk, ProductId, ProductStatus, SeenProduct, Selection, ShowBulkRows,
};
use domain::events::About;
use domain::locale::Translated;
use domain::message::Message;
use domain::problem::FieldProblem;
use domain::staff::{Permission, Staff};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::{bulk as queries, remove as naming, store, tree};
use super::{goods, remove, taxes, undo};
use crate::database::{StaffWork, transact};
use crate::error::{Error, Result};
use crate::{Shop, events, settings};

pub(super) mod many;

use many::Good;

/// What a change would do. Nothing is written.
///
/// `Invalid` for a change that makes no sense, and for more products than may be changed at once.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn preview(shop: &Shop, staff: &Staff, request: PreviewBulk) -> Result<BulkPreview> {
    staff.require(Permission::ChangeCatalog)?;
    let request = request.tidied().map_err(Error::Invalid)?;
    let mut conn = shop.db.acquire().await?;
    known_target(&mut conn, shop, &request.change).await?;
    let ids = selected(shop, &mut conn, request.selection).await?;
    let goods = many::read(&mut conn, &ids).await?;
    let named = named(&mut conn, &request.change, &ids).await?;

    let mut totals = BulkTotals::default();
    let (mut changing, mut refused, mut staying) = (Vec::new(), Vec::new(), Vec::new());
    let mut first = Vec::new();
    for good in &goods {
        let (effect, is_archived) = effect(&request.change, good, &named);
        match &effect {
            Effect::Refused(_) => refused.push(good.id),
            Effect::Stays => staying.push(good.id),
            Effect::Becomes(after) => {
                totals.archived += u32::from(is_archived);
                let variants = good.product.variants.iter().zip(&after.variants);
                totals.variants += counted(variants.filter(|(was, is)| was != is).count());
            }
            Effect::Goes => totals.variants += counted(good.product.variants.len()),
        }
        if matches!(effect, Effect::Becomes(_) | Effect::Goes) {
            changing.push(SeenProduct { product_id: good.id, version: good.version });
            if first.len() < MOST_ROWS {
                first.push(row(good, effect, is_archived));
            }
        }
    }
    totals.products = counted(goods.len());
    (totals.changing, totals.refused, totals.staying) =
        (counted(changing.len()), counted(refused.len()), counted(staying.len()));
    let rows = with_faces(&mut conn, first).await?;
    Ok(BulkPreview { totals, changing, refused, staying, rows })
}

/// What a change would do to some products, as they are now.
pub async fn rows(shop: &Shop, staff: &Staff, request: ShowBulkRows) -> Result<Vec<BulkRow>> {
    staff.require(Permission::ChangeCatalog)?;
    let ShowBulkRows { change, products } = request.tidied().map_err(Error::Invalid)?;
    let mut conn = shop.db.acquire().await?;
    known_target(&mut conn, shop, &change).await?;
    let named = named(&mut conn, &change, &products).await?;
    let mut rows: HashMap<ProductId, BulkRow> = HashMap::new();
    for good in many::read(&mut conn, &products).await? {
        let (effect, is_archived) = effect(&change, &good, &named);
        rows.insert(good.id, row(&good, effect, is_archived));
    }
    let rows = products.iter().filter_map(|id| rows.remove(id)).collect();
    with_faces(&mut conn, rows).await
}

/// Changes what a preview showed, in one unit of work. What somebody saved since, and what cannot be changed any more, is left
/// out and named. The same wish again is answered as it was the first time.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn apply(shop: &Shop, staff: &Staff, request: ApplyBulk) -> Result<BulkOutcome> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let request = request.tidied().map_err(Error::Invalid)?;
    let wish = undo::Wish::of(&request.key, &(&request.change, &request.products))?;
    let outcome = transact!(writer, |work| {
        if let Some(answer) = undo::answered(work, &wish).await? {
            return Ok(answer);
        }
        let to = lock_target(work, &request.change).await?;
        let what = ChangeOf::Bulk { change: request.change.clone(), to };
        let change = undo::begin(work, &what, Some(&wish)).await?;
        let (changed, left_out) = within(work, change, &request).await?;
        let outcome = BulkOutcome {
            change_id: Some(change).filter(|_| changed > 0),
            changed,
            left_out: counted(left_out.len()),
            left_out_first: left_out.into_iter().take(BulkOutcome::MOST_NAMED).collect(),
        };
        if changed == 0 {
            undo::drop_empty(work, change).await?;
            return Ok(outcome);
        }
        undo::finish(work, change, changed, Some(&outcome)).await?;
        events::record(work, &About::Goods.into()).await?;
        if request.change == BulkChange::Delete {
            events::record(work, &About::Stock.into()).await?;
        }
        let told = json!({ "change": request.change, "products": changed });
        work.record(AuditAction::BulkChange, &undo::subject(change, &what), &(), &told).await?;
        Ok(outcome)
    })?;
    Ok(outcome)
}

/// Locks the products, decides about each, and writes all that change.
async fn within(
    work: &mut StaffWork,
    change: domain::catalog::ChangeId,
    request: &ApplyBulk,
) -> Result<(u32, Vec<LeftAlone>)> {
    let ids: Vec<ProductId> = request.products.iter().map(|seen| seen.product_id).collect();
    let goods = many::locked(work, &ids, matches!(request.change, BulkChange::Limits { .. })).await?;
    if request.change == BulkChange::Delete {
        // Nobody orders what is locked, and a counter that is locked moves no more.
        remove::lock(work, &ids).await?;
    }
    let named = named(work, &request.change, &ids).await?;
    let mut found: HashMap<ProductId, &Good> = goods.iter().map(|good| (good.id, good)).collect();
    let (mut becoming, mut going, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for seen in &request.products {
        let Some(good) = found.remove(&seen.product_id) else {
            left_out.push(LeftAlone { product_id: seen.product_id, name: None, why: Message::ProductWasDeleted });
            continue;
        };
        let mut leave = |why| left_out.push(LeftAlone { product_id: good.id, name: Some(good.name.clone()), why });
        if good.version != seen.version {
            leave(Message::ChangedSincePreview);
            continue;
        }
        match effect(&request.change, good, &named).0 {
            Effect::Becomes(after) => becoming.push((good, after)),
            Effect::Goes => going.push(good.id),
            Effect::Stays => {}
            Effect::Refused(refusals) => {
                leave(refusals.into_iter().next().map_or(Message::NotAChoice, |refusal| refusal.why));
            }
        }
    }
    let becoming: Vec<_> = becoming.iter().map(|(good, after)| (*good, after)).collect();
    undo::note_many(work, change, &becoming).await?;
    many::write(work, &becoming).await?;
    remove::delete_noted(work, change, &going).await?;
    Ok((counted(becoming.len() + going.len()), left_out))
}

/// What becomes of a product; for one that is archived because something names it, that too.
fn effect(change: &BulkChange, good: &Good, named: &HashSet<ProductId>) -> (Effect, bool) {
    if *change == BulkChange::Delete && named.contains(&good.id) {
        let archived = BulkChange::archived(&good.product);
        let is_archived = archived != Effect::Stays;
        return (archived, is_archived);
    }
    (change.effect(&good.product), false)
}

/// Which of the products something names, when they are to be deleted.
async fn named(conn: &mut MySqlConnection, change: &BulkChange, ids: &[ProductId]) -> Result<HashSet<ProductId>> {
    if *change != BulkChange::Delete {
        return Ok(HashSet::new());
    }
    Ok(naming::named(conn, &serde_json::to_string(ids)?).await?.into_iter().collect())
}

async fn selected(shop: &Shop, conn: &mut MySqlConnection, selection: Selection) -> Result<Vec<ProductId>> {
    let (list, except) = match selection {
        Selection::Ids(ids) => return Ok(ids),
        Selection::Found { list, except } => (list, except.into_iter().collect::<HashSet<_>>()),
    };
    let mut ids = goods::found(shop, conn, list, MOST_PRODUCTS + except.len()).await?;
    ids.retain(|id| !except.contains(id));
    if ids.len() > MOST_PRODUCTS {
        return Err(Error::field("selection", Message::TooManyProducts { most: MOST_PRODUCTS }));
    }
    Ok(ids)
}

/// Refuses a category or a tax class that is not there.
async fn known_target(conn: &mut MySqlConnection, shop: &Shop, change: &BulkChange) -> Result<()> {
    if let BulkChange::Category(Some(category)) = change
        && tree::name(conn, *category).await?.is_none()
    {
        return Err(Error::field("change.category", Message::NoSuchCategory));
    }
    if let BulkChange::TaxClass(class) = change {
        taxes::check(&*settings::get(shop).await?, class.as_ref()).map_err(within_change)?;
    }
    Ok(())
}

/// The same, and it stays until the transaction ends; what it is called. Settings come before categories.
async fn lock_target(work: &mut StaffWork, change: &BulkChange) -> Result<Option<Translated>> {
    if let BulkChange::TaxClass(Some(class)) = change {
        let settings = settings::lock(work).await?;
        taxes::check(&settings, Some(class)).map_err(within_change)?;
        let known = settings.tax.classes.iter().find(|known| known.key == *class);
        return Ok(known.map(|known| Translated::same(known.name.clone())));
    }
    let BulkChange::Category(Some(category)) = change else { return Ok(None) };
    if !store::keep_category(work, *category).await? {
        return Err(Error::field("change.category", Message::NoSuchCategory));
    }
    Ok(tree::name(work, *category).await?)
}

fn within_change(error: Error) -> Error {
    let Error::Invalid(problems) = error else { return error };
    let below = |it: FieldProblem| FieldProblem::new(format!("change.{}", it.field), it.message);
    Error::Invalid(problems.into_iter().map(below).collect())
}

fn row(good: &Good, effect: Effect, is_archived: bool) -> BulkRow {
    let verdict = match effect {
        Effect::Becomes(_) if is_archived => BulkVerdict::IsArchived,
        Effect::Becomes(after) => BulkVerdict::Changes(good.product.differences(&after)),
        Effect::Goes => BulkVerdict::Goes,
        Effect::Stays => BulkVerdict::Stays,
        Effect::Refused(refusals) => BulkVerdict::Refused(refusals),
    };
    let status: ProductStatus = good.product.status;
    BulkRow {
        product_id: good.id,
        version: good.version,
        name: good.name.clone(),
        status,
        picture: None,
        verdict,
        skus: good.product.variants.iter().map(|it| (format!("#{}", it.id), it.sku.clone())).collect(),
    }
}

async fn with_faces(conn: &mut MySqlConnection, mut rows: Vec<BulkRow>) -> Result<Vec<BulkRow>> {
    let ids: Vec<ProductId> = rows.iter().map(|row| row.product_id).collect();
    let mut faces: HashMap<_, _> = queries::faces(conn, &serde_json::to_string(&ids)?).await?.into_iter().collect();
    for row in &mut rows {
        row.picture = faces.remove(&row.product_id).flatten();
    }
    Ok(rows)
}

/// No list is that long.
fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
