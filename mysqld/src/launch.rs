//! Starts the server on a complete data folder and waits until it answers.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use tokio::io::AsyncReadExt;
use tokio::net::UnixStream;
use tokio::process::Child;

use crate::folder::{Folder, write_whole};
use crate::introduce::introduce;
use crate::{Binary, Error, Kind, Rights, Settings, initialise, memory, orphans, server_log};

/// How long a server may take to answer, recovery after a crash included.
const BOOT_LIMIT: Duration = Duration::from_secs(60);

/// Wrong values are refused, not bent.
const STRICT: &str =
    "STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

/// Everything needed to start the same server again.
pub(crate) struct Launch {
    pub(crate) folder: Folder,
    pub(crate) binary: Binary,
    pub(crate) settings: Settings,
    pub(crate) socket: PathBuf,
    pub(crate) password: String,
    /// The running server's pid, 0 while there is none; set before the server can do anything.
    pub(crate) pid: Arc<AtomicU32>,
}

impl Launch {
    /// Starts the server and returns when it answers; on failure no server is left running.
    pub(crate) async fn start(&self) -> Result<Child, Error> {
        let log = self.folder.log();
        let since = server_log::mark(&log);
        write_whole(&self.folder.init_file(), &self.init_sql())?;
        self.clear_old_socket()?;

        let mut child = self.command()?.spawn().map_err(|source| Error::running(self.binary.path(), source))?;
        self.pid.store(child.id().unwrap_or(0), Ordering::Release);

        let answered = self.wait_until_it_answers(&mut child, since).await;
        if answered.is_err() {
            // Nothing is served yet, so there is nothing to save.
            if let Err(problem) = child.kill().await {
                tracing::debug!(%problem, "the server that did not start is already gone");
            }
            self.pid.store(0, Ordering::Release);
        }
        answered.map(|()| child)
    }

    async fn wait_until_it_answers(&self, child: &mut Child, since: server_log::Mark) -> Result<(), Error> {
        let log = self.folder.log();
        let started = Instant::now();
        loop {
            if child.try_wait().map_err(|source| Error::running(self.binary.path(), source))?.is_some() {
                let did_not_start = |last_line| Error::DidNotStart { log, last_line };
                return Err(server_log::verdict(&self.folder, since, did_not_start));
            }
            if answers(&self.socket).await {
                return self.introduce_the_account().await;
            }
            if started.elapsed() > BOOT_LIMIT {
                return Err(server_log::verdict(&self.folder, since, |_| Error::TooSlow { log, limit: BOOT_LIMIT }));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn introduce_the_account(&self) -> Result<(), Error> {
        match self.binary.kind() {
            // Its passwords are checked in one step.
            Kind::MariaDb => Ok(()),
            Kind::MySql => introduce(&self.socket, "etalase", &self.password)
                .await
                .map_err(|source| Error::talking(&self.socket, source)),
        }
    }

    fn command(&self) -> Result<tokio::process::Command, Error> {
        // MariaDB's ONLY_FULL_GROUP_BY does not see that a key determines its row, as MySQL's does.
        let group_by = match self.binary.kind() {
            Kind::MariaDb => "",
            Kind::MySql => "ONLY_FULL_GROUP_BY,",
        };
        let Settings { connections, buffer_pool_mb, rights: _, is_durable } = self.settings;
        let mut command = initialise::command(&self.folder, &self.binary)?;
        command
            .arg(format!("--datadir={}", self.folder.data().display()))
            .arg(format!("--socket={}", self.socket.display()))
            .arg(format!("--pid-file={}", self.folder.pid_file().display()))
            .arg(format!("--log-error={}", self.folder.log().display()))
            .arg(format!("--init-file={}", self.folder.init_file().display()))
            .arg(format!("--sql-mode={group_by}{STRICT}"))
            .arg(format!("--max-connections={connections}"))
            .arg(format!("--innodb-buffer-pool-size={}M", memory::buffer_pool_mb(buffer_pool_mb, &self.folder.data())))
            .arg(format!("--innodb-flush-log-at-trx-commit={}", u8::from(is_durable)))
            .args([
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_unicode_520_ci",
                "--transaction-isolation=READ-COMMITTED",
                "--default-time-zone=+00:00",
                "--skip-name-resolve",
                "--local-infile=OFF",
                "--max-allowed-packet=16M",
                // sqlx keeps up to 100 statements prepared per connection.
                "--max-prepared-stmt-count=200000",
                "--table-open-cache=400",
                "--key-buffer-size=1M",
            ]);
        if !is_durable {
            // What nobody keeps needs neither a second copy nor a file for each of hundreds of short-lived tables.
            command.args(["--innodb-doublewrite=0", "--innodb-flush-method=nosync", "--innodb-file-per-table=0"]);
        }
        match self.binary.kind() {
            Kind::MariaDb => command.args([
                "--aria-pagecache-buffer-size=8M",
                "--log-warnings=1",
                // Statements are short and cores few: a thread for every connection only makes them take turns.
                "--thread-handling=pool-of-threads",
            ]),
            // Only there MySQL tells who waits for whom. That is what tests ask, whose data nobody keeps.
            Kind::MySql if !is_durable => command.args(["--disable-log-bin", "--performance-schema=ON"]),
            Kind::MySql => command.arg("--disable-log-bin"),
        };
        Ok(command)
    }

    /// Run by the server at every start, before it accepts anybody; one statement per line, as MySQL wants it.
    fn init_sql(&self) -> String {
        let account = "'etalase'@'localhost'";
        let password = &self.password;
        let (scope, extra) = match self.settings.rights {
            Rights::OwnDatabase => ("`etalase`.*", ""),
            Rights::Everything => ("*.*", " with grant option"),
        };
        format!(
            "create database if not exists `etalase` character set utf8mb4 collate utf8mb4_unicode_520_ci;\n\
             create user if not exists {account} identified by '{password}';\n\
             alter user {account} identified by '{password}';\n\
             grant all privileges on {scope} to {account}{extra};\n\
             alter user if exists 'root'@'localhost' account lock;\n"
        )
    }

    /// A killed server leaves its socket, and MySQL a lock beside it that a reused pid would keep closed for ever.
    fn clear_old_socket(&self) -> Result<(), Error> {
        let mut lock = self.socket.clone().into_os_string();
        lock.push(".lock");
        for path in [self.socket.clone(), lock.into()] {
            match std::fs::remove_file(&path) {
                Ok(()) => {}
                Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => {}
                Err(problem) => return Err(Error::writing(path, problem)),
            }
        }
        Ok(())
    }
}

/// Ends a server of ours in order, by force when it takes longer than `patience`.
pub(crate) async fn stop(child: &mut Child, patience: Duration) {
    let Some(pid) = child.id() else { return };
    orphans::signal(pid, Signal::TERM);
    if tokio::time::timeout(patience, child.wait()).await.is_err() {
        tracing::warn!(pid, "the database server did not stop in time and is ended by force");
        if let Err(problem) = child.kill().await {
            tracing::error!(pid, %problem, "the database server cannot be ended");
        }
    }
}

/// Whether a server on the socket greets as one that is ready: its first packet says protocol version 10.
async fn answers(socket: &Path) -> bool {
    let greeting = async {
        let mut stream = UnixStream::connect(socket).await?;
        let mut start = [0; 5];
        stream.read_exact(&mut start).await?;
        std::io::Result::Ok(start[4] == 10)
    };
    matches!(tokio::time::timeout(Duration::from_secs(2), greeting).await, Ok(Ok(true)))
}
