//! The fence: the only hand that a job has. There is no way around it to a transaction that writes.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::jobs::JobName;
use domain::orders::Actor;
use domain::settings::Settings;
use sqlx::{MySql, Transaction};

use super::Lease;
use crate::error::Result;
use crate::payments::Gateways;
use crate::{Shop, settings};

/// The right of one run of a job to write, for as long as the lease stands.
pub(crate) struct Fence {
    shop: Shop,
    lease: Arc<Lease>,
    job: JobName,
    began_at: DateTime<Utc>,
}

impl Fence {
    pub(super) fn new(shop: &Shop, lease: &Arc<Lease>, job: JobName, began_at: DateTime<Utc>) -> Self {
        Self { shop: shop.clone(), lease: Arc::clone(lease), job, began_at }
    }

    /// Begins a transaction and tells the time; `LeaseLost` when another process leads, and then the job must end.
    pub(crate) async fn begin(&self) -> Result<(Transaction<'static, MySql>, DateTime<Utc>)> {
        self.lease.begin(&self.shop).await
    }

    /// Looks for work. The database refuses to write in this transaction.
    pub(crate) async fn look(&self) -> Result<Transaction<'static, MySql>> {
        Ok(self.shop.db.begin_with("start transaction read only").await?)
    }

    /// The rules of the shop.
    pub(crate) async fn settings(&self) -> Result<Arc<Settings>> {
        settings::get(&self.shop).await
    }

    pub(super) fn job(&self) -> JobName {
        self.job
    }

    /// When the run began, by the shop's clock.
    pub(crate) fn began_at(&self) -> DateTime<Utc> {
        self.began_at
    }

    /// Who the job is in a history.
    pub(crate) fn actor(&self) -> Actor {
        Actor::Job(self.job.as_str().to_owned())
    }

    /// Says that events were committed.
    pub(crate) fn wake(&self) {
        self.shop.feed.wake();
    }

    /// The gateways that can be asked now.
    pub(crate) fn gateways(&self) -> &Gateways {
        &self.shop.gateways
    }
}
