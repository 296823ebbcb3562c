//! The tree of categories, as staff order it. Whoever changes it has the lock of all of it.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::bulk::BulkProduct;
use domain::catalog::{
    CategoryId, CategoryRow, CategoryTree, ChangeOf, CreateCategory, DeleteCategory, ListCategories, MoveCategory,
    SaveCategory, suggest,
};
use domain::events::About;
use domain::locale::Translated;
use domain::message::Message;
use domain::staff::{Permission, Staff};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::bulk::many;
use super::queries::tree as queries;
use super::undo;
use crate::database::{StaffWork, transact};
use crate::error::{Error, Result};
use crate::{Shop, database, events, media};

/// The whole tree, for staff.
pub async fn categories_of_desk(shop: &Shop, staff: &Staff, _: ListCategories) -> Result<CategoryTree> {
    staff.require(Permission::ViewStock)?;
    read(&mut *shop.db.acquire().await?).await
}

/// Adds a category behind the others of the first level.
pub async fn create_category(shop: &Shop, staff: &Staff, request: CreateCategory) -> Result<CategoryId> {
    let CreateCategory { slug, name } = request;
    if domain::text::is_empty(&slug) {
        return Err(Error::field("slug", Message::Required));
    }
    let request = SaveCategory { category_id: None, version: 0, parent_id: None, slug, name, picture: None };
    Ok(save_category(shop, staff, request).await?.id)
}

/// Adds a category behind its siblings, or changes one of a version.
///
/// `Invalid` for a name that a sibling has, an address that is taken, and a fourth level; `Refused(ChangedMeanwhile)` when
/// somebody saved since it was read, unless it is what was asked for.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn save_category(shop: &Shop, staff: &Staff, request: SaveCategory) -> Result<CategoryRow> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let request = request.tidied().map_err(Error::Invalid)?;
    let saved = transact!(writer, |work| {
        let now = work.now();
        let tree = locked(work).await?;
        let before = match request.category_id {
            Some(id) => Some(tree.get(id).ok_or(Error::NotFound(Message::NoSuchCategory))?),
            None => None,
        };
        let parent = before.map_or(request.parent_id, |before| before.parent_id);
        if before.is_none() {
            tree.may_stand(None, parent).map_err(|message| Error::field("parent_id", message))?;
        }
        if tree.has_name(parent, &request.name, request.category_id) {
            return Err(Error::field("name", Message::AlreadyTaken));
        }
        let picture = match &request.picture {
            Some(key) => Some(
                media::claim(work, &[key])
                    .await?
                    .get(key)
                    .copied()
                    .ok_or(Error::field("picture", Message::NoSuchPicture))?,
            ),
            None => None,
        };
        let slug = match (request.slug.as_str(), before) {
            ("", Some(before)) if suggest::slug_of(&before.name) == suggest::slug_of(&request.name) => {
                before.slug.clone()
            }
            ("", _) => free_slug(work, &request.name, request.category_id).await?,
            (slug, _) => slug.to_owned(),
        };
        if let Some(before) = before {
            let shown = before.picture.as_ref().map(|picture| picture.key.as_str());
            if before.slug == slug && before.name == request.name && shown == request.picture.as_deref() {
                // A double click is one wish.
                return Ok(before.clone());
            }
            if before.version != request.version {
                return Err(Error::Refused(Message::ChangedMeanwhile));
            }
        }
        let written = match request.category_id {
            Some(id) => queries::update(work, id, &slug, &request.name, picture).await.map(|()| id),
            None => queries::insert(work, parent, &slug, &request.name, picture).await,
        };
        let id = match written {
            Err(error) if database::is_duplicate_of(&error, "categories_slug") => {
                return Err(Error::field("slug", Message::AlreadyTaken));
            }
            other => other?,
        };
        if before.is_none_or(|before| before.slug != slug) {
            queries::take_address(work, &slug).await?;
        }
        if let Some(before) = before.filter(|before| before.slug != slug) {
            queries::leave_address(work, &before.slug, id, now).await?;
        }
        let tree = read(work).await?;
        let after = tree.get(id).ok_or(Error::NotFound(Message::NoSuchCategory))?;
        let action = if before.is_some() { AuditAction::SaveCategory } else { AuditAction::CreateCategory };
        record(work, action, after, before.map(told), told(after)).await?;
        Ok(after.clone())
    })?;
    Ok(saved)
}

