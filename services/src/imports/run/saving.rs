//! How plans become products: those that are new in one unit of work together, those of which only fields change in another, and
//! those that are reshaped each in one of its own.

use std::collections::HashMap;

use domain::catalog::{ChangeId, ProductId, SaveProduct, SavedProduct, StoredProduct, VariantId};
use domain::events::About;
use domain::imports::Trouble;
use domain::staff::Permission;

use super::{Plan, Writer};
use crate::catalog::Changing;
use crate::database::transact;
use crate::error::{Error, Result};
use crate::inventory::{self, Brought, FirstUnits, ToldUnits};
use crate::{catalog, events};

/// What became of a plan.
pub(super) enum Saved {
    /// It is there, or would be.
    AsItIs(Option<ProductId>),
    Refused(Vec<Trouble>),
    /// Somebody else was faster.
    ByOthers,
}

/// A plan that is carried out with others.
struct Together<'a> {
    at: usize,
    plan: &'a Plan<'a>,
    stored: &'a StoredProduct,
    changing: Changing<'a>,
}

impl Writer<'_> {
    /// Saves what is not there already, unless it is only asked about.
    pub(super) async fn save(&self, plans: &[(usize, Plan<'_>)]) -> Result<Vec<Saved>> {
        let mut saved = Vec::with_capacity(plans.len());
        let Some(change) = self.change else {
            let id = |plan: &Plan<'_>| plan.stored.as_ref().map(|stored| stored.product_id);
            return Ok(plans.iter().map(|(_, plan)| Saved::AsItIs(id(plan))).collect());
        };
        let (mut new, mut places) = (Vec::new(), Vec::new());
        let mut together: Vec<Together<'_>> = Vec::new();
        for (at, (_, plan)) in plans.iter().enumerate() {
            saved.push(match &plan.stored {
                Some(stored) if plan.is_same() => Saved::AsItIs(Some(stored.product_id)),
                Some(stored) => match Changing::of(stored, plan.merged.asked()) {
                    Some(changing) => {
                        together.push(Together { at, plan, stored, changing });
                        Saved::ByOthers
                    }
                    None => self.settle(plan, self.change(plan, stored, change).await)?,
                },
                None => {
                    new.push(plan);
                    places.push(at);
                    Saved::AsItIs(None)
                }
            });
        }
        // Ascending, as everybody locks them.
        together.sort_by_key(|together| together.stored.product_id);
        match self.change_together(&together, change).await {
            Ok(ids) => together.iter().zip(ids).for_each(|(together, id)| {
                saved[together.at] = id.map_or(Saved::ByOthers, |id| Saved::AsItIs(Some(id)));
            }),
            // It may be the fault of one among them: then only that one is refused.
            Err(error) if is_of_one(&error) => {
                for Together { at, plan, stored, .. } in together {
                    saved[at] = self.settle(plan, self.change(plan, stored, change).await)?;
                }
            }
            Err(error) => return Err(error),
        }
        if new.is_empty() {
            return Ok(saved);
        }
        match self.make(&new, change).await {
            Ok(ids) => places.iter().zip(ids).for_each(|(at, id)| saved[*at] = Saved::AsItIs(Some(id))),
            // It may be the fault of one among them: then only that one is refused.
            Err(error) if new.len() == 1 || is_of_one(&error) => {
                let mut error = Some(error).filter(|_| new.len() == 1);
                for (at, plan) in places.into_iter().zip(new) {
                    let made = match error.take() {
                        Some(error) => Err(error),
                        None => self.make(&[plan], change).await.map(|ids| ids.first().copied()),
                    };
                    saved[at] = self.settle(plan, made)?;
                }
            }
            Err(error) => return Err(error),
        }
        Ok(saved)
    }

    /// What a saving came to; an outage ends the import.
    fn settle(&self, plan: &Plan<'_>, done: Result<Option<ProductId>>) -> Result<Saved> {
        match done {
            Ok(Some(id)) => Ok(Saved::AsItIs(Some(id))),
            Ok(None) => Ok(Saved::ByOthers),
            Err(Error::Invalid(problems)) => {
                let named = |field: &str| self.import.file.called(field);
                Ok(Saved::Refused(plan.merged.troubles(&problems, &named)))
            }
            Err(Error::Refused(message) | Error::NotFound(message)) => {
                Ok(Saved::Refused(vec![Trouble::new(plan.told.line, "", message)]))
            }
            Err(error) => Err(error),
        }
    }

    /// Makes products in their order, with what lies on their shelves.
    async fn make(&self, plans: &[&Plan<'_>], change: ChangeId) -> Result<Vec<ProductId>> {
        let requests: Vec<SaveProduct> = plans.iter().map(|plan| SaveProduct::new(plan.merged.asked())).collect();
        let writer = self.shop.staff(self.staff, Permission::ChangeCatalog)?;
        let made = transact!(writer, |work| {
            catalog::join(work, change).await?;
            let mut made = catalog::make_within(work, &requests, None).await?;
            let mut first = Vec::new();
            for (plan, made) in plans.iter().zip(&mut made) {
                for (at, told) in plan.merged.stock.iter().filter(|(_, told)| told.units > 0) {
                    let variant = made.document.variants.get(*at).and_then(|variant| variant.id);
                    if let (Some(variant), Some(stock)) = (variant, made.stock.get_mut(*at)) {
                        first.push(FirstUnits { variant, units: told.units });
                        stock.on_hand = told.units;
                    }
                }
            }
            if !first.is_empty() {
                inventory::receive_first(work, first, Some(self.import.name)).await?;
                events::record(work, &About::Stock.into()).await?;
            }
            catalog::note_made(work, change, &made).await?;
            Ok(made.iter().map(|made| made.product_id).collect())
        })?;
        Ok(made)
    }

    /// Changes fields of products in one unit of work with their stock; nothing for one that somebody else saved since it was
    /// looked at.
    async fn change_together(&self, together: &[Together<'_>], change: ChangeId) -> Result<Vec<Option<ProductId>>> {
        if together.is_empty() {
            return Ok(Vec::new());
        }
        let writer = self.shop.staff(self.staff, Permission::ChangeCatalog)?;
        let saved = transact!(writer, |work| {
            catalog::join(work, change).await?;
            let saved = catalog::change_within(work, together.iter().map(|together| &together.changing)).await?;
            let known = together.iter().zip(&saved).filter_map(|(together, saved)| Some((together, saved.as_ref()?)));
            let told = known.flat_map(|(together, saved)| told_units(together.plan, together.stored, saved)).collect();
            let brought = inventory::bring(work, told, self.import.name).await?;
            let brought: HashMap<VariantId, Brought> = brought.into_iter().map(|it| (it.variant, it)).collect();
            let own = |saved: &StoredProduct| {
                let ids = saved.document.variants.iter().filter_map(|variant| variant.id);
                ids.filter_map(|id| brought.get(&id).copied()).collect()
            };
            let done = together.iter().zip(&saved).filter_map(|(together, saved)| {
                let after = saved.as_ref()?;
                Some(catalog::Done { before: together.stored, after, brought: own(after) })
            });
            catalog::note_all(work, change, &done.collect::<Vec<_>>()).await?;
            Ok(saved.into_iter().map(|saved| Some(saved?.product_id)).collect())
        })?;
        Ok(saved)
    }

    /// Changes a product in one unit of work with its stock; nothing when somebody else saved it since it was looked at.
    async fn change(&self, plan: &Plan<'_>, stored: &StoredProduct, change: ChangeId) -> Result<Option<ProductId>> {
        let request = SaveProduct::of(stored, plan.merged.asked());
        let writer = self.shop.staff(self.staff, Permission::ChangeCatalog)?;
        let saved = transact!(writer, |work| {
            catalog::join(work, change).await?;
            let saved = match catalog::save_within(work, &request, None).await? {
                SavedProduct::Saved(saved) => saved,
                SavedProduct::ChangedMeanwhile(_) => return Ok(None),
            };
            let told = told_units(plan, stored, &saved).collect();
            let brought = inventory::bring(work, told, self.import.name).await?;
            catalog::note(work, change, Some(stored), &saved, &brought).await?;
            Ok(Some(saved.product_id))
        })?;
        Ok(saved)
    }
}

/// The numbers that a plan has for the shelf of a product as it was saved.
fn told_units<'a>(
    plan: &'a Plan<'_>,
    stored: &'a StoredProduct,
    saved: &'a StoredProduct,
) -> impl Iterator<Item = ToldUnits> + 'a {
    plan.merged.stock.iter().filter_map(|(at, told)| {
        let variant = saved.document.variants.get(*at)?;
        let id = variant.id?;
        let is_new = stored.document.variants.iter().all(|known| known.id != Some(id));
        // A new variant has whatever the file says; what others had when it was written is nothing to it.
        let seen = told.seen.filter(|_| !is_new);
        Some(ToldUnits { variant: id, sku: variant.sku.clone(), units: told.units, seen, is_new })
    })
}

/// Whether it may be the fault of one among several.
fn is_of_one(error: &Error) -> bool {
    matches!(error, Error::Invalid(_) | Error::Refused(_) | Error::NotFound(_) | Error::Busy(_))
}
