//! Money comes, or does not; twice, late, in the wrong order, and of the wrong amount. What the practice gateway would tell is
//! made up here; buyers of the others pay on their pages (`hosted.rs`).

use domain::money::{Currency, Money};
use domain::payments::{DemoNotification, DemoRefund, DemoRefundNotification, GatewayOutcome};
use rand::RngExt;
use rand::rngs::StdRng;
use services::payments::demo::{SIGNATURE_HEADER, sign};
use services::{Error, payments};

use super::hosted;
use super::world::{Answer, Placed, World};
use crate::stage::{SECRET, Server};

/// Money came. Sometimes two messages of it are on the way at once.
pub(crate) async fn pay(world: &World, rng: &mut StdRng) {
    let Some(mut order) = world.some_order(rng) else { return };
    for _ in 0..3 {
        let Some(service) = hosted::service_of(world, &order) else { break };
        if Box::pin(hosted::pay(world, rng, service, &order)).await {
            return;
        }
        // That one waits for no money any more.
        let Some(other) = world.some_order(rng) else { return };
        order = other;
    }
    let Some(notification) = about(world, &order, GatewayOutcome::Paid).await else { return };
    let (one, other) = (world.route(rng), world.route(rng));
    if rng.random_range(0..3) > 0 {
        tell(world, one, &notification).await;
        return;
    }
    if rng.random_range(0..2) == 0 {
        // A gateway that waited too long sends the event again; the first answer ends both.
        tokio::select! {
            () = tell(world, one, &notification) => {}
            () = tell(world, other, &notification) => {}
        }
    } else {
        // Two events about the same money.
        let twin = DemoNotification { event_id: format!("{}-again", notification.event_id), ..notification.clone() };
        tokio::join!(tell(world, one, &notification), tell(world, other, &twin));
    }
}

/// The attempt failed or ran out; sometimes the buyer begins another.
pub(crate) async fn fail(world: &World, rng: &mut StdRng) {
    let outcome = if rng.random_range(0..2) == 0 { GatewayOutcome::Failed } else { GatewayOutcome::Expired };
    let Some(order) = world.some_order(rng) else { return };
    if let Some(service) = hosted::service_of(world, &order) {
        return hosted::give_up(world, rng, service, &order).await;
    }
    let Some(notification) = about(world, &order, outcome).await else { return };
    tell(world, world.route(rng), &notification).await;
    begin(world, rng).await;
}

/// The buyer of an unpaid order asks for the gateway's page.
pub(crate) async fn begin(world: &World, rng: &mut StdRng) {
    let Some(order) = world.some_order(rng) else { return };
    if hosted::service_of(world, &order).is_some() {
        hosted::page_of(world, world.route(rng), &order).await;
        return;
    }
    // The gateway of the shop in process is away: the attempt exists all the same, and the answer is no news.
    let asked = payments::begin(&world.stage.shop, &order.told.number, &order.told.token).await;
    if let Err(error @ Error::Internal(_)) = asked {
        world.heard::<()>("beginning a payment", Err(error));
    }
}

/// A gateway that is mistaken about the amount.
pub(crate) async fn mistake(world: &World, rng: &mut StdRng) {
    let Some(order) = world.some_order(rng) else { return };
    if let Some(service) = hosted::service_of(world, &order) {
        return hosted::mistake(world, rng, service, &order).await;
    }
    let Some(mut notification) = about(world, &order, GatewayOutcome::Paid).await else { return };
    notification.amount = Money::minor(notification.amount.get() + 1);
    notification.event_id.push_str("-wrong");
    tell(world, world.route(rng), &notification).await;
}

