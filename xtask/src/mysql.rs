//! Where a MySQL server is, for whoever wants that one and not the MariaDB that is installed.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{environment, tree};

/// The one that `ETALASE_TEST_MYSQLD` names, else the one that the tool beside the repository installs.
pub(crate) fn program() -> Result<Option<PathBuf>> {
    if let Some(named) = environment::path("ETALASE_TEST_MYSQLD") {
        return Ok(Some(named));
    }
    let tool = tree::root().join("../shared/tools/install-mysql");
    if !tool.is_file() {
        return Ok(None);
    }
    let output = Command::new(&tool).output().with_context(|| format!("{} cannot be run", tool.display()))?;
    let said = String::from_utf8_lossy(&output.stdout);
    match said.lines().last().map(PathBuf::from).filter(|program| program.is_file()) {
        Some(program) if output.status.success() => Ok(Some(program)),
        Some(_) | None => bail!("{} installed no MySQL: {}", tool.display(), String::from_utf8_lossy(&output.stderr)),
    }
}
