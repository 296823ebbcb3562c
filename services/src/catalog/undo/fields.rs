//! Giving back a few fields of many products: all of them in one unit of work.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::catalog::bulk::BulkProduct;
use domain::catalog::{CategoryId, Difference, KeptField, ProductId, UndoVerdict};
use domain::message::Message;
use serde_json::{Value, json};

use super::notes::Changed;
use crate::catalog::bulk::many::{self, Good};
use crate::catalog::queries::changes::ChangeItem;
use crate::catalog::queries::store::keep_category;
use crate::catalog::queries::undoing as queries;
use crate::database::StaffWork;
use crate::error::Result;
use crate::settings;

/// The most rows of one statement.
const AT_ONCE: usize = 2_000;

/// Gives back what has not moved on, and notes what became of each; of a change that is given back wholly nothing needs to be
/// noted. `is_all` tells that the change did nothing else.
pub(super) async fn give_back(
    work: &mut StaffWork,
    change: &ChangeItem,
    products: &[(ProductId, Changed)],
    is_all: bool,
) -> Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    let missing = Missing::among(work, products.iter().flat_map(|(_, changed)| &changed.differences)).await?;
    let ids: Vec<ProductId> = products.iter().map(|(id, _)| *id).collect();
    let is_of_warnings = |path: &[String]| path.last().is_some_and(|name| name == "low_stock_limit");
    let mut differences = products.iter().flat_map(|(_, changed)| &changed.differences);
    let with_warnings = differences.any(|difference| is_of_warnings(&difference.path));
    let goods = many::locked(work, &ids, with_warnings).await?;
    let mut found: HashMap<ProductId, &Good> = goods.iter().map(|good| (good.id, good)).collect();

    let mut back: Vec<(&Good, BulkProduct)> = Vec::new();
    let mut verdicts = Vec::with_capacity(products.len());
    for (id, changed) in products {
        let Some(good) = found.remove(id) else {
            verdicts.push((*id, UndoVerdict::Kept(Message::ProductWasDeleted)));
            continue;
        };
        let (possible, mut kept) = missing.part(&changed.differences, |path| good.product.value(path));
        let given = good.product.give_back(&possible);
        kept.extend(given.kept);
        let has_moved = given.product != good.product;
        verdicts.push((*id, verdict(kept, has_moved)));
        if has_moved {
            back.push((good, given.product));
        }
    }
    let back: Vec<_> = back.iter().map(|(good, product)| (*good, product)).collect();
    many::write(work, &back).await?;

    if is_all && verdicts.iter().all(|(_, verdict)| *verdict == UndoVerdict::GivenBack) {
        let all = u32::try_from(verdicts.len()).unwrap_or(u32::MAX);
        return Ok(queries::add_totals(work, change.id, (all, 0, 0)).await?);
    }
    settle(work, change, verdicts).await
}

/// What became of a product some of whose fields were kept, and of which others moved or not.
pub(super) fn verdict(kept: Vec<KeptField>, has_moved: bool) -> UndoVerdict {
    match kept.first() {
        None => UndoVerdict::GivenBack,
        Some(_) if has_moved => UndoVerdict::Partly(kept),
        Some(first) if kept.iter().all(|other| other.why == first.why) => UndoVerdict::Kept(first.why.clone()),
        Some(_) => UndoVerdict::Partly(kept),
    }
}

/// Notes what became of products; who changed them since, is named.
pub(super) async fn settle(
    work: &mut StaffWork,
    change: &ChangeItem,
    mut verdicts: Vec<(ProductId, UndoVerdict)>,
) -> Result<()> {
    name_who(work, change, &mut verdicts).await?;
    let (mut given_back, mut partly, mut kept) = (0, 0, 0);
    let mut items = Vec::with_capacity(verdicts.len());
    for (id, verdict) in &verdicts {
        let (count, outcome) = match verdict {
            UndoVerdict::GivenBack => (&mut given_back, "given_back"),
            UndoVerdict::Partly(_) => (&mut partly, "partly"),
            UndoVerdict::Kept(_) => (&mut kept, "kept"),
        };
        *count += 1;
        items.push(json!({ "id": id, "outcome": outcome, "verdict": serde_json::to_string(verdict)? }));
    }
    for some in items.chunks(AT_ONCE) {
        queries::set_outcomes(work, change.id, &serde_json::to_string(some)?).await?;
    }
    Ok(queries::add_totals(work, change.id, (given_back, partly, kept)).await?)
}

