//! Programs that benches run: test targets of the package `tests` that read their own arguments. This program must not
//! depend on `services`, and whoever does not run a bench does not wait for its build.

use std::path::PathBuf;
use std::process::{Child, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::{cargo, say};

/// How a program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Build {
    Debug,
    Release,
}

impl Build {
    /// The folder in `target` where such programs lie.
    pub(super) const fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// Builds the test target of that name, with what else is named, and tells where it is.
pub(super) fn built(name: &str, build: Build, beside: &[&str]) -> Result<PathBuf> {
    let profile: &[&str] = match build {
        Build::Debug => &[],
        Build::Release => &["--release"],
    };
    let mut command = cargo::command(&["build"]);
    command.args(cargo::SELECTION).args(profile).args(beside);
    command.args(["--test", name, "--message-format", "json-render-diagnostics"]);
    say::line(&format!("  building {name}"));
    say::lend(&mut command)?;
    let output =
        command.stdout(Stdio::piped()).spawn().and_then(Child::wait_with_output).context("cargo cannot be run")?;
    if !output.status.success() {
        bail!("{name} was not built ({})", output.status);
    }
    executable(name, &String::from_utf8_lossy(&output.stdout))
        .with_context(|| format!("cargo named no {name} that it built"))
}

/// The path of a program in what cargo says of its artefacts.
fn executable(name: &str, said: &str) -> Option<PathBuf> {
    said.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()).find_map(|message| {
        let is_it = message["reason"] == "compiler-artifact" && message["target"]["name"] == name;
        message["executable"].as_str().filter(|_| is_it).map(PathBuf::from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_among_what_cargo_built() {
        let said = r#"{"reason":"compiler-artifact","target":{"name":"storefront"},"executable":"/t/storefront"}
{"reason":"compiler-artifact","target":{"name":"harness"},"executable":"/t/deps/harness-1"}
{"reason":"build-finished","success":true}"#;
        assert_eq!(executable("harness", said), Some(PathBuf::from("/t/deps/harness-1")));
        assert_eq!(executable("measure", said), None);
        assert_eq!(executable("harness", "noise"), None);
    }
}
