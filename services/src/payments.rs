//! Payments: what gateways are asked, and what they tell.
//!
//! A notification is proved, stored once in the inbox and answered; applying it is a step of its own that can be
//! repeated. The network is never asked while a row is locked. What was paid and goes back stands in `money`.

mod apply;
mod asking;
mod attempts;
mod checking;
mod desk;
mod expiry;
mod inbox;
mod payable;
mod refunding;
mod sending;
mod transfers;

pub use crate::gateways::demo;
pub use crate::gateways::keys::{GatewayPlaces, Keys};
pub use crate::gateways::midtrans::MidtransKeys;
pub use crate::gateways::stripe::StripeKeys;
pub use crate::gateways::xendit::XenditKeys;
pub(crate) use asking::ask_about_open;
pub use asking::{attempts, check, check_attempt, look_soon};
pub use attempts::{begin, begin_membership};
pub(crate) use attempts::{close_given_up, hosted_page};
pub use checking::{settle_payment, settle_refund};
pub use desk::{gateways, save_gateway_keys, try_gateway};
pub(crate) use expiry::{expire_memberships, expire_orders};
pub use inbox::{Received, notice, notices, receive, retry, set_aside};
pub(crate) use inbox::{apply_waiting, count_stuck, forget_applied_before, forget_refusals_before, stuck};
pub use refunding::refund;
pub(crate) use sending::send_requested;
pub use transfers::{count_transfer, decide_proof, proof, proof_file, proofs, send_proof, wants_proof};
pub(crate) use transfers::{count_waiting as count_waiting_proofs, forget_proofs_before};
