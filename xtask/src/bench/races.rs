//! `cargo xtask bench races`, `bench notices` and `bench letters`: builds the shop's server and the harness, and runs the harness on real servers.
//!
//! The harness reads its own arguments.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::program::{Build, built};
use crate::install::{self, Purpose};
use crate::{cargo, mysql, tree};

/// What the harness is told.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The harness's own arguments; `--help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    arguments: Vec<String>,
}

/// What a short run does: enough for every kind of operation and of death.
const SHORT: [&str; 8] = ["--only", "chaos", "--operations", "3000", "--kills", "6", "--processes", "2"];

/// Runs the harness with everything optimised.
pub(crate) fn run(options: &Options) -> Result<()> {
    measured(options, "races.json", &[])
}

/// Runs no part of it but that of the notices.
pub(crate) fn notices(options: &Options) -> Result<()> {
    measured(options, "notices.json", &["--only", "notices"])
}

/// Runs no part of it but that of the letters.
pub(crate) fn letters(options: &Options) -> Result<()> {
    measured(options, "letters.json", &["--only", "letters"])
}

fn measured(options: &Options, report: &str, more: &[&str]) -> Result<()> {
    let Options { arguments } = options;
    install::packages(Purpose::Serve)?;
    let server = if mysql::is_named(arguments) {
        Some(mysql::program()?.context("there is no MySQL server; name one with ETALASE_TEST_MYSQLD")?)
    } else {
        None
    };
    let figures = tree::target().join("bench");
    std::fs::create_dir_all(&figures).with_context(|| format!("{} cannot be made", figures.display()))?;
    let arguments: Vec<&str> = more.iter().copied().chain(arguments.iter().map(String::as_str)).collect();
    start(Build::Release, &figures.join(report), server.as_deref(), &arguments)
}

/// A short run for the tests, on the server that is installed, and on MySQL when its program is named.
pub(crate) fn short(server: Option<&Path>) -> Result<()> {
    let report = tree::scratch("races.json")?;
    let database = if server.is_some() { "mysql" } else { "mariadb" };
    start(Build::Debug, &report, server, &[&SHORT[..], &["--database", database]].concat())
}

fn start(build: Build, report: &Path, server: Option<&Path>, arguments: &[&str]) -> Result<()> {
    let harness = built("harness", build, &["--bin", "storefront"])?;
    let mut command = std::process::Command::new(harness);
    command
        .arg("--server")
        .arg(tree::target().join(build.folder()).join("storefront"))
        .arg("--folder")
        .arg(tree::scratch("races")?)
        .arg("--report")
        .arg(report)
        .args(arguments)
        .current_dir(tree::root());
    if let Some(program) = server {
        command.env("ETALASE_TEST_MYSQLD", program);
    }
    cargo::finish(&mut command)
}
