//! Runs cargo and other programs: shown as they are run, their output passed through, a failure told in one line.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{environment, say, tree};

/// Cargo in the root of the repository, with these arguments.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(environment::variable("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(tree::root());
    // Set by the cargo that runs xtask itself; inherited, they would make this one rebuild what is fresh.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    command
}

/// Runs cargo with these arguments and waits.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    finish(&mut command(arguments))
}

/// Runs a command and waits; any end but success is an error that names the command.
pub(crate) fn finish(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    say::line(&format!("  $ {shown}"));
    let status = command.status().with_context(|| format!("`{shown}` cannot be run"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a command and waits, showing nothing of it unless it fails.
pub(crate) fn finish_quietly(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let output = command.output().with_context(|| format!("`{shown}` cannot be run"))?;
    if !output.status.success() {
        bail!("`{shown}` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

/// Whether a program runs and says that all is well.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
    let mut shown = program.into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}
