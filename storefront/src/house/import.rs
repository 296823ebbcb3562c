//! Bringing goods and whole shops from elsewhere, from the command line.

use std::path::Path;
use std::process::ExitCode;

use domain::imports::FileForm;
use domain::locale::Locale;
use domain::staff::Staff;
use services::{Error, Shop, staff};

use crate::config::HouseArgs;
use crate::house::{House, HouseError};
use goods::GoodsArgs;
use reference::ReferenceArgs;

pub mod export;
mod goods;
mod reference;

/// The most bytes of a file.
const MOST_BYTES: u64 = 1 << 30;

/// What is brought.
#[derive(Clone, Debug, clap::Args)]
pub struct ImportArgs {
    #[command(subcommand)]
    pub what: Import,
}

/// Where it comes from.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Import {
    /// Products from a file of our own form, such as `storefront export products` writes.
    Products(GoodsArgs),
    /// Products from the file that Shopify exports.
    Shopify(GoodsArgs),
    /// Products from the file that WooCommerce exports.
    #[command(name = "woocommerce")]
    WooCommerce(GoodsArgs),
    /// Everything from the shop that Etalase replaces: goods, customers, orders, vouchers, memberships, reviews.
    Reference(ReferenceArgs),
}

/// Brings what is asked for, and tells it on stdout: 0 when everything is in, 2 when some was refused, 1 when nothing is in.
///
/// # Errors
/// One of [`HouseError`]. What was brought before the failure stays, and the same is run once more.
pub async fn run(args: ImportArgs) -> Result<ExitCode, HouseError> {
    match args.what {
        Import::Products(args) => goods::run(FileForm::Products, args).await,
        Import::Shopify(args) => goods::run(FileForm::Shopify, args).await,
        Import::WooCommerce(args) => goods::run(FileForm::WooCommerce, args).await,
        Import::Reference(args) => reference::run(args).await,
    }
}

/// A file's content, unless it is far too large.
async fn content(path: &Path) -> Result<Vec<u8>, HouseError> {
    let unreadable = |why: String| HouseError::Import(format!("{} cannot be read ({why})", path.display()));
    let about = tokio::fs::metadata(path).await.map_err(|error| unreadable(error.to_string()))?;
    if about.len() > MOST_BYTES {
        return Err(unreadable("it is larger than 1 GB".to_owned()));
    }
    tokio::fs::read(path).await.map_err(|error| unreadable(error.to_string()))
}

/// Opens the shop without its doors, and does something in its owner's name: whoever has the folder may.
async fn in_shop<T>(
    args: HouseArgs,
    work: impl AsyncFnOnce(&Shop, &Staff) -> Result<T, HouseError>,
) -> Result<T, HouseError> {
    let mut config = args.read()?;
    // Nobody is served, so no port is needed, and another process may have it.
    config.listen.set_port(0);
    let house = House::open(&config).await?;
    let done = match staff::owner(house.shop()).await {
        Ok(Some(owner)) => work(house.shop(), &owner).await,
        Ok(None) => Err(HouseError::Import(super::set_up::hint(&config))),
        Err(error) => Err(HouseError::Import(sentence(&error))),
    };
    house.stop().await;
    done
}

fn sentence(error: &Error) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(" ({cause})")).unwrap_or_default();
    format!("{}{cause}", error.message().text(Locale::English))
}
