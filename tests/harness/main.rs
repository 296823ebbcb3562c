//! `cargo xtask bench races`, `bench notices` and `bench letters`: drives real server processes and the services themselves at once, kills what it can,
//! and proves that nothing was lost, doubled or made up. Also measures how fast orders are placed.
//!
//! A test target without a test harness, so that it shares the dependencies of the tests and is built only by name.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "the bench looks at the rows and the clock behind the services")]

mod chaos;
mod contenders;
mod figures;
mod leaders;
mod letters;
mod limits;
#[path = "../mail/server.rs"]
#[expect(dead_code, reason = "the tests ask more of it")]
mod mail_server;
mod notices;
mod options;
mod proof;
mod say;
mod shelf;
#[path = "../simulators/service.rs"]
#[expect(dead_code, reason = "the tests ask more of them")]
mod simulators;
mod speed;
mod stage;
#[path = "../simulators/variables.rs"]
mod variables;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use figures::Figures;
use options::{Options, Part};
use stage::Stage;

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let mut figures = Figures::default();
    let stage = Arc::new(Stage::open(&options).await);
    say::line(&format!("database: {}", stage.database.about()));
    figures.set("database", stage.database.about());

    if options.runs(Part::Limits) {
        limits::measure(&stage, &mut figures).await;
    }
    if options.runs(Part::Hot) {
        speed::hot(&stage, &mut figures).await;
    }
    if options.runs(Part::Spread) {
        speed::spread(&stage, &mut figures).await;
    }
    if options.runs(Part::Http) {
        speed::http(&stage, &mut figures).await;
    }
    let mut violations = 0;
    if options.runs(Part::Contenders) {
        violations += contenders::run(&stage, &options, &mut figures).await;
    }
    if options.runs(Part::Leaders) {
        violations += leaders::run(&stage, &options, &mut figures).await;
    }
    if options.runs(Part::Chaos) {
        violations += chaos::run(&stage, &options, &mut figures).await;
    }
    if options.runs(Part::Notices) {
        violations += Box::pin(notices::run(&stage, &options, &mut figures)).await;
    }

    if options.runs(Part::Letters) {
        violations += Box::pin(letters::run(&stage, &options, &mut figures)).await;
    }

    stage.close().await;
    figures.write(&options.report);
    if violations == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
