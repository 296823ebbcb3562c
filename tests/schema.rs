//! What the database keeps by its own shape, whoever writes to it.

use domain::money::{BasisPoints, Money};
use domain::payments::PaymentMethod;
use domain::pricing::{TaxRules, VoucherKind};
use domain::vouchers::SaveVoucher;
use reqwest::Method;
use serde_json::{Value, json};
use services::testing::database;
use services::{settings, vouchers};
use sqlx::{AssertSqlSafe, MySqlPool};

use crate::served::{Answer, Served};
use crate::shop::{TestShop, request};

async fn texts(shop: &TestShop, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(&database(shop)).await.unwrap()
}

async fn change(shop: &TestShop, sql: &str) -> sqlx::Result<()> {
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&database(shop)).await.map(drop)
}

/// Checklist 43. Checklist 122. Pitfall M8. Pitfall M9. Every amount is a whole number of sixty-four bits, and no
/// column can hold a fraction.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_column_holds_a_fraction_and_every_amount_holds_billions(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let fractions = texts(
        &shop,
        "select cast(concat(table_name, '.', column_name) as char) from information_schema.columns
         where table_schema = database() and data_type in ('float', 'double', 'decimal')",
    );
    assert_eq!(fractions.await, [""; 0]);
    let small = texts(
        &shop,
        "select cast(concat(table_name, '.', column_name, ' ', data_type) as char) from information_schema.columns
         where table_schema = database() and (column_name = 'amount' or column_name like '%\\_amount')
           and data_type <> 'bigint'",
    );
    assert_eq!(small.await, [""; 0]);
}

/// Pitfall M8. An order of four hundred million rupiah is placed, paid, shown and kept to the last one.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_of_hundreds_of_millions_is_kept_to_the_last_rupiah(db: MySqlPool) {
    let shop = Served::open(db).await;
    let ring = shop.variant("RING", 100_000_003, 4).await;

    let placed = shop.paid_order(ring, 4).await;

    let total = Money::minor(4 * 100_000_003 + 20_000);
    let order = shop.detail(&placed).await;
    assert_eq!((order.totals.total, order.balance.paid), (total, total));
    assert_eq!(order.lines[0].total, Money::minor(400_000_012));
    let path = format!("/api/v1/orders/{}?token={}", placed.number, placed.access_token);
    assert_eq!(shop.get(&path).await.json()["totals"]["total"]["amount"], json!(total));
    let page = shop.get(&services::orders::path(&placed.number, &placed.access_token)).await;
    assert!(page.text.contains("Rp\u{a0}400.020.012"), "{}", page.text);
    shop.stop().await;
}

/// Checklist 58. Pitfall M9. Discounts and taxes that do not divide evenly: every amount of every answer is a whole
/// number, and the shares sum to what they are shares of.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_amount_of_any_answer_is_a_fraction_or_a_text(db: MySqlPool) {
    let shop = Served::open(db).await;
    let (shirt, hat) = (shop.variant("SHIRT", 33_333, 9).await, shop.variant("HAT", 10_007, 9).await);
    let mut taxed = shop.settings().await;
    taxed.tax = TaxRules { prices_include_tax: false, ..TaxRules::ppn() };
    settings::save(&shop, &shop.owner, taxed).await.unwrap();
    let odd = VoucherKind::Percent(BasisPoints::new(750));
    vouchers::save(&shop, &shop.owner, SaveVoucher::for_everybody("ODD", odd)).await.unwrap();
    let cart = shop.cart(shirt, 2).await;
    services::carts::set_line(&shop, &cart, hat, 3).await.unwrap();
    let mut order = serde_json::to_value(request(PaymentMethod::CashOnDelivery)).unwrap();
    order["voucher_code"] = json!("odd");

    let shown = shop.get(&format!("/api/v1/carts/{cart}")).await.json();
    let quoted = shop.send(Method::POST, &format!("/api/v1/carts/{cart}/quote"), &order).await;
    assert_eq!(quoted.status, 200, "{quoted:?}");
    let request = shop.ask(Method::POST, &format!("/api/v1/carts/{cart}/checkout")).header("Idempotency-Key", "k");
    let placed = Answer::of(request.json(&order).send().await.unwrap()).await.json();
    let (number, token) = (placed["number"].as_str().unwrap(), placed["access_token"].as_str().unwrap());
    let kept = shop.get(&format!("/api/v1/orders/{number}?token={token}")).await.json();
    let listed = shop.get("/api/v1/products").await.json();

    for answer in [&shown, &quoted.json(), &placed, &kept, &listed] {
        amounts_are_whole(answer);
    }
    let of = |name: &str| kept["totals"][name]["amount"].as_i64().unwrap();
    // 7.5 % of 96,687 is 7,251.525.
    assert_eq!((of("subtotal"), of("voucher_discount")), (96_687, 7_252));
    assert_eq!(of("total"), of("subtotal") - of("voucher_discount") + of("delivery") + of("tax"));
    let sums = "select count(*) from orders o
                where o.voucher_discount_amount = (select sum(l.voucher_discount_amount) from order_lines l
                                                   where l.order_id = o.id)
                  and o.tax_amount = (select sum(t.tax_amount) from order_taxes t where t.order_id = o.id)";
    assert_eq!(shop.count(sums).await, 1, "the shares sum");
    shop.stop().await;
}

