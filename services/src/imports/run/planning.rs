//! What the products of a file would become: each found in the shop, and laid over what is there.

use domain::catalog::{Difference, ProductId, StoredProduct, differences};
use domain::imports::{FileForm, StockChange, Trouble, Verdict};
use domain::message::Message;
use serde_json::json;

use super::Run;
use crate::error::Result;
use crate::imports::find::{Finder, Found, Known, Shelf};
use crate::imports::goods::{Told, ToldStock};
use crate::imports::merge::{Given, Merged, merged};
use crate::{catalog, inventory};

/// What a product would become.
pub(super) struct Plan<'told> {
    pub(super) told: &'told Told,
    pub(super) stored: Option<StoredProduct>,
    pub(super) merged: Merged,
    pub(super) differences: Vec<Difference>,
    pub(super) stock: Vec<StockChange>,
    /// Whether others beside it are not there yet.
    pub(super) is_late: bool,
}

impl Plan<'_> {
    pub(super) fn is_same(&self) -> bool {
        self.stored.is_some() && self.differences.is_empty() && self.stock.is_empty()
    }

    pub(super) fn verdict(self) -> Verdict {
        match &self.stored {
            None => Verdict::New,
            Some(_) if self.is_same() => Verdict::Unchanged,
            Some(_) => Verdict::Changed { differences: self.differences, stock: self.stock },
        }
    }
}

impl<'a> Run<'a> {
    /// What those become that have no verdict yet, with their places. One that cannot become anything gets its verdict.
    pub(super) async fn plans(
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
        let mut stored = catalog::edited_all(self.writer.shop, self.writer.staff, &ids).await?;
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

    /// The product that it is about.
    fn find(&mut self, told: &'a Told, known: &Known) -> std::result::Result<Option<Found<'a>>, Vec<Trouble>> {
        if told.variants.is_empty() && !told.troubles.is_empty() {
            return Err(told.troubles.clone());
        }
        let renames = self.writer.import.file.form == FileForm::Products;
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
        let is_unknown = class.is_some_and(|class| !self.writer.import.file.tax_classes.contains(class));
        let trouble = || Trouble::new(told.line, self.column("tax_class"), Message::NoSuchTaxClass);
        is_unknown.then(trouble).into_iter().collect()
    }
}

/// The units that change, of variants that the file tells.
fn stock_changes(stored: Option<&StoredProduct>, merged: &Merged) -> Vec<StockChange> {
    let change = |(at, told): &(usize, ToldStock)| {
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
