//! Attempts to pay: one lives for each order and each purchase of a membership, and one that is given up is ended at its gateway too.

use chrono::{DateTime, Utc};
use domain::customers::Customer;
use domain::message::Message;
use domain::orders::OrderId;
use domain::payments::Payable;
use tracing::instrument;

use super::payable::{self, LockedPayable};
use super::{apply, pause_after, queries};
use crate::database::{Writer, transact};
use crate::error::{Chain, Error, Party, Result};
use crate::gateways::{Begin, Gateway};
use crate::lead::Fence;
use crate::{Shop, memberships, orders, settings};

/// The gateway's page for an unpaid order, for the one who has the order's link.
///
/// `Refused(NothingToPay)` when the order waits for no payment; `Unavailable` when the gateway is away.
#[instrument(skip_all, fields(order.number = number))]
pub async fn begin(shop: &Shop, number: &str, token: &str) -> Result<String> {
    let mut conn = shop.db.acquire().await?;
    let order = orders::find_by_link(shop, &mut conn, number, token).await?;
    drop(conn);
    start(shop, order.into()).await
}

/// The gateway's page for a purchase of a membership, for the customer whose purchase it is. The price is worked out
/// anew when the customer's membership has changed since.
///
/// `Refused(NothingToPay)` when it waits for no payment; `Unavailable` when the gateway is away.
#[instrument(skip_all, fields(purchase.number = number))]
pub async fn begin_membership(shop: &Shop, customer: &Customer, number: &str) -> Result<String> {
    let purchase = memberships::bring_up_to_date(shop, customer, number).await?;
    start(shop, purchase.into()).await
}