async fn name_who(work: &mut StaffWork, change: &ChangeItem, verdicts: &mut [(ProductId, UndoVerdict)]) -> Result<()> {
    let is_by_somebody = |verdict: &UndoVerdict| match verdict {
        UndoVerdict::GivenBack => false,
        UndoVerdict::Kept(why) => *why == Message::ChangedSince,
        UndoVerdict::Partly(kept) => kept.iter().any(|kept| kept.why == Message::ChangedSince),
    };
    let asked: Vec<String> =
        verdicts.iter().filter(|(_, verdict)| is_by_somebody(verdict)).map(|(id, _)| id.to_string()).collect();
    let mut names: HashMap<ProductId, String> = HashMap::new();
    for some in asked.chunks(AT_ONCE) {
        for row in queries::last_saved(work, &serde_json::to_string(some)?, change.id, change.at).await? {
            let name = if row.together_at > row.alone_at { row.together.or(row.alone) } else { row.alone };
            names.extend(name.map(|name| (row.product, name)));
        }
    }
    for (id, verdict) in verdicts {
        let Some(name) = names.get(id) else { continue };
        let by = |why: &mut Message| {
            if *why == Message::ChangedSince {
                *why = Message::ChangedSinceBy { name: name.clone() };
            }
        };
        match verdict {
            UndoVerdict::GivenBack => {}
            UndoVerdict::Kept(why) => by(why),
            UndoVerdict::Partly(kept) => kept.iter_mut().for_each(|kept| by(&mut kept.why)),
        }
    }
    Ok(())
}

/// What products had before and cannot have again: categories and tax classes that are gone. Those that are there stay until the
/// transaction ends.
pub(super) struct Missing(BTreeMap<Lost, Message>);

/// A field and the value that it cannot have, as JSON writes it.
type Lost = (String, String);

impl Missing {
    /// Takes the locks of settings and categories, in this order and before those of products.
    pub(super) async fn among(work: &mut StaffWork, differences: impl Iterator<Item = &Difference>) -> Result<Self> {
        let (mut classes, mut categories) = (BTreeSet::new(), BTreeSet::new());
        for difference in differences {
            let [field] = &difference.path[..] else { continue };
            let Some(before) = difference.before.as_ref().filter(|before| !before.is_null()) else { continue };
            match field.as_str() {
                "tax_class" => {
                    classes.insert(before.as_str().unwrap_or_default().to_owned());
                }
                "category" => {
                    categories.insert(before.as_u64().unwrap_or_default());
                }
                _ => {}
            }
        }
        let mut missing = BTreeMap::new();
        if !classes.is_empty() {
            let settings = settings::lock(work).await?;
            let is_known = |key: &str| settings.tax.classes.iter().any(|class| class.key.as_str() == key);
            for key in classes.into_iter().filter(|key| !is_known(key)) {
                missing.insert(("tax_class".to_owned(), json!(key).to_string()), Message::TaxClassIsGone);
            }
        }
        for id in categories {
            if !keep_category(work, CategoryId::new(id)).await? {
                missing.insert(("category".to_owned(), json!(id).to_string()), Message::CategoryIsGone);
            }
        }
        Ok(Self(missing))
    }

    /// The differences that can be given back, and the fields of the others.
    pub(super) fn part<'a>(
        &self,
        differences: &'a [Difference],
        now: impl Fn(&domain::catalog::differences::FieldPath) -> Option<Value>,
    ) -> (Cow<'a, [Difference]>, Vec<KeptField>) {
        if self.0.is_empty() {
            return (Cow::Borrowed(differences), Vec::new());
        }
        let (mut possible, mut kept) = (Vec::with_capacity(differences.len()), Vec::new());
        for difference in differences {
            let why = match (&difference.path[..], &difference.before) {
                ([field], Some(before)) => self.0.get(&(field.clone(), before.to_string())),
                _ => None,
            };
            match why {
                Some(why) => {
                    let path = difference.path.clone();
                    kept.push(KeptField { now: now(&path), path, why: why.clone() });
                }
                None => possible.push(difference.clone()),
            }
        }
        (Cow::Owned(possible), kept)
    }
}
