//! A believable shop of any size, the same for the same seed: goods, people, three years of orders with all that belongs to
//! them, and reviews.
//!
//! The goods come by the shop's own import. What happened since is written in bulk, as the shop would have written it: every
//! order is priced by its engine, and the nightly checks look through the result.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Instant;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::customers::RegisterCustomer;
use domain::imports::{FileForm, Verdict};
use domain::jobs::JobName;
use domain::locale::Locale;
use domain::media::WIDTHS;
use domain::money::{BasisPoints, Money};
use domain::payments::PaymentMethod;
use domain::pricing::{VoucherKind, VoucherTerms};
use domain::settings::Settings;
use domain::staff::Staff;
use domain::text::Password;
use domain::vouchers::SaveVoucher;
use services::imports::{self, Fetcher, Import, Mapping, Pictures, Reach};
use services::{Shop, customers, media, settings, testing, vouchers};
use sqlx::{AssertSqlSafe, Executor as _, MySqlPool};

use self::goods::{Good, Item};
use self::orders::World;
use self::planning::{Planned, Span};

mod draw;
pub(crate) mod goods;
mod orders;
mod people;
mod planning;
mod rows;
mod shelf;
mod words;

/// How many vouchers there are.
const VOUCHERS: usize = 12;
/// How many of the demo's drawings the goods share.
const PICTURES: usize = 16;
/// For how long the shop has been open.
const DAYS: i64 = 3 * 365;
/// The password of everybody with an account.
const PASSWORD: &str = "a password of the measuring shop";

/// How much there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) products: usize,
    pub(crate) orders: usize,
    pub(crate) customers: usize,
    pub(crate) reviews: usize,
    pub(crate) seed: u64,
}

/// Fills a shop in which nothing is but its owner; `say` hears what was done.
pub(crate) async fn fill(shop: &Shop, owner: &Staff, size: Size, say: &(dyn Fn(&str) + Sync)) {
    let db = testing::database(shop);
    let span = span(shop.now().await.unwrap());
    let steps = Steps { began: Instant::now(), say };
    let wanted = Settings {
        payment_methods: vec![PaymentMethod::Demo, PaymentMethod::CashOnDelivery],
        ..Settings::clone(&*settings::get(shop).await.unwrap())
    };
    settings::save(shop, owner, wanted).await.unwrap();
    let pictures = pictures(shop, owner).await;
    let vouchers = make_vouchers(shop, owner).await;
    let goods = goods::drawn(size.seed, 0..size.products, pictures.len());
    let people = people::drawn(size.seed, size.customers, span.from, span.seconds());
    let planned = planning::drawn(size.seed, span, size.orders, &goods, people.len());
    steps.done("planned");

    take_in(shop, owner, &goods, &pictures, &planned).await;
    age(&db, span, goods.len()).await;
    let variants = shelf::read(&db, &goods).await;
    steps.done(&format!("{} products of {} variants", goods.len(), variants.len()));

    let (before, hash) = one_account(shop, &db).await;
    people::write(&mut db.acquire().await.unwrap(), &people, before, &hash).await;
    steps.done(&format!("{} customers", people.len()));

    let settings = settings::get(shop).await.unwrap();
    let world = World { settings: &settings, variants: &variants, people: &people, before, vouchers: &vouchers };
    orders::write(&db, &world, &planned).await;
    steps.done(&format!("{} orders", planned.len()));
    orders::review(&db, &world, &planned, size.reviews, size.seed, span.to).await;
    steps.done("reviews");

    let leader = testing::lead(shop, "filling").await.unwrap();
    for job in [JobName::RefreshPopularity, JobName::CheckStock, JobName::CheckVouchers] {
        leader.run(job).await.unwrap();
    }
    let found: i64 = sqlx::query_scalar("select count(*) from stock_discrepancies").fetch_one(&db).await.unwrap();
    assert_eq!(found, 0, "the shelves do not add up");
    let failed = "select count(*) from job_schedule where last_error is not null";
    let failed: i64 = sqlx::query_scalar(failed).fetch_one(&db).await.unwrap();
    assert_eq!(failed, 0, "a nightly check failed");
    steps.done("checked");
}

/// Says how long each step took.
struct Steps<'a> {
    began: Instant,
    say: &'a (dyn Fn(&str) + Sync),
}

impl Steps<'_> {
    fn done(&self, what: &str) {
        (self.say)(&format!("  {:6.1} s  {what}", self.began.elapsed().as_secs_f64()));
    }
}

/// Three years that end now, so that there are orders of every age.
fn span(now: DateTime<Utc>) -> Span {
    let to = now - TimeDelta::minutes(1);
    let from = (to - TimeDelta::days(DAYS)).date_naive().and_time(NaiveTime::MIN).and_utc();
    Span { from, to }
}

