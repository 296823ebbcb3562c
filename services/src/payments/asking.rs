//! How attempts stand is asked at their gateways, so that money is seen although no notice of it ever arrives: by a job, when the
//! buyer comes back from the gateway, and when staff want to know.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::About;
use domain::message::Message;
use domain::orders::OrderDetail;
use domain::payments::{AttemptPage, CheckAttempt, CheckPayments, GatewayOutcome, ListAttempts, Payable};
use domain::staff::{Permission, Staff};
use serde_json::json;
use tokio::task::JoinSet;
use tracing::instrument;

use super::apply;
use crate::database::{Writer, transact};
use crate::error::{Chain, Error, Party, Result};
use crate::gateways::{Deadline, Gateways, Standing, is_away};
use crate::lead::Fence;
use crate::money::attempts::{self, Open};
use crate::money::checking;
use crate::{Shop, events, orders};

/// So many attempts are asked about at once.
const AT_ONCE: usize = 8;
const ATTEMPTS_PER_PAGE: u32 = 50;

/// Asks how attempts stand that may still be paid, and applies what their gateways say. Returns how many were decided.
pub(crate) async fn ask_about_open(fence: &Fence) -> Result<u64> {
    let due = attempts::to_ask(&mut *fence.look().await?, fence.began_at()).await?;
    let mut decided = 0;
    let mut away: Vec<String> = Vec::new();
    let mut due = due.into_iter();
    loop {
        // A gateway that answered nobody is not asked again for the rest of a run.
        let some: Vec<_> = due.by_ref().filter(|open| !away.contains(&open.gateway)).take(AT_ONCE).collect();
        if some.is_empty() || !fence.goes_on() {
            return Ok(decided);
        }
        let mut answered: Vec<String> = Vec::new();
        let mut silent: Vec<String> = Vec::new();
        for (open, said) in ask_all(fence.gateways(), some).await {
            match &said {
                Err(error) if is_away(error) => silent.push(open.gateway.clone()),
                Ok(_) | Err(_) => answered.push(open.gateway.clone()),
            }
            match learn(&fence.writer(), &open, said).await {
                Ok(is_decided) => decided += u64::from(is_decided),
                Err(error @ (Error::LeaseLost | Error::Unavailable { party: Party::Database, .. })) => {
                    return Err(error);
                }
                // What one gateway says keeps no other attempt from being asked about.
                Err(error) => {
                    tracing::warn!(attempt = open.reference, error = %Chain(&error), "how an attempt stands is asked later");
                }
            }
            transact!(fence, |work| { attempts::ask_later(work, &open).await })?;
        }
        away.extend(silent.into_iter().filter(|gateway| !answered.contains(gateway)));
    }
}

/// Asks about an order's open attempts at once, beside whoever looks at its page: it came back from the gateway, maybe before
/// the notice. Nobody waits for it, and when many come at once the job does it.
pub fn look_soon(shop: &Shop, order: &OrderDetail) {
    let Some(turn) = shop.gateways.turn_to_ask() else { return };
    let (shop, what) = (shop.clone(), Payable::Order(order.id));
    tokio::spawn(async move {
        if let Err(error) = look(&shop, what).await {
            tracing::debug!(error = %Chain(&error), "how an attempt stands is asked by the job");
        }
        drop(turn);
    });
}

/// Asks the gateways about an order's attempts now, for staff who want to know.
///
/// `Unavailable` when a gateway does not answer.
#[instrument(skip_all, fields(order.id = %request.order_id, staff.id = %staff.id))]
pub async fn check(shop: &Shop, staff: &Staff, request: CheckPayments) -> Result<OrderDetail> {
    let writer = shop.staff(staff, Permission::RefundOrders)?;
    let before = orders::detail(shop, staff, request.order_id).await?;
    look(shop, request.order_id.into()).await?;
    transact!(writer, |work| {
        let after = orders::load(work, request.order_id).await?;
        let subject = Subject::new(SubjectKind::Order, after.id, &after.number);
        let was = json!({ "status": before.status, "checked": false });
        let is = json!({ "status": after.status, "checked": true });
        events::record(work, &About::Order(after.id).into()).await?;
        work.record(AuditAction::CheckPayments, &subject, &was, &is).await?;
        Ok(after)
    })
}

/// A page of attempts to pay, newest first.
pub async fn attempts(shop: &Shop, staff: &Staff, request: ListAttempts) -> Result<AttemptPage> {
    staff.require(Permission::RefundOrders)?;
    attempts::page(&mut *shop.db.acquire().await?, request, ATTEMPTS_PER_PAGE).await
}

/// Asks the gateways now about what an attempt is for, for staff who want to know.
///
/// `NotFound` when there is none; `Unavailable` when a gateway does not answer.
#[instrument(skip_all, fields(payment.id = %request.payment_id, staff.id = %staff.id))]
pub async fn check_attempt(shop: &Shop, staff: &Staff, request: CheckAttempt) -> Result<()> {
    let writer = shop.staff(staff, Permission::RefundOrders)?;
    let what = checking::payable_of_payment(&mut *shop.db.acquire().await?, request.payment_id).await?;
    let what = what.ok_or(Error::NotFound(Message::NoSuchPage))?;
    look(shop, what).await?;
    transact!(writer, |work| {
        let subject = Subject::new(SubjectKind::Payment, request.payment_id, request.payment_id.to_string());
        let about = what.order().map_or(About::Memberships, About::Order);
        events::record(work, &about.into()).await?;
        work.record(AuditAction::CheckPayments, &subject, &json!({ "checked": false }), &json!({ "checked": true }))
            .await
    })
}

async fn look(shop: &Shop, what: Payable) -> Result<()> {
    let open = attempts::open_of(&mut *shop.db.acquire().await?, what).await?;
    for (open, said) in ask_all(&shop.gateways, open).await {
        learn(&shop.gateway(&open.gateway), &open, said).await?;
    }
    Ok(())
}

/// What the gateways say of each; nothing is locked and no connection is kept meanwhile.
async fn ask_all(known: &Gateways, open: Vec<Open>) -> Vec<(Open, Result<Option<Standing>>)> {
    let (mut asked, by) = (JoinSet::new(), Deadline::of_jobs());
    for open in open {
        let gateway = known.named(&open.gateway);
        asked.spawn(async move {
            let said = match gateway {
                Some(gateway) => gateway.status(open.names(), by).await,
                None => Ok(None),
            };
            (open, said)
        });
    }
    asked.join_all().await
}

/// Applies what a gateway said; true when it decided something.
async fn learn(writer: &Writer<'_>, open: &Open, said: Result<Option<Standing>>) -> Result<bool> {
    let Some(standing) = said? else { return Ok(false) };
    if standing.payment.outcome == GatewayOutcome::Pending {
        return Ok(false);
    }
    let gateway = open.gateway.parse().map_err(|_| Error::NotFound(Message::NoSuchPage))?;
    apply::learn(writer, gateway, &standing).await?;
    Ok(true)
}
