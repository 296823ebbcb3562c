//! Every word of the desk, in both languages: an entry without one of them does not compile.
//!
//! One table for each screen; what the rules say is `domain::message`, and statuses name themselves.

mod audit;
mod checking;
mod customers;
mod inventory;
mod jobs;
mod memberships;
mod orders;
mod reports;
mod settings;
mod setup;
mod shell;
mod vouchers;

pub(crate) use audit::{AuditText, field_label, word};
pub(crate) use checking::CheckText;
pub(crate) use customers::CustomerText;
pub(crate) use inventory::{StockText, TakeText};
pub(crate) use jobs::JobText;
pub(crate) use memberships::MemberText;
pub(crate) use orders::OrderText;
pub(crate) use reports::DashboardText;
pub(crate) use settings::SettingsText;
pub(crate) use setup::SetupText;
pub(crate) use shell::ShellText;
pub(crate) use vouchers::VoucherText;
