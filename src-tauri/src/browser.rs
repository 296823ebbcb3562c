//! Opening an address in the owner's own browser.

use std::process::Stdio;

use tokio::process::Command;

/// Opens the address; waits for nothing.
///
/// # Errors
/// When the system has no program that opens addresses.
pub(crate) fn open(url: &str) -> std::io::Result<()> {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut opener = Command::new(program);
    opener.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut opener = opener.spawn()?;
    // Somebody must take its exit status, or it stays as a zombie.
    tauri::async_runtime::spawn(async move { opener.wait().await });
    Ok(())
}
