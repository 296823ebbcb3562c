//! The open shop: what every service function is given.

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use domain::events::{About, ShopEvent};
use domain::payments::{GatewayMode, GatewayName};
use sqlx::MySqlPool;
use tokio::sync::broadcast;

use crate::clock::Clock;
use crate::database::{self, Connections, OpenError};
use crate::events::Feed;
use crate::gateways::Gateways;
use crate::gateways::demo::DemoGateway;
use crate::gateways::keys::KeyFollower;
use crate::lead::SchedulerState;
use crate::mail::LetterWriters;
use crate::passwords::Tries;
use crate::secrets::SigningKey;
use crate::secrets::sealed::Keeper;
use crate::snapshot::Snapshot;

/// Where a shop's things are.
#[derive(Clone)]
pub struct OpenShop {
    /// `mysql://…`; holds a password.
    pub database_url: String,
    /// Pictures are kept in `pictures` below it, the key of what is sealed in `secrets`, and letters that nobody sends in `mail`.
    pub data_dir: PathBuf,
    /// Where shoppers and gateways reach the shop, without a slash at the end.
    pub public_url: String,
    pub max_connections: u32,
}

/// An open shop. Clones share everything.
#[derive(Clone, Debug)]
pub struct Shop {
    pub(crate) db: Connections,
    pub(crate) clock: Clock,
    pub(crate) order_links: SigningKey,
    pub(crate) gateways: Gateways,
    pub(crate) feed: Feed,
    pub(crate) tries: Tries,
    pub(crate) scheduler: Arc<SchedulerState>,
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) keeper: Keeper,
    pub(crate) letter_writers: LetterWriters,
    letter_dir: Arc<Path>,
    picture_dir: Arc<Path>,
    public_url: Arc<RwLock<String>>,
}

impl Shop {
    /// Connects, brings the schema up to date and reads the shop's secrets.
    pub async fn open(wanted: OpenShop) -> Result<Self, OpenError> {
        let db = database::connect(&wanted.database_url, wanted.max_connections).await?;
        database::migrate(&db).await?;
        Self::on(db, &wanted.data_dir, &wanted.public_url).await.map_err(OpenError::Unreadable)
    }

    /// A shop on a database whose schema is up to date.
    pub(crate) async fn on(pool: MySqlPool, data_dir: &Path, public_url: &str) -> crate::Result<Self> {
        let db = Connections::new(pool);
        let mut conn = db.acquire().await?;
        let order_links = SigningKey::load(&mut conn, "order_links").await?;
        drop(conn);
        let (gateways, keeper) = (Gateways::default(), Keeper::of(data_dir));
        let snapshot = Arc::<Snapshot>::default();
        let follower = Arc::new(KeyFollower { gateways: gateways.clone(), keeper: keeper.clone() });
        Ok(Self {
            feed: Feed::open(db.clone(), Arc::clone(&snapshot), follower).await?,
            db,
            clock: Clock::default(),
            order_links,
            gateways,
            tries: Tries::default(),
            scheduler: Arc::default(),
            snapshot,
            keeper,
            letter_writers: LetterWriters::default(),
            letter_dir: data_dir.join("mail").into(),
            picture_dir: data_dir.join("pictures").into(),
            public_url: Arc::new(RwLock::new(public_url.trim_end_matches('/').to_owned())),
        })
    }

    /// Forgets what those changes make untrue, and wakes who listens for them.
    pub(crate) fn tell(&self, news: &[About]) {
        if news.is_empty() {
            return;
        }
        news.iter().for_each(|about| self.snapshot.heed(*about));
        self.feed.wake();
    }

    /// Ends the connections. Calls that still run get an error.
    pub async fn close(&self) {
        self.feed.close();
        self.db.close().await;
    }

    /// The shop's clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The present instant of the shop's clock.
    pub async fn now(&self) -> crate::Result<chrono::DateTime<chrono::Utc>> {
        Ok(self.clock.now(&mut *self.db.acquire().await?).await?)
    }

    /// Makes the practice gateway available, at that address and with that shared secret.
    #[must_use]
    pub fn with_demo_gateway(self, base_url: &str, secret: &str) -> Self {
        self.set_demo_gateway(base_url, secret);
        self
    }

    /// The same on a shop that is already shared, as when the gateway comes back at another address.
    pub fn set_demo_gateway(&self, base_url: &str, secret: &str) {
        self.gateways.set(DemoGateway::new(base_url, secret), GatewayMode::Test);
    }

    /// Whether the practice gateway is available.
    pub fn has_demo_gateway(&self) -> bool {
        self.gateways.get(GatewayName::Demo).is_some()
    }

    /// Whether the database answers within two seconds.
    pub async fn is_database_up(&self) -> bool {
        let db = self.db.clone();
        // A task of its own, which reads its answer to the end however late it comes.
        let probe = tokio::spawn(async move {
            let mut conn = db.acquire().await?;
            sqlx::query_scalar!("select 1 as `one!: i64`").fetch_one(&mut *conn).await
        });
        matches!(tokio::time::timeout(Duration::from_secs(2), probe).await, Ok(Ok(Ok(_))))
    }

    /// Where the files of pictures are.
    pub fn picture_dir(&self) -> &Path {
        &self.picture_dir
    }

    /// Where letters are kept that no mail account sends.
    pub(crate) fn letter_dir(&self) -> &Path {
        &self.letter_dir
    }

    /// Where shoppers and gateways reach the shop, without a slash at the end.
    pub fn public_url(&self) -> String {
        self.public_url.read().map(|url| url.clone()).unwrap_or_default()
    }

    /// Tells the shop its address once a port is known.
    pub fn set_public_url(&self, url: &str) {
        if let Ok(mut current) = self.public_url.write() {
            url.trim_end_matches('/').clone_into(&mut current);
        }
    }

    /// Live events, of this process and of others on the same database.
    pub fn subscribe(&self) -> broadcast::Receiver<ShopEvent> {
        self.feed.subscribe()
    }

    /// Follows what other processes change, until the shop is closed: for a process that serves pages.
    pub fn keep_up(&self) {
        self.feed.follow();
    }
}
