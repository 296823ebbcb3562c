//! Who acts on payments: somebody who calls the shop, or a job behind its fence. Both do the same.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::settings::Settings;

use super::Gateways;
use crate::database::Transaction;
use crate::error::Result;
use crate::jobs::Fence;
use crate::{Shop, settings};

/// A hand that can begin transactions, ask gateways and say that something was done.
#[derive(Clone, Copy)]
pub(crate) enum Hand<'a> {
    Caller(&'a Shop),
    /// Every transaction proves first that the lease still stands.
    Job(&'a Fence),
}

impl<'a> Hand<'a> {
    /// Begins a transaction and tells the time.
    pub(super) async fn begin(self) -> Result<(Transaction, DateTime<Utc>)> {
        match self {
            Self::Caller(shop) => {
                let mut tx = shop.db.begin().await?;
                let now = shop.clock.now(&mut tx).await?;
                Ok((tx, now))
            }
            Self::Job(fence) => fence.begin().await,
        }
    }

    /// Looks without writing.
    pub(super) async fn look(self) -> Result<Transaction> {
        match self {
            Self::Caller(shop) => Ok(shop.db.look().await?),
            Self::Job(fence) => fence.look().await,
        }
    }

    /// The gateways that can be asked now.
    pub(super) fn gateways(self) -> &'a Gateways {
        match self {
            Self::Caller(shop) => &shop.gateways,
            Self::Job(fence) => fence.gateways(),
        }
    }

    /// The rules of the shop.
    pub(super) async fn settings(self) -> Result<Arc<Settings>> {
        match self {
            Self::Caller(shop) => settings::get(shop).await,
            Self::Job(fence) => fence.settings().await,
        }
    }

    /// Says that events were committed.
    pub(super) fn wake(self) {
        match self {
            Self::Caller(shop) => shop.feed.wake(),
            Self::Job(fence) => fence.wake(),
        }
    }
}
