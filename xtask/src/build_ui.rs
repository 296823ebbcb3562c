//! `cargo xtask build-ui`: compiles `admin-ui` to WebAssembly and lays everything that the desktop embeds into
//! `admin-ui/dist`: `index.html`, `admin-ui.js`, `admin-ui_bg.wasm`, `assets/`, `tokens.css`, `fonts.css` and `fonts/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::fingerprint::{self, Fingerprint};
use crate::{cargo, say, tree};

const TARGET: &str = "wasm32-unknown-unknown";
/// What the desktop shares with the shop.
const SHARED: [&str; 3] = ["tokens.css", "fonts.css", "fonts"];

/// How to build.
#[derive(clap::Args, Clone, Copy)]
pub(crate) struct Options {
    /// Build small, as it is shipped
    #[arg(long)]
    pub(crate) release: bool,
}

/// Brings `admin-ui/dist` up to date; touches nothing when it is, since the desktop embeds it again when it changed.
pub(crate) fn run(options: Options) -> Result<()> {
    let wasm = compile(options)?;
    let ui = tree::root().join("admin-ui");
    let dist = ui.join("dist");
    let shared = tree::root().join("storefront/assets");

    let mut sources = vec![wasm.clone(), ui.join("index.html"), ui.join("assets")];
    sources.extend(SHARED.map(|name| shared.join(name)));
    let fingerprint = Fingerprint::of("build-ui", &fingerprint::inputs(&sources)?)?;
    if fingerprint.is_known() && dist.join("index.html").exists() {
        say::line("  admin-ui/dist is up to date");
        return Ok(());
    }

    let unfinished = ui.join("dist.new");
    remove(&unfinished)?;
    bind(&wasm, &unfinished, options)?;
    tree::copy_file(&ui.join("index.html"), &unfinished.join("index.html"))?;
    tree::copy_folder(&ui.join("assets"), &unfinished.join("assets"))?;
    for name in SHARED {
        let source = shared.join(name);
        if source.is_dir() {
            tree::copy_folder(&source, &unfinished.join(name))?;
        } else {
            tree::copy_file(&source, &unfinished.join(name))?;
        }
    }
    remove(&dist)?;
    std::fs::rename(&unfinished, &dist).with_context(|| format!("{} cannot be replaced", dist.display()))?;
    fingerprint.remember()?;
    say::line(&format!("  admin-ui/dist is new ({} KB of WebAssembly)", size_of(&dist)? / 1024));
    Ok(())
}

fn compile(options: Options) -> Result<PathBuf> {
    let mut arguments = vec!["build", "--package", "admin-ui", "--bin", "admin-ui", "--target", TARGET];
    arguments.extend(cargo::BESIDE);
    if options.release {
        arguments.extend(["--profile", "ui-release"]);
    }
    cargo::run(&arguments)?;
    let profile = if options.release { "ui-release" } else { "debug" };
    Ok(tree::target().join(TARGET).join(profile).join("admin-ui.wasm"))
}

/// Writes the JavaScript around the module.
fn bind(wasm: &Path, into: &Path, options: Options) -> Result<()> {
    // Optimised with the module: a small one takes a while to read.
    let mut bind = Command::new(cargo::program("bind-ui", options.release)?);
    bind.arg(wasm).arg(into);
    if options.release {
        bind.arg("--small");
    }
    cargo::finish(&mut bind)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    Ok(())
}

fn size_of(dist: &Path) -> Result<u64> {
    Ok(std::fs::metadata(dist.join("admin-ui_bg.wasm"))?.len())
}
