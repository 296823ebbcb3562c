//! Bringing goods and whole shops from elsewhere, from the command line.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use domain::locale::Locale;
use domain::message::Message;
use domain::reference::Report;
use domain::staff::Staff;
use services::reference::{self, Former, HowTo};
use services::{Error, Shop, staff};

use crate::config::HouseArgs;
use crate::house::{House, HouseError};

/// The most bytes of a file.
const MOST_BYTES: u64 = 1 << 30;
/// Some of it did not come; what, is listed.
const SOME_REFUSED: u8 = 2;

/// What is brought.
#[derive(Clone, Debug, clap::Args)]
pub struct ImportArgs {
    #[command(subcommand)]
    pub what: Import,
}

/// Where it comes from.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Import {
    /// Everything from the shop that Etalase replaces: goods, customers, orders, vouchers, memberships, reviews.
    Reference(ReferenceArgs),
}

/// The shop that Etalase replaces.
#[derive(Clone, Debug, clap::Args)]
pub struct ReferenceArgs {
    #[command(flatten)]
    pub house: HouseArgs,

    /// Its `data.json`, or its live database as `mysql://user:password@host/shop`. Prefer the variable for the latter:
    /// others can see a program's arguments.
    #[arg(value_name = "FILE", env = "ETALASE_REFERENCE", hide_env_values = true)]
    pub from: String,

    /// The folder that holds its pictures. They can be brought later: run the same once more.
    #[arg(long, value_name = "DIR")]
    pub pictures: Option<PathBuf>,

    /// Only say what would happen, and write nothing.
    #[arg(long)]
    pub check: bool,
}

/// Brings what is asked for, and tells it on stdout: 0 when everything is in, 2 when some was refused, 1 when nothing is in.
///
/// # Errors
/// One of [`HouseError`]. What was brought before the failure stays, and the same is run once more.
pub async fn run(args: ImportArgs) -> Result<ExitCode, HouseError> {
    match args.what {
        Import::Reference(args) => from_reference(args).await,
    }
}

async fn from_reference(args: ReferenceArgs) -> Result<ExitCode, HouseError> {
    let ReferenceArgs { house, from, pictures, check, .. } = args;
    if let Some(folder) = pictures.as_deref().filter(|folder| !folder.is_dir()) {
        return Err(HouseError::Import(format!("{} is no folder, see --pictures", folder.display())));
    }
    let former = read(&from).await?;
    in_shop(house, async |shop, owner| {
        let how = HowTo { pictures: pictures.as_deref(), is_check: check };
        let report = reference::import(shop, owner, &former, how).await;
        let report = report.map_err(|error| HouseError::Import(sentence(&error)))?;
        tell(&report, owner.locale, check);
        Ok(verdict(&report))
    })
    .await
}

/// The former shop's data from a file or a database.
async fn read(from: &str) -> Result<Former, HouseError> {
    let done = if from.starts_with("mysql://") || from.starts_with("mariadb://") {
        reference::live(from).await
    } else {
        Former::read(&content(Path::new(from)).await?)
    };
    done.map_err(|error| HouseError::Import(sentence(&error)))
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

#[expect(clippy::print_stdout, reason = "the answer to whoever brought it")]
fn tell(report: &Report, locale: Locale, is_check: bool) {
    for remark in &report.remarks {
        println!("{}", remark.text(locale));
    }
    for (kind, tally) in &report.tallies {
        let brought = if is_check {
            Message::WouldBeBrought { count: tally.brought }
        } else {
            Message::Brought { count: tally.brought }
        };
        let rest = Message::KnownAndRefused { known: tally.known, refused: tally.refused };
        println!("{}: {} {}", kind.label(locale), brought.text(locale), rest.text(locale));
    }
}

fn verdict(report: &Report) -> ExitCode {
    if report.is_nothing_in() {
        ExitCode::FAILURE
    } else if report.is_all_in() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(SOME_REFUSED)
    }
}

fn sentence(error: &Error) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(" ({cause})")).unwrap_or_default();
    format!("{}{cause}", error.message().text(Locale::English))
}
