//! What a change did, noted in the units of work that do it: what each product was before, and what it is after.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use domain::audit::{Subject, SubjectKind};
use domain::catalog::bulk::BulkProduct;
use domain::catalog::{
    BulkOutcome, CategoryId, ChangeId, ChangeOf, Difference, ProductDocument, ProductId, StoredProduct, VariantId,
    differences,
};
use domain::locale::Locale;
use domain::message::Message;
use domain::staff::{Permission, Staff};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::catalog::bulk::many::Good;
use crate::catalog::load;
use crate::catalog::queries::changes::{self as queries, NewChange, ProductItem};
use crate::database::{StaffWork, transact};
use crate::error::{Error, Result};
use crate::inventory::Brought;
use crate::{Shop, secrets};

mod written;

use written::Written;

/// The most rows of one statement.
const AT_ONCE: usize = 2_000;

/// What is noted of a product.
pub(super) enum Noted {
    Created(Box<Created>),
    Changed(Changed),
    Gone(Box<Gone>),
}

/// A product that a change made.
#[derive(Serialize, Deserialize)]
pub(super) struct Created {
    pub(super) document: ProductDocument,
    /// Units on hand of each variant.
    pub(super) units: Vec<u32>,
}

/// A product that a change left otherwise than it was.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub(super) struct Changed {
    pub(super) differences: Vec<Difference>,
    /// Units of variants that it brought or took.
    pub(super) units: Vec<MovedUnits>,
}

/// Units on hand of a variant before and after a change.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct MovedUnits {
    pub(super) variant: VariantId,
    pub(super) before: u32,
    pub(super) after: u32,
}

/// A product that a change deleted, whole.
#[derive(Serialize, Deserialize)]
pub(in crate::catalog) struct Gone {
    #[serde(default = "nobody", skip)]
    id: ProductId,
    pub(super) document: ProductDocument,
    /// Units on hand of each variant.
    pub(super) units: Vec<u32>,
    pub(super) created_at: DateTime<Utc>,
    /// Those beside which it was shown.
    pub(super) beside: Vec<ProductId>,
    /// Addresses that it had before.
    pub(super) addresses: Vec<String>,
}

fn nobody() -> ProductId {
    ProductId::new(0)
}

impl Noted {
    pub(super) fn read(item: &ProductItem) -> Result<Self> {
        Ok(match item.did.as_str() {
            "created" => Self::Created(serde_json::from_str(&item.content)?),
            "changed" => Self::Changed(serde_json::from_str(&item.content)?),
            "deleted" => Self::Gone(serde_json::from_str(&item.content)?),
            other => return Err(Error::internal(format!("`{other}` is not done to products"))),
        })
    }
}

impl Changed {
    /// Whether it is of fields alone that many products are changed in at once.
    pub(super) fn is_of_many(&self) -> bool {
        self.units.is_empty() && BulkProduct::holds(self.differences.iter().map(|difference| &difference.path))
    }

    /// The same after one more change.
    fn followed_by(self, later: Self) -> Self {
        let mut differences: BTreeMap<_, _> =
            self.differences.into_iter().map(|difference| (difference.path.clone(), difference)).collect();
        for mut difference in later.differences {
            if let Some(earlier) = differences.remove(&difference.path) {
                difference.before = earlier.before;
            }
            if difference.before != difference.after {
                differences.insert(difference.path.clone(), difference);
            }
        }
        let mut units: BTreeMap<_, _> = self.units.into_iter().map(|moved| (moved.variant, moved)).collect();
        for mut moved in later.units {
            if let Some(earlier) = units.remove(&moved.variant) {
                moved.before = earlier.before;
            }
            if moved.before != moved.after {
                units.insert(moved.variant, moved);
            }
        }
        Self { differences: differences.into_values().collect(), units: units.into_values().collect() }
    }
}

impl Gone {
    pub(in crate::catalog) fn of(stored: StoredProduct, beside: Vec<ProductId>, addresses: Vec<String>) -> Self {
        let units = on_hand(&stored);
        let StoredProduct { product_id: id, document, created_at, .. } = stored;
        Self { id, document, units, created_at, beside, addresses }
    }
}

/// A wish of the window that may come twice.
pub(in crate::catalog) struct Wish {
    key: String,
    asked: [u8; 32],
}

impl Wish {
    pub(in crate::catalog) fn of(key: &str, asked: &impl Serialize) -> Result<Self> {
        Ok(Self { key: key.to_owned(), asked: secrets::digest(&serde_json::to_vec(asked)?) })
    }
}

/// What was answered to the wish, if it was done already. `Unusable` when the key was used for another one.
pub(in crate::catalog) async fn answered(work: &mut StaffWork, wish: &Wish) -> Result<Option<BulkOutcome>> {
    let staff = work.staff().id;
    let Some((asked, content)) = queries::answered(work, staff, &wish.key).await? else { return Ok(None) };
    if asked.as_deref() != Some(wish.asked.as_slice()) {
        return Err(Error::Unusable(Message::KeyReused));
    }
    Ok(content.as_deref().map(serde_json::from_str).transpose()?)
}

