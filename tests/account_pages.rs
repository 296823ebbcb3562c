//! The pages of accounts over a real socket, as a browser without scripts sees them.

use domain::money::BasisPoints;
use domain::payments::PaymentMethod;
use domain::pricing::VoucherKind;
use reqwest::Method;
use services::vouchers;
use sqlx::MySqlPool;

use crate::served::{Answer, Served, Visitor};
use crate::shop::{SHOPPER_PASSWORD, account};

const SITI: &str = "siti@example.com";

async fn add(visitor: &Visitor<'_>, quantity: &str) {
    visitor.get("/products/shirt").await;
    assert_eq!(visitor.post("/cart/lines", &[("product", "shirt"), ("quantity", quantity)]).await.status, 303);
}

/// The checkout's form as a buyer sends it who has seen the total.
async fn place(visitor: &Visitor<'_>) -> Answer {
    let page = visitor.get("/checkout").await;
    let hidden = |name: &str| {
        let (_, after) = page.text.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        after.split_once('"').unwrap().0.to_owned()
    };
    let key = hidden("key");
    let mut fields = vec![
        ("key", key.as_str()),
        ("email", "siti@example.com"),
        ("name", "Siti Rahma"),
        ("phone", "081200000001"),
        ("line_1", "Jl. Melati 5"),
        ("city", "Depok"),
        ("province", "Jawa Barat"),
        ("postal_code", "16411"),
        ("payment_method", "demo"),
        ("seen_total", "160000"),
    ];
    fields.push(("do", "place"));
    visitor.post("/checkout", &fields).await
}

/// Checklist 28. Checklist 50. Pitfall B13.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_guest_registers_buys_and_finds_the_order_in_the_account(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let siti = shop.visitor();
    add(&siti, "1").await;
    let guest_cart = siti.cookie("cart").unwrap();

    let typed =
        [("name", "Siti <b>Rahma"), ("email", SITI), ("password", "a long new password"), ("next", "/checkout")];
    let made = siti.post("/account/register", &typed).await;
    assert_eq!((made.status, made.location.as_str()), (303, "/checkout"));
    assert_eq!(siti.cookie("cart"), None, "the guest's cart is the account's now");
    assert!(services::carts::show(&shop, &guest_cart).await.unwrap().is_empty());

    let page = siti.get("/cart").await;
    assert!(page.text.contains("Siti &#60;b&#62;Rahma") && page.text.contains("Barang SHIRT"), "{}", page.text);
    let placed = place(&siti).await;
    assert_eq!(placed.status, 303, "{placed:?}");
    assert_eq!(shop.stock(shirt).await, (5, 1));

    let own = siti.get("/account").await;
    let number = placed.location.split('/').nth(2).unwrap().to_owned();
    assert!(own.text.contains(&number) && own.text.contains("Jl. Melati 5"), "the order and its address: {}", own.text);
    assert!(own.text.contains(&format!("/orders/{number}/pay?token=")));
    let next = siti.get("/account/sign-in?next=/account").await;
    assert_eq!((next.status, next.location.as_str()), (303, "/account"));

    assert_eq!(siti.post("/account/sign-out", &[]).await.status, 303);
    assert_eq!(siti.cookie("account"), None);
    assert_eq!(siti.get("/account").await.status, 303);
    shop.stop().await;
}

/// Checklist 23. Checklist 31. Checklist 34. Edge case 7.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_hold_of_a_guests_checkout_moves_at_sign_in(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 2).await;
    account(&shop, SITI).await;
    let siti = shop.visitor();
    add(&siti, "2").await;
    assert_eq!(siti.get("/checkout").await.status, 200);
    assert_eq!(shop.stock(shirt).await, (2, 2));

    siti.sign_in(SITI).await;

    let page = siti.get("/checkout").await;
    assert_eq!(page.status, 200, "the buyer's own hold does not block the buyer");
    assert_eq!(shop.stock(shirt).await, (2, 2));
    let phone = shop.visitor();
    phone.sign_in(SITI).await;
    assert!(phone.get("/cart").await.text.contains("Barang SHIRT"), "one cart on all devices");
    assert_eq!(phone.cookie("cart"), None, "the key of an account's cart never leaves the server");
    shop.stop().await;
}

