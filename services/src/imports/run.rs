//! What an import would do, and doing it: each product in one unit of work, all of it or nothing.

use std::collections::HashMap;
use std::ops::ControlFlow;

use domain::catalog::{
    ChangeId, Difference, GetProduct, ProductId, SaveProduct, SavedProduct, StoredProduct, differences,
};
use domain::imports::{FileForm, ImportReport, ImportedProduct, LeftOut, StockChange, Trouble, Verdict};
use domain::message::Message;
use domain::staff::{Permission, Staff};
use futures_util::future::join_all;
use serde_json::json;
use tracing::instrument;

use super::file::{GoodsFile, column};
use super::find::{Finder, Shelf};
use super::goods::{Reference, Told};
use super::merge::{Given, Merged, merged};
use super::pictures::PictureFiles;
use crate::database::transact;
use crate::error::{Error, Result};
use crate::inventory::{self, ToldUnits};
use crate::{Shop, catalog};

/// How many products are saved side by side. One: then they are made in the order of the file, which is the order in which
/// the newest are listed. More of them wait less, and come in any order.
const AT_ONCE: usize = 1;
/// How often a product is looked at anew because somebody else saved it meanwhile.
const TRIES: u32 = 5;

/// Hears every few products how many of how many are done, and may call the rest off.
pub type Watch<'a> = dyn Fn(u32, u32) -> ControlFlow<()> + Send + Sync + 'a;

/// What becomes of a file.
#[derive(Clone, Copy)]
pub struct Import<'a> {
    pub file: &'a GoodsFile,
    pub pictures: Option<&'a PictureFiles>,
    /// Where it comes from, for the ledger of stock.
    pub name: &'a str,
    pub watch: &'a Watch<'a>,
}

/// What an import would do. Nothing is written.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn check(shop: &Shop, staff: &Staff, import: Import<'_>) -> Result<ImportReport> {
    run(shop, staff, import, true).await
}

/// Takes a file in. What is refused is in the report, and so is what was not reached when it is called off; an outage ends
/// it, and the same file can be taken in again: what is in already is found unchanged.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn apply(shop: &Shop, staff: &Staff, import: Import<'_>) -> Result<ImportReport> {
    run(shop, staff, import, false).await
}

async fn run(shop: &Shop, staff: &Staff, import: Import<'_>, is_check: bool) -> Result<ImportReport> {
    staff.require(Permission::ChangeCatalog)?;
    staff.require(Permission::ChangeStock)?;
    let GoodsFile { form, encoding, separator, rows, told, left_out, .. } = import.file;
    let change = if is_check { None } else { Some(catalog::begin_import(shop, staff, import.name).await?) };
    let finder = Finder::of(shop, staff, import.pictures, change).await?;
    let mut run = Run { shop, staff, import, change, finder, lines: HashMap::new(), late: Vec::new() };
    let of = u32::try_from(told.len()).unwrap_or(u32::MAX);
    let mut products = Vec::with_capacity(told.len());
    let mut is_called_off = false;
    for some in told.chunks(AT_ONCE) {
        let done = u32::try_from(products.len()).unwrap_or(u32::MAX);
        is_called_off = is_called_off || (import.watch)(done, of).is_break();
        let verdicts = match is_called_off {
            true => vec![Verdict::NotReached; some.len()],
            false => run.products(some).await?,
        };
        for (told, verdict) in some.iter().zip(verdicts) {
            products.push(ImportedProduct { line: told.line, rows: told.rows, name: told.called(), verdict });
        }
    }
    let mut left_out = left_out.clone();
    if !is_called_off {
        left_out.extend(run.relate().await?);
        let _ = (import.watch)(of, of);
    }
    if let Some(change) = change {
        catalog::end_import(shop, staff, change).await?;
    }
    Ok(ImportReport {
        form: *form,
        encoding: *encoding,
        separator: *separator,
        rows: *rows,
        products,
        left_out,
        missing_pictures: run.finder.into_missing(),
    })
}

struct Run<'a> {
    shop: &'a Shop,
    staff: &'a Staff,
    import: Import<'a>,
    /// What can be taken back afterwards; nothing when it is only asked about.
    change: Option<ChangeId>,
    finder: Finder<'a>,
    /// Where each product that was met stands in the file.
    lines: HashMap<ProductId, u32>,
    /// Products with others beside them that were not there yet.
    late: Vec<(ProductId, &'a Told)>,
}

