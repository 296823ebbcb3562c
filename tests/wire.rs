//! Requests that two readers could understand in two ways: the shop understands them in none.

use domain::payments::PaymentMethod;
use reqwest::Method;
use serde_json::json;
use sqlx::MySqlPool;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::served::{Answer, Served};

/// What the shop answers to these bytes, until it closes the connection.
async fn say(shop: &Served, wire: &str) -> String {
    let mut stream = TcpStream::connect(shop.url("").trim_start_matches("http://")).await.unwrap();
    stream.write_all(wire.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_request_names_one_host_and_one_length_or_is_refused(db: MySqlPool) {
    let shop = Served::open(db).await;
    let end = "Connection: close\r\n\r\n";
    for odd in ["", "Host: a\r\nHost: b\r\n", "Host: a\r\nHost: a\r\n", "Host: a b\r\n"] {
        for path in ["/about", "/healthz", "/api/v1/products"] {
            let answer = say(&shop, &format!("GET {path} HTTP/1.1\r\n{odd}{end}")).await;
            assert!(answer.starts_with("HTTP/1.1 400 "), "{path} {odd}: {answer}");
        }
    }
    let lengths = ["Content-Length: 4\r\n", "Transfer-Encoding: chunked\r\n"];
    for odd in [lengths.concat(), [lengths[1], lengths[0]].concat()] {
        let head = format!("POST /api/v1/carts HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\n{odd}\r\n");
        // What follows would be a request of its own to who reads the shorter length.
        let answer = say(&shop, &format!("{head}0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n{end}")).await;
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("one_length"), "{odd}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "nothing is answered after it: {answer}");
    }
    assert_eq!(shop.count("select count(*) from carts").await, 0);

    let fine = "GET /healthz HTTP/1.1\r\nHost: a\r\n";
    assert_eq!(say(&shop, &format!("{fine}\r\n{fine}{end}")).await.matches("HTTP/1.1 200 ").count(), 2);
    let chunked = "POST /api/v1/carts HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    assert!(say(&shop, chunked).await.starts_with("HTTP/1.1 201 "), "one length is enough, whichever it is");
    let old = say(&shop, "GET /healthz HTTP/1.0\r\n\r\n").await;
    assert!(old.starts_with("HTTP/1.0 200 ") || old.starts_with("HTTP/1.1 200 "), "{old}");
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_number_in_an_address_and_a_key_in_a_body_stand_for_one_thing(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let cart = shop.cart(shirt, 1).await;
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await;
    let (plan, _) = shop.two_plans().await;
    for odd in ["+", "0", "%2B", "%20"] {
        let put = shop
            .send(Method::PUT, &format!("/api/v1/carts/{cart}/lines/{odd}{shirt}"), &json!({ "quantity": 2 }))
            .await;
        assert_eq!((put.status, put.problem().as_str()), (404, "no_such_variant"), "{odd}");
        assert_eq!(siti.post(&format!("/cart/lines/{odd}{shirt}"), &[("quantity", "2")]).await.status, 404, "{odd}");
        let plan = format!("/membership/plans/{odd}{}", plan.plan.id);
        assert_eq!(shop.get(&plan).await.status, 404, "{plan}");
    }

    let send = async |method: Method, path: String, body: &'static str| {
        let request = shop.ask(method, &path).header("content-type", "application/json").header("Idempotency-Key", "k");
        Answer::of(request.body(body).send().await.unwrap()).await
    };
    let line = format!("/api/v1/carts/{cart}/lines/{shirt}");
    let twice = send(Method::PUT, line, r#"{"quantity": 2, "quantity": 3}"#).await;
    assert_eq!((twice.status, twice.problem().as_str()), (400, "doubled_key"));
    for path in ["quote", "checkout"] {
        let body = r#"{"email": "siti@example.com", "shipping_address": {"city": "Depok", "c\u0069ty": "Bandung"}}"#;
        let twice = send(Method::POST, format!("/api/v1/carts/{cart}/{path}"), body).await;
        assert_eq!((twice.status, twice.problem().as_str()), (400, "doubled_key"), "{path}");
    }
    let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let cancel = format!("/api/v1/orders/{}/cancel?token={}", placed.number, placed.access_token);
    assert_eq!(send(Method::POST, cancel, r#"{"reason": "a", "reason": "b"}"#).await.status, 400);
    assert_eq!(shop.count("select cast(sum(quantity) as signed) from cart_lines").await, 2);
    shop.stop().await;
}
