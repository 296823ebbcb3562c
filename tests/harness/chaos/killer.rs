//! The one who kills: a server, the database, or both, each when a number of operations is reached.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::world::World;
use crate::proof;

/// What dies.
#[derive(Clone, Copy, Debug)]
enum Victim {
    Server(usize),
    Database,
    Both(usize),
}

/// Kills so often, spread over the operations; the same seed gives the same victims at the same counts.
pub(crate) async fn kill(world: &World, operations: u64, kills: u32, seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    for number in 0..u64::from(kills) {
        let slice = operations / u64::from(kills);
        let at = number * slice + rng.random_range(0..slice.max(1));
        let victim = draw(world, &mut rng);
        while world.done.load(Ordering::Relaxed) < at {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        match victim {
            Victim::Server(index) => {
                world.servers[index].kill().await;
                world.servers[index].start_again().await;
            }
            Victim::Database => {
                world.stage.database.kill().await;
                world.stage.database.start_again().await;
                proof::quick(world).await;
            }
            Victim::Both(index) => {
                tokio::join!(world.stage.database.kill(), world.servers[index].kill());
                tokio::join!(world.stage.database.start_again(), world.servers[index].start_again());
                proof::quick(world).await;
            }
        }
    }
}

fn draw(world: &World, rng: &mut StdRng) -> Victim {
    let (index, kind) = (rng.random_range(0..world.servers.len()), rng.random_range(0..10));
    match kind {
        0..4 if world.stage.database.is_ours() => Victim::Database,
        4 if world.stage.database.is_ours() => Victim::Both(index),
        _ => Victim::Server(index),
    }
}
