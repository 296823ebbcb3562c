//! `cargo xtask prepare`: asks a real database about every query of `services` and writes the answers to
//! `services/.sqlx`, from which everybody else compiles without a database.
//!
//! sqlx's macros do the asking while `services` is being checked; this file gives them a database with today's schema.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::database::Database;
use crate::fingerprint::{self, Fingerprint};
use crate::install::{self, Purpose};
use crate::{cargo, environment, say, tree};

/// What to do with the answers.
#[derive(clap::Args, Clone, Copy)]
pub(crate) struct Options {
    /// Write nothing; fail when services/.sqlx is not what it should be
    #[arg(long)]
    pub(crate) check: bool,
}

/// The answers by file name.
type Answers = BTreeMap<String, String>;

/// Writes or checks `services/.sqlx`; does nothing when neither queries, schema nor answers changed since it was right.
pub(crate) fn run(options: Options) -> Result<()> {
    if fingerprint()?.is_known() {
        say::line("  services/.sqlx is up to date");
        return Ok(());
    }
    install::packages(Purpose::Prepare)?;

    let kept = tree::root().join("services/.sqlx");
    let (before, now) = (read(&kept)?, ask()?);
    if options.check {
        if let Some(difference) = difference(&before, &now) {
            bail!("services/.sqlx is stale: {difference}; run `cargo xtask prepare` and commit what it writes");
        }
    } else {
        write(&kept, &before, &now)?;
    }
    fingerprint()?.remember()?;
    say::line(&format!("  services/.sqlx answers for {} queries", now.len()));
    Ok(())
}

/// Everything that the answers depend on, and the answers themselves.
fn fingerprint() -> Result<Fingerprint> {
    let root = tree::root();
    let places = ["services/src", "services/sqlx.toml", "services/.sqlx", "migrations", "Cargo.lock"];
    Fingerprint::of("prepare", &fingerprint::inputs(&places.map(|place| root.join(place)))?)
}

/// Lets the macros ask a fresh database, and returns what they wrote.
fn ask() -> Result<Answers> {
    let database = Database::start("prepare-database", None)?;
    create_schema(&database)?;

    let answers = tree::scratch("prepared")?;
    if answers.exists() {
        std::fs::remove_dir_all(&answers)?;
    }
    std::fs::create_dir_all(&answers)?;
    // A number that changes with each run and means nothing to a check makes cargo check `services` anew.
    let nonce = format!("profile.dev.package.services.codegen-units={}", std::process::id());
    let mut check = cargo::command(&["check", "--config", &nonce, "--lib", "--package", "services"]);
    check.args(cargo::BESIDE);
    check.env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", &answers).env("DATABASE_URL", database.url());
    cargo::finish(&mut check)?;
    read(&answers)
}

/// Runs the migrations in order through the command-line client.
fn create_schema(database: &Database) -> Result<()> {
    let recreate = "drop database if exists `etalase`; create database `etalase`";
    let mut client = client(database)?;
    cargo::finish_quietly(client.arg(format!("--execute={recreate}")))?;
    for migration in migrations()? {
        let file = File::open(&migration).with_context(|| format!("{} cannot be read", migration.display()))?;
        let mut client = self::client(database)?;
        cargo::finish_quietly(client.arg("--database=etalase").stdin(file))
            .with_context(|| format!("the migration {} fails", migration.display()))?;
    }
    Ok(())
}

/// `migrations/<version>_<name>.sql` in the order of their versions, as sqlx runs them.
fn migrations() -> Result<Vec<PathBuf>> {
    let mut migrations = BTreeMap::new();
    for path in tree::files_under(&tree::root().join("migrations"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".sql") || name.ends_with(".down.sql") {
            continue;
        }
        let version = name.split_once('_').and_then(|(version, _)| version.parse::<i64>().ok());
        let version = version.with_context(|| format!("migrations/{name} does not begin with a version and `_`"))?;
        if let Some(other) = migrations.insert(version, path) {
            bail!("migrations/{name} and {} have the same version", other.display());
        }
    }
    Ok(migrations.into_values().collect())
}

fn client(database: &Database) -> Result<Command> {
    let program = environment::program("mariadb").or_else(|| environment::program("mysql"));
    let mut client = Command::new(program.context("neither `mariadb` nor `mysql`, the client, is on PATH")?);
    let (password, socket) = database.login();
    // In the environment, where other users cannot read it, unlike a command line.
    client.env("MYSQL_PWD", password).args(["--no-defaults", "--user=etalase"]);
    client.arg(format!("--socket={}", socket.display()));
    Ok(client)
}

fn read(folder: &Path) -> Result<Answers> {
    let mut answers = Answers::new();
    for path in tree::files_under(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("query-") {
            answers.insert(name, std::fs::read_to_string(&path)?);
        }
    }
    Ok(answers)
}

fn write(folder: &Path, before: &Answers, now: &Answers) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for name in before.keys().filter(|name| !now.contains_key(*name)) {
        std::fs::remove_file(folder.join(name))?;
    }
    for (name, answer) in now.iter().filter(|(name, answer)| before.get(*name) != Some(answer)) {
        std::fs::write(folder.join(name), answer).with_context(|| format!("{name} cannot be written"))?;
    }
    Ok(())
}

/// The first few queries whose answer is missing, other, or no longer asked for.
fn difference(before: &Answers, now: &Answers) -> Option<String> {
    let names: BTreeSet<_> = before.keys().chain(now.keys()).collect();
    let differences: Vec<_> = names
        .into_iter()
        .filter_map(|name| match (before.get(name), now.get(name)) {
            (Some(_), None) => Some(format!("{name} is not asked for any more")),
            (None, Some(answer)) => Some(format!("{name} is missing ({})", query_of(answer))),
            (Some(old), Some(new)) if old != new => Some(format!("{name} differs ({})", query_of(new))),
            (Some(_), Some(_)) | (None, None) => None,
        })
        .collect();
    let shown = differences.iter().take(5).map(String::as_str).collect::<Vec<_>>().join("; ");
    match differences.len() {
        0 => None,
        1..=5 => Some(shown),
        count => Some(format!("{shown}; and {} more", count - 5)),
    }
}

/// The beginning of the query that an answer is about.
fn query_of(answer: &str) -> String {
    let line = answer.lines().find_map(|line| line.trim().strip_prefix("\"query\":")).unwrap_or_default();
    line.trim_matches([' ', ',', '"'])
        .replace("\\n", " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(70)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(of: &[(&str, &str)]) -> Answers {
        of.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect()
    }

    #[test]
    fn a_difference_names_the_query() {
        let kept = answers(&[("query-a.json", "1"), ("query-b.json", "1")]);
        let asked = answers(&[("query-a.json", "1"), ("query-c.json", "{\n  \"query\": \"select\\n  1\",\n}")]);

        assert_eq!(difference(&kept, &kept), None);
        let said = difference(&kept, &asked).unwrap();
        assert!(said.contains("query-b.json is not asked for"), "{said}");
        assert!(said.contains("query-c.json is missing (select 1)"), "{said}");
    }

    #[test]
    fn stale_answers_are_removed_and_new_ones_written() {
        let folder = tempfile::tempdir().unwrap();
        let old = answers(&[("query-a.json", "1"), ("query-b.json", "1")]);
        let new = answers(&[("query-b.json", "2"), ("query-c.json", "3")]);
        write(folder.path(), &Answers::new(), &old).unwrap();

        write(folder.path(), &old, &new).unwrap();

        assert_eq!(read(folder.path()).unwrap(), new);
    }
}
