//! What a browser says is never a price, a stock, or a pair of product and variant; and no number below one is a quantity.

use domain::catalog::CreateProduct;
use domain::message::Message;
use domain::orders::OrderStatus;
use domain::payments::PaymentMethod;
use reqwest::Method;
use serde_json::{Value, json};
use services::testing::database;
use services::{Error, carts, catalog, checkout};
use sqlx::{AssertSqlSafe, MySqlPool};

use crate::served::{Answer, Served};
use crate::shop::{TestShop, checkout_form, option, product, request, variant};

/// What the API reads to place an order that is paid at the door.
fn order() -> Value {
    serde_json::to_value(request(PaymentMethod::CashOnDelivery)).unwrap()
}

async fn place(shop: &Served, cart: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/carts/{cart}/checkout");
    Answer::of(shop.ask(Method::POST, &path).header("Idempotency-Key", "k").json(body).send().await.unwrap()).await
}

async fn is_refused(shop: &TestShop, sql: &str) -> bool {
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&database(shop)).await.is_err()
}

/// Checklist 30. Pitfall S3. Over the API, by the forms and by the services: nothing below one unit is held, ordered or
/// put back.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_quantity_below_one_takes_and_adds_nothing_on_any_path(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let cart = shop.cart(shirt, 2).await;
    checkout::open(&shop, &cart).await.unwrap();

    for quantity in [json!(-3), json!(-1), json!(i64::MIN), json!(-0.5), json!(2.5), json!("-3"), Value::Null] {
        let path = format!("/api/v1/carts/{cart}/lines/{shirt}");
        let refused = shop.send(Method::PUT, &path, &json!({ "quantity": quantity })).await;
        assert_eq!(refused.status, 422, "{quantity}");
    }
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    for quantity in ["-3", "0", "-0", "1.5", "1e1", "9999999999", "+-2", "NaN"] {
        let refused = siti.post("/cart/lines", &[("product", "shirt"), ("quantity", quantity)]).await;
        assert_eq!(refused.status, 422, "adding {quantity}");
    }
    assert_eq!(siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await.status, 303);
    for quantity in ["-3", "1.5", "1e1", "9999999999"] {
        let refused = siti.post(&format!("/cart/lines/{shirt}"), &[("quantity", quantity)]).await;
        assert_eq!(refused.status, 422, "changing to {quantity}");
    }
    assert_eq!(carts::show(&shop, &siti.cookie("cart").unwrap()).await.unwrap().units, 1);

    // A line that is set to nothing is gone, and what it held comes back with it; an order of nothing is none.
    let put = shop.send(Method::PUT, &format!("/api/v1/carts/{cart}/lines/{shirt}"), &json!({ "quantity": 0 })).await;
    assert_eq!((put.status, shop.stock(shirt).await), (200, (5, 0)));
    assert_eq!(place(&shop, &cart, &order()).await.problem(), "cart_is_empty");
    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.assert_stock_adds_up().await;
    shop.stop().await;
}

/// Checklist 30. Pitfall S3. The database itself: no path that is still to be written can do it either.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_row_can_have_a_quantity_below_one(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let cart = shop.cart(shirt, 2).await;
    checkout::open(&shop, &cart).await.unwrap();
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();

    for quantity in [-3, -1, 0] {
        for table in ["cart_lines", "holds", "order_lines"] {
            assert!(
                is_refused(&shop, &format!("update {table} set quantity = {quantity}")).await,
                "{table} {quantity}"
            );
        }
    }
    assert!(is_refused(&shop, "update cart_lines set quantity = 1001").await);
    assert!(is_refused(&shop, "update variants set min_quantity = 0").await);
    assert!(is_refused(&shop, "update order_lines set total_amount = -total_amount").await);
}

