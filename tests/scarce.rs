//! The last units: whoever wants them by whatever path, each goes once, and none is lost on the way.

use chrono::TimeDelta;
use domain::customers::SignInCustomer;
use domain::inventory::CorrectStock;
use domain::inventory::stock_takes::{ApplyStockTake, CountInStockTake, StartStockTake};
use domain::message::Message;
use domain::orders::OrderStatus;
use domain::payments::{GatewayOutcome, PaymentMethod};
use domain::problem::Shortage;
use domain::text::Password;
use services::customers::accounts;
use services::inventory::stock_takes;
use services::orders::ImportOrder;
use services::testing::database;
use services::{Error, Shop, carts, checkout, inventory, jobs, orders};
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use crate::served::Served;
use crate::shop::{SHOPPER_PASSWORD, TestShop, account, checkout_form, request};
use crate::waiting::until_blocked;

/// Checklist 35. Pitfall M3. Forty tills open at once for one unit: one of them holds it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn many_tills_at_once_hold_the_last_unit_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let hat = shop.variant("HAT", 50_000, 100).await;
    let shirt = shop.variant("SHIRT", 150_000, 1).await;
    let mut carts = Vec::new();
    for _ in 0..40 {
        let key = shop.cart(hat, 1).await;
        carts::set_line(&shop, &key, shirt, 1).await.unwrap();
        carts.push(key);
    }
    let mut tills = JoinSet::new();
    for key in carts {
        let shop = Shop::clone(&shop);
        tills.spawn(async move { checkout::open(&shop, &key).await });
    }

    let mut held = 0;
    for outcome in tills.join_all().await {
        match outcome {
            Ok(_) => held += 1,
            Err(Error::OutOfStock(short)) => assert_eq!(short, [Shortage { variant_id: shirt, available: 0 }]),
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(held, 1);
    assert_eq!((shop.stock(shirt).await, shop.stock(hat).await), ((1, 1), (100, 1)), "all of a cart, or nothing of it");
    shop.assert_stock_adds_up().await;
}

/// Pitfall M3. Edge case 1. However often a variant is named, it is one line, looked at as one sum.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_variant_that_is_named_twice_is_one_sum(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let key = carts::create(&shop).await.unwrap();

    let (one, other) = tokio::join!(carts::add(&shop, &key, shirt, 3), carts::add(&shop, &key, shirt, 3));
    assert_eq!(u8::from(one.is_ok()) + u8::from(other.is_ok()), 1, "three and three are six of five");
    assert_eq!(carts::add(&shop, &key, shirt, 2).await.unwrap().lines.len(), 1);
    checkout::open(&shop, &key).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (5, 5));
    for doubled in [
        "insert into cart_lines (cart_id, variant_id, quantity, added_at)
         select cart_id, variant_id, 1, added_at from cart_lines",
        "insert into holds (cart_id, variant_id, quantity, created_at)
         select cart_id, variant_id, 1, created_at from holds",
    ] {
        assert!(sqlx::query(doubled).execute(&database(&shop)).await.is_err(), "{doubled}");
    }

    // At sign-in two carts become one, and the sum is looked at again.
    checkout::leave(&shop, &key).await.unwrap();
    let siti = account(&shop, "siti@example.com").await;
    let own = accounts::cart_key(&shop, &siti).await.unwrap();
    carts::set_line(&shop, &own, shirt, 4).await.unwrap();
    let asked = SignInCustomer { email: siti.email.clone(), password: Password::typed(SHOPPER_PASSWORD) };
    accounts::sign_in(&shop, asked, Some(&key)).await.unwrap();
    let joined = carts::show(&shop, &own).await.unwrap();
    assert_eq!((joined.lines.len(), joined.units), (1, 5));

    // An order from elsewhere that names it twice is an order of the sum.
    let import = |first, second| ImportOrder {
        request: request(PaymentMethod::CashOnDelivery),
        lines: vec![("SHIRT".to_owned(), first), ("SHIRT".to_owned(), second)],
        placed_at: chrono::Utc::now(),
        steps: Vec::new(),
    };
    let refused = orders::import(&shop, &shop.owner, import(3, 3)).await.unwrap_err();
    assert!(matches!(refused, Error::OutOfStock(_)), "{refused:?}");
    let id = orders::import(&shop, &shop.owner, import(3, 1)).await.unwrap();
    let order = orders::detail(&shop, &shop.owner, id).await.unwrap();
    assert_eq!((order.lines.len(), order.lines[0].quantity), (1, 4));
    assert_eq!(shop.stock(shirt).await, (1, 0));
    shop.assert_stock_adds_up().await;
}

