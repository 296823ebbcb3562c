//! What a visit reads: each thing once, and what is the same for everybody not at all until it changes.
//!
//! Statements are counted by what sqlx tells of each: a page that reads the same thing twice, or a row at a time, is over
//! its cap.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use domain::catalog::CreateProduct;
use domain::customers::SignInCustomer;
use domain::memberships::{DeletePlan, Period};
use domain::money::BasisPoints;
use domain::payments::PaymentMethod;
use domain::pricing::VoucherKind;
use domain::settings::Settings;
use domain::text::Password;
use services::customers::accounts;
use services::testing::{self, database};
use services::{Shop, catalog, memberships, settings, visits, vouchers};
use sqlx::MySqlPool;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::memberships::plan;
use crate::served::{Served, Visitor};
use crate::shop::{SHOPPER_PASSWORD, TestShop, account, category, product};

mod growing;

/// The statements that this thread sent, which is where a test's shop, its server and its visitors live.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// What was sent since the last call. What is sent over a new connection and over one that comes back, and the look at
    /// the event log that a process does whoever asks, are no page's.
    fn take(&self) -> Vec<String> {
        let mut sent = std::mem::take(&mut *self.0.lock().unwrap());
        sent.retain(|sql| {
            let sql = sql.to_lowercase();
            sql != "rollback" && !sql.starts_with("set ") && !sql.contains("from events")
        });
        sent
    }
}

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, event: &Event<'_>) {
        let mut sql = Sql::default();
        event.record(&mut sql);
        self.0.lock().unwrap().push(sql.0);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The text of a statement: a short one is its own summary, a long one stands in full beside it.
#[derive(Default)]
struct Sql(String);

impl Visit for Sql {
    fn record_str(&mut self, field: &Field, value: &str) {
        let is_text = field.name() == "db.statement" || (field.name() == "summary" && self.0.is_empty());
        if is_text && !value.trim().is_empty() {
            self.0 = value.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// A page, and how many statements it may cost a guest and a member of the shop.
struct Page {
    path: String,
    guest: usize,
    member: usize,
}

fn page(path: impl Into<String>, guest: usize, member: usize) -> Page {
    Page { path: path.into(), guest, member }
}

/// What is over its cap, with all that it sent.
async fn over(statements: &Statements, visitor: &Visitor<'_>, who: &str, path: &str, cap: usize) -> Option<String> {
    // What is made once, such as the account's cart, is made by the first visit; what is kept is read anew now and then.
    let mut sent = Vec::new();
    for _ in 0..4 {
        visitor.get(path).await;
        sent = statements.take();
        if sent.len() <= cap {
            break;
        }
    }
    (sent.len() > cap).then(|| format!("{who} {path}: {} of {cap}\n  {}", sent.len(), sent.join("\n  ")))
}

/// Pitfall P1. Pitfall P5.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_page_sends_more_statements_than_it_may(db: MySqlPool) {
    let shop = Served::open(db).await;
    catalog::create_category(&shop, &shop.owner, category("tops")).await.unwrap();
    for sku in ["SHIRT", "HAT"] {
        let wanted = CreateProduct { category: Some("tops".to_owned()), ..product(sku, 150_000) };
        catalog::create(&shop, &shop.owner, wanted, None).await.unwrap();
        shop.stocked(sku, 50).await;
    }
    let shirt = shop.by_sku("SHIRT").await;
    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let bought = shop.become_member(&siti, &monthly).await;
    for code in ["ONE", "TWO"] {
        let wanted = crate::vouchers::voucher(code, VoucherKind::Percent(BasisPoints::new(1_000)));
        vouchers::save(&shop, &shop.owner, wanted).await.unwrap();
        vouchers::claim(&shop, &siti, code).await.unwrap();
    }
    let unpaid = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let paid = shop.paid_order(shirt, 1).await;
    let of = |placed: &domain::checkout::PlacedOrder, page: &str| {
        format!("/orders/{}{page}?token={}", placed.number, placed.access_token)
    };

    let pages = [
        page("/", 3, 3),
        page("/products", 3, 3),
        page("/products?category=tops&search=thing&sort=newest", 3, 3),
        page("/products/shirt", 3, 3),
        page("/about", 1, 1),
        page("/no/such/page", 1, 1),
        page("/products/no-such-thing", 3, 3),
        page("/account/sign-in", 1, 1),
        page("/account/register", 1, 1),
        page("/account", 1, 7),
        page("/membership", 3, 7),
        page(format!("/membership/plans/{}", monthly.plan.id), 3, 7),
        page(format!("/membership/purchases/{}", bought.number), 1, 4),
        page(of(&unpaid, ""), 15, 15),
        page(of(&unpaid, "/pay"), 15, 15),
        // One asks the gateway, beside the page, whether the buyer who comes back has paid.
        page(of(&unpaid, "/thanks"), 18, 18),
        page(of(&paid, "/invoice"), 15, 15),
        page("/cart", 5, 5),
        page("/checkout", 10, 10),
        page("/checkout/delivery?city=Bandung&province=Jawa+Barat", 2, 2),
        page("/checkout/delivery?city=Bandung&province=Jawa+Barat&voucher_code=ONE", 5, 5),
        page("/robots.txt", 0, 0),
        page("/sitemap.xml", 1, 1),
    ];
    let (guest, member) = (shop.visitor(), shop.visitor());
    member.sign_in("siti@example.com").await;
    for visitor in [&guest, &member] {
        visitor.get("/").await;
        let added = visitor.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await;
        assert_eq!(added.status, 303);
    }
    let statements = Statements::default();
    let counting = tracing::subscriber::set_default(statements.clone());
    let mut wrong = Vec::new();
    for page in &pages {
        wrong.extend(over(&statements, &guest, "a guest", &page.path, page.guest).await);
        wrong.extend(over(&statements, &member, "a member", &page.path, page.member).await);
    }

    // The first visit to the till holds the units: two more statements for each variant.
    for (who, visitor) in [("a guest", &guest), ("a member", &member)] {
        assert_eq!(visitor.post("/checkout/leave", &[]).await.status, 303);
        statements.take();
        assert_eq!(visitor.get("/checkout").await.status, 200);
        let sent = statements.take();
        if sent.len() > 10 {
            wrong.push(format!("{who} comes to the till: {} of 10\n  {}", sent.len(), sent.join("\n  ")));
        }
    }
    drop(counting);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    shop.stop().await;
}

/// The same database as another process sees it that serves pages.
async fn elsewhere(shop: &TestShop) -> Shop {
    let options = database(shop).connect_options();
    let pool = MySqlPool::connect_with((*options).clone()).await.unwrap();
    let other = testing::open(pool, shop.folder.path()).await.unwrap();
    other.keep_up();
    other
}

/// Waits for less than the time after which anything is read anew.
async fn soon(what: &str, is_so: impl AsyncFn() -> bool) {
    let seen = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(3), seen).await.is_ok(), "{what} is not seen by another process");
}

