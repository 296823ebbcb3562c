//! The database server of a run: a private one with exactly the settings of a shop's own, or one that is named.

use std::path::{Path, PathBuf};

use mysqld::{Binary, Private};
use sqlx::{Connection, MySqlConnection};
use tokio::process::Command;
use tokio::sync::Mutex;

/// A running server and the database on it.
pub(crate) struct Database {
    url: String,
    about: String,
    own: Option<Own>,
}

/// A server that we may kill.
struct Own {
    folder: PathBuf,
    binary: Binary,
    running: Mutex<Option<Private>>,
}

impl Database {
    /// `mariadb`, `mysql` or a URL.
    pub(crate) async fn start(wanted: &str, folder: &Path) -> Self {
        let (url, own, program) = if wanted.starts_with("mysql://") {
            (wanted.to_owned(), None, String::new())
        } else {
            let binary = program(wanted);
            let private = Private::start(folder, &binary).await.unwrap();
            let (url, program) = (private.url(), format!(" ({})", binary.path().display()));
            (url, Some(Own { folder: folder.to_owned(), binary, running: Mutex::new(Some(private)) }), program)
        };
        let about = format!("{}{program}", describe(&url).await);
        Self { url, about, own }
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// Version, and how durable a commit is.
    pub(crate) fn about(&self) -> String {
        self.about.clone()
    }

    /// Whether it is ours to kill.
    pub(crate) fn is_ours(&self) -> bool {
        self.own.is_some()
    }

    /// Ends the server as a power cut does; returns once nothing of it is left.
    pub(crate) async fn kill(&self) {
        let Some(own) = &self.own else { return };
        let Some(private) = own.running.lock().await.take() else { return };
        let pid = private.pid();
        // The watcher goes first, so that it does not start a server that we are about to start ourselves. Its polite signal
        // must not be heard: a server that begins to end answers what nobody asked, such as nothing for a sum. So it stands
        // still before that.
        if let Some(pid) = pid {
            signal("-STOP", pid).await;
        }
        drop(private);
        if let Some(pid) = pid {
            signal("-KILL", pid).await;
            while Path::new("/proc").join(pid.to_string()).join("exe").exists() {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        }
    }

    /// Starts a killed server; it recovers what was committed.
    pub(crate) async fn start_again(&self) {
        let Some(own) = &self.own else { return };
        let mut running = own.running.lock().await;
        let mut tries = 0;
        while running.is_none() {
            match Private::start(&own.folder, &own.binary).await {
                Ok(private) => *running = Some(private),
                // A machine with too much to do may take longer than a server is given.
                Err(_) if tries < 5 => tries += 1,
                Err(why) => panic!("the killed database did not come back: {why}"),
            }
        }
    }

    pub(crate) async fn stop(&self) {
        let Some(own) = &self.own else { return };
        if let Some(private) = own.running.lock().await.take() {
            private.stop().await;
        }
    }
}

async fn signal(which: &str, pid: u32) {
    let _ = Command::new("kill").args([which, &pid.to_string()]).status().await;
}

fn program(wanted: &str) -> Binary {
    let named = std::env::var_os("ETALASE_TEST_MYSQLD").filter(|path| !path.is_empty()).map(PathBuf::from);
    match wanted {
        "mariadb" => mysqld::find(None).unwrap(),
        "mysql" => {
            assert!(named.is_some(), "ETALASE_TEST_MYSQLD names no MySQL server");
            mysqld::find(named.as_deref()).unwrap()
        }
        other => panic!("{other:?} is neither mariadb, mysql nor the URL of a database"),
    }
}

async fn describe(url: &str) -> String {
    let mut conn = MySqlConnection::connect(url).await.unwrap();
    let (version, durable): (String, i64) =
        sqlx::query_as("select version(), cast(@@innodb_flush_log_at_trx_commit as signed)")
            .fetch_one(&mut conn)
            .await
            .unwrap();
    conn.close().await.unwrap();
    let kind = if version.contains("MariaDB") { "MariaDB" } else { "MySQL" };
    let durability = if durable == 1 { "every commit is flushed" } else { "COMMITS ARE NOT FLUSHED" };
    format!("{kind} {version}, innodb_flush_log_at_trx_commit={durable}: {durability}")
}
