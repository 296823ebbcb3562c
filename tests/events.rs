//! What open windows hear.

use std::time::Duration;

use domain::events::{About, Happening};
use domain::orders::OrderStatus;
use domain::payments::PaymentMethod;
use services::testing;
use sqlx::MySqlPool;

use crate::shop::TestShop;
use crate::writing::{self, Writing};

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_listener_hears_of_an_order_and_of_its_money(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let mut heard = shop.subscribe();

    let placed = shop.paid_order(shirt, 1).await;

    let mut next = async || tokio::time::timeout(Duration::from_secs(5), heard.recv()).await.unwrap().unwrap().what;
    let mut happenings = Vec::new();
    while happenings.len() < 2 {
        let what = next().await;
        if let Happening::OrderPlaced { number, .. } = &what {
            happenings.push(format!("placed {number}"));
        } else if let Happening::OrderPaid { number, total, name, .. } = &what {
            assert_eq!((*total, name.as_str()), (placed.totals.total, "Siti Rahma"));
            happenings.push(format!("paid {number}"));
        }
    }
    assert_eq!(happenings, [format!("placed {}", placed.number), format!("paid {}", placed.number)]);
}

/// An order that is paid at the door can be packed at once: no second event will tell of it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_placed_order_tells_in_which_status_it_starts(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let mut heard = shop.subscribe();
    for (method, starts_in, is_work) in [
        (PaymentMethod::Demo, OrderStatus::PendingPayment, false),
        (PaymentMethod::CashOnDelivery, OrderStatus::Processing, true),
    ] {
        let placed = shop.order(shirt, 1, method).await.unwrap();
        let what = loop {
            let next = tokio::time::timeout(Duration::from_secs(5), heard.recv()).await.unwrap().unwrap().what;
            if matches!(&next, Happening::OrderPlaced { number, .. } if *number == placed.number) {
                break next;
            }
        };
        assert!(matches!(&what, Happening::OrderPlaced { status, .. } if *status == starts_in), "{what:?}");
        assert_eq!(what.brings_work().is_some(), is_work);
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn another_process_is_heard_within_a_moment(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let options = testing::database(&shop).connect_options();
    let elsewhere = MySqlPool::connect_with((*options).clone()).await.unwrap();
    let window = testing::open(elsewhere, shop.folder.path()).await.unwrap();
    let mut heard = window.subscribe();

    let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();

    let event = tokio::time::timeout(Duration::from_secs(5), heard.recv()).await.unwrap().unwrap();
    assert!(matches!(event.what, Happening::OrderPlaced { number, .. } if number == placed.number));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_rolled_back_is_never_heard(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 1).await;
    let first = shop.cart(shirt, 1).await;
    let second = shop.cart(shirt, 1).await;
    let place = async |key: &str| {
        services::checkout::place(&shop, key, "k", crate::shop::request(PaymentMethod::CashOnDelivery)).await
    };
    place(&first).await.unwrap();
    place(&second).await.unwrap_err();

    assert_eq!(shop.count("select count(*) from events where kind = 'order_placed'").await, 1);
}

/// A newer version on the same database tells what this one has no word for: everything else is heard all the same.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_event_of_a_newer_version_keeps_no_other_from_being_heard(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut heard = shop.subscribe();

    let mut newer = testing::database(&shop).begin().await.unwrap();
    let known = |about: About| serde_json::to_value(Happening::from(about)).unwrap();
    let unknown = serde_json::json!({ "kind": "told_in_a_later_year" });
    for content in [known(About::Memberships), unknown, known(About::Notices)] {
        sqlx::query("insert into events (kind, content, created_at) values (?, ?, utc_timestamp(6))")
            .bind(content["kind"].as_str().unwrap())
            .bind(content.to_string())
            .execute(&mut *newer)
            .await
            .unwrap();
    }
    newer.commit().await.unwrap();

    let mut told = Vec::new();
    while told.last() != Some(&About::Notices.into()) {
        told.push(tokio::time::timeout(Duration::from_secs(5), heard.recv()).await.unwrap().unwrap().what);
    }
    assert!(told.contains(&About::Memberships.into()), "what came before it is heard too: {told:?}");
}

/// Two desks always agree: what is changed at one is heard at every other, as something that its screens listen to.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_command_that_writes_is_heard(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let set_up = "select count(*) from events where content like '%settings%' and id = (select min(id) from events)";
    assert_eq!(shop.count(set_up).await, 1, "setting up the shop");

    let mut writing = Writing::on(&shop).await;
    let mut heard = shop.subscribe();
    for declared in writing::declared() {
        let (command, _) = writing.prepare(declared.name).await;
        let before = shop.count("select cast(coalesce(max(id), 0) as signed) from events").await;
        command.give(&shop).await;
        let tells = async {
            loop {
                let event = heard.recv().await.unwrap();
                let is_new = event.id.get() > u64::try_from(before).unwrap();
                if is_new && declared.topics.contains(&event.what.about().topic()) {
                    break;
                }
            }
        };
        let told = tokio::time::timeout(Duration::from_secs(5), tells).await;
        assert!(told.is_ok(), "nobody hears of {}, which concerns {:?}", declared.name, declared.topics);
    }
}