/// Pitfall S4. A line is a variant and nothing beside it, so that name, price and stock are those of one thing.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_line_is_a_variant_and_all_of_it_is_that_variants(db: MySqlPool) {
    let shop = Served::open(db).await;
    let two_sizes = |sku: &str, price: i64| CreateProduct {
        options: vec![option("Ukuran", &["S", "M"])],
        variants: vec![variant(&format!("{sku}-S"), &[0], price), variant(&format!("{sku}-M"), &[1], price)],
        ..product(sku, 0)
    };
    for (sku, price) in [("CHEAP", 10_000), ("DEAR", 900_000)] {
        catalog::create(&shop, &shop.owner, two_sizes(sku, price), None).await.unwrap();
    }
    let (cheap, dear) = (shop.stocked("CHEAP-S", 50).await, shop.stocked("DEAR-S", 2).await);
    let foreign = catalog::product(&shop, "cheap").await.unwrap();
    let own = catalog::product(&shop, "dear").await.unwrap();
    let (option, value) = (own.options[0].id, foreign.options[0].values[0].id);
    let (own_option, foreign_option) = (format!("option.{option}"), format!("option.{}", foreign.options[0].id));
    let (value, cheap_id) = (value.to_string(), cheap.to_string());

    let siti = shop.visitor();
    siti.get("/products/dear").await;
    for mixed in [
        vec![("product", "dear")],
        vec![("product", "dear"), ("variant_id", cheap_id.as_str()), ("variant", &cheap_id)],
        vec![("product", "dear"), (own_option.as_str(), value.as_str())],
        vec![("product", "dear"), (foreign_option.as_str(), value.as_str())],
    ] {
        let refused = siti.post("/cart/lines", &[&mixed[..], &[("quantity", "1")]].concat()).await;
        assert_eq!(refused.status, 422, "{mixed:?}");
    }
    assert_eq!(siti.cookie("cart"), None, "nothing was put into any cart");

    // Whatever else is sent along, the line is the variant's.
    let cart = carts::create(&shop).await.unwrap();
    let body = json!({ "quantity": 2, "product_id": foreign.id, "slug": "cheap", "unit_price": 1, "sku": "CHEAP-S" });
    let set = shop.send(Method::PUT, &format!("/api/v1/carts/{cart}/lines/{dear}"), &body).await;
    assert_eq!(set.status, 200);
    let line = &set.json()["lines"][0];
    assert_eq!((&line["slug"], &line["sku"]), (&json!("dear"), &json!("DEAR-S")));
    assert_eq!((&line["unit_price"]["amount"], &line["available"]), (&json!(900_000), &json!(2)));
    assert_eq!(place(&shop, &cart, &order()).await.status, 201);
    assert_eq!((shop.stock(dear).await, shop.stock(cheap).await), ((0, 0), (50, 0)));

    let pairs = "select count(*) from information_schema.columns v
                 join information_schema.columns p on p.table_schema = v.table_schema and p.table_name = v.table_name
                 where v.table_schema = database() and v.column_name = 'variant_id' and p.column_name = 'product_id'
                   and not exists (select 1 from information_schema.key_column_usage k
                                   where k.table_schema = v.table_schema and k.table_name = v.table_name
                                     and k.column_name = 'product_id' and k.referenced_table_name = 'variants')";
    let why = "no row names a product beside a variant but by one key of both, so that the two cannot disagree";
    assert_eq!(shop.count(pairs).await, 0, "{why}");
    shop.stop().await;
}

/// Checklist 38. Checklist 43. Pitfall S5. What the delivery costs is worked out from address, weight and rules,
/// whatever is posted.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_posted_delivery_price_changes_what_an_order_costs(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    let infinite: Value = serde_json::from_str("1e308").unwrap();

    for cost in [json!(0), json!(-50_000), json!(1.5), infinite, json!("NaN"), json!("Infinity"), json!({}), json!(1)] {
        let cart = shop.cart(shirt, 1).await;
        let mut body = order();
        for field in ["shipping_cost", "delivery", "delivery_amount", "shipping", "total", "discount"] {
            body[field] = cost.clone();
            body["shipping_address"][field] = cost.clone();
        }
        let placed = place(&shop, &cart, &body).await;
        assert_eq!(placed.status, 201, "{cost}: {placed:?}");
        let totals = &placed.json()["totals"];
        assert_eq!((&totals["delivery"]["amount"], &totals["total"]["amount"]), (&json!(20_000), &json!(170_000)));
    }
    // A total that was expected only guards: it is the order's, or there is no order.
    let cart = shop.cart(shirt, 1).await;
    let expecting = |total: Value| {
        let mut body = order();
        body["expected_total"] = total;
        body
    };
    let orders = shop.count("select count(*) from orders").await;
    for odd in [json!(170_000), json!("170000"), json!({}), json!({ "amount": 170_000, "currency": "USD" })] {
        let refused = place(&shop, &cart, &expecting(odd.clone())).await;
        assert_eq!((refused.status, refused.problem().as_str()), (422, "invalid_input"), "{odd}");
        assert_eq!(refused.json()["errors"][0]["field"], "expected_total", "{odd}");
    }
    for other in [0, 1, 150_000, 169_999, 170_001, -170_000] {
        let refused = place(&shop, &cart, &expecting(json!({ "amount": other, "currency": "IDR" }))).await;
        assert_eq!((refused.status, refused.problem().as_str()), (409, "total_changed"), "{other}");
    }
    assert_eq!(shop.count("select count(*) from orders").await, orders);
    let placed = place(&shop, &cart, &expecting(json!({ "amount": 170_000, "currency": "IDR" }))).await;
    assert_eq!((placed.status, &placed.json()["totals"]["total"]["amount"]), (201, &json!(170_000)));
    let again = place(&shop, &cart, &expecting(json!({ "amount": 1, "currency": "IDR" }))).await;
    assert_eq!(again.json()["number"], placed.json()["number"], "what was placed is told to whoever asks again");
    assert!(is_refused(&shop, "update orders set delivery_amount = -1, total_amount = subtotal_amount - 1").await);
    assert!(is_refused(&shop, "update orders set total_amount = total_amount - 1").await);
    shop.stop().await;
}

