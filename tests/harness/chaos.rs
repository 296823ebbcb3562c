//! The run itself: workers do random operations until there were enough of them, one kills, and at the end everything
//! that must hold is proved.
//!
//! A seed gives each worker the same random numbers, and the same kills at the same numbers of operations. What it cannot
//! give again is how the workers interleave, and with it which deck a draw is from and which order it falls upon.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use domain::payments::PaymentMethod;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::task::JoinSet;

use crate::figures::{Figures, per_second};
use crate::options::Options;
use crate::stage::{PaymentServices, Stage};
use crate::{proof, say, shelf};

mod accounts;
mod buying;
mod crossing;
mod desk;
mod discounts;
mod goods;
mod holding;
mod hosted;
mod importing;
mod killer;
mod looking;
mod members;
mod operation;
mod paying;
mod returning;
mod shelving;
pub(crate) mod telling;
mod time;
mod world;

use operation::{Deck, Operation};
pub(crate) use world::World;

const VARIANTS: usize = 30;
const FIRST_UNITS: u32 = 30;

/// Runs, proves, and tells how many violations there were.
pub(crate) async fn run(stage: &Arc<Stage>, options: &Options, figures: &mut Figures) -> u64 {
    // Before the servers: one that runs hears of settings a little later.
    discounts::prepare(stage).await;
    let services = PaymentServices::start().await;
    services.carry(stage, &[PaymentMethod::Demo, PaymentMethod::CashOnDelivery]).await;
    services.be_unreliable();
    let mut servers = Vec::new();
    for _ in 0..options.processes.max(1) {
        servers.push(stage.server_with(&services.variables()).await);
    }
    let variants = shelf::fill(&stage.shop, &stage.owner, &stage.name("chaos"), VARIANTS, FIRST_UNITS).await;
    let (accounts, plans) = (accounts::prepare(stage).await, members::prepare(stage).await);
    let there = (servers, services);
    let world = Arc::new(World::new(Arc::clone(stage), there, variants, accounts, plans, goods::prepare(stage).await));

    let started = Instant::now();
    let drawn = Arc::new(AtomicU64::new(0));
    let mut workers = JoinSet::new();
    for worker in 0..options.workers {
        workers.spawn(work(Arc::clone(&world), Arc::clone(&drawn), worker, options.clone()));
    }
    let kills = options.kills;
    tokio::join!(killer::kill(&world, options.operations, kills, options.seed), async {
        let mut by_kind: BTreeMap<Operation, u64> = BTreeMap::new();
        while let Some(counts) = workers.join_next().await {
            for (operation, count) in counts.unwrap() {
                *by_kind.entry(operation).or_default() += count;
            }
        }
        tell(&world, &by_kind);
    });
    let took = started.elapsed();
    goods::settled(&world).await;
    proof::settle(&world).await;
    proof::all(&world).await;
    let services = proof::what_services_did(&world);
    say::line(&format!("payment services: {services}"));
    figures.set("payment_services", services);
    for server in &world.servers {
        server.stop().await;
        for line in server.complaints() {
            world.violation(format!("a server complained: {line}"));
        }
    }

    let operations = world.done.load(Ordering::Relaxed);
    let violations = world.violations();
    say::line(&format!(
        "chaos: {operations} operations by {} workers on {} servers and one shop in process, {kills} kills, {violations} violations; \
         {} operations per second, {} s, seed {}",
        options.workers,
        world.servers.len(),
        per_second(usize::try_from(operations).unwrap(), took.as_secs_f64()),
        took.as_secs(),
        options.seed,
    ));
    figures.set("operations", operations);
    figures.set("kills", kills);
    figures.set("violations", violations);
    figures.set("seed", options.seed);
    figures.set("orders", world.memory.lock().unwrap().numbers.len());
    violations
}

/// One worker: the same draws for the same seed.
async fn work(world: Arc<World>, drawn: Arc<AtomicU64>, worker: u64, options: Options) -> BTreeMap<Operation, u64> {
    let mut rng = StdRng::seed_from_u64(options.seed.wrapping_mul(1_000_003).wrapping_add(worker));
    let deck = Deck::of(&options.kinds);
    let mut counts = BTreeMap::new();
    loop {
        let number = drawn.fetch_add(1, Ordering::Relaxed);
        if number >= options.operations {
            return counts;
        }
        let operation = deck.draw(&mut rng, number);
        let count: &mut u64 = counts.entry(operation).or_default();
        *count += 1;
        // Each operation draws from a generator of its own, so that one that ends early does not shift the next.
        let mut own = rng.fork();
        let tag = format!("buy-{worker}-{operation:?}-{count}");
        Box::pin(operation.run(&world, &mut own, &tag)).await;
        world.done.fetch_add(1, Ordering::Relaxed);
    }
}

fn tell(world: &World, by_kind: &BTreeMap<Operation, u64>) {
    let kinds: Vec<String> = by_kind.iter().map(|(kind, count)| format!("{kind:?} {count}")).collect();
    say::line(&format!("operations: {}", kinds.join(", ")));
    let refusals: Vec<String> = world.refusals().iter().map(|(why, count)| format!("{why} ({count})")).collect();
    say::line(&format!("meant refusals: {}", refusals.join("; ")));
    say::line(&format!("answers that were lost and asked for again: {}", world.silences()));
}
