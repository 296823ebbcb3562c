//! Vouchers, what customers kept of them, plans, and who is a member.

pub(super) mod kept;
pub(super) mod members;
pub(super) mod plans;
pub(super) mod vouchers;
