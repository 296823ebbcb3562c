//! The pages over a real socket, as a browser without scripts sees them.

use domain::catalog::CreateProduct;
use domain::locale::Translated;
use domain::orders::OrderStatus;
use domain::settings::{Contact, Settings};
use reqwest::Method;
use services::{catalog, settings};
use sqlx::MySqlPool;

use crate::served::{Answer, Served};
use crate::shop::{option, product, variant};

/// Checklist 6. Checklist 117.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_page_is_there_in_both_languages(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("SHIRT", 150_000, 5).await;
    for path in ["/", "/products", "/products/shirt", "/cart", "/about", "/robots.txt", "/sitemap.xml"] {
        for language in ["id", "en"] {
            let request = shop.ask(Method::GET, path).header("accept-language", language);
            let page = Answer::of(request.send().await.unwrap()).await;
            assert_eq!(page.status, 200, "{path}");
            if page.kind.starts_with("text/html") {
                assert!(page.text.contains(&format!("lang=\"{language}\"")), "{path} in {language}");
            }
        }
    }
    let missing = shop.get("/no/such/page").await;
    assert_eq!(missing.status, 404);
    assert!(missing.kind.starts_with("text/html") && missing.text.contains("href=\"/products\""));
    assert_eq!(shop.get("/products/no-such-thing").await.status, 404);
    assert_eq!(shop.get("/images/no-such-picture-400.webp").await.status, 404);
    assert_eq!(shop.get("/images/..%2f..%2fetc%2fpasswd").await.status, 404);
}

/// Checklist 45. Pitfall S8.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_visitor_without_scripts_buys(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let visitor = shop.visitor();
    visitor.get("/products/shirt").await;

    let added = visitor
        .post("/cart/lines", &[("variant_id", &shirt.to_string()), ("product", "shirt"), ("quantity", "2")])
        .await;
    assert_eq!(added.status, 303, "{added:?}");
    let cart = visitor.get("/cart").await;
    assert!(cart.text.contains("Rp\u{a0}300.000"), "{}", cart.text);
    let checkout = visitor.get("/checkout").await;
    assert_eq!(shop.stock(shirt).await, (5, 2), "held");
    let key = between(&checkout.text, "name=\"key\" value=\"", "\"");
    let address = [
        ("do", "place"),
        ("seen_total", "310000"),
        ("key", key.as_str()),
        ("email", "siti@example.com"),
        ("name", "Siti <b>Rahma</b>"),
        ("phone", "081234567890"),
        ("line_1", "Jl. Melati 5"),
        ("line_2", ""),
        ("city", "Depok"),
        ("province", "Jawa Barat"),
        ("postal_code", "16411"),
        ("payment_method", "cash_on_delivery"),
    ];

    let mut wrong = address;
    wrong[5].1 = "12";
    let again = visitor.post("/checkout", &wrong).await;
    assert_eq!(again.status, 422);
    assert!(
        again.text.contains("Siti &#60;b&#62;Rahma") || again.text.contains("Siti &lt;b&gt;Rahma"),
        "kept, escaped"
    );

    let placed = visitor.post("/checkout", &address).await;
    assert_eq!(placed.status, 303, "{placed:?}");
    assert!(placed.location.contains("/thanks?token="), "{}", placed.location);
    let twice = visitor.post("/checkout", &address).await;
    assert_eq!(twice.location, placed.location, "a double click is one order");
    let thanks = visitor.get(&placed.location).await;
    assert_eq!(thanks.status, 200);
    assert!(!thanks.text.contains("<b>Rahma"), "what shoppers type is never markup");
    assert_eq!(shop.count("select count(*) from orders").await, 1);
    assert_eq!(shop.stock(shirt).await, (3, 0));
}

