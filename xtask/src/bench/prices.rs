//! `cargo xtask bench prices`: the engine of `domain::pricing` under random carts.
//!
//! The bench itself is a bench target of `domain`, so that this program need not depend on it.

use anyhow::{Context as _, Result};

use crate::{cargo, tree};

/// How much is priced.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many carts
    #[arg(long, default_value_t = 10_000_000)]
    carts: u64,
    /// Which carts: the same number gives the same ones
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Builds the bench optimised and runs it; a cart that is off is a failure.
pub(crate) fn run(options: &Options) -> Result<()> {
    let figures = tree::target().join("bench");
    std::fs::create_dir_all(&figures).with_context(|| format!("{} cannot be made", figures.display()))?;
    let mut command = cargo::command(&["bench", "--quiet", "--package", "domain", "--bench", "prices", "--"]);
    command.arg("--carts").arg(options.carts.to_string()).arg("--seed").arg(options.seed.to_string());
    command.arg("--report").arg(figures.join("prices.json"));
    cargo::finish(&mut command)
}
