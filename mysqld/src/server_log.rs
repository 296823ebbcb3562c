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
    File::options().create(true).append(true).open(log).map_err(|source| Error::writing(log, source))
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

/// What the operating system refused, else the last line that calls itself an error, else the last one that is no mere
/// remark; never that the server is "Aborting", which tells nothing.
fn telling_line(text: &str) -> Option<&str> {
    let is_remark = |line: &str| line.contains("[Note]") || line.contains("[Warning]") || line.contains("[System]");
    let says_nothing = |line: &str| line.is_empty() || line.contains("Aborting") || line.ends_with("Shutdown complete");
    let lines = || text.lines().map(str::trim).filter(|line| !says_nothing(line));
    let refused = |line: &&str| {
        let is_number = ["errcode", "errno", "os error"].iter().any(|word| line.to_lowercase().contains(word));
        is_number && !is_remark(line)
    };
    lines()
        .rfind(refused)
        .or_else(|| lines().rfind(|line| line.contains("ERROR")))
        .or_else(|| lines().rfind(|line| !is_remark(line)))
        .or_else(|| lines().next_back())
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
    fn what_the_system_refused_tells_most() {
        let text = "1 [Note] Starting MariaDB\n2 [Warning] Could not raise the limit (errno: 1)\n\
                    mariadbd: Can't change dir to '/srv/x/data/' (Errcode: 13 \"Permission denied\")\n3 [ERROR] Aborting\n";
        assert!(telling_line(text).unwrap().contains("Errcode: 13"));
        assert_eq!(telling_line("1 [Note] starting\n2 [ERROR] Aborting\n"), Some("1 [Note] starting"));
        let text = "[ERROR] InnoDB: Operating system error number 13\n[ERROR] Plugin 'InnoDB' registration failed\n[ERROR] Aborting";
        assert_eq!(telling_line(text), Some("[ERROR] Plugin 'InnoDB' registration failed"));
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
