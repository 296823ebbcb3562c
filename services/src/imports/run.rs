//! What an import would do, and doing it: of each product all or nothing. What is looked up, and what is made, is so for many
//! at once, and so is what changes in its fields; what is reshaped is saved one by one.

use std::collections::HashMap;
use std::ops::ControlFlow;

use domain::catalog::{
    ChangeId, Difference, GetProduct, ProductId, SaveProduct, SavedProduct, StoredProduct, differences,
};
use domain::imports::{FileForm, ImportReport, ImportedProduct, LeftOut, StockChange, Trouble, Verdict};
use domain::message::Message;
use domain::staff::{Permission, Staff};
use serde_json::json;
use tracing::instrument;

use super::file::GoodsFile;
use super::find::{Finder, Found, Known, Shelf};
use super::goods::{Reference, Told};
use super::merge::{Given, Merged, merged};
use super::pictures::Pictures;
use crate::database::transact;
use crate::error::Result;
use crate::{Shop, catalog, inventory};
use saving::Saved;

mod saving;

/// How much is looked up, and made, at once: about fifty products of four variants. More of it waits less for the
/// database, and is heard of, and can be called off, more seldom.
const AT_ONCE: usize = 500;
/// How often a product is looked at anew because somebody else saved it meanwhile.
const TRIES: u32 = 5;

/// Hears every few products how many of how many are done, and may call the rest off.
pub type Watch<'a> = dyn Fn(u32, u32) -> ControlFlow<()> + Send + Sync + 'a;

