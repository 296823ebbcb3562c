//! What the steps share: the database servers, started by the first step that needs one.

use std::cell::OnceCell;
use std::path::PathBuf;

use anyhow::Result;

use crate::database::Database;
use crate::{cargo, install, mysql, say, tree};

/// Servers live as long as this.
#[derive(Default)]
pub(crate) struct Context {
    maria: OnceCell<Database>,
    mysql: OnceCell<Database>,
}

impl Context {
    /// The server that is installed, which on Debian and Ubuntu is MariaDB.
    pub(crate) fn maria(&self) -> Result<&Database> {
        started(&self.maria, "test-database", None)
    }

    /// A MySQL server, when there is a program for it.
    pub(crate) fn mysql(&self) -> Result<Option<&Database>> {
        match mysql::program()? {
            Some(program) => Ok(Some(started(&self.mysql, "test-database-mysql", Some(program))?)),
            None => Ok(None),
        }
    }
}

/// Runs the workspace's tests, or those that `arguments` choose, on `database`: by nextest when it is installed, else
/// by cargo's own runner.
pub(crate) fn run_tests(database: &Database, arguments: &[&str]) -> Result<()> {
    let nextest = cargo::succeeds(&mut cargo::command(&["nextest", "--version"]));
    let runner: &[&str] = if nextest { &["nextest", "run"] } else { &["test"] };
    let mut command = cargo::command(runner);
    command
        .args(["--no-fail-fast", "--workspace", "--exclude", "admin-ui"])
        .args(arguments)
        .env("DATABASE_URL", database.url())
        .env("ETALASE_TEST_MYSQLD", database.binary())
        .env("ETALASE_TEST_BIN_DIR", tree::target().join("debug"));
    if let Some(driver) = install::chromium_driver() {
        command.env("ETALASE_TEST_CHROMEDRIVER", driver);
    }
    cargo::finish(&mut command)
}

fn started<'a>(cell: &'a OnceCell<Database>, name: &str, program: Option<PathBuf>) -> Result<&'a Database> {
    if let Some(database) = cell.get() {
        return Ok(database);
    }
    let database = Database::start(name, program.as_deref())?;
    say::line(&format!("  started {}", database.about()));
    Ok(cell.get_or_init(|| database))
}
