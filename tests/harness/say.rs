//! What the person at the terminal reads: the one place that prints.

/// One plain line.
#[expect(clippy::print_stdout, reason = "the terminal is this program's user interface")]
pub(crate) fn line(text: &str) {
    println!("{text}");
}
