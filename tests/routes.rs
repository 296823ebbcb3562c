//! Every route of the shop's table, tried as somebody who may and as somebody who may not.

use domain::payments::PaymentMethod;
use reqwest::Method;
use serde_json::{Value, json};
use services::payments::demo;
use sqlx::MySqlPool;
use storefront::server::Port;
use storefront::{Access, Limits, PerMinute, ROUTES, Route, Server, Site, router_of};

use crate::served::{Answer, Served, Visitor};
use crate::shop::{TestShop, account};

const WRONG: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Checklist 54.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_route_lets_through_whom_its_table_says_and_nobody_else(db: MySqlPool) {
    let shop = Served::open(db).await;
    let tried = Tried::open(&shop).await;
    for route in ROUTES {
        match route.access {
            Access::Public => tried.is_public(route).await,
            Access::Form => tried.wants_a_form(route).await,
            Access::CartKey => tried.wants_the_carts_key(route).await,
            Access::SignedLink => tried.wants_a_link(route).await,
            Access::SignedForm => tried.wants_a_link_and_a_form(route).await,
            Access::Account => tried.wants_an_account(route).await,
            Access::AccountForm => tried.wants_an_account_and_a_form(route).await,
            Access::LetterLink => tried.wants_a_letters_link(route).await,
            Access::Signature => tried.wants_a_signature(route).await,
        }
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_method_is_answered_that_the_table_does_not_name(db: MySqlPool) {
    let shop = Served::open(db).await;
    let tried = Tried::open(&shop).await;
    for path in ROUTES.iter().map(|route| route.path) {
        for method in ["get", "post", "put", "patch", "delete"] {
            if ROUTES.iter().any(|route| (route.method, route.path) == (method, path)) {
                continue;
            }
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let answer = Answer::of(shop.ask(method.clone(), &tried.filled(path, &tried.cart)).send().await.unwrap());
            assert_eq!(answer.await.status, 405, "{method} {path}");
        }
    }
}

/// Whoever asks for the headers alone, and a browser that asks ahead, change nothing; the headers tell the page's length.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn looking_ahead_and_asking_for_headers_change_nothing(db: MySqlPool) {
    let shop = Served::open(db).await;
    let tried = Tried::open(&shop).await;
    let fresh = account(&shop, "ayu@example.com").await;
    let ayu = shop.visitor();
    ayu.sign_in(&fresh.email).await;
    let mut pages: Vec<String> = ROUTES
        .iter()
        .filter(|route| route.method == "get")
        .map(|route| tried.filled(route.path, &tried.cart))
        .collect();
    for path in pages.iter_mut().filter(|path| path.contains("/orders/")) {
        path.push_str(&format!("?token={}", tried.token));
    }
    pages.extend(["/nowhere", "/api/v1/nowhere", "/products/none", "/api/v1/products/none"].map(str::to_owned));
    let before = rows(&shop).await;

    let mut lengths = Vec::new();
    for visitor in [&tried.visitor, &tried.member, &ayu] {
        for path in &pages {
            let ahead = shop.ask(Method::GET, path).header("sec-purpose", "prefetch;prerender");
            visitor.response(ahead).await;
            let head = visitor.response(shop.ask(Method::HEAD, path)).await;
            lengths.push((head.status(), head.headers().get("content-length").cloned()));
        }
    }
    let after = rows(&shop).await;
    assert_eq!(before.iter().filter(|row| !after.contains(row)).collect::<Vec<_>>(), Vec::<&(String, i64)>::new());

    let mut lengths = lengths.into_iter();
    for visitor in [&tried.visitor, &tried.member, &ayu] {
        for path in &pages {
            let (status, length) = lengths.next().unwrap();
            let page = visitor.response(shop.ask(Method::GET, path)).await;
            assert_eq!(page.status(), status, "{path}");
            let text = page.bytes().await.unwrap();
            let length = length.unwrap_or_else(|| panic!("HEAD {path} tells no length"));
            assert_eq!(length.to_str().unwrap(), text.len().to_string(), "{path}");
        }
    }
    shop.stop().await;
}

/// A print of every table.
async fn rows(shop: &Served) -> Vec<(String, i64)> {
    let db = services::testing::database(shop);
    let tables = "select table_name from information_schema.tables where table_schema = database() order by 1";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&db).await.unwrap();
    let sql = sqlx::AssertSqlSafe(format!("checksum table {}", tables.join(", ")));
    sqlx::query_as(sql).fetch_all(&db).await.unwrap()
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_address_with_a_slash_too_many_is_the_one_without(db: MySqlPool) {
    let shop = Served::open(db).await;
    for (wrong, right) in [
        ("/products/", "/products"),
        ("/products//?search=a%20b&page=2", "/products?search=a%20b&page=2"),
        ("/cart/", "/cart"),
        ("/products/kemeja/", "/products/kemeja"),
        ("/account/sign-in/?next=/cart", "/account/sign-in?next=/cart"),
        ("/api/v1/products/", "/api/v1/products"),
    ] {
        let moved = shop.get(wrong).await;
        assert_eq!((moved.status, moved.location.as_str()), (308, right), "{wrong}");
    }
    for nowhere in ["/nowhere/", "//evil.example/", "/cart/x/"] {
        let missing = shop.get(nowhere).await;
        assert_eq!((missing.status, missing.location.as_str()), (404, ""), "{nowhere}");
    }
    let form =
        shop.ask(Method::POST, "/cart/lines/").header("content-type", "application/x-www-form-urlencoded").body("");
    assert_eq!(form.send().await.unwrap().status().as_u16(), 308, "a form is sent again as it is");
    for path in ["/assets/shop.css", "/assets/shop.js"] {
        let known = shop.ask(Method::GET, path).header("if-none-match", "*").send().await.unwrap();
        assert_eq!((known.status().as_u16(), known.bytes().await.unwrap().len()), (304, 0), "{path}");
    }
    let missing = shop.ask(Method::GET, "/assets/none.css").header("if-none-match", "*").send().await.unwrap();
    assert_eq!(missing.status().as_u16(), 404);
    shop.stop().await;
}

/// The database takes blanks at the end of a text for nothing; an address does not.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_address_with_a_blank_behind_a_name_names_nothing(db: MySqlPool) {
    let shop = Served::open(db).await;
    let tried = Tried::open(&shop).await;
    for route in ROUTES.iter().filter(|route| route.method == "get" && route.path.contains('{')) {
        let whole = tried.filled(route.path, &tried.cart);
        let named = tried.filled(route.path.split_inclusive('}').next().unwrap(), &tried.cart);
        let path = format!("{named}%20{}?token={}", &whole[named.len()..], tried.token);
        assert_eq!(tried.member.get(&path).await.status, 404, "{path}");
    }
}

