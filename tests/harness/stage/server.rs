//! A real server process: started as an owner starts it, killed as a power cut does.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Longer than any start takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `storefront serve`, ended with the bench.
pub(crate) struct Server {
    child: Child,
    /// `127.0.0.1:port`.
    pub(crate) address: String,
}

impl Server {
    /// Starts it and waits until it listens; what it logs goes to `server.log` in its folder.
    pub(crate) async fn start(program: &Path, folder: &Path, database: &str, listen: &str) -> Result<Self, String> {
        std::fs::create_dir_all(folder).unwrap();
        let log = File::options().create(true).append(true).open(folder.join("server.log")).unwrap();
        let mut child = Command::new(program)
            .args(["--log", "warn", "serve", "--listen", listen, "--data-dir"])
            .arg(folder)
            .env("ETALASE_DATABASE_URL", database)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = tokio::time::timeout(PATIENCE, lines.next_line()).await.map_err(|_| "it did not listen in time")?;
        let said = line.ok().flatten().ok_or_else(|| format!("it ended; see {}", folder.display()))?;
        let address = said.strip_prefix("listening on http://").ok_or(said.clone())?.to_owned();
        Ok(Self { child, address })
    }

    /// Ends it in order.
    pub(crate) async fn stop(mut self) {
        let pid = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await.unwrap().unwrap();
        assert!(status.success(), "{status}");
    }
}