/// Checklist 54. Pitfall S6.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_form_from_elsewhere_changes_nothing(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let visitor = shop.visitor();
    visitor.get("/products/shirt").await;
    let fields = [("variant_id", shirt.to_string()), ("product", "shirt".to_owned()), ("quantity", "1".to_owned())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();

    let tokenless = visitor.post_as_is("/cart/lines", &fields).await;
    assert_eq!(tokenless.status, 403, "{tokenless:?}");
    let elsewhere = shop
        .ask(Method::POST, "/cart/lines")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("quantity=1");
    assert_eq!(elsewhere.send().await.unwrap().status().as_u16(), 403);
    assert_eq!(shop.count("select count(*) from cart_lines").await, 0);
}

/// Checklist 80.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_stranger_to_an_order_sees_nothing_of_it(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, domain::payments::PaymentMethod::Demo).await.unwrap();
    let (number, token) = (&placed.number, &placed.access_token);

    for page in ["", "/pay", "/thanks"] {
        assert_eq!(shop.get(&format!("/orders/{number}{page}?token=wrong")).await.status, 404, "{page}");
        assert_eq!(shop.get(&format!("/orders/{number}{page}")).await.status, 404, "{page}");
        assert_eq!(shop.get(&format!("/orders/{number}{page}?token={token}")).await.status, 200, "{page}");
    }
    assert_eq!(placed.status, OrderStatus::PendingPayment);
}

/// Pitfall S8. Pitfall S17.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn pages_bind_the_browser_to_the_shop(db: MySqlPool) {
    let shop = Served::open(db).await;
    let page = shop.ask(Method::GET, "/").send().await.unwrap();
    let header = |name: &str| page.headers()[name].to_str().unwrap().to_owned();
    let policy = header("content-security-policy");
    for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    assert_eq!(header("x-content-type-options"), "nosniff");
    for cookie in page.headers().get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    }
}

/// Checklist 2.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_page_about_the_shop_says_what_its_owner_wrote(db: MySqlPool) {
    let shop = Served::open(db).await;
    let wanted = Settings {
        about: Translated {
            id: "Kami menenun sejak 1998.\n\nDatanglah ke bengkel <kami>.".to_owned(),
            en: "We have woven since 1998.\n\nCome and see our workshop.".to_owned(),
        },
        contact: Contact { phone: "+62 274 123 456".to_owned(), ..Contact::default() },
        ..shop.settings().await
    };
    settings::save(&shop, &shop.owner, wanted).await.unwrap();

    for (language, paragraphs) in [
        ("id", ["Kami menenun sejak 1998.", "Datanglah ke bengkel &#60;kami&#62;."]),
        ("en", ["We have woven since 1998.", "Come and see our workshop."]),
    ] {
        let request = shop.ask(Method::GET, "/about").header("accept-language", language);
        let page = Answer::of(request.send().await.unwrap()).await;
        for paragraph in paragraphs {
            assert!(page.text.contains(&format!("<p class=\"lines\">{paragraph}</p>")), "{}", page.text);
        }
        assert!(page.text.contains("+62 274 123 456"), "{}", page.text);
        let front = Answer::of(shop.ask(Method::GET, "/").send().await.unwrap()).await;
        assert!(front.text.contains("href=\"/about\""), "one finds it from every page");
    }
}

/// Pitfall B21.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn sizes_stand_in_the_order_of_the_owner_and_not_of_the_alphabet(db: MySqlPool) {
    let shop = Served::open(db).await;
    let sizes = ["S", "M", "L", "XL", "XXL"];
    let wanted = CreateProduct {
        options: vec![option("Ukuran", &sizes)],
        variants: (0..sizes.len()).rev().map(|at| variant(&format!("SHIRT-{at}"), &[at], 150_000)).collect(),
        ..product("SHIRT", 150_000)
    };
    catalog::create(&shop, &shop.owner, wanted, None).await.unwrap();

    let page = shop.get("/products/shirt").await.text;
    let shown: Vec<&str> =
        page.split("<span class=\"pill__name\">").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(shown, sizes);
}

fn between(text: &str, before: &str, after: &str) -> String {
    let from = text.find(before).unwrap_or_else(|| panic!("{before} is missing in {text}")) + before.len();
    text[from..].split(after).next().unwrap().to_owned()
}