/// Begins to note a change. Two at once of one wish: the second is done again, and finds the first.
pub(in crate::catalog) async fn begin(work: &mut StaffWork, what: &ChangeOf, wish: Option<&Wish>) -> Result<ChangeId> {
    let (at, staff) = (work.now(), work.staff().clone());
    let new = NewChange {
        staff: staff.id,
        name: &staff.name,
        what: &serde_json::to_string(what)?,
        key: wish.map(|wish| wish.key.as_str()),
        asked: wish.map(|wish| wish.asked.as_slice()),
        at,
    };
    match queries::insert(work, &new).await {
        Err(error) if crate::database::is_duplicate_of(&error, "changes_wish") => Err(Error::Busy(error)),
        done => Ok(done?),
    }
}

/// Notes what a change came to.
pub(in crate::catalog) async fn finish(
    work: &mut StaffWork,
    change: ChangeId,
    products: u32,
    answer: Option<&BulkOutcome>,
) -> Result<()> {
    let answer = answer.map(serde_json::to_string).transpose()?;
    Ok(queries::finish(work, change, products, answer.as_deref()).await?)
}

/// Forgets a change that changed nothing.
pub(in crate::catalog) async fn drop_empty(work: &mut StaffWork, change: ChangeId) -> Result<()> {
    Ok(queries::delete(work, change).await?)
}

/// Notes what products become, which are still what they were.
pub(in crate::catalog) async fn note_many(
    work: &mut StaffWork,
    change: ChangeId,
    changed: &[(&Good, &BulkProduct)],
) -> Result<()> {
    for some in changed.chunks(AT_ONCE) {
        let mut items = Vec::with_capacity(some.len());
        for (good, after) in some {
            let content = Changed { differences: good.product.differences(after), units: Vec::new() };
            items.push(json!({ "id": good.id, "content": serde_json::to_string(&content)? }));
        }
        queries::insert_changed(work, change, &serde_json::to_string(&items)?).await?;
    }
    Ok(())
}

/// Notes products that are about to be deleted.
pub(in crate::catalog) async fn note_gone(work: &mut StaffWork, change: ChangeId, gone: &[Gone]) -> Result<()> {
    for gone in gone {
        let content = serde_json::to_string(gone)?;
        queries::put(work, change, (gone.id, &gone.document.name), "deleted", &content).await?;
    }
    Ok(())
}

/// Notes that one product becomes what the document says.
pub(in crate::catalog) async fn note_changed(
    work: &mut StaffWork,
    change: ChangeId,
    before: &StoredProduct,
    after: &ProductDocument,
) -> Result<()> {
    let content = Changed { differences: differences(&before.document, after), units: Vec::new() };
    let (id, name) = (before.product_id, &before.document.name);
    Ok(queries::put(work, change, (id, name), "changed", &serde_json::to_string(&content)?).await?)
}

/// Begins to note what a file changes. The change spans as many units of work as there are products: each of them begins with
/// [`join`], and [`note`]s what it did, until [`end_import`].
pub(crate) async fn begin_import(shop: &Shop, staff: &Staff, file: &str) -> Result<ChangeId> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let what = ChangeOf::Import { file: file.to_owned() };
    transact!(writer, |work| { begin(work, &what, None).await })
}

/// Ends it: one that changed nothing is forgotten.
pub(crate) async fn end_import(shop: &Shop, staff: &Staff, change: ChangeId) -> Result<()> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    transact!(writer, |work| {
        let item = super::locked(work, change).await?;
        if item.products == 0 && item.content.is_none() { drop_empty(work, change).await } else { Ok(()) }
    })
}

/// Lets a unit of work add to a change. It comes before every other lock of the unit. `Refused` when somebody takes the change
/// back already, `NotFound` when it is gone.
pub(crate) async fn join(work: &mut StaffWork, change: ChangeId) -> Result<()> {
    let item = super::locked(work, change).await?;
    if item.undo_began_at.is_some() { Err(Error::Refused(Message::UndoneMeanwhile)) } else { Ok(()) }
}

