//! The variables that xtask heeds, and where its own tools are cached.
//!
//! `ETALASE_MYSQLD` names the server of `run`; `ETALASE_TEST_MYSQLD` names the MySQL server of `test`, and
//! `ETALASE_TEST_CHROMEDRIVER` the driver of its browser.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

/// A variable's value; an empty one counts as none.
#[expect(clippy::disallowed_methods, reason = "xtask's one door to the environment")]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The names of all that are set.
pub(crate) fn names() -> impl Iterator<Item = String> {
    std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())
}

/// A variable that holds a path.
pub(crate) fn path(name: &str) -> Option<PathBuf> {
    variable(name).map(PathBuf::from)
}

/// Whether a window can be opened.
pub(crate) fn has_display() -> bool {
    cfg!(target_os = "macos") || variable("DISPLAY").is_some() || variable("WAYLAND_DISPLAY").is_some()
}

/// The program of that name on PATH.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = variable("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// Whether a program of that name is on PATH.
pub(crate) fn has(name: &str) -> bool {
    program(name).is_some()
}

/// Where programs that xtask installs from crates live: outside the tree, so that a fresh clone finds them again.
pub(crate) fn tools() -> Result<PathBuf> {
    let cache = path("XDG_CACHE_HOME").or_else(|| Some(path("HOME")?.join(".cache")));
    Ok(cache.context("neither XDG_CACHE_HOME nor HOME is set")?.join("etalase/tools"))
}
