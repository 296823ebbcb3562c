//! Where things are in the working tree. Everything that xtask remembers between runs lies in `target/xtask`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::environment;

/// The folder of the root manifest.
pub(crate) fn root() -> PathBuf {
    // As cargo runs it now: a target folder may be shared by several checkouts, whichever of them built the program.
    let here = environment::path("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    here.parent().map_or_else(|| here.clone(), Path::to_owned)
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    environment::path("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |named| root().join(named))
}

/// A place for what may be thrown away with `target`; its parent exists.
pub(crate) fn scratch(name: &str) -> Result<PathBuf> {
    let folder = target().join("xtask");
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(folder.join(name))
}

/// Every file under a folder, sorted; nothing when the folder is missing.
pub(crate) fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        let entries = std::fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies a folder's files, keeping their layout.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in files_under(from)? {
        let target = to.join(file.strip_prefix(from)?);
        copy_file(&file, &target)?;
    }
    Ok(())
}

/// Copies one file, making the folder it goes to.
pub(crate) fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let copied = to.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::copy(from, to));
    copied.with_context(|| format!("{} cannot be copied to {}", from.display(), to.display()))?;
    Ok(())
}