/// A shop with one of everything that a path can name.
struct Tried<'a> {
    shop: &'a Served,
    visitor: Visitor<'a>,
    /// Somebody who is signed in.
    member: Visitor<'a>,
    variant: String,
    cart: String,
    number: String,
    token: String,
    plan: String,
    /// A purchase of the member's.
    purchase: String,
    /// The link of another order opens only that one.
    foreign_token: String,
}

impl<'a> Tried<'a> {
    async fn open(shop: &'a Served) -> Self {
        let shirt = shop.variant("SHIRT", 150_000, 50).await;
        let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
        let other = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
        std::fs::create_dir_all(shop.picture_dir()).unwrap();
        std::fs::write(shop.picture_dir().join("kemeja-1-400.webp"), b"RIFF\0\0\0\0WEBPVP8 ").unwrap();
        let visitor = shop.visitor();
        visitor.get("/products/shirt").await;
        let line = [("product", "shirt"), ("quantity", "1")];
        assert_eq!(visitor.post("/cart/lines", &line).await.status, 303);
        let siti = account(shop, "siti@example.com").await;
        let (plan, _) = shop.two_plans().await;
        let purchase = shop.ask_for(&siti, &plan).await.unwrap().number;
        let member = shop.visitor();
        member.sign_in("siti@example.com").await;
        Self {
            cart: shop.cart(shirt, 1).await,
            shop,
            visitor,
            member,
            variant: shirt.to_string(),
            plan: plan.plan.id.to_string(),
            purchase,
            number: placed.number,
            token: placed.access_token,
            foreign_token: other.access_token,
        }
    }

