//! Products from a file, from the command line.

use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::imports::{FileForm, ImportReport};
use domain::locale::Locale;
use services::imports::{self, Fetcher, Mapping, PictureFiles, Pictures, Reach};

use super::{content, in_shop, sentence};
use crate::config::HouseArgs;
use crate::house::HouseError;
use crate::signals;
use crate::texts::Files;

/// Some of it did not come; what, is listed.
const SOME_REFUSED: u8 = 2;

/// A file of products.
#[derive(Clone, Debug, clap::Args)]
pub struct GoodsArgs {
    #[command(flatten)]
    pub house: HouseArgs,

    /// The file, as CSV; its encoding and its separator are found out.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// A folder or a ZIP with the pictures that the file names.
    #[arg(long, value_name = "DIR|ZIP")]
    pub pictures: Option<PathBuf>,

    /// Fetch pictures from this computer and its own network as well, and not from the internet alone.
    #[arg(long)]
    pub private_pictures: bool,

    /// Only say what would happen, and write nothing.
    #[arg(long)]
    pub check: bool,

    /// Which of our columns one of the file is, for a file of our own form: `Harga grosir=cost`. With nothing behind the
    /// sign the column is left out. Can be given several times.
    #[arg(long, value_name = "COLUMN=OURS", value_parser = mapped)]
    pub map: Vec<(String, Option<String>)>,
}

/// Takes the file in, or says what would happen, and tells it on stdout.
pub(super) async fn run(form: FileForm, args: GoodsArgs) -> Result<ExitCode, HouseError> {
    let GoodsArgs { house, file, pictures, private_pictures, check, map } = args;
    let bytes = content(&file).await?;
    let pictures = pictures.map(open_pictures).transpose()?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    in_shop(house, async |shop, owner| {
        let refused = |error: services::Error| HouseError::Import(sentence(&error));
        let goods = imports::read(shop, form, bytes, Mapping::from_iter(map)).await.map_err(refused)?;
        let is_called_off = end_in_order();
        let watch = |done: u32, of: u32| progress(done, of, &is_called_off);
        let fetcher = Fetcher::new(if private_pictures { Reach::Everywhere } else { Reach::Internet });
        let pictures = Pictures { files: pictures.as_ref(), fetcher: &fetcher };
        let import = imports::Import { file: &goods, pictures, name: &name, watch: &watch };
        let report = match check {
            true => imports::check(shop, owner, import).await,
            false => imports::apply(shop, owner, import).await,
        };
        let report = report.map_err(refused)?;
        tell(&report, owner.locale, check);
        Ok(verdict(&report))
    })
    .await
}

/// `COLUMN=OURS`, parted at the last sign, as a column's own name may have one.
fn mapped(typed: &str) -> Result<(String, Option<String>), String> {
    let (column, ours) = typed.rsplit_once('=').ok_or("write it as COLUMN=OURS")?;
    Ok((column.trim().to_owned(), Some(ours.trim().to_owned()).filter(|ours| !ours.is_empty())))
}

fn open_pictures(path: PathBuf) -> Result<PictureFiles, HouseError> {
    PictureFiles::open(&path).map_err(|message| {
        HouseError::Import(format!("{}: {} See --pictures.", path.display(), message.text(Locale::English)))
    })
}

/// The first signal lets the product at hand be finished, and no other be begun.
fn end_in_order() -> Arc<AtomicBool> {
    let is_called_off = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&is_called_off);
    tokio::spawn(async move {
        if signals::end().await.is_ok() {
            told.store(true, Ordering::Relaxed);
        }
    });
    is_called_off
}

#[expect(clippy::print_stderr, reason = "whoever waits at a terminal sees how far it is")]
fn progress(done: u32, of: u32, is_called_off: &AtomicBool) -> ControlFlow<()> {
    if is_called_off.load(Ordering::Relaxed) {
        return ControlFlow::Break(());
    }
    let mut terminal = std::io::stderr();
    if terminal.is_terminal() && (done == of || done.is_multiple_of(100)) {
        eprint!("\r{done} / {of}");
        if done == of {
            eprintln!();
        }
        let _ = terminal.flush();
    }
    ControlFlow::Continue(())
}

#[expect(clippy::print_stdout, reason = "the answer to whoever brought it")]
fn tell(report: &ImportReport, locale: Locale, is_check: bool) {
    for trouble in report.troubles() {
        let (line, message) = (trouble.line, trouble.message.text(locale));
        let told = match trouble.column.as_str() {
            "" => Files::Row { line, message },
            column => Files::Cell { line, column: column.to_owned(), message },
        };
        println!("{}", told.text(locale));
    }
    for left in &report.left_out {
        let (column, why, cells, line) = (left.column.clone(), left.why.text(locale), left.cells, left.line);
        println!("{}", Files::LeftOut { column, why, cells, line, example: left.example.clone() }.text(locale));
    }
    for missing in &report.missing_pictures {
        let (line, name, why) = (missing.line, missing.name.clone(), missing.why.text(locale));
        println!("{}", Files::MissingPicture { line, name, why }.text(locale));
    }
    let counts = report.counts();
    let (new, changed, unchanged) = (counts.new, counts.changed, counts.unchanged);
    let sum = match is_check {
        true => Files::WouldBeTakenIn { new, changed, unchanged },
        false => Files::TakenIn { new, changed, unchanged },
    };
    println!("{}", sum.text(locale));
    if counts.refused > 0 {
        println!("{}", Files::Refused { count: counts.refused }.text(locale));
    }
    if counts.not_reached > 0 {
        println!("{}", Files::NotReached { count: counts.not_reached }.text(locale));
    }
}

fn verdict(report: &ImportReport) -> ExitCode {
    let counts = report.counts();
    if counts.refused + counts.not_reached == 0 {
        ExitCode::SUCCESS
    } else if counts.new + counts.changed + counts.unchanged == 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::from(SOME_REFUSED)
    }
}

#[cfg(test)]
mod tests {
    use super::mapped;

    #[test]
    fn a_column_is_mapped_by_what_stands_behind_the_last_sign() {
        assert_eq!(mapped("Harga grosir=cost"), Ok(("Harga grosir".to_owned(), Some("cost".to_owned()))));
        assert_eq!(mapped("a=b=sku"), Ok(("a=b".to_owned(), Some("sku".to_owned()))));
        assert_eq!(mapped("Lama="), Ok(("Lama".to_owned(), None)));
        assert!(mapped("Lama").is_err());
    }
}
