//! Reads what the server wrote to its log since a given moment: the line that explains why it ended.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use crate::Error;
use crate::folder::Folder;

/// A log of this size is put aside at the next start.
const LARGE: u64 = 1 << 20;

/// A place in the log: what comes after it belongs to this launch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark(u64);

/// Remembers where the log ends now, after putting a large one aside.
pub(crate) fn mark(log: &Path) -> Mark {
    let size = std::fs::metadata(log).map_or(0, |metadata| metadata.len());
    if size > LARGE && std::fs::rename(log, log.with_extension("log.1")).is_ok() { Mark(0) } else { Mark(size) }
}

/// Opens the log for appending, as the server's own output.
pub(crate) fn append(log: &Path) -> Result<File, Error> {
    File::options().create(true).append(true).open(log).map_err(|source| Error::io(log, source))
}

/// Why the server ended: [`Error::DiskFull`] when the log says so, else what `otherwise` makes of the line that
/// explains most.
pub(crate) fn verdict(folder: &Folder, since: Mark, otherwise: impl FnOnce(String) -> Error) -> Error {
    let text = read(&folder.log(), since).unwrap_or_default();
    if mentions_full_disk(&text) {
        return Error::DiskFull { path: folder.path().to_owned() };
    }
    otherwise(telling_line(&text).unwrap_or("it ended without a word").to_owned())
}

fn read(log: &Path, since: Mark) -> std::io::Result<String> {
    let mut file = File::open(log)?;
    file.seek(SeekFrom::Start(since.0))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn mentions_full_disk(text: &str) -> bool {
    let text = text.to_lowercase();
    [
        "no space left on device",
        "disk full",
        "disk is full",
        "out of disk space",
        "errno: 28",
        "error 28",
        "error number 28",
        "os error code 28",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// The last line that calls itself an error but is not merely "Aborting", else the last line with anything on it.
fn telling_line(text: &str) -> Option<&str> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines().rfind(|line| line.contains("ERROR") && !line.contains("Aborting")).or_else(|| lines().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_explains_is_the_last_error_before_the_aborting() {
        let text = "1 [Note] starting\n2 [ERROR] Can't lock aria control file\n3 [ERROR] Aborting\n4 [Note] bye\n";

        assert_eq!(telling_line(text), Some("2 [ERROR] Can't lock aria control file"));
        assert_eq!(telling_line("only this\n\n"), Some("only this"));
        assert_eq!(telling_line(""), None);
    }

    #[test]
    fn a_full_disk_is_heard_in_the_words_of_both_servers() {
        assert!(mentions_full_disk(
            "[ERROR] mariadbd: Disk full (/d/x); waiting (errno: 28 \"No space left on device\")"
        ));
        assert!(mentions_full_disk(
            "[ERROR] [MY-012639] InnoDB: Write to file ./ibdata1 failed … No space left on device"
        ));
        assert!(mentions_full_disk(
            "[ERROR] InnoDB: preallocating 100663296 bytes for file ./ib_logfile101 failed with error 28"
        ));
        assert!(!mentions_full_disk("[Note] InnoDB: Buffer pool(s) load completed"));
    }
}
