//! `cargo xtask bench data` and `cargo xtask bench desk`: a shop as full as after three years, and the desk measured on it.
//!
//! The shop is kept in `target/bench/data` and used again until the schema, the generator or the wanted size changes.

use anyhow::{Context as _, Result};

use super::program::{Build, built};
use crate::install::{self, Purpose};
use crate::{cargo, mysql, tree};

/// What the bench is told.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The bench's own arguments; `--help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    arguments: Vec<String>,
}

/// Fills the shop, unless it is there.
pub(crate) fn data(options: &Options) -> Result<()> {
    run("data", options, &[])
}

/// Measures the desk on a copy of it.
pub(crate) fn desk(options: &Options) -> Result<()> {
    let report = tree::target().join("bench").join("desk.json");
    run("desk", options, &["--report".to_owned(), report.display().to_string()])
}

fn run(task: &str, options: &Options, more: &[String]) -> Result<()> {
    install::packages(Purpose::Serve)?;
    let folder = tree::target().join("bench").join("data");
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut command = std::process::Command::new(built("measure", Build::Release, &[])?);
    command.arg(task).arg("--folder").arg(&folder).args(more).args(&options.arguments).current_dir(tree::root());
    if mysql::is_named(&options.arguments) {
        let program = mysql::program()?.context("there is no MySQL server; name one with ETALASE_TEST_MYSQLD")?;
        command.env("ETALASE_TEST_MYSQLD", program);
    }
    cargo::finish(&mut command)
}
