//! Staff at the shelf: stock is corrected by differences, counted against what was seen, and taken as a whole.
//!
//! Nothing of it is asked twice when the answer is lost, because that would be another correction; what may have been
//! booked is remembered as a span.

use std::collections::BTreeMap;

use domain::catalog::VariantId;
use domain::inventory::stock_takes::{
    ApplyStockTake, CountInStockTake, GetStockTake, StartStockTake, StockTake, StockTakeStatus,
};
use domain::inventory::{CorrectStock, CountStock, ListStock, MovementReason, StockFilter, StockRow};
use domain::page::PageNumber;
use rand::RngExt;
use rand::rngs::StdRng;
use services::inventory::{self, stock_takes};

use super::world::{Answer, World};

/// Mends a number by a few units, up or down.
pub(crate) async fn correct(world: &World, rng: &mut StdRng) {
    let variant_id = world.variants[rng.random_range(0..world.variants.len())];
    let delta = [-3, -2, -1, 1, 2][rng.random_range(0..5)];
    let request = CorrectStock { variant_id, delta, note: "found another number".to_owned() };
    let done = inventory::correct(&world.stage.shop, &world.stage.owner, request).await;
    book(world, MovementReason::Corrected, variant_id, i64::from(delta), &world.heard("correcting", done.map(drop)));
}

/// Counts one variant, a few units off what the desk shows. A sale in between makes the count void.
pub(crate) async fn count(world: &World, rng: &mut StdRng) {
    let Some(row) = some_row(world, rng).await else { return };
    let seen = row.stock.on_hand;
    let counted = off(rng, seen);
    let request = CountStock { variant_id: row.variant_id, counted, seen_on_hand: seen, note: String::new() };
    // Somebody else's sale, so that the number that was seen is often an old one.
    tokio::task::yield_now().await;
    let done = inventory::count(&world.stage.shop, &world.stage.owner, request).await;
    let delta = i64::from(counted) - i64::from(seen);
    book(world, MovementReason::Counted, row.variant_id, delta, &world.heard("counting", done.map(drop)));
}

/// Takes stock of two or three variants while everybody goes on buying; two at once want to apply it, or give it up.
pub(crate) async fn take_stock(world: &World, rng: &mut StdRng, tag: &str) {
    let (shop, owner) = (&world.stage.shop, &world.stage.owner);
    let begun = stock_takes::start(shop, owner, StartStockTake { name: format!("Rak {tag}") }).await;
    let Answer::Yes(take) = world.heard("beginning a stock-take", begun) else { return };
    let stock_take_id = take.row.id;
    for _ in 0..rng.random_range(2..=3) {
        let Some(row) = some_row(world, rng).await else { return };
        let counted = off(rng, row.stock.on_hand);
        let count = CountInStockTake { stock_take_id, sku: row.sku, counted };
        world.heard("counting in a stock-take", stock_takes::count(shop, owner, count).await.map(drop));
    }
    let show = async || {
        let shown = stock_takes::show(shop, owner, GetStockTake { stock_take_id }).await;
        world.heard("showing a stock-take", shown)
    };
    let Some(seen) = world.insist("showing a stock-take", &show).await else { return };

    let apply = async || {
        let request = ApplyStockTake { stock_take_id, version: seen.row.version };
        world.heard("applying a stock-take", stock_takes::apply(shop, owner, request).await)
    };
    let (one, other) = tokio::join!(apply(), apply());
    let applied = [&one, &other].into_iter().filter(|answer| matches!(answer, Answer::Yes(_))).count();
    if applied > 1 {
        world.violation(format!("the stock-take {stock_take_id} was applied twice"));
    }
    // Whatever came of the answers, its status tells what happened.
    let Some(now) = world.insist("showing a stock-take", &show).await else { return };
    if applied == 1 && now.row.status != StockTakeStatus::Applied {
        world.violation(format!("the stock-take {stock_take_id} was applied and is {}", now.row.status));
    }
    if now.row.status == StockTakeStatus::Applied {
        for (variant, delta) in deltas(&seen) {
            book(world, MovementReason::Counted, variant, delta, &Answer::Yes(()));
        }
    }
}

fn deltas(take: &StockTake) -> BTreeMap<VariantId, i64> {
    take.lines.iter().map(|line| (line.variant_id, line.delta())).collect()
}

/// A number near the one that was seen.
fn off(rng: &mut StdRng, seen: u32) -> u32 {
    seen.saturating_add_signed(rng.random_range(-2..=2))
}

/// What the desk shows of some variant.
async fn some_row(world: &World, rng: &mut StdRng) -> Option<StockRow> {
    let wanted = world.variants[rng.random_range(0..world.variants.len())];
    let shown = world.insist("looking at the stock", || async {
        let request = ListStock { search: None, filter: StockFilter::All, page: PageNumber::FIRST };
        world.heard("looking at the stock", inventory::page(&world.stage.shop, &world.stage.owner, request).await)
    });
    shown.await?.rows.into_iter().find(|row| row.variant_id == wanted)
}

/// Remembers what the ledger must have: surely, perhaps, or not at all.
fn book<T>(world: &World, reason: MovementReason, variant: VariantId, delta: i64, answer: &Answer<T>) {
    let (least, most) = match answer {
        Answer::Yes(_) => (delta, delta),
        Answer::No(_) => return,
        Answer::Silence(_) => (delta.min(0), delta.max(0)),
    };
    world.memory.lock().unwrap().book(reason, variant, least, most);
}
