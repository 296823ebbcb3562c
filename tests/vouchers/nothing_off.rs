//! No voucher is used up without taking something off, and the buyer reads why in words.

use domain::locale::Translated;
use domain::message::Message;
use domain::money::{BasisPoints, Money};
use domain::payments::PaymentMethod::CashOnDelivery;
use domain::pricing::VoucherKind;
use domain::problem::FieldProblem;
use domain::vouchers::SaveVoucher;
use reqwest::Method;
use serde_json::json;
use services::settings;
use sqlx::MySqlPool;

use super::using::{place, uses, wanted};
use super::{save, voucher};
use crate::served::{Answer, Served};
use crate::shop::TestShop;

async fn decide(shop: &TestShop, change: impl FnOnce(&mut domain::settings::Settings)) {
    let mut wanted = shop.settings().await;
    wanted.delivery.pickup.enabled = true;
    wanted.delivery.pickup.address = Translated::same("Jl. Melati 5");
    change(&mut wanted);
    settings::save(shop, &shop.owner, wanted).await.unwrap();
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_voucher_that_would_take_nothing_off_is_kept_for_another_order(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let trifle = shop.variant("TRIFLE", 4, 9).await;
    save(&shop, SaveVoucher { total_limit: Some(1), ..voucher("ONGKIR", VoucherKind::FreeDelivery) }).await;
    save(&shop, voucher("TENTH", VoucherKind::Percent(BasisPoints::new(1_000)))).await;
    decide(&shop, |settings| settings.delivery.free_from = Some(Money::minor(300_000))).await;

    for (variant, quantity, code, method, why) in [
        (shirt, 1, "ONGKIR", "pickup", Message::VoucherNotForPickup),
        (shirt, 2, "ONGKIR", "courier", Message::VoucherDeliveryIsFree),
        (trifle, 1, "TENTH", "courier", Message::VoucherTakesNothing),
    ] {
        let key = shop.cart(variant, quantity).await;
        let mut order = wanted("siti@example.com", code, CashOnDelivery);
        order.delivery_method = method.to_owned();
        let refused = place(&shop, &key, order.clone()).await.unwrap_err();
        assert_eq!(refused, FieldProblem::new("voucher_code", why), "{code}");
        assert_eq!(uses(&shop).await, 0);
        order.voucher_code.clear();
        place(&shop, &key, order).await.unwrap();
    }

    let key = shop.cart(shirt, 1).await;
    let placed = place(&shop, &key, wanted("siti@example.com", "ONGKIR", CashOnDelivery)).await.unwrap();
    assert_eq!((placed.totals.delivery, uses(&shop).await), (Money::ZERO, 1), "its one use was left");
}

/// Pitfall B10.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn page_and_api_say_why_a_voucher_takes_nothing_off(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    save(&shop, voucher("ONGKIR", VoucherKind::FreeDelivery)).await;
    decide(&shop, |_| {}).await;
    let why = "Voucher gratis ongkir tidak bisa dipakai untuk pesanan yang diambil di toko.";

    let path = format!("/api/v1/carts/{}/quote", shop.cart(shirt, 1).await);
    let body = json!({ "voucher_code": "ongkir", "delivery_method": "pickup" });
    let told = Answer::of(shop.ask(Method::POST, &path).json(&body).send().await.unwrap()).await;
    assert_eq!(told.status, 422, "{told:?}");
    assert_eq!(told.json()["errors"][0]["detail"], why, "{told:?}");

    let visitor = shop.visitor();
    visitor.get("/products/shirt").await;
    visitor.post("/cart/lines", &[("variant_id", &shirt.to_string()), ("product", "shirt"), ("quantity", "1")]).await;
    visitor.get("/checkout").await;
    // Before the city is known the voucher stays; afterwards it is judged by the way that the goods go.
    let mut form = [("do", "voucher"), ("voucher_code", "ongkir"), ("delivery_method", "courier")];
    let page = visitor.post("/checkout", &form).await.text;
    assert!(page.contains("data-voucher-code") && !page.contains(why), "{page}");
    form[2].1 = "pickup";
    let page = visitor.post("/checkout", &form).await.text;
    assert!(page.contains(why) && !page.contains("data-voucher-code"), "{page}");
    let sums = visitor.get("/checkout/delivery?delivery_method=pickup&voucher_code=ONGKIR").await.json();
    assert_eq!(sums["voucher_trouble"], why);
    let sums = visitor.get("/checkout/delivery?city=Garut&province=Jabar&voucher_code=ONGKIR").await.json();
    assert!(sums["voucher_trouble"].is_null(), "{sums}");
}