/// Pitfall P1.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_kept_for_everybody_is_forgotten_when_another_process_changes_it(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let other = elsewhere(&shop).await;
    let name = async || settings::get(&other).await.unwrap().name.clone();
    let is_offered = async || memberships::are_offered(&other).await.unwrap();
    assert_eq!((name().await.as_str(), is_offered().await), ("Toko Uji", false));

    let renamed = Settings { name: "Toko Baru".to_owned(), ..shop.settings().await };
    settings::save(&shop, &shop.owner, renamed).await.unwrap();
    soon("another name", async || name().await == "Toko Baru").await;
    let saved = memberships::save_plan(&shop, &shop.owner, plan(Period::Monthly, 29_000)).await.unwrap();
    soon("the first plan", &is_offered).await;
    assert!(memberships::are_offered(&shop).await.unwrap(), "whoever changes it sees it at once");

    let gone = DeletePlan { plan_id: saved.plan.id, version: saved.version };
    memberships::delete_plan(&shop, &shop.owner, gone).await.unwrap();
    soon("that there is none any more", async || !is_offered().await).await;

    let in_category = async |slug: &str| {
        let all = catalog::categories(&other).await.unwrap();
        all.iter().find(|category| category.slug == slug).map(|category| category.products)
    };
    assert_eq!(in_category("atasan").await, None);
    catalog::create_category(&shop, &shop.owner, category("atasan")).await.unwrap();
    soon("a category", async || in_category("atasan").await == Some(0)).await;
    let shirt = CreateProduct { category: Some("atasan".to_owned()), ..product("SHIRT", 150_000) };
    catalog::create(&shop, &shop.owner, shirt, None).await.unwrap();
    soon("what is in it", async || in_category("atasan").await == Some(1)).await;
    other.close().await;
}

/// Who hears nothing reads anew after a while.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_process_that_follows_nobody_shows_nothing_old_for_long(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let options = database(&shop).connect_options();
    let pool = MySqlPool::connect_with((*options).clone()).await.unwrap();
    let other = testing::open(pool, shop.folder.path()).await.unwrap();
    assert_eq!(settings::get(&other).await.unwrap().name, "Toko Uji");

    let renamed = Settings { name: "Toko Baru".to_owned(), ..shop.settings().await };
    settings::save(&shop, &shop.owner, renamed).await.unwrap();
    let seen = async {
        while settings::get(&other).await.unwrap().name != "Toko Baru" {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(9), seen).await.unwrap();
    other.close().await;
}

/// A visit is whoever the session or the key proves, and nobody else.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_visit_is_of_the_account_or_of_the_guests_cart(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    let guest = shop.cart(shirt, 3).await;
    let nobody = visits::of(&shop, None, None).await.unwrap();
    assert!(nobody.customer.is_none() && nobody.cart.is_none() && nobody.benefit.is_none());
    let stranger = visits::of(&shop, Some("no such session"), Some("no such cart")).await.unwrap();
    assert!(stranger.customer.is_none() && stranger.cart.is_none());
    let known = visits::of(&shop, Some("no such session"), Some(&guest)).await.unwrap();
    assert_eq!(known.cart.map(|cart| (cart.key, cart.units)), Some((guest.clone(), 3)));

    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let asked = SignInCustomer { email: siti.email.clone(), password: Password::typed(SHOPPER_PASSWORD) };
    let session = accounts::sign_in(&shop, asked, Some(&guest)).await.unwrap().token;
    let signed_in = visits::of(&shop, Some(&session), Some("another guest's")).await.unwrap();
    assert_eq!((signed_in.customer.map(|customer| customer.id), signed_in.benefit), (Some(siti.id), None));
    assert_eq!(signed_in.cart.map(|cart| cart.units), Some(3), "the guest's units are the account's");

    shop.become_member(&siti, &monthly).await;
    let ends_at = shop.membership(&siti).await.unwrap().ends_at;
    let benefit = visits::of(&shop, Some(&session), None).await.unwrap().benefit;
    assert_eq!(benefit.map(|benefit| benefit.percent_off), Some(BasisPoints::new(500)));
    // It ends with its instant, whether or not a job has been by.
    while shop.now().await.unwrap() < ends_at {
        assert!(visits::of(&shop, Some(&session), None).await.unwrap().benefit.is_some());
        shop.clock().advance(TimeDelta::days(1));
    }
    assert_eq!(visits::of(&shop, Some(&session), None).await.unwrap().benefit, None);
}