/// What the practice gateway would say about the newest attempt of an order that is paid there.
async fn about(world: &World, order: &Placed, outcome: GatewayOutcome) -> Option<DemoNotification> {
    let pool = services::testing::database(&world.stage.shop);
    let attempt = world.insist("looking for an attempt", || async {
        let found: sqlx::Result<Option<(String, i64)>> = sqlx::query_as(
            "select p.reference, p.amount from payments p join orders o on o.id = p.order_id
             where o.number = ? and p.gateway = 'demo' order by p.id desc limit 1",
        )
        .bind(&order.told.number)
        .fetch_optional(&pool)
        .await;
        match found {
            Ok(found) => Answer::Yes(found),
            Err(why) => Answer::Silence(why.to_string()),
        }
    });
    let (reference, amount) = attempt.await.flatten()?;
    Some(DemoNotification {
        event_id: format!("evt-{reference}-{outcome}"),
        reference,
        outcome,
        amount: Money::minor(amount),
        currency: Currency::Rupiah,
        at: chrono::Utc::now(),
    })
}

/// The gateway tells, once or twice, that the refunds of an order that are on their way have arrived.
pub(super) async fn tell_of_refunds(world: &World, rng: &mut StdRng, number: &str) {
    let pool = services::testing::database(&world.stage.shop);
    let on_their_way = world.insist("looking for refunds", || async {
        let found: sqlx::Result<Vec<(String, String, i64)>> = sqlx::query_as(
            "select p.reference, r.idempotency_key, r.amount
             from refunds r join payments p on p.id = r.payment_id join orders o on o.id = r.order_id
             where o.number = ? and r.status = 'requested' and p.gateway = 'demo'",
        )
        .bind(number)
        .fetch_all(&pool)
        .await;
        match found {
            Ok(found) => Answer::Yes(found),
            Err(why) => Answer::Silence(why.to_string()),
        }
    });
    for (reference, key, amount) in on_their_way.await.unwrap_or_default() {
        let (refund_id, amount) = (format!("re-{key}"), Money::minor(amount));
        let refund = DemoRefund { refund_id, key: key.clone(), amount, currency: Currency::Rupiah };
        let tell = async |way: Option<&Server>, which: &str| {
            let (event_id, reference, refund) = (format!("evt-{key}-{which}"), reference.clone(), refund.clone());
            let told = DemoRefundNotification { event_id, reference, refund, at: chrono::Utc::now() };
            deliver(world, way, &told.event_id, serde_json::to_vec(&told).unwrap()).await;
        };
        let (one, other) = (world.route(rng), world.route(rng));
        if rng.random_range(0..2) == 0 {
            tell(one, "once").await;
        } else {
            tokio::join!(tell(one, "once"), tell(other, "again"));
        }
    }
}

/// Sends news of a payment until the shop acknowledges it, as a gateway does.
pub(super) async fn tell(world: &World, way: Option<&Server>, notification: &DemoNotification) {
    deliver(world, way, &notification.event_id, serde_json::to_vec(notification).unwrap()).await;
}

async fn deliver(world: &World, way: Option<&Server>, event_id: &str, body: Vec<u8>) {
    let told = world.insist("telling of money", || async {
        let Some(server) = way else {
            let shop = &world.stage.shop;
            let now = match world.heard("asking the time", shop.now().await) {
                Answer::Yes(now) => now,
                Answer::No(why) | Answer::Silence(why) => return Answer::Silence(why),
            };
            let headers = [(SIGNATURE_HEADER.to_owned(), sign(SECRET, now.timestamp(), &body))];
            return match payments::receive(shop, "demo", &headers, &body).await {
                // The clock jumped between signing and looking.
                Err(Error::SignedOut(_)) => Answer::Silence("the signature is too old".to_owned()),
                received => world.heard("telling of money", received.map(drop)),
            };
        };
        let request = world.client.post(format!("http://{}/webhooks/demo", server.address));
        let signature = sign(SECRET, chrono::Utc::now().timestamp(), &body);
        let request = request.header("content-type", "application/json").header(SIGNATURE_HEADER, signature);
        match world.answered("telling of money", request.body(body.clone()).send().await).await {
            Answer::Yes(_) => Answer::Yes(()),
            Answer::No(why) => Answer::No(why),
            Answer::Silence(why) => Answer::Silence(why),
        }
    });
    if told.await.is_some() {
        world.memory.lock().unwrap().notified.push(event_id.to_owned());
    } else {
        world.violation(format!("the shop refused the notification {event_id}"));
    }
}
