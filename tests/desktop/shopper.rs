//! Somebody who buys over the JSON API, and pays on the gateway's page.

use reqwest::{Client, Response, redirect};
use serde_json::{Value, json};

/// Who buys when it does not matter.
const NAME: &str = "Siti Rahma";

/// A shopper of the shop at `url`.
pub(crate) struct Shopper {
    url: String,
    http: Client,
}

/// An order that waits for its money.
pub(crate) struct Unpaid {
    pub(crate) number: String,
    token: String,
    hosted_page: String,
}

impl Shopper {
    pub(crate) fn of(url: &str) -> Self {
        let http = services::http::plain_client().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
        Self { url: format!("{url}/api/v1"), http }
    }

    /// Buys two of something, to be paid at the gateway.
    pub(crate) async fn order(&self) -> Unpaid {
        self.order_as(NAME).await
    }

    /// The same, under that name.
    pub(crate) async fn order_as(&self, name: &str) -> Unpaid {
        let placed = self.place(name, "demo", true).await;
        assert_eq!(placed["status"], "pending_payment");
        Unpaid {
            number: text(&placed["number"]),
            token: text(&placed["access_token"]),
            hosted_page: text(&placed["payment"]["redirect_url"]),
        }
    }

    /// Buys two of something, to be paid at the door; gives the order's number.
    pub(crate) async fn order_on_delivery(&self) -> String {
        let placed = self.place(NAME, "cash_on_delivery", true).await;
        assert_eq!(placed["status"], "processing");
        text(&placed["number"])
    }

    /// Buys two of something, to be fetched and paid at the shop; gives the order's number.
    pub(crate) async fn order_to_fetch(&self) -> String {
        text(&self.place(NAME, "cash_on_delivery", false).await["number"])
    }

    async fn place(&self, name: &str, payment_method: &str, is_sent: bool) -> Value {
        let product = self.get("/products/kemeja-linen-pagi").await;
        let variant =
            product["variants"].as_array().unwrap().iter().find(|it| it["available"].as_u64() > Some(2)).unwrap();
        let cart = json_of(self.http.post(format!("{}/carts", self.url)).json(&json!({})).send().await.unwrap()).await;
        let cart = cart["id"].as_str().unwrap();
        let line = format!("{}/carts/{cart}/lines/{}", self.url, variant["id"]);
        json_of(self.http.put(line).json(&json!({ "quantity": 2 })).send().await.unwrap()).await;
        let mut order = json!({
            "email": "siti@example.com",
            "shipping_address": {
                "name": name, "phone": "+62 812-0000-0001", "line_1": "Jl. Melati No. 5", "line_2": "",
                "city": "Depok", "province": "Jawa Barat", "postal_code": "16411",
            },
            "payment_method": payment_method,
        });
        if !is_sent {
            order["shipping_address"] = json!({ "name": name, "phone": "+62 812-0000-0001" });
            order["delivery_method"] = json!("pickup");
        }
        let checkout = self.http.post(format!("{}/carts/{cart}/checkout", self.url)).header("Idempotency-Key", cart);
        json_of(checkout.json(&order).send().await.unwrap()).await
    }

    /// Presses Pay; answered after the shop has heard of it.
    pub(crate) async fn pay(&self, order: &Unpaid) {
        let (page, key) = order.hosted_page.split_once("?key=").unwrap();
        let key = key.split('&').next().unwrap();
        let html = self.http.get(&order.hosted_page).send().await.unwrap().text().await.unwrap();
        assert!(html.contains(&order.number) && html.contains(&format!("name=\"key\" value=\"{key}\"")), "{html}");
        let form = self.http.post(page).header("content-type", "application/x-www-form-urlencoded");
        let decided = form.body(format!("key={key}&decision=pay")).send().await.unwrap();
        assert!(decided.status().is_redirection(), "{decided:?}");
    }

    /// The order's status, as its shopper sees it.
    pub(crate) async fn status_of(&self, order: &Unpaid) -> String {
        let order = self.get(&format!("/orders/{}?token={}", order.number, order.token)).await;
        order["status"].as_str().unwrap().to_owned()
    }

    async fn get(&self, path: &str) -> Value {
        json_of(self.http.get(format!("{}{path}", self.url)).send().await.unwrap()).await
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

async fn json_of(response: Response) -> Value {
    assert!(response.status().is_success(), "{response:?}");
    response.json().await.unwrap()
}
