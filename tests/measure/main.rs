//! `cargo xtask bench data` and `cargo xtask bench desk`: fills a database with a believable shop of any size, and measures
//! the desk on it.
//!
//! A test target without a test harness, so that it shares the dependencies of the tests and is built only by name.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "the bench looks at the rows and the clock behind the services")]

mod desk;
mod figures;
#[path = "data/filling.rs"]
mod filling;
mod kept;
mod options;
#[path = "../harness/say.rs"]
mod say;

use std::process::ExitCode;

use clap::Parser as _;

use options::{Options, Task};

#[tokio::main]
async fn main() -> ExitCode {
    match Options::parse().task {
        Task::Data(data) => {
            kept::fresh(&data).await;
            ExitCode::SUCCESS
        }
        Task::Desk { data, only, report } => desk::measure(&data, &only, &report).await,
        Task::Photograph { file, folder } => desk::photograph::take(&file, &folder).await,
    }
}
