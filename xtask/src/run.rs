//! `cargo xtask run`: from a fresh clone to an open shop. Without a display the same shop is served headless.

use std::net::SocketAddr;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::install::{self, Purpose};
use crate::say::{self, Steps};
use crate::{build_ui, cargo, environment, tree};

/// How to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Build with optimisation
    #[arg(long)]
    release: bool,
    /// Where the shop keeps its data [default: data in the repository]
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Where the shop is served
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Install nothing
    #[arg(long)]
    no_install: bool,
    /// Serve the shop without a window
    #[arg(long)]
    headless: bool,
}

/// Builds and becomes the shop; returns only when something failed.
pub(crate) fn run(options: &Options) -> Result<()> {
    let headless = options.headless || !environment::has_display();
    if headless && !options.headless {
        say::line(
            "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): the shop is served without its window.",
        );
    }

    let mut steps = Steps::new(if headless { 3 } else { 4 });
    steps.next("looking for what is missing");
    let purpose = if headless { Purpose::Serve } else { Purpose::Desktop };
    if options.no_install {
        install::only_say(purpose);
    } else {
        install::packages(purpose)?;
    }
    if !headless {
        if !options.no_install {
            install::wasm_target()?;
        }
        steps.next("building the user interface");
        build_ui::run(build_ui::Options { release: options.release })?;
    }
    steps.next(if headless { "building the shop" } else { "building the desktop" });
    let program = cargo::program(if headless { "storefront" } else { "etalase" }, options.release)?;

    steps.next("starting the demo shop");
    start(&program, options, headless)
}

/// Replaces this process, so that Ctrl-C and the exit code are the shop's own.
fn start(program: &Path, options: &Options, headless: bool) -> Result<()> {
    let mut command = Command::new(program);
    if headless {
        command.arg("serve");
    }
    let data = options.data_dir.clone().unwrap_or_else(|| tree::root().join("data"));
    command.arg("--demo").arg("--data-dir").arg(data).arg("--listen").arg(options.listen.to_string());
    Err(command.exec()).with_context(|| format!("{} cannot be run", command.get_program().display()))
}
