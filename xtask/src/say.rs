//! What the person at the terminal reads: the one place that prints.

use std::time::{Duration, Instant};

/// One plain line.
#[expect(clippy::print_stdout, reason = "the terminal is this program's user interface")]
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// Why the task failed, with what led to it.
#[expect(clippy::print_stderr, reason = "the terminal is this program's user interface")]
pub(crate) fn problem(problem: &anyhow::Error) {
    eprintln!("error: {problem:#}");
}

/// A duration as people say it.
pub(crate) fn elapsed(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds >= 60 { format!("{}m{:02}s", seconds / 60, seconds % 60) } else { format!("{:.1}s", time.as_secs_f32()) }
}

/// Counts the steps of a long task, so that each line says how far it is.
pub(crate) struct Steps {
    total: usize,
    done: usize,
    started: Instant,
}

impl Steps {
    pub(crate) fn new(total: usize) -> Self {
        Self { total, done: 0, started: Instant::now() }
    }

    /// Announces the next step.
    pub(crate) fn next(&mut self, what: &str) {
        self.done += 1;
        line(&format!("[{}/{}] {what} ({} so far)", self.done, self.total, elapsed(self.started.elapsed())));
    }
}
