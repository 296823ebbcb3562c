//! Buyers at the till: units are held, the cart changes, the buyer leaves, orders at last, or never comes back.

use rand::RngExt;
use rand::rngs::StdRng;
use services::{carts, checkout};

use super::buying;
use super::world::{Purchase, World};
use crate::proof;

/// The most carts whose buyers may still do something.
const MOST_HELD: usize = 200;

/// Fills a cart and goes to the till.
pub(crate) async fn hold(world: &World, rng: &mut StdRng, tag: &str) {
    let Some(purchase) = buying::filled(world, rng, tag).await else { return };
    open(world, &purchase).await;
    let mut memory = world.memory.lock().unwrap();
    if memory.held.len() >= MOST_HELD {
        // This one never comes back: the job must find it.
        memory.held.swap_remove(0);
    }
    memory.held.push(purchase);
}

/// Comes to the till again, perhaps wanting another number of units.
pub(crate) async fn renew(world: &World, rng: &mut StdRng) {
    let Some(mut purchase) = taken(world, rng) else { return };
    let variant = *purchase.lines.keys().next().unwrap();
    let quantity = rng.random_range(1..=4);
    let silences = world.silences();
    let set = world.insist("changing a cart", || async {
        let set = carts::set_line(&world.stage.shop, &purchase.cart, variant, quantity).await;
        world.heard("changing a cart", set.map(drop))
    });
    if set.await.is_some() {
        purchase.lines.insert(variant, quantity);
    } else if world.silences() > silences {
        // Nobody knows what this cart wants now: its buyer never comes back.
        return;
    }
    // Whoever goes on elsewhere leaves the cart as it is now, and a hold that must fit it.
    if rng.random_range(0..3) > 0 {
        open(world, &purchase).await;
    } else {
        proof::holds_fit(world).await;
    }
    world.memory.lock().unwrap().held.push(purchase);
}

/// Leaves the till, and sometimes orders anyway.
pub(crate) async fn leave(world: &World, rng: &mut StdRng) {
    let Some(purchase) = taken(world, rng) else { return };
    let left = world.insist("leaving", || async {
        world.heard("leaving", checkout::leave(&world.stage.shop, &purchase.cart).await)
    });
    left.await;
    if rng.random_range(0..4) == 0 {
        order(world, rng, &purchase).await;
    }
}

/// Orders what was held, whether the hold still lives or not.
pub(crate) async fn place(world: &World, rng: &mut StdRng) {
    if let Some(purchase) = taken(world, rng) {
        order(world, rng, &purchase).await;
    }
}

async fn order(world: &World, rng: &mut StdRng, purchase: &Purchase) {
    let way = world.route(rng);
    let placed = world.insist("placing what was held", || async { buying::place(world, way, purchase).await });
    if let Some(told) = placed.await {
        world.told(purchase, told);
    }
}

async fn open(world: &World, purchase: &Purchase) {
    let opened = world.insist("coming to the till", || async {
        world.heard("coming to the till", checkout::open(&world.stage.shop, &purchase.cart).await)
    });
    opened.await;
}

fn taken(world: &World, rng: &mut StdRng) -> Option<Purchase> {
    let draw: u64 = rng.random();
    let mut memory = world.memory.lock().unwrap();
    let among = u64::try_from(memory.held.len()).ok().filter(|&among| among > 0)?;
    Some(memory.held.swap_remove(usize::try_from(draw % among).ok()?))
}
