//! What the steps share: the database servers, started by the first step that needs one, and which tests are wanted.

use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::Result;

use crate::database::Database;
use crate::{cargo, install, mysql, say, tree};

/// How many tests of one program run at once. Most of them wait, for a lock, for a second to pass, for a window.
pub(crate) const AT_ONCE: usize = 4;

/// Servers live as long as this.
pub(crate) struct Context {
    maria: Server,
    mysql: Server,
    names: Vec<String>,
}

#[derive(Default)]
struct Server {
    running: OnceLock<Database>,
    starting: Mutex<()>,
}

impl Context {
    pub(crate) fn new(names: Vec<String>) -> Self {
        Self { maria: Server::default(), mysql: Server::default(), names }
    }

    /// The server that is installed, which on Debian and Ubuntu is MariaDB.
    pub(crate) fn maria(&self) -> Result<&Database> {
        self.maria.started("test-database", None)
    }

    /// A MySQL server, when there is a program for it.
    pub(crate) fn mysql(&self) -> Result<Option<&Database>> {
        match mysql::program()? {
            Some(program) => Ok(Some(self.mysql.started("test-database-mysql", Some(program))?)),
            None => Ok(None),
        }
    }

    /// What the wanted tests have in their names; nothing when all of them are wanted.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Runs tests on `database`, so many at once: by nextest when it is installed, else by cargo's own runner.
    pub(crate) fn run_tests(
        &self,
        database: &Database,
        selection: &[&str],
        targets: &[&str],
        at_once: usize,
    ) -> Result<()> {
        let nextest = cargo::succeeds(&mut cargo::command(&["nextest", "--version"]));
        let mut command = cargo::command(if nextest { &["nextest", "run"] } else { &["test"] });
        command.args(selection).arg("--no-fail-fast").args(targets);
        let threads = at_once.to_string();
        if nextest {
            command
                .args(["--test-threads", &threads, "--status-level", "fail", "--final-status-level", "slow"])
                .args(&self.names);
        } else {
            command.env("RUST_TEST_THREADS", threads).arg("--").args(&self.names);
        }
        command
            .env("DATABASE_URL", database.url())
            .env("ETALASE_TEST_MYSQLD", database.binary())
            .env("ETALASE_TEST_BIN_DIR", tree::target().join("debug"));
        if let Some(driver) = install::chromium_driver() {
            command.env("ETALASE_TEST_CHROMEDRIVER", driver);
        }
        cargo::finish(&mut command)
    }
}

impl Server {
    fn started(&self, name: &str, program: Option<PathBuf>) -> Result<&Database> {
        let _one_starts = self.starting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(database) = self.running.get() {
            return Ok(database);
        }
        let database = Database::start(name, program.as_deref())?;
        say::line(&format!("  started {}", database.about()));
        Ok(self.running.get_or_init(|| database))
    }
}