/// Checklist 46. Checklist 47. Pitfall S7.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_guests_order_becomes_an_accounts_by_its_signed_link_only(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let first = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let second = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let link = |number: &str, page: &str, token: &str| format!("/orders/{number}/{page}?token={token}");
    let siti = shop.visitor();
    let thanks = siti.get(&link(&first.number, "thanks", &first.access_token)).await;
    assert!(thanks.text.contains(&link(&first.number, "account", &first.access_token)));

    let foreign = link(&first.number, "account", &second.access_token);
    assert_eq!(siti.post(&foreign, &[("password", "a long new password")]).await.status, 404);
    let keep = link(&first.number, "account", &first.access_token);
    let short = siti.post(&keep, &[("password", "short")]).await;
    assert_eq!(short.status, 422);
    let kept = siti.post(&keep, &[("password", "a long new password")]).await;
    assert_eq!((kept.status, kept.location), (303, link(&first.number, "thanks", &first.access_token)));
    let own = siti.get("/account").await.text;
    assert!(own.contains(&first.number) && !own.contains(&second.number), "an equal e-mail brings nothing");

    let again = shop.visitor();
    again.get("/").await;
    let keep_second = link(&second.number, "account", &second.access_token);
    let taken = again.post(&keep_second, &[("password", "another password")]).await;
    assert_eq!(taken.status, 422, "the e-mail has an account, and a password of somebody else's is not it");
    assert_eq!(again.cookie("account"), None);
    assert_eq!(siti.post(&keep_second, &[]).await.status, 303);
    assert!(siti.get("/account").await.text.contains(&second.number));
    shop.stop().await;
}

/// Checklist 50. Checklist 52. Pitfall S6. Pitfall S12.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_session_is_a_guarded_cookie_and_leads_to_this_shop_only(db: MySqlPool) {
    let shop = Served::open(db).await;
    account(&shop, SITI).await;
    for (public_url, name, secure) in [("", "account", false), ("https://toko.example", "__Host-account", true)] {
        if !public_url.is_empty() {
            shop.set_public_url(public_url);
        }
        let visitor = shop.visitor();
        visitor.get("/account/sign-in").await;
        for (wanted, reached) in [
            ("https://evil.example", "/account"),
            ("//evil.example", "/account"),
            ("/\\evil.example", "/account"),
            ("/checkout", "/checkout"),
        ] {
            let typed = [("email", SITI), ("password", SHOPPER_PASSWORD), ("next", wanted)];
            assert_eq!(visitor.post("/account/sign-in", &typed).await.location, reached, "{wanted}");
        }
        let set = visitor.set_cookies("/account/sign-in", &[("email", SITI), ("password", SHOPPER_PASSWORD)]).await;
        let session = set.iter().find(|line| line.starts_with(&format!("{name}="))).unwrap();
        assert!(session.contains("; Path=/; HttpOnly; SameSite=Lax"), "{session}");
        assert_eq!(session.ends_with("; Secure"), secure, "{session}");
        assert!(!session.contains("Domain"), "{session}");
    }
    let by_link = shop.visitor();
    by_link.sign_in(SITI).await;
    assert_eq!(by_link.get("/account/sign-out").await.status, 405, "a link signs nobody out");
    shop.stop().await;
}

/// Pitfall S10.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_wrong_password_says_nothing_and_many_are_refused(db: MySqlPool) {
    let shop = Served::open(db).await;
    account(&shop, SITI).await;
    let visitor = shop.visitor();
    visitor.get("/account/sign-in").await;
    let wrong = async |email: &str| {
        let answer = visitor.post("/account/sign-in", &[("email", email), ("password", "guess")]).await;
        assert_eq!(answer.status, 422);
        answer.text.replace(email, "…")
    };
    assert_eq!(wrong(SITI).await, wrong("nobody@example.com").await);
    for _ in 0..5 {
        wrong(SITI).await;
    }
    let typed = [("email", SITI), ("password", SHOPPER_PASSWORD)];
    assert_eq!(visitor.post("/account/sign-in", &typed).await.status, 422, "even the right one waits now");
    assert_eq!(visitor.cookie("account"), None);
    shop.stop().await;
}

