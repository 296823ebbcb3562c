//! A shop for tests, on a database that they are handed. Everything in it was made through services.

use std::path::Path;
use std::sync::Arc;

use domain::command::ShopCommand;
use domain::jobs::JobName;
use domain::locale::Locale;
use domain::mail::LetterId;
use domain::money::Currency;
use domain::setup::{SetUpShop, StartWith};
use domain::staff::Staff;
use domain::text::Password;
use sqlx::MySqlPool;

pub use crate::gateways::untrusted;

use crate::error::{Error, Result};
use crate::jobs::{self, Board};
use crate::lead::{Lease, Stop};
use crate::mail::Composed;
use crate::{OpenError, Shop, commands, letters, setup};

/// The password of [`owner`].
pub const PASSWORD: &str = "a long test password";

/// A shop on a database whose schema is up to date.
pub async fn open(db: MySqlPool, data_dir: &Path) -> Result<Shop> {
    let options = db.connect_options();
    db.close().await;
    let pool = crate::database::pool_options(20).connect_with((*options).clone()).await?;
    Shop::on(pool, data_dir, "http://127.0.0.1:1").await
}

/// Brings the schema of a database up to date, as the opening of a shop does.
///
/// # Errors
/// Those of an opening.
pub async fn migrate(url: &str) -> std::result::Result<(), OpenError> {
    let pool = crate::database::connect(url, 1).await?;
    crate::database::migrate(&pool).await?;
    pool.close().await;
    Ok(())
}

/// The owner of a shop that is set up by this call.
pub async fn owner(shop: &Shop) -> Result<Staff> {
    let request = SetUpShop {
        owner_name: "Ratna Dewi".to_owned(),
        email: "ratna@example.com".to_owned(),
        password: Password::typed(PASSWORD),
        shop_name: "Toko Uji".to_owned(),
        currency: Currency::Rupiah,
        locale: Locale::Indonesian,
        start_with: StartWith::Empty,
    };
    setup::create_owner(shop, request).await
}

/// The shop's connections, for a test that must look at rows which no service shows.
pub fn database(shop: &Shop) -> MySqlPool {
    shop.db.pool().clone()
}

/// Gives a command to its function although the sender may not have the permission that the table names.
///
/// # Errors
/// What the function itself says.
pub async fn unchecked(shop: &Shop, staff: &Staff, command: ShopCommand) -> Result<serde_json::Value> {
    commands::run(shop, staff, command).await
}

/// A letter's words, as they are sent.
///
/// # Errors
/// When there is no such letter, or nobody finds words.
pub async fn letter_words(shop: &Shop, letter: LetterId) -> Result<Composed> {
    letters::words(shop, letter).await
}

/// A process that was given the lease, and may sleep with it for as long as a test wants.
pub struct Leader {
    shop: Shop,
    lease: Arc<Lease>,
}

/// Takes the lease if it is free by the shop's clock.
pub async fn lead(shop: &Shop, name: &str) -> Result<Leader> {
    let lease = Lease::take(shop, name).await?.ok_or(Error::LeaseLost)?;
    Ok(Leader { shop: shop.clone(), lease: Arc::new(lease) })
}

impl Leader {
    /// Runs one job, due or not, under the lease as it was given.
    pub async fn run(&self, job: JobName) -> Result<()> {
        let board = Board::read(&self.shop).await?;
        jobs::run_behind(&self.shop, &self.lease, &board, vec![job], &Stop::default()).await
    }
}
