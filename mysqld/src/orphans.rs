//! Servers that outlived the process which started them. They are found by their `--datadir` argument, not by a pid
//! file: that leaves no moment in which a server runs unrecorded, and a reused pid is never mistaken for a server.

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::Error;

/// Long enough for a busy server to write out what it holds in memory.
const PATIENCE: Duration = Duration::from_secs(60);

/// Shuts down every server on `data`: politely first, then by force, which costs no committed row.
pub(crate) async fn stop(data: &Path) -> Result<(), Error> {
    let started = Instant::now();
    let mut asked = Vec::new();
    loop {
        let living = serving(data)?;
        let Some(&first) = living.first() else { return Ok(()) };

        if started.elapsed() > PATIENCE + Duration::from_secs(10) {
            return Err(Error::StubbornOrphan { path: data.to_owned(), pid: first });
        }
        if started.elapsed() > PATIENCE {
            living.iter().for_each(|&pid| signal(pid, Signal::KILL));
        }
        for pid in living {
            if !asked.contains(&pid) {
                tracing::warn!(pid, "stopping a database server left behind by a process that was killed");
                signal(pid, Signal::TERM);
                asked.push(pid);
            }
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Sends a signal; a process that is already gone is what we wanted.
pub(crate) fn signal(pid: u32, signal: Signal) {
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return };
    if let Err(problem) = kill_process(pid, signal) {
        tracing::debug!(?pid, %problem, "the signal did not arrive");
    }
}

/// The pids of the servers started on exactly this data folder.
fn serving(data: &Path) -> Result<Vec<u32>, Error> {
    let argument = format!("--datadir={}", data.display());
    if Path::new("/proc/self/cmdline").exists() { from_proc(&argument) } else { from_ps(&argument) }
}

fn from_proc(argument: &str) -> Result<Vec<u32>, Error> {
    let processes = std::fs::read_dir("/proc").map_err(|source| Error::reading("/proc", source))?;
    Ok(processes
        .flatten()
        .filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            // A process may end between the listing and the reading; a zombie's command line is empty.
            let command = std::fs::read(entry.path().join("cmdline")).ok()?;
            command.split(|&byte| byte == 0).any(|part| part == argument.as_bytes()).then_some(pid)
        })
        .collect())
}

fn from_ps(argument: &str) -> Result<Vec<u32>, Error> {
    let output = std::process::Command::new("ps")
        .args(["-axww", "-o", "pid=,command="])
        .output()
        .map_err(|source| Error::running("ps", source))?;
    let listing = String::from_utf8_lossy(&output.stdout);
    // A space after it, so that `…/data` is not taken for `…/data.new`.
    let argument = format!("{argument} ");
    Ok(listing
        .lines()
        .filter(|line| format!("{line} ").contains(&argument))
        .filter_map(|line| line.split_whitespace().next()?.parse().ok())
        .collect())
}