/// Checklist 52.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_new_password_signs_other_devices_out_and_this_one_stays(db: MySqlPool) {
    let shop = Served::open(db).await;
    account(&shop, SITI).await;
    let (desk, phone) = (shop.visitor(), shop.visitor());
    desk.sign_in(SITI).await;
    phone.sign_in(SITI).await;

    let refused = desk.post("/account/password", &[("current", "not it"), ("new", "quite another one")]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(phone.get("/account").await.status, 200);
    let changed = desk.post("/account/password", &[("current", SHOPPER_PASSWORD), ("new", "quite another one")]).await;
    assert_eq!((changed.status, changed.location.as_str()), (303, "/account?done=password"));
    assert_eq!(desk.get("/account").await.status, 200);
    assert_eq!(phone.get("/account").await.location, "/account/sign-in?next=%2Faccount");
    shop.stop().await;
}

/// Checklist 36.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_profile_keeps_what_was_typed_until_it_is_right(db: MySqlPool) {
    let shop = Served::open(db).await;
    account(&shop, SITI).await;
    let siti = shop.visitor();
    siti.sign_in(SITI).await;
    let mut typed = vec![("name", "Siti R."), ("phone", "12"), ("line_1", "Jl. Kenanga 1"), ("city", "Bogor")];
    typed.extend([("province", "Jawa Barat"), ("postal_code", "16111")]);
    let wrong = siti.post("/account/profile", &typed).await;
    assert_eq!((wrong.status, wrong.text.contains("Jl. Kenanga 1")), (422, true));
    typed[1] = ("phone", "081200000002");
    assert_eq!(siti.post("/account/profile", &typed).await.location, "/account?done=profile");

    shop.variant("SHIRT", 150_000, 5).await;
    add(&siti, "1").await;
    let checkout = siti.get("/checkout").await.text;
    assert!(["Jl. Kenanga 1", "081200000002", SITI].iter().all(|known| checkout.contains(known)), "{checkout}");
    assert_eq!(siti.post("/account/profile", &[("name", "Siti R.")]).await.location, "/account?done=profile");
    assert!(!siti.get("/account").await.text.contains("Jl. Kenanga 1"), "an address may be taken back");
    shop.stop().await;
}

/// Checklist 55.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_page_of_an_account_shows_orders_address_membership_and_vouchers(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("SHIRT", 150_000, 5).await;
    let siti = account(&shop, SITI).await;
    let tenth = crate::vouchers::voucher("MILIKKU", VoucherKind::Percent(BasisPoints::new(1_000)));
    vouchers::save(&shop, &shop.owner, tenth).await.unwrap();
    let visitor = shop.visitor();
    visitor.sign_in(SITI).await;
    let empty = visitor.get("/account").await.text;
    assert!(!empty.contains("MILIKKU") && !empty.contains("Sahabat") && !empty.contains("ET-"), "{empty}");

    let (monthly, _) = shop.two_plans().await;
    shop.become_member(&siti, &monthly).await;
    let kept = visitor.post("/account/vouchers", &[("voucher_code", "milikku")]).await;
    assert_eq!(kept.status, 303, "{kept:?}");
    let mut typed = vec![("name", "Siti R."), ("phone", "081200000002"), ("line_1", "Jl. Kenanga 1")];
    typed.extend([("city", "Depok"), ("province", "Jawa Barat"), ("postal_code", "16411")]);
    assert_eq!(visitor.post("/account/profile", &typed).await.status, 303);
    add(&visitor, "1").await;
    let page = visitor.get("/checkout").await.text;
    let (_, key) = page.split_once("name=\"key\" value=\"").unwrap();
    let mut order = vec![("key", key.split_once('"').unwrap().0), ("email", SITI), ("payment_method", "demo")];
    // The member's five percent off, and ten thousand for the way.
    order.extend([("seen_total", "152500"), ("do", "place")]);
    order.extend(typed);
    let placed = visitor.post("/checkout", &order).await;
    assert_eq!(placed.status, 303, "{placed:?}");

    let full = visitor.get("/account").await.text;
    let number: (String,) = sqlx::query_as("select cast(number as char) from orders")
        .fetch_one(&services::testing::database(&shop))
        .await
        .unwrap();
    for part in [&number.0, "152.500", "Jl. Kenanga 1", "081200000002", "Sahabat", "MILIKKU", "10%"] {
        assert!(full.contains(part), "{part} is not in {full}");
    }
    shop.stop().await;
}

