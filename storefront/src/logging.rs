//! Logging: one line per happening, on stderr, so that stdout stays for what other programs read.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::LogArgs;

/// Starts logging for the whole process; a second call changes nothing.
///
/// # Errors
/// One sentence, when the filter cannot be read.
pub fn start(args: &LogArgs) -> Result<(), String> {
    let filter = EnvFilter::try_new(&args.log)
        .map_err(|error| format!("the log filter {:?} cannot be read ({error}), see --log", args.log))?;
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
    if started.is_err() {
        tracing::debug!("logging was already started");
    }
    Ok(())
}
