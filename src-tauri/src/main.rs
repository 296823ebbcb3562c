//! The owner's desktop: a window, and the whole shop behind it in the same process.
//!
//! Read `startup` for how both begin, `closing` for how they end, `commands` for what the window may ask.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use storefront::config::{HouseArgs, LogArgs};
use storefront::demo_gateway::{self, GatewayArgs};
use storefront::logging;

mod app;
mod browser;
mod closing;
mod commands;
mod desk;
mod dialogs;
mod letters;
mod live;
mod notify;
mod pictures;
mod report;
mod startup;
mod texts;
mod tray;
mod window;

/// Etalase: your online shop, and the desk from which you run it.
#[derive(Parser)]
#[command(name = "etalase", version, args_conflicts_with_subcommands = true)]
struct Program {
    #[command(flatten)]
    log: LogArgs,
    #[command(flatten)]
    house: HouseArgs,
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Subcommand)]
enum Task {
    /// Run the practice payment gateway of a demo shop.
    #[command(hide = true)]
    DemoGateway(GatewayArgs),
}

fn main() -> ExitCode {
    let program = Program::parse();
    let ended = logging::start(&program.log).and_then(|()| match program.task {
        Some(Task::DemoGateway(args)) => {
            let ended = tauri::async_runtime::block_on(demo_gateway::run(args));
            ended.map(|()| ExitCode::SUCCESS).map_err(|error| error.to_string())
        }
        None => program.house.read().map_err(|error| error.to_string()).and_then(app::run),
    });
    ended.unwrap_or_else(|sentence| {
        report::complain(&sentence);
        ExitCode::FAILURE
    })
}
