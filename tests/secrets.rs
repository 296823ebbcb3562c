//! What the shop keeps to itself: its secrets stand in no page, no answer and no log.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::payments::PaymentMethod;
use reqwest::Method;
use serde_json::json;
use services::testing::{PASSWORD, database};
use sqlx::MySqlPool;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::served::Served;
use crate::shop::{SECRET, SHOPPER_PASSWORD, account};

/// Everything that the shop tells its log, down to the last trace.
#[derive(Clone, Default)]
pub(crate) struct Log(pub(crate) Arc<Mutex<String>>);

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Line(&mut self.0.lock().unwrap()));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = writeln!(self.0, "{field}={value}");
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = writeln!(self.0, "{field}={value:?}");
    }
}

/// Every secret in every way in which it could be written.
async fn secrets(shop: &Served) -> Vec<String> {
    let database = database(shop);
    let stored: Vec<(String, Vec<u8>)> =
        sqlx::query_as("select cast(name as char), content from secrets").fetch_all(&database).await.unwrap();
    let others = [SECRET.as_bytes(), PASSWORD.as_bytes()];
    assert!(!stored.is_empty() && stored.iter().all(|(_, secret)| !others.contains(&secret.as_slice())));
    let is_alone = |at: usize| stored[..at].iter().all(|(_, other)| *other != stored[at].1);
    assert!((0..stored.len()).all(is_alone), "one secret for each use");
    let mut secrets = vec![SECRET.to_owned(), SHOPPER_PASSWORD.to_owned(), PASSWORD.to_owned()];
    for (_, bytes) in &stored {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        secrets.extend([
            hex.to_uppercase(),
            hex,
            STANDARD.encode(bytes),
            URL_SAFE_NO_PAD.encode(bytes),
            format!("{bytes:?}"),
        ]);
    }
    for table in ["select cast(password_hash as char) from accounts", "select cast(password_hash as char) from staff"] {
        secrets.extend(sqlx::query_scalar::<_, String>(table).fetch_all(&database).await.unwrap());
    }
    secrets
}

/// Pitfall S1.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_page_no_answer_and_no_log_shows_a_secret(db: MySqlPool) {
    let log = Log::default();
    let listening = tracing::subscriber::set_default(log.clone());
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    account(&shop, "siti@example.com").await;
    let unpaid = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let paid = shop.paid_order(shirt, 1).await;
    let secrets = secrets(&shop).await;

    let (guest, siti) = (shop.visitor(), shop.visitor());
    siti.sign_in("siti@example.com").await;
    let mut said = String::new();
    let mut paths: Vec<String> =
        ["/", "/products", "/products/shirt", "/cart", "/checkout", "/about", "/account", "/account/sign-in"]
            .map(str::to_owned)
            .to_vec();
    paths.extend(["/membership", "/robots.txt", "/sitemap.xml", "/no/such/page", "/healthz"].map(str::to_owned));
    paths.extend(
        ["/api/v1/openapi.json", "/api/v1/products", "/api/v1/products/shirt", "/api/v1/orders/ET-00000000"]
            .map(str::to_owned),
    );
    for placed in [&unpaid, &paid] {
        for page in ["", "/pay", "/thanks", "/invoice"] {
            paths.push(format!("/orders/{}{page}?token={}", placed.number, placed.access_token));
        }
        paths.push(format!("/api/v1/orders/{}?token={}", placed.number, placed.access_token));
    }
    for visitor in [&guest, &siti] {
        visitor.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await;
        for path in &paths {
            let page = visitor.get(path).await;
            let _ = write!(said, "{page:?}");
        }
        let wrong =
            visitor.post("/account/sign-in", &[("email", "siti@example.com"), ("password", "a wrong guess")]).await;
        let _ = write!(said, "{wrong:?}");
    }
    for (method, path, body) in [
        (Method::POST, "/api/v1/carts", json!({})),
        (Method::POST, "/api/v1/carts/nobody/checkout", json!({ "email": 1 })),
        (Method::POST, "/webhooks/demo", json!({ "event_id": "made up" })),
    ] {
        let _ = write!(said, "{:?}", shop.send(method, path, &body).await);
    }
    drop(listening);

    let log = log.0.lock().unwrap().clone();
    assert!(said.contains("Barang SHIRT") && !log.is_empty());
    for secret in &secrets {
        assert!(!said.contains(secret.as_str()), "a page or an answer shows {secret}");
        assert!(!log.contains(secret.as_str()), "the log shows {secret}");
    }
    shop.stop().await;
}
