//! Forms whose token the browser has lost: nothing is done for them, and nothing that was typed is lost.

use domain::payments::PaymentMethod;
use sqlx::MySqlPool;

use crate::served::{Answer, Served, Visitor};
use crate::shop::{SHOPPER_PASSWORD, account, checkout_form};

const SITI: &str = "siti@example.com";
const EXPIRED: &str = "Formulir ini sudah kedaluwarsa";

/// Sends the form with the token that the page had, after the browser has lost its cookie.
async fn after_losing_the_cookie(visitor: &Visitor<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = visitor.cookie("form").unwrap();
    visitor.lose("form");
    let refused = visitor.post_as_is(path, &[fields, &[("form_token", &token)]].concat()).await;
    assert_eq!(refused.status, 403, "{path}: {refused:?}");
    assert!(refused.text.contains(EXPIRED), "{path}: {}", refused.text);
    let fresh = visitor.cookie("form").unwrap();
    assert!(fresh != token && refused.text.contains(&format!("name=\"form_token\" value=\"{fresh}\"")), "{path}");
    refused
}

fn holds(page: &Answer, typed: &[&str]) {
    for text in typed {
        assert!(page.text.contains(&format!("value=\"{text}\"")), "{text} is lost: {}", page.text);
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_form_whose_token_is_gone_comes_back_with_what_was_typed(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    account(&shop, SITI).await;
    let siti = shop.visitor();
    siti.get("/account/sign-in").await;

    let typed = [("name", "Ayu Lestari"), ("email", "ayu@example.com"), ("password", "jalan pagi di sawah")];
    let register =
        after_losing_the_cookie(&siti, "/account/register", &[&typed[..], &[("next", "/cart")]].concat()).await;
    holds(&register, &["Ayu Lestari", "ayu@example.com", "/cart"]);
    assert!(!register.text.contains("jalan pagi"), "a password is never sent back");
    let sign_in = after_losing_the_cookie(&siti, "/account/sign-in", &typed[1..]).await;
    holds(&sign_in, &["ayu@example.com"]);

    let product = after_losing_the_cookie(&siti, "/cart/lines", &[("product", "shirt"), ("quantity", "3")]).await;
    holds(&product, &["3"]);
    assert_eq!(siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "3")]).await.status, 303);
    after_losing_the_cookie(&siti, &format!("/cart/lines/{shirt}"), &[("quantity", "1")]).await;
    assert_eq!(shop.count("select cast(sum(quantity) as signed) from cart_lines").await, 3, "nothing was done");

    let form = checkout_form("one-key", "", "place");
    let checkout = after_losing_the_cookie(&siti, "/checkout", &form).await;
    let kept = ["email", "name", "phone", "line_1", "city", "postal_code"];
    holds(&checkout, &kept.map(|name| form.iter().find(|(field, _)| *field == name).unwrap().1));
    assert_eq!(shop.count("select count(*) from orders").await, 0);
    assert_eq!(siti.post("/checkout", &form).await.status, 200, "sent once more, the total is shown");
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_form_of_an_account_or_an_order_comes_back_too(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let order = |page: &str| format!("/orders/{}{page}?token={}", placed.number, placed.access_token);
    account(&shop, SITI).await;
    let siti = shop.visitor();
    siti.sign_in(SITI).await;
    siti.get("/").await;

    let details = [("name", "Siti R."), ("phone", "081200000002"), ("line_1", "Jl. Kenanga 1"), ("city", "Bogor")];
    let profile = after_losing_the_cookie(&siti, "/account/profile", &details).await;
    holds(&profile, &["Siti R.", "081200000002", "Jl. Kenanga 1", "Bogor"]);
    holds(&after_losing_the_cookie(&siti, "/account/vouchers", &[("voucher_code", "HEMAT10")]).await, &["HEMAT10"]);
    let passwords = [("current", SHOPPER_PASSWORD), ("new", "quite another one")];
    after_losing_the_cookie(&siti, "/account/password", &passwords).await;
    assert_eq!(siti.get("/account").await.status, 200, "the session stands");

    let guest = shop.visitor();
    guest.get(&order("")).await;
    let reason = [("reason", "Salah ukuran")];
    holds(&after_losing_the_cookie(&guest, &order("/cancel"), &reason).await, &["Salah ukuran"]);
    after_losing_the_cookie(&guest, &order("/account"), &[("password", "a long new password")]).await;
    after_losing_the_cookie(&guest, &order("/pay"), &[]).await;
    let (plan, _) = shop.two_plans().await;
    let join = format!("/membership/plans/{}", plan.plan.id);
    let typed = [("name", "Ayu Lestari"), ("email", "ayu@example.com"), ("password", "jalan pagi di sawah")];
    holds(&after_losing_the_cookie(&guest, &join, &typed).await, &["Ayu Lestari", "ayu@example.com"]);
    assert_eq!(shop.count("select count(*) from orders where status = 'cancelled'").await, 0);
    assert_eq!(guest.post(&order("/cancel"), &reason).await.status, 303);
    shop.stop().await;
}
