//! The shop's connections. sqlx's pool asks a connection that comes back twice whether it is in order; one whose transaction
//! was committed is, so that the next transaction takes it over at once.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use sqlx::pool::PoolConnection;
use sqlx::{Executor, MySql, MySqlConnection, MySqlPool, Row};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::error_number;

/// How long a connection rests here before the pool has it back, which knows what died unseen.
const REST: Duration = Duration::from_secs(1);

/// How long a full server is left alone.
const FULL_PAUSE: Duration = Duration::from_millis(50);

/// The connections of an open shop. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Connections {
    pool: MySqlPool,
    /// As many as the pool may open: whoever has a place finds a connection.
    places: Arc<Semaphore>,
    resting: Arc<Mutex<AtRest>>,
}

#[derive(Debug, Default)]
struct AtRest(Vec<Resting>);

#[derive(Debug)]
struct Resting {
    conn: PoolConnection<MySql>,
    since: Instant,
}

/// A connection on loan.
pub(crate) struct Connection {
    conn: PoolConnection<MySql>,
    _place: OwnedSemaphorePermit,
}

/// A transaction; rolled back unless it is committed.
pub(crate) struct Transaction {
    conn: PoolConnection<MySql>,
    home: Connections,
    place: OwnedSemaphorePermit,
}

impl Connections {
    pub(crate) fn new(pool: MySqlPool) -> Self {
        let places = usize::try_from(pool.options().get_max_connections()).unwrap_or(usize::MAX);
        Self { pool, places: Arc::new(Semaphore::new(places)), resting: Arc::default() }
    }

    /// The pool beneath.
    pub(crate) fn pool(&self) -> &MySqlPool {
        // Whoever asks may want them all.
        self.taken().0.clear();
        &self.pool
    }

    /// A connection for statements that need no transaction.
    pub(crate) async fn acquire(&self) -> sqlx::Result<Connection> {
        let (conn, place) = self.borrow().await?;
        Ok(Connection { conn, _place: place })
    }

    /// Begins a transaction and tells the database's time, in one trip. Units of work are made of it, and nothing else is.
    pub(super) async fn begin(&self) -> sqlx::Result<(Transaction, DateTime<Utc>)> {
        let (mut conn, place) = self.borrow().await?;
        // Cut short, it goes back to the pool, which ends whatever was begun.
        let rows = conn.fetch_all(sqlx::AssertSqlSafe("begin; select utc_timestamp(6)".to_owned())).await?;
        let now = rows.first().ok_or(sqlx::Error::RowNotFound)?.try_get(0)?;
        Ok((Transaction { conn, home: self.clone(), place }, now))
    }

    /// Begins a transaction in which the database refuses to write.
    pub(crate) async fn look(&self) -> sqlx::Result<Transaction> {
        let (mut conn, place) = self.borrow().await?;
        conn.execute("start transaction read only").await?;
        Ok(Transaction { conn, home: self.clone(), place })
    }

    /// Ends all of them, once they are given back.
    pub(crate) async fn close(&self) {
        let closing = self.pool.close();
        self.taken().0.clear();
        closing.await;
    }

    async fn borrow(&self) -> sqlx::Result<(PoolConnection<MySql>, OwnedSemaphorePermit)> {
        let borrowed = async {
            let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| sqlx::Error::PoolClosed)?;
            let conn = match self.rested() {
                Some(conn) => conn,
                None => self.opened().await?,
            };
            Ok((conn, place))
        };
        let patience = self.pool.options().get_acquire_timeout();
        tokio::time::timeout(patience, borrowed).await.map_err(|_| sqlx::Error::PoolTimedOut)?
    }

    /// One of the pool. When the server has none to give, it is asked again: those who have one end soon.
    async fn opened(&self) -> sqlx::Result<PoolConnection<MySql>> {
        loop {
            match self.pool.acquire().await {
                Err(error) if is_full(&error) => tokio::time::sleep(FULL_PAUSE).await,
                other => return other,
            }
        }
    }

    /// One that ended a transaction a moment ago. What has rested for longer goes back to the pool.
    fn rested(&self) -> Option<PoolConnection<MySql>> {
        let mut resting = self.taken();
        let newest = resting.0.pop()?;
        if newest.since.elapsed() < REST {
            return Some(newest.conn);
        }
        resting.0.clear();
        None
    }

    fn rest(&self, conn: PoolConnection<MySql>) {
        let mut resting = self.taken();
        // Under load few rest at once. Others who share the pool find the other half there.
        let most = usize::try_from(self.pool.options().get_max_connections() / 2).unwrap_or(usize::MAX).max(1);
        if resting.0.len() < most && !self.pool.is_closed() {
            resting.0.push(Resting { conn, since: Instant::now() });
        }
    }

    fn taken(&self) -> MutexGuard<'_, AtRest> {
        // A list of connections is whole after every step.
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for AtRest {
    /// The last to hold the shop may do so where no task can be started any more, which giving back would do.
    fn drop(&mut self) {
        for resting in self.0.drain(..) {
            drop(resting.conn.detach());
        }
    }
}

impl Transaction {
    /// Makes it last. After an error it may have been committed or not.
    pub(super) async fn commit(self) -> sqlx::Result<()> {
        self.end("commit").await
    }

    /// Undoes it at once; one that is dropped is undone a moment later, by the pool.
    pub(super) async fn rollback(self) -> sqlx::Result<()> {
        self.end("rollback").await
    }

    async fn end(mut self, statement: &'static str) -> sqlx::Result<()> {
        // Cut short or in vain, it goes back to the pool.
        self.conn.execute(statement).await?;
        self.rest();
        Ok(())
    }

    fn rest(self) {
        self.home.rest(self.conn);
        // Whoever has waited for the place finds the connection.
        drop(self.place);
    }
}

impl Deref for Connection {
    type Target = MySqlConnection;

    fn deref(&self) -> &MySqlConnection {
        &self.conn
    }
}

impl DerefMut for Connection {
    fn deref_mut(&mut self) -> &mut MySqlConnection {
        &mut self.conn
    }
}

impl Deref for Transaction {
    type Target = MySqlConnection;

    fn deref(&self) -> &MySqlConnection {
        &self.conn
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut MySqlConnection {
        &mut self.conn
    }
}

/// Whether the server, or the account, has as many connections as it may: 1040, 1203 and 1226 of MySQL and MariaDB.
fn is_full(error: &sqlx::Error) -> bool {
    matches!(error_number(error), Some(1040 | 1203 | 1226))
}
