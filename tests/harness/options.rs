//! What can be chosen. The doc comments are the manual of `cargo xtask bench races --help`.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Proves that no interleaving, crash or clock breaks stock, money or orders, and measures how fast orders are placed.
#[derive(Clone, Debug, Parser)]
#[command(name = "cargo xtask bench races", bin_name = "cargo xtask bench races")]
pub(crate) struct Options {
    /// How many random operations
    #[arg(long, default_value_t = 20_000, value_name = "N")]
    pub(crate) operations: u64,

    /// How often a server, the database or both are killed meanwhile
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) kills: u32,

    /// Which operations and kills: the same number draws the same ones
    #[arg(long, default_value_t = 1, value_name = "S")]
    pub(crate) seed: u64,

    /// How many server processes share the database, besides the shop in process that stands for the desktop
    #[arg(long, default_value_t = 2, value_name = "N")]
    pub(crate) processes: usize,

    /// How many do operations at once
    #[arg(long, default_value_t = 24, value_name = "N")]
    pub(crate) workers: u64,

    /// Draw only these kinds of operations, such as `Buy,BuyInTwoTabs`
    #[arg(long, value_delimiter = ',', value_name = "KIND")]
    pub(crate) kinds: Vec<String>,

    /// How many want the one unit
    #[arg(long, default_value_t = 2_000, value_name = "N")]
    pub(crate) contenders: usize,

    /// How often they fight for it
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub(crate) rounds: usize,

    /// How many notices of payment services are sent, each five times
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    pub(crate) notices: usize,

    /// How many send them at once
    #[arg(long, default_value_t = 32, value_name = "N")]
    pub(crate) senders: usize,

    /// How many letters are sent
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    pub(crate) letters: usize,

    /// The database server: `mariadb`, `mysql`, or the URL of an empty database that may be filled
    #[arg(long, default_value = "mariadb", value_name = "WHICH")]
    pub(crate) database: String,

    /// Run only these parts
    #[arg(long, value_delimiter = ',', value_name = "PART")]
    pub(crate) only: Vec<Part>,

    /// The server program to start; `cargo xtask` names the one that it built
    #[arg(long, value_name = "FILE", hide = true)]
    pub(crate) server: PathBuf,

    /// Where everything is kept that the run needs; emptied at the start
    #[arg(long, value_name = "DIR", hide = true)]
    pub(crate) folder: PathBuf,

    /// Where the figures go, as JSON
    #[arg(long, value_name = "FILE", hide = true)]
    pub(crate) report: PathBuf,
}

/// A part of the bench.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// What disk and database could do at best
    Limits,
    /// Orders of one variant, in process
    Hot,
    /// Orders of 1,000 variants, in process
    Spread,
    /// Orders over HTTP by 50 buyers at once
    Http,
    /// A crowd for one unit
    Contenders,
    /// Jobs of several processes, which are killed or sleep
    Leaders,
    /// Random operations and kills, and the proof afterwards
    Chaos,
    /// Notices of payment services, doubled, shuffled and forged; run only when it is named
    Notices,
    /// Letters to a bad mail server, by processes that are killed; run only when it is named
    Letters,
}

impl Options {
    /// Whether a part is to be run.
    pub(crate) fn runs(&self, part: Part) -> bool {
        self.only.contains(&part) || (self.only.is_empty() && !matches!(part, Part::Notices | Part::Letters))
    }
}
