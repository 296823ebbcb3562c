//! Staff at the catalogue: single products are saved, many are changed at once, and changes are taken back, beside each other
//! and beside shoppers who buy.
//!
//! The prices of every answer are remembered by the version that it gave the product: a version has one price for ever, so
//! that whoever overwrote somebody else's would be caught.

use std::collections::BTreeMap;

use domain::catalog::bulk::{Direction, Rounding, Step};
use domain::catalog::{
    ApplyBulk, BulkChange, BulkVerdict, ChangeId, ChangeState, Did, GetChange, GetProduct, ListChanges, PreviewBulk,
    ProductDocument, ProductId, SaveProduct, SavedProduct, SeenProduct, Selection, StoredProduct, UndoChange,
    UndoVerdict, VariantDocument,
};
use domain::locale::Translated;
use domain::money::Money;
use rand::RngExt;
use rand::rngs::StdRng;
use services::catalog;

use super::world::{Answer, World};
use crate::stage::Stage;

/// How many products are edited; shoppers buy others.
const PRODUCTS: usize = 24;

/// Products for the editors, of two variants each.
pub(crate) async fn prepare(stage: &Stage) -> Vec<ProductId> {
    let mut ids = Vec::new();
    for number in 0..PRODUCTS {
        let name = Translated::same(format!("{} {number}", stage.name("edited")));
        let mut document = ProductDocument::draft(name, Money::minor(100_000));
        let values = ["S", "M"].map(|size| domain::catalog::ValueDocument {
            value: Translated::same(size),
            ..domain::catalog::ValueDocument::default()
        });
        document.add_option(domain::catalog::OptionDocument {
            id: None,
            name: Translated::same("Ukuran"),
            values: values.to_vec(),
        });
        document.generate().unwrap();
        let saved = catalog::save(&stage.shop, &stage.owner, SaveProduct::new(document)).await.unwrap();
        ids.push(saved.saved().unwrap().product_id);
    }
    ids
}

/// Somebody edits a product that they read a while ago: it is saved, or they are told what is there now.
pub(crate) async fn save(world: &World, rng: &mut StdRng) {
    let product_id = some_product(world, rng);
    let Some(seen) = read(world, product_id).await else { return };
    let mut document = seen.document.clone();
    let at = rng.random_range(0..document.variants.len());
    document.variants[at].price = Money::minor(rng.random_range(50_000..200_000));
    if rng.random_range(0..3) == 0 {
        document.note = format!("note {}", rng.random_range(0..1_000));
    }
    // Others are at it as well.
    tokio::task::yield_now().await;
    let request = SaveProduct::of(&seen, document.clone());
    let outcome = catalog::save(&world.stage.shop, &world.stage.owner, request).await;
    match world.heard("saving a product", outcome) {
        Answer::Yes(SavedProduct::Saved(stored)) => {
            if stored.document != document {
                world.violation(format!("product {product_id} was saved as it was not asked for"));
            }
            note(world, &stored);
        }
        Answer::Yes(SavedProduct::ChangedMeanwhile(stored)) => {
            if stored.version <= seen.version {
                world.violation(format!("product {product_id} was refused at version {} as changed", seen.version));
            }
            note(world, &stored);
        }
        Answer::No(why) => world.violation(format!("saving product {product_id} was refused: {why}")),
        // It may have been saved or not: whatever stands there now stands there.
        Answer::Silence(_) => {}
    }
}

/// Somebody changes the prices of several products that they saw a while ago.
pub(crate) async fn change_many(world: &World, rng: &mut StdRng, tag: &str) {
    let ids: Vec<ProductId> = (0..rng.random_range(2..=10)).map(|_| some_product(world, rng)).collect();
    let direction = if rng.random_range(0..2) == 0 { Direction::Up } else { Direction::Down };
    let by = Step::Amount(Money::minor(rng.random_range(1..=5_000)));
    let change = BulkChange::Price { direction, by, rounding: Rounding::None };
    let (shop, owner) = (&world.stage.shop, &world.stage.owner);
    let seen = world.insist("a preview", || async {
        let request = PreviewBulk { selection: Selection::Ids(ids.clone()), change: change.clone() };
        world.heard("a preview", catalog::preview_bulk(shop, owner, request).await)
    });
    let Some(seen) = seen.await else { return };
    tokio::task::yield_now().await;
    let outcome = world.insist("changing many", || async {
        let request = ApplyBulk { change: change.clone(), products: seen.changing.clone(), key: tag.to_owned() };
        world.heard("changing many", catalog::apply_bulk(shop, owner, request).await)
    });
    let Some(outcome) = outcome.await else { return };
    let shown: BTreeMap<ProductId, SeenProduct> = seen.changing.iter().map(|seen| (seen.product_id, *seen)).collect();
    let left: Vec<ProductId> = outcome.left_out_first.iter().map(|left| left.product_id).collect();
    if usize::try_from(outcome.changed + outcome.left_out).unwrap() != shown.len()
        || outcome.change_id.is_none() != (outcome.changed == 0)
    {
        world.violation(format!("{} products were shown, and {outcome:?}", shown.len()));
    }
    // What was shown is what was done: the version after the one that was seen has the prices that were shown.
    for row in seen.rows.iter().filter(|row| !left.contains(&row.product_id)) {
        let BulkVerdict::Changes(differences) = &row.verdict else { continue };
        let prices = differences.iter().filter_map(|it| Some((it.path[1].clone(), it.after.as_ref()?.as_i64()?)));
        learn(world, (row.product_id, shown[&row.product_id].version + 1), prices.collect());
    }
}

