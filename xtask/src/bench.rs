//! `cargo xtask bench`: what is proved and measured over millions of cases. Each bench is one file of its name; its
//! figures go to `target/bench/NAME.json`.

mod measure;
mod prices;
mod program;
pub(crate) mod races;

use anyhow::Result;

/// Which bench to run.
#[derive(clap::Subcommand)]
pub(crate) enum Options {
    /// Fill a database with a believable shop of three years, for the other benches
    #[command(disable_help_flag = true)]
    Data(measure::Options),
    /// How fast the desk is on that shop: lists, editor, imports and pictures
    #[command(disable_help_flag = true)]
    Desk(measure::Options),
    /// Letters to a bad mail server, by server processes that are killed while they send
    #[command(disable_help_flag = true)]
    Letters(races::Options),
    /// Notices of payment services, doubled, shuffled and forged, against a running server
    #[command(disable_help_flag = true)]
    Notices(races::Options),
    /// Random carts through the price engine, every sum worked out a second time
    Prices(prices::Options),
    /// Random operations, crashes and clocks against every promise of the shop, and how fast it takes orders
    #[command(disable_help_flag = true)]
    Races(races::Options),
}

/// Runs a bench with everything optimised.
pub(crate) fn run(options: &Options) -> Result<()> {
    match options {
        Options::Data(options) => measure::data(options),
        Options::Desk(options) => measure::desk(options),
        Options::Letters(options) => races::letters(options),
        Options::Notices(options) => races::notices(options),
        Options::Prices(options) => prices::run(options),
        Options::Races(options) => races::run(options),
    }
}
