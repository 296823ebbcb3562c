//! Ctrl-C and SIGTERM during a long task: the programs it runs get the signal themselves, and the task ends in order,
//! so that no database server is left behind. A second signal ends it at once.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use tokio::signal::unix::{SignalKind, signal};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens from now on, on a thread of its own.
pub(crate) fn listen() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut interrupt, mut terminate) = {
        let _inside = runtime.enter();
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
    };
    std::thread::spawn(move || {
        runtime.block_on(async {
            loop {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
                if ASKED.swap(true, Ordering::AcqRel) {
                    std::process::exit(130);
                }
            }
        });
    });
    Ok(())
}

/// Whether the task should end.
pub(crate) fn happened() -> bool {
    ASKED.load(Ordering::Acquire)
}
