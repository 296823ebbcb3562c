//! After the sale: parcels in parts, returns with and without restock, refunds, and buyers who call off.

use domain::money::Money;
use domain::orders::{
    CallOffRest, LineUnits, OrderDetail, OrderId, OrderStatus, ReturnOrder, ReturnedUnits, ShipOrder,
};
use domain::payments::{RefundOrder, RefundWhat};
use rand::RngExt;
use rand::rngs::StdRng;
use services::{orders, payments};

use super::desk::some_order;
use super::paying;
use super::world::{Answer, World};

/// Hands one unit of some order to the courier; two at once want to. Sometimes that is all that ever leaves.
pub(crate) async fn ship_part(world: &World, rng: &mut StdRng) {
    let Some(order) = some_detail(world, rng).await else { return };
    let Some(line) = order.lines.get(rng.random_range(0..order.lines.len())) else { return };
    let ship = async || {
        let lines = Some(vec![LineUnits { line_id: line.id, quantity: 1 }]);
        let request = ShipOrder { lines, ..ShipOrder::all(order.id, "") };
        world.heard("sending a part", orders::ship(&world.stage.shop, &world.stage.owner, request).await)
    };
    let (one, other) = tokio::join!(ship(), ship());
    for answer in [one, other] {
        if let Answer::Yes(sent) = answer {
            remember(world, sent);
        }
    }
    if rng.random_range(0..3) == 0 {
        call_off_rest_of(world, order.id).await;
    }
}

/// What has not left of some order is called off.
pub(crate) async fn call_off_rest(world: &World, rng: &mut StdRng) {
    if let Some(order_id) = some_order(world, rng).await {
        call_off_rest_of(world, order_id).await;
    }
}

async fn call_off_rest_of(world: &World, order_id: OrderId) {
    let called_off = world.insist("calling off the rest", || async {
        let request = CallOffRest { order_id, reason: "out of cloth".to_owned() };
        let done = orders::call_off_rest(&world.stage.shop, &world.stage.owner, request).await;
        world.heard("calling off the rest", done)
    });
    if let Some(order) = called_off.await {
        remember(world, order);
    }
}

/// Units of some order come back, with or without their money; the same request is sent twice at once, or two that want the
/// same units back.
pub(crate) async fn give_back(world: &World, rng: &mut StdRng, tag: &str) {
    let Some(order) = some_detail(world, rng).await else { return };
    let away = order.lines.iter().filter(|line| line.shipped > line.returned);
    let (restock, refund) = (rng.random_range(0..3) > 0, rng.random_range(0..2) == 0);
    let lines: Vec<_> = away
        .map(|line| {
            let quantity = rng.random_range(1..=line.shipped - line.returned);
            ReturnedUnits { line_id: line.id, quantity, restock }
        })
        .collect();
    if lines.is_empty() {
        return;
    }
    let other_key = if rng.random_range(0..3) == 0 { "-other" } else { "" };
    let back = async |which: &str| {
        world
            .insist("taking back", || async {
                let (note, key) = ("too small".to_owned(), format!("return-{tag}{which}"));
                let request = ReturnOrder { order_id: order.id, lines: lines.clone(), note, refund, key };
                world.heard("taking back", orders::take_back(&world.stage.shop, &world.stage.owner, request).await)
            })
            .await
    };
    let (one, other) = tokio::join!(back(""), back(other_key));
    for seen in [one, other].into_iter().flatten() {
        let of_this = |line: &ReturnedUnits| {
            let now = seen.lines.iter().find(|known| known.id == line.line_id).map_or(0, |known| known.returned);
            let was = order.lines.iter().find(|known| known.id == line.line_id).map_or(0, |known| known.returned);
            now >= was + line.quantity
        };
        if !lines.iter().all(of_this) {
            world.violation(format!("{} took units back and does not have them", seen.number));
        }
        remember(world, seen);
    }
}