/// Edge case 2. Whatever takes, promises or writes off units is refused by the counters themselves.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_path_gets_a_unit_that_is_promised_to_somebody(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 2).await;
    let mut waiting = Vec::new();
    for _ in 0..3 {
        waiting.push(shop.cart(shirt, 1).await);
    }
    let promised = shop.order(shirt, 2, PaymentMethod::Demo).await.unwrap();
    let is_short = |refused: &Error| matches!(refused, Error::OutOfStock(short) if short[0].available == 0);

    let new = carts::create(&shop).await.unwrap();
    assert!(is_short(&carts::set_line(&shop, &new, shirt, 1).await.unwrap_err()), "a cart");
    assert!(is_short(&carts::add(&shop, &new, shirt, 1).await.unwrap_err()), "adding to a cart");
    assert!(is_short(&checkout::open(&shop, &waiting[0]).await.unwrap_err()), "a till");
    for (cart, method) in waiting.iter().zip([PaymentMethod::Demo, PaymentMethod::CashOnDelivery]) {
        let refused = checkout::place(&shop, cart, "k", request(method)).await.unwrap_err();
        assert!(is_short(&refused), "{method}: {refused:?}");
    }
    for method in [PaymentMethod::Demo, PaymentMethod::CashOnDelivery] {
        let import = ImportOrder {
            request: request(method),
            lines: vec![("SHIRT".to_owned(), 1)],
            placed_at: shop.now().await.unwrap(),
            steps: Vec::new(),
        };
        assert!(is_short(&orders::import(&shop, &shop.owner, import).await.unwrap_err()), "an import, {method}");
    }
    let torn = CorrectStock { variant_id: shirt, delta: -1, note: "torn".to_owned() };
    let refused = inventory::correct(&shop, &shop.owner, torn).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::UnitsArePromised { .. })), "{refused:?}");
    let begun = StartStockTake { name: "November".to_owned() };
    let id = stock_takes::start(&shop, &shop.owner, begun).await.unwrap().row.id;
    let count = CountInStockTake { stock_take_id: id, sku: "SHIRT".to_owned(), counted: 1 };
    let version = stock_takes::count(&shop, &shop.owner, count).await.unwrap().row.version;
    let apply = ApplyStockTake { stock_take_id: id, version };
    let refused = stock_takes::apply(&shop, &shop.owner, apply).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::UnitsArePromised { .. })), "{refused:?}");

    assert_eq!(shop.stock(shirt).await, (2, 2));
    shop.notify(&TestShop::notification(&promised, GatewayOutcome::Paid)).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (0, 0), "they were there for whom they were promised to");
    shop.assert_stock_adds_up().await;
}

/// The last unit of one variant goes while an order of two waits for it: only that one is told as missing, although the
/// counters of the other moved first.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn only_what_is_missing_is_told_as_missing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (shirt, cloth) = (shop.variant("SHIRT", 150_000, 1).await, shop.variant("CLOTH", 90_000, 1).await);
    let key = shop.cart(shirt, 1).await;
    carts::set_line(&shop, &key, cloth, 1).await.unwrap();
    let mut other = database(&shop).begin().await.unwrap();
    sqlx::query("update stock set reserved = 1 where variant_id = ?")
        .bind(cloth.get())
        .execute(&mut *other)
        .await
        .unwrap();

    let place = checkout::place(&shop, key.as_str(), "k", request(PaymentMethod::Demo));
    let (placed, ()) = tokio::join!(place, async {
        until_blocked(&shop, 1).await;
        other.commit().await.unwrap();
    });

    let Error::OutOfStock(missing) = placed.unwrap_err() else { panic!("one of them is gone") };
    assert_eq!(missing, [Shortage { variant_id: cloth, available: 0 }]);
    assert_eq!((shop.stock(shirt).await, shop.stock(cloth).await), ((1, 0), (1, 1)), "nothing moved");
}

/// Edge case 2. Pitfall M10. One statement of the whole program moves the counters, so that none can go around it.
#[test]
fn one_statement_moves_the_counters() {
    const MOVE: &str = "update stock set on_hand = on_hand + ?, reserved = reserved + ? \
                        where variant_id = ? and reserved + ? >= 0 and on_hand - reserved + ? >= 0";
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../services/src"))];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
            for verb in [
                "update stock set ",
                "stock s on s.variant_id = t.id set ",
                "stock s on s.variant_id = t.variant set ",
                "into stock (",
                "delete from stock ",
                "delete s from ",
            ] {
                let uses = text.match_indices(verb).map(|(at, _)| text[at..].split(['"', ';']).next().unwrap());
                found.extend(uses.map(str::to_owned));
            }
        }
    }
    found.sort();
    assert_eq!(
        found,
        [
            // A variant that nobody ever named is deleted with an empty shelf, and a product with all its ledger.
            "delete from stock where variant_id = ?",
            "into stock (variant_id, product_id) select straight_join v.id, v.product_id \
             from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t join variants v on v.product_id = t.id \
             left join stock s on s.variant_id = v.id where s.variant_id is null order by v.id",
            // Only a lock.
            "stock s on s.variant_id = t.id set s.low_stock_limit = s.low_stock_limit",
            "stock s on s.variant_id = t.id set s.low_stock_limit = t.warn_at",
            // Shelves that the same unit of work made, and that nothing was on yet.
            "stock s on s.variant_id = t.variant set s.on_hand = t.units where s.on_hand = 0 and s.reserved = 0",
            "update stock set low_stock_limit = ? where variant_id = ?",
            MOVE,
        ]
    );
}

