//! Attempts at a gateway: it is asked for the page of the live one, and ends those that were given up.

use chrono::{DateTime, Utc};
use domain::customers::Customer;
use domain::message::Message;
use domain::orders::OrderId;
use domain::payments::Payable;
use tracing::instrument;

use super::apply;
use super::payable::{self, LockedPayable};
use crate::database::{Writer, transact};
use crate::error::{Chain, Error, Party, Result};
use crate::gateways::{Begin, Gateway};
use crate::lead::Fence;
use crate::money::attempts::{self, GivenUp, LiveAttempt};
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
    if let Some(url) = attempts::first_page(&mut *shop.db.acquire().await?, order).await? {
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

/// Ends at their gateways the attempts that the shop gave up. Returns how many.
pub(crate) async fn close_given_up(fence: &Fence) -> Result<u64> {
    let given_up = attempts::to_close(&mut *fence.look().await?, fence.began_at()).await?;
    let mut closed = 0;
    for attempt in given_up.into_iter().take_while(|_| fence.goes_on()) {
        match close(&fence.writer(), &attempt).await {
            Ok(done) => closed += u64::from(done),
            Err(error @ (Error::LeaseLost | Error::Unavailable { party: Party::Database, .. })) => return Err(error),
            // One that its gateway cannot close keeps no other open.
            Err(error) => {
                tracing::warn!(attempt = attempt.reference, error = %Chain(&error), "an attempt that was given up waits");
                transact!(fence, |work| { attempts::put_off(work, &attempt).await })?;
            }
        }
    }
    Ok(closed)
}

/// Makes the one live attempt, or finds it, and asks the gateway for its page. Every attempt before it is ended
/// at its gateway first, so that the buyer cannot pay twice.
async fn start(shop: &Shop, what: Payable) -> Result<String> {
    // Asked for first: a loop would keep the connection while the gateway is asked.
    let given_up = attempts::given_up_of(&mut *shop.db.acquire().await?, what).await?;
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
    let is_live = transact!(shop.shopper(), |work| { attempts::set_page(work, attempt.id, &url, now).await })?;
    if is_live {
        return Ok(url);
    }
    // It was called off while the gateway made the page: nobody may pay there.
    let LiveAttempt { id, gateway, reference, .. } = attempt;
    let given_up = GivenUp { id, gateway, reference, tries: 0 };
    close(&shop.gateway(&given_up.gateway), &given_up).await?;
    Err(Error::Refused(Message::NothingToPay))
}

/// The live attempt, made when there is none.
async fn live(shop: &Shop, what: Payable) -> Result<(LockedPayable, LiveAttempt, DateTime<Utc>)> {
    transact!(shop.shopper(), |work| {
        let now = work.now();
        let locked = payable::lock(work, what).await?;
        if !locked.waits(now) {
            return Err(Error::Refused(Message::NothingToPay));
        }
        let bill = locked.bill();
        let gateway = shop.gateways.of(bill.payment_method).ok_or(Error::Refused(Message::PaymentMethodOff))?;
        let attempt = attempts::live_or_new(work, bill, gateway.name()).await?;
        Ok((locked, attempt, now))
    })
}

/// Ends a given-up attempt at its gateway. When it turns out to be paid, that is applied as if a notification said so.
async fn close(writer: &Writer<'_>, attempt: &GivenUp) -> Result<bool> {
    let Some(gateway) = writer.gateways().named(&attempt.gateway) else { return Ok(false) };
    if let Some(statement) = gateway.end(&attempt.reference).await? {
        apply::learn(writer, gateway.name(), &statement).await?;
    }
    transact!(writer, |work| {
        attempts::set_closed(work, attempt.id).await?;
        Ok(true)
    })
}
