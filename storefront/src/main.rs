//! The shop without a window, for a hosted machine: `storefront serve`, and the practice gateway of a demo shop.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use services::setup;
use storefront::config::{Config, HouseArgs, LogArgs};
use storefront::demo_gateway::{self, GatewayArgs};
use storefront::house::import::export::{self, ExportArgs};
use storefront::house::import::{self, ImportArgs};
use storefront::house::set_up::{self, SetUpArgs};
use storefront::house::{House, HouseError, demo};
use storefront::{logging, server, signals};

/// Etalase without a window: serves a shop on a hosted machine.
#[derive(Parser)]
#[command(name = "storefront", version)]
struct Program {
    #[command(flatten)]
    log: LogArgs,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Serve the shop until somebody ends it.
    Serve(HouseArgs),
    /// Name a new shop and its owner, without a window; works once.
    SetUp(SetUpArgs),
    /// Bring goods or a whole shop from elsewhere.
    Import(ImportArgs),
    /// Write goods to a file.
    Export(ExportArgs),
    /// Run the practice payment gateway by itself; a demo shop starts its own.
    DemoGateway(GatewayArgs),
}

#[tokio::main]
async fn main() -> ExitCode {
    let program = Program::parse();
    if let Err(sentence) = logging::start(&program.log) {
        return failed(&sentence);
    }
    let ended = match program.task {
        Task::Serve(args) => match args.read() {
            Ok(config) => Box::pin(serve(config)).await.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        },
        Task::SetUp(args) => Box::pin(set_up_shop(args)).await.map_err(|error| error.to_string()),
        Task::Import(args) => {
            return match Box::pin(import::run(args)).await {
                Ok(code) => code,
                Err(error) => failed(&error.to_string()),
            };
        }
        Task::Export(args) => Box::pin(export::run(args)).await.map_err(|error| error.to_string()),
        Task::DemoGateway(args) => demo_gateway::run(args).await.map_err(|error| error.to_string()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => failed(&sentence),
    }
}

/// Opens the house, serves until a signal comes, and closes it in order. A signal ends a long first start, too.
async fn serve(config: Config) -> Result<(), HouseError> {
    let mut signal = std::pin::pin!(signals::end());
    let mut house = tokio::select! {
        ended = &mut signal => return ended.map_err(HouseError::Signals),
        house = House::open(&config) => house?,
    };
    let ended = tokio::select! {
        ended = &mut signal => ended.map_err(HouseError::Signals),
        failed = open_doors(&mut house, &config) => failed,
    };
    house.stop().await;
    ended
}

/// Ends only when it fails.
async fn open_doors(house: &mut House, config: &Config) -> Result<(), HouseError> {
    if config.is_demo {
        load_demo(house, config).await?;
    }
    server::announce(house.serve()?);
    tell_how_to_set_up(house, config).await;
    std::future::pending().await
}

/// Says it once: visitors are told the same in their words, and nothing else goes wrong meanwhile.
#[expect(clippy::print_stderr, reason = "whoever hosts a new shop waits for this")]
async fn tell_how_to_set_up(house: &House, config: &Config) {
    if setup::state(house.shop()).await.is_ok_and(|state| !state.has_owner) {
        eprintln!("{}", set_up::hint(config));
    }
}

#[expect(clippy::print_stderr, reason = "the answer to whoever set the shop up")]
async fn set_up_shop(args: SetUpArgs) -> Result<(), HouseError> {
    let name = args.shop_name.clone();
    set_up::run(args).await?;
    eprintln!("{name} is set up; `storefront serve` opens it, and the owner signs in at the desktop");
    Ok(())
}

#[expect(clippy::print_stderr, reason = "the owner waits for the first load, and reads the password here once")]
async fn load_demo(house: &House, config: &Config) -> Result<(), HouseError> {
    let progress = |done: u32, of: u32| {
        if done == of || done % 50 == 1 {
            eprintln!("loading the demo shop: {done} of {of}");
        }
    };
    if let Some(password) = demo::load(house, config.demo_password.clone(), progress).await? {
        eprintln!("the demo shop's owner signs in as {} with the password {}", demo::OWNER_EMAIL, password.reveal());
        eprintln!("(this password is shown once)");
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "one sentence for whoever started the program")]
fn failed(sentence: &str) -> ExitCode {
    eprintln!("storefront: {sentence}");
    ExitCode::FAILURE
}