/// Puts a category with all below it somewhere else.
///
/// `Refused` for a circle or a fourth level, and where a sibling has its name.
#[instrument(skip_all, fields(staff.id = %staff.id, category.id = %request.category_id))]
pub async fn move_category(shop: &Shop, staff: &Staff, request: MoveCategory) -> Result<CategoryTree> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let MoveCategory { category_id: id, parent_id: parent, before: next } = request;
    let tree = transact!(writer, |work| {
        let tree = locked(work).await?;
        let row = tree.get(id).ok_or(Error::NotFound(Message::NoSuchCategory))?;
        tree.may_stand(Some(id), parent).map_err(|message| {
            if message == Message::NoSuchCategory { Error::NotFound(message) } else { Error::Refused(message) }
        })?;
        if tree.has_name(parent, &row.name, Some(id)) {
            return Err(Error::field("name", Message::AlreadyTaken));
        }
        let mut siblings = children(&tree, parent);
        siblings.retain(|sibling| *sibling != id);
        let place = match next {
            Some(next) if next == id => return Ok(tree),
            Some(next) => {
                let place = siblings.iter().position(|sibling| *sibling == next);
                place.ok_or(Error::field("before", Message::NoSuchCategory))?
            }
            None => siblings.len(),
        };
        siblings.insert(place, id);
        if siblings == children(&tree, parent) {
            return Ok(tree);
        }
        put_all(work, parent, &siblings).await?;
        let after = read(work).await?;
        record(work, AuditAction::MoveCategory, row, Some(placed(&tree, id)), placed(&after, id)).await?;
        Ok(after)
    })?;
    Ok(tree)
}

/// Deletes a category of a version. Those below it come in its place, and its products and vouchers go where the request
/// says.
///
/// `Refused` when somebody saved it since, and when a voucher is for it and would be for everything without it.
#[instrument(skip_all, fields(staff.id = %staff.id, category.id = %request.category_id))]
pub async fn delete_category(shop: &Shop, staff: &Staff, request: DeleteCategory) -> Result<CategoryTree> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let DeleteCategory { category_id: id, version, goods_to } = request;
    let tree = transact!(writer, |work| {
        let now = work.now();
        let tree = locked(work).await?;
        let row = tree.get(id).ok_or(Error::NotFound(Message::NoSuchCategory))?;
        if row.version != version {
            return Err(Error::Refused(Message::ChangedMeanwhile));
        }
        if goods_to.is_some_and(|to| to == id || tree.get(to).is_none()) {
            return Err(Error::field("goods_to", Message::NoSuchCategory));
        }
        if goods_to.is_none()
            && let Some(code) = queries::voucher_for(work, id).await?
        {
            return Err(Error::Refused(Message::CategoryHasVouchers { code }));
        }
        let below = children(&tree, Some(id));
        if let Some(clash) = below
            .iter()
            .filter_map(|below| tree.get(*below))
            .find(|below| tree.has_name(row.parent_id, &below.name, Some(id)))
        {
            let name = clash.name.clone();
            return Err(Error::Refused(Message::CategoryNameClashes { name: name.into() }));
        }
        let mut siblings = children(&tree, row.parent_id);
        let place = siblings.iter().position(|sibling| *sibling == id).unwrap_or(siblings.len());
        siblings.splice(place..=place, below);
        put_all(work, row.parent_id, &siblings).await?;
        note(work, &tree, row, goods_to).await?;
        queries::hand_over(work, id, goods_to, now).await?;
        queries::delete(work, id).await?;
        let to = goods_to.and_then(|to| tree.get(to)).map(|to| to.slug.clone());
        record(work, AuditAction::DeleteCategory, row, Some(told(row)), json!({ "goods_to": to })).await?;
        read(work).await
    })?;
    Ok(tree)
}

