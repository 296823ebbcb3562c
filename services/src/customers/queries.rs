//! The SQL of customers. Private to the slice.

pub(super) mod accounts;
pub(super) mod known;
pub(super) mod links;
pub(super) mod sessions;
