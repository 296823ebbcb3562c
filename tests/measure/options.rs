//! What can be chosen. The doc comments are the manual of `cargo xtask bench data --help` and `… desk --help`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::filling::Size;

/// Measures the shop on a database that is as full as a shop of three years.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
pub(crate) struct Options {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Fill a database with a believable shop, unless it is there already
    Data(Data),
    /// Measure the desk on that shop: lists, editor, imports and pictures
    Desk {
        #[command(flatten)]
        data: Data,
        /// Only these of its parts; all of them unless told
        #[arg(long, value_name = "PART")]
        only: Vec<Part>,
        /// Where the figures go, as JSON
        #[arg(long, value_name = "FILE", hide = true)]
        report: PathBuf,
    },
    /// Take one picture in and tell how much memory that took, in a process of its own
    #[command(hide = true)]
    Photograph { file: PathBuf, folder: PathBuf },
}

/// A part of the desk that is measured on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    Lists,
    Editor,
    Bulk,
    Imports,
    Pictures,
}

/// The shop that is measured.
#[derive(Clone, Debug, Args)]
pub(crate) struct Data {
    /// How many products, of about four variants each
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    pub(crate) products: usize,

    /// How many orders, over three years
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    pub(crate) orders: usize,

    /// How many customers; half as many as orders unless told
    #[arg(long, value_name = "N")]
    pub(crate) customers: Option<usize>,

    /// How many reviews at most; as many as orders unless told
    #[arg(long, value_name = "N")]
    pub(crate) reviews: Option<usize>,

    /// Which shop: the same number gives the same one
    #[arg(long, default_value_t = 1, value_name = "S")]
    pub(crate) seed: u64,

    /// The database server: `mariadb` or `mysql`
    #[arg(long, default_value = "mariadb", value_name = "WHICH")]
    pub(crate) database: String,

    /// Make it anew although it is there
    #[arg(long)]
    pub(crate) anew: bool,

    /// Where it is kept
    #[arg(long, value_name = "DIR", hide = true)]
    pub(crate) folder: PathBuf,
}

impl Data {
    pub(crate) fn size(&self) -> Size {
        Size {
            products: self.products,
            orders: self.orders,
            customers: self.customers.unwrap_or(self.orders / 2).max(1),
            reviews: self.reviews.unwrap_or(self.orders),
            seed: self.seed,
        }
    }
}
