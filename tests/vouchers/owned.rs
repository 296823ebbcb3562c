//! Vouchers that customers own: the welcome, the claimed, and the top spenders'.

use chrono::TimeDelta;
use domain::checkout::PlaceOrder;
use domain::customers::Customer;
use domain::message::Message;
use domain::orders::{CompleteOrder, ShipOrder};
use domain::payments::PaymentMethod;
use domain::problem::FieldProblem;
use domain::vouchers::{Occasion, SaveVoucher};
use services::checkout::Buyer;
use services::{checkout, jobs, orders, vouchers};
use sqlx::MySqlPool;

use super::{TENTH, field, save, voucher};
use crate::shop::{TestShop, account, request};

async fn codes(shop: &TestShop, customer: &Customer) -> Vec<String> {
    let own = vouchers::own(shop, customer).await.unwrap();
    own.into_iter().map(|voucher| voucher.code.as_str().to_owned()).collect()
}

/// Orders with the voucher as the account, or as somebody who only knows its e-mail.
async fn place(
    shop: &TestShop,
    customer: &Customer,
    is_signed_in: bool,
    code: &str,
) -> Result<domain::checkout::PlacedOrder, FieldProblem> {
    let shirt = shop.by_sku("SHIRT").await;
    let key = shop.cart(shirt, 1).await;
    let buyer = Buyer { cart: &key, account: is_signed_in.then_some(customer.id) };
    let wanted = PlaceOrder {
        email: customer.email.clone(),
        voucher_code: code.to_owned(),
        ..request(PaymentMethod::CashOnDelivery)
    };
    checkout::place(shop, buyer, "once", wanted).await.map_err(field)
}

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn a_new_account_is_welcomed_with_a_voucher_for_one_order(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    let personal = SaveVoucher { is_personal: true, ..voucher("WELCOME", TENTH) };
    save(&shop, SaveVoucher { occasion: Some(Occasion::Welcome), ..personal }).await;

    let siti = account(&shop, "siti@example.com").await;
    assert_eq!(codes(&shop, &siti).await, ["WELCOME"]);
    let foreign = place(&shop, &siti, false, "WELCOME").await.unwrap_err();
    assert_eq!(foreign.message, Message::VoucherOfOthers);
    let placed = place(&shop, &siti, true, "welcome").await.unwrap();
    assert_eq!(codes(&shop, &siti).await, [""; 0]);
    let again = place(&shop, &siti, true, "WELCOME").await.unwrap_err();
    assert_eq!(again.message, Message::VoucherOfOthers);

    let order_id = shop.id(&placed).await;
    let cancel = domain::orders::CancelOrder { order_id, reason: "Salah pesan.".to_owned() };
    orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    assert_eq!(codes(&shop, &siti).await, ["WELCOME"], "it came back with the order");
}

/// Pitfall M5.
#[sqlx::test(migrator = "services::MIGRATOR")]
async fn a_gift_is_used_once_at_however_many_tabs(db: MySqlPool) {
    let shop = std::sync::Arc::new(TestShop::open(db).await);
    shop.variant("SHIRT", 150_000, 60).await;
    let personal = SaveVoucher { is_personal: true, ..voucher("WELCOME", TENTH) };
    save(&shop, SaveVoucher { occasion: Some(Occasion::Welcome), ..personal }).await;
    let siti = account(&shop, "siti@example.com").await;
    let mut tabs = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let (shop, siti) = (std::sync::Arc::clone(&shop), siti.clone());
        tabs.spawn(async move { place(&shop, &siti, true, "WELCOME").await.is_ok() });
    }
    let placed = tabs.join_all().await.into_iter().filter(|placed| *placed).count();
    assert_eq!(placed, 1);
}

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn a_code_is_claimed_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    save(&shop, voucher("HEMAT", TENTH)).await;
    save(&shop, SaveVoucher { is_personal: true, ..voucher("GIFT", TENTH) }).await;
    let siti = account(&shop, "siti@example.com").await;

    assert_eq!(vouchers::claim(&shop, &siti, "hemat").await.unwrap().code.as_str(), "HEMAT");
    assert_eq!(codes(&shop, &siti).await, ["HEMAT"]);
    for (code, reason) in
        [("hemat", Message::VoucherIsYours), ("GIFT", Message::VoucherOfOthers), ("NONE", Message::NoSuchVoucher)]
    {
        let refused = field(vouchers::claim(&shop, &siti, code).await.unwrap_err());
        assert_eq!(refused, FieldProblem::new("voucher_code", reason), "{code}");
    }
}

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn the_months_top_spender_gets_one_voucher_however_often_the_job_runs(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 60).await;
    let shoppers = [("one@example.com", 1), ("two@example.com", 3), ("three@example.com", 2)];
    let mut accounts = Vec::new();
    for (email, orders) in shoppers {
        let customer = account(&shop, email).await;
        for _ in 0..orders {
            let placed = place(&shop, &customer, true, "").await.unwrap();
            let order_id = shop.id(&placed).await;
            let ship = ShipOrder::all(order_id, "");
            orders::ship(&shop, &shop.owner, ship).await.unwrap();
            orders::complete(&shop, &shop.owner, CompleteOrder { order_id }).await.unwrap();
        }
        accounts.push(customer);
    }
    let personal = SaveVoucher { is_personal: true, ..voucher("JUARA", TENTH) };
    save(&shop, SaveVoucher { occasion: Some(Occasion::TopSpender), ..personal }).await;
    let rewarded = async || shop.count("select count(*) from customer_vouchers where source = 'top_spender'").await;

    for _ in 0..2 {
        sqlx::query("delete from job_schedule where job = 'reward_top_spenders'")
            .execute(&services::testing::database(&shop))
            .await
            .unwrap();
        jobs::run_due_work(&shop).await.unwrap();
    }
    // Five percent of three are one.
    assert_eq!(rewarded().await, 1);
    assert_eq!(codes(&shop, &accounts[1]).await, ["JUARA"]);
    assert_eq!(shop.count("select count(*) from voucher_rounds").await, 1);

    // A month later nobody has bought anything lately.
    shop.clock().advance(TimeDelta::days(32));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.count("select count(*) from voucher_rounds").await, 2);
    assert_eq!(rewarded().await, 1);
}
