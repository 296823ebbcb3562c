//! A unit of work: one transaction in somebody's name. It is begun here and nowhere else, it ends whole or not at all, and it
//! is done again from its beginning while the database is busy.

use std::ops::{ControlFlow, Deref, DerefMut};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::events::About;
use domain::orders::Actor;
use domain::staff::{Permission, Staff};
use sqlx::MySqlConnection;

use super::Transaction;
use crate::Shop;
use crate::error::{Error, Result};
use crate::gateways::Gateways;
use crate::lead::Lease;

/// Does a unit of work: `transact!(writer, |work| { … })`. What the block gives with `Ok` is committed, an error undoes all of
/// it, and `?` and `return` leave the block.
///
/// The block runs anew when a lock or the commit was refused for the sake of another transaction: it changes nothing but
/// the database.
macro_rules! transact {
    ($writer:expr, |$work:ident| $body:block) => {{
        let writer = &$writer;
        let mut tries = $crate::database::Tries::default();
        loop {
            let mut opened = match writer.begin().await {
                Ok(opened) => opened,
                Err(error) => match tries.after(Err(error)).await {
                    std::ops::ControlFlow::Break(outcome) => break outcome,
                    std::ops::ControlFlow::Continue(()) => continue,
                },
            };
            let outcome = {
                let $work = &mut opened;
                // On the heap: a unit of work is awaited deep inside a request.
                Box::pin(async { $body }).await
            };
            match tries.after(opened.end(outcome).await).await {
                std::ops::ControlFlow::Break(outcome) => break outcome,
                std::ops::ControlFlow::Continue(()) => {}
            }
        }
    }};
}
pub(crate) use transact;

/// An open unit of work of whoever is no member of staff. It is a connection to every query.
pub(crate) struct Work {
    tx: Transaction,
    shop: Shop,
    actor: Actor,
    now: DateTime<Utc>,
    /// What it tells of, once it is committed.
    news: Vec<About>,
}

/// An open unit of work of a member of staff, who may do it. Only this one writes the desk's history.
pub(crate) struct StaffWork {
    work: Work,
    staff: Staff,
}

/// Somebody who writes without a permission of the desk: shoppers, gateways, imports and jobs.
#[derive(Clone)]
pub(crate) struct Writer<'a> {
    shop: &'a Shop,
    actor: Actor,
    /// A job's: what it writes is worth nothing once another process leads.
    lease: Option<&'a Lease>,
}

/// A member of staff whose permission was asked for.
#[derive(Clone, Copy)]
pub(crate) struct StaffWriter<'a> {
    shop: &'a Shop,
    staff: &'a Staff,
}

impl Shop {
    /// Whoever comes to the shop from outside.
    pub(crate) fn shopper(&self) -> Writer<'_> {
        Writer { shop: self, actor: Actor::Shopper, lease: None }
    }

    /// A payment gateway that tells or answers something.
    pub(crate) fn gateway(&self, name: &str) -> Writer<'_> {
        Writer { shop: self, actor: Actor::Gateway(name.to_owned()), lease: None }
    }

    /// A member of staff, if they may do so.
    pub(crate) fn staff<'a>(&'a self, staff: &'a Staff, permission: Permission) -> Result<StaffWriter<'a>> {
        staff.require(permission)?;
        Ok(StaffWriter { shop: self, staff })
    }

    /// A member of staff who changes what is their own.
    pub(crate) fn oneself<'a>(&'a self, staff: &'a Staff) -> StaffWriter<'a> {
        StaffWriter { shop: self, staff }
    }

    /// The past of a shop, brought here by a member of staff who may do so.
    pub(crate) fn import(&self, staff: &Staff, permission: Permission) -> Result<Writer<'_>> {
        staff.require(permission)?;
        Ok(Writer { shop: self, actor: Actor::Import, lease: None })
    }
}

impl<'a> Writer<'a> {
    /// A job that leads as long as the lease stands.
    pub(crate) fn job(shop: &'a Shop, name: &str, lease: &'a Lease) -> Self {
        Self { shop, actor: Actor::Job(name.to_owned()), lease: Some(lease) }
    }

    /// Begins a unit of work; see [`transact`]. `LeaseLost` when it is a job's and another process leads.
    pub(crate) async fn begin(&self) -> Result<Work> {
        let mut work = Work::begin(self.shop, self.actor.clone()).await?;
        if let Some(lease) = self.lease {
            lease.prove(&mut work).await?;
        }
        Ok(work)
    }

