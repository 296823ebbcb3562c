//! The data folder: made when it is missing, proved to be writable, and remembered to be a demo's.
//!
//! ```text
//! DIR/database/       the private database server's
//! DIR/pictures/       the picture store
//! DIR/demo-gateway/   the practice gateway's; with a secret in it the shop is a demo shop
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

/// Refuses a folder whose demo shop was cut short while it was loaded.
pub(super) fn refuse_half_loaded(dir: &Path) -> Result<(), HouseError> {
    match loading_file(dir).exists() {
        true => Err(HouseError::HalfLoaded { path: dir.to_owned() }),
        false => Ok(()),
    }
}

/// Notes that a demo shop is being loaded.
pub(super) fn begin_loading(dir: &Path) -> Result<(), HouseError> {
    let path = loading_file(dir);
    let fail = |source| failure(&path, source);
    fs::create_dir_all(gateway_dir(dir)).map_err(fail)?;
    fs::write(&path, "").map_err(fail)
}

/// Notes that it is loaded.
pub(super) fn end_loading(dir: &Path) -> Result<(), HouseError> {
    let path = loading_file(dir);
    fs::remove_file(&path).map_err(|source| failure(&path, source))
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
        Err(error) => return Err(fail(error)),
    }

    fs::create_dir_all(gateway_dir(dir)).map_err(fail)?;
    let secret = format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>());
    let beside = path.with_extension("new");
    let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&beside).map_err(fail)?;
    file.write_all(secret.as_bytes()).and_then(|()| file.sync_all()).map_err(fail)?;
    fs::rename(&beside, &path).map_err(fail)?;
    Ok(Secret::from(secret))
}

fn loading_file(dir: &Path) -> PathBuf {
    gateway_dir(dir).join("loading")
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

    use super::{begin_loading, end_loading, gateway_dir, gateway_secret, is_demo, prepare, refuse_half_loaded};
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
    fn a_half_loaded_demo_shop_is_told() {
        let dir = tempfile::tempdir().unwrap();
        begin_loading(dir.path()).unwrap();
        assert!(refuse_half_loaded(dir.path()).unwrap_err().to_string().contains("only half loaded"));
        end_loading(dir.path()).unwrap();
        assert!(refuse_half_loaded(dir.path()).is_ok());
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
