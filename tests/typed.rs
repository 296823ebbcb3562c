//! Text that people type, as shop, API and desk take it: what looks the same is the same, and what nobody sees is nothing.

use domain::audit::ListAudit;
use domain::catalog::{CreateProduct, ListProducts};
use domain::customers::{ListCustomers, RegisterCustomer, SignInCustomer};
use domain::inventory::stock_takes::{CountInStockTake, StartStockTake};
use domain::inventory::{ListStock, StockFilter};
use domain::locale::{Locale, Translated};
use domain::memberships::{ListMembers, ListPurchases};
use domain::message::Message;
use domain::money::BasisPoints;
use domain::orders::{CancelOrder, ListOrders, OrderStatus};
use domain::page::PageNumber;
use domain::payments::{GatewayOutcome, PaymentMethod};
use domain::pricing::VoucherKind;
use domain::text::Password;
use domain::vouchers::ListVouchers;
use reqwest::Method;
use serde_json::{Value, json};
use services::customers::accounts;
use services::inventory::stock_takes;
use services::payments::Received;
use services::{Error, audit, catalog, customers, inventory, memberships, orders, settings, vouchers};
use sqlx::MySqlPool;

use crate::served::{Answer, Served};
use crate::shop::{SHOPPER_PASSWORD, TestShop, account, category, product, request};
use crate::vouchers::voucher;

const UNSEEN: [&str; 6] = ["\u{2060}", "\u{200b}", "\u{3164}", "\u{ad}", "\u{115f}", "\u{2800}"];

/// Places an order of one shirt over the API, with some of its fields changed.
async fn place(shop: &Served, changes: &[(&str, &str)]) -> Answer {
    let cart = shop.cart(shop.by_sku("SHIRT").await, 1).await;
    let mut body = serde_json::to_value(request(PaymentMethod::CashOnDelivery)).unwrap();
    for (field, text) in changes {
        *body.pointer_mut(field).unwrap() = json!(text);
    }
    let path = format!("/api/v1/carts/{cart}/checkout");
    Answer::of(shop.ask(Method::POST, &path).header("Idempotency-Key", "k").json(&body).send().await.unwrap()).await
}

/// The field and the code of what is wrong with an order.
fn wrong(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 422, "{answer:?}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let errors = answer.json()["errors"].as_array().unwrap().clone();
    errors.iter().map(|error| (text(&error["field"]), text(&error["code"]))).collect()
}

