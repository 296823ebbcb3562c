//! The database server of a run: a private one with exactly the settings of a shop's own, or one that is named.

use std::path::{Path, PathBuf};

use mysqld::{Binary, Private};
use sqlx::{Connection, MySqlConnection};

/// A running server and the database on it.
pub(crate) struct Database {
    url: String,
    about: String,
    private: Option<Private>,
}

impl Database {
    /// `mariadb`, `mysql` or a URL.
    pub(crate) async fn start(wanted: &str, folder: &Path) -> Self {
        let (url, private, program) = if wanted.starts_with("mysql://") {
            (wanted.to_owned(), None, String::new())
        } else {
            let binary = program(wanted);
            let private = Private::start(folder, &binary).await.unwrap();
            (private.url(), Some(private), format!(" ({})", binary.path().display()))
        };
        let about = format!("{}{program}", describe(&url).await);
        Self { url, about, private }
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// Version, and how durable a commit is.
    pub(crate) fn about(&self) -> String {
        self.about.clone()
    }

    pub(crate) async fn stop(self) {
        if let Some(private) = self.private {
            private.stop().await;
        }
    }
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
