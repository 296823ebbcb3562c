//! Where failures leave the desktop: logged once with all their causes, or told in one sentence on stderr.

use domain::problem::Problem;
use services::Chain;

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
