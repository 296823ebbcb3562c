//! The gateway's process, as the shop holds it: started, watched, started again when it dies, and ended with the shop.
//!
//! The child reads a pipe that we hold: however we end, the system closes it, and the child ends, too.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{ChildStdin, Command};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::config::Secret;

const START_PATIENCE: Duration = Duration::from_secs(10);
const STOP_PATIENCE: Duration = Duration::from_secs(12);
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A running gateway. [`Child::stop`] ends it and waits for that; merely dropping it ends it without waiting.
#[derive(Debug)]
pub struct Child {
    url: String,
    stop: oneshot::Sender<()>,
    watcher: JoinHandle<()>,
}

/// Why there is no gateway; one sentence.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    #[error("the practice gateway cannot be started ({0}); run this program again from where it is installed")]
    Spawn(std::io::Error),
    #[error("the practice gateway ended before it answered; its reason stands above")]
    Silent,
    #[error("the practice gateway did not answer within {} seconds", START_PATIENCE.as_secs())]
    Slow,
    #[error("the practice gateway's folder {} cannot be used ({source})", path.display())]
    Folder { path: PathBuf, source: std::io::Error },
}

/// The process and the pipe whose end tells it to end, too.
struct Running {
    process: tokio::process::Child,
    stdin: Option<ChildStdin>,
    url: String,
}

/// What is needed to start the gateway, again and again.
struct Launch {
    program: PathBuf,
    dir: PathBuf,
    secret: Secret,
}

impl Child {
    /// Starts `program demo-gateway` with its things in `dir`, on the port that it had last time if that is free, so
    /// that old payment links keep working. `moved` hears when it comes back at another address.
    ///
    /// # Errors
    /// One of [`ChildError`].
    pub async fn start(
        program: PathBuf,
        dir: PathBuf,
        secret: Secret,
        moved: impl Fn(&str) + Send + Sync + 'static,
    ) -> Result<Self, ChildError> {
        let launch = Launch { program, dir, secret };
        let running = launch.start().await?;
        let url = running.url.clone();
        let (stop, stopped) = oneshot::channel();
        let watcher = tokio::spawn(watch(launch, running, stopped, moved));
        Ok(Self { url, stop, watcher })
    }

    /// Where it answered at first, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends the gateway and waits for it.
    pub async fn stop(self) {
        // A watcher that is gone has no gateway left.
        if self.stop.send(()).is_ok()
            && let Err(problem) = self.watcher.await
        {
            tracing::error!(%problem, "the watcher of the practice gateway failed");
        }
    }
}

impl Launch {
    async fn start(&self) -> Result<Running, ChildError> {
        let last = last_port(&self.port_file());
        if let Some(port) = last {
            match self.start_on(port).await {
                Ok(started) => return Ok(started),
                Err(problem) => tracing::warn!(port, %problem, "the practice gateway takes another port"),
            }
        }
        let running = self.start_on(0).await?;
        let port = running.url.rsplit(':').next().unwrap_or_default();
        let path = self.port_file();
        std::fs::write(&path, port).map_err(|source| ChildError::Folder { path, source })?;
        Ok(running)
    }

    async fn start_on(&self, port: u16) -> Result<Running, ChildError> {
        let listen = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
        let mut process = Command::new(&self.program)
            .arg("demo-gateway")
            .args(["--listen", &listen.to_string(), "--until-stdin-closes", "--data-dir"])
            .arg(&self.dir)
            .env("ETALASE_DEMO_GATEWAY_SECRET", self.secret.reveal())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Ctrl+C in a terminal is for the shop, which then ends the gateway in its turn.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(ChildError::Spawn)?;

        // Taken out, because waiting for a process closes what it still has of its stdin.
        let stdin = process.stdin.take();
        let stdout = process.stdout.take().ok_or(ChildError::Silent)?;
        let mut lines = BufReader::new(stdout).lines();
        let line = tokio::time::timeout(START_PATIENCE, lines.next_line()).await.map_err(|_| ChildError::Slow)?;
        let line = line.ok().flatten().ok_or(ChildError::Silent)?;
        let url = line.strip_prefix("listening on ").ok_or(ChildError::Silent)?;
        Ok(Running { process, stdin, url: url.to_owned() })
    }

    fn port_file(&self) -> PathBuf {
        self.dir.join("port")
    }
}

fn last_port(path: &Path) -> Option<u16> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok().filter(|port| *port != 0)
}

async fn watch(
    launch: Launch,
    mut running: Running,
    mut stopped: oneshot::Receiver<()>,
    moved: impl Fn(&str) + Send + Sync + 'static,
) {
    let mut pause = FIRST_PAUSE;
    loop {
        tokio::select! {
            _ = &mut stopped => return end(running).await,
            status = running.process.wait() => {
                tracing::error!(status = ?status.ok().map(|status| status.to_string()), "the practice gateway died and is started again");
            }
        }
        running = loop {
            tokio::select! {
                _ = &mut stopped => return,
                () = tokio::time::sleep(pause) => {}
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
            match launch.start().await {
                Ok(new) => {
                    if new.url != running.url {
                        moved(&new.url);
                    }
                    break new;
                }
                Err(problem) => tracing::error!(%problem, "the practice gateway could not be started again"),
            }
        };
    }
}

/// Closes the child's stdin, which tells it to end.
async fn end(running: Running) {
    let Running { mut process, stdin, .. } = running;
    drop(stdin);
    if tokio::time::timeout(STOP_PATIENCE, process.wait()).await.is_err() {
        tracing::warn!("the practice gateway did not end by itself and is killed");
        if let Err(problem) = process.kill().await {
            tracing::error!(%problem, "the practice gateway cannot be killed");
        }
    }
}
