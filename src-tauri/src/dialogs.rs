//! The system's own dialogs, in which the owner says where a file is or shall be. The window never names one by itself.

use std::path::{Path, PathBuf};

use domain::imports::BringWhat;
use domain::locale::Locale;
use rfd::AsyncFileDialog;

use crate::texts::DesktopText;

/// What the owner chooses to bring; nothing when the dialog is left.
pub(crate) async fn choose(what: BringWhat, locale: Locale) -> Option<PathBuf> {
    let say = |text: DesktopText| text.text(locale);
    let chosen = match what {
        BringWhat::File => {
            let dialog = AsyncFileDialog::new().set_title(say(DesktopText::ChooseFile));
            let dialog = dialog.add_filter(say(DesktopText::KindsOfFiles), &["csv", "tsv", "txt", "json"]);
            dialog.add_filter(say(DesktopText::AllFiles), &["*"]).pick_file().await
        }
        BringWhat::PictureFolder => {
            AsyncFileDialog::new().set_title(say(DesktopText::ChoosePictureFolder)).pick_folder().await
        }
        BringWhat::PictureZip => {
            let dialog = AsyncFileDialog::new().set_title(say(DesktopText::ChoosePictureZip));
            dialog.add_filter(say(DesktopText::ZipFiles), &["zip"]).pick_file().await
        }
    };
    chosen.map(|file| file.path().to_owned())
}

/// Where the owner wants a table to be; nothing when the dialog is left. It is called so unless they say otherwise.
pub(crate) async fn place(name: &str, locale: Locale) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new().set_title(DesktopText::SaveFile.text(locale));
    let dialog = dialog.set_file_name(format!("{name}.csv")).add_filter("CSV", &["csv"]);
    let path = dialog.save_file().await?.path().to_owned();
    Some(if path.extension().is_none() { with_ending(&path) } else { path })
}

/// Where the owner wants a file of that name to be; nothing when the dialog is left.
pub(crate) async fn place_as(name: &str, locale: Locale) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new().set_title(DesktopText::SaveFile.text(locale)).set_file_name(name);
    Some(dialog.save_file().await?.path().to_owned())
}

/// A name without an ending is no name of a table to other programs.
fn with_ending(path: &Path) -> PathBuf {
    path.with_extension("csv")
}
