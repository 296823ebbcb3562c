//! The browser of the tests and its driver, wherever a distribution puts them.
//!
//! Ubuntu's packages of these names are stubs that ask for a snap when they are run. So each program counts only when
//! it says its version. A snap's driver drives that snap's browser alone, and its link in `/snap/bin` must be run as it
//! is called: followed, it would be `snap` itself.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::environment;

/// Where these are although they are on no PATH.
const USUAL: [&str; 5] =
    ["/usr/bin", "/usr/lib/chromium", "/usr/lib/chromium-browser", "/usr/lib64/chromium-browser", SNAPS];
const SNAPS: &str = "/snap/bin";
const BROWSERS: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// The driver that the browser tests use: the one that `ETALASE_TEST_CHROMEDRIVER` names, else one that is installed
/// together with its browser.
pub(crate) fn driver() -> Option<PathBuf> {
    if let Some(named) = environment::path("ETALASE_TEST_CHROMEDRIVER") {
        return Some(named);
    }
    let path = environment::variable("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).chain(USUAL.iter().map(PathBuf::from)).collect();
    choose(&folders, says_its_version)
}

fn choose(folders: &[PathBuf], works: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let first = |of_snaps: bool, names: &[&str]| {
        let folders = folders.iter().filter(|folder| (folder.as_path() == Path::new(SNAPS)) == of_snaps);
        folders.flat_map(|folder| names.iter().map(|name| folder.join(name))).find(|program| works(program))
    };
    let packaged = first(false, &["chromedriver"]).filter(|_| first(false, &BROWSERS).is_some());
    packaged.or_else(|| first(true, &["chromium.chromedriver"]))
}

fn says_its_version(program: &Path) -> bool {
    let asked = || {
        Command::new(program).arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()
    };
    program.is_file() && asked().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is chosen where these programs work.
    fn chosen(working: &[&str]) -> Option<PathBuf> {
        let folders = ["/bin", "/lib/chromium-browser", "/snap/bin"].map(PathBuf::from);
        choose(&folders, |program| working.iter().any(|it| program == Path::new(it)))
    }

    #[test]
    fn debian_has_both_on_path() {
        assert_eq!(chosen(&["/bin/chromium", "/bin/chromedriver"]), Some("/bin/chromedriver".into()));
    }

    #[test]
    fn a_driver_beside_the_browsers_own_files_is_found() {
        let driver = "/lib/chromium-browser/chromedriver";
        assert_eq!(chosen(&["/bin/chromium-browser", driver]), Some(driver.into()));
    }

    #[test]
    fn a_snap_is_driven_by_its_own_driver() {
        let snap = ["/snap/bin/chromium", "/snap/bin/chromium.chromedriver"];
        assert_eq!(chosen(&snap), Some(snap[1].into()));
        // A driver from elsewhere does not see the files of that browser.
        assert_eq!(chosen(&[&snap[..], &["/bin/chromedriver"]].concat()), Some(snap[1].into()));
    }

    #[test]
    fn browser_and_driver_are_nothing_without_each_other() {
        assert_eq!(chosen(&["/bin/chromedriver"]), None);
        assert_eq!(chosen(&["/bin/chromium", "/snap/bin/chromium"]), None);
    }

    #[test]
    fn a_program_counts_when_it_says_its_version() {
        assert!(says_its_version(Path::new("/bin/true")));
        assert!(!says_its_version(Path::new("/bin/false")), "as a stub of Ubuntu does");
        assert!(!says_its_version(Path::new("/no/such/program")));
    }
}
