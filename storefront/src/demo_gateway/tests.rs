//! The gateway over real HTTP: a shop asks, a buyer decides, the shop hears.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use chrono::TimeDelta;
use domain::payments::{DemoNotification, DemoPayment, DemoPaymentRequest, GatewayOutcome};
use reqwest::Client;
use reqwest::redirect::Policy;
use services::payments::demo::{SIGNATURE_HEADER, sign, verify};
use tokio::sync::Notify;

use crate::config::{Secret, url_of};
use crate::demo_gateway::payment::tests::request;
use crate::demo_gateway::{Gateway, clockwork, now, router};
use crate::server::{Port, Server};

const SECRET: &str = "a secret of both";

/// A shop's webhook that is out of order for the first notification.
#[derive(Clone, Default)]
struct Webhook {
    heard: Arc<Mutex<Vec<(bool, DemoNotification)>>>,
    taken: Arc<Notify>,
}

async fn hear(State(webhook): State<Webhook>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = headers[SIGNATURE_HEADER].to_str().unwrap();
    let is_genuine = verify(SECRET, header, &body, now().timestamp(), 300);
    let mut heard = webhook.heard.lock().unwrap();
    heard.push((is_genuine, serde_json::from_slice(&body).unwrap()));
    if heard.len() == 1 {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    webhook.taken.notify_one();
    StatusCode::OK
}

/// A gateway, the webhook of its shop, and the request that the shop will send.
struct Stage {
    _dir: tempfile::TempDir,
    /// Dropped servers end.
    _servers: [Server; 2],
    gateway: Gateway,
    url: String,
    webhook: Webhook,
    client: Client,
    wanted: DemoPaymentRequest,
}

impl Stage {
    fn open() -> Self {
        let webhook = Webhook::default();
        let shop = Router::new().route("/webhooks/demo", post(hear)).with_state(webhook.clone());
        let shop = Server::serve(any_port(), shop).unwrap();

        let dir = tempfile::tempdir().unwrap();
        let port = any_port();
        let url = url_of(port.address());
        let gateway = Gateway::open(dir.path().to_owned(), Secret::from(SECRET.to_owned()), url.clone()).unwrap();
        let gateway_server = Server::serve(port, router(gateway.clone())).unwrap();
        let shop_url = url_of(shop.address());

        let mut wanted = request("p-1");
        wanted.notify_url = format!("{shop_url}/webhooks/demo");
        wanted.return_url = format!("{shop_url}/orders/ET-1001/thanks?token=x");
        wanted.expires_at = now() + TimeDelta::hours(1);
        let client = services::http::plain_client().no_proxy().redirect(Policy::none()).build().unwrap();
        Self { _dir: dir, _servers: [gateway_server, shop], gateway, url, webhook, client, wanted }
    }

    async fn ask(&self, signature: &str) -> reqwest::Response {
        let body = serde_json::to_vec(&self.wanted).unwrap();
        let signature =
            if signature.is_empty() { sign(SECRET, now().timestamp(), &body) } else { signature.to_owned() };
        let request = self.client.post(format!("{}/v1/payments", self.url)).header(SIGNATURE_HEADER, signature);
        request.body(body).send().await.unwrap()
    }

    /// Waits until the shop took a notification, and gives all that it heard.
    async fn heard(&self) -> Vec<(bool, DemoNotification)> {
        tokio::time::timeout(Duration::from_secs(20), self.webhook.taken.notified()).await.unwrap();
        self.webhook.heard.lock().unwrap().clone()
    }
}

fn any_port() -> Port {
    Port::claim("127.0.0.1:0".parse().unwrap()).unwrap()
}

#[tokio::test]
async fn a_paid_payment_is_told_until_the_shop_takes_it() {
    let stage = Stage::open();
    assert_eq!(stage.ask("t=1,v1=00").await.status(), 401);
    let payment: DemoPayment = stage.ask("").await.json().await.unwrap();

    let page = stage.client.get(&payment.redirect_url).send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert_eq!(stage.client.get(format!("{}/pay/p-1?key=guess", stage.url)).send().await.unwrap().status(), 404);

    let (address, key) = payment.redirect_url.split_once("?key=").unwrap();
    let form = |key: &str| format!("key={key}&decision=pay");
    let decide = |body: String| {
        let request = stage.client.post(address).header("content-type", "application/x-www-form-urlencoded");
        request.body(body).send()
    };
    assert_eq!(decide(form("guess")).await.unwrap().status(), 404);
    let answer = decide(form(key)).await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()),
        (303, &*stage.wanted.return_url)
    );

    let heard = stage.heard().await;
    assert_eq!(heard.len(), 2);
    assert!(heard.iter().all(|(is_genuine, _)| *is_genuine));
    assert_eq!(heard[0].1, heard[1].1, "a repeated notification is the same event");
    assert_eq!((heard[0].1.outcome, heard[0].1.amount), (GatewayOutcome::Paid, stage.wanted.amount));
}

#[tokio::test]
async fn a_payment_that_nobody_makes_expires_by_itself() {
    let mut stage = Stage::open();
    stage.wanted.expires_at = now() + TimeDelta::milliseconds(300);
    let clockwork = tokio::spawn(clockwork::run(stage.gateway.clone()));
    stage.ask("").await;

    let heard = stage.heard().await;
    assert!(heard.iter().all(|(_, notification)| notification.outcome == GatewayOutcome::Expired));
    clockwork.abort();
}
