//! A private MariaDB or MySQL server: found, initialised, started, watched and stopped, for this user alone.
//!
//! The server listens on a Unix socket only, keeps everything it owns in one folder of mode 0700, and belongs to the
//! process that started it: a lock keeps a second process out, and a server orphaned by a killed process is shut down
//! before a new one starts. Orphans are not adopted: nobody could wait for such a server or know with which options
//! and by which version it was started, and a clean restart costs a second.
//!
//! ```text
//! DIR/lock         held while a process uses the folder; contains its pid
//! DIR/data/        the server's data folder; appears only when it is complete
//! DIR/server-kind  what made `data`, for example `mariadb 10.11`
//! DIR/credentials  the account's name and password, mode 0600
//! DIR/tmp/         its temporary files
//! DIR/server.log   what the server says
//! DIR/server.sock  where it listens (a shorter path elsewhere when this one is too long for a socket)
//! ```

mod binary;
mod error;
mod folder;
mod initialise;
mod introduce;
mod launch;
mod memory;
mod orphans;
mod private;
mod server_log;
mod settings;

pub use binary::{Binary, Kind, Version, find};
pub use error::Error;
pub use private::Private;
pub use settings::{Rights, Settings};
