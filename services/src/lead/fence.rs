//! The fence: the only hand that a job has. There is no way around it to a transaction that writes.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::jobs::JobName;
use tokio::sync::watch;

use super::Lease;
use crate::Shop;
use crate::database::{Transaction, Work, Writer};
use crate::error::Result;
use crate::gateways::Gateways;
use crate::mail::LetterWriter;
use crate::secrets::SigningKey;
use crate::secrets::sealed::Keeper;
use crate::snapshot::Snapshot;

/// The right of one run of a job to write, for as long as the lease stands.
pub(crate) struct Fence {
    shop: Shop,
    lease: Arc<Lease>,
    job: JobName,
    began_at: DateTime<Utc>,
    tired_at: Instant,
    stop: Stop,
}

/// How long a run goes on with more of the same, while other jobs wait for their turn: a gateway may take long to answer.
const STAMINA: Duration = Duration::from_secs(8);

/// Tells whether the process wants its jobs to end; one that works by hand never does.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop(Option<watch::Receiver<bool>>);

impl Stop {
    pub(crate) fn on(stopped: &watch::Receiver<bool>) -> Self {
        Self(Some(stopped.clone()))
    }

    pub(crate) fn is_wanted(&self) -> bool {
        self.0.as_ref().is_some_and(|stopped| *stopped.borrow())
    }
}

impl Fence {
    pub(crate) fn new(shop: &Shop, lease: &Arc<Lease>, job: JobName, began_at: DateTime<Utc>, stop: Stop) -> Self {
        let tired_at = Instant::now() + STAMINA;
        Self { shop: shop.clone(), lease: Arc::clone(lease), job, began_at, tired_at, stop }
    }

    /// Whether the run may go on with the next of many things. What is left is done by the next run.
    pub(crate) fn goes_on(&self) -> bool {
        !self.stop.is_wanted() && Instant::now() < self.tired_at
    }

    /// Begins a unit of work; `LeaseLost` when another process leads, and then the job must end.
    pub(crate) async fn begin(&self) -> Result<Work> {
        self.writer().begin().await
    }

    /// The job as one of those who write.
    pub(crate) fn writer(&self) -> Writer<'_> {
        Writer::job(&self.shop, self.job.as_str(), &self.lease)
    }

    /// Looks for work. The database refuses to write in this transaction.
    pub(crate) async fn look(&self) -> Result<Transaction> {
        self.writer().look().await
    }

    /// What the process keeps of what is the same for everybody.
    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.shop.snapshot
    }

    /// Who opens secrets that people gave the shop.
    pub(crate) fn secrets(&self) -> &Keeper {
        self.shop.secrets()
    }

    /// Who writes letters, once there is one.
    pub(crate) fn letter_writer(&self) -> Option<LetterWriter> {
        self.shop.letter_writers.get()
    }

    /// Where letters are kept that no mail account sends.
    pub(crate) fn letter_dir(&self) -> &Path {
        self.shop.letter_dir()
    }

    /// What signs the links of letters.
    pub(crate) fn order_links(&self) -> &SigningKey {
        &self.shop.order_links
    }

    /// Where the shop is reached, without a slash at the end.
    pub(crate) fn public_url(&self) -> String {
        self.shop.public_url()
    }

    /// Where the files of pictures are.
    pub(crate) fn picture_dir(&self) -> &Path {
        self.shop.picture_dir()
    }

    pub(crate) fn job(&self) -> JobName {
        self.job
    }

    /// When the run began, by the shop's clock.
    pub(crate) fn began_at(&self) -> DateTime<Utc> {
        self.began_at
    }

    /// The gateways that can be asked now.
    pub(crate) fn gateways(&self) -> &Gateways {
        &self.shop.gateways
    }
}
