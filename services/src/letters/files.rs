//! Letters that no mail account sends: each is a file that mail programs can open.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use domain::mail::{LetterId, MailKind};

/// Where a letter lies. Once more is the same file.
pub(super) fn path_of(dir: &Path, id: LetterId, kind: MailKind) -> PathBuf {
    dir.join(format!("{id:0>8}-{kind}.eml", id = id.get()))
}

/// Keeps a letter, for this user alone: it is there whole or not at all.
pub(super) fn keep(file: &Path, letter: &[u8]) -> io::Result<()> {
    let dir = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    let beside = file.with_extension("part");
    let mut part = File::options().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    part.write_all(letter)?;
    part.sync_all()?;
    fs::rename(&beside, file)
}