/// Without a script, too: the page's own title and one field say it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_refused_form_begins_at_the_first_field_to_mend_and_says_so_in_its_title(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("SHIRT", 150_000, 5).await;
    account(&shop, SITI).await;
    let begins_at = |page: &Answer, field: &str| {
        let title = page.text.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(title.starts_with("Perlu diperbaiki: "), "{field}: {title}");
        let focused: Vec<&str> = page
            .text
            .split('<')
            .filter(|element| element.split_whitespace().any(|it| it.trim_end_matches('>') == "autofocus"))
            .collect();
        assert_eq!(focused.len(), 1, "{field}: {focused:?}");
        assert!(focused[0].contains(&format!("name=\"{field}\"")), "{field}: {focused:?}");
    };
    let guest = shop.visitor();
    let fresh = guest.get("/account/register").await;
    assert!(!fresh.text.contains("autofocus") && fresh.text.contains("<title>Buat akun"), "nothing is wrong yet");
    let typed = [("name", "Ayu"), ("email", "ayu"), ("password", "short")];
    begins_at(&guest.post("/account/register", &typed).await, "email");
    begins_at(&guest.post("/account/register", &[("name", ""), ("email", "ayu"), ("password", "short")]).await, "name");
    begins_at(&guest.post("/account/sign-in", &[("email", SITI), ("password", "guess")]).await, "password");
    begins_at(&guest.post("/account/sign-in", &[("email", ""), ("password", "guess")]).await, "email");
    let (plan, _) = shop.two_plans().await;
    begins_at(&guest.post(&format!("/membership/plans/{}", plan.plan.id), &typed).await, "email");

    let siti = shop.visitor();
    siti.sign_in(SITI).await;
    let details = [("name", "Siti"), ("phone", "12"), ("line_1", ""), ("city", "Bogor")];
    begins_at(&siti.post("/account/profile", &details).await, "phone");
    begins_at(&siti.post("/account/vouchers", &[("voucher_code", "NONE")]).await, "voucher_code");
    begins_at(&siti.post("/account/password", &[("current", "not it"), ("new", "quite another one")]).await, "current");
    add(&siti, "1").await;
    let form = [
        ("email", SITI),
        ("name", ""),
        ("phone", ""),
        ("payment_method", "gold"),
        ("seen_total", "1"),
        ("do", "place"),
    ];
    begins_at(&siti.post("/checkout", &form).await, "name");
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_page_of_an_account_speaks_both_languages(db: MySqlPool) {
    let shop = Served::open(db).await;
    for (language, title) in [("id", "Masuk"), ("en", "Sign in")] {
        for path in ["/account/sign-in", "/account/register"] {
            let page =
                Answer::of(shop.ask(Method::GET, path).header("accept-language", language).send().await.unwrap());
            let page = page.await;
            assert_eq!(page.status, 200);
            assert!(page.text.contains(&format!("lang=\"{language}\"")) && page.text.contains(title), "{path}");
        }
    }
    account(&shop, SITI).await;
    let siti = shop.visitor();
    siti.sign_in(SITI).await;
    siti.post("/language", &[("language", "en"), ("return_to", "/account")]).await;
    assert!(siti.get("/account").await.text.contains("Change your password"));
    shop.stop().await;
}
