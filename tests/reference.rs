//! The shop that Etalase replaces: what it had is here afterwards, and the errors of its data are told.

use std::collections::BTreeMap;

use domain::customers::SignInCustomer;
use domain::mail::{ListLetters, MailKind};
use domain::orders::OrderStatus;
use domain::page::PageNumber;
use domain::reference::{Finding, Report};
use domain::staff::SignIn;
use domain::text::Password;
use serde_json::{Value, json};
use services::customers::accounts;
use services::reference::{self, Former, HowTo};
use services::{Error, catalog, commands, jobs, settings, staff, testing};
use sqlx::MySqlPool;

use crate::shop::TestShop;

mod errors;
pub(crate) mod former_shop;
mod program;

use former_shop::{Data, HASH, HASHED, small};

/// Every table that an import fills.
const TABLES: [&str; 30] = [
    "account_sessions",
    "accounts",
    "audit",
    "cart_lines",
    "carts",
    "categories",
    "customer_vouchers",
    "customers",
    "events",
    "holds",
    "invoices",
    "mail_outbox",
    "membership_plans",
    "membership_purchases",
    "memberships",
    "option_values",
    "order_history",
    "order_lines",
    "orders",
    "parcels",
    "payments",
    "product_options",
    "products",
    "reference_items",
    "reviews",
    "settings",
    "staff",
    "stock_movements",
    "variants",
    "voucher_uses",
];

impl TestShop {
    async fn bring(&self, data: &Data) -> Report {
        let former = Former::read(&data.bytes()).unwrap();
        reference::import(self, &self.owner, &former, HowTo::default()).await.unwrap()
    }

    /// How many rows every table has, and a sum over them.
    async fn everything(&self) -> BTreeMap<&'static str, (i64, i64)> {
        let mut all = BTreeMap::new();
        for table in TABLES {
            let count = format!("select count(*) from {table}");
            let sum = format!("checksum table {table}");
            let db = testing::database(self);
            let (count,): (i64,) = sqlx::query_as(sqlx::AssertSqlSafe(count)).fetch_one(&db).await.unwrap();
            let (_, sum): (String, i64) = sqlx::query_as(sqlx::AssertSqlSafe(sum)).fetch_one(&db).await.unwrap();
            all.insert(table, (count, sum));
        }
        all
    }

    async fn counted(&self) -> (i64, i64, i64) {
        let of = "from orders where status <> 'cancelled'";
        let orders = sqlx::AssertSqlSafe(format!(
            "select count(*), cast(sum(units) as signed), cast(sum(total_amount) as signed) {of}"
        ));
        sqlx::query_as(orders).fetch_one(&testing::database(self)).await.unwrap()
    }
}

/// Checklist 124. Pitfall B25.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn everything_that_the_former_shop_had_is_counted_here_afterwards(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let data = small();
    let report = shop.bring(&data).await;
    assert!(report.is_all_in(), "{:#?}", report.remarks);

    assert_eq!(shop.counted().await, data.counted());
    for (table, query) in [
        ("categories", "select count(*) from categories"),
        ("products", "select count(*) from products where status <> 'archived'"),
        ("users", "select count(*) from accounts"),
        ("orders", "select count(*) from orders"),
        ("vouchers", "select count(*) from vouchers"),
        ("user_vouchers", "select count(*) from customer_vouchers"),
        ("memberships", "select count(*) from membership_plans"),
        ("user_subscriptions", "select count(*) from memberships"),
        ("subscription_transactions", "select count(*) from membership_purchases where status = 'paid'"),
    ] {
        assert_eq!(shop.count(query).await, data.rows(table), "{table}");
    }
    for (sku, units) in data.shelves() {
        let variant = shop.by_sku(&sku).await;
        assert_eq!(shop.stock(variant).await.0, units, "{sku}");
    }
    shop.assert_stock_adds_up().await;
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.count("select count(*) from stock_discrepancies").await, 0);
    let miscounted = "select count(*) from vouchers v where used <>
        (select count(*) from voucher_uses u where u.voucher_id = v.id and u.given_back_at is null)";
    assert_eq!(shop.count(miscounted).await, 0);
    assert_eq!(shop.counted().await, data.counted(), "no order that waits is called off at once");

    let settings = settings::get(&shop).await.unwrap();
    assert_eq!((settings.name.as_str(), settings.contact.email.as_str()), ("Warung Batik", "halo@batik.example"));
    assert_eq!(settings.about.id, "Batik dari Solo.\n\nSejak 1990.");
}

