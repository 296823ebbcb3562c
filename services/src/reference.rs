//! The shop that Etalase replaces: all that it had is brought here, with the errors of its data corrected and told.
//!
//! Each thing is brought in a unit of work of its own, which also notes its number there. Whatever is noted is not brought
//! again: an import that was cut short is run once more, and a second run of the same data changes nothing.

use std::ops::ControlFlow;
use std::path::Path;

use domain::message::Message;
use domain::money::Currency;
use domain::reference::Report;
use domain::staff::{Permission, Staff};
use tracing::instrument;

use crate::Shop;
use crate::error::{Error, Result};
use crate::imports::Watch;
use crate::settings;

mod carts;
mod front;
mod goods;
mod live;
mod loyalty;
mod orders;
mod people;
mod pictures;
mod queries;
mod reviews;
mod rows;
mod run;

pub use live::live;
pub use rows::Former;
use run::Run;

/// How an import is done.
#[derive(Clone, Copy, Debug, Default)]
pub struct HowTo<'a> {
    /// The folder with the former shop's pictures.
    pub pictures: Option<&'a Path>,
    /// Only look what would happen, and write nothing.
    pub is_check: bool,
}

/// Brings all that the former shop had, or says what would happen.
///
/// `Refused(NotInRupiah)` when this shop counts in another currency; an outage ends the import, which is then run again.
pub async fn import(shop: &Shop, staff: &Staff, former: &Former, how: HowTo<'_>) -> Result<Report> {
    import_watched(shop, staff, former, how, &|_, _| ControlFlow::Continue(())).await
}

/// How many steps an import has, for who watches it.
const STEPS: u32 = 8;

/// The same under the eyes of somebody who hears of each step, and may call the rest off.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn import_watched(
    shop: &Shop,
    staff: &Staff,
    former: &Former,
    how: HowTo<'_>,
    watch: &Watch<'_>,
) -> Result<Report> {
    for permission in [
        Permission::ChangeSettings,
        Permission::ChangeCatalog,
        Permission::ChangeStock,
        Permission::ManageVouchers,
        Permission::ManageMemberships,
        Permission::MoveOrders,
    ] {
        staff.require(permission)?;
    }
    let settings = settings::get(shop).await?;
    if settings.currency != Currency::Rupiah {
        return Err(Error::Refused(Message::NotInRupiah));
    }
    let mut conn = shop.db.acquire().await?;
    let known = queries::all(&mut conn).await?;
    let now = shop.clock.now(&mut conn).await?;
    drop(conn);
    let known = known.into_iter().filter_map(|row| Some(((word_of(&row.kind)?, row.former_number), row.here)));
    let mut run = Run {
        shop,
        staff,
        former,
        pictures: how.pictures,
        is_check: how.is_check,
        settings,
        now,
        report: Report::default(),
        known: known.collect(),
    };

    let is_called_off = |done: u32| watch(done, STEPS).is_break();
    if is_called_off(0) {
        return Ok(run.report);
    }
    front::bring(&mut run).await?;
    let people = people::bring(&mut run).await?;
    if is_called_off(1) {
        return Ok(run.report);
    }
    loyalty::vouchers::bring(&mut run).await?;
    loyalty::plans::bring(&mut run).await?;
    let mut goods = goods::plan(&mut run);
    let bought = orders::plan(&mut run, &people, &mut goods);
    if is_called_off(2) {
        return Ok(run.report);
    }
    goods::bring(&mut run, &goods, &bought).await?;
    if is_called_off(3) {
        return Ok(run.report);
    }
    pictures::bring(&mut run, &goods).await?;
    if is_called_off(4) {
        return Ok(run.report);
    }
    orders::bring(&mut run, &bought, &people).await?;
    if is_called_off(5) {
        return Ok(run.report);
    }
    loyalty::kept::bring(&mut run, &people).await?;
    loyalty::members::bring(&mut run, &people).await?;
    if is_called_off(6) {
        return Ok(run.report);
    }
    reviews::bring(&mut run, &people).await?;
    if is_called_off(7) {
        return Ok(run.report);
    }
    carts::bring(&mut run, &goods).await?;
    Ok(run.report)
}

/// What things are remembered as.
const WORDS: [&str; 18] = [
    "setting",
    "category",
    "product",
    "stock",
    "product_stock",
    "stand_in",
    "stand_in_stock",
    "picture",
    "customer",
    "staff",
    "voucher",
    "plan",
    "membership",
    "purchase",
    "order",
    "kept_voucher",
    "review",
    "cart",
];

/// What says that a row was read from a database, which never kept a password in clear.
const IS_LIVE: &str = "read from a database";

fn word_of(kind: &str) -> Option<&'static str> {
    WORDS.iter().find(|word| **word == kind).copied()
}
