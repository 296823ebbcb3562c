//! What every process of the shop agrees on: money, ids, statuses, pure rules, requests and replies.
//!
//! Nothing here reads a clock, a file or a network, and everything compiles to wasm.

#![deny(clippy::float_arithmetic)]

pub mod audit;
pub mod carts;
pub mod catalog;
pub mod checkout;
pub mod command;
pub mod customers;
pub mod events;
pub mod id;
pub mod imports;
pub mod inventory;
pub mod jobs;
pub mod locale;
pub mod mail;
pub mod markdown;
pub mod media;
pub mod memberships;
pub mod message;
pub mod money;
pub mod orders;
pub mod page;
pub mod payments;
pub mod pricing;
pub mod problem;
pub mod reference;
pub mod reports;
pub mod reviews;
pub mod secrets;
pub mod settings;
pub mod setup;
pub mod shipping;
pub mod staff;
pub mod text;
mod text_enum;
pub mod vouchers;

pub use text_enum::UnknownWord;