fn registration(name: &str, email: &str, password: &str) -> RegisterCustomer {
    let password = Password::typed(password);
    RegisterCustomer { name: name.to_owned(), email: email.to_owned(), password, locale: Locale::English }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_name_that_nobody_can_see_is_none_wherever_it_is_typed(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    for unseen in UNSEEN {
        let refused = place(&shop, &[("/shipping_address/name", unseen), ("/shipping_address/line_1", unseen)]).await;
        let required = |field: &str| (format!("shipping_address.{field}"), "required".to_owned());
        assert_eq!(wrong(&refused), [required("name"), required("line_1")], "{unseen:?}");

        let refused = accounts::register(&shop, registration(unseen, "a@b.example", "a long password"), None).await;
        assert_eq!(refused.unwrap_err().fields()[0].message, Message::Required);

        let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
        let reason = unseen.to_owned();
        let cancel = CancelOrder { order_id: shop.id(&placed).await, reason };
        let refused = orders::cancel(&shop, &shop.owner, cancel.clone()).await.unwrap_err();
        assert_eq!(refused.fields()[0].message, Message::Required, "{unseen:?}");
        orders::cancel(&shop, &shop.owner, CancelOrder { reason: "out of cloth".to_owned(), ..cancel }).await.unwrap();

        let named = Translated::same(unseen);
        let refused = catalog::create(&shop, &shop.owner, CreateProduct { name: named, ..product("X", 1) }, None).await;
        assert_eq!(refused.unwrap_err().fields()[0].message, Message::Required, "{unseen:?}");

        let renamed = domain::settings::Settings { name: unseen.to_owned(), ..shop.settings().await };
        assert_eq!(
            settings::save(&shop, &shop.owner, renamed).await.unwrap_err().fields()[0].message,
            Message::Required
        );
    }
    let turned = place(&shop, &[("/shipping_address/name", "\u{202e}itiS")]).await;
    assert_eq!(wrong(&turned), [("shipping_address.name".to_owned(), "control_characters".to_owned())]);
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_name_is_kept_without_what_nobody_sees_but_with_what_its_script_needs(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    let typed = " \u{feff}Jose\u{301}\u{a0} می\u{200c}نا 👩\u{200d}💻\u{200b}";
    assert_eq!(place(&shop, &[("/shipping_address/name", typed)]).await.status, 201);
    let kept = "José می\u{200c}نا 👩\u{200d}💻";
    let search = Some(kept.to_owned());
    let list = ListOrders { status: None, needs_review: false, search, page: PageNumber::FIRST };
    let found = orders::page(&shop, &shop.owner, list).await.unwrap();
    assert_eq!(found.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), [kept]);
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_phone_is_taken_as_it_was_copied_and_kept_clean(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    for (typed, kept) in [
        ("+62\u{a0}812\u{a0}3456\u{a0}7890", "+62 812 3456 7890"),
        ("\u{202d}+62 812\u{2011}3456–7890\u{202c}\u{200e}", "+62 812-3456-7890"),
        ("(+62) 812 3456 7890", "+62 812 3456 7890"),
    ] {
        let placed = place(&shop, &[("/shipping_address/phone", typed)]).await;
        assert_eq!(placed.status, 201, "{typed:?}: {placed:?}");
        let (number, token) = (placed.json()["number"].clone(), placed.json()["access_token"].clone());
        let order = orders::show(&shop, number.as_str().unwrap(), token.as_str().unwrap()).await.unwrap();
        assert_eq!(order.address.phone.as_str(), kept);
    }
    let refused = place(&shop, &[("/shipping_address/phone", "-.() -.()12345678")]).await;
    assert_eq!(wrong(&refused), [("shipping_address.phone".to_owned(), "not_a_phone".to_owned())]);
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_voucher_is_taken_however_its_code_was_copied(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 90).await;
    let tenth = VoucherKind::Percent(BasisPoints::new(1_000));
    vouchers::save(&shop, &shop.owner, voucher("HEMAT-10", tenth)).await.unwrap();
    let visitor = shop.visitor();
    visitor.get("/products/shirt").await;
    visitor.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await;
    visitor.get("/checkout").await;

    let copied = [
        "HEMAT-10\u{200b}",
        "\u{feff}hemat-10",
        "HE\u{ad}MAT-10",
        "ＨＥＭＡＴ－１０",
        "HEMAT–10",
        "\u{a0}hemat\u{2011}10 ",
    ];
    for (place_of, code) in copied.into_iter().enumerate() {
        let cart = shop.cart(shirt, 1).await;
        let body = json!({ "shipping_address": { "city": "Bandung", "province": "Jawa Barat" }, "voucher_code": code });
        let quoted = shop.send(Method::POST, &format!("/api/v1/carts/{cart}/quote"), &body).await;
        assert_eq!(quoted.json()["totals"]["voucher_discount"]["amount"], 15_000, "{code:?}: {quoted:?}");
        assert_eq!(place(&shop, &[("/voucher_code", code)]).await.status, 201, "{code:?}");

        let asked = [("city", "Bandung"), ("province", "Jawa Barat"), ("voucher_code", code), ("do", "voucher")];
        let shown = visitor.post("/checkout", &asked).await;
        assert!(shown.text.contains("HEMAT-10") && shown.text.contains("15.000"), "{code:?}: {}", shown.text);

        let customer = account(&shop, &format!("siti{place_of}@example.com")).await;
        let kept = vouchers::claim(&shop, &customer, code).await.unwrap();
        assert_eq!(kept.code.as_str(), "HEMAT-10", "{code:?}");
    }
    let take = stock_takes::start(&shop, &shop.owner, StartStockTake { name: "Rak".to_owned() }).await.unwrap();
    let counted = CountInStockTake { stock_take_id: take.row.id, sku: "shirt\u{200b}".to_owned(), counted: 3 };
    assert_eq!(stock_takes::count(&shop, &shop.owner, counted).await.unwrap().lines.len(), 1, "a SKU is a code too");
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn two_ways_to_type_an_e_mail_are_one_customer(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 90).await;
    for (count, email) in [
        (1, "a@bücher.example"),
        (1, "A@xn--bcher-kva.example"),
        (1, "a@bu\u{308}cher.example"),
        (2, "jos\u{e9}@example.com"),
        (2, "jose\u{301}@example.com\u{200b}"),
        (3, "संपर्क@डाटामेल.भारत"),
        (4, "e@example.com"),
        (5, "é@example.com"),
    ] {
        let cart = shop.cart(shirt, 1).await;
        let wish = domain::checkout::PlaceOrder { email: email.to_owned(), ..request(PaymentMethod::CashOnDelivery) };
        services::checkout::place(&shop, &cart, "k", wish).await.unwrap();
        assert_eq!(shop.count("select count(*) from customers").await, count, "{email:?}");
    }
    let long = format!("a@{}.example", "b".repeat(64));
    let refused = accounts::register(&shop, registration("Siti", &long, "a long password"), None).await.unwrap_err();
    assert_eq!(refused.fields()[0].message, Message::NotAnEmail);
    let everybody = ListCustomers { search: Some("bu\u{308}cher".to_owned()), page: PageNumber::FIRST };
    assert_eq!(customers::page(&shop, &shop.owner, everybody).await.unwrap().rows.len(), 1);
    account(&shop, "siti@xn--bcher-kva.example").await;
    let password = Password::typed(SHOPPER_PASSWORD);
    let same = SignInCustomer { email: "Siti@Bücher.example".to_owned(), password };
    accounts::sign_in(&shop, same, None).await.unwrap();
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_password_signs_in_however_its_accents_are_typed(db: MySqlPool) {
    let shop = Served::open(db).await;
    let siti = shop.visitor();
    siti.get("/account/register").await;
    let email = ("email", "siti@example.com");
    let typed = [("name", "Siti"), email, ("password", "Cafe\u{301} di pojok")];
    assert_eq!(siti.post("/account/register", &typed).await.status, 303);
    let other = shop.visitor();
    other.get("/account/sign-in").await;
    let signed_in = other.post("/account/sign-in", &[email, ("password", "Caf\u{e9}\u{a0}di pojok")]).await;
    assert_eq!(signed_in.status, 303);
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_postal_code_of_indonesia_has_five_digits(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    for bad in ["---", "abc", "401", "401156"] {
        let refused = place(&shop, &[("/shipping_address/postal_code", bad)]).await;
        let expected = ("shipping_address.postal_code".to_owned(), "not_a_postal_code".to_owned());
        assert_eq!(wrong(&refused), [expected], "{bad}");
    }
    let placed = place(&shop, &[("/shipping_address/postal_code", "４０１１５")]).await;
    assert_eq!(placed.status, 201);
    assert_eq!(shop.count("select count(*) from orders where postal_code = '40115'").await, 1);
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_search_finds_its_words_whatever_stands_between_them(db: MySqlPool) {
    let shop = Served::open(db).await;
    let name = Translated { id: "Kemeja\u{a0} Linen Cafe\u{301}".to_owned(), en: "Linen shirt".to_owned() };
    let description = Translated::same("Tenunan tangan\ndari Flores.");
    let shirt = CreateProduct { name, description, ..product("SHIRT", 150_000) };
    catalog::create(&shop, &shop.owner, shirt, None).await.unwrap();
    catalog::create(&shop, &shop.owner, product("HAT", 50_000), None).await.unwrap();

    for typed in [
        "kemeja linen",
        "kemeja%20%20linen",
        "kemeja%C2%A0linen",
        "kemeja%0Alinen",
        "kemeja%0D%0A%20linen",
        "kemeja%20%E2%80%8Blinen%20",
        "linen cafe%CC%81",
        "tangan dari",
    ] {
        let found = shop.get(&format!("/api/v1/products?search={typed}")).await.json();
        assert_eq!(found["total"], 1, "{typed}");
        let page = shop.get(&format!("/products?search={typed}")).await;
        assert!(page.text.contains("/products/shirt") && !page.text.contains("/products/hat"), "{typed}");
    }
    let page = shop.get("/products?search=kemeja%0Alinen").await;
    assert!(page.text.contains("value=\"kemeja linen\""), "{}", page.text);
    let nothing = ListProducts { search: Some("\u{200b}".to_owned()), ..ListProducts::default() };
    assert_eq!(catalog::page(&shop, nothing).await.unwrap().position.total, 2, "nothing to see is nothing to look for");
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_desk_looks_for_any_script_and_for_codes_however_they_were_copied(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT-1", 150_000, 9).await;
    let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    vouchers::save(&shop, &shop.owner, voucher("HEMAT-10", VoucherKind::FreeDelivery)).await.unwrap();
    let page = PageNumber::FIRST;
    let found = async |text: &str| {
        let search = Some(text.to_owned());
        let list = ListOrders { status: None, needs_review: false, search: search.clone(), page };
        let stock = ListStock { search: search.clone(), filter: StockFilter::All, page };
        let members = ListMembers { status: None, search: search.clone(), page };
        let bought = ListPurchases { status: None, needs_review: false, search: search.clone(), page };
        let history = ListAudit { staff_id: None, subject: None, search: search.clone(), from: None, to: None, page };
        memberships::page(&shop, &shop.owner, members).await.unwrap();
        memberships::purchases(&shop, &shop.owner, bought).await.unwrap();
        audit::page(&shop, &shop.owner, history).await.unwrap();
        customers::page(&shop, &shop.owner, ListCustomers { search: search.clone(), page }).await.unwrap();
        [
            orders::page(&shop, &shop.owner, list).await.unwrap().rows.len(),
            inventory::page(&shop, &shop.owner, stock).await.unwrap().rows.len(),
            vouchers::page(&shop, &shop.owner, ListVouchers { search, page }).await.unwrap().rows.len(),
        ]
    };
    for text in ["щ", "王小明", "می\u{200c}نا", "👩"] {
        assert_eq!(found(text).await, [0, 0, 0], "{text}");
    }
    assert_eq!(found(&placed.number.replace('-', "–")).await, [1, 0, 0]);
    assert_eq!(found("ｓｈｉｒｔ\u{2011}1").await, [0, 1, 0]);
    assert_eq!(found("hemat–10\u{200b}").await, [0, 0, 1]);
}

/// The database takes blanks at the end for nothing; the shop does not.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_key_with_a_blank_behind_it_is_another_key(db: MySqlPool) {
    let shop = Served::open(db).await;
    catalog::create_category(&shop, &shop.owner, category("atasan")).await.unwrap();
    let shelved = CreateProduct { category: Some("atasan".to_owned()), ..product("SHIRT", 150_000) };
    catalog::create(&shop, &shop.owner, shelved, None).await.unwrap();
    let hat = shop.variant("HAT", 50_000, 9).await;
    for (path, status) in [("/products/shirt", 200), ("/products/shirt%20", 404), ("/products/%20shirt", 404)] {
        assert_eq!(shop.get(path).await.status, status, "{path}");
        assert_eq!(shop.get(&format!("/api/v1{path}")).await.status, status, "{path}");
    }
    assert_eq!(shop.get("/products?category=atasan%20").await.status, 404);
    let unknown = shop.get("/api/v1/products?category=atasan%20").await;
    assert_eq!((unknown.status, unknown.json()["total"].as_u64()), (200, Some(0)));
    let known = shop.get("/api/v1/products?category=atasan").await;
    assert_eq!(known.json()["total"], 1);

    let placed = shop.order(hat, 1, PaymentMethod::Demo).await.unwrap();
    let mut notice = TestShop::notification(&placed, GatewayOutcome::Paid);
    notice.reference.push(' ');
    assert_eq!(shop.notify(&notice).await.unwrap(), Received::New);
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::PendingPayment, "that reference is nobody's");
    let unknown = "select count(*) from payment_inbox where applied_at is null and trouble = 'unknown_payment'";
    assert_eq!(shop.count(unknown).await, 1);
    notice.reference.pop();
    notice.event_id.push(' ');
    assert!(matches!(shop.notify(&notice).await, Err(Error::Unusable(_))), "not taken for a repeat");
    notice.event_id = "evt-2".to_owned();
    assert_eq!(shop.notify(&notice).await.unwrap(), Received::New);
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::Processing);
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_password_that_anybody_would_try_is_refused_with_the_reason(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let customer = account(&shop, "siti@example.com").await;
    for (password, reason) in [
        (" ".repeat(10), Message::PasswordTooEasy),
        ("\0".repeat(12), Message::ControlCharacters),
        ("1234567890".to_owned(), Message::PasswordTooEasy),
        ("password123".to_owned(), Message::PasswordTooEasy),
        ("Sayang123456".to_owned(), Message::PasswordTooEasy),
        ("ayu@xn--bcher-kva.example".to_owned(), Message::PasswordIsTheEmail),
    ] {
        let refused = accounts::register(&shop, registration("Ayu", "ayu@bücher.example", &password), None).await;
        assert_eq!(refused.unwrap_err().fields()[0].message, reason, "{password:?}");
        if reason != Message::PasswordIsTheEmail {
            let wish = domain::customers::ChangePassword {
                current: Password::typed(SHOPPER_PASSWORD),
                new: Password::typed(password.as_str()),
            };
            let refused = accounts::change_password(&shop, &customer, wish).await;
            assert_eq!(refused.unwrap_err().fields()[0].message, reason, "{password:?}");
        }
    }
}
