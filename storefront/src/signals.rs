//! What ends the program from outside.

use std::os::fd::AsFd;

use tokio::io::AsyncReadExt;
use tokio::net::unix::pipe;
use tokio::signal::unix::{SignalKind, signal};

/// Waits until somebody asks the program to end: with Ctrl+C, or as a service manager does.
///
/// # Errors
/// When the system refuses to deliver signals.
pub async fn end() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// Waits until our stdin closes, as it does when the process that holds its other end is gone, however it went.
///
/// # Errors
/// When stdin is no pipe.
pub(crate) async fn stdin_closes() -> std::io::Result<()> {
    // Not tokio's stdin: a thread that waits for input would keep the program from ending.
    let stdin = std::io::stdin().as_fd().try_clone_to_owned()?;
    let mut stdin = pipe::Receiver::from_owned_fd(stdin)?;
    let mut ignored = [0; 64];
    while stdin.read(&mut ignored).await? > 0 {}
    Ok(())
}
