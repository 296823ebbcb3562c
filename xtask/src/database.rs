//! A private server for a task, through the `mysqld` crate. It lives in `target/xtask`, so that one left behind by a
//! killed run is found and stopped by the next.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use mysqld::{Binary, Private, Settings};
use tokio::runtime::Runtime;

use crate::tree;

/// A running server; it stops when this is dropped.
pub(crate) struct Database {
    url: String,
    password: String,
    socket: PathBuf,
    binary: Binary,
    /// Taken only by `drop`.
    server: Option<Private>,
    runtime: Runtime,
}

impl Database {
    /// Starts `binary`, or the server that is installed, on the folder `name` in `target/xtask`.
    pub(crate) fn start(name: &str, binary: Option<&Path>) -> Result<Self> {
        let binary = mysqld::find(binary)?;
        let folder = tree::scratch(name)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let server = runtime
            .block_on(Private::start_with(&folder, &binary, Settings::for_tests()))
            .with_context(|| format!("{} cannot be used", folder.display()))?;
        Ok(Self {
            url: server.url(),
            password: server.password().to_owned(),
            socket: server.socket().to_owned(),
            binary,
            server: Some(server),
            runtime,
        })
    }

    /// The address, for `DATABASE_URL`. Its account may make databases.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The account's password and the socket, for a client that takes no address.
    pub(crate) fn login(&self) -> (&str, &Path) {
        (&self.password, &self.socket)
    }

    /// The server's program.
    pub(crate) fn binary(&self) -> &Path {
        self.binary.path()
    }

    /// Kind, version and program, for people.
    pub(crate) fn about(&self) -> String {
        format!("{} {} ({})", self.binary.kind(), self.binary.version(), self.binary.path().display())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.stop());
        }
    }
}
