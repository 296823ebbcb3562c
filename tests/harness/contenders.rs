//! One unit, and a crowd that wants it: exactly one gets it, round after round.
//!
//! Half of the crowd asks in process, half over HTTP, all at once. The losers keep their carts and try again in the
//! next round, for one unit more.

use std::sync::Arc;
use std::time::Instant;

use domain::inventory::ReceiveStock;
use domain::payments::PaymentMethod;
use reqwest::Client;
use services::{Error, Shop, carts, checkout, inventory};
use tokio::task::JoinSet;

use crate::figures::Figures;
use crate::options::Options;
use crate::stage::Stage;
use crate::{say, shelf};

/// Runs all rounds, and tells how many did not have exactly one winner.
pub(crate) async fn run(stage: &Stage, options: &Options, figures: &mut Figures) -> u64 {
    let server = stage.server().await;
    let client = services::http::plain_client().pool_max_idle_per_host(1_000).build().unwrap();
    let variants = shelf::fill(&stage.shop, &stage.owner, &stage.name("one"), 1, 1).await;
    let variant = variants[0];
    let keys: Arc<[String]> = shelf::carts(&stage.shop, &variants, options.contenders).await.into();

    let started = Instant::now();
    let mut wrong = 0;
    for round in 0..options.rounds {
        let mut crowd = JoinSet::new();
        for number in 0..options.contenders {
            let (shop, keys) = (stage.shop.clone(), Arc::clone(&keys));
            let way = (number % 2 == 0).then(|| (client.clone(), server.address.clone()));
            crowd.spawn(async move {
                match way {
                    None => in_process(&shop, &keys[number], round, number).await.then_some(number),
                    Some((client, address)) => {
                        over_http(&client, &address, &keys[number], round, number).await.then_some(number)
                    }
                }
            });
        }
        let winners: Vec<usize> = crowd.join_all().await.into_iter().flatten().collect();
        let pool = services::testing::database(&stage.shop);
        let row: (i64, i64, i64) = sqlx::query_as(
            "select s.on_hand, s.reserved, (select count(*) from order_lines l where l.variant_id = s.variant_id)
             from stock s where s.variant_id = ?",
        )
        .bind(variant.get())
        .fetch_one(&pool)
        .await
        .unwrap();
        if winners.len() != 1 || row != (0, 0, i64::try_from(round).unwrap() + 1) {
            say::line(&format!(
                "VIOLATION in round {round}: {} winners, and on hand, reserved, orders are {row:?}",
                winners.len()
            ));
            wrong += 1;
        }
        let request = ReceiveStock { variant_id: variant, quantity: 1, note: String::new() };
        inventory::receive(&stage.shop, &stage.owner, request).await.unwrap();
        for winner in winners {
            carts::set_line(&stage.shop, &keys[winner], variant, 1).await.unwrap();
        }
    }
    server.stop().await;

    say::line(&format!(
        "contenders: {} for one unit, {} rounds, {} with exactly one order; {:.1} s",
        options.contenders,
        options.rounds,
        options.rounds - usize::try_from(wrong).unwrap(),
        started.elapsed().as_secs_f64()
    ));
    figures.set("contenders", options.contenders);
    figures.set("contender_rounds", options.rounds);
    figures.set("contender_rounds_wrong", wrong);
    wrong
}

async fn in_process(shop: &Shop, cart: &str, round: usize, number: usize) -> bool {
    let request = shelf::request(&format!("pembeli{number}@example.com"), PaymentMethod::CashOnDelivery);
    loop {
        match checkout::place(shop, cart, &format!("round-{round}"), request.clone()).await {
            Ok(_) => return true,
            Err(Error::OutOfStock(_)) => return false,
            // So many at once may have to wait longer for a connection than a shop lets them.
            Err(Error::Unavailable { .. } | Error::Busy(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

async fn over_http(client: &Client, address: &str, cart: &str, round: usize, number: usize) -> bool {
    let body = shelf::request_body(&format!("pembeli{number}@example.com"), PaymentMethod::CashOnDelivery);
    let url = format!("http://{address}/api/v1/carts/{cart}/checkout");
    loop {
        let sent = client.post(&url).header("Idempotency-Key", format!("round-{round}")).json(&body).send().await;
        match sent.map(|answer| answer.status().as_u16()) {
            Ok(201) => return true,
            Ok(409) => return false,
            Ok(503) | Err(_) => {}
            Ok(status) => panic!("status {status}"),
        }
    }
}
