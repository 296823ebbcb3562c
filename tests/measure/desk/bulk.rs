//! One change for many products, and its undo.

use std::time::Duration;

use domain::catalog::bulk::{Direction, Rounding, Step};
use domain::catalog::{ApplyBulk, BulkChange, ProductId, SeenProduct, UndoChange};
use domain::money::BasisPoints;
use services::{catalog, testing};

use super::timed;
use crate::figures::Figures;
use crate::kept::Running;
use crate::say;

/// How many products, unless the shop has fewer.
const PRODUCTS: u32 = 10_000;
const TIMES: usize = 3;
const LONGEST: Duration = Duration::from_secs(1);

/// Raises the price of every product, and takes that back.
pub(crate) async fn measure(running: &Running, figures: &mut Figures) {
    let (shop, owner) = (&running.shop, &running.owner);
    let (mut changed, mut undone) = (Vec::new(), Vec::new());
    let count = seen(running).await.len();
    for turn in 0..TIMES {
        let products = seen(running).await;
        let change = BulkChange::Price {
            direction: Direction::Down,
            by: Step::Percent(BasisPoints::new(700)),
            rounding: Rounding::To500,
        };
        let request = ApplyBulk { change, products, key: format!("measure-{turn}") };
        let (took, outcome) = timed(catalog::apply_bulk(shop, owner, request)).await;
        changed.push(took);
        let outcome = outcome.unwrap();
        let change_id = outcome.change_id.unwrap();
        let (took, answer) = timed(catalog::undo(shop, owner, UndoChange { change_id })).await;
        undone.push(took);
        let kept = answer.unwrap().kept.len();
        say::line(&format!("    {} changed, {} left out, {kept} kept", outcome.changed, outcome.left_out));
    }
    figures.times(&format!("a change of {count} products"), changed, LONGEST);
    figures.times("its undo", undone, LONGEST);
}

async fn seen(running: &Running) -> Vec<SeenProduct> {
    let sql = "select id, version from products order by id limit ?";
    let rows: Vec<(u64, u64)> =
        sqlx::query_as(sql).bind(PRODUCTS).fetch_all(&testing::database(&running.shop)).await.unwrap();
    let seen = |(id, version)| SeenProduct { product_id: ProductId::new(id), version };
    rows.into_iter().map(seen).collect()
}
