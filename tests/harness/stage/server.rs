//! A real server process: started as an owner starts it, killed as a power cut does.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::Mutex;

/// Longer than any start takes.
const PATIENCE: Duration = Duration::from_secs(180);
/// What the shops of a run and their practice gateways share.
pub(crate) const SECRET: &str = "a secret of the harness";

/// A `storefront serve` that keeps its address however often it is killed; ended with the bench.
pub(crate) struct Server {
    program: PathBuf,
    folder: PathBuf,
    database: String,
    variables: Vec<(String, String)>,
    /// `127.0.0.1:port`.
    pub(crate) address: String,
    running: Mutex<Option<Child>>,
}

impl Server {
    /// Starts it on any free port and waits until it listens; what it logs goes to `server.log` in its folder.
    pub(crate) async fn start(program: &Path, folder: &Path, database: &str, variables: &[(String, String)]) -> Self {
        std::fs::create_dir_all(folder.join("demo-gateway")).unwrap();
        std::fs::write(folder.join("demo-gateway/secret"), SECRET).unwrap();
        let mut this = Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
            database: database.to_owned(),
            variables: variables.to_vec(),
            address: "127.0.0.1:0".to_owned(),
            running: Mutex::default(),
        };
        this.address = this.launch().await.unwrap();
        this
    }

    /// Ends the process as a power cut does.
    pub(crate) async fn kill(&self) {
        if let Some(mut child) = self.running.lock().await.take() {
            child.kill().await.unwrap();
        }
    }

    /// Starts a killed one again, however long the database takes to come back.
    pub(crate) async fn start_again(&self) {
        let trying = async {
            while let Err(why) = self.launch().await {
                writeln!(self.log(), "the harness tries again: {why}").unwrap();
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(PATIENCE, trying).await.unwrap();
    }

    /// Sends a signal, such as `-STOP`, to a running one.
    pub(crate) async fn signal(&self, what: &str) {
        let pid = self.running.lock().await.as_ref().and_then(Child::id);
        if let Some(pid) = pid {
            let _ = Command::new("kill").args([what, &pid.to_string()]).status().await;
        }
    }

    /// Starts it when it does not run.
    pub(crate) async fn start_again_if_killed(&self) {
        if self.running.lock().await.is_none() {
            self.start_again().await;
        }
    }

    /// Ends it in order.
    pub(crate) async fn stop(&self) {
        let Some(mut child) = self.running.lock().await.take() else { return };
        let pid = child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
        let status = tokio::time::timeout(PATIENCE, child.wait()).await.unwrap().unwrap();
        assert!(status.success(), "{status}");
    }

    /// Lines of the log that no crash of something else explains.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.folder.join("server.log")).unwrap();
        let is_ours = |line: &&str| line.contains("panicked") || line.contains("disagree");
        log.lines().filter(is_ours).map(str::to_owned).collect()
    }

    async fn launch(&self) -> Result<String, String> {
        let mut child = Command::new(&self.program)
            .args(["--log", "warn", "serve", "--listen", &self.address, "--data-dir"])
            .arg(&self.folder)
            .env("ETALASE_DATABASE_URL", &self.database)
            .envs(self.variables.iter().cloned())
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(self.log())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = tokio::time::timeout(PATIENCE, lines.next_line()).await.map_err(|_| "it did not listen in time")?;
        let said = line.ok().flatten().ok_or("it ended before it listened")?;
        let address = said.strip_prefix("listening on http://").ok_or(said.clone())?.to_owned();
        *self.running.lock().await = Some(child);
        Ok(address)
    }

    fn log(&self) -> File {
        File::options().create(true).append(true).open(self.folder.join("server.log")).unwrap()
    }
}
