//! Where failures of the services are logged: once, on their way out.

use domain::message::Message;
use domain::problem::Problem;
use services::Chain;

/// Logs a failure that is ours with all its causes, and gives what the outside may know of it.
pub(crate) fn report(error: &services::Error) -> Problem {
    let problem = Problem::from(error);
    // That the shop is not set up is said once, at the start.
    if problem.kind.is_ours() && problem.message != Message::NotSetUp {
        tracing::error!(error = %Chain(error), "a request failed");
    } else {
        tracing::debug!(error = %Chain(error), "a request was refused");
    }
    problem
}