    /// Looks for something to do. The database refuses to write in this transaction.
    pub(crate) async fn look(&self) -> Result<Transaction> {
        Ok(self.shop.db.look().await?)
    }

    /// Whether it is a job.
    pub(crate) fn is_job(&self) -> bool {
        self.lease.is_some()
    }

    /// The gateways that can be asked now.
    pub(crate) fn gateways(&self) -> &'a Gateways {
        &self.shop.gateways
    }
}

impl StaffWriter<'_> {
    /// Begins a unit of work; see [`transact`].
    pub(crate) async fn begin(&self) -> Result<StaffWork> {
        let work = Work::begin(self.shop, Actor::Staff(self.staff.name.clone())).await?;
        Ok(StaffWork { work, staff: self.staff.clone() })
    }
}

impl Work {
    async fn begin(shop: &Shop, actor: Actor) -> Result<Self> {
        let (tx, now) = shop.db.begin().await?;
        Ok(Self { tx, shop: shop.clone(), actor, now: shop.clock.shifted(now), news: Vec::new() })
    }

    /// When it began, by the shop's clock.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Who does it, for a history.
    pub(crate) fn actor(&self) -> Actor {
        self.actor.clone()
    }

    /// The shop that it is done to.
    pub(crate) fn shop(&self) -> &Shop {
        &self.shop
    }

    /// Lets the rest of it happen at that instant, as the past does that is brought from elsewhere.
    pub(crate) fn move_to(&mut self, at: DateTime<Utc>) {
        self.now = at;
    }

    /// Notes what listeners are to be told of once it is committed, and what this process keeps of it is forgotten.
    pub(crate) fn has_news(&mut self, about: About) {
        self.news.push(about);
    }

    /// Makes it last and wakes who listens, or undoes it. The commit is a trip of its own: a cluster may refuse it, and then
    /// nothing was done.
    pub(crate) async fn end<T>(self, outcome: Result<T>) -> Result<T> {
        match outcome {
            Ok(reply) => {
                self.tx.commit().await?;
                self.shop.tell(&self.news);
                Ok(reply)
            }
            Err(error) => Err(self.undo(error).await),
        }
    }

    /// Undoes it at once, so that nobody waits for its locks, and tells why.
    async fn undo(mut self, error: Error) -> Error {
        // A cluster may take a transaction back in the middle of an answer, which then makes no sense: asked anew, the server
        // says so.
        if let Error::Internal(_) = &error
            && let Err(problem) = super::still_stands(&mut self.tx).await
            && let busy @ Error::Busy(_) = Error::from(problem)
        {
            return busy;
        }
        // What cannot be undone now is undone by the pool.
        let _ = self.tx.rollback().await;
        error
    }
}

impl StaffWork {
    /// The member of staff who does it.
    pub(crate) fn staff(&self) -> &Staff {
        &self.staff
    }

    /// As [`Work::end`].
    pub(crate) async fn end<T>(self, outcome: Result<T>) -> Result<T> {
        self.work.end(outcome).await
    }
}

/// How often a unit of work was in vain.
#[derive(Debug, Default)]
pub(crate) struct Tries(u32);

impl Tries {
    /// As many as a queue of buyers at one row needs, and then somebody is told.
    const MOST: u32 = 16;
    /// The longest pause, drawn from one to this many milliseconds.
    const LONGEST_PAUSE: u64 = 256;

    /// The outcome, or a pause after which the whole is done again.
    pub(crate) async fn after<T>(&mut self, outcome: Result<T>) -> ControlFlow<Result<T>> {
        match outcome {
            Err(Error::Busy(_)) if self.0 < Self::MOST => {
                self.0 += 1;
                let pause = rand::random_range(1..=(4_u64 << self.0.min(6)).min(Self::LONGEST_PAUSE));
                tokio::time::sleep(Duration::from_millis(pause)).await;
                ControlFlow::Continue(())
            }
            other => ControlFlow::Break(other),
        }
    }
}

impl Deref for Work {
    type Target = MySqlConnection;

    fn deref(&self) -> &MySqlConnection {
        &self.tx
    }
}

impl DerefMut for Work {
    fn deref_mut(&mut self) -> &mut MySqlConnection {
        &mut self.tx
    }
}

impl Deref for StaffWork {
    type Target = Work;

    fn deref(&self) -> &Work {
        &self.work
    }
}

impl DerefMut for StaffWork {
    fn deref_mut(&mut self) -> &mut Work {
        &mut self.work
    }
}
