//! Runs cargo and other programs: shown as they are run, their output passed through, a failure told in one line.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{environment, say, tree};

/// What every build selects, also when it wants one program of it alone. Cargo gives a crate the features that the
/// selected packages want together: with another selection it would compile the same crates once more.
pub(crate) const SELECTION: [&str; 3] = ["--workspace", "--exclude", "admin-ui"];

/// Selected beside a package that is built without the others, these give its crates the same features all the same.
pub(crate) const BESIDE: [&str; 4] = ["--package", "features", "--package", "xtask"];

/// Cargo in the root of the repository, with these arguments.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(environment::variable("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(tree::root());
    // Set by the cargo that runs xtask itself; inherited, they would make this one rebuild what is fresh.
    for name in environment::names().filter(|name| is_of_runner(name)) {
        command.env_remove(name);
    }
    command
}

/// Whether a variable tells about the package that runs. Build scripts such as ring's ask to be run again when one changes.
fn is_of_runner(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// Runs cargo with these arguments and waits.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    finish(&mut command(arguments))
}

/// Builds a program of the workspace and tells where it is.
pub(crate) fn program(name: &str, is_release: bool) -> Result<PathBuf> {
    let mut build = command(&["build"]);
    build.args(SELECTION).args(["--bin", name]);
    if is_release {
        build.arg("--release");
    }
    finish(&mut build)?;
    Ok(tree::target().join(if is_release { "release" } else { "debug" }).join(name))
}

/// Runs a command and waits; any end but success is an error that names the command.
pub(crate) fn finish(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    say::line(&format!("  $ {shown}"));
    say::lend(command)?;
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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Every crate that these packages are built from, with each set of features that it gets.
    fn crates(selection: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
        let shape = ["--edges", "normal,build", "--no-dedupe", "--prefix", "none", "--format", "{p}|{f}"];
        let tree = command(&[&["tree"], selection, &shape].concat()).output().unwrap();
        assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
        let mut found = BTreeMap::<_, BTreeSet<_>>::new();
        for (name, features) in String::from_utf8(tree.stdout).unwrap().lines().filter_map(|line| line.split_once('|'))
        {
            found.entry(name.replace(" (proc-macro)", "")).or_default().insert(features.replace(" (*)", ""));
        }
        found
    }

    #[test]
    fn what_cargo_tells_of_the_runner_is_not_handed_on() {
        let left: Vec<_> = environment::names().filter(|name| is_of_runner(name)).collect();
        assert!(left.iter().any(|name| name == "CARGO_PKG_VERSION_MAJOR"), "told to this test: {left:?}");
        let command = command(&["build"]);
        let taken_away = command.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name.to_owned());
        assert_eq!(taken_away.collect::<BTreeSet<_>>(), left.into_iter().map(Into::into).collect());
    }

    #[test]
    fn the_runner_is_built_from_what_everything_else_is_built_from() {
        let (runner, everything) = (crates(&["--package", "xtask"]), crates(&SELECTION));
        let others: Vec<_> = runner.iter().filter(|(name, features)| !features.is_subset(&everything[*name])).collect();
        assert!(others.is_empty(), "xtask/Cargo.toml should want the same features of these: {others:#?}");
    }

    #[test]
    fn the_services_alone_are_built_from_what_everything_else_is_built_from() {
        let wanted = crates(&[&["--package", "services"][..], &BESIDE].concat());
        let (alone, everything) = (crates(&["--package", "services"]), crates(&SELECTION));
        let others: Vec<_> = alone.keys().filter(|name| wanted[*name] != everything[*name]).collect();
        assert!(others.is_empty(), "xtask/features/Cargo.toml should want the same features of these: {others:#?}");
    }

    #[test]
    fn macros_and_programs_are_built_from_the_same_crates() {
        let mut twice = crates(&SELECTION);
        // What the window's macros want beyond the window itself would only make the program larger.
        twice.retain(|name, features| features.len() > 1 && !name.starts_with("tauri-utils "));
        assert!(twice.is_empty(), "xtask/features/Cargo.toml should want the same features of these: {twice:#?}");
    }
}
