//! The keys of payment services, entered at the desk.

use std::time::{Duration, Instant};

use domain::payments::{GatewayKey, GatewayMode, GatewayName, ListGateways, SaveGatewayKeys, TryGateway};
use domain::secrets::SecretName;
use services::{Error, payments, testing};
use sqlx::{AssertSqlSafe, MySqlPool};

use crate::shop::TestShop;
use crate::simulators::{Fault, Simulator};
use crate::waiting::until;

/// Checklist 108. What the owner enters is used at once, sealed, and told nowhere again.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn keys_are_entered_used_and_never_told(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let key = |name, secret: &str| GatewayKey { name, secret: secret.to_owned().into() };
    let save =
        async |gateway, keys| payments::save_gateway_keys(&shop, &shop.owner, SaveGatewayKeys { gateway, keys }).await;
    let mode = async |name| {
        let all = payments::gateways(&shop, &shop.owner, ListGateways {}).await.unwrap();
        all.into_iter().find(|state| state.name == name).unwrap().mode
    };
    assert_eq!(mode(GatewayName::Midtrans).await, None);
    save(GatewayName::Midtrans, vec![key(SecretName::MidtransServerKey, " SB-Mid-server-hush ")]).await.unwrap();
    assert_eq!(mode(GatewayName::Midtrans).await, Some(GatewayMode::Test));
    save(GatewayName::Xendit, vec![key(SecretName::XenditSecretKey, "xnd_production_hush")]).await.unwrap();
    assert_eq!(mode(GatewayName::Xendit).await, None, "its token is missing: no callback could be believed");
    let told = save(GatewayName::Xendit, vec![key(SecretName::XenditCallbackToken, "hush")]).await.unwrap();
    assert_eq!(mode(GatewayName::Xendit).await, Some(GatewayMode::Live));
    assert!(!serde_json::to_string(&told).unwrap().contains("hush"));

    for wrong in [key(SecretName::StripeSecretKey, "sk_test_x"), key(SecretName::MidtransServerKey, "\u{200b}")] {
        let refused = save(GatewayName::Midtrans, vec![wrong]).await.unwrap_err();
        assert!(matches!(refused, Error::Invalid(_)), "{refused:?}");
    }
    let off = payments::try_gateway(&shop, &shop.owner, TryGateway { gateway: GatewayName::Stripe }).await.unwrap_err();
    assert!(matches!(off, Error::Refused(_)), "{off:?}");
    let tables: Vec<String> = sqlx::query_scalar(
        "select concat(table_name, '.', column_name) from information_schema.columns where table_schema = database()",
    )
    .fetch_all(&services::testing::database(&shop))
    .await
    .unwrap();
    for column in tables {
        let (table, column) = column.split_once('.').unwrap();
        let sql = format!("select count(*) from `{table}` where `{column}` like '%hush%'");
        let found: i64 =
            sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&services::testing::database(&shop)).await.unwrap();
        assert_eq!(found, 0, "{table}.{column} tells a key");
    }
}

/// The desk tells in the service's own words why its keys are refused.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn trying_a_service_tells_what_it_says(db: MySqlPool) {
    for name in [GatewayName::Midtrans, GatewayName::Xendit, GatewayName::Stripe] {
        let scene = TestShop::open(db.clone()).await;
        let service = Simulator::of(name, &scene).await;
        let tried =
            async || payments::try_gateway(&scene, &scene.owner, TryGateway { gateway: name }).await.unwrap().trouble;
        assert_eq!(tried().await, None, "{name}");
        service.forget_key();
        assert!(tried().await.unwrap().starts_with("401"), "{name}");
        service.fail(Fault::Broken);
        assert!(tried().await.is_some(), "{name}");
    }
}

/// What is entered at one desk, every process of the shop works with, and none of them starts again for it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn keys_reach_every_process_within_a_second(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let options = testing::database(&shop).connect_options();
    let elsewhere = MySqlPool::connect_with((*options).clone()).await.unwrap();
    let host = testing::open(elsewhere, shop.folder.path()).await.unwrap();
    host.keep_up();
    let mode = async || {
        let all = payments::gateways(&host, &shop.owner, ListGateways {}).await.unwrap();
        all.into_iter().find(|state| state.name == GatewayName::Midtrans).unwrap().mode
    };
    for (secret, expected) in [("SB-Mid-server-a", GatewayMode::Test), ("Mid-server-b", GatewayMode::Live)] {
        assert_ne!(mode().await, Some(expected));
        let keys = vec![GatewayKey { name: SecretName::MidtransServerKey, secret: secret.to_owned().into() }];
        let request = SaveGatewayKeys { gateway: GatewayName::Midtrans, keys };
        payments::save_gateway_keys(&shop, &shop.owner, request).await.unwrap();
        let saved_at = Instant::now();
        until(async || mode().await == Some(expected)).await;
        // A machine that has much to do is given a little more.
        assert!(saved_at.elapsed() < Duration::from_secs(3), "{:?}", saved_at.elapsed());
    }
    host.close().await;
}