/// What a product would become.
struct Plan<'told> {
    stored: Option<StoredProduct>,
    merged: Merged,
    differences: Vec<Difference>,
    stock: Vec<StockChange>,
    /// Others beside it that are not there yet.
    late: Option<&'told [Reference]>,
}

/// What became of a plan.
enum Saved {
    /// It is there, or would be.
    AsItIs(Option<ProductId>),
    Refused(Vec<Trouble>),
    /// Somebody else was faster.
    ByOthers,
}

impl Plan<'_> {
    fn is_same(&self) -> bool {
        self.stored.is_some() && self.differences.is_empty() && self.stock.is_empty()
    }

    fn verdict(self) -> Verdict {
        match &self.stored {
            None => Verdict::New,
            Some(_) if self.is_same() => Verdict::Unchanged,
            Some(_) => Verdict::Changed { differences: self.differences, stock: self.stock },
        }
    }
}

impl<'a> Run<'a> {
    /// Finds what they name one by one, and saves them side by side.
    async fn products(&mut self, some: &'a [Told]) -> Result<Vec<Verdict>> {
        let mut verdicts: Vec<Option<Verdict>> = vec![None; some.len()];
        for _ in 0..TRIES {
            let mut plans = Vec::new();
            for (at, told) in some.iter().enumerate() {
                if verdicts[at].is_some() {
                    continue;
                }
                match self.plan(told).await? {
                    Ok(plan) => plans.push((at, told, plan)),
                    Err(troubles) => verdicts[at] = Some(Verdict::Refused(troubles)),
                }
            }
            let saving = plans.iter().map(|(_, told, plan)| Box::pin(self.save(told, plan)));
            let saved = join_all(saving).await;
            for ((at, told, plan), saved) in plans.into_iter().zip(saved) {
                verdicts[at] = match saved? {
                    Saved::Refused(troubles) => Some(Verdict::Refused(troubles)),
                    Saved::AsItIs(id) => {
                        self.note(told, id, &plan);
                        Some(plan.verdict())
                    }
                    // It is looked at anew.
                    Saved::ByOthers => None,
                };
            }
            if verdicts.iter().all(Option::is_some) {
                break;
            }
        }
        let busy = |told: &Told| Verdict::Refused(vec![Trouble::new(told.line, "", Message::ChangedMeanwhile)]);
        Ok(some.iter().zip(verdicts).map(|(told, verdict)| verdict.unwrap_or_else(|| busy(told))).collect())
    }

    /// Remembers where a product is; one that only would be there is nowhere.
    fn note(&mut self, told: &'a Told, id: Option<ProductId>, plan: &Plan<'_>) {
        let Some(id) = id else { return };
        self.lines.insert(id, told.line);
        if plan.late.is_some() {
            self.late.push((id, told));
        }
    }

    /// Saves what is not there already, unless it is only asked about.
    async fn save(&self, told: &Told, plan: &Plan<'_>) -> Result<Saved> {
        let id = plan.stored.as_ref().map(|stored| stored.product_id);
        let Some(change) = self.change.filter(|_| !plan.is_same()) else { return Ok(Saved::AsItIs(id)) };
        match self.write(plan, change).await {
            Ok(Some(id)) => Ok(Saved::AsItIs(Some(id))),
            Ok(None) => Ok(Saved::ByOthers),
            Err(Error::Invalid(problems)) => {
                let named = |field: &str| self.column(field);
                Ok(Saved::Refused(plan.merged.troubles(&problems, &named)))
            }
            Err(Error::Refused(message) | Error::NotFound(message)) => {
                Ok(Saved::Refused(vec![Trouble::new(told.line, "", message)]))
            }
            Err(error) => Err(error),
        }
    }

