//! Opening and closing the whole house, in order: folder, port, database, shop, practice gateway, jobs, server.
//!
//! The server program and the desktop both live here; each step that fails ends those before it and leaves one
//! sentence that says what to do.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use services::jobs::Scheduler;
use services::{Chain, OpenShop, Shop};
use tokio::sync::Mutex;

use crate::config::{Config, Database};
use crate::demo_gateway::Child;
use crate::server::{Port, Server};
use crate::{Site, TrustedProxies, router_of};
use folder::Unfinished;

pub mod demo;
mod error;
mod folder;
pub mod import;
pub mod set_up;
mod whole_file;

pub use error::HouseError;
pub use whole_file::WholeFile;

/// Connections to the database at once. Requests wait for one; more of them would only wait inside the database.
const MOST_CONNECTIONS: u32 = 24;

/// Everything that runs while a shop is open.
///
/// Closed with [`House::stop`]; merely dropping it ends everything without order or waiting.
pub struct House {
    shop: Shop,
    data_dir: PathBuf,
    proxies: TrustedProxies,
    database: Option<mysqld::Private>,
    gateway: Mutex<Option<Child>>,
    port: Option<Port>,
    serving: Option<Serving>,
}

struct Serving {
    server: Server,
    scheduler: Scheduler,
}

impl House {
    /// Opens everything but the doors: the shop can be worked with, but nobody is answered until [`House::serve`].
    ///
    /// # Errors
    /// One of [`HouseError`]; nothing is left running then.
    pub async fn open(config: &Config) -> Result<Self, HouseError> {
        folder::prepare(&config.data_dir)?;
        let port = Port::claim(config.listen)?;
        let (url, database) = match &config.database {
            Database::At(url) => {
                if folder::unfinished(&config.data_dir)? == Some(Unfinished::Elsewhere) {
                    return Err(folder::half_loaded(&config.data_dir));
                }
                (url.reveal().to_owned(), None)
            }
            Database::Private { program } => {
                let program = mysqld::find(program.as_deref())?;
                let database = mysqld::Private::start(&config.data_dir.join("database"), &program).await?;
                // From here on nobody else is at work in the folder: the database holds its lock.
                if let Err(error) = begin_afresh(&config.data_dir, &database.url()).await {
                    database.stop().await;
                    return Err(error);
                }
                (database.url(), Some(database))
            }
        };

        let wanted = OpenShop {
            database_url: url,
            data_dir: config.data_dir.clone(),
            public_url: config.url_for(port.address()),
            max_connections: MOST_CONNECTIONS,
        };
        let shop = match Shop::open(wanted).await {
            Ok(shop) => shop.with_given_secrets(config.given.clone()),
            Err(error) => {
                tracing::debug!(error = %Chain(&error), "the shop cannot be opened");
                if let Some(database) = database {
                    database.stop().await;
                }
                return Err(error.into());
            }
        };
        shop.set_letter_writer(crate::letters::WRITER);
        let house = Self {
            shop,
            data_dir: config.data_dir.clone(),
            proxies: config.proxies.clone(),
            database,
            gateway: Mutex::new(None),
            port: Some(port),
            serving: None,
        };
        house.shop.set_gateway_places(config.gateway_places.clone());
        if let Err(error) = house.shop.open_gateways().await {
            tracing::error!(error = %Chain(&error), "no payment service can be used: their keys cannot be read");
        }
        let ready = match config.is_demo || folder::is_demo(&config.data_dir) {
            true => house.become_demo().await,
            false => Ok(()),
        };
        // A demo shop is complete when it is loaded, any other when it can be set up.
        let ready = ready.and_then(|()| if config.is_demo { Ok(()) } else { house.finish() });
        match ready {
            Ok(()) => Ok(house),
            Err(error) => {
                house.stop().await;
                Err(error)
            }
        }
    }

    /// Starts the practice gateway, now and at every later start. A demo shop already has it.
    ///
    /// # Errors
    /// When the gateway does not start.
    pub async fn become_demo(&self) -> Result<(), HouseError> {
        let mut gateway = self.gateway.lock().await;
        if gateway.is_some() {
            return Ok(());
        }
        let dir = folder::gateway_dir(&self.data_dir);
        let secret = folder::gateway_secret(&self.data_dir)?;
        let program = std::env::current_exe().map_err(HouseError::OwnProgram)?;

        let (shop, shared) = (self.shop.clone(), secret.clone());
        let introduce = move |url: &str| {
            shop.set_demo_gateway(url, shared.reveal());
        };
        let child = Child::start(program, dir, secret, introduce.clone()).await?;
        introduce(child.url());
        *gateway = Some(child);
        Ok(())
    }

    /// Notes that the shop is not complete from here on: a start after a crash makes it anew.
    fn begin(&self) -> Result<(), HouseError> {
        let unfinished = if self.database.is_some() { Unfinished::Private } else { Unfinished::Elsewhere };
        folder::begin(&self.data_dir, unfinished)
    }

    /// Notes that the shop is complete.
    fn finish(&self) -> Result<(), HouseError> {
        folder::finish(&self.data_dir)
    }

    /// Starts the jobs and opens the doors; tells where. An open house stays as it is.
    ///
    /// # Errors
    /// When the port was taken meanwhile.
    pub fn serve(&mut self) -> Result<SocketAddr, HouseError> {
        let address = match (self.port.take(), &self.serving) {
            (Some(port), _) => {
                let site = Site { proxies: self.proxies.clone(), ..Site::of(&self.shop) };
                self.shop.keep_up();
                let server = Server::serve(port, router_of(self.shop.clone(), site))?;
                let address = server.address();
                self.serving = Some(Serving { server, scheduler: Scheduler::start(&self.shop) });
                address
            }
            (None, Some(serving)) => serving.server.address(),
            (None, None) => return Err(HouseError::Closed),
        };
        Ok(address)
    }

    /// The shop.
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// The folder that holds everything of it.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Closes everything in order: no new requests, the running ones finished within ten seconds, then the jobs, the
    /// practice gateway, the connections and at last the database.
    pub async fn stop(self) {
        if let Some(Serving { server, scheduler }) = self.serving {
            server.stop().await;
            scheduler.stop().await;
        }
        if let Some(gateway) = self.gateway.into_inner() {
            gateway.stop().await;
        }
        self.shop.close().await;
        if let Some(database) = self.database {
            database.stop().await;
        }
    }
}

/// Empties a private database whose first start was cut short, and notes that a new one is not complete yet.
///
/// A shop that somebody has already used is never emptied.
async fn begin_afresh(dir: &Path, url: &str) -> Result<(), HouseError> {
    match folder::unfinished(dir)? {
        None => {}
        Some(Unfinished::Elsewhere) => return Err(folder::half_loaded(dir)),
        Some(Unfinished::Private) => {
            if !services::empty_unused(url).await? {
                return Err(folder::half_loaded(dir));
            }
            folder::forget_demo(dir)?;
            tracing::warn!("the first start was cut short: the shop is made anew");
        }
    }
    if services::is_empty(url).await? { folder::begin(dir, Unfinished::Private) } else { Ok(()) }
}