    fn filled(&self, path: &str, cart: &str) -> String {
        let parts = path.split('/').map(|part| match part {
            "{slug}" => "shirt",
            "{variant_id}" => &self.variant,
            "{plan}" => &self.plan,
            "{purchase}" => &self.purchase,
            "{id}" => cart,
            "{number}" => &self.number,
            "{gateway}" => "demo",
            "{file}" => "kemeja-1-400.webp",
            "{*name}" => "shop.css",
            fixed => {
                assert!(!fixed.starts_with('{'), "{path}: say what {fixed} stands for");
                fixed
            }
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// What a stranger without cookies gets, sending what the route wants to read.
    async fn ask(&self, route: &Route, path: &str) -> u16 {
        let method = Method::from_bytes(route.method.to_uppercase().as_bytes()).unwrap();
        let request = self.shop.ask(method, path).header("Idempotency-Key", "once");
        let request = if route.method == "get" { request } else { request.json(&body()) };
        request.send().await.unwrap().status().as_u16()
    }

    async fn is_public(&self, route: &Route) {
        let path = self.filled(route.path, &self.cart);
        let status =
            if route.method == "get" { self.visitor.get(&path).await.status } else { self.ask(route, &path).await };
        assert!(status < 400, "{route:?}: {status}");
    }

    async fn wants_a_form(&self, route: &Route) {
        self.wants_our_form(route, &self.filled(route.path, &self.cart)).await;
    }

    async fn wants_the_carts_key(&self, route: &Route) {
        assert_eq!(self.ask(route, &self.filled(route.path, WRONG)).await, 404, "{route:?}");
        let status = self.ask(route, &self.filled(route.path, &self.cart)).await;
        assert!((200..300).contains(&status), "{route:?}: {status}");
    }

    async fn wants_a_link(&self, route: &Route) {
        let path = self.filled(route.path, &self.cart);
        for query in self.wrong_links() {
            assert_eq!(self.ask(route, &format!("{path}{query}")).await, 404, "{route:?} {query}");
        }
        // An order that has no invoice yet is shown instead.
        let expected = if route.path.ends_with("/invoice") { 303 } else { 200 };
        assert_eq!(self.ask(route, &format!("{path}?token={}", self.token)).await, expected, "{route:?}");
    }

    async fn wants_a_link_and_a_form(&self, route: &Route) {
        let path = self.filled(route.path, &self.cart);
        for query in self.wrong_links() {
            assert_eq!(self.visitor.post(&format!("{path}{query}"), &[]).await.status, 404, "{route:?} {query}");
        }
        self.wants_our_form(route, &format!("{path}?token={}", self.token)).await;
    }

    async fn wants_an_account(&self, route: &Route) {
        let path = self.filled(route.path, &self.cart);
        let stranger = self.visitor.get(&path).await;
        assert_eq!(
            (stranger.status, stranger.location.starts_with("/account/sign-in?next=")),
            (303, true),
            "{route:?}"
        );
        assert_eq!(self.member.get(&path).await.status, 200, "{route:?}");
    }

    async fn wants_an_account_and_a_form(&self, route: &Route) {
        let path = self.filled(route.path, &self.cart);
        for wrong in [vec![], vec![("form_token", WRONG)]] {
            assert_eq!(self.member.post_as_is(&path, &wrong).await.status, 403, "{route:?}: {wrong:?}");
        }
        let stranger = self.visitor.post(&path, &[]).await;
        assert_eq!(
            (stranger.status, stranger.location.starts_with("/account/sign-in?next=")),
            (303, true),
            "{route:?}"
        );
        let ours = self.member.post(&path, &[]).await;
        assert!([200, 303, 422].contains(&ours.status), "{route:?}: {ours:?}");
        assert!(!ours.location.starts_with("/account/sign-in"), "{route:?}: {ours:?}");
    }

    /// What it does with a right one is shown where letters are sent.
    async fn wants_a_letters_link(&self, route: &Route) {
        let path = self.filled(route.path, &self.cart);
        for query in ["", "?reader=1&token=", &format!("?reader=1&token={WRONG}"), "?reader=x&token=y"] {
            assert_eq!(self.ask(route, &format!("{path}{query}")).await, 404, "{route:?} {query}");
        }
    }

    async fn wants_a_signature(&self, route: &Route) {
        let path = self.filled(route.path, &self.cart);
        assert_eq!(self.ask(route, &path).await, 401, "{route:?}: unsigned");
        let forged = demo::sign("a guess", chrono::Utc::now().timestamp(), b"{}");
        let request = self.shop.ask(Method::POST, &path).header(demo::SIGNATURE_HEADER, forged).body("{}");
        assert_eq!(request.send().await.unwrap().status().as_u16(), 401, "{route:?}: forged");
        assert_eq!(self.shop.count("select count(*) from payment_inbox").await, 0, "{route:?}");
    }

    /// No token, a wrong one, and a right one that another site sends: all refused. Our own is let through.
    async fn wants_our_form(&self, route: &Route, path: &str) {
        assert_eq!(self.visitor.post_as_is(path, &[]).await.status, 403, "{route:?}: no token");
        let wrong = self.visitor.post_as_is(path, &[("form_token", WRONG)]).await;
        assert_eq!(wrong.status, 403, "{route:?}: a wrong token");
        let stranger = self.shop.visitor();
        assert_eq!(stranger.post_as_is(path, &[("form_token", WRONG)]).await.status, 403, "{route:?}: no cookie");
        let foreign = self.shop.ask(Method::POST, path).header("sec-fetch-site", "cross-site").body("");
        assert_eq!(foreign.send().await.unwrap().status().as_u16(), 403, "{route:?}: another site");

        let ours = self.visitor.post(path, &[("product", "shirt"), ("quantity", "1")]).await;
        assert!(![401, 403, 404, 405].contains(&ours.status), "{route:?}: {ours:?}");
    }

    fn wrong_links(&self) -> [String; 4] {
        let foreign = &self.foreign_token;
        [String::new(), "?token=".to_owned(), format!("?token={WRONG}"), format!("?token={foreign}")]
    }
}

/// What the API's routes read: each takes its own fields of it.
fn body() -> Value {
    json!({
        "quantity": 1,
        "email": "siti@example.com",
        "shipping_address": {
            "name": "Siti Rahma", "phone": "+62 812-0000-0001", "line_1": "Jl. Melati 5", "line_2": "",
            "city": "Depok", "province": "Jawa Barat", "postal_code": "16411",
        },
        "payment_method": "cash_on_delivery",
    })
}

/// Checklist 54. Pitfall S10. Whoever asks what an order costs is told whether a voucher's code is right: it is a guess
/// like any other.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn guessing_at_codes_by_asking_for_the_delivery_is_stopped(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    let cart = shop.cart(shirt, 1).await;
    let limits = Limits { changes: PerMinute(5), counts_loopback: true, ..Limits::default() };
    let router = router_of(Clone::clone(&*shop), Site::of(&shop).with_limits(limits));
    let server = Server::serve(Port::claim(([127, 0, 0, 1], 0).into()).unwrap(), router).unwrap();

    let client = services::http::plain_client().build().unwrap();
    let mut answers = Vec::new();
    for code in ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX"] {
        let guess = format!("http://{}/checkout/delivery?city=Bandung&voucher_code={code}", server.address());
        let asked = client.get(guess).header("cookie", format!("cart={cart}")).header("accept", "application/json");
        answers.push(asked.send().await.unwrap().status().as_u16());
    }
    assert_eq!(answers, [200, 200, 200, 200, 200, 429]);
    let page = client.get(format!("http://{}/checkout", server.address())).send().await.unwrap();
    assert_ne!(page.status().as_u16(), 429, "looking is free");
    server.stop().await;
}
