//! The shop itself: transactions and effects, and the only SQL. It knows no HTTP, no HTML and no window.
//!
//! Every writing function has the same shape: permission; input; then a unit of work (`database::transact`): lock and load;
//! pure rule from `domain`; writes; events and audit; read back.

#![deny(clippy::float_arithmetic)]

mod actor;
pub mod audit;
pub mod bringing;
mod buyers;
pub mod carts;
pub mod catalog;
pub mod checkout;
mod clock;
pub mod commands;
pub mod customers;
mod database;
mod error;
pub mod events;
mod gateways;
pub mod http;
pub mod imports;
pub mod inventory;
pub mod jobs;
mod lead;
pub mod letters;
pub mod mail;
pub mod media;
pub mod memberships;
mod money;
pub mod orders;
mod outside;
mod passwords;
pub mod payments;
mod pricing;
pub mod reference;
pub mod reports;
pub mod reviews;
mod secrets;
pub mod settings;
pub mod setup;
mod shop;
mod snapshot;
pub mod staff;
pub mod testing;
pub mod visits;
pub mod vouchers;

pub use clock::Clock;
pub use database::{OpenError, empty_unused, is_empty};
pub use error::{Cause, Chain, Error, Party, Result};
pub use shop::{OpenShop, Shop};

/// The schema, for tests that make a database of their own.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");

/// The program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
