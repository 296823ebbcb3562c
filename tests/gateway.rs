//! The practice gateway itself, on a port of its own, with its clock and its memory, for tests that must hear it.

use domain::checkout::PlacedOrder;
use domain::money::Money;
use domain::payments::{DemoPayment, GatewayOutcome};
use reqwest::Client;
use services::payments::demo;
use storefront::Server;
use storefront::config::Secret;
use storefront::demo_gateway::{Gateway, router};
use storefront::server::Port;
use tempfile::TempDir;

use crate::shop::{SECRET, TestShop};

/// A gateway that ends with the test.
pub(crate) struct RealGateway {
    folder: TempDir,
    _server: Server,
    url: String,
    client: Client,
}

impl RealGateway {
    /// Opens a gateway, and makes it the shop's.
    pub(crate) fn of(shop: &TestShop) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = Port::claim(([127, 0, 0, 1], 0).into()).unwrap();
        let url = format!("http://{}", port.address());
        let gateway = Gateway::open(folder.path().to_owned(), Secret::from(SECRET.to_owned()), url.clone()).unwrap();
        let server = Server::serve(port, router(gateway)).unwrap();
        shop.set_demo_gateway(&url, SECRET);
        Self { folder, _server: server, url, client: services::http::plain_client().build().unwrap() }
    }

    /// Makes it the shop's again.
    pub(crate) fn back_to(&self, shop: &TestShop) {
        shop.set_demo_gateway(&self.url, SECRET);
    }

    /// What went back of an order's first payment.
    pub(crate) fn refunded(&self, placed: &PlacedOrder) -> Vec<Money> {
        self.refunded_of(&format!("{}-1", placed.number))
    }

    /// What went back of a payment, as the gateway's own file tells.
    pub(crate) fn refunded_of(&self, reference: &str) -> Vec<Money> {
        let file = self.folder.path().join("payments").join(format!("{reference}.json"));
        let payment: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let refunds = payment["refunds"].as_array().unwrap().iter();
        refunds.map(|refund| Money::minor(refund["notification"]["refund"]["amount"].as_i64().unwrap())).collect()
    }

    /// The buyer decides on the hosted page.
    pub(crate) async fn decide(&self, page: &str, decision: &str) {
        let key = page.split_once("key=").unwrap().1.to_owned();
        let form = format!("key={key}&decision={decision}");
        let address = page.split_once('?').unwrap().0;
        let answer = self
            .client
            .post(address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await;
        // It sends the browser back to a shop that may not be served.
        drop(answer);
    }

    /// How a payment stands, or nothing when the gateway never heard of it.
    pub(crate) async fn outcome(&self, reference: &str) -> Option<GatewayOutcome> {
        let signature = demo::sign(SECRET, chrono::Utc::now().timestamp(), b"");
        let request = self.client.get(format!("{}/v1/payments/{reference}", self.url));
        let answer = request.header(demo::SIGNATURE_HEADER, signature).send().await.unwrap();
        answer.json::<DemoPayment>().await.ok().map(|payment| payment.outcome)
    }
}