/// Checklist 124.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn goods_keep_their_choices_prices_and_words(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.bring(&small()).await;

    let shirt = catalog::product(&shop, "kemeja-batik").await.unwrap();
    let values: Vec<Vec<&str>> = shirt
        .options
        .iter()
        .map(|option| option.values.iter().map(|value| value.value.id.as_str()).collect())
        .collect();
    assert_eq!(values, [vec!["Biru Tua", "Hitam"], vec!["S", "XL"]]);
    assert_eq!(shirt.category_slug, "atasan");
    let price = |sku: &str| {
        let variant = shirt.variants.iter().find(|variant| variant.sku == sku).unwrap();
        (variant.price.get(), variant.compare_at_price.map(domain::money::Money::get))
    };
    assert_eq!(price("BTK-BLU-S"), (180_000, Some(200_000)), "the product's own");
    assert_eq!(price("BTK-BLU-XL"), (190_000, Some(220_000)), "its own");
    assert_eq!(price("BTK-001-HITAM-S"), (180_000, Some(200_000)), "with a SKU that was made");

    let belt = catalog::product(&shop, "sabuk").await.unwrap();
    assert!(belt.options.is_empty());
    assert_eq!(belt.description.id, "Kulit sapi.\n\nWarna: Cokelat, Hitam");
    let scarf = catalog::product(&shop, "selendang").await.unwrap();
    assert!(scarf.options.is_empty(), "one variant without a choice is none");
    assert_eq!(shop.count("select count(*) from products where staff_note = 'SKU lama: BTK-001'").await, 1);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_second_run_changes_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let data = small();
    let first = shop.bring(&data).await;
    let before = shop.everything().await;
    let second = shop.bring(&data).await;
    assert_eq!(shop.everything().await, before);
    for (kind, tally) in &second.tallies {
        assert_eq!((tally.brought, tally.known), (0, first.of(*kind).brought), "{kind}");
    }
    assert!(second.is_all_in() && !second.is_nothing_in());
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn who_only_looks_writes_nothing_and_is_told_the_same(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let data = small();
    let before = shop.everything().await;
    let former = Former::read(&data.bytes()).unwrap();
    let how = HowTo { is_check: true, ..HowTo::default() };
    let seen = reference::import(&shop, &shop.owner, &former, how).await.unwrap();
    assert_eq!(shop.everything().await, before);
    let done = shop.bring(&data).await;
    assert_eq!(seen.tallies, done.tallies);
    let told = |report: &Report| -> Vec<Value> {
        let lasting = report.remarks.iter().filter(|remark| !matches!(remark.finding, Finding::StillToPay { .. }));
        lasting.map(|remark| serde_json::to_value(remark).unwrap()).collect()
    };
    assert_eq!(told(&seen), told(&done));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_import_that_is_cut_short_anywhere_is_run_once_more(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let data = small();
    let former = Former::read(&data.bytes()).unwrap();
    let mut cuts = 0;
    for patience in 1.. {
        let import = reference::import(&shop, &shop.owner, &former, HowTo::default());
        match tokio::time::timeout(std::time::Duration::from_millis(20 * patience), import).await {
            Ok(report) => {
                assert!(report.unwrap().is_all_in());
                break;
            }
            Err(_) => cuts += 1,
        }
        shop.assert_stock_adds_up().await;
    }
    assert!(cuts > 2, "it was never cut");
    assert_eq!(shop.counted().await, data.counted());
    for (sku, units) in data.shelves() {
        assert_eq!(shop.stock(shop.by_sku(&sku).await).await.0, units, "{sku}");
    }
    for (table, count) in [("orders", data.rows("orders")), ("accounts", data.rows("users"))] {
        let query = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        let (found,): (i64,) = sqlx::query_as(query).fetch_one(&testing::database(&shop)).await.unwrap();
        assert_eq!(found, count, "{table}");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_password_kept_in_clear_is_hashed_and_its_owner_is_told(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.bring(&small()).await;
    let hashes: Vec<(String,)> =
        sqlx::query_as("select password_hash from accounts").fetch_all(&testing::database(&shop)).await.unwrap();
    assert!(hashes.iter().all(|(hash,)| !hash.contains("sari123")));
    let request = SignInCustomer { email: "sari@example.com".to_owned(), password: Password::typed("sari123") };
    let signed_in = accounts::sign_in(&shop, request, None).await.unwrap();
    assert_eq!(signed_in.customer.address.city, "Surakarta");
    assert_eq!(shop.count("select count(*) from customers where created_at < '2025-09-02'").await, 3);

    let page = commands::answer(&shop, &shop.owner, ListLetters { before: None }.into()).await.unwrap();
    let page: domain::mail::LetterPage = serde_json::from_value(page).unwrap();
    let told: Vec<_> = page.rows.iter().map(|letter| (letter.kind, letter.to.as_str())).collect();
    assert!(told.contains(&(MailKind::PasswordWasReadable, "sari@example.com")), "{told:?}");
    assert!(!told.iter().any(|(_, to)| *to == "bayu@example.com"), "whose password was hashed");
}

/// Checklist 124.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_hash_of_the_former_shop_works_and_is_renewed_at_the_first_sign_in(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.bring(&small()).await;
    let hash = || async {
        let row: (String,) = sqlx::query_as(
            "select password_hash from accounts a join customers c on c.id = a.customer_id where email = 'bayu@example.com'",
        )
        .fetch_one(&testing::database(&shop))
        .await
        .unwrap();
        row.0
    };
    assert!(hash().await.starts_with("scrypt:"));
    let request =
        |password: &str| SignInCustomer { email: "bayu@example.com".to_owned(), password: Password::typed(password) };
    let wrong = accounts::sign_in(&shop, request("bukan ini"), None).await.unwrap_err();
    assert!(matches!(wrong, Error::SignedOut(_)), "{wrong:?}");
    assert!(hash().await.starts_with("scrypt:"));
    for _ in 0..2 {
        accounts::sign_in(&shop, request(HASHED), None).await.unwrap();
        assert!(hash().await.starts_with("$argon2id$"));
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn who_worked_there_works_here(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut data = small();
    data.row("users", 1)["password"] = json!(HASH);
    shop.bring(&data).await;
    let request =
        |password: &str| SignIn { email: "bos@batik.example".to_owned(), password: Password::typed(password) };
    for _ in 0..2 {
        let boss = staff::sign_in(&shop, request(HASHED)).await.unwrap();
        assert_eq!((boss.name.as_str(), boss.role), ("Bu Ratmi", domain::staff::Role::Staff));
    }
    assert_eq!(shop.count("select count(*) from staff where password_hash like 'scrypt:%'").await, 0);
}

/// Checklist 124.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn orders_keep_what_was_charged_and_what_happened(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.bring(&small()).await;
    let request = SignInCustomer { email: "sari@example.com".to_owned(), password: Password::typed("sari123") };
    let sari = accounts::sign_in(&shop, request, None).await.unwrap().customer;
    let own = accounts::my_orders(&shop, &sari, PageNumber::FIRST).await.unwrap();
    let own: BTreeMap<_, _> =
        own.rows.iter().map(|order| (order.number.as_str(), (order.status, order.total.get()))).collect();
    assert_eq!(own["R-1"], (OrderStatus::Completed, 365_000));
    assert_eq!(own["R-2"], (OrderStatus::PendingPayment, 200_000));
    assert_eq!(own["R-5"], (OrderStatus::Cancelled, 190_000));

    let history: Vec<(String, Option<String>, String)> = sqlx::query_as(
        "select h.status, h.note, date_format(h.created_at, '%Y-%m-%d %H:%i') from order_history h
         join orders o on o.id = h.order_id where o.number = 'R-1' order by h.id",
    )
    .fetch_all(&testing::database(&shop))
    .await
    .unwrap();
    let history: Vec<_> =
        history.iter().map(|(status, note, at)| (status.as_str(), note.as_deref(), at.as_str())).collect();
    assert_eq!(
        history,
        [
            ("pending_payment", Some("Virtual Account · TX-A1 · titip satpam"), "2025-10-01 03:00"),
            ("processing", Some("Pembayaran masuk"), "2025-10-01 04:00"),
            ("shipped", Some("JNE001"), "2025-10-02 01:00"),
            ("completed", None, "2025-10-02 01:00"),
        ]
    );
    let vouchers: Vec<(String, u32)> = sqlx::query_as("select code, used from vouchers order by code")
        .fetch_all(&testing::database(&shop))
        .await
        .unwrap();
    assert_eq!(vouchers, [("HEMAT".to_owned(), 1), ("WELCOME".to_owned(), 1)]);
    assert_eq!(shop.count("select count(*) from customer_vouchers where used_by_order is not null").await, 1);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_that_the_former_shop_took_goes_back_by_hand(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.bring(&small()).await;
    let id: (u64,) = sqlx::query_as("select id from orders where number = 'R-3'")
        .fetch_one(&testing::database(&shop))
        .await
        .unwrap();
    let order_id = domain::orders::OrderId::new(id.0);
    let cancel = domain::orders::CancelOrder { order_id, reason: "habis".to_owned() };
    services::orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    let by_hand = "select count(*) from refunds where by_hand and status = 'succeeded' and order_id is not null";
    assert_eq!(shop.count(by_hand).await, 1);
    shop.assert_stock_adds_up().await;
}
