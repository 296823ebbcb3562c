//! Vouchers that customers own: the welcome, and the claimed.

use domain::checkout::PlaceOrder;
use domain::customers::Customer;
use domain::message::Message;
use domain::payments::PaymentMethod;
use domain::problem::FieldProblem;
use domain::vouchers::{Occasion, SaveVoucher};
use services::checkout::Buyer;
use services::{checkout, orders, vouchers};
use sqlx::MySqlPool;

use super::{TENTH, field, save, voucher};
use crate::shop::{TestShop, account, request};

pub(super) async fn codes(shop: &TestShop, customer: &Customer) -> Vec<String> {
    let own = vouchers::own(shop, customer).await.unwrap();
    own.into_iter().map(|voucher| voucher.code.as_str().to_owned()).collect()
}

/// Orders with the voucher as the account, or as somebody who only knows its e-mail.
pub(super) async fn place(
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

/// Checklist 61.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
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

/// Checklist 62. Pitfall M5.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
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

#[sqlx::test(migrator = "crate::template::SCHEMA")]
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

/// Pitfall M5. Whoever keeps a voucher for everybody keeps one use of it: one order has it, typed or chosen, and when that
/// order is called off it is there again.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_an_account_keeps_is_good_for_one_order(db: MySqlPool) {
    let shop = std::sync::Arc::new(TestShop::open(db).await);
    shop.variant("SHIRT", 150_000, 60).await;
    save(&shop, voucher("HEMAT", TENTH)).await;
    let siti = account(&shop, "siti@example.com").await;
    vouchers::claim(&shop, &siti, "hemat").await.unwrap();

    let mut tabs = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let (shop, siti) = (std::sync::Arc::clone(&shop), siti.clone());
        tabs.spawn(async move { place(&shop, &siti, true, "hemat").await });
    }
    let (placed, refused): (Vec<_>, Vec<_>) = tabs.join_all().await.into_iter().partition(Result::is_ok);

    assert_eq!(placed.len(), 1);
    assert!(refused.into_iter().all(|refusal| refusal.unwrap_err().message == Message::VoucherUsedByYou));
    assert_eq!(codes(&shop, &siti).await, [""; 0], "what is used is in the list no more");
    let again = field(vouchers::claim(&shop, &siti, "HEMAT").await.unwrap_err());
    assert_eq!(again, FieldProblem::new("voucher_code", Message::VoucherUsedByYou));

    let order_id = shop.id(placed[0].as_ref().unwrap()).await;
    let cancel = domain::orders::CancelOrder { order_id, reason: "Salah pesan.".to_owned() };
    orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    assert_eq!(codes(&shop, &siti).await, ["HEMAT"]);
    place(&shop, &siti, true, "HEMAT").await.unwrap();
}

/// Who only types a code is bound by the voucher's own limits and by nothing else.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_code_that_is_only_typed_is_used_as_often_as_the_voucher_says(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    save(&shop, SaveVoucher { customer_limit: Some(3), ..voucher("HEMAT", TENTH) }).await;
    let siti = account(&shop, "siti@example.com").await;
    let ayu = account(&shop, "ayu@example.com").await;
    vouchers::claim(&shop, &ayu, "HEMAT").await.unwrap();

    for is_signed_in in [true, false, true] {
        place(&shop, &siti, is_signed_in, "HEMAT").await.unwrap();
    }
    let once_more = place(&shop, &siti, true, "HEMAT").await.unwrap_err();
    assert_eq!(once_more.message, Message::VoucherUsedByYou);
    assert_eq!(codes(&shop, &ayu).await, ["HEMAT"], "nobody else used what was kept");
}
