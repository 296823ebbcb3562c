//! The data folder: made when it is missing, proved to be writable, and remembered to be a demo's.
//!
//! ```text
//! DIR/database/       the private database server's
//! DIR/pictures/       the picture store
//! DIR/secrets/        the key of what is sealed in the database; made when something is
//! DIR/tray/           the desktop's icon in the tray, which the tray reads from there
//! DIR/demo-gateway/   the practice gateway's; with a secret in it the shop is a demo shop
//! DIR/unfinished      there until the first start is complete; what it says is whose the database is
//! ```

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::config::Secret;
use crate::house::HouseError;

/// Makes the folder and proves that a file can be written in it.
pub(super) fn prepare(dir: &Path) -> Result<(), HouseError> {
    let fail = |source| failure(dir, source);
    fs::create_dir_all(dir).map_err(fail)?;
    let probe = dir.join(format!(".probe-{}", std::process::id()));
    let written = fs::write(&probe, b"etalase");
    let removed = fs::remove_file(&probe);
    written.and(removed).map_err(fail)
}

/// Whose database it is that is not complete yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfinished {
    /// The one in this folder: ours to empty.
    Private,
    /// One that somebody else keeps.
    Elsewhere,
}

impl Unfinished {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// Whether an earlier start was cut short before the shop was complete.
pub(super) fn unfinished(dir: &Path) -> Result<Option<Unfinished>, HouseError> {
    let path = unfinished_file(dir);
    match fs::read_to_string(&path) {
        Ok(text) if text == Unfinished::Private.as_str() => Ok(Some(Unfinished::Private)),
        // Whatever is not plainly ours is not.
        Ok(_) => Ok(Some(Unfinished::Elsewhere)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(HouseError::Unreadable { path, source }),
    }
}

/// What [`HouseError::HalfLoaded`] tells about the folder.
pub(super) fn half_loaded(dir: &Path) -> HouseError {
    HouseError::HalfLoaded { path: unfinished_file(dir) }
}

/// Notes that the shop is not complete from here on.
pub(super) fn begin(dir: &Path, unfinished: Unfinished) -> Result<(), HouseError> {
    write_whole(&unfinished_file(dir), unfinished.as_str())
}

/// Notes that the shop is complete.
pub(super) fn finish(dir: &Path) -> Result<(), HouseError> {
    remove(&unfinished_file(dir))
}

/// Forgets that the shop was to be a demo.
pub(super) fn forget_demo(dir: &Path) -> Result<(), HouseError> {
    remove(&secret_file(dir))
}

/// Whether this is a demo shop's folder.
pub(super) fn is_demo(dir: &Path) -> bool {
    secret_file(dir).exists()
}

/// Where the practice gateway keeps its things.
pub(super) fn gateway_dir(dir: &Path) -> PathBuf {
    dir.join("demo-gateway")
}

/// The secret that shop and gateway share, made at the first use. From then on the shop is a demo shop.
pub(super) fn gateway_secret(dir: &Path) -> Result<Secret, HouseError> {
    let path = secret_file(dir);
    let fail = |source| failure(&path, source);
    match fs::read_to_string(&path) {
        Ok(secret) if !secret.trim().is_empty() => return Ok(Secret::from(secret.trim().to_owned())),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(source) => return Err(HouseError::Unreadable { path, source }),
    }

    fs::create_dir_all(gateway_dir(dir)).map_err(fail)?;
    let secret = format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>());
    write_whole(&path, &secret)?;
    Ok(Secret::from(secret))
}

/// Writes a file for us alone, so that it is there whole or not at all, also after a power cut.
fn write_whole(path: &Path, text: &str) -> Result<(), HouseError> {
    let beside = path.with_extension("new");
    let written =
        File::options().write(true).create(true).truncate(true).mode(0o600).open(&beside).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&beside, path)?;
            path.parent().map_or(Ok(()), |dir| File::open(dir)?.sync_all())
        });
    written.map_err(|source| failure(path, source))
}

fn remove(path: &Path) -> Result<(), HouseError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failure(path, error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn unfinished_file(dir: &Path) -> PathBuf {
    dir.join("unfinished")
}

fn secret_file(dir: &Path) -> PathBuf {
    gateway_dir(dir).join("secret")
}

fn failure(path: &Path, source: std::io::Error) -> HouseError {
    let path = path.to_owned();
    if matches!(source.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
        HouseError::DiskFull { path }
    } else {
        HouseError::Folder { path, source }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::{Unfinished, begin, finish, forget_demo, gateway_dir, gateway_secret, is_demo, prepare, unfinished};
    use crate::house::HouseError;

    #[test]
    fn a_demo_shop_stays_one() {
        let dir = tempfile::tempdir().unwrap();
        prepare(dir.path()).unwrap();
        assert!(!is_demo(dir.path()));
        let secret = gateway_secret(dir.path()).unwrap();
        assert!(is_demo(dir.path()));
        assert_eq!(gateway_secret(dir.path()).unwrap(), secret);
        let mode = std::fs::metadata(gateway_dir(dir.path()).join("secret")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_demo_shop_that_begins_anew_is_none_until_it_is_chosen_again() {
        let dir = tempfile::tempdir().unwrap();
        gateway_secret(dir.path()).unwrap();
        forget_demo(dir.path()).unwrap();
        assert!(!is_demo(dir.path()));
        forget_demo(dir.path()).unwrap();
    }

    #[test]
    fn an_unfinished_shop_is_remembered_until_it_is_finished() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(unfinished(dir.path()).unwrap(), None);
        for state in [Unfinished::Private, Unfinished::Elsewhere] {
            begin(dir.path(), state).unwrap();
            assert_eq!(unfinished(dir.path()).unwrap(), Some(state));
        }
        std::fs::write(dir.path().join("unfinished"), "").unwrap();
        assert_eq!(unfinished(dir.path()).unwrap(), Some(Unfinished::Elsewhere), "a doubtful one is not emptied");
        finish(dir.path()).unwrap();
        assert_eq!(unfinished(dir.path()).unwrap(), None);
        finish(dir.path()).unwrap();
    }

    #[test]
    fn a_folder_that_is_a_file_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("taken");
        std::fs::write(&file, "").unwrap();
        let error = prepare(&file.join("shop")).unwrap_err();
        assert!(matches!(error, HouseError::Folder { .. }));
        assert!(error.to_string().contains("--data-dir"));
    }
}