/// Checklist 43. Pitfall S5. The form tells which total it showed. A made-up one places nothing, and a price beside it
/// counts nothing.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_form_with_a_made_up_price_places_nothing(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("SHIRT", 150_000, 5).await;
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await;
    siti.get("/checkout").await;
    let form = |seen: &'static str, cost: &'static str| {
        [&checkout_form("one-key", seen, "place")[..], &[("shipping_cost", cost), ("delivery", cost)]].concat()
    };

    for (seen, cost) in [("150000", "0"), ("1", "-149999"), ("NaN", "NaN"), ("", "inf"), ("-1", "-170001")] {
        let shown = siti.post("/checkout", &form(seen, cost)).await;
        assert_eq!(shown.status, 200, "{seen}");
        assert!(shown.text.contains("170.000"), "the right total is shown instead");
    }
    assert_eq!(shop.count("select count(*) from orders").await, 0);

    assert_eq!(siti.post("/checkout", &form("170000", "-100000")).await.status, 303);
    assert_eq!(shop.count("select total_amount from orders where delivery_amount = 20000").await, 170_000);
    shop.stop().await;
}

/// Pitfall M17. How an order is paid is one of a list; what names money is unique, and cannot be guessed.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn only_known_payment_methods_are_taken_and_no_reference_comes_twice(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let cart = shop.cart(shirt, 1).await;

    for method in ["", "gold", "DEMO", " cash", "demo,cash_on_delivery", "cash_on_delivery'; --", "bank transfer"] {
        let mut wanted = request(PaymentMethod::Demo);
        method.clone_into(&mut wanted.payment_method);
        let refused = checkout::place(&shop, &cart, "k", wanted).await.unwrap_err();
        let Error::Invalid(fields) = refused else { panic!("{method}: {refused:?}") };
        assert_eq!(fields[0].field, "payment_method", "{method}");
    }
    let mut settings = shop.settings().await;
    settings.payment_methods = vec![PaymentMethod::CashOnDelivery];
    services::settings::save(&shop, &shop.owner, settings).await.unwrap();
    let off = checkout::place(&shop, &cart, "k", request(PaymentMethod::Demo)).await.unwrap_err();
    let Error::Invalid(fields) = off else { panic!("{off:?}") };
    assert_eq!(fields[0].message, Message::PaymentMethodOff, "one that the owner does not offer is none either");

    let mut settings = shop.settings().await;
    settings.payment_methods = vec![PaymentMethod::Demo];
    services::settings::save(&shop, &shop.owner, settings).await.unwrap();
    let (one, other) = (shop.paid_order(shirt, 1).await, shop.paid_order(shirt, 1).await);
    for placed in [&one, &other] {
        assert_eq!(shop.detail(placed).await.status, OrderStatus::Processing);
        assert!(placed.access_token.len() >= 43, "256 bits, in base64");
    }
    for doubled in [
        "update orders set payment_method = 'gold'",
        "update payments set reference = 'ET-1'",
        "update payments set live_order_id = 1",
        "update payment_inbox set event_key = 'evt-1'",
        "update orders set number = 'ET-1'",
    ] {
        assert!(is_refused(&shop, doubled).await, "{doubled}");
    }
    shop.stop().await;
}
