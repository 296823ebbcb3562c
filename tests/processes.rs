//! The real server process on its own private database: what it says when it cannot start, and what survives a crash.

use std::path::Path;
use std::time::{Duration, Instant};

use domain::jobs::{JobName, Leader, RunJob};
use domain::payments::PaymentMethod;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use services::jobs::{self, Scheduler};
use services::testing;
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use crate::program::Program;
use crate::shop::TestShop;

#[tokio::test]
async fn an_order_survives_a_crash_before_its_money_comes() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::loaded_demo(folder.path()).await;
    let address = program.address.clone();
    let (variant, available) = program.popular_variant().await;
    let placed = program.order(variant, "demo").await.json::<Value>().await.unwrap();
    let hosted = placed["payment"]["redirect_url"].as_str().unwrap().to_owned();
    program.crash().await;

    let program = Program::demo(folder.path(), &address).await;
    assert_eq!(program.status(&placed).await, "pending_payment", "nothing is lost");
    let client = services::http::plain_client().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let page = client.get(&hosted).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK, "the gateway's page is where it was");
    let page = page.text().await.unwrap();
    pay(&client, &hosted, &page).await;

    program.until(async || program.status(&placed).await == "processing").await;
    assert_eq!(program.available(variant).await, available - 1, "sold once");
    program.stop().await;
}

#[tokio::test]
async fn a_first_start_that_is_cut_short_is_made_anew_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let unfinished = path.join("unfinished");
    Program::cut_short(path, |folder, _| folder.join("unfinished").exists()).await;
    Program::cut_short(path, |_, said| said.contains("demo shop: 1 of")).await;
    Program::cut_short(path, |_, said| said.contains("demo shop: 251 of")).await;
    assert!(unfinished.exists());

    let program = Program::demo(path, "127.0.0.1:0").await;
    assert!(!unfinished.exists());
    let list: Value = program.get("/api/v1/products?per_page=1").await.json().await.unwrap();
    assert_eq!(list["total"], seed::products().len());
    let (variant, available) = program.popular_variant().await;
    let placed = program.order(variant, "cash_on_delivery").await.json::<Value>().await.unwrap();
    program.crash().await;

    let program = Program::demo(path, "127.0.0.1:0").await;
    assert_eq!(program.status(&placed).await, "processing", "a shop that was complete is never made anew");
    assert_eq!(program.available(variant).await, available - 1);
    program.stop().await;
}

/// Pitfall P9.
#[tokio::test]
async fn a_database_that_is_killed_under_load_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::loaded_demo(folder.path()).await;
    let (variant, available) = program.popular_variant().await;
    let wanted = available.min(12);
    let mut carts = Vec::new();
    for _ in 0..wanted {
        carts.push(program.cart(variant).await);
    }

    let mut buyers = JoinSet::new();
    for cart in carts {
        let buyer = program.buyer();
        // A buyer repeats with the same key until there is an answer, as a client that lost one does.
        buyers.spawn(async move {
            for _ in 0..600 {
                match buyer.place(&cart, "cash_on_delivery").await {
                    Ok(answer) if answer.status() == StatusCode::CREATED => {
                        let body: Value = answer.json().await.unwrap();
                        return body["number"].as_str().unwrap().to_owned();
                    }
                    _ => tokio::time::sleep(Duration::from_millis(100)).await,
                }
            }
            panic!("no answer within a minute");
        });
    }
    for _ in 0..3 {
        program.kill_database().await;
        program.until(async || program.is_healthy().await).await;
    }
    let mut numbers = Vec::new();
    while let Some(number) = buyers.join_next().await {
        numbers.push(number.unwrap());
    }

    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), usize::try_from(wanted).unwrap(), "one order for each buyer");
    assert_eq!(program.available(variant).await, available - wanted, "and one unit for each order");
    program.stop().await;
}

/// Checklist 6.
#[tokio::test]
async fn a_database_that_does_not_answer_is_said_and_recovered_from() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::loaded_demo(folder.path()).await;

    program.signal_database("-STOP").await;
    program.until(async || !program.is_healthy().await).await;
    for path in ["/", "/api/v1/products"] {
        let answer = program.get(path).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(answer.headers().contains_key("retry-after"), "{path}");
        let is_page = answer.headers()["content-type"].to_str().unwrap().starts_with("text/html");
        assert_eq!(is_page, path == "/");
    }
    program.signal_database("-CONT").await;

    program.until(async || program.is_healthy().await).await;
    assert_eq!(program.get("/").await.status(), StatusCode::OK);
    program.stop().await;
}

