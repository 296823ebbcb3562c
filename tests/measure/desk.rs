//! The desk on a full shop: what staff wait for, and how long.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use domain::catalog::ProductId;
use services::testing;

use crate::figures::Figures;
use crate::kept::{self, Running};
use crate::options::{Data, Part};
use crate::say;

mod bulk;
mod editing;
mod importing;
mod listing;
pub(crate) mod photograph;

/// What anybody waits for a page of a list, or for a product to open or to be saved.
const A_MOMENT: Duration = Duration::from_millis(50);

/// Measures on a copy of the shop, all of it or only some parts; fails when anything takes longer than it may.
pub(crate) async fn measure(data: &Data, only: &[Part], report: &Path) -> ExitCode {
    let running = kept::copy(data).await;
    let mut figures = Figures::default();
    figures.note("shop", running.about.clone());
    say::line(&format!("  {}", running.about));
    Figures::head();
    let is_wanted = |part| only.is_empty() || only.contains(&part);
    if is_wanted(Part::Lists) {
        listing::measure(&running, &mut figures).await;
    }
    if is_wanted(Part::Editor) {
        editing::measure(&running, &mut figures).await;
    }
    if is_wanted(Part::Bulk) {
        bulk::measure(&running, &mut figures).await;
    }
    if is_wanted(Part::Imports) {
        importing::measure(&running, &mut figures).await;
    }
    if is_wanted(Part::Pictures) {
        photograph::measure(&running, &mut figures).await;
    }
    let folder = running.folder().to_owned();
    running.stop().await;
    std::fs::remove_dir_all(folder).unwrap();
    if figures.write(report) == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How long it takes, and what comes of it.
async fn timed<T>(what: impl Future<Output = T>) -> (Duration, T) {
    let began = Instant::now();
    let came = what.await;
    (began.elapsed(), came)
}

/// Some products, from everywhere in the shop.
async fn some_products(running: &Running, count: usize) -> Vec<ProductId> {
    let db = testing::database(&running.shop);
    let all: Vec<u64> = sqlx::query_scalar("select id from products order by id").fetch_all(&db).await.unwrap();
    let step = (all.len() / count).max(1);
    all.into_iter().step_by(step).take(count).map(ProductId::new).collect()
}
