//! Where failures of the services are logged: once, on their way out.

use std::error::Error;
use std::fmt;

use domain::problem::Problem;

/// Logs a failure that is ours with all its causes, and gives what the outside may know of it.
pub(crate) fn report(error: &services::Error) -> Problem {
    let problem = Problem::from(error);
    if problem.kind.is_ours() {
        tracing::error!(error = %Chain(error), "a request failed");
    } else {
        tracing::debug!(error = %Chain(error), "a request was refused");
    }
    problem
}

/// An error with its causes, on one line.
pub(crate) struct Chain<'a>(pub(crate) &'a dyn Error);

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
