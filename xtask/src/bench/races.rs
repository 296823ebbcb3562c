//! `cargo xtask bench races`: builds the shop's server and the harness, and runs the harness on real servers.
//!
//! The harness is a test target of the package `tests` and reads its own arguments: this program must not depend on
//! `services`, and whoever does not run the bench does not wait for its build.

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::install::{self, Purpose};
use crate::{cargo, mysql, say, tree};

/// What the harness is told.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The harness's own arguments; `--help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    arguments: Vec<String>,
}

/// What a short run does: enough for every kind of operation and of death.
const SHORT: [&str; 8] = ["--only", "chaos", "--operations", "3000", "--kills", "6", "--processes", "2"];

/// How the programs are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Build {
    Debug,
    Release,
}

/// Runs the harness with everything optimised.
pub(crate) fn run(options: &Options) -> Result<()> {
    let Options { arguments } = options;
    install::packages(Purpose::Serve)?;
    let server = if names_mysql(arguments) {
        Some(mysql::program()?.context("there is no MySQL server; name one with ETALASE_TEST_MYSQLD")?)
    } else {
        None
    };
    let figures = tree::target().join("bench");
    std::fs::create_dir_all(&figures).with_context(|| format!("{} cannot be made", figures.display()))?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    start(Build::Release, &figures.join("races.json"), server.as_deref(), &arguments)
}

/// A short run for the tests, on the server that is installed, and on MySQL when its program is named.
pub(crate) fn short(server: Option<&Path>) -> Result<()> {
    let report = tree::scratch("races.json")?;
    let database = if server.is_some() { "mysql" } else { "mariadb" };
    start(Build::Debug, &report, server, &[&SHORT[..], &["--database", database]].concat())
}

fn start(build: Build, report: &Path, server: Option<&Path>, arguments: &[&str]) -> Result<()> {
    let harness = built(build)?;
    let folder = match build {
        Build::Debug => "debug",
        Build::Release => "release",
    };
    let mut command = std::process::Command::new(harness);
    command
        .arg("--server")
        .arg(tree::target().join(folder).join("storefront"))
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

/// Builds the server and the harness, and tells where the harness is.
fn built(build: Build) -> Result<PathBuf> {
    let profile: &[&str] = match build {
        Build::Debug => &[],
        Build::Release => &["--release"],
    };
    let mut build = cargo::command(&["build"]);
    build.args(cargo::SELECTION).args(profile);
    build.args(["--bin", "storefront", "--test", "harness", "--message-format", "json-render-diagnostics"]);
    say::line("  building the server and the harness");
    say::lend(&mut build)?;
    let output =
        build.stdout(Stdio::piped()).spawn().and_then(Child::wait_with_output).context("cargo cannot be run")?;
    if !output.status.success() {
        bail!("the harness was not built ({})", output.status);
    }
    executable(&String::from_utf8_lossy(&output.stdout)).context("cargo named no harness that it built")
}

/// The path of the harness in what cargo says of its artefacts.
fn executable(said: &str) -> Option<PathBuf> {
    said.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()).find_map(|message| {
        let is_it = message["reason"] == "compiler-artifact" && message["target"]["name"] == "harness";
        message["executable"].as_str().filter(|_| is_it).map(PathBuf::from)
    })
}

fn names_mysql(arguments: &[String]) -> bool {
    let mut pairs = arguments.windows(2);
    pairs.any(|pair| pair[0] == "--database" && pair[1] == "mysql")
        || arguments.iter().any(|argument| argument == "--database=mysql")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_harness_is_found_among_what_cargo_built() {
        let said = r#"{"reason":"compiler-artifact","target":{"name":"storefront"},"executable":"/t/storefront"}
{"reason":"compiler-artifact","target":{"name":"harness"},"executable":"/t/deps/harness-1"}
{"reason":"build-finished","success":true}"#;
        assert_eq!(executable(said), Some(PathBuf::from("/t/deps/harness-1")));
        assert_eq!(executable("noise"), None);
    }

    #[test]
    fn mysql_is_looked_for_only_when_it_is_named() {
        let named =
            |arguments: &[&str]| names_mysql(&arguments.iter().map(|&text| text.to_owned()).collect::<Vec<_>>());
        assert!(named(&["--kills", "3", "--database", "mysql"]) && named(&["--database=mysql"]));
        assert!(!named(&["--database", "mariadb"]) && !named(&[]));
    }
}
