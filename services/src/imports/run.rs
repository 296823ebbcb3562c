//! What an import would do, and doing it: of each product all or nothing. What is looked up, and what is made, is so for many
//! at once, and so is what changes in its fields; what is reshaped is saved one by one.

use std::collections::HashMap;
use std::ops::ControlFlow;

use domain::catalog::{ChangeId, GetProduct, ProductId, SaveProduct, SavedProduct};
use domain::imports::{ImportReport, ImportedProduct, LeftOut, Trouble, Verdict};
use domain::message::Message;
use domain::staff::{Permission, Staff};
use tracing::instrument;

use super::file::GoodsFile;
use super::find::{Finder, Known};
use super::goods::{Reference, Told};
use super::pictures::Pictures;
use crate::database::transact;
use crate::error::Result;
use crate::{Shop, catalog};
use planning::Plan;
use saving::Saved;

mod planning;
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
    let writer = Writer { shop, staff, import, change };
    let mut run = Run { writer, finder, lines: HashMap::new(), late: Vec::new() };
    let of = u32::try_from(told.len()).unwrap_or(u32::MAX);
    let mut products = Vec::with_capacity(told.len());
    let mut is_called_off = false;
    let mut ahead: Option<Batch<'_>> = None;
    while products.len() < told.len() {
        let rest = &told[products.len()..];
        let done = u32::try_from(products.len()).unwrap_or(u32::MAX);
        is_called_off = is_called_off || (import.watch)(done, of).is_break();
        let verdicts = if is_called_off {
            vec![Verdict::NotReached; rest.len()]
        } else {
            let batch = match ahead.take() {
                Some(batch) => batch,
                None => run.batch(first(rest)).await?,
            };
            let (verdicts, next) = run.carry_out(batch, rest).await?;
            ahead = next;
            verdicts
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
    writer: Writer<'a>,
    finder: Finder<'a>,
    /// Where each product that was met stands in the file.
    lines: HashMap<ProductId, u32>,
    /// Products with others beside them that were not there yet.
    late: Vec<(ProductId, &'a Told)>,
}

/// Carries plans out.
#[derive(Clone, Copy)]
struct Writer<'a> {
    shop: &'a Shop,
    staff: &'a Staff,
    import: Import<'a>,
    /// What can be taken back afterwards; nothing when it is only asked about.
    change: Option<ChangeId>,
}

/// Products that do not wait for one another, and what they would become.
struct Batch<'a> {
    told: &'a [Told],
    known: Known,
    plans: Vec<(usize, Plan<'a>)>,
    verdicts: Vec<Option<Verdict>>,
}

impl<'a> Run<'a> {
    /// Plans the first of them: as many as do not wait for one another. At least one.
    async fn batch(&mut self, some: &'a [Told]) -> Result<Batch<'a>> {
        let known = self.finder.known(some).await?;
        let some = &some[..known.apart(some)];
        self.planned(some, known).await
    }

    /// Plans as many of the first of them as wait neither for one another nor for the batch before, which may not be in yet;
    /// nothing when the first of them waits.
    async fn batch_after(&mut self, before: (&[Told], &Known), some: &'a [Told]) -> Result<Option<Batch<'a>>> {
        if some.is_empty() {
            return Ok(None);
        }
        let known = self.finder.known(some).await?;
        let some = &some[..known.apart_from(before, some)];
        if some.is_empty() { Ok(None) } else { self.planned(some, known).await.map(Some) }
    }

    async fn planned(&mut self, told: &'a [Told], known: Known) -> Result<Batch<'a>> {
        let mut verdicts = vec![None; told.len()];
        let plans = self.plans(told, &known, &mut verdicts).await?;
        Ok(Batch { told, known, plans, verdicts })
    }

    /// Saves a batch, the first of the rest. The next one is planned while the database writes this one.
    async fn carry_out(&mut self, batch: Batch<'a>, rest: &'a [Told]) -> Result<(Vec<Verdict>, Option<Batch<'a>>)> {
        let Batch { told, known, mut plans, mut verdicts } = batch;
        let writer = self.writer;
        let next = self.batch_after((told, &known), first(&rest[told.len()..]));
        let (saved, next) = tokio::join!(Box::pin(writer.save(&plans)), Box::pin(next));
        let mut saved = saved?;
        for tries in 1.. {
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
            if tries == TRIES || verdicts.iter().all(Option::is_some) {
                break;
            }
            let known = self.finder.known(told).await?;
            plans = self.plans(told, &known, &mut verdicts).await?;
            saved = Box::pin(writer.save(&plans)).await?;
        }
        let busy = |told: &Told| Verdict::Refused(vec![Trouble::new(told.line, "", Message::ChangedMeanwhile)]);
        let verdicts = told.iter().zip(verdicts).map(|(told, verdict)| verdict.unwrap_or_else(|| busy(told))).collect();
        Ok((verdicts, next?))
    }

    /// Remembers where a product is; one that only would be there is nowhere.
    fn note(&mut self, id: Option<ProductId>, plan: &Plan<'a>) {
        let Some(id) = id else { return };
        self.lines.insert(id, plan.told.line);
        if plan.is_late {
            self.late.push((id, plan.told));
        }
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
            let Some(change) = self.writer.change else { continue };
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
        let stored = catalog::edited(self.writer.shop, self.writer.staff, GetProduct { product_id: id }).await?;
        let mut document = stored.document.clone();
        document.related = related.to_vec();
        document.related.truncate(domain::catalog::ProductDocument::MOST_RELATED);
        if document == stored.document {
            return Ok(true);
        }
        let request = SaveProduct::of(&stored, document);
        let writer = self.writer.shop.staff(self.writer.staff, Permission::ChangeCatalog)?;
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
        self.writer.import.file.called(field)
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
    &rest[..fits.count().max(1).min(rest.len())]
}
