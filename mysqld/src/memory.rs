//! How much memory a server gets for pages of tables: what its data fill, as far as the computer can spare it.

use std::fs;
use std::path::Path;

const MEGABYTE: u64 = 1024 * 1024;
/// What a computer is taken to have that does not say.
const USUAL: u64 = 4 * 1024 * MEGABYTE;

/// Megabytes for pages: at least so many, then as many as the data have, up to a quarter of the computer's memory.
pub(crate) fn buffer_pool_mb(least: u16, data: &Path) -> u64 {
    fitting(u64::from(least), size_of(data) / MEGABYTE, memory() / MEGABYTE)
}

fn fitting(least: u64, data: u64, memory: u64) -> u64 {
    // They grow while it runs.
    (data + data / 2).min(memory / 4).max(least)
}

/// What the files of a folder and of those below it have in all. What cannot be read counts for nothing.
fn size_of(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(about) if about.is_dir() => size_of(&entry.path()),
        Ok(about) => about.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

fn memory() -> u64 {
    let told = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or(USUAL, |kilobytes| kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{fitting, memory, size_of};

    #[test]
    fn a_small_shop_gets_little_and_a_large_one_no_more_than_the_computer_spares() {
        assert_eq!(fitting(48, 10, 8_000), 48);
        assert_eq!(fitting(48, 400, 8_000), 600);
        assert_eq!(fitting(48, 40_000, 8_000), 2_000);
        assert_eq!(fitting(48, 40_000, 100), 48, "less would not start");
    }

    #[test]
    fn files_are_counted_wherever_they_lie() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("etalase")).unwrap();
        fs::write(folder.path().join("ibdata1"), [0; 700]).unwrap();
        fs::write(folder.path().join("etalase/products.ibd"), [0; 300]).unwrap();
        assert_eq!((size_of(folder.path()), size_of(&folder.path().join("nowhere"))), (1_000, 0));
        assert!(memory() > 0);
    }
}