/// Checklist 81. Pitfall M12. What was bought stays as it was bought, whatever becomes of the goods; and nothing takes
/// it along.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_keeps_what_it_was_when_its_product_changes_or_ends(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.paid_order(shirt, 2).await;
    let before = shop.detail(&placed).await;
    let line = &before.lines[0];
    assert_eq!((line.name.id.as_str(), line.sku.as_str(), line.unit_price.get()), ("Barang SHIRT", "SHIRT", 150_000));

    for ended in ["products", "variants", "orders", "customers"] {
        assert!(change(&shop, &format!("delete from {ended}")).await.is_err(), "{ended}");
    }
    for changed in [
        r#"update products set name = '{"id":"Lain","en":"Other"}', slug = 'other', desk_text = 'other'"#,
        r#"update variants set sku = 'OTHER', price_amount = 1, options = '{"id":"Lain","en":"Other"}'"#,
        "update products set status = 'archived'",
    ] {
        change(&shop, changed).await.unwrap();
    }

    let after = shop.detail(&placed).await;
    assert_eq!(after.totals, before.totals);
    for (is, was) in after.lines.iter().zip(&before.lines) {
        assert_eq!((&is.name, &is.options, &is.sku, &is.picture), (&was.name, &was.options, &was.sku, &was.picture));
        assert_eq!((is.unit_price, is.quantity, is.total), (was.unit_price, was.quantity, was.total));
    }
    let sales = services::reports::dashboard(&shop, &shop.owner).await.unwrap().today.sales;
    assert_eq!(sales, placed.totals.total, "reports count it as before");
    let cascades = "select cast(concat(table_name, ' with ', referenced_table_name) as char)
                    from information_schema.referential_constraints
                    where constraint_schema = database() and delete_rule <> 'RESTRICT' and delete_rule <> 'NO ACTION'";
    assert_eq!(texts(&shop, cascades).await, ["cart_lines with carts"], "nothing else goes with another row");
}

/// Checklist 75. Checklist 122. Pitfall M18. Pitfall M6. Edge case 3. The rules of counters, sums and statuses stand in
/// the schema too.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_database_refuses_what_no_service_would_write(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    shop.order(shirt, 2, PaymentMethod::Demo).await.unwrap();
    shop.paid_order(shirt, 1).await;

    for broken in [
        "update stock set reserved = -1",
        "update stock set reserved = on_hand + 1",
        "update stock set on_hand = -1, reserved = 0",
        "update stock set on_hand = reserved - 1",
        "update stock_movements set delta = 0",
        "update holds set cart_id = 1",
        "update holds set cart_id = null, order_id = null",
        "update orders set status = 'done'",
        "update orders set status = 'cancelled'",
        "update orders set subtotal_amount = subtotal_amount + 1",
        "update order_lines set total_amount = total_amount + 1",
        "update payments set status = 'settled'",
        "update payments set amount = -1",
        "update variants set price_amount = -1",
        "update products set name = 'Kemeja'",
        "update order_lines set options = ''",
    ] {
        assert!(change(&shop, broken).await.is_err(), "{broken}");
    }
    shop.assert_stock_adds_up().await;
}

/// Checklist 122. Pitfall M19. Every instant is kept in UTC, to the microsecond, and none depends on the zone of a
/// connection.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_instant_is_kept_in_utc(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let others = texts(
        &shop,
        "select cast(concat(table_name, '.', column_name, ' ', column_type) as char) from information_schema.columns
         where table_schema = database() and table_name <> '_sqlx_migrations'
           and (data_type in ('timestamp', 'time', 'date') or (data_type = 'datetime' and datetime_precision <> 6))",
    );
    assert_eq!(others.await, [""; 0]);
    let zones = texts(&shop, "select cast(@@session.time_zone as char)").await;
    assert_eq!(zones, ["+00:00"], "what a connection says of the time is UTC");
}

/// Walks through an answer: whatever is called an amount is a whole number, and no other number has a fraction.
fn amounts_are_whole(value: &Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                assert!(name != "amount" || field.is_i64() || field.is_object(), "{name}: {field}");
                amounts_are_whole(field);
            }
        }
        Value::Array(items) => items.iter().for_each(amounts_are_whole),
        Value::Number(number) => assert!(!number.is_f64(), "{number}"),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
