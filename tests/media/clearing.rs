//! What nothing shows is thrown away some weeks later, and nothing else; a crash at any moment leaves nothing wrong.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, SystemTime};

use chrono::TimeDelta;
use domain::catalog::{CreateProduct, NewPicture};
use domain::jobs::{JobName, RunJob};
use domain::locale::Translated;
use domain::payments::PaymentMethod;
use services::{catalog, jobs, media, testing};
use sqlx::MySqlPool;

use super::scene::{jpeg, scene};
use crate::shop::{TestShop, product};
use crate::waiting::{until, until_blocked};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn take(shop: &TestShop, height: u32) -> String {
    media::take(shop, &shop.owner, jpeg(&scene((300, height)))).await.unwrap().picture.key
}

async fn clear(shop: &TestShop) {
    jobs::run_now(shop, &shop.owner, RunJob { job: JobName::ClearPictures }).await.unwrap();
    jobs::run_due_work(shop).await.unwrap();
    let board = jobs::board(shop, &shop.owner).await.unwrap();
    let state = board.jobs.into_iter().find(|state| state.job == JobName::ClearPictures).unwrap();
    assert_eq!(state.last.unwrap().error, None);
}

fn files(dir: &Path) -> BTreeSet<String> {
    std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn names(keys: &[&String]) -> BTreeSet<String> {
    keys.iter().map(|key| format!("{key}-300.webp")).collect()
}

/// Lets the files lie there as if written that long ago.
fn age(dir: &Path, by: Duration) {
    for name in files(dir) {
        let file = std::fs::File::options().append(true).open(dir.join(name)).unwrap();
        file.set_modified(SystemTime::now() - by).unwrap();
    }
}

/// Checklist 98. Pitfall B12. A picture stays while a product, a category or an order names it, and a month longer.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn only_what_nothing_shows_is_thrown_away_and_not_at_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let database = testing::database(&shop);
    let [shown, ordered, of_category, never, let_go] = [
        take(&shop, 401).await,
        take(&shop, 402).await,
        take(&shop, 403).await,
        take(&shop, 404).await,
        take(&shop, 405).await,
    ];
    let picture = |key: &String| NewPicture { key: key.clone(), alt: Translated::same("Kemeja"), shows: None };
    let with = |sku, key: &String| CreateProduct { pictures: vec![picture(key)], ..product(sku, 100_000) };
    catalog::create(&shop, &shop.owner, with("SHOWN", &shown), None).await.unwrap();
    catalog::create(&shop, &shop.owner, with("ORDERED", &ordered), None).await.unwrap();
    catalog::create(&shop, &shop.owner, with("LET-GO", &let_go), None).await.unwrap();
    let category = catalog::create_category(&shop, &shop.owner, crate::shop::category("atasan")).await.unwrap();
    sqlx::query("update categories set picture_id = (select id from pictures where picture_key = ?) where id = ?")
        .bind(&of_category)
        .bind(category.get())
        .execute(&database)
        .await
        .unwrap();
    let variant = shop.stocked("ORDERED", 2).await;
    shop.order(variant, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let all = [&shown, &ordered, &of_category, &never, &let_go];
    clear(&shop).await;
    assert_eq!(files(shop.picture_dir()), names(&all));

    shop.clock().advance(TimeDelta::days(20));
    for key in [&ordered, &let_go] {
        sqlx::query("update variants set shown_picture = null").execute(&database).await.unwrap();
        let gone = "delete from product_pictures where picture_id = (select id from pictures where picture_key = ?)";
        sqlx::query(gone).bind(key).execute(&database).await.unwrap();
    }
    clear(&shop).await;
    shop.clock().advance(TimeDelta::days(20));
    clear(&shop).await;
    assert_eq!(files(shop.picture_dir()), names(&[&shown, &ordered, &of_category, &let_go]), "40 days after it came");

    shop.clock().advance(TimeDelta::days(20));
    clear(&shop).await;
    assert_eq!(files(shop.picture_dir()), names(&[&shown, &ordered, &of_category]), "40 days after it was let go");
    assert_eq!(shop.count("select count(*) from pictures").await, 3);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn whoever_brings_an_old_picture_again_has_it_for_as_long_as_a_new_one(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let key = take(&shop, 401).await;
    shop.clock().advance(TimeDelta::days(34));
    assert_eq!(take(&shop, 401).await, key);
    shop.clock().advance(TimeDelta::days(34));
    clear(&shop).await;
    assert_eq!(files(shop.picture_dir()), names(&[&key]));
    shop.clock().advance(TimeDelta::days(2));
    clear(&shop).await;
    assert_eq!(files(shop.picture_dir()), BTreeSet::new());
    assert_eq!(take(&shop, 401).await, key, "and it can come back");
    assert_eq!(files(shop.picture_dir()), names(&[&key]));
}

/// Pitfall B12. A process that dies between the files and the row leaves files that no page names, and the job finds them.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_crash_between_the_files_and_the_row_leaves_nothing_wrong(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let stays = take(&shop, 401).await;
    let mut other = testing::database(&shop).acquire().await.unwrap();
    sqlx::raw_sql("lock tables pictures read").execute(&mut *other).await.unwrap();
    let (clone, owner) = ((*shop).clone(), shop.owner.clone());
    let dies = tokio::spawn(async move { media::take(&clone, &owner, jpeg(&scene((300, 402)))).await });
    until(async || files(shop.picture_dir()).len() == 2).await;
    dies.abort();
    assert!(dies.await.is_err(), "it died before its row");
    sqlx::raw_sql("unlock tables").execute(&mut *other).await.unwrap();
    std::fs::write(shop.picture_dir().join(format!("{stays}-300.webp.part-0123456789abcdef")), "half").unwrap();
    std::fs::write(shop.picture_dir().join("notes.txt"), "of somebody else").unwrap();
    assert_eq!(shop.count("select count(*) from pictures").await, 1);

    clear(&shop).await;
    assert_eq!(files(shop.picture_dir()).len(), 4, "what is new may be under way");
    age(shop.picture_dir(), DAY * 2);
    clear(&shop).await;

    let mut expected = names(&[&stays]);
    expected.insert("notes.txt".to_owned());
    assert_eq!(files(shop.picture_dir()), expected);
    assert_eq!(shop.count("select count(*) from pictures").await, 1);
    let again = take(&shop, 402).await;
    assert!(files(shop.picture_dir()).contains(&format!("{again}-300.webp")));
}

/// Who takes a picture in while it is thrown away has its files afterwards.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_picture_that_comes_while_it_is_thrown_away_is_whole(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let key = take(&shop, 401).await;
    let database = testing::database(&shop);
    let mut clearing = database.begin().await.unwrap();
    sqlx::query("delete from pictures where picture_key = ?").bind(&key).execute(&mut *clearing).await.unwrap();
    let (clone, owner) = ((*shop).clone(), shop.owner.clone());
    let comes = tokio::spawn(async move { media::take(&clone, &owner, jpeg(&scene((300, 401)))).await.unwrap() });
    // It waits for the row.
    until_blocked(&shop, 1).await;
    std::fs::remove_file(shop.picture_dir().join(format!("{key}-300.webp"))).unwrap();
    clearing.commit().await.unwrap();

    assert_eq!(comes.await.unwrap().picture.key, key);
    assert_eq!(files(shop.picture_dir()), names(&[&key]));
    assert_eq!(shop.count("select count(*) from pictures").await, 1);
}
