//! What opens the shop's accounts at payment services stands nowhere but where it is sealed.

use std::fmt::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use domain::audit::ListAudit;
use domain::command::ShopCommand;
use domain::jobs::ListJobs;
use domain::money::Money;
use domain::page::PageNumber;
use domain::payments::{GatewayKey, GatewayName, ListGateways, RefundOrder, RefundWhat, SaveGatewayKeys, TryGateway};
use domain::secrets::SecretName;
use services::payments::{self, GatewayPlaces};
use services::{commands, testing};
use sqlx::{AssertSqlSafe, MySqlPool};

use super::Scene;
use crate::secrets::Log;
use crate::served::Served;
use crate::simulators::{Fault, KEY, PROOF};

with_each! {
    hidden, midtrans_keys_are_told_nowhere, xendit_keys_are_told_nowhere, stripe_keys_are_told_nowhere;
}

const ALL: ListAudit =
    ListAudit { staff_id: None, subject: None, search: None, from: None, to: None, page: PageNumber::FIRST };

/// What the owner types for each service.
fn typed(name: GatewayName) -> Vec<GatewayKey> {
    let key = |name, secret: &str| GatewayKey { name, secret: secret.to_owned().into() };
    match name {
        GatewayName::Midtrans => vec![key(SecretName::MidtransServerKey, KEY)],
        GatewayName::Xendit => {
            vec![key(SecretName::XenditSecretKey, KEY), key(SecretName::XenditCallbackToken, PROOF)]
        }
        GatewayName::Stripe => vec![key(SecretName::StripeSecretKey, KEY), key(SecretName::StripeWebhookSecret, PROOF)],
        GatewayName::Demo => Vec::new(),
    }
}

/// Every way in which they could be written.
fn spellings() -> Vec<String> {
    let mut all = vec![STANDARD.encode(format!("{KEY}:"))];
    for secret in [KEY, PROOF] {
        let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
        let escaped = secret.replace(' ', "%20");
        all.extend([
            secret.to_owned(),
            escaped,
            secret.replace(' ', "+"),
            STANDARD.encode(secret),
            hex.to_uppercase(),
            hex,
        ]);
        all.push(format!("{:?}", secret.as_bytes()));
    }
    all
}

async fn asked(shop: &Served, command: impl Into<ShopCommand>) -> String {
    format!("{:?}", commands::answer(shop, &shop.owner, command.into()).await)
}

/// Every file of a folder, and of those in it.
fn files(folder: &Path, of: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, of),
            false => of.extend(std::fs::read(path).unwrap()),
        }
    }
}

/// Checklist 108. The keys are entered at the desk, then everything happens that can: orders, notices, forged ones, refunds, keys that are
/// refused, a service that breaks and hangs up. Afterwards they are looked for in pages, answers, history, logs, what errors and
/// crashes print, files, and every column of the database.
async fn hidden(name: GatewayName, db: MySqlPool) {
    let log = Log::default();
    let listening = tracing::subscriber::set_default(log.clone());
    let scene = Scene::of(name, db, 9).await;
    let shop = &scene.shop;
    shop.set_gateway_places(GatewayPlaces {
        urls: vec![(name, scene.service.url().to_owned())],
        midtrans_signing_key: Some(PROOF.to_owned().into()),
        ..GatewayPlaces::default()
    });
    let mut said = asked(shop, SaveGatewayKeys { gateway: name, keys: typed(name) }).await;
    let wrong = |secret: String| SaveGatewayKeys {
        gateway: name,
        keys: typed(name).into_iter().map(|key| GatewayKey { secret: secret.clone().into(), ..key }).collect(),
    };
    said += &asked(shop, wrong(format!("{KEY}\n{PROOF}"))).await;
    said += &asked(shop, wrong(KEY.repeat(40))).await;

    let (placed, page) = scene.order().await;
    scene.service.pay(&page).await;
    let reference = Scene::reference(&placed);
    for notice in scene.service.take_notices().iter().chain([&scene.service.forged(&reference)]) {
        let _ = write!(said, "{:?}", scene.post(notice).await);
    }
    scene.pass(TimeDelta::seconds(60)).await;
    assert!(scene.is(&placed, domain::orders::OrderStatus::Processing).await, "the keys are used");
    let order_id = shop.id(&placed).await;
    let what = RefundWhat::Amount(Money::minor(30_000));
    let request = RefundOrder { order_id, what, reason: "sobek".to_owned(), key: "k".to_owned() };
    let _ = write!(said, "{:?}", payments::refund(shop, &shop.owner, request).await);
    for fault in [Fault::HangsUp, Fault::Broken, Fault::None] {
        scene.service.fail(fault);
        scene.pass(TimeDelta::hours(1)).await;
        let (unpaid, _) = scene.order().await;
        let begun = payments::begin(shop, &unpaid.number, &unpaid.access_token).await;
        let _ = write!(said, "{begun:?} {:?}", begun.as_ref().map_err(|error| services::Chain(error).to_string()));
        said += &asked(shop, TryGateway { gateway: name }).await;
        for path in ["", "/pay", "/thanks"] {
            let path = format!("/orders/{}{path}?token={}", unpaid.number, unpaid.access_token);
            let _ = write!(said, "{:?}", shop.get(&path).await);
        }
    }
    scene.service.forget_key();
    let (unpaid, _) = scene.order().await;
    let begun = payments::begin(shop, &unpaid.number, &unpaid.access_token).await.unwrap_err();
    let _ = write!(said, "{begun:?} {}", services::Chain(&begun));
    said += &asked(shop, TryGateway { gateway: name }).await;
    said += &asked(shop, ListGateways {}).await;
    said += &asked(shop, ListJobs {}).await;
    said += &asked(shop, ALL).await;
    // What a panic with any of it in hand would print.
    let _ = write!(said, "{:?} {:?} {:?}", ***shop, scene.service.keys(), typed(name));
    drop(listening);

    let log = log.0.lock().unwrap().clone();
    let mut kept = Vec::new();
    files(shop.folder.path(), &mut kept);
    let kept = String::from_utf8_lossy(&kept);
    assert!(said.contains("save_gateway_keys") && !log.is_empty(), "there was something to look at");
    for secret in spellings() {
        assert!(!said.contains(&secret), "a page, an answer or an error shows {secret}");
        assert!(!log.contains(&secret), "the log shows {secret}");
        assert!(!kept.contains(&secret), "a file shows {secret}");
    }
    let rows = testing::database(shop);
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select cast(table_name as char), cast(column_name as char) from information_schema.columns
         where table_schema = database()",
    )
    .fetch_all(&rows)
    .await
    .unwrap();
    assert!(columns.len() > 200);
    let spellings = spellings();
    let any = vec!["instr(cast(`it` as binary), ?) > 0"; spellings.len()].join(" or ");
    for (table, column) in columns {
        let sql = format!("select count(*) from (select `{column}` as it from `{table}`) t where {any}");
        let mut query = sqlx::query_scalar(AssertSqlSafe(sql));
        for secret in &spellings {
            query = query.bind(secret.as_bytes());
        }
        let found: i64 = query.fetch_one(&rows).await.unwrap();
        assert_eq!(found, 0, "{table}.{column} tells a key");
    }
}
