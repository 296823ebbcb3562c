//! What the person at the terminal reads: the one place that prints.
//!
//! What is done beside something else says it into a file, which is shown whole when it is done.

use std::cell::RefCell;
use std::fs::File;
use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::tree;

thread_local! {
    /// Where this thread says what it does; the terminal when there is none.
    static ASIDE: RefCell<Option<File>> = const { RefCell::new(None) };
}

/// Does something whose words, and those of the programs that it runs, are not shown but given back.
pub(crate) fn aside<T>(name: &str, act: impl FnOnce() -> T) -> Result<(T, String)> {
    let path = tree::scratch(&format!("{name}.log"))?;
    let file = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    ASIDE.replace(Some(file));
    let done = act();
    ASIDE.replace(None);
    Ok((done, String::from_utf8_lossy(&std::fs::read(&path)?).into_owned()))
}

/// Lets a program speak where this thread does.
pub(crate) fn lend(command: &mut Command) -> Result<()> {
    ASIDE.with_borrow(|aside| {
        if let Some(file) = aside {
            command.stdout(file.try_clone()?).stderr(file.try_clone()?);
        }
        Ok(())
    })
}

/// One plain line.
#[expect(clippy::print_stdout, reason = "the terminal is this program's user interface")]
pub(crate) fn line(text: &str) {
    ASIDE.with_borrow_mut(|aside| match aside {
        // A disk that is full will stop the work itself.
        Some(file) => drop(writeln!(file, "{text}")),
        None => println!("{text}"),
    });
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