/// Checklist 33. Checklist 34. Pitfall M2. An order that waits for its money has its units: no time at a till and
/// nobody else can take them.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_paid_order_never_lacks_the_units_that_it_was_promised(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 3).await;
    let key = shop.cart(shirt, 2).await;
    checkout::open(&shop, &key).await.unwrap();
    let placed = checkout::place(&shop, &key, "k", request(PaymentMethod::Demo)).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (3, 2), "what the till held is the order's now");

    // Somebody else holds the last one, and it does not count against the order.
    let (other, third) = (shop.cart(shirt, 1).await, shop.cart(shirt, 1).await);
    checkout::open(&shop, &other).await.unwrap();
    shop.clock().advance(TimeDelta::minutes(61));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (3, 2), "the till's hold ended, the order's did not");
    checkout::open(&shop, &other).await.unwrap();
    shop.clock().advance(TimeDelta::hours(22));
    checkout::open(&shop, &third).await.unwrap_err();

    shop.clock().advance(TimeDelta::hours(-23));
    shop.notify(&TestShop::notification(&placed, GatewayOutcome::Paid)).await.unwrap();
    let order = shop.detail(&placed).await;
    assert_eq!((order.status, order.refunds.len()), (OrderStatus::Processing, 0));
    assert_eq!(shop.stock(shirt).await, (1, 1));
    shop.assert_stock_adds_up().await;
}

/// Checklist 44. Pitfall M11. A line that comes while the order is being written waits for it, and stays in the cart.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_another_tab_adds_while_an_order_is_written_stays_in_the_cart(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (shirt, hat) = (shop.variant("SHIRT", 150_000, 5).await, shop.variant("HAT", 50_000, 5).await);
    let key = shop.cart(shirt, 1).await;
    checkout::open(&shop, &key).await.unwrap();
    let before = shop.cart(hat, 1).await;
    checkout::place(&shop, &before, "k", request(PaymentMethod::CashOnDelivery)).await.unwrap();

    // The order waits for its buyer's row after it read the cart's lines, and before it takes them away.
    let mut hand = database(&shop).begin().await.unwrap();
    sqlx::query("select id from customers for update").execute(&mut *hand).await.unwrap();
    let (at, cart) = (Shop::clone(&shop), key.clone());
    let order = request(PaymentMethod::CashOnDelivery);
    let placing = tokio::spawn(async move { checkout::place(&at, &cart, "k", order).await });
    until_blocked(&shop, 1).await;
    let (at, cart) = (Shop::clone(&shop), key.clone());
    let adding = tokio::spawn(async move { carts::set_line(&at, &cart, hat, 2).await });
    until_blocked(&shop, 2).await;
    hand.rollback().await.unwrap();

    let placed = placing.await.unwrap().unwrap();
    adding.await.unwrap().unwrap();
    let ordered: Vec<_> = shop.detail(&placed).await.lines.iter().map(|line| line.sku.clone()).collect();
    let cart = carts::show(&shop, &key).await.unwrap();
    let left: Vec<_> = cart.lines.iter().map(|line| (line.sku.as_str(), line.quantity)).collect();
    assert_eq!((ordered, left), (vec!["SHIRT".to_owned()], vec![("HAT", 2)]));
    shop.assert_stock_adds_up().await;
}

/// Pitfall M11. A line that came before is shown with its price, and is ordered once it was seen.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_another_tab_added_before_is_seen_before_it_is_ordered(db: MySqlPool) {
    let shop = Served::open(db).await;
    let (_, hat) = (shop.variant("SHIRT", 150_000, 5).await, shop.variant("HAT", 50_000, 5).await);
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await;
    siti.get("/checkout").await;
    siti.post("/cart/lines", &[("product", "hat"), ("quantity", "2")]).await;
    let place = |seen: &'static str| checkout_form("one-key", seen, "place");

    let shown = siti.post("/checkout", &place("170000")).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text.contains("270.000") && shown.text.contains("Barang HAT"), "{}", shown.text);
    assert_eq!(shop.count("select count(*) from orders").await, 0);
    assert_eq!(shop.stock(hat).await, (5, 2), "and it is held by now");
    assert_eq!(siti.post("/checkout", &place("270000")).await.status, 303);
    assert_eq!(shop.count("select count(*) from order_lines").await, 2);
    assert!(carts::show(&shop, &siti.cookie("cart").unwrap()).await.unwrap().is_empty());
    shop.stop().await;
}
