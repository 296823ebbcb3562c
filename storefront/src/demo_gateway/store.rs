//! The gateway's payments: in memory, and each in a file of its own, so that a killed gateway forgets nothing.
//!
//! A file is written whole beside its place, brought to the disk and renamed, so that a reader finds the old one or
//! the new, also after a power cut.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::payments::{DemoPaymentRequest, DemoRefund, DemoRefundRequest, GatewayOutcome};

use crate::demo_gateway::payment::{Payment, Refusal};

/// Settled payments are forgotten after this long.
const KEPT: TimeDelta = TimeDelta::days(30);
const LONGEST_REFERENCE: usize = 100;

/// All payments. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Store {
    dir: Arc<Path>,
    payments: Arc<Mutex<HashMap<String, Payment>>>,
}

/// Why a payment cannot be kept or changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the gateway cannot keep its payments in {} ({source})", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("the gateway's file {} is damaged ({source}); move it away and start again", path.display())]
    Damaged { path: PathBuf, source: serde_json::Error },
    #[error("the reference may have 1 to 100 letters, digits, hyphens and underscores")]
    BadReference,
    #[error("this reference belongs to a payment with other content")]
    OtherContent,
    #[error(transparent)]
    Refund(#[from] Refusal),
}

impl Store {
    /// Opens the folder, creating it when it is missing, and reads every payment in it.
    pub(super) fn open(dir: PathBuf, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let dir = dir.join("payments");
        let fail = |source| StoreError::Io { path: dir.clone(), source };
        std::fs::create_dir_all(&dir).map_err(fail)?;

        let mut payments = HashMap::new();
        for entry in std::fs::read_dir(&dir).map_err(fail)? {
            let path = entry.map_err(fail)?.path();
            // Others are what a killed gateway had not finished.
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let payment = read(&path)?;
            if payment.is_open() || payment.is_unheard() || now - payment.created_at < KEPT {
                payments.insert(payment.request.reference.clone(), payment);
            } else {
                std::fs::remove_file(&path).map_err(|source| StoreError::Io { path, source })?;
            }
        }
        Ok(Self { dir: dir.into(), payments: Arc::new(Mutex::new(payments)) })
    }

    /// The payment of that reference, made when there is none. A shop that moved may name other addresses.
    ///
    /// # Errors
    /// [`StoreError::OtherContent`] when there is one that was asked for otherwise.
    pub(super) fn create(&self, request: DemoPaymentRequest, now: DateTime<Utc>) -> Result<Payment, StoreError> {
        if !is_reference(&request.reference) {
            return Err(StoreError::BadReference);
        }
        let mut payments = self.lock();
        let payment = match payments.get(&request.reference) {
            Some(known) if known.request == request => return Ok(known.clone()),
            Some(known) if known.is_for_the_same(&request) => Payment { request, ..known.clone() },
            Some(_) => return Err(StoreError::OtherContent),
            None => Payment::new(request, now),
        };
        self.write(&payment)?;
        payments.insert(payment.request.reference.clone(), payment.clone());
        Ok(payment)
    }

    /// The payment of that reference.
    pub(super) fn find(&self, reference: &str) -> Option<Payment> {
        self.lock().get(reference).cloned()
    }

    /// Decides a payment unless it is decided, and gives it as it is then.
    pub(super) fn decide(
        &self,
        reference: &str,
        outcome: GatewayOutcome,
        now: DateTime<Utc>,
    ) -> Result<Option<Payment>, StoreError> {
        self.change(reference, |payment| payment.decide(outcome, now))
    }

    /// Gives money of a payment back; nothing when there is no such payment.
    pub(super) fn refund(
        &self,
        request: &DemoRefundRequest,
        now: DateTime<Utc>,
    ) -> Result<Option<DemoRefund>, StoreError> {
        let mut refund = Err(Refusal::NotPaid);
        let payment = self.change(&request.reference, |payment| {
            let before = payment.refunds.len();
            refund = payment.refund(request, now);
            payment.refunds.len() > before
        })?;
        match payment {
            Some(_) => Ok(Some(refund?)),
            None => Ok(None),
        }
    }

    /// Notes that the shop has heard of an event.
    pub(super) fn delivered(&self, reference: &str, event_id: &str) -> Result<(), StoreError> {
        self.change(reference, |payment| payment.hear(event_id)).map(drop)
    }

    /// The references of payments that time has decided.
    pub(super) fn overdue(&self, now: DateTime<Utc>) -> Vec<String> {
        self.references(|payment| payment.is_overdue(now))
    }

