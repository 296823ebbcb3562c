//! Many buyers at once, over real sockets.

use std::time::Duration;

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use crate::served::Served;

const BUYERS: usize = 200;
const ROUNDS: usize = 20;
/// How often a buyer comes, at most.
const TRIES: usize = 10;

/// Checklist 35. Pitfall P9. Acceptance: exactly ten of two hundred get one of ten units, twenty times over.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn two_hundred_buyers_of_ten_units_make_ten_orders(db: MySqlPool) {
    let shop = Served::open(db).await;
    // Whoever asks at once has a connection of their own.
    let client = services::http::plain_client().build().unwrap();
    for round in 0..ROUNDS {
        let variant = shop.variant(&format!("HOT{round}"), 150_000, 10).await;
        let mut coming: JoinSet<_> =
            (0..BUYERS).map(|_| Buyer::come(client.clone(), shop.url("/api/v1/carts"), variant.get())).collect();
        let mut waiting = Vec::new();
        while let Some(buyer) = coming.join_next().await {
            waiting.push(buyer.unwrap());
        }
        let mut buyers: JoinSet<_> = waiting.into_iter().map(Buyer::place).collect();

        let mut numbers = Vec::new();
        while let Some(outcome) = buyers.join_next().await {
            match outcome.unwrap() {
                (201, body) => numbers.push(text(&body["number"])),
                (409, body) => assert_eq!(body["shortages"][0]["variant_id"], json!(variant), "{body}"),
                other => panic!("{other:?}"),
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 10, "round {round}");
        assert_eq!(shop.stock(variant).await, (0, 0), "round {round}");
    }
    assert_eq!(shop.count("select count(*) from orders").await, i64::try_from(10 * ROUNDS).unwrap());
    shop.assert_stock_adds_up().await;
    shop.stop().await;
}

struct Buyer {
    client: Client,
    base: String,
    cart: String,
}

impl Buyer {
    /// One with a unit in a cart of their own.
    async fn come(client: Client, base: String, variant: u64) -> Self {
        let (status, cart) = answered(|| client.post(&base).json(&json!({}))).await;
        assert_eq!(status, 201, "{cart}");
        let buyer = Self { cart: text(&cart["id"]), client, base };
        let url = format!("{}/{}/lines/{variant}", buyer.base, buyer.cart);
        let (status, set) = answered(|| buyer.client.put(&url).json(&json!({ "quantity": 1 }))).await;
        assert_eq!(status, 200, "{set}");
        buyer
    }

    async fn place(self) -> (u16, Value) {
        let body = json!({
            "email": "buyer@example.com",
            "shipping_address": {
                "name": "Pembeli", "phone": "081200000001", "line_1": "Jl. Melati 5", "line_2": "",
                "city": "Depok", "province": "Jawa Barat", "postal_code": "16411",
            },
            "payment_method": "cash_on_delivery",
        });
        let url = format!("{}/{}/checkout", self.base, self.cart);
        answered(|| self.client.post(&url).header("Idempotency-Key", "once").json(&body)).await
    }
}

/// Where two cores serve hundreds, somebody is asked to come again: they do, and it is one wish.
async fn answered(ask: impl Fn() -> RequestBuilder) -> (u16, Value) {
    for _ in 0..TRIES {
        let answer = ask().send().await.unwrap();
        if answer.status().as_u16() != 503 {
            return (answer.status().as_u16(), answer.json().await.unwrap());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("a buyer was asked to come again {TRIES} times");
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
