//! Everything that can go wrong with a private server. Each message is one sentence that says what to do.

use std::path::PathBuf;
use std::time::Duration;

use crate::binary::{Kind, Version};

/// Why there is no private database server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Neither PATH nor the usual places hold a server.
    #[error(
        "no database server was found; install MariaDB (Debian, Ubuntu: `sudo apt install mariadb-server-core \
         mariadb-client-core`, Fedora: `sudo dnf install mariadb-server`, macOS: `brew install mariadb`), name one \
         with ETALASE_MYSQLD, or use a running server with --database-url"
    )]
    NoServer,

    /// The named program does not answer `--version` as MariaDB and MySQL do.
    #[error("{} is not a MariaDB or MySQL server: {why}", path.display())]
    NotAServer { path: PathBuf, why: String },

    /// The server lacks what the shop's queries need.
    #[error("{} is {kind} {found}, but Etalase needs {kind} {needed} or newer; install a newer one", path.display())]
    TooOld { path: PathBuf, kind: Kind, found: Version, needed: Version },

    /// The folder cannot be created or written.
    #[error("{} cannot be written ({source}); give your user the right to write there, or choose another folder with --data-dir", path.display())]
    Unwritable { path: PathBuf, source: std::io::Error },

    /// The disk has no room left.
    #[error("the disk that holds {} is full; free some space and start again, nothing was lost", path.display())]
    DiskFull { path: PathBuf },

    /// Another living process uses the folder.
    #[error("{} is in use by {}; close that one first, or choose another folder with --data-dir", path.display(), holder(*pid))]
    Held { path: PathBuf, pid: Option<u32> },

    /// The folder was made by the other kind of server.
    #[error(
        "{} was made by {made_by}, which {found} cannot read; install {made_by} again or name it with ETALASE_MYSQLD",
        path.display()
    )]
    OtherKind { path: PathBuf, made_by: Kind, found: Kind },

    /// The folder was last used by a newer server, and servers do not go back.
    #[error(
        "{} was last used by {kind} {used_by}, and {kind} {found} is older; install {kind} {used_by} or newer",
        path.display()
    )]
    MadeByNewer { path: PathBuf, kind: Kind, used_by: Version, found: Version },

    /// A new, empty database could not be set up.
    #[error("the new database in {} could not be set up: {last_line}", path.display())]
    InitialisationFailed { path: PathBuf, last_line: String },

    /// The server ended instead of starting.
    #[error("the database server did not start: {last_line} (more in {})", log.display())]
    DidNotStart { log: PathBuf, last_line: String },

    /// The server neither answered nor ended.
    #[error("the database server did not answer within {} seconds; see {}", limit.as_secs(), log.display())]
    TooSlow { log: PathBuf, limit: Duration },

    /// A server left behind by a killed process does not go away.
    #[error("an old database server (process {pid}) still uses {} and cannot be stopped; end it and start again", path.display())]
    StubbornOrphan { path: PathBuf, pid: u32 },

    /// A file of ours does not contain what we wrote.
    #[error("{} is damaged: {why}", path.display())]
    Damaged { path: PathBuf, why: String },

    /// A file or folder that must be there cannot be read.
    #[error("{} cannot be read ({source}); give your user the right to read it, or put it back from a backup", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },

    /// A program cannot be started.
    #[error("{} cannot be run ({source}); give your user the right to run it, or name another server with ETALASE_MYSQLD", path.display())]
    NotRunnable { path: PathBuf, source: std::io::Error },

    /// The server does not speak to us as it should.
    #[error("the database server at {} cannot be talked to ({source}); start again, and see its log in that folder", path.display())]
    Unheard { path: PathBuf, source: std::io::Error },

    /// Any other failure to make or to write something.
    #[error("{} cannot be made or written ({source}); see what stands in its way, or choose another folder with --data-dir", path.display())]
    NotMade { path: PathBuf, source: std::io::Error },
}

impl Error {
    /// A failure to read what is at `path`.
    pub(crate) fn reading(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Unreadable { path: path.into(), source }
    }

    /// A failure to run the program at `path`.
    pub(crate) fn running(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::NotRunnable { path: path.into(), source }
    }

    /// A failure to talk to the server at the socket `path`.
    pub(crate) fn talking(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Unheard { path: path.into(), source }
    }

    /// Sorts a failure to make, write or remove what is at `path` by what its owner can do about it.
    pub(crate) fn writing(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = path.into();
        let kind = source.kind();
        if matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
            Self::DiskFull { path }
        } else if matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::NotADirectory)
        {
            Self::Unwritable { path, source }
        } else {
            Self::NotMade { path, source }
        }
    }
}

fn holder(pid: Option<u32>) -> String {
    pid.map_or_else(|| "another process".to_owned(), |pid| format!("another process (pid {pid})"))
}
