//! `bind-ui MODULE FOLDER [--small]`: writes the JavaScript around a WebAssembly module, and the module as it calls it.
//!
//! A program of its own, because what reads WebAssembly takes longer to build than the rest of xtask together, and
//! whoever opens the shop without a window needs none of it.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match &arguments[..] {
        [module, folder] => bind(Path::new(module), Path::new(folder), false),
        [module, folder, flag] if flag == "--small" => bind(Path::new(module), Path::new(folder), true),
        _ => bail!("usage: bind-ui MODULE FOLDER [--small]"),
    }
}

/// Without the default path in the JavaScript, the page could not load the module.
fn bind(module: &Path, folder: &Path, is_small: bool) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(false)
        .remove_name_section(is_small)
        .remove_producers_section(is_small)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen cannot read {}", module.display()))
}
