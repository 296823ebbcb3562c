//! How fast orders are placed. Carts are filled before the clock starts: only placing is measured.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::payments::PaymentMethod;
use services::{Shop, checkout};
use tokio::task::JoinSet;

use crate::figures::{Figures, milliseconds, per_second};
use crate::stage::Stage;
use crate::{say, shelf};

const ORDERS: usize = 3_000;
const VARIANTS: usize = 1_000;
const BUYERS: usize = 50;
const ORDERS_OF_A_BUYER: usize = 80;
/// Connections of the shop's pool, and as many callers.
const POOLS: [u32; 5] = [8, 16, 24, 32, 48];

/// Everybody wants the same thing.
pub(crate) async fn hot(stage: &Stage, figures: &mut Figures) {
    let (rate, pool) = best(stage, "hot", 1).await;
    figures.set("placed_per_second_hot", rate);
    figures.set("placed_per_second_hot_connections", pool);
}

/// Everybody wants something else.
pub(crate) async fn spread(stage: &Stage, figures: &mut Figures) {
    let (rate, pool) = best(stage, "spread", VARIANTS).await;
    figures.set("placed_per_second_spread", rate);
    figures.set("placed_per_second_spread_connections", pool);
}

/// Buyers who each place one order after the other without a pause, on connections of their own that stay open.
pub(crate) async fn http(stage: &Stage, figures: &mut Figures) {
    let server = stage.server().await;
    let all = BUYERS * ORDERS_OF_A_BUYER;
    let variants = shelf::fill(&stage.shop, &stage.owner, &stage.name("http"), BUYERS, 10_000).await;
    let carts = shelf::carts(&stage.shop, &variants, all).await;

    let mut buyers = JoinSet::new();
    let started = Instant::now();
    for buyer in 0..BUYERS {
        let mine: Vec<String> = carts.iter().skip(buyer).step_by(BUYERS).cloned().collect();
        buyers.spawn(place_over_http(server.address.clone(), buyer, mine));
    }
    let mut times: Vec<Duration> = buyers.join_all().await.into_iter().flatten().collect();
    let rate = per_second(all, started.elapsed().as_secs_f64());
    server.stop().await;

    times.sort_unstable();
    let at = |percent: usize| milliseconds(times[times.len() * percent / 100]);
    say::line(&format!(
        "http: {BUYERS} buyers at once, {all} orders, {rate} per second; p50 {} ms, p95 {} ms, p99 {} ms",
        at(50),
        at(95),
        at(99)
    ));
    figures.set("placed_per_second_http", rate);
    figures.set("p50_ms", at(50));
    figures.set("p95_ms", at(95));
    figures.set("p99_ms", at(99));
}

async fn best(stage: &Stage, name: &str, variants: usize) -> (u64, u32) {
    let variants = shelf::fill(&stage.shop, &stage.owner, &stage.name(name), variants, 1_000_000).await;
    let mut best = (0, 0);
    let mut tried = Vec::new();
    for pool in POOLS {
        let carts = shelf::carts(&stage.shop, &variants, ORDERS).await;
        let shop = stage.another_shop(pool).await;
        let rate = place_in_process(&shop, pool as usize, carts).await;
        shop.close().await;
        tried.push(format!("{pool}: {rate}"));
        best = best.max((rate, pool));
    }
    let (rate, pool) = best;
    say::line(&format!("{name}: {rate} orders per second in process with {pool} connections ({})", tried.join(", ")));
    best
}

async fn place_in_process(shop: &Shop, callers: usize, carts: Vec<String>) -> u64 {
    let carts: Arc<[String]> = carts.into();
    warm_up(shop, callers).await;
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for caller in 0..callers {
        let (shop, carts) = (shop.clone(), Arc::clone(&carts));
        tasks.spawn(async move {
            for number in (caller..carts.len()).step_by(callers) {
                let request = shelf::request(&format!("pembeli{number}@example.com"), PaymentMethod::CashOnDelivery);
                checkout::place(&shop, &carts[number], "once", request).await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    per_second(carts.len(), started.elapsed().as_secs_f64()).as_u64().unwrap()
}

/// Opens every connection, so that no order waits for one to be made.
async fn warm_up(shop: &Shop, connections: usize) {
    let pool = services::testing::database(shop);
    let mut held = Vec::new();
    for _ in 0..connections {
        held.push(pool.acquire().await.unwrap());
    }
}

async fn place_over_http(address: String, buyer: usize, carts: Vec<String>) -> Vec<Duration> {
    let client = services::http::plain_client().timeout(Duration::from_secs(30)).build().unwrap();
    client.get(format!("http://{address}/healthz")).send().await.unwrap().bytes().await.unwrap();
    let body = shelf::request_body(&format!("pembeli-http{buyer}@example.com"), PaymentMethod::CashOnDelivery);
    let mut times = Vec::new();
    for cart in carts {
        let url = format!("http://{address}/api/v1/carts/{cart}/checkout");
        let started = Instant::now();
        let answer = client.post(url).header("Idempotency-Key", "once").json(&body).send().await.unwrap();
        let status = answer.status().as_u16();
        let said = answer.text().await.unwrap();
        times.push(started.elapsed());
        assert_eq!(status, 201, "{said}");
    }
    times
}
