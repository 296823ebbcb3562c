//! Finds a server program and learns which kind and version it is, by asking it for `--version`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::str::FromStr;

use crate::Error;

/// Which of the two servers a program is. Their data folders are not interchangeable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    MariaDb,
    MySql,
}

/// The first two numbers of a server's version; they decide what it can read and do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    pub major: u16,
    pub minor: u16,
}

/// A server program that answered.
#[derive(Debug, Clone)]
pub struct Binary {
    path: PathBuf,
    kind: Kind,
    version: Version,
}

/// Finds the server to use: the `explicit` one, else the first usable one on PATH and in the usual places, MariaDB
/// before MySQL.
///
/// # Errors
/// [`Error::NoServer`], or [`Error::NotAServer`] and [`Error::TooOld`] about the explicit or the only one found.
pub fn find(explicit: Option<&Path>) -> Result<Binary, Error> {
    if let Some(path) = explicit {
        return Binary::at(path);
    }

    let mut first_problem = None;
    for name in ["mariadbd", "mysqld"] {
        for folder in folders() {
            let path = folder.join(name);
            if !path.is_file() {
                continue;
            }
            match Binary::at(&path) {
                Ok(binary) => return Ok(binary),
                Err(problem) => first_problem = first_problem.or(Some(problem)),
            }
        }
    }
    Err(first_problem.unwrap_or(Error::NoServer))
}

impl Binary {
    /// Asks the program at `path` what it is.
    ///
    /// # Errors
    /// [`Error::NotAServer`] when it cannot be run or answers strangely, [`Error::TooOld`] below 10.11 or 8.4.
    pub fn at(path: &Path) -> Result<Self, Error> {
        let not_a_server = |why: String| Error::NotAServer { path: path.to_owned(), why };

        let output = Command::new(path)
            .args(["--no-defaults", "--version"])
            .stdin(Stdio::null())
            .output()
            .map_err(|problem| not_a_server(format!("it cannot be run ({problem})")))?;
        let answer = String::from_utf8_lossy(&output.stdout);
        let Some((kind, version)) = understand(&answer) else {
            let answer = answer.trim().lines().next().unwrap_or_default();
            return Err(not_a_server(format!("asked for its version it said {answer:?}")));
        };

        let needed = kind.oldest();
        if version < needed {
            return Err(Error::TooOld { path: path.to_owned(), kind, found: version, needed });
        }
        Ok(Self { path: path.to_owned(), kind, version })
    }

    /// Where the program is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Which kind it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Which version it is.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }
}

impl Kind {
    fn oldest(self) -> Version {
        match self {
            Self::MariaDb => Version { major: 10, minor: 11 },
            Self::MySql => Version { major: 8, minor: 4 },
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MariaDb => "MariaDB",
            Self::MySql => "MySQL",
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for Version {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut numbers = text.split('.');
        let mut next = || numbers.next().and_then(|number| number.parse().ok()).ok_or(());
        Ok(Self { major: next()?, minor: next()? })
    }
}

/// PATH first, then where packages put servers without putting them on an ordinary user's PATH.
#[expect(clippy::disallowed_methods, reason = "PATH is no setting of the shop: it is where programs are looked for")]
fn folders() -> Vec<PathBuf> {
    const USUAL: [&str; 14] = [
        "/usr/sbin",
        "/usr/bin",
        "/usr/libexec",
        "/usr/local/sbin",
        "/usr/local/bin",
        "/usr/local/libexec",
        "/usr/local/mysql/bin",
        "/usr/local/mariadb/bin",
        "/opt/homebrew/bin",
        "/opt/homebrew/opt/mariadb/bin",
        "/opt/homebrew/opt/mysql/bin",
        "/usr/local/opt/mariadb/bin",
        "/usr/local/opt/mysql/bin",
        "/opt/local/lib/mariadb/bin",
    ];
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).chain(USUAL.iter().map(PathBuf::from)).collect()
}

/// `…/mysqld  Ver 9.7.4-2 for Linux on x86_64 ((Debian))` or `mariadbd  Ver 10.11.19-MariaDB-… for debian-linux-gnu`.
fn understand(answer: &str) -> Option<(Kind, Version)> {
    let version = answer.split_once(" Ver ")?.1;
    let kind = if version.contains("MariaDB") { Kind::MariaDb } else { Kind::MySql };
    let numbers = version.split(|letter: char| !letter.is_ascii_digit() && letter != '.').next()?;
    Some((kind, numbers.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_servers_are_told_apart_by_their_version_line() {
        let maria = "mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)\n";
        let mysql = "/opt/mariadb/../mysqld  Ver 9.7.4-2 for Linux on x86_64 ((Debian))\n";

        assert_eq!(understand(maria), Some((Kind::MariaDb, Version { major: 10, minor: 11 })));
        assert_eq!(understand(mysql), Some((Kind::MySql, Version { major: 9, minor: 7 })));
        assert_eq!(understand("true (GNU coreutils) 9.1"), None);
    }

    #[test]
    fn a_later_minor_version_is_newer_though_its_text_sorts_before() {
        assert!("10.11".parse::<Version>() > "10.6".parse::<Version>());
    }
}
