//! The workspace's own tool: `cargo xtask run | test | build-ui | prepare | bench | tidy …`. Each task is one file of its
//! name; a new one is a file, a line in [`Task`] and a line in `main`.
//!
//! It depends on neither `domain` nor `services`, so that a stale `.sqlx` never keeps `prepare` from mending it.

mod bench;
mod build_ui;
mod cargo;
mod database;
mod environment;
mod fingerprint;
mod install;
mod interrupt;
mod mysql;
#[cfg(any(test, feature = "pictures"))]
mod pictures;
mod prepare;
mod run;
mod say;
mod test;
mod tidy;
mod tree;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Runs, tests and prepares Etalase.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build, and open the desktop with the demo shop (headless without a display)
    Run(run::Options),
    /// Install what the tests need and run everything
    Test(test::Options),
    /// Build the desktop's user interface into admin-ui/dist
    BuildUi(build_ui::Options),
    /// Write services/.sqlx from the queries and the schema
    Prepare(prepare::Options),
    /// Draw the demo shop's pictures and the app icon from their SVG sources, as far as these changed
    Pictures,
    /// Measure the shop, and prove what it promises under load
    #[command(subcommand)]
    Bench(bench::Options),
    /// Check the rules of the house that no compiler checks
    Tidy,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Run(options) => run::run(&options),
        Task::Test(options) => test::run(&options),
        Task::BuildUi(options) => build_ui::run(options),
        Task::Prepare(options) => prepare::run(options),
        Task::Pictures => draw_pictures(),
        Task::Bench(options) => bench::run(&options),
        Task::Tidy => tidy::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            say::problem(&problem);
            ExitCode::FAILURE
        }
    }
}

#[cfg(feature = "pictures")]
fn draw_pictures() -> anyhow::Result<()> {
    pictures::run()
}

/// Drawing needs heavy crates that nothing else does: this program is built once more, with them and optimised.
#[cfg(not(feature = "pictures"))]
fn draw_pictures() -> anyhow::Result<()> {
    cargo::run(&["run", "--release", "--package", "xtask", "--features", "pictures", "--", "pictures"])
}
