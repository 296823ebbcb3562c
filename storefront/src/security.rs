//! What guards every page: headers that bind the browser, a check that forms come from our own pages, and limits on
//! how often somebody may try.

mod client;
mod headers;
mod limits;
mod same_site;

pub(crate) use client::network_of;
pub use client::{Proxy, TrustedProxies};
pub(crate) use headers::{always, set_headers};
pub use limits::{Limits, PerMinute};
pub(crate) use limits::{Tally, limit};
pub(crate) use same_site::refuse_other_sites;
