//! The JSON API over a real socket.

use reqwest::Method;
use serde_json::{Value, json};
use sqlx::MySqlPool;

use crate::served::{Answer, Served};
use crate::shop::category;

async fn cart_of(shop: &Served, variant: u64, quantity: u32) -> String {
    let made = shop.send(Method::POST, "/api/v1/carts", &json!({})).await;
    assert_eq!(made.status, 201, "{made:?}");
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert!(id.len() >= 40, "unguessable: {id}");
    let set = put(shop, &id, variant, json!(quantity)).await;
    assert_eq!(set.status, 200, "{set:?}");
    id
}

async fn put(shop: &Served, cart: &str, variant: u64, quantity: Value) -> Answer {
    let path = format!("/api/v1/carts/{cart}/lines/{variant}");
    shop.send(Method::PUT, &path, &json!({ "quantity": quantity })).await
}

fn order(method: &str) -> Value {
    json!({
        "email": "siti@example.com",
        "shipping_address": {
            "name": "Siti Rahma", "phone": "+62 812-0000-0001", "line_1": "Jl. Melati 5", "line_2": "",
            "city": "Depok", "province": "Jawa Barat", "postal_code": "16411",
        },
        "payment_method": method,
    })
}

async fn place(shop: &Served, cart: &str, key: &str, body: &Value) -> Answer {
    let request = shop.ask(Method::POST, &format!("/api/v1/carts/{cart}/checkout")).header("Idempotency-Key", key);
    Answer::of(request.json(body).send().await.unwrap()).await
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_client_finds_buys_and_follows(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await.get();
    services::catalog::create_category(&shop, &shop.owner, category("atasan")).await.unwrap();

    let list = shop.get("/api/v1/products?search=shirt&sort=price_asc&page=1&per_page=5").await.json();
    assert_eq!((&list["page"], &list["per_page"], &list["total"]), (&json!(1), &json!(5), &json!(1)));
    assert_eq!(list["items"][0]["price"], json!({ "amount": 150_000, "currency": "IDR" }));
    assert_eq!(list["items"][0]["available"], json!(5));
    let detail = shop.get("/api/v1/products/shirt").await.json();
    assert_eq!((&detail["variants"][0]["id"], &detail["variants"][0]["sku"]), (&json!(shirt), &json!("SHIRT")));

    let cart = cart_of(&shop, shirt, 2).await;
    let placed = place(&shop, &cart, "key-1", &order("cash_on_delivery")).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    let body = placed.json();
    assert_eq!((&body["status"], &body["payment"]), (&json!("processing"), &Value::Null));
    assert_eq!(body["totals"]["total"], json!({ "amount": 310_000, "currency": "IDR" }));
    let again = place(&shop, &cart, "key-1", &order("cash_on_delivery")).await;
    assert_eq!((again.status, again.json()), (201, body.clone()));
    let other = place(&shop, &cart, "key-1", &order("demo")).await;
    assert_eq!((other.status, other.problem().as_str()), (422, "key_reused"));

    let (number, token) = (body["number"].as_str().unwrap(), body["access_token"].as_str().unwrap());
    let seen = shop.get(&format!("/api/v1/orders/{number}?token={token}")).await;
    assert_eq!((seen.status, &seen.json()["status"]), (200, &json!("processing")));
    for path in [format!("/api/v1/orders/{number}?token=wrong"), format!("/api/v1/orders/{number}")] {
        assert_eq!(shop.get(&path).await.status, 404, "{path}");
    }
    shop.stop().await;
}

/// Checklist 24. Checklist 30.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn quantities_that_are_none_are_refused_and_lose_nothing(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await.get();
    let cart = cart_of(&shop, shirt, 3).await;

    let bad =
        [json!(-1), json!(1_000_000_000), json!(1.5), json!("2"), json!("two"), Value::Null, json!([1]), json!(21)];
    for quantity in bad {
        let refused = put(&shop, &cart, shirt, quantity.clone()).await;
        assert!((400..500).contains(&refused.status), "{quantity}: {refused:?}");
        refused.problem();
    }
    assert_eq!(shop.get(&format!("/api/v1/carts/{cart}")).await.json()["units"], json!(3));

    let unknown = put(&shop, &cart, 999_999, json!(1)).await;
    assert_eq!((unknown.status, unknown.problem().as_str()), (404, "no_such_variant"));
    let foreign = put(&shop, "someone-elses", shirt, json!(1)).await;
    assert_eq!((foreign.status, foreign.problem().as_str()), (404, "no_such_cart"));
    let removed = put(&shop, &cart, shirt, json!(0)).await;
    assert_eq!((removed.status, &removed.json()["lines"]), (200, &json!([])));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_fewest_and_the_most_units_are_told_and_kept(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    shop.limit(shirt, 3, 5).await;
    let shirt = shirt.get();

    let variant = shop.get("/api/v1/products/shirt").await.json()["variants"][0].clone();
    assert_eq!((&variant["min_quantity"], &variant["max_quantity"]), (&json!(3), &json!(5)));
    let cart = cart_of(&shop, shirt, 3).await;
    for (quantity, code) in [(2, "too_few"), (1, "too_few"), (6, "not_a_quantity")] {
        let refused = put(&shop, &cart, shirt, json!(quantity)).await;
        assert_eq!((refused.status, refused.problem().as_str()), (422, "invalid_input"), "{quantity}");
        let error = &refused.json()["errors"][0];
        assert_eq!((&error["field"], &error["code"]), (&json!("quantity"), &json!(code)), "{quantity}");
    }
    let line = shop.get(&format!("/api/v1/carts/{cart}")).await.json()["lines"][0].clone();
    assert_eq!((&line["quantity"], &line["min_quantity"], &line["max_quantity"]), (&json!(3), &json!(3), &json!(5)));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn too_little_stock_names_the_variant(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 2).await.get();
    let slow = cart_of(&shop, shirt, 2).await;
    let fast = cart_of(&shop, shirt, 1).await;
    assert_eq!(place(&shop, &fast, "k", &order("cash_on_delivery")).await.status, 201);

    let refused = place(&shop, &slow, "k", &order("cash_on_delivery")).await;

    assert_eq!((refused.status, refused.problem().as_str()), (409, "out_of_stock"));
    assert_eq!(refused.json()["shortages"], json!([{ "variant_id": shirt, "available": 1 }]));
}

/// Checklist 6. Pitfall B23.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_malformed_request_is_told_how(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await.get();
    let cart = cart_of(&shop, shirt, 1).await;
    let path = format!("/api/v1/carts/{cart}/checkout");
    let post = async |kind: &str, body: String| {
        let request = shop.ask(Method::POST, &path).header("Idempotency-Key", "k").header("content-type", kind);
        Answer::of(request.body(body).send().await.unwrap()).await
    };

    assert_eq!(post("application/json", "{".to_owned()).await.status, 400);
    assert_eq!(post("application/json", "[]".to_owned()).await.status, 422);
    assert_eq!(post("text/plain", "{}".to_owned()).await.status, 415);
    assert_eq!(post("application/json", format!("\"{}\"", "x".repeat(1_000_000))).await.status, 413);
    let keyless = shop.send(Method::POST, &path, &order("demo")).await;
    assert_eq!((keyless.status, keyless.problem().as_str()), (400, "key_missing"));
    let empty = place(&shop, &cart, "k", &json!({})).await;
    assert_eq!(empty.status, 422);
    let fields: Vec<_> = empty.json()["errors"].as_array().unwrap().iter().map(|e| e["field"].clone()).collect();
    assert!(fields.contains(&json!("email")) && fields.contains(&json!("shipping_address.city")), "{fields:?}");

    for (method, path, status) in [
        (Method::GET, "/api/v1/nothing", 404),
        (Method::DELETE, "/api/v1/products", 405),
        (Method::GET, "/api/v1/products/no-such-thing", 404),
        (Method::GET, "/api/v1/products?page=banana", 422),
        (Method::GET, "/api/v1/products?sort=best", 422),
    ] {
        let refused = Answer::of(shop.ask(method, path).send().await.unwrap()).await;
        assert_eq!(refused.status, status, "{path}");
        refused.problem();
    }
    for beyond in ["4000000000", "99999999999999999999"] {
        let beyond = shop.get(&format!("/api/v1/products?page={beyond}")).await;
        assert_eq!((beyond.status, &beyond.json()["items"]), (200, &json!([])));
    }
    assert_eq!(shop.get(&format!("/api/v1/carts/{cart}")).await.json()["units"], json!(1), "nothing was lost");
}

