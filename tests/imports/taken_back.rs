//! Whatever a file does, taking it back gives every table what it had, but for the history and what counts changes.

use domain::catalog::{ChangeState, ListChanges, UndoChange};
use domain::imports::FileForm;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use services::catalog;
use sqlx::MySqlPool;

use super::{apply, counts};
use crate::shop::TestShop;

const ROUNDS: usize = 24;
const PRODUCTS: usize = 40;
const COLOURS: [&str; 4] = ["Merah", "Biru", "Hijau", "Kuning"];
const NAMES: [&str; 4] = ["Kemeja", "Kemeja Linen", "Teko", "Gelas Kaca"];
const SHELVES: [&str; 5] = ["", "Atasan", "Atasan > Kaos", "Dapur", "Dapur > Minum > Kopi"];
/// What of the goods there is.
const TABLES: [&str; 11] = [
    "categories",
    "old_addresses",
    "option_values",
    "product_options",
    "product_pictures",
    "product_texts",
    "products",
    "related_products",
    "stock",
    "variant_values",
    "variants",
];
/// What counts changes.
const COUNTERS: [&str; 2] = ["updated_at", "version"];

fn one_of<'a>(rng: &mut StdRng, of: &[&'a str]) -> &'a str {
    of[rng.random_range(0..of.len())]
}

/// A file about some products, known and new ones, each in some colours; it says more or less of them.
fn file(rng: &mut StdRng) -> String {
    let has_stock = rng.random_range(0..3) > 0;
    let has_words = rng.random_range(0..3) > 0;
    let mut text = "product,option1:id,option1_values:id,sku,option1_value:id,price,sale_price,weight_grams".to_owned();
    text.push_str(if has_words { ",name:id,description:id,category_path:id,related,status" } else { ",name:id" });
    text.push_str(if has_stock { ",stock\n" } else { "\n" });
    for number in 0..PRODUCTS {
        if rng.random_range(0..4) > 0 {
            continue;
        }
        let colours: Vec<&str> = COLOURS.into_iter().filter(|_| rng.random_range(0..2) == 0).collect();
        for (at, colour) in colours.iter().enumerate() {
            let price = rng.random_range(10..99) * 1_000;
            let sale = if rng.random_range(0..3) == 0 { (price / 2).to_string() } else { String::new() };
            let weight = rng.random_range(1..9) * 100;
            let (option, values) = if at == 0 { ("Warna", colours.join("|")) } else { ("", String::new()) };
            text.push_str(&format!(
                "barang-{number},{option},{values},B{number}-{colour},{colour},{price},{sale},{weight}"
            ));
            let name = if at == 0 { format!("{} {number}", one_of(rng, &NAMES)) } else { String::new() };
            text.push_str(&format!(",{name}"));
            if has_words && at == 0 {
                let related = format!("barang-{}", rng.random_range(0..PRODUCTS));
                let (shelf, status) = (one_of(rng, &SHELVES), one_of(rng, &["active", "draft", "archived"]));
                text.push_str(&format!(",Bagus {price},{shelf},{related},{status}"));
            } else if has_words {
                text.push_str(",,,,");
            }
            if has_stock {
                text.push_str(&format!(",{}", rng.random_range(0..9)));
            }
            text.push('\n');
        }
    }
    text
}

/// Every row of the goods, but for what counts changes.
async fn rows(shop: &TestShop) -> Vec<String> {
    let database = services::testing::database(shop);
    let mut all = Vec::new();
    for table in TABLES {
        let columns: Vec<String> = sqlx::query_scalar(
            "select cast(column_name as char) from information_schema.columns
             where table_schema = database() and table_name = ? order by ordinal_position",
        )
        .bind(table)
        .fetch_all(&database)
        .await
        .unwrap();
        let told: Vec<_> =
            columns.iter().filter(|it| !COUNTERS.contains(&it.as_str())).map(|it| format!("quote(`{it}`)")).collect();
        // A variant that had units is sold no more and stays, as long as the ledger tells of it.
        let of = match table {
            "variants" => " where retired_at is null",
            "stock" => " where variant_id in (select id from variants where retired_at is null)",
            _ => "",
        };
        let sql = format!("select concat_ws(' ', {}) from {table}{of} order by 1", told.join(", "));
        let found: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&database).await.unwrap();
        all.extend(found.into_iter().map(|row| format!("{table}: {row}")));
    }
    all
}

/// Checklist 100.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn whatever_a_file_did_is_undone_row_by_row(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut rng = StdRng::seed_from_u64(20_261_130);
    apply(&shop, FileForm::Products, &file(&mut rng)).await;
    let (mut made, mut changed) = (0, 0);
    for round in 0..ROUNDS {
        let before = rows(&shop).await;
        let text = file(&mut rng);
        let [new, other, ..] = counts(&apply(&shop, FileForm::Products, &text).await);
        (made, changed) = (made + new, changed + other);
        if new + other == 0 {
            continue;
        }
        // Every other file stays, so that the next one meets other goods.
        if round % 2 == 1 {
            continue;
        }
        let newest = catalog::changes(&shop, &shop.owner, ListChanges { after: None }).await.unwrap().rows.remove(0);
        let undone = catalog::undo(&shop, &shop.owner, UndoChange { change_id: newest.id }).await.unwrap();
        let ChangeState::Undone { totals, .. } = undone.change.state else { panic!("{undone:?}") };
        assert_eq!((totals.partly, totals.kept), (0, 0), "{text}\n{:?}", undone.kept);
        let after = rows(&shop).await;
        let gone: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
        let came: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
        assert_eq!((gone, came), (Vec::new(), Vec::new()), "round {round}, after taking back\n{text}");
        shop.assert_stock_adds_up().await;
    }
    assert!(made >= 20 && changed >= 40, "the files did too little: {made} made, {changed} changed");
}
