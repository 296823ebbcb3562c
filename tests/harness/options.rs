//! What can be chosen. The doc comments are the manual of `cargo xtask bench races --help`.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Proves that no interleaving, crash or clock breaks stock, money or orders, and measures how fast orders are placed.
#[derive(Clone, Debug, Parser)]
#[command(name = "cargo xtask bench races", bin_name = "cargo xtask bench races")]
pub(crate) struct Options {
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
}

impl Options {
    /// Whether a part is to be run.
    pub(crate) fn runs(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}