/// Notes what goes with a category, so that it can come back.
async fn note(work: &mut StaffWork, tree: &CategoryTree, row: &CategoryRow, to: Option<CategoryId>) -> Result<()> {
    let goods_to = to.and_then(|to| tree.get(to)).map(|to| to.name.clone());
    let change = undo::begin(work, &ChangeOf::DeletedCategory { name: row.name.clone(), goods_to }, None).await?;
    let ids = queries::goods_of(work, row.id).await?;
    let goods = many::locked(work, &ids, false).await?;
    let moved: Vec<BulkProduct> =
        goods.iter().map(|good| BulkProduct { category: to, ..good.product.clone() }).collect();
    undo::note_many(work, change, &goods.iter().zip(&moved).collect::<Vec<_>>()).await?;
    let products = u32::try_from(goods.len()).map_err(Error::internal)?;
    undo::note_shelf(work, change, tree, row, to, products).await
}

/// The tree, and nobody else changes it until the transaction ends.
pub(super) async fn locked(work: &mut StaffWork) -> Result<CategoryTree> {
    queries::lock_tree(work).await?;
    read(work).await
}

pub(super) async fn read(conn: &mut MySqlConnection) -> Result<CategoryTree> {
    let rows = queries::tree(conn).await?.into_iter().map(|row| CategoryRow {
        id: row.id,
        parent_id: row.parent_id,
        version: row.version,
        slug: row.slug,
        picture: row.picture,
        name: row.name,
        products: u32::try_from(row.products).unwrap_or(u32::MAX),
    });
    Ok(CategoryTree::of(rows.collect()))
}

pub(super) fn children(tree: &CategoryTree, parent: Option<CategoryId>) -> Vec<CategoryId> {
    tree.0.iter().filter(|row| row.parent_id == parent).map(|row| row.id).collect()
}

pub(super) async fn put_all(work: &mut StaffWork, parent: Option<CategoryId>, siblings: &[CategoryId]) -> Result<()> {
    for (position, sibling) in (0..).zip(siblings) {
        queries::put(work, *sibling, parent, position).await?;
    }
    Ok(())
}

/// The first address that is like the name and nobody has or had.
async fn free_slug(conn: &mut MySqlConnection, name: &Translated, own: Option<CategoryId>) -> Result<String> {
    let wanted = suggest::slug_of(name);
    let taken = queries::slugs_like(conn, &wanted, own.unwrap_or(CategoryId::new(0))).await?;
    Ok(suggest::untaken(&wanted, |slug| taken.iter().any(|other| other == slug)))
}

fn told(row: &CategoryRow) -> serde_json::Value {
    json!({ "slug": row.slug, "name": row.name, "picture": row.picture.as_ref().map(|picture| &picture.key) })
}

/// Where a category stands, in the words of addresses.
fn placed(tree: &CategoryTree, id: CategoryId) -> serde_json::Value {
    let path: Vec<&str> = tree.path(id).into_iter().map(|row| row.slug.as_str()).collect();
    let siblings = children(tree, tree.get(id).and_then(|row| row.parent_id));
    let place = siblings.iter().position(|sibling| *sibling == id).map(|place| place + 1);
    json!({ "path": path.join("/"), "place": place })
}

async fn record(
    work: &mut StaffWork,
    action: AuditAction,
    row: &CategoryRow,
    before: Option<serde_json::Value>,
    after: serde_json::Value,
) -> Result<()> {
    let subject = Subject::new(SubjectKind::Category, row.id, row.slug.as_str());
    events::record(work, &About::Categories.into()).await?;
    work.record(action, &subject, &before, &after).await
}
