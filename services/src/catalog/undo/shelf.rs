//! Categories: one that was deleted comes back with what stood in it, and one that an import made goes when nothing does.

use domain::catalog::{CategoryId, CategoryRow, CategoryTree, ChangeId, ChangeOf};
use domain::locale::Translated;
use domain::message::Message;
use serde::{Deserialize, Serialize};

use crate::catalog::queries::changes as queries;
use crate::catalog::queries::{tree as shelves, undoing};
use crate::catalog::tree;
use crate::database::{self, StaffWork};
use crate::error::{Error, Result};
use crate::media;

/// A category that was deleted.
#[derive(Serialize, Deserialize)]
pub(in crate::catalog) struct Shelf {
    id: CategoryId,
    parent: Option<CategoryId>,
    /// Those below its parent in their order, itself among them.
    siblings: Vec<CategoryId>,
    /// Those below it.
    below: Vec<CategoryId>,
    slug: String,
    name: Translated,
    picture: Option<String>,
    version: u64,
    goods_to: Option<CategoryId>,
    vouchers: Vec<(u64, bool)>,
    addresses: Vec<String>,
}

/// Notes a category that is about to be deleted. The caller has the lock of the tree.
pub(in crate::catalog) async fn note_shelf(
    work: &mut StaffWork,
    change: ChangeId,
    tree: &CategoryTree,
    row: &CategoryRow,
    goods_to: Option<CategoryId>,
    products: u32,
) -> Result<()> {
    let shelf = Shelf {
        id: row.id,
        parent: row.parent_id,
        siblings: tree::children(tree, row.parent_id),
        below: tree::children(tree, Some(row.id)),
        slug: row.slug.clone(),
        name: row.name.clone(),
        picture: row.picture.as_ref().map(|picture| picture.key.clone()),
        version: row.version,
        goods_to,
        vouchers: undoing::vouchers(work, row.id, goods_to).await?,
        addresses: undoing::addresses(work, row.id).await?,
    };
    Ok(queries::finish(work, change, products, Some(&serde_json::to_string(&shelf)?)).await?)
}

/// Puts a category back to its place, with its number. `Refused` when something else has its address or its name there.
pub(super) async fn put_back(work: &mut StaffWork, content: Option<&str>) -> Result<()> {
    let now = work.now();
    let Some(content) = content else { return Err(Error::internal("a deleted category is not noted")) };
    let shelf: Shelf = serde_json::from_str(content)?;
    let tree = tree::locked(work).await?;
    // Where its parent is gone, it stands on the first level.
    let parent = shelf.parent.filter(|parent| tree.get(*parent).is_some());
    let below: Vec<CategoryId> =
        shelf.below.iter().copied().filter(|id| tree.get(*id).is_some_and(|row| row.parent_id == parent)).collect();
    let level = parent.map_or(0, |parent| tree.level(parent)) + 1;
    let height = below.iter().map(|id| tree.height(*id)).max().unwrap_or_default();
    if level + height > domain::catalog::MOST_LEVELS {
        return Err(Error::Refused(Message::CategoryTooDeep { most: domain::catalog::MOST_LEVELS }));
    }
    let is_clash = |row: &&CategoryRow| {
        let alone = CategoryTree(vec![(*row).clone()]);
        row.parent_id == parent && !below.contains(&row.id) && alone.has_name(parent, &shelf.name, None)
    };
    if let Some(clash) = tree.0.iter().find(is_clash) {
        return Err(Error::Refused(Message::CategoryNameClashes { name: clash.name.clone().into() }));
    }
    let picture = match &shelf.picture {
        Some(key) => media::claim(work, &[key]).await?.get(key).copied(),
        None => None,
    };
    let row = (parent, shelf.slug.as_str(), &shelf.name);
    match undoing::insert_category(work, shelf.id, row, picture, shelf.version + 1).await {
        Err(error) if database::is_duplicate_of(&error, "categories_slug") => {
            return Err(Error::Refused(Message::AddressTakenSince));
        }
        done => done?,
    }
    shelves::take_address(work, &shelf.slug).await?;

    // Its siblings as they stand now, and itself behind the nearest one before which it did not stand.
    let mut siblings: Vec<CategoryId> =
        tree::children(&tree, parent).into_iter().filter(|id| !below.contains(id)).collect();
    let before = shelf.siblings.iter().take_while(|id| **id != shelf.id);
    let place = before.filter_map(|id| siblings.iter().position(|sibling| sibling == id)).max();
    siblings.insert(place.map_or(0, |place| place + 1), shelf.id);
    tree::put_all(work, parent, &siblings).await?;
    tree::put_all(work, Some(shelf.id), &below).await?;
    if let Some(to) = shelf.goods_to {
        for voucher in shelf.vouchers {
            undoing::give_voucher(work, voucher, shelf.id, to).await?;
        }
    }
    for address in &shelf.addresses {
        undoing::give_address(work, address, shelf.id, shelf.goods_to, now).await?;
    }
    Ok(())
}

/// Deletes the categories that an import made and in which nothing stands.
pub(super) async fn clear(work: &mut StaffWork, change: ChangeId) -> Result<()> {
    let Some(item) = queries::get(work, change).await? else { return Ok(()) };
    let what: ChangeOf = serde_json::from_str(&item.what)?;
    let (ChangeOf::Import { .. }, Some(content)) = (what, item.content) else { return Ok(()) };
    let made: Vec<CategoryId> = serde_json::from_str(&content)?;
    tree::locked(work).await?;
    // Those below were made after those above.
    for id in made.into_iter().rev() {
        undoing::delete_empty_category(work, id).await?;
    }
    Ok(())
}
