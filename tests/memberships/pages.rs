//! The pages of memberships over a real socket, as a browser without scripts sees them.

use std::time::Duration;

use domain::memberships::PurchaseStatus;
use domain::payments::GatewayOutcome;
use services::memberships;
use sqlx::MySqlPool;

use super::told;
use crate::gateway::RealGateway;
use crate::served::Served;
use crate::shop::account;

const SITI: &str = "siti@example.com";

/// Checklist 64. Checklist 67. Checklist 68. The guest's way: one page makes the account and asks for the plan, the
/// gateway takes the money, and from then on every price is a member's.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_guest_becomes_a_member_on_one_page_and_pays_less(db: MySqlPool) {
    let shop = Served::open(db).await;
    let gateway = RealGateway::of(&shop);
    let (_, yearly) = shop.two_plans().await;
    shop.variant("SHIRT", 150_000, 5).await;
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "2")]).await;

    let plans = siti.get("/membership").await;
    assert!(plans.text.contains("Rp\u{a0}29.000") && plans.text.contains("Keluarga"), "{}", plans.text);
    assert!(plans.text.contains("Diskon 10%") && plans.text.contains("Gratis ongkir"), "{}", plans.text);
    let path = format!("/membership/plans/{}", yearly.plan.id);
    let asked = siti.get(&path).await;
    assert!(asked.text.contains("name=\"password\"") && asked.text.contains("value=\"299000\""), "{}", asked.text);
    let bad = siti.post(&path, &[("name", "Siti"), ("email", "no"), ("seen_due", "299000")]).await;
    assert_eq!(bad.status, 422);
    let typed = [("name", "Siti Rahma"), ("email", SITI), ("password", "a long new password"), ("seen_due", "299000")];
    let made = siti.post(&path, &typed).await;
    assert_eq!(made.status, 303, "{made:?}");
    assert!(made.location.starts_with("/membership/purchases/MB-"), "{made:?}");

    let waiting = siti.get(&made.location).await;
    assert!(waiting.text.contains("data-purchase=\"waiting\""), "{}", waiting.text);
    let begun = siti.post(&format!("{}/pay", made.location), &[("seen_due", "299000")]).await;
    assert_eq!(begun.status, 303);
    gateway.decide(&begun.location, "pay").await;
    let paid = async {
        while !siti.get(&made.location).await.text.contains("data-purchase=\"paid\"") {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), paid).await.unwrap();

    let cart = siti.get("/cart").await;
    assert!(cart.text.contains("Diskon anggota 10%") && cart.text.contains("-Rp\u{a0}30.000"), "{}", cart.text);
    assert!(cart.text.contains("Rp\u{a0}270.000") && cart.text.contains("Gratis untuk anggota"), "{}", cart.text);
    assert!(cart.text.contains("<s class=\"price__was\">Rp\u{a0}300.000</s>"), "the price of others is struck");
    let checkout = siti.get("/checkout").await;
    assert!(checkout.text.contains("Diskon anggota 10%") && checkout.text.contains("Rp\u{a0}270.000"));
    let own = siti.get("/account").await;
    assert!(own.text.contains("Keluarga") && own.text.contains("Aktif sampai"), "{}", own.text);
    shop.stop().await;
}

/// Checklist 64. Checklist 65. Checklist 71.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_member_sees_the_way_up_and_the_way_out(db: MySqlPool) {
    let shop = Served::open(db).await;
    let (monthly, yearly) = shop.two_plans().await;
    let customer = account(&shop, SITI).await;
    shop.become_member(&customer, &monthly).await;
    let siti = shop.visitor();
    siti.sign_in(SITI).await;

    let plans = siti.get("/membership").await;
    assert!(plans.text.contains("Paket Anda") && plans.text.contains("Perpanjang"), "{}", plans.text);
    let path = format!("/membership/plans/{}", yearly.plan.id);
    let confirm = siti.get(&path).await;
    assert!(confirm.text.contains("Naik paket?") && confirm.text.contains("Sisa hari paket Anda"), "{}", confirm.text);
    // Another price than the one that was shown is shown first.
    let unseen = siti.post(&path, &[("seen_due", "1")]).await;
    assert_eq!(unseen.status, 409);
    assert!(unseen.text.contains("Harganya sekarang"), "{}", unseen.text);
    let due = confirm.text.split_once("name=\"seen_due\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let asked = siti.post(&path, &[("seen_due", &due)]).await;
    assert_eq!(asked.status, 303);
    // Nobody listens at the gateway of this shop: the page says so and keeps the purchase.
    let away = siti.post(&format!("{}/pay", asked.location), &[("seen_due", &due)]).await;
    assert_eq!(away.location, format!("{}?problem=away", asked.location));
    assert!(siti.get("/membership").await.text.contains("menunggu pembayaran"));
    let off = siti.post(&format!("{}/cancel", asked.location), &[]).await;
    assert!(siti.get(&off.location).await.text.contains("data-purchase=\"over\""));

    let ended = siti.post("/membership/cancel", &[("wish", "end")]).await;
    assert!(siti.get(&ended.location).await.text.contains("tidak diperpanjang"));
    let kept = siti.post("/membership/cancel", &[("wish", "keep")]).await;
    assert!(siti.get(&kept.location).await.text.contains("tetap berlanjut"));
    shop.stop().await;
}

/// A purchase is its customer's alone, and the page of a plan that is gone is no page.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn nobody_sees_anothers_purchase(db: MySqlPool) {
    let shop = Served::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let customer = account(&shop, SITI).await;
    let purchase = shop.ask_for(&customer, &monthly).await.unwrap();
    account(&shop, "ayu@example.com").await;
    let ayu = shop.visitor();
    ayu.sign_in("ayu@example.com").await;

    let path = format!("/membership/purchases/{}", purchase.number);
    assert_eq!(ayu.get(&path).await.status, 404);
    assert_eq!(ayu.post(&format!("{path}/cancel"), &[]).await.status, 404);
    assert_eq!(ayu.post(&format!("{path}/pay"), &[]).await.status, 404);
    assert_eq!(ayu.get("/membership/plans/999").await.status, 404);
    assert_eq!(ayu.get("/membership/plans/x").await.status, 404);

    shop.go_to_pay(&customer, &purchase).await;
    shop.notify(&told(&purchase, 1, GatewayOutcome::Paid)).await.unwrap();
    let settled = memberships::purchase(&shop, &customer, &purchase.number).await.unwrap();
    assert_eq!(settled.status, PurchaseStatus::Paid);
    shop.stop().await;
}