#[tokio::test]
async fn what_stands_in_the_way_is_told_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let holder = Program::loaded_demo(folder.path()).await;

    let second = Program::refused(&["--data-dir", &text(folder.path()), "--listen", "127.0.0.1:0"]).await;
    assert!(second.contains(&holder.pid().to_string()), "the holder is named: {second}");
    let other = tempfile::tempdir().unwrap();
    let taken = Program::refused(&["--data-dir", &text(other.path()), "--listen", &holder.address]).await;
    assert!(taken.contains(&holder.address), "{taken}");
    let file = other.path().join("file");
    std::fs::write(&file, "").unwrap();
    let unwritable = Program::refused(&["--data-dir", &text(&file), "--listen", "127.0.0.1:0"]).await;
    assert!(unwritable.contains("file"), "{unwritable}");
    let url = "mysql://nobody:secret-word@127.0.0.1:1/none";
    let away = Program::refused(&["--data-dir", &text(other.path()), "--database-url", url]).await;
    assert!(!away.contains("secret-word"), "{away}");
    holder.stop().await;
}

/// Two hosted programs and a desktop's shop on one database: whoever leads, each job runs once in its period.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn several_programs_on_one_database_share_the_jobs(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 3).await;
    shop.variant("SCARF", 50_000, 3).await;
    shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let rows = testing::database(&shop);
    sqlx::query("update orders set pay_by = '2001-01-01'").execute(&rows).await.unwrap();
    sqlx::query("update stock set on_hand = 9 where variant_id <> ?").bind(shirt.get()).execute(&rows).await.unwrap();
    let checks = "select count(*) from job_runs where job = 'check_stock'";
    let sweeps = "select coalesce((select cast(runs as signed) from job_schedule where job = 'release_holds'), 0)";

    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let url = shop.database_url();
    let started = Instant::now();
    let scheduler = Scheduler::start(&shop);
    let (first, second) = tokio::join!(Program::on(&url, one.path()), Program::on(&url, two.path()));
    first.until(async || shop.count(sweeps).await >= 3).await;
    assert_eq!(shop.count(checks).await, 1, "the day's check ran once");
    assert_eq!(shop.count("select count(*) from order_history where status = 'cancelled'").await, 1);
    let most = i64::try_from(started.elapsed().as_secs() / 5).unwrap() + 1;
    assert!(shop.count(sweeps).await <= most, "no more than one run in five seconds");

    let check = RunJob { job: JobName::CheckStock };
    jobs::run_now(&shop, &shop.owner, check).await.unwrap();
    second.until(async || shop.count(checks).await == 2).await;

    // The one that leads now is stopped in order, and those who might be next are cut off.
    scheduler.stop().await;
    second.until(async || jobs::board(&shop, &shop.owner).await.unwrap().leader == Leader::Elsewhere).await;
    let scheduler = Scheduler::start(&shop);
    first.crash().await;
    second.crash().await;
    let leads_here = async || jobs::board(&shop, &shop.owner).await.unwrap().leader == Leader::Here;
    tokio::time::timeout(Duration::from_secs(30), async {
        while !leads_here().await {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    })
    .await
    .unwrap();
    scheduler.stop().await;
    assert_eq!(shop.count(checks).await, 2, "neither a crash nor a change of the leader is a reason to check again");
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// Presses Pay on the gateway's page, as a browser without scripts does.
async fn pay(client: &Client, hosted: &str, page: &str) {
    let form = page.split("<form").find(|form| form.contains("paid") || form.contains("/pay")).unwrap();
    let action = between(form, "action=\"", "\"").replace("&#38;", "&").replace("&amp;", "&");
    let origin = hosted.split('/').take(3).collect::<Vec<_>>().join("/");
    let url = if action.starts_with('/') { format!("{origin}{action}") } else { action };
    let fields: Vec<String> =
        form.split("<input")
            .skip(1)
            .map(|input| format!("{}={}", between(input, "name=\"", "\""), between(input, "value=\"", "\"")))
            .chain(
                form.split("<button").nth(1).filter(|b| b.contains("name=\"")).map(|button| {
                    format!("{}={}", between(button, "name=\"", "\""), between(button, "value=\"", "\""))
                }),
            )
            .collect();
    let request = client.post(url).header("content-type", "application/x-www-form-urlencoded");
    let answer = request.body(fields.join("&")).send().await.unwrap();
    assert!(answer.status().is_redirection(), "{answer:?}");
}

fn between(text: &str, before: &str, after: &str) -> String {
    text.split(before).nth(1).and_then(|rest| rest.split(after).next()).unwrap_or_default().to_owned()
}

/// What the crash tests send to place an order.
pub(crate) fn order(method: &str) -> Value {
    json!({
        "email": "buyer@example.com",
        "shipping_address": {
            "name": "Pembeli", "phone": "081200000001", "line_1": "Jl. Melati 5", "line_2": "",
            "city": "Depok", "province": "Jawa Barat", "postal_code": "16411",
        },
        "payment_method": method,
    })
}
