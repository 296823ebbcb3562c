//! Buyers: carts are filled and ordered, once, twice at once, and again after a lost answer.

use std::collections::BTreeMap;

use domain::catalog::VariantId;
use domain::checkout::PlaceOrder;
use domain::payments::PaymentMethod;
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use services::{carts, checkout};

use super::discounts;
use super::world::{Answer, Purchase, Receipt, World};
use crate::shelf;
use crate::stage::Server;

/// Fills a cart and orders it; a lost answer is asked for again with the same key.
pub(crate) async fn buy(world: &World, rng: &mut StdRng, tag: &str) {
    let Some(purchase) = filled(world, rng, tag).await else { return };
    let way = world.route(rng);
    if let Some(told) = world.insist("placing", || async { place(world, way, &purchase).await }).await {
        world.told(&purchase, told);
    }
}

/// Two tabs, or two processes, place the same cart with the same key at once: it is one order.
pub(crate) async fn buy_in_two_tabs(world: &World, rng: &mut StdRng, tag: &str) {
    let Some(purchase) = filled(world, rng, tag).await else { return };
    let (one, other) = (world.route(rng), world.route(rng));
    let (one, other) = tokio::join!(
        world.insist("placing in one tab", || async { place(world, one, &purchase).await }),
        world.insist("placing in another tab", || async { place(world, other, &purchase).await }),
    );
    for told in [one, other].into_iter().flatten() {
        world.told(&purchase, told);
    }
}

/// Sends an old request again: the answer is the order that it placed.
pub(crate) async fn repeat(world: &World, rng: &mut StdRng) {
    let (Some(known), way) = (world.some_order(rng), world.route(rng)) else { return };
    let again = world.insist("repeating", || async { place(world, way, &known.purchase).await }).await;
    match again {
        Some(told) => world.told(&known.purchase, told),
        None => world.violation(format!("the key of {} no longer gives its order", known.told.number)),
    }
}

/// A cart that wants one to three variants; nothing when there was too little of one.
pub(crate) async fn filled(world: &World, rng: &mut StdRng, tag: &str) -> Option<Purchase> {
    let wishes: BTreeMap<VariantId, u32> =
        (0..rng.random_range(1..=3)).map(|_| (some_variant(world, rng), rng.random_range(1..=3))).collect();
    let method = some_method(world, rng);
    let mut request = shelf::request_body(&format!("pembeli{}@example.com", rng.random_range(0..500)), method);
    request["shipping_address"]["line_2"] = Value::from(tag);
    request["voucher_code"] = Value::from(discounts::some_code(rng));
    let way = world.route(rng);

    let cart = world.insist("making a cart", || async { new_cart(world, way).await }).await?;
    let mut lines = BTreeMap::new();
    for (variant, quantity) in wishes {
        let silences = world.silences();
        let set = world.insist("filling a cart", || async { set_line(world, way, &cart, variant, quantity).await });
        if set.await.is_some() {
            lines.insert(variant, quantity);
        } else if world.silences() > silences {
            // The line may have been set before the answer was lost, and refused when it was asked for again.
            world.insist("emptying a line", || async { set_line(world, way, &cart, variant, 0).await }).await?;
        }
    }
    (!lines.is_empty()).then(|| Purchase { tag: tag.to_owned(), cart, key: format!("key-{tag}"), request, lines })
}

/// Two of three orders are paid online, most of them by way of a payment service.
pub(super) fn some_method(world: &World, rng: &mut StdRng) -> PaymentMethod {
    match rng.random_range(0..6) {
        0 | 1 => PaymentMethod::CashOnDelivery,
        2 => PaymentMethod::Demo,
        which => world.services.all()[which - 3].method(),
    }
}

/// Every third wish is for one of the first three variants, which are short.
fn some_variant(world: &World, rng: &mut StdRng) -> VariantId {
    let among = if rng.random_range(0..3) == 0 { 3 } else { world.variants.len() };
    world.variants[rng.random_range(0..among)]
}

pub(crate) async fn place(world: &World, way: Option<&Server>, purchase: &Purchase) -> Answer<Receipt> {
    let Purchase { cart, key, request, .. } = purchase;
    let Some(server) = way else {
        let request: PlaceOrder = serde_json::from_value(request.clone()).unwrap();
        let placed = checkout::place(&world.stage.shop, cart.as_str(), key, request).await;
        return match world.heard("placing", placed) {
            Answer::Yes(placed) => Answer::Yes(Receipt {
                number: placed.number,
                token: placed.access_token,
                total: placed.totals.total.get(),
            }),
            Answer::No(why) => Answer::No(why),
            Answer::Silence(why) => Answer::Silence(why),
        };
    };
    let url = format!("http://{}/api/v1/carts/{cart}/checkout", server.address);
    let sent = world.client.post(url).header("Idempotency-Key", key).json(request).send().await;
    match world.answered("placing", sent).await {
        Answer::Yes(body) => Answer::Yes(Receipt {
            number: text(&body["number"]),
            token: text(&body["access_token"]),
            total: body["totals"]["total"]["amount"].as_i64().unwrap(),
        }),
        Answer::No(why) => Answer::No(why),
        Answer::Silence(why) => Answer::Silence(why),
    }
}

async fn new_cart(world: &World, way: Option<&Server>) -> Answer<String> {
    let Some(server) = way else { return world.heard("making a cart", carts::create(&world.stage.shop).await) };
    let sent = world.client.post(format!("http://{}/api/v1/carts", server.address)).json(&json!({})).send().await;
    match world.answered("making a cart", sent).await {
        Answer::Yes(body) => Answer::Yes(text(&body["id"])),
        Answer::No(why) => Answer::No(why),
        Answer::Silence(why) => Answer::Silence(why),
    }
}

async fn set_line(world: &World, way: Option<&Server>, cart: &str, variant: VariantId, quantity: u32) -> Answer<()> {
    let Some(server) = way else {
        let set = carts::set_line(&world.stage.shop, cart, variant, quantity).await;
        return world.heard("filling a cart", set.map(drop));
    };
    let url = format!("http://{}/api/v1/carts/{cart}/lines/{variant}", server.address);
    let sent = world.client.put(url).json(&json!({ "quantity": quantity })).send().await;
    match world.answered("filling a cart", sent).await {
        Answer::Yes(_) => Answer::Yes(()),
        Answer::No(why) => Answer::No(why),
        Answer::Silence(why) => Answer::Silence(why),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
