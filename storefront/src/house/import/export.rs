//! All products to a file, from the command line.

use std::path::PathBuf;

use domain::imports::ExportWhat;
use services::imports;

use super::{in_shop, sentence};
use crate::config::HouseArgs;
use crate::house::{HouseError, WholeFile};
use crate::texts::Files;

/// What is written to a file.
#[derive(Clone, Debug, clap::Args)]
pub struct ExportArgs {
    #[command(subcommand)]
    pub what: Export,
}

/// What is written to a file.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Export {
    /// All products, in the form that `storefront import products` reads without any loss.
    Products(ToFile),
}

/// Where it is written.
#[derive(Clone, Debug, clap::Args)]
pub struct ToFile {
    #[command(flatten)]
    pub house: HouseArgs,

    /// The file. One that is there is replaced as soon as the new one is whole.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Writes what is asked for, and tells on stdout how much it was.
///
/// # Errors
/// One of [`HouseError`]; a file that was there is as it was then.
#[expect(clippy::print_stdout, reason = "the answer to whoever asked for it")]
pub async fn run(args: ExportArgs) -> Result<(), HouseError> {
    let Export::Products(ToFile { house, file }) = args.what;
    let unwritable =
        |error: std::io::Error| HouseError::Import(format!("{} cannot be written ({error})", file.display()));
    in_shop(house, async |shop, owner| {
        let mut whole = WholeFile::begin(&file).map_err(unwritable)?;
        let count = imports::export(shop, owner, ExportWhat::All, |bytes| whole.write_all(bytes)).await;
        let count = count.map_err(|error| HouseError::Import(sentence(&error)))?;
        whole.finish().map_err(unwritable)?;
        println!("{}", Files::Written { count, file: file.display().to_string() }.text(owner.locale));
        Ok(())
    })
    .await
}