/// Pitfall B23.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_problem_speaks_the_callers_language(db: MySqlPool) {
    let shop = Served::open(db).await;
    for (language, detail) in [("id", "Produk ini tidak ada."), ("en-GB", "This product does not exist.")] {
        let request = shop.ask(Method::GET, "/api/v1/products/nothing").header("accept-language", language);
        let refused = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(refused.json()["detail"], json!(detail));
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_page_that_cannot_be_says_which_can(db: MySqlPool) {
    let shop = Served::open(db).await;
    let page = ["Nomor halaman harus bilangan bulat, paling kecil 1.", "The page must be a whole number, 1 or more."];
    let per_page = [
        "Jumlah per halaman harus bilangan bulat 1 sampai 100.",
        "The number per page must be a whole number from 1 to 100.",
    ];
    for (query, field, code, details) in [
        ("page=0", "page", "not_a_page_number", page),
        ("page=-1", "page", "not_a_page_number", page),
        ("page=two", "page", "not_a_page_number", page),
        ("per_page=0", "per_page", "not_a_page_size", per_page),
        ("per_page=101", "per_page", "not_a_page_size", per_page),
        ("per_page=banyak", "per_page", "not_a_page_size", per_page),
    ] {
        for (language, detail) in ["id", "en"].into_iter().zip(details) {
            let request =
                shop.ask(Method::GET, &format!("/api/v1/products?{query}")).header("accept-language", language);
            let refused = Answer::of(request.send().await.unwrap()).await;
            assert_eq!((refused.status, refused.problem().as_str()), (422, "invalid_input"), "{query}");
            let wanted = json!([{ "field": field, "code": code, "detail": detail }]);
            assert_eq!(refused.json()["errors"], wanted, "{query} in {language}");
        }
    }
}
