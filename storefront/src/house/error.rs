//! Why a house cannot be opened. Each prints as one sentence that says what to do.

use std::path::PathBuf;

use crate::config::ConfigError;
use crate::demo_gateway::ChildError;
use crate::server::StartError;

/// What went wrong while opening.
#[derive(Debug, thiserror::Error)]
pub enum HouseError {
    /// The data folder cannot be created or written.
    #[error("{} cannot be written ({source}); give your user the right to write there, or choose another folder with --data-dir", path.display())]
    Folder { path: PathBuf, source: std::io::Error },

    /// A file in the data folder cannot be read.
    #[error("{} cannot be read ({source}); give your user the right to read it, or put it back from a backup", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },

    /// The disk has no room left.
    #[error("the disk that holds {} is full; free some space and start again, nothing was lost", path.display())]
    DiskFull { path: PathBuf },

    /// The port.
    #[error(transparent)]
    Port(#[from] StartError),

    /// The private database server.
    #[error(transparent)]
    Database(#[from] mysqld::Error),

    /// The schema or the connection.
    #[error(transparent)]
    Shop(#[from] services::OpenError),

    /// The practice gateway.
    #[error(transparent)]
    Gateway(#[from] ChildError),

    /// The gateway is this same program.
    #[error("this program cannot find its own file ({0}); start it again from where it is installed")]
    OwnProgram(std::io::Error),

    /// Loading the demo shop.
    #[error("the demo shop could not be loaded: {0}; start again, and it is loaded anew")]
    Demo(String),

    /// Loading the demo shop was cut short at an earlier start, and its database is not ours to empty.
    #[error("the demo shop is only half loaded, because its first start was cut short; remove {} to use it as it is, or start with another --data-dir and an empty database", path.display())]
    HalfLoaded { path: PathBuf },

    /// The arguments.
    #[error(transparent)]
    Config(#[from] ConfigError),

    /// The shop could not be set up.
    #[error("{0}")]
    SetUp(String),

    /// What comes from elsewhere could not be brought.
    #[error("{0}")]
    Import(String),

    /// Nothing could tell the program to end.
    #[error("the system delivers no signals ({0})")]
    Signals(std::io::Error),

    /// A house is served once.
    #[error("the shop is already closed")]
    Closed,
}
