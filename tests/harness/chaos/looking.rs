//! People who only look: what they are shown must be whole at every moment.

use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::Value;

use super::world::World;

/// Reads an order over HTTP and checks its sums.
pub(crate) async fn order(world: &World, rng: &mut StdRng) {
    let (Some(known), server) = (world.some_order(rng), &world.servers[rng.random_range(0..world.servers.len())])
    else {
        return;
    };
    let url = format!("http://{}/api/v1/orders/{}?token={}", server.address, known.told.number, known.told.token);
    let seen = world.insist("looking at an order", || async {
        world.answered("looking at an order", world.client.get(&url).send().await).await
    });
    let Some(order) = seen.await else {
        return world.violation(format!("{} was confirmed and cannot be seen", known.told.number));
    };
    if amount(&order["totals"]["total"]) != known.told.total {
        world.violation(format!(
            "{} costs {} and was confirmed at {}",
            known.told.number, order["totals"]["total"], known.told.total
        ));
    }
}

fn amount(price: &Value) -> i64 {
    price["amount"].as_i64().unwrap_or(-1)
}
