//! Where failures of the services are logged: once, on their way out.

use domain::problem::Problem;
use services::Chain;

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