    /// The references of payments of which the shop has yet to hear.
    pub(super) fn unheard(&self) -> Vec<String> {
        self.references(Payment::is_unheard)
    }

    fn references(&self, wanted: impl Fn(&Payment) -> bool) -> Vec<String> {
        let payments = self.lock();
        payments.values().filter(|payment| wanted(payment)).map(|payment| payment.request.reference.clone()).collect()
    }

    /// Changes a payment on disk first, so that nothing is shown that a crash could take back.
    fn change(
        &self,
        reference: &str,
        change: impl FnOnce(&mut Payment) -> bool,
    ) -> Result<Option<Payment>, StoreError> {
        let mut payments = self.lock();
        let Some(known) = payments.get_mut(reference) else { return Ok(None) };
        let mut changed = known.clone();
        if change(&mut changed) {
            self.write(&changed)?;
            *known = changed;
        }
        Ok(Some(known.clone()))
    }

    /// Returns only when the disk has it, so that a power cut takes nothing that was answered.
    fn write(&self, payment: &Payment) -> Result<(), StoreError> {
        let path = self.dir.join(format!("{}.json", payment.request.reference));
        let beside = path.with_extension("new");
        let content =
            serde_json::to_vec_pretty(payment).map_err(|source| StoreError::Damaged { path: path.clone(), source })?;
        let written = File::create(&beside).and_then(|mut file| {
            file.write_all(&content)?;
            file.sync_all()?;
            std::fs::rename(&beside, &path)?;
            // The folder holds the name: without this a power cut could bring the old file back.
            File::open(&self.dir)?.sync_all()
        });
        written.map_err(|source| StoreError::Io { path, source })
    }

    /// A panic elsewhere leaves the map whole: it only ever changes by single assignments.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Payment>> {
        self.payments.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(path: &Path) -> Result<Payment, StoreError> {
    let content = std::fs::read(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
    serde_json::from_slice(&content).map_err(|source| StoreError::Damaged { path: path.to_owned(), source })
}

/// A reference becomes a file name, so it must not be able to leave the folder.
fn is_reference(text: &str) -> bool {
    (1..=LONGEST_REFERENCE).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use domain::money::Money;
    use domain::payments::GatewayOutcome;

    use super::{KEPT, Store, StoreError};
    use crate::demo_gateway::payment::tests::{noon, request};

    #[test]
    fn the_same_reference_is_the_same_payment() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path().to_owned(), noon()).unwrap();
        let first = store.create(request("p-1"), noon()).unwrap();
        assert_eq!(store.create(request("p-1"), noon() + TimeDelta::seconds(9)).unwrap(), first);

        let mut moved = request("p-1");
        moved.return_url = "https://toko.example/orders/ET-1001?token=x".to_owned();
        assert_eq!(store.create(moved.clone(), noon()).unwrap().key, first.key);
        assert_eq!(store.find("p-1").unwrap().request, moved);

        let mut other = request("p-1");
        other.amount = Money::minor(1);
        assert!(matches!(store.create(other, noon()), Err(StoreError::OtherContent)));
    }

    #[test]
    fn a_restarted_gateway_remembers_what_the_shop_has_not_heard() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path().to_owned(), noon()).unwrap();
        store.create(request("p-1"), noon()).unwrap();
        store.create(request("p-2"), noon()).unwrap();
        let decided = store.decide("p-1", GatewayOutcome::Paid, noon()).unwrap().unwrap();

        let again = Store::open(dir.path().to_owned(), noon()).unwrap();
        assert_eq!(again.find("p-1"), Some(decided));
        assert_eq!(again.unheard(), ["p-1"]);
        assert_eq!(again.overdue(noon() + TimeDelta::hours(2)), ["p-2"]);

        let event = again.find("p-1").unwrap().notice.unwrap().notification.event_id;
        again.delivered("p-1", &event).unwrap();
        let long_after = noon() + KEPT + TimeDelta::days(1);
        let later = Store::open(dir.path().to_owned(), long_after).unwrap();
        assert_eq!(later.find("p-1"), None);
        assert!(later.find("p-2").is_some(), "an undecided payment is never forgotten");
    }

    #[test]
    fn a_reference_cannot_leave_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path().to_owned(), noon()).unwrap();
        for bad in ["", "../p", "a/b", "a.b", "ä", &"x".repeat(101)] {
            assert!(matches!(store.create(request(bad), noon()), Err(StoreError::BadReference)), "{bad}");
        }
    }
}
