//! What building, running and testing need from the system: each need is tested by its effect, not by a package's name,
//! so that nothing is installed beside what is already there. Installs by apt (and snap) on Debian, Ubuntu and their
//! kin; everywhere else it says what is missing and how to get it.

mod chromium;
mod needs;
mod plan;
mod system;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, anyhow, bail};

pub(crate) use chromium::driver as chromium_driver;
pub(crate) use needs::Purpose;

use crate::{cargo, environment, say};
use plan::Plan;
use system::System;

/// Installs every system package that is missing.
///
/// # Errors
/// Where that cannot be done, the error lists what is missing and the commands that install it.
pub(crate) fn packages(purpose: Purpose) -> Result<()> {
    let system = System::look();
    let missing = needs::missing(purpose, system.family);
    match plan::plan(&missing, &system) {
        Plan::Nothing => return Ok(()),
        Plan::Tell(text) => bail!(text),
        Plan::Install { packages, snaps } => {
            say::line(&format!("  installing what is missing: {}", plan::list(&missing)));
            install(&system, &packages, &snaps)
                .map_err(|problem| anyhow!("{problem:#}. {}", plan::by_hand(&missing, &system)))?;
        }
    }
    // When there is a server but an unusable one, this says why.
    mysqld::find(environment::path("ETALASE_MYSQLD").as_deref())?;
    match missing.iter().find(|need| !need.is_there()) {
        Some(need) => bail!("everything was installed, but {} is still not found", need.what),
        None => Ok(()),
    }
}

/// Says what is missing, and lets the task go on: it may be there where nobody looks.
pub(crate) fn only_say(purpose: Purpose) {
    let system = System::look();
    let missing = needs::missing(purpose, system.family);
    if !missing.is_empty() {
        say::line(&format!("  not found, and not installed as you asked: {}", plan::list(&missing)));
    }
}

/// Installs Rust's target for the browser.
pub(crate) fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let output = Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output();
    let there = output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir());
    if there {
        return Ok(());
    }
    if !environment::has("rustup") {
        bail!(
            "Rust cannot build for {TARGET}; install that target the way you installed Rust (with rustup: `rustup target add {TARGET}`)"
        );
    }
    cargo::finish(Command::new("rustup").args(["target", "add", TARGET]))
}

/// Installs `rustfmt` and `clippy`.
pub(crate) fn rust_components() -> Result<()> {
    if cargo::succeeds(&mut cargo::command(&["fmt", "--version"]))
        && cargo::succeeds(&mut cargo::command(&["clippy", "--version"]))
    {
        return Ok(());
    }
    if !environment::has("rustup") {
        bail!(
            "`cargo fmt` or `cargo clippy` is missing; install them the way you installed Rust (with rustup: `rustup component add rustfmt clippy`)"
        );
    }
    cargo::finish(Command::new("rustup").args(["component", "add", "rustfmt", "clippy"]))
}

/// The path of a program that is a crate: the one on PATH, else one built once into the tools' folder.
pub(crate) fn from_crate(name: &str, version: &str) -> Result<PathBuf> {
    if let Some(program) = environment::program(name) {
        return Ok(program);
    }
    let tools = environment::tools()?;
    let program = tools.join("bin").join(name);
    if !program.is_file() {
        say::line(&format!("  building {name} {version}, once; this takes some minutes"));
        let mut install = cargo::command(&["install", "--locked", name, "--version", version, "--root"]);
        // Away from the repository, whose `.cargo/config.toml` is not meant for it.
        cargo::finish(install.arg(&tools).current_dir("/"))?;
    }
    Ok(program)
}

fn install(system: &System, packages: &[&str], snaps: &[&str]) -> Result<()> {
    if let Err(problem @ mysqld::Error::TooOld { .. }) = mysqld::find(None) {
        say::line(&format!("  {problem}"));
    }
    system.ask_for_the_right()?;
    if !packages.is_empty() {
        // Another source that cannot be reached just now does not keep these packages from being known.
        if let Err(problem) = cargo::finish(system.apt()?.args(["update", "-qq"])) {
            say::line(&format!("  {problem:#}; going on with the package lists of last time"));
        }
        let unknown: Vec<&str> = packages.iter().copied().filter(|name| !is_known(name)).collect();
        if !unknown.is_empty() {
            bail!(
                "the package lists of this system have no {}; Debian 12, Ubuntu 24.04 and what came after them do",
                unknown.join(", ")
            );
        }
        // `--no-remove`: apt would otherwise make room for MariaDB by removing another server that somebody uses.
        let install = ["install", "-y", "--no-install-recommends", "--no-remove", "-o", "DPkg::Lock::Timeout=300"];
        cargo::finish(system.apt()?.args(install).args(packages))?;
    }
    for snap in snaps {
        cargo::finish(system.as_root("snap")?.args(["install", snap]))?;
    }
    Ok(())
}

fn is_known(package: &str) -> bool {
    // Where it cannot be asked, apt-get itself will say so.
    !environment::has("apt-cache")
        || cargo::succeeds(Command::new("apt-cache").args(["show", "--no-all-versions", package]))
}
