//! An order that was paid and called off: its page begins with the money.

use domain::orders::CancelOrder;
use domain::payments::PaymentMethod;
use services::orders;
use sqlx::MySqlPool;

use crate::served::Served;

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_page_of_a_cancelled_paid_order_begins_with_its_money(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.paid_order(shirt, 2).await;
    orders::cancel_by_buyer(&shop, &placed.number, &placed.access_token, "").await.unwrap();
    let path = orders::path(&placed.number, &placed.access_token);
    let before = |page: &str, first: &str, second: &str| {
        let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is missing: {page}"));
        assert!(at(first) < at(second), "{first} stands after {second}");
    };

    let page = shop.get(&path).await.text;
    // What, how, when; then what became of the goods.
    before(
        &page,
        "Rp\u{a0}320.000 kami kembalikan lewat Pembayaran online (demo)",
        "Anda bisa memesan lagi kapan saja",
    );
    assert!(page.contains("Pengembaliannya diajukan") && page.contains("beberapa hari kerja"), "{page}");
    before(&page, "Pembayaran diterima", "Dibatalkan</span>\n            <span class=\"steps__at");
    before(&page, "class=\"steps__step is-cancelled\"", "Uang sedang dikembalikan");
    assert!(page.contains("Lunas, uangnya sedang dikembalikan"), "{page}");
    assert!(!page.contains(">Lunas<"), "it is not simply paid: {page}");
    let thanks = shop.get(&path.replace('?', "/thanks?")).await.text;
    before(&thanks, "Rp\u{a0}320.000 kami kembalikan", "Anda bisa memesan lagi kapan saja");

    sqlx::query("update refunds set status = 'succeeded', settled_at = created_at")
        .execute(&services::testing::database(&shop))
        .await
        .unwrap();
    let page = shop.get(&path).await.text;
    before(&page, "Rp\u{a0}320.000 sudah dikembalikan lewat", "Anda bisa memesan lagi kapan saja");
    before(&page, "class=\"steps__step is-cancelled\"", "Uang sudah dikembalikan");
    assert!(page.contains("Lunas, uangnya sudah dikembalikan"), "{page}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_page_of_a_cancelled_order_that_was_not_paid_says_nothing_of_money(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    for method in [PaymentMethod::Demo, PaymentMethod::CashOnDelivery] {
        let placed = shop.order(shirt, 1, method).await.unwrap();
        let request = CancelOrder { order_id: shop.id(&placed).await, reason: "out of cloth".to_owned() };
        orders::cancel(&shop, &shop.owner, request).await.unwrap();
        let page = shop.get(&orders::path(&placed.number, &placed.access_token)).await.text;
        assert!(page.contains("Anda bisa memesan lagi kapan saja"), "{page}");
        assert!(!page.contains("dikembalikan lewat") && !page.contains("data-test=\"money-back\""), "{page}");
    }
}