/// Money of some order goes back: all, an amount, or a unit's; the same refund is asked for twice at once.
pub(crate) async fn refund(world: &World, rng: &mut StdRng, tag: &str) {
    let Some(order) = some_detail(world, rng).await else { return };
    let what = match rng.random_range(0..4) {
        0 => RefundWhat::Everything,
        1 => RefundWhat::Units(vec![LineUnits { line_id: order.lines[0].id, quantity: 1 }]),
        _ => RefundWhat::Amount(Money::minor(rng.random_range(1..=order.totals.total.get().max(1)))),
    };
    let ask = async || {
        world
            .insist("refunding", || async {
                let (reason, key) = (format!("refund-{tag}"), format!("refund-{tag}"));
                let request = RefundOrder { order_id: order.id, what: what.clone(), reason, key };
                world.heard("refunding", payments::refund(&world.stage.shop, &world.stage.owner, request).await)
            })
            .await
    };
    let (one, other) = tokio::join!(ask(), ask());
    Box::pin(gave_back(world, rng, [(one, format!("refund-{tag}")), (other, format!("refund-{tag}"))])).await;
}

/// Two people give back what was paid for all units of one line, each by a request of their own.
pub(crate) async fn refund_units(world: &World, rng: &mut StdRng, tag: &str) {
    let Some(order) = some_detail(world, rng).await else { return };
    let line = &order.lines[rng.random_range(0..order.lines.len())];
    let ask = async |reason: String| {
        let units = vec![LineUnits { line_id: line.id, quantity: line.quantity }];
        let (what, key) = (RefundWhat::Units(units), reason.clone());
        let request = RefundOrder { order_id: order.id, what, reason, key };
        world
            .insist("refunding units", || async {
                let done = payments::refund(&world.stage.shop, &world.stage.owner, request.clone()).await;
                world.heard("refunding units", done)
            })
            .await
    };
    let (one, other) = (format!("refund-{tag}-one"), format!("refund-{tag}-other"));
    let (first, second) = tokio::join!(ask(one.clone()), ask(other.clone()));
    Box::pin(gave_back(world, rng, [(first, one), (second, other)])).await;
}

/// Staff were told of refunds; the gateway may tell at once that it has sent the money.
async fn gave_back(world: &World, rng: &mut StdRng, told: [(Option<OrderDetail>, String); 2]) {
    for (seen, reason) in told {
        let Some(seen) = seen else { continue };
        if seen.balance.refunded > seen.balance.paid {
            world
                .violation(format!("{} gave back {:?} of {:?}", seen.number, seen.balance.refunded, seen.balance.paid));
        }
        world.memory.lock().unwrap().refunded.push((seen.number.clone(), reason));
        if rng.random_range(0..2) == 0 {
            paying::tell_of_refunds(world, rng, &seen.number).await;
        }
    }
}

/// The buyer of some order calls it off by its link.
pub(crate) async fn buyer_cancels(world: &World, rng: &mut StdRng) {
    let Some(known) = world.some_order(rng) else { return };
    let (number, token) = (&known.told.number, &known.told.token);
    let cancelled = world.insist("the buyer calls off", || async {
        let done = orders::cancel_by_buyer(&world.stage.shop, number, token, "").await;
        world.heard("the buyer calls off", done)
    });
    if let Some(order) = cancelled.await {
        if order.status != OrderStatus::Cancelled {
            world.violation(format!("{number} was called off by its buyer and is {}", order.status));
        }
        remember(world, order);
    }
}

/// Mostly one that goods leave for, or left.
async fn some_detail(world: &World, rng: &mut StdRng) -> Option<OrderDetail> {
    let mut found = None;
    for _ in 0..4 {
        let order = some_order(world, rng).await?;
        let shown = world.insist("looking at an order", || async {
            let detail = orders::detail(&world.stage.shop, &world.stage.owner, order).await;
            world.heard("looking at an order", detail)
        });
        let detail = shown.await?;
        let is_alive = !matches!(detail.status, OrderStatus::PendingPayment | OrderStatus::Cancelled);
        found = Some(detail);
        if is_alive {
            break;
        }
    }
    found
}

/// Staff saw the order in this status.
fn remember(world: &World, order: OrderDetail) {
    let mut memory = world.memory.lock().unwrap();
    let (parcels, returns) = memory.seen.entry(order.number.clone()).or_default();
    *parcels = (*parcels).max(order.parcels.len());
    *returns = (*returns).max(order.returns.len());
    memory.reached.push((order.number, order.status));
}