/// Somebody takes a change back, whoever changed what since; two at once.
pub(crate) async fn undo(world: &World, rng: &mut StdRng) {
    let (shop, owner) = (&world.stage.shop, &world.stage.owner);
    let listed = world.insist("the list of changes", || async {
        world.heard("the list of changes", catalog::changes(shop, owner, ListChanges { after: None }).await)
    });
    let Some(listed) = listed.await.filter(|page| !page.rows.is_empty()) else { return };
    let change_id: ChangeId = listed.rows[rng.random_range(0..listed.rows.len())].id;
    let ask = async || {
        let asked = || async {
            let outcome = catalog::undo(shop, owner, UndoChange { change_id }).await;
            world.heard("taking a change back", outcome)
        };
        world.insist("taking a change back", asked).await
    };
    let (one, other) = tokio::join!(ask(), ask());
    for answer in [one, other].into_iter().flatten() {
        let ChangeState::Undone { totals, .. } = answer.change.state else {
            world.violation(format!("the change {change_id} was undone and is {:?}", answer.change.state));
            continue;
        };
        if totals.given_back + totals.partly + totals.kept != answer.change.products {
            world.violation(format!("the change {change_id} of {} came to {totals:?}", answer.change.products));
        }
    }
    if rng.random_range(0..4) == 0 {
        every_product_has_its_verdict(world, change_id).await;
    }
}

async fn every_product_has_its_verdict(world: &World, change_id: ChangeId) {
    let (shop, owner) = (&world.stage.shop, &world.stage.owner);
    let shown = world.insist("a change", || async {
        let request = GetChange { change_id, only_kept: false, after: None };
        world.heard("a change", catalog::change(shop, owner, request).await)
    });
    let Some(shown) = shown.await else { return };
    for product in shown.products {
        let fits = match (&product.undone, &product.did) {
            (Some(UndoVerdict::GivenBack | UndoVerdict::Kept(_)), _) => true,
            (Some(UndoVerdict::Partly(kept)), Did::Changed(differences)) => kept.len() <= differences.len(),
            _ => false,
        };
        if !fits {
            world.violation(format!("the undone change {change_id} left {product:?}"));
        }
    }
}

fn note(world: &World, stored: &StoredProduct) {
    learn(world, (stored.product_id, stored.version), prices(&stored.document));
}

fn prices(document: &ProductDocument) -> BTreeMap<String, i64> {
    let price = |variant: &VariantDocument| Some((format!("#{}", variant.id?), variant.price.get()));
    document.variants.iter().filter_map(price).collect()
}

/// Remembers the prices of a version; another price of the same version is a violation.
fn learn(world: &World, version: (ProductId, u64), prices: BTreeMap<String, i64>) {
    let known = {
        let mut memory = world.memory.lock().unwrap();
        let known = memory.priced.entry(version).or_default();
        let before = known.clone();
        known.extend(prices.clone());
        before
    };
    if prices.iter().any(|(variant, price)| known.get(variant).is_some_and(|other| other != price)) {
        world.violation(format!("product {} at version {} had {known:?} and has {prices:?}", version.0, version.1));
    }
}

/// When nobody does anything any more, every product has the prices of its version, and no version is newer than what anybody
/// could have made of it.
pub(crate) async fn settled(world: &World) {
    for product_id in &world.edited {
        read(world, *product_id).await;
    }
}

/// A product as it is now.
pub(crate) async fn read(world: &World, product_id: ProductId) -> Option<StoredProduct> {
    let read = async || {
        let outcome = catalog::edited(&world.stage.shop, &world.stage.owner, GetProduct { product_id }).await;
        world.heard("reading a product", outcome)
    };
    let stored = world.insist("reading a product", &read).await?;
    note(world, &stored);
    Some(stored)
}

pub(crate) fn some_product(world: &World, rng: &mut StdRng) -> ProductId {
    world.edited[rng.random_range(0..world.edited.len())]
}
