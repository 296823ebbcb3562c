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

/// Whether a bench is told to run on it.
pub(crate) fn is_named(arguments: &[String]) -> bool {
    let mut pairs = arguments.windows(2);
    pairs.any(|pair| pair[0] == "--database" && pair[1] == "mysql")
        || arguments.iter().any(|argument| argument == "--database=mysql")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mysql_is_looked_for_only_when_it_is_named() {
        let named = |arguments: &[&str]| is_named(&arguments.iter().map(|&text| text.to_owned()).collect::<Vec<_>>());
        assert!(named(&["--kills", "3", "--database", "mysql"]) && named(&["--database=mysql"]));
        assert!(!named(&["--database", "mariadb"]) && !named(&[]));
    }
}