    /// Finds what the product names, and lays it over what is there.
    async fn plan(&mut self, told: &'a Told) -> Result<std::result::Result<Plan<'a>, Vec<Trouble>>> {
        if told.variants.is_empty() && !told.troubles.is_empty() {
            return Ok(Err(told.troubles.clone()));
        }
        let renames = self.import.file.form == FileForm::Products;
        let found = match self.finder.product(told, renames, &self.column("variants.sku")).await? {
            Ok(found) => found,
            Err(troubles) => return Ok(Err([told.troubles.clone(), troubles].concat())),
        };
        if let Some(line) = found.and_then(|found| self.lines.get(&found.id)).filter(|line| **line != told.line) {
            let message = Message::ProductTwiceInFile { line: *line };
            let trouble = || vec![Trouble::new(told.line, self.column("slug"), message)];
            // A SKU that stands twice is told already.
            return Ok(Err(if told.troubles.is_empty() { trouble() } else { told.troubles.clone() }));
        }
        if let Some(found) = found {
            self.lines.insert(found.id, told.line);
        }
        let stored = match found {
            Some(found) => {
                let request = GetProduct { product_id: found.id };
                Some(catalog::edited(self.shop, self.staff, request).await?)
            }
            None => None,
        };
        let mut troubles = self.outside_troubles(told);
        // What is refused in any case makes no categories and takes no pictures in.
        let is_sound = told.troubles.is_empty() && troubles.is_empty();
        let shelf = match is_sound {
            true => self.finder.category(told.category.as_ref()).await?,
            false => Ok(Shelf::Untold),
        };
        let shelf = shelf.unwrap_or_else(|message| {
            troubles.push(Trouble::new(told.line, self.column("category"), message));
            Shelf::Untold
        });
        let pictures = match (is_sound, told.pictures.as_deref()) {
            (true, Some(pictures)) => self.finder.pictures(pictures).await?,
            _ => vec![None; told.pictures.as_ref().map_or(0, Vec::len)],
        };
        let (related, late) = self.related(told).await?;
        let given = Given {
            stored: stored.as_ref(),
            slug: found.and_then(|found| found.slug),
            category: if let Shelf::Told(category) = shelf { Some(category) } else { None },
            pictures: &pictures,
            related,
        };
        let named = |field: &str| self.column(field);
        let merged = match merged(told, &given, &named) {
            Ok(merged) if troubles.is_empty() => merged,
            Ok(_) => return Ok(Err(troubles)),
            Err(others) => return Ok(Err([others, troubles].concat())),
        };
        let mut different =
            stored.as_ref().map(|stored| differences(&stored.document, &merged.document)).unwrap_or_default();
        if let (Shelf::New(name), Some(stored)) = (&shelf, &stored) {
            let before = stored.document.category.map(|id| json!(id));
            different.push(Difference { path: vec!["category".to_owned()], before, after: Some(json!(name)) });
        }
        let stock = stock_changes(stored.as_ref(), &merged);
        Ok(Ok(Plan { stored, merged, differences: different, stock, late }))
    }

    /// What the settings have against it.
    fn outside_troubles(&self, told: &Told) -> Vec<Trouble> {
        let class = told.tax_class.as_ref().and_then(Option::as_ref);
        let is_unknown = class.is_some_and(|class| !self.import.file.tax_classes.contains(class));
        let trouble = || Trouble::new(told.line, self.column("tax_class"), Message::NoSuchTaxClass);
        is_unknown.then(trouble).into_iter().collect()
    }

    /// The goods beside it when all are there; else those that wait until the whole file is in.
    async fn related(&self, told: &'a Told) -> Result<(Option<Vec<ProductId>>, Option<&'a [Reference]>)> {
        let Some(references) = told.related.as_deref() else { return Ok((None, None)) };
        let found = self.finder.related(references).await?;
        match found.into_iter().collect::<Option<Vec<_>>>() {
            Some(ids) => Ok((Some(ids), None)),
            None => Ok((None, Some(references))),
        }
    }

    /// One unit of work; nothing when somebody else saved the product since it was looked at.
    async fn write(&self, plan: &Plan<'_>, change: ChangeId) -> Result<Option<ProductId>> {
        let document = plan.merged.asked();
        let request = match &plan.stored {
            Some(stored) => SaveProduct::of(stored, document),
            None => SaveProduct::new(document),
        };
        let known = plan.stored.as_ref().map(|stored| stored.document.variants.as_slice()).unwrap_or_default();
        let writer = self.shop.staff(self.staff, Permission::ChangeCatalog)?;
        let saved = transact!(writer, |work| {
            catalog::join(work, change).await?;
            let saved = match catalog::save_within(work, &request, None).await? {
                SavedProduct::Saved(saved) => saved,
                SavedProduct::ChangedMeanwhile(_) => return Ok(None),
            };
            let mut units = Vec::new();
            for (at, told) in &plan.merged.stock {
                let variant = saved.document.variants.get(*at);
                let Some((id, variant)) = variant.and_then(|variant| Some((variant.id?, variant))) else { continue };
                let is_new = known.iter().all(|known| known.id != Some(id));
                // A new variant has whatever the file says; what others had when it was written is nothing to it.
                let seen = told.seen.filter(|_| !is_new);
                units.push(ToldUnits { variant: id, sku: variant.sku.clone(), units: told.units, seen, is_new });
            }
            let brought = inventory::bring(work, units, self.import.name).await?;
            catalog::note(work, change, plan.stored.as_ref(), &saved, &brought).await?;
            Ok(Some(saved.product_id))
        })?;
        self.shop.snapshot.categories.forget();
        Ok(saved)
    }

    /// Puts the goods beside each other that were not all there before.
    async fn relate(&mut self) -> Result<Vec<LeftOut>> {
        let mut left_out: Vec<LeftOut> = Vec::new();
        for (id, told) in std::mem::take(&mut self.late) {
            let references = told.related.as_deref().unwrap_or_default();
            let found = self.finder.related(references).await?;
            for reference in references.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(told, _)| told) {
                note_unknown(&mut left_out, told.line, self.column("related"), reference);
            }
            let Some(change) = self.change else { continue };
            let related: Vec<ProductId> = found.iter().flatten().copied().filter(|other| *other != id).collect();
            for _ in 0..TRIES {
                if self.put_beside(id, &related, change).await? {
                    break;
                }
            }
        }
        Ok(left_out)
    }

