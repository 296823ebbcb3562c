//! Bringing the whole shop that this one replaces.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use domain::locale::Locale;
use domain::message::Message;
use domain::reference::Report;
use services::reference::{self, Former, HowTo};

use super::{content, in_shop, sentence};
use crate::config::HouseArgs;
use crate::house::HouseError;

/// Some of it did not come; what, is listed.
const SOME_REFUSED: u8 = 2;

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

/// Brings it, and tells what came and what did not.
pub(super) async fn run(args: ReferenceArgs) -> Result<ExitCode, HouseError> {
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
