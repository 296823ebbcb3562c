//! Where failures leave the desktop: logged once with all their causes, or told in one sentence on stderr.

use std::error::Error;
use std::fmt;

use domain::problem::Problem;

/// Logs a failure that is ours, and gives what the window may know of it.
pub(crate) fn report(error: &services::Error) -> Problem {
    let problem = Problem::from(error);
    if problem.kind.is_ours() {
        tracing::error!(error = %Chain(error), "a command failed");
    } else {
        tracing::debug!(error = %Chain(error), "a command was refused");
    }
    problem
}

/// Tells whoever started the program, in one sentence.
#[expect(clippy::print_stderr, reason = "one sentence for whoever started the program")]
pub(crate) fn complain(sentence: &str) {
    eprintln!("etalase: {sentence}");
}

/// An error with its causes, on one line.
struct Chain<'a>(&'a dyn Error);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
