//! Remembers what a task last did its work from, so that it can skip the work when nothing changed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::tree;

/// A fingerprint of inputs, and the file that holds the last one that succeeded.
pub(crate) struct Fingerprint {
    stamp: PathBuf,
    now: String,
}

impl Fingerprint {
    /// Takes the fingerprint of the files' paths and contents, for the task `name`.
    pub(crate) fn of(name: &str, files: &[PathBuf]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for file in files {
            file.hash(&mut hasher);
            std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?.hash(&mut hasher);
        }
        Ok(Self { stamp: tree::scratch(&format!("{name}.stamp"))?, now: format!("{:016x}", hasher.finish()) })
    }

    /// Whether the task last succeeded with exactly these inputs.
    pub(crate) fn is_known(&self) -> bool {
        std::fs::read_to_string(&self.stamp).is_ok_and(|then| then == self.now)
    }

    /// Remembers a success.
    pub(crate) fn remember(&self) -> Result<()> {
        std::fs::write(&self.stamp, &self.now).with_context(|| format!("{} cannot be written", self.stamp.display()))
    }
}

/// All files under the given places, which may be files themselves.
pub(crate) fn inputs(places: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for place in places {
        if place.is_file() {
            files.push(place.clone());
        } else {
            files.extend(tree::files_under(Path::new(place))?);
        }
    }
    Ok(files)
}
