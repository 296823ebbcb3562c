//! The running private server, watched: when it dies while we live, it is started again.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use tokio::process::Child;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::folder::{Folder, Lock};
use crate::launch::{self, Launch};
use crate::{Binary, Error, Settings, initialise, orphans};

/// A stopping server writes out its memory; a shop's takes a second or two.
const STOP_PATIENCE: Duration = Duration::from_secs(45);
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A server that lived this long died of something new: the next one is started without delay.
const HEALTHY: Duration = Duration::from_secs(60);

/// A server of our own. [`Private::stop`] ends it in order; merely dropping it asks it to end and does not wait.
pub struct Private {
    url: String,
    password: String,
    socket: PathBuf,
    pid: Arc<AtomicU32>,
    stop: Option<oneshot::Sender<()>>,
    watcher: Option<JoinHandle<()>>,
    /// The last field: released after everything else is over.
    _lock: Lock,
}

impl Private {
    /// Starts the server of the folder `dir`, setting up a new database when there is none, and returns once it
    /// answers. Runs inside a tokio runtime, which then watches the server.
    ///
    /// # Errors
    /// One of [`Error`], each saying what to do; no server is left running then.
    pub async fn start(dir: &Path, binary: &Binary) -> Result<Self, Error> {
        Self::start_with(dir, binary, Settings::default()).await
    }

    /// [`Private::start`], tuned otherwise.
    ///
    /// # Errors
    /// As [`Private::start`].
    pub async fn start_with(dir: &Path, binary: &Binary, settings: Settings) -> Result<Self, Error> {
        let folder = Folder::open(dir)?;
        let lock = folder.lock()?;
        initialise::ensure(&folder, binary).await?;

        let pid = Arc::new(AtomicU32::new(0));
        let launch = Launch {
            socket: folder.socket()?,
            password: folder.password()?,
            folder,
            binary: binary.clone(),
            settings,
            pid: Arc::clone(&pid),
        };
        let (url, password, socket) = (url(&launch), launch.password.clone(), launch.socket.clone());
        let child = launch.start().await?;
        tracing::info!(pid = child.id(), kind = %binary.kind(), version = %binary.version(), "the database answers");

        let (stop, stopped) = oneshot::channel();
        let watcher = tokio::spawn(watch(launch, child, stopped));
        Ok(Self { url, password, socket, pid, stop: Some(stop), watcher: Some(watcher), _lock: lock })
    }

    /// The address for sqlx, password included: never log it. It stays the same when the server is restarted.
    #[must_use]
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The password of the account `etalase`, for a client that takes no address.
    #[must_use]
    pub fn password(&self) -> &str {
        &self.password
    }

    /// Where the server listens.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// The server's process, `None` while it is being restarted.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        Some(self.pid.load(Ordering::Acquire)).filter(|&pid| pid != 0)
    }

    /// Stops the server in order and waits for it; by force when it takes longer than 45 seconds.
    pub async fn stop(mut self) {
        // A watcher that has ended has no server left to stop.
        if let Some(stop) = self.stop.take()
            && stop.send(()).is_ok()
            && let Some(watcher) = self.watcher.take()
            && let Err(problem) = watcher.await
        {
            tracing::error!(%problem, "the watcher of the database server failed");
        }
    }
}

/// Without the password.
impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Private").field("socket", &self.socket).field("pid", &self.pid()).finish_non_exhaustive()
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        if let Some(watcher) = self.watcher.take() {
            watcher.abort();
            if let Some(pid) = self.pid() {
                orphans::signal(pid, Signal::TERM);
            }
        }
    }
}

/// Restarts the server whenever it dies, ever more slowly while it keeps dying, until told to stop it.
async fn watch(launch: Launch, mut child: Child, mut stopped: oneshot::Receiver<()>) {
    let mut pause = FIRST_PAUSE;
    let mut since = Instant::now();
    loop {
        tokio::select! {
            _ = &mut stopped => {
                launch::stop(&mut child, STOP_PATIENCE).await;
                launch.pid.store(0, Ordering::Release);
                return;
            }
            status = child.wait() => {
                launch.pid.store(0, Ordering::Release);
                tracing::error!(status = ?status.ok().map(|status| status.to_string()), "the database server died and is started again");
            }
        }

        if since.elapsed() > HEALTHY {
            pause = FIRST_PAUSE;
        }
        child = loop {
            tokio::select! {
                _ = &mut stopped => return,
                () = tokio::time::sleep(pause) => {}
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
            match launch.start().await {
                Ok(child) => break child,
                Err(problem) => tracing::error!(%problem, "the database server could not be started again"),
            }
        };
        since = Instant::now();
        tracing::info!(pid = child.id(), "the database answers again");
    }
}

/// The password is hexadecimal and needs no encoding; the socket's path may hold anything.
fn url(launch: &Launch) -> String {
    use std::fmt::Write;
    use std::os::unix::ffi::OsStrExt;

    let mut url = format!("mysql://etalase:{}@localhost/etalase?socket=", launch.password);
    for &byte in launch.socket.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}