/// What becomes of a file.
#[derive(Clone, Copy)]
pub struct Import<'a> {
    pub file: &'a GoodsFile,
    pub pictures: Pictures<'a>,
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
    while products.len() < told.len() {
        let rest = &told[products.len()..];
        let done = u32::try_from(products.len()).unwrap_or(u32::MAX);
        is_called_off = is_called_off || (import.watch)(done, of).is_break();
        let verdicts = match is_called_off {
            true => vec![Verdict::NotReached; rest.len()],
            false => run.products(first(rest)).await?,
        };
        for (told, verdict) in rest.iter().zip(verdicts) {
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
    told: &'told Told,
    stored: Option<StoredProduct>,
    merged: Merged,
    differences: Vec<Difference>,
    stock: Vec<StockChange>,
    /// Whether others beside it are not there yet.
    is_late: bool,
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
    /// Looks up what the first of them name, and saves them: as many as do not wait for one another. At least one.
    async fn products(&mut self, some: &'a [Told]) -> Result<Vec<Verdict>> {
        let mut known = self.finder.known(some).await?;
        let some = &some[..known.apart(some)];
        let mut verdicts: Vec<Option<Verdict>> = vec![None; some.len()];
        for tries in 0..TRIES {
            if tries > 0 {
                known = self.finder.known(some).await?;
            }
            let plans = self.plans(some, &known, &mut verdicts).await?;
            let saved = Box::pin(self.save(&plans)).await?;
            for ((at, plan), saved) in plans.into_iter().zip(saved) {
                verdicts[at] = match saved {
                    Saved::Refused(troubles) => Some(Verdict::Refused(troubles)),
                    Saved::AsItIs(id) => {
                        self.note(id, &plan);
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

    /// What those become that have no verdict yet, with their places. One that cannot become anything gets its verdict.
    async fn plans(
        &mut self,
        some: &'a [Told],
        known: &Known,
        verdicts: &mut [Option<Verdict>],
    ) -> Result<Vec<(usize, Plan<'a>)>> {
        let mut found = Vec::new();
        for (at, told) in some.iter().enumerate() {
            if verdicts[at].is_some() {
                continue;
            }
            match self.find(told, known) {
                Ok(one) => found.push((at, told, one)),
                Err(troubles) => verdicts[at] = Some(Verdict::Refused(troubles)),
            }
        }
        let ids: Vec<ProductId> = found.iter().filter_map(|(.., found)| found.map(|found| found.id)).collect();
        let mut stored = catalog::edited_all(self.shop, self.staff, &ids).await?;
        let mut plans = Vec::new();
        for (at, told, found) in found {
            let own = found.and_then(|found| stored.remove(&found.id));
            if own.is_none() && found.is_some() {
                // Deleted since it was found.
                continue;
            }
            match self.plan(told, known, found, own).await? {
                Ok(plan) => plans.push((at, plan)),
                Err(troubles) => verdicts[at] = Some(Verdict::Refused(troubles)),
            }
        }
        Ok(plans)
    }

    /// Remembers where a product is; one that only would be there is nowhere.
    fn note(&mut self, id: Option<ProductId>, plan: &Plan<'a>) {
        let Some(id) = id else { return };
        self.lines.insert(id, plan.told.line);
        if plan.is_late {
            self.late.push((id, plan.told));
        }
    }

    /// The product that it is about.
    fn find(&mut self, told: &'a Told, known: &Known) -> std::result::Result<Option<Found<'a>>, Vec<Trouble>> {
        if told.variants.is_empty() && !told.troubles.is_empty() {
            return Err(told.troubles.clone());
        }
        let renames = self.import.file.form == FileForm::Products;
        let found = match self.finder.product(told, known, renames, &self.column("variants.sku")) {
            Ok(found) => found,
            Err(troubles) => return Err([told.troubles.clone(), troubles].concat()),
        };
        if let Some(line) = found.and_then(|found| self.lines.get(&found.id)).filter(|line| **line != told.line) {
            let message = Message::ProductTwiceInFile { line: *line };
            let trouble = || vec![Trouble::new(told.line, self.column("slug"), message)];
            // A SKU that stands twice is told already.
            return Err(if told.troubles.is_empty() { trouble() } else { told.troubles.clone() });
        }
        if let Some(found) = found {
            self.lines.insert(found.id, told.line);
        }
        Ok(found)
    }

    /// Finds what else the product names, and lays it over what is there.
    async fn plan(
        &mut self,
        told: &'a Told,
        known: &Known,
        found: Option<Found<'a>>,
        stored: Option<StoredProduct>,
    ) -> Result<std::result::Result<Plan<'a>, Vec<Trouble>>> {
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
        let beside = told.related.as_deref().map(|references| Finder::related(references, known));
        // When one of them is not there yet, all wait until the whole file is in.
        let related: Option<Vec<ProductId>> = beside.as_ref().and_then(|found| found.iter().copied().collect());
        let is_late = beside.is_some() && related.is_none();
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
        Ok(Ok(Plan { told, stored, merged, differences: different, stock, is_late }))
    }

    /// What the settings have against it.
    fn outside_troubles(&self, told: &Told) -> Vec<Trouble> {
        let class = told.tax_class.as_ref().and_then(Option::as_ref);
        let is_unknown = class.is_some_and(|class| !self.import.file.tax_classes.contains(class));
        let trouble = || Trouble::new(told.line, self.column("tax_class"), Message::NoSuchTaxClass);
        is_unknown.then(trouble).into_iter().collect()
    }

    /// Puts the goods beside each other that were not all there before.
    async fn relate(&mut self) -> Result<Vec<LeftOut>> {
        let mut left_out: Vec<LeftOut> = Vec::new();
        for (id, told) in std::mem::take(&mut self.late) {
            let references = told.related.as_deref().unwrap_or_default();
            let known = self.finder.known(std::slice::from_ref(told)).await?;
            let found = Finder::related(references, &known);
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
        self.import.file.called(field)
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

/// As many of the first of them as are done at once.
fn first(rest: &[Told]) -> &[Told] {
    let size =
        |told: &Told| 4 + told.variants.len() + told.description.alone().each().map(str::len).sum::<usize>() / 1_000;
    let mut sum = 0;
    let fits = rest.iter().take_while(|told| {
        sum += size(told);
        sum <= AT_ONCE
    });
    &rest[..fits.count().max(1)]
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