/// The gateway's page of a new order, or nothing when the gateway is away or the order is past paying.
pub(crate) async fn hosted_page(shop: &Shop, order: OrderId) -> Result<Option<String>> {
    if let Some(url) = queries::last_page(&mut *shop.db.acquire().await?, order).await? {
        return Ok(Some(url));
    }
    match start(shop, order.into()).await {
        Ok(url) => Ok(Some(url)),
        Err(Error::Unavailable { cause, .. }) => {
            tracing::warn!(order.id = %order, error = %cause, "the gateway gave no page for a new order");
            Ok(None)
        }
        Err(Error::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// What became of a live attempt that was to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Nobody can pay it any more, and what the gateway said of it is applied.
    Yes,
    GatewayAway,
    /// What the gateway said of it cannot be applied: whatever it belongs to is left as it is.
    Unclear,
}

/// Ends the live attempt at its gateway, and believes what the gateway says of it.
pub(crate) async fn end_at_gateway(fence: &Fence, what: impl Into<Payable>) -> Result<Ended> {
    let what = what.into();
    let live = queries::live(&mut *fence.look().await?, what).await?;
    // Without a page the gateway never heard of it.
    let Some(live) = live.filter(|attempt| attempt.redirect_url.is_some()) else { return Ok(Ended::Yes) };
    let Some(gateway) = fence.gateways().named(&live.gateway) else { return Ok(Ended::Yes) };
    let said = match gateway.end(&live.reference).await {
        Ok(Some(statement)) => apply::learn(&fence.writer(), gateway.name(), &statement).await,
        Ok(None) => Ok(()),
        Err(Error::Unavailable { party: Party::Gateway, cause }) => {
            tracing::warn!(error = %cause, "the gateway cannot end what nobody paid; it is asked again later");
            return Ok(Ended::GatewayAway);
        }
        Err(error) => Err(error),
    };
    match said {
        Ok(()) => Ok(Ended::Yes),
        Err(error @ (Error::LeaseLost | Error::Unavailable { .. })) => Err(error),
        Err(error) => {
            tracing::error!(?what, error = %Chain(&error), "what a gateway says of an unpaid attempt cannot be applied");
            Ok(Ended::Unclear)
        }
    }
}

/// Ends at their gateways the attempts that the shop gave up. Returns how many.
pub(crate) async fn close_given_up(fence: &Fence) -> Result<u64> {
    let given_up = queries::closing::due(&mut *fence.look().await?, fence.began_at()).await?;
    let mut closed = 0;
    for attempt in given_up.into_iter().take_while(|_| fence.goes_on()) {
        match close(&fence.writer(), &attempt).await {
            Ok(done) => closed += u64::from(done),
            Err(error @ (Error::LeaseLost | Error::Unavailable { party: Party::Database, .. })) => return Err(error),
            // One that its gateway cannot close keeps no other open.
            Err(error) => {
                tracing::warn!(attempt = attempt.reference, error = %Chain(&error), "an attempt that was given up waits");
                transact!(fence, |work| {
                    let next_try_at = work.now() + pause_after(attempt.tries);
                    Ok(queries::closing::postpone(work, attempt.id, next_try_at).await?)
                })?;
            }
        }
    }
    Ok(closed)
}

/// Makes the one live attempt, or finds it, and asks the gateway for its page. Every attempt before it is ended
/// at its gateway first, so that the buyer cannot pay twice.
async fn start(shop: &Shop, what: Payable) -> Result<String> {
    // Asked for first: a loop would keep the connection while the gateway is asked.
    let given_up = queries::closing::of(&mut *shop.db.acquire().await?, what).await?;
    for attempt in given_up {
        close(&shop.gateway(&attempt.gateway), &attempt).await?;
    }

    let (locked, attempt, now) = live(shop, what).await?;
    let bill = locked.bill();
    let gateway = shop.gateways.named(&attempt.gateway).ok_or(Error::Refused(Message::PaymentMethodOff))?;
    if let Some(url) = attempt.redirect_url.filter(|url| gateway.still_serves(url)) {
        return Ok(url);
    }
    let begin = Begin {
        reference: &attempt.reference,
        order_number: bill.number,
        amount: bill.total,
        currency: bill.currency,
        locale: bill.locale,
        expires_at: bill.pay_by.unwrap_or(now),
        return_path: locked.return_path(shop),
        public_url: shop.public_url(),
        shop_name: settings::get(shop).await?.name.clone(),
    };
    let url = gateway.begin(begin).await?;
    let is_live = transact!(shop.shopper(), |work| { Ok(queries::set_page(work, attempt.id, &url, now).await?) })?;
    if is_live {
        return Ok(url);
    }
    // It was called off while the gateway made the page: nobody may pay there.
    let queries::LiveAttempt { id, gateway, reference, .. } = attempt;
    let given_up = queries::closing::GivenUp { id, gateway, reference, tries: 0 };
    close(&shop.gateway(&given_up.gateway), &given_up).await?;
    Err(Error::Refused(Message::NothingToPay))
}

/// The live attempt, made when there is none.
async fn live(shop: &Shop, what: Payable) -> Result<(LockedPayable, queries::LiveAttempt, DateTime<Utc>)> {
    transact!(shop.shopper(), |work| {
        let now = work.now();
        let locked = payable::lock(work, what).await?;
        if !locked.waits(now) {
            return Err(Error::Refused(Message::NothingToPay));
        }
        let bill = locked.bill();
        let gateway = shop.gateways.of(bill.payment_method).ok_or(Error::Refused(Message::PaymentMethodOff))?;
        let attempt = match queries::live(work, what).await? {
            Some(attempt) => attempt,
            None => {
                let tries = queries::count_attempts(work, what).await?;
                let reference = format!("{}-{}", bill.number, tries + 1);
                let new = queries::New { what, gateway: gateway.name(), reference: &reference, amount: bill.total };
                let id = queries::insert(work, &new, bill.currency, now).await?;
                queries::LiveAttempt { id, gateway: gateway.name().to_owned(), reference, redirect_url: None }
            }
        };
        Ok((locked, attempt, now))
    })
}

/// Ends a given-up attempt at its gateway. When it turns out to be paid, that is applied as if a notification said so.
async fn close(writer: &Writer<'_>, attempt: &queries::closing::GivenUp) -> Result<bool> {
    let Some(gateway) = writer.gateways().named(&attempt.gateway) else { return Ok(false) };
    if let Some(statement) = gateway.end(&attempt.reference).await? {
        apply::learn(writer, gateway.name(), &statement).await?;
    }
    transact!(writer, |work| {
        let now = work.now();
        queries::closing::set_closed(work, attempt.id, now).await?;
        Ok(true)
    })
}
