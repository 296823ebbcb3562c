//! What differs between a shop's own server and a test's: how many connections, how much memory, which rights, how durable.

/// What the server's own account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    /// Everything inside the database `etalase`: a shop needs no more.
    OwnDatabase,
    /// Everything everywhere, so that every test can make a database of its own.
    Everything,
}

/// How a private server is tuned. The default suits one shop on an ordinary computer.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The most connections at once.
    pub connections: u16,
    /// Memory for pages of tables, in megabytes: more when the data have more, as far as the computer can spare it.
    pub buffer_pool_mb: u16,
    /// What the account of [`crate::Private::url`] may do.
    pub rights: Rights,
    /// Whether a commit is on the disk before it is answered. What nobody keeps can do without.
    pub is_durable: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { connections: 150, buffer_pool_mb: 48, rights: Rights::OwnDatabase, is_durable: true }
    }
}

impl Settings {
    /// Fit for a test run: many short-lived databases, used from many tests at once.
    #[must_use]
    pub fn for_tests() -> Self {
        Self { connections: 1000, buffer_pool_mb: 128, rights: Rights::Everything, is_durable: false }
    }
}