/// Some drawings of the demo shop, by their keys.
async fn pictures(shop: &Shop, owner: &Staff) -> Vec<String> {
    let mut files: HashMap<String, Vec<(u32, &'static [u8])>> = HashMap::new();
    for (name, bytes) in seed::picture_files() {
        for width in WIDTHS {
            if let Some(key) = name.strip_suffix(&format!("-{width}.webp")) {
                files.entry(key.to_owned()).or_default().push((width, bytes));
            }
        }
    }
    let mut keys: Vec<String> = files.keys().cloned().collect();
    keys.sort_unstable();
    keys.truncate(PICTURES);
    for key in &keys {
        media::adopt(shop, owner, key, &files[key]).await.unwrap();
    }
    keys
}

async fn make_vouchers(shop: &Shop, owner: &Staff) -> Vec<(u64, String, VoucherTerms)> {
    let mut made = Vec::new();
    for at in 0..VOUCHERS {
        let step = u32::try_from(at).unwrap() + 1;
        let kind = match at % 3 {
            0 => VoucherKind::Percent(BasisPoints::new(step * 150)),
            1 => VoucherKind::Fixed(Money::minor(i64::from(step) * 5_000)),
            _ => VoucherKind::FreeDelivery,
        };
        let mut wanted = SaveVoucher::for_everybody(&format!("HEMAT{step:02}"), kind);
        wanted.terms.minimum_purchase = Money::minor(i64::from(step) * 10_000);
        let terms = wanted.terms.clone();
        let row = vouchers::save(shop, owner, wanted).await.unwrap();
        made.push((row.voucher.id.get(), row.voucher.code.as_str().to_owned(), terms));
    }
    made
}

/// The goods come as a file, with as many units as stay and as orders take away.
async fn take_in(shop: &Shop, owner: &Staff, goods: &[Good], pictures: &[String], planned: &[Planned]) {
    let mut taken: HashMap<&str, u32> = HashMap::new();
    let skus: Vec<&str> = goods.iter().flat_map(|good| &good.items).map(|item| item.sku.as_str()).collect();
    for (variant, quantity) in planned.iter().filter(|planned| !is_free(planned)).flat_map(|planned| &planned.lines) {
        *taken.entry(skus[*variant]).or_default() += quantity;
    }
    let received = |item: &Item| item.left + taken.get(item.sku.as_str()).copied().unwrap_or_default();
    let bytes = goods::file(goods, pictures, &received);
    let file = imports::read(shop, FileForm::Products, bytes, Mapping::new()).await.unwrap();
    let pictures = Pictures { files: None, fetcher: &Fetcher::new(Reach::Internet) };
    let import = Import { file: &file, pictures, name: "goods.csv", watch: &|_, _| ControlFlow::Continue(()) };
    let report = imports::apply(shop, owner, import).await.unwrap();
    let others = report.products.iter().find(|product| product.verdict != Verdict::New);
    assert!(others.is_none(), "a product was not taken in: {others:?}");
    assert_eq!((report.products.len(), report.missing_pictures.len()), (goods.len(), 0));
}

/// Whether its units never left the shelf, and are not promised.
fn is_free(planned: &Planned) -> bool {
    planned.sold_at().is_none() && planned.is_called_off()
}

/// The goods came into the shop one after the other, and were changed since.
async fn age(db: &MySqlPool, span: Span, count: usize) {
    let mut conn = db.acquire().await.unwrap();
    let first: u64 = sqlx::query_scalar("select min(id) from products").fetch_one(&mut *conn).await.unwrap();
    let mut cases = rows::Rows::new("made (id, made_at)");
    for place in 0..count {
        cases.add().number(first + place as u64).at(span.made_at(place, count));
    }
    let now = span.to.format("%Y-%m-%d %H:%M:%S");
    conn.execute("create temporary table made (id bigint unsigned not null primary key, made_at datetime(6) not null)")
        .await
        .unwrap();
    cases.write(&mut conn).await;
    let updated = format!(
        "update products p join made m on m.id = p.id
         set p.created_at = m.made_at,
             p.updated_at = timestampadd(second, timestampdiff(second, m.made_at, '{now}') * (m.id * 7919 % 1000) / 1000,
                                         m.made_at)"
    );
    for sql in [
        updated.as_str(),
        "update stock_movements l join stock s on s.variant_id = l.variant_id join made m on m.id = s.product_id
         set l.created_at = m.made_at",
        "drop temporary table made",
    ] {
        conn.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    }
}

/// Somebody with an account, made by the shop; the hash of the password is everybody's.
async fn one_account(shop: &Shop, db: &MySqlPool) -> (u64, String) {
    let wanted = RegisterCustomer {
        name: "Pelanggan Pertama".to_owned(),
        email: "pelanggan@example.com".to_owned(),
        password: Password::typed(PASSWORD),
        locale: Locale::Indonesian,
    };
    customers::accounts::register(shop, wanted, None).await.unwrap();
    let sql = "select customer_id, cast(password_hash as char) from accounts";
    sqlx::query_as(sql).fetch_one(db).await.unwrap()
}
