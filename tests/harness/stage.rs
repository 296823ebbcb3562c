//! Everything that a run plays on: a database, a shop in process that stands for the desktop, and server processes.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use domain::payments::PaymentMethod;
use domain::settings::Settings;
use domain::staff::Staff;
use services::{OpenShop, Shop, settings};

use crate::options::Options;

mod database;
mod payment_services;
mod server;

pub(crate) use database::Database;
pub(crate) use payment_services::PaymentServices;
pub(crate) use server::{SECRET, Server};

/// The connections of the shop in process, as many as a served shop has.
const CONNECTIONS: u32 = 24;

/// An open stage.
pub(crate) struct Stage {
    pub(crate) database: Database,
    pub(crate) shop: Shop,
    pub(crate) owner: Staff,
    folder: PathBuf,
    program: PathBuf,
    names: AtomicU32,
}

impl Stage {
    /// Starts the database and sets up an empty shop in it.
    pub(crate) async fn open(options: &Options) -> Self {
        let folder = options.folder.clone();
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        std::fs::create_dir_all(&folder).unwrap();
        let database = Database::start(&options.database, &folder.join("database")).await;
        let shop = open_shop(&database, &folder, CONNECTIONS).await;
        let owner = services::testing::owner(&shop).await.unwrap();
        let payment_methods = vec![PaymentMethod::Demo, PaymentMethod::CashOnDelivery];
        let wanted = Settings { payment_methods, ..Settings::clone(&*settings::get(&shop).await.unwrap()) };
        settings::save(&shop, &owner, wanted).await.unwrap();
        Self { database, shop, owner, folder, program: options.server.clone(), names: AtomicU32::new(0) }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A name that nothing on this stage has yet.
    pub(crate) fn name(&self, of: &str) -> String {
        format!("{of}-{}", self.names.fetch_add(1, Ordering::Relaxed))
    }

    /// The same shop once more, as another process would open it.
    pub(crate) async fn another_shop(&self, connections: u32) -> Shop {
        open_shop(&self.database, &self.folder, connections).await
    }

    /// A server process on the same database, where only the practice gateway takes money.
    pub(crate) async fn server(&self) -> Server {
        self.server_with(&[]).await
    }

    /// The same with variables of its host.
    pub(crate) async fn server_with(&self, variables: &[(String, String)]) -> Server {
        let folder = self.folder.join(self.name("server"));
        Server::start(&self.program, &folder, &self.database.url(), variables).await
    }

    /// Ends everything in order.
    pub(crate) async fn close(&self) {
        self.shop.close().await;
        self.database.stop().await;
    }
}

async fn open_shop(database: &Database, folder: &Path, max_connections: u32) -> Shop {
    let wanted = OpenShop {
        database_url: database.url(),
        data_dir: folder.join("shop"),
        public_url: "http://127.0.0.1:9".to_owned(),
        max_connections,
    };
    // Nobody listens there: whoever must pay is sent to the shop's own page, which tries again.
    Shop::open(wanted).await.unwrap().with_demo_gateway("http://127.0.0.1:9", SECRET)
}
