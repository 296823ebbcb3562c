//! Staff at the desk: orders are sent, brought and called off, and goods come in.

use domain::inventory::{MovementReason, ReceiveStock};
use domain::orders::{CancelOrder, CompleteOrder, OrderDetail, OrderId, OrderStatus, ShipOrder};
use rand::RngExt;
use rand::rngs::StdRng;
use services::{inventory, orders};

use super::world::{Answer, World};

/// Hands some order to the courier.
pub(crate) async fn ship(world: &World, rng: &mut StdRng) {
    let Some(order_id) = some_order(world, rng).await else { return };
    step(world, OrderStatus::Shipped, || async {
        let request = ShipOrder::all(order_id, format!("JNE{order_id}"));
        orders::ship(&world.stage.shop, &world.stage.owner, request).await
    })
    .await;
}

/// Notes that the buyer has the goods.
pub(crate) async fn complete(world: &World, rng: &mut StdRng) {
    let Some(order_id) = some_order(world, rng).await else { return };
    step(world, OrderStatus::Completed, || async {
        orders::complete(&world.stage.shop, &world.stage.owner, CompleteOrder { order_id }).await
    })
    .await;
}

/// Calls some order off.
pub(crate) async fn cancel(world: &World, rng: &mut StdRng) {
    let Some(order_id) = some_order(world, rng).await else { return };
    step(world, OrderStatus::Cancelled, || async {
        let request = CancelOrder { order_id, reason: "the buyer asked for it".to_owned() };
        orders::cancel(&world.stage.shop, &world.stage.owner, request).await
    })
    .await;
}

/// Takes units in; short variants get few, the others many.
pub(crate) async fn receive(world: &World, rng: &mut StdRng) {
    let index = rng.random_range(0..world.variants.len());
    let variant_id = world.variants[index];
    let quantity = if index < 3 { rng.random_range(1..=4) } else { rng.random_range(1..=40) };
    let request = ReceiveStock { variant_id, quantity, note: String::new() };
    let outcome = inventory::receive(&world.stage.shop, &world.stage.owner, request).await;
    let (surely, at_most) = match world.heard("receiving", outcome) {
        Answer::Yes(_) => (i64::from(quantity), i64::from(quantity)),
        Answer::No(why) => return world.violation(format!("goods were refused: {why}")),
        // It is not repeated: that would be another delivery.
        Answer::Silence(_) => (0, i64::from(quantity)),
    };
    world.memory.lock().unwrap().book(MovementReason::Received, variant_id, surely, at_most);
}

/// Moves an order, again until there is an answer; what staff saw is remembered.
async fn step<A: Future<Output = services::Result<OrderDetail>>>(world: &World, to: OrderStatus, ask: impl Fn() -> A) {
    let moved = world.insist(to.as_str(), || async { world.heard(to.as_str(), ask().await) }).await;
    if let Some(detail) = moved {
        if detail.status != to {
            world.violation(format!("{} was moved to {to} and is {}", detail.number, detail.status));
        }
        world.memory.lock().unwrap().reached.push((detail.number, to));
    }
}

/// Some order's id, as its buyer's page finds it.
pub(super) async fn some_order(world: &World, rng: &mut StdRng) -> Option<OrderId> {
    let known = world.some_order(rng)?;
    let (number, token) = (&known.told.number, &known.told.token);
    let found = world.insist("showing an order", || async {
        world.heard("showing an order", orders::show(&world.stage.shop, number, token).await)
    });
    let Some(detail) = found.await else {
        world.violation(format!("{number} was confirmed and is not there"));
        return None;
    };
    Some(detail.id)
}
