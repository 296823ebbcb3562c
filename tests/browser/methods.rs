//! Every way to pay, each on the page of a payment service: the shopper goes there, pays, and comes back to a paid order.

use domain::payments::{Carriage, GatewayName, PaymentMethod};
use domain::settings::Settings;
use tempfile::TempDir;

use crate::chromium::Chromium;
use crate::demo;
use crate::purchase::{choose, place};
use crate::shop::{Shop, change_settings};
use crate::simulators::Simulator;
use crate::variables::all_keys;

/// Each method by one of the services that can carry it, so that each service carries some; no notice ever arrives.
#[tokio::test]
async fn a_shopper_pays_by_every_method_on_the_page_of_its_service() {
    let services = [GatewayName::Midtrans, GatewayName::Xendit, GatewayName::Stripe];
    let mut open = Vec::new();
    for name in services {
        open.push(Simulator::start(name).await);
    }
    let carried: Vec<Carriage> = PaymentMethod::ALL
        .iter()
        .enumerate()
        .filter_map(|(place, method)| {
            let carriers: Vec<_> = method.carriers().filter(|name| services.contains(name)).collect();
            let gateway = *carriers.get(place % carriers.len().max(1))?;
            Some(Carriage { method: *method, gateway })
        })
        .collect();
    for name in services {
        assert!(carried.iter().any(|carriage| carriage.gateway == name), "{name} carries nothing");
    }
    assert_eq!(carried.len(), PaymentMethod::ALL.len() - 3, "all but practice, transfer and cash: {carried:?}");

    let folder = TempDir::new().unwrap();
    demo::copy_to(folder.path());
    change_settings(folder.path(), &all_keys(&open), |settings| Settings {
        payment_methods: carried
            .iter()
            .map(|carriage| carriage.method)
            .chain([PaymentMethod::CashOnDelivery])
            .collect(),
        payment_gateways: carried.clone(),
        ..settings
    })
    .await;
    let shop = Shop::open_by(folder, open.iter().flat_map(Simulator::variables).collect());
    let browser = Chromium::start("id", true).await;
    for Carriage { method, gateway } in carried {
        let service = open.iter().find(|service| service.name == gateway).unwrap();
        choose(&browser, &shop, "kulot-linen-sore").await;
        browser.sees(".toast.is-open", "Ditambahkan ke keranjang").await;
        browser.go(&shop.url("/checkout")).await;
        browser.fill_in_address().await;
        browser.click(&format!(".choice:has(input[value={method}])")).await;
        browser.until("/^(Rp\\s[\\d.]+|Gratis)$/.test(document.querySelector('[data-delivery]').innerText)").await;
        let order = place(&browser).await;
        assert_eq!(shop.status_of(&order).await, "pending_payment", "{method}");
        browser.click(".pay form button").await;
        browser.until(&format!("location.origin === '{}'", service.url())).await;
        browser.sees("h1", &order.number).await;
        browser.click("form button").await;
        browser.until(&format!("location.origin === '{}'", shop.url(""))).await;
        browser.sees("h1", "Terima kasih, pesanan Anda sudah kami terima").await;
        browser.sees(".thanks", "Pembayaran Anda sudah masuk").await;
        assert_eq!(shop.status_of(&order).await, "processing", "{method}");
        let said = browser.complaints().await;
        assert!(!said.iter().any(|said| said.contains(&shop.url(""))), "{said:?}");
    }

    // At the door there is no page to go to.
    choose(&browser, &shop, "kulot-linen-sore").await;
    browser.sees(".toast.is-open", "Ditambahkan ke keranjang").await;
    browser.go(&shop.url("/checkout")).await;
    browser.fill_in_address().await;
    browser.click(".choice:has(input[value=cash_on_delivery])").await;
    browser.click("[data-place]").await;
    browser.until("location.pathname.endsWith('/thanks')").await;
    browser.sees("h1", "Terima kasih, pesanan Anda sudah kami terima").await;
    browser.close().await;
}