    /// Puts goods beside a product; false when somebody else saved it since it was looked at.
    async fn put_beside(&self, id: ProductId, related: &[ProductId], change: ChangeId) -> Result<bool> {
        let stored = catalog::edited(self.shop, self.staff, GetProduct { product_id: id }).await?;
        let mut document = stored.document.clone();
        document.related = related.to_vec();
        document.related.truncate(domain::catalog::ProductDocument::MOST_RELATED);
        if document == stored.document {
            return Ok(true);
        }
        let request = SaveProduct::of(&stored, document);
        let writer = self.shop.staff(self.staff, Permission::ChangeCatalog)?;
        transact!(writer, |work| {
            catalog::join(work, change).await?;
            let SavedProduct::Saved(saved) = catalog::save_within(work, &request, None).await? else {
                return Ok(false);
            };
            catalog::note(work, change, Some(&stored), &saved, &[]).await?;
            Ok(true)
        })
    }

    fn column(&self, field: &str) -> String {
        column(self.import.file.form, field)
    }
}

fn note_unknown(left_out: &mut Vec<LeftOut>, line: u32, column: String, reference: &Reference) {
    let (Reference::Slug(name) | Reference::Sku(name)) = reference;
    match left_out.first_mut() {
        Some(known) => known.cells += 1,
        None => {
            left_out.push(LeftOut { column, why: Message::NoSuchOther, cells: 1, line, example: name.clone() });
        }
    }
}

/// The units that change, of variants that the file tells.
fn stock_changes(stored: Option<&StoredProduct>, merged: &Merged) -> Vec<StockChange> {
    let change = |(at, told): &(usize, super::goods::ToldStock)| {
        let variant = merged.document.variants.get(*at)?;
        let known = stored.zip(variant.id).and_then(|(stored, id)| {
            let place = stored.document.variants.iter().position(|known| known.id == Some(id))?;
            stored.stock.get(place)
        });
        let before = known.map_or(0, |stock| stock.on_hand);
        let seen = told.seen.filter(|_| known.is_some());
        let after = inventory::told_after(i64::from(before), told.units, seen);
        let after = u32::try_from(after).unwrap_or_default();
        (before != after).then(|| StockChange { sku: variant.sku.clone(), before, after })
    };
    merged.stock.iter().filter_map(change).collect()
}
