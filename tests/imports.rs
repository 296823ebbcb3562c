//! Goods from files and to files.

use std::ops::ControlFlow;

use domain::imports::{Counts, ExportWhat, FileForm, ImportReport, Verdict};
use domain::message::Message;
use services::Result;
use services::imports::{self, Fetcher, GoodsFile, Import, Mapping, Pictures, Reach};

use crate::shop::TestShop;

mod at_desk;
mod bad_rows;
mod command_line;
mod fetching;
mod forms;
mod round_trip;
mod stock;
mod taken_back;
mod together;
mod undoing;

/// Reads a file of that form.
async fn read(shop: &TestShop, form: FileForm, text: &str) -> GoodsFile {
    imports::read(shop, form, text.as_bytes().to_vec(), Mapping::new()).await.unwrap()
}

/// Takes a file in, or only says what would happen.
async fn bring(shop: &TestShop, file: &GoodsFile, is_check: bool) -> Result<ImportReport> {
    bring_from(shop, file, Reach::Internet, is_check).await
}

/// The same, with pictures of that reach.
async fn bring_from(shop: &TestShop, file: &GoodsFile, reach: Reach, is_check: bool) -> Result<ImportReport> {
    let pictures = Pictures { files: None, fetcher: &Fetcher::new(reach) };
    let import = Import { file, pictures, name: "goods.csv", watch: &|_, _| ControlFlow::Continue(()) };
    match is_check {
        true => imports::check(shop, &shop.owner, import).await,
        false => imports::apply(shop, &shop.owner, import).await,
    }
}

/// Reads a file and takes it in.
async fn apply(shop: &TestShop, form: FileForm, text: &str) -> ImportReport {
    bring(shop, &read(shop, form, text).await, false).await.unwrap()
}

/// All goods as a file.
async fn export(shop: &TestShop) -> String {
    export_of(shop, ExportWhat::All).await
}

async fn export_of(shop: &TestShop, what: ExportWhat) -> String {
    let mut text = Vec::new();
    imports::export(shop, &shop.owner, what, |bytes| {
        text.extend_from_slice(bytes);
        Ok(())
    })
    .await
    .unwrap();
    String::from_utf8(text).unwrap()
}

/// Counts of new, changed, unchanged and refused products.
fn counts(report: &ImportReport) -> [u32; 4] {
    let Counts { new, changed, unchanged, refused, not_reached } = report.counts();
    assert_eq!(not_reached, 0, "{report:?}");
    [new, changed, unchanged, refused]
}

/// All that is wrong, by line and column.
fn troubles(report: &ImportReport) -> Vec<(u32, String, Message)> {
    report.troubles().map(|it| (it.line, it.column.clone(), it.message.clone())).collect()
}

/// A print of every table.
async fn tables(shop: &TestShop) -> Vec<(String, Option<i64>)> {
    let database = services::testing::database(shop);
    let tables = "select table_name from information_schema.tables where table_schema = database() order by 1";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&database).await.unwrap();
    let sql = sqlx::AssertSqlSafe(format!("checksum table {}", tables.join(", ")));
    sqlx::query_as(sql).fetch_all(&database).await.unwrap()
}

/// What became of the product of that name.
fn verdict<'a>(report: &'a ImportReport, name: &str) -> &'a Verdict {
    &report.products.iter().find(|product| product.name == name).unwrap().verdict
}
