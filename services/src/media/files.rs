//! The files of the picture store. Each is there whole or not at all, also after a power cut.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use domain::media::{file_name, parse_file_name, widths};

use crate::error::{Error, Result};

/// The files of a picture by their widths.
pub(super) type Files = Arc<[(u32, Vec<u8>)]>;

/// Writes the files of a picture, and gives them back for another time.
pub(super) async fn write(dir: &Path, key: &str, files: Vec<(u32, Vec<u8>)>) -> Result<Files> {
    let files = Files::from(files);
    write_shared(dir, key, &files).await?;
    Ok(files)
}

/// Writes files that others have, too.
pub(super) async fn write_shared(dir: &Path, key: &str, files: &Files) -> Result<()> {
    let (dir, key, files) = (dir.to_owned(), key.to_owned(), Arc::clone(files));
    on_disk(move || {
        fs::create_dir_all(&dir)?;
        for (width, bytes) in files.iter() {
            write_whole(&dir, &file_name(&key, *width), bytes)?;
        }
        sync(&dir)
    })
    .await
}

/// Whether every file of a picture of that width is there.
pub(super) async fn are_there(dir: &Path, key: &str, width: u32) -> bool {
    for kept in widths(width) {
        let file = dir.join(file_name(key, kept));
        if !tokio::fs::metadata(file).await.is_ok_and(|found| found.is_file() && found.len() > 0) {
            return false;
        }
    }
    true
}

/// Removes every file of a picture of that width. One that is gone already is no trouble.
pub(super) async fn remove(dir: &Path, key: &str, width: u32) -> Result<()> {
    let names: Vec<String> = widths(width).map(|kept| file_name(key, kept)).collect();
    remove_named(dir, &names).await
}

#[expect(
    clippy::disallowed_methods,
    reason = "the age of a file is told by the clock of the machine that has the disk"
)]
fn written_before(age: Duration) -> Option<SystemTime> {
    SystemTime::now().checked_sub(age)
}

/// The keys of files that have lain there for that long, each once and in order, with the names of all its files.
pub(super) async fn older_than(dir: &Path, age: Duration) -> Result<Vec<(String, Vec<String>)>> {
    let dir = dir.to_owned();
    on_disk(move || {
        let Some(before) = written_before(age) else { return Ok(Vec::new()) };
        let mut old: Vec<(String, String)> = Vec::new();
        let entries = match fs::read_dir(&dir) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Ok(changed) = entry.metadata().and_then(|found| found.modified()) else { continue };
            if changed < before
                && let Some(key) = key_of(&name)
            {
                old.push((key, name));
            }
        }
        old.sort_unstable();
        let mut by_key: Vec<(String, Vec<String>)> = Vec::new();
        for (key, name) in old {
            match by_key.last_mut() {
                Some((last, names)) if *last == key => names.push(name),
                _ => by_key.push((key, vec![name])),
            }
        }
        Ok(by_key)
    })
    .await
}

/// Removes files by their names.
pub(super) async fn remove_named(dir: &Path, names: impl IntoIterator<Item = &String>) -> Result<()> {
    let paths: Vec<PathBuf> = names.into_iter().map(|name| dir.join(name)).collect();
    on_disk(move || paths.iter().try_for_each(|path| unless_gone(fs::remove_file(path)))).await
}

/// Whether it is the name of a file that is being written, or was when the power went.
pub(super) fn is_part(name: &str) -> bool {
    name.contains(PART)
}

/// The key of a file of the store, also of one that was being written when the power went.
fn key_of(name: &str) -> Option<String> {
    let finished = match name.rsplit_once(PART) {
        Some((finished, turn)) if turn.bytes().all(|byte| byte.is_ascii_hexdigit()) => finished,
        Some(_) => return None,
        None => name,
    };
    parse_file_name(finished).map(|(key, _)| key.to_owned())
}

/// Stands in the names of files that are being written.
const PART: &str = ".part-";

/// Writes beside, under a name that no other writer has, then renames: a reader never meets half a file.
fn write_whole(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let beside: PathBuf = dir.join(format!("{name}{PART}{:016x}", rand::random::<u64>()));
    let written = File::create_new(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let done = written.and_then(|()| fs::rename(&beside, dir.join(name)));
    if done.is_err() {
        // What cannot be removed now is removed by the job.
        let _ = fs::remove_file(&beside);
    }
    done
}

/// Lets the names of a folder outlive a power cut, where a folder can be asked for it.
fn sync(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

fn unless_gone(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}
