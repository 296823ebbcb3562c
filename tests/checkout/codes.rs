//! A voucher on the checkout's page: typed, refused, taken off, chosen among one's own, and used by the order.

use domain::money::{BasisPoints, Money};
use domain::pricing::VoucherKind;
use domain::vouchers::SaveVoucher;
use services::{orders, vouchers};
use sqlx::MySqlPool;

use crate::served::{Answer, Served, Visitor};
use crate::shop::{account, checkout_form};
use crate::vouchers::voucher;

async fn save(shop: &Served, wanted: SaveVoucher) {
    vouchers::save(shop, &shop.owner, wanted).await.unwrap();
}

/// A visitor with a shirt at the checkout, and the key of the form.
async fn at_the_checkout(visitor: &Visitor<'_>, shirt: &str) -> String {
    visitor.get("/products/shirt").await;
    visitor.post("/cart/lines", &[("variant_id", shirt), ("product", "shirt"), ("quantity", "2")]).await;
    let page = visitor.get("/checkout").await.text;
    let (_, after) = page.split_once("name=\"key\" value=\"").unwrap();
    after.split_once('"').unwrap().0.to_owned()
}

/// Sends the checkout's form with a button, and what else is typed.
async fn press(visitor: &Visitor<'_>, key: &str, total: &str, button: &str, more: &[(&str, &str)]) -> Answer {
    visitor.post("/checkout", &[&checkout_form(key, total, button)[..], more].concat()).await
}

/// Checklist 41. Pitfall B2. Two shirts cost 300 000, their way 20 000, and the code takes a tenth off the shirts.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_code_is_typed_refused_taken_off_and_typed_again_and_the_order_has_it(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await.to_string();
    save(&shop, voucher("HEMAT", VoucherKind::Percent(BasisPoints::new(1_000)))).await;
    let siti = shop.visitor();
    let key = at_the_checkout(&siti, &shirt).await;

    let wrong = press(&siti, &key, "320000", "voucher", &[("voucher_code", "HEMATT")]).await.text;
    assert!(wrong.contains("value=\"HEMATT\"") && wrong.contains("aria-invalid=\"true\""), "{wrong}");
    assert!(!wrong.contains("data-voucher-code") && wrong.contains("320.000"), "{wrong}");

    let typed = press(&siti, &key, "320000", "voucher", &[("voucher_code", " hemat ")]).await.text;
    assert!(typed.contains("name=\"voucher_code\" value=\"HEMAT\" data-voucher-code"), "{typed}");
    assert!(typed.contains("290.000") && typed.contains("30.000"), "{typed}");

    let without = press(&siti, &key, "290000", "no_voucher", &[("voucher_code", "HEMAT")]).await.text;
    assert!(!without.contains("data-voucher-code") && without.contains("320.000"), "{without}");

    let again = press(&siti, &key, "320000", "voucher", &[("voucher_code", "HEMAT")]).await.text;
    assert!(again.contains("290.000"), "{again}");
    let placed = press(&siti, &key, "290000", "place", &[("voucher_code", "HEMAT")]).await;
    assert_eq!(placed.status, 303, "{placed:?}");
    assert_eq!(shop.count("select count(*) from orders where total_amount = 290000").await, 1);
    let used = "select count(*) from orders where voucher_code = 'HEMAT' and voucher_discount_amount = 30000";
    assert_eq!(shop.count(used).await, 1, "what was shown is what was ordered");
    assert_eq!(shop.count("select cast(used as signed) from vouchers where code = 'HEMAT'").await, 1);
    let number: (String,) = sqlx::query_as("select cast(number as char) from orders")
        .fetch_one(&services::testing::database(&shop))
        .await
        .unwrap();
    let token = placed.location.split_once("token=").unwrap().1.split('&').next().unwrap();
    let totals = orders::show(&shop, &number.0, token).await.unwrap().totals;
    assert_eq!((totals.voucher_discount, totals.total), (Money::minor(30_000), Money::minor(290_000)));
}

/// Checklist 41.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_voucher_of_ones_own_is_chosen_at_the_checkout(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await.to_string();
    save(&shop, voucher("MILIKKU", VoucherKind::Fixed(Money::minor(25_000)))).await;
    let siti = account(&shop, "siti@example.com").await;
    vouchers::claim(&shop, &siti, "MILIKKU").await.unwrap();
    let visitor = shop.visitor();
    visitor.sign_in("siti@example.com").await;
    let key = at_the_checkout(&visitor, &shirt).await;

    let offered = visitor.get("/checkout").await.text;
    assert!(offered.contains("name=\"pick\" value=\"MILIKKU\""), "{offered}");
    let mut form = checkout_form(&key, "320000", "voucher").to_vec();
    form.retain(|(name, _)| *name != "do");
    form.push(("pick", "MILIKKU"));
    let chosen = visitor.post("/checkout", &form).await.text;
    assert!(chosen.contains("value=\"MILIKKU\" data-voucher-code") && chosen.contains("295.000"), "{chosen}");
    let placed = press(&visitor, &key, "295000", "place", &[("voucher_code", "MILIKKU")]).await;
    assert_eq!(placed.status, 303, "{placed:?}");
    let used = "select count(*) from customer_vouchers where used_by_order is not null";
    assert_eq!(shop.count(used).await, 1);
}