/// Notes what a product was before it was saved and what it is after, with the units that were brought to its shelf since;
/// nothing before for one that was made. One that is noted twice is from then on what it was before the first, and after the
/// last. The unit of work has [`join`]ed.
pub(crate) async fn note(
    work: &mut StaffWork,
    change: ChangeId,
    before: Option<&StoredProduct>,
    after: &StoredProduct,
    brought: &[Brought],
) -> Result<()> {
    let id = after.product_id;
    let known = queries::product(work, change, id).await?;
    let noted = match (known.as_ref().map(Noted::read).transpose()?, before) {
        (None, None) => None,
        (Some(Noted::Created(_)), Some(_)) => None,
        (Some(Noted::Changed(earlier)), Some(before)) => Some(earlier.followed_by(changed(before, after, brought))),
        (None, Some(before)) => Some(changed(before, after, brought)),
        (Some(_), None) | (Some(Noted::Gone(_)), Some(_)) => {
            return Err(Error::internal("a product was made twice in one change"));
        }
    };
    let name = &after.document.name;
    let more = match &noted {
        Some(noted) if noted.differences.is_empty() && noted.units.is_empty() => {
            queries::forget(work, change, id).await?;
            -i32::from(known.is_some())
        }
        Some(noted) => {
            queries::put(work, change, (id, name), "changed", &serde_json::to_string(noted)?).await?;
            i32::from(known.is_none())
        }
        None => {
            let now = load::stored(work, id).await?;
            let content = Created { units: on_hand(&now), document: now.document };
            queries::put(work, change, (id, name), "created", &serde_json::to_string(&content)?).await?;
            i32::from(known.is_none())
        }
    };
    Ok(queries::count_products(work, change, more).await?)
}

/// A product before and after it was saved, with the units that were brought to its shelf since.
pub(crate) struct Done<'a> {
    pub(crate) before: &'a StoredProduct,
    pub(crate) after: &'a StoredProduct,
    pub(crate) brought: Vec<Brought>,
}

/// The same for several that were there before.
pub(crate) async fn note_all(work: &mut StaffWork, change: ChangeId, done: &[Done<'_>]) -> Result<()> {
    let ids: Vec<ProductId> = done.iter().map(|done| done.after.product_id).collect();
    let known: HashSet<ProductId> =
        queries::noted(work, change, &serde_json::to_string(&ids)?).await?.into_iter().collect();
    let mut items = Vec::with_capacity(done.len());
    for Done { before, after, brought } in done {
        let id = after.product_id;
        if known.contains(&id) {
            note(work, change, Some(before), after, brought).await?;
            continue;
        }
        let content = changed(before, after, brought);
        if !content.differences.is_empty() || !content.units.is_empty() {
            items.push(json!({ "id": id, "content": serde_json::to_string(&content)? }));
        }
    }
    if items.is_empty() {
        return Ok(());
    }
    queries::insert_changed(work, change, &serde_json::to_string(&items)?).await?;
    Ok(queries::count_products(work, change, i32::try_from(items.len()).map_err(Error::internal)?).await?)
}

/// The same for products that the unit of work made, however many: each with what lies on its shelf.
pub(crate) async fn note_made(work: &mut StaffWork, change: ChangeId, made: &[StoredProduct]) -> Result<()> {
    let mut items = Vec::with_capacity(made.len());
    for made in made {
        let content = Created { units: on_hand(made), document: made.document.clone() };
        items.push(queries::CreatedItem {
            product: made.product_id,
            name: serde_json::to_string(&made.document.name)?,
            content: serde_json::to_string(&content)?,
        });
    }
    queries::put_created(work, change, &serde_json::to_string(&items)?).await?;
    Ok(queries::count_products(work, change, i32::try_from(made.len()).map_err(Error::internal)?).await?)
}

/// Notes that a change made a category: an undo deletes it when nothing stands in it any more.
pub(crate) async fn note_category(shop: &Shop, staff: &Staff, change: ChangeId, category: CategoryId) -> Result<()> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    transact!(writer, |work| {
        join(work, change).await?;
        let item = super::locked(work, change).await?;
        let made: Option<Vec<CategoryId>> = item.content.as_deref().map(serde_json::from_str).transpose()?;
        let mut made = made.unwrap_or_default();
        made.push(category);
        Ok(queries::finish(work, change, item.products, Some(&serde_json::to_string(&made)?)).await?)
    })
}

/// What saving made of a product. When it stood so already, saving did nothing: its version tells.
fn changed(before: &StoredProduct, after: &StoredProduct, brought: &[Brought]) -> Changed {
    let was_saved = after.version == before.version + 1;
    let moved = |units: &Brought| MovedUnits { variant: units.variant, before: units.before, after: units.after };
    Changed {
        differences: if was_saved { differences(&before.document, &after.document) } else { Vec::new() },
        units: brought.iter().map(moved).collect(),
    }
}

/// Units on hand of each variant.
pub(super) fn on_hand(stored: &StoredProduct) -> Vec<u32> {
    stored.stock.iter().map(|stock| stock.on_hand).collect()
}

/// What the history calls a change.
pub(in crate::catalog) fn subject(change: ChangeId, what: &ChangeOf) -> Subject {
    let name = match what {
        ChangeOf::Bulk { to, .. } => to.as_ref(),
        ChangeOf::DeletedProduct { name } | ChangeOf::ArchivedProduct { name } => Some(name),
        ChangeOf::DeletedCategory { name, .. } => Some(name),
        ChangeOf::Import { file } => return Subject::new(SubjectKind::Change, change, file.as_str()),
    };
    let name = name.map(|name| name.get(Locale::Indonesian).chars().take(200).collect::<String>());
    Subject::new(SubjectKind::Change, change, name.unwrap_or_default())
}
