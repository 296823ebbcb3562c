//! Attempts at a gateway: it is asked for the page of the live one, and ends those that were given up.

use chrono::{DateTime, Utc};
use domain::customers::Customer;
use domain::message::Message;
use domain::orders::OrderId;
use domain::payments::{GatewayOutcome, Payable};
use tracing::instrument;

use super::apply;
use super::payable::{self, LockedPayable};
use crate::database::{Writer, transact};
use crate::error::{Chain, Error, Party, Result};
use crate::gateways::{Begin, Deadline, Ended, LONGEST_PAGE};
use crate::lead::Fence;
use crate::money::attempts::{self, GivenUp, LiveAttempt};
use crate::money::{TRANSFER, transfers};
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
        match close(&fence.writer(), &attempt, Deadline::of_jobs()).await {
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
    let by = Deadline::of_people();
    // Asked for first: a loop would keep the connection while the gateway is asked.
    let given_up = attempts::given_up_of(&mut *shop.db.acquire().await?, what).await?;
    for attempt in given_up {
        close(&shop.gateway(&attempt.gateway), &attempt, by).await?;
    }

    let (locked, attempt, now) = live(shop, what).await?;
    let bill = locked.bill();
    if attempt.gateway == TRANSFER {
        return Ok(format!("{}{}", shop.public_url(), locked.pay_path(shop)));
    }
    let gateway = shop.gateways.named(&attempt.gateway).ok_or(Error::Refused(Message::PaymentMethodOff))?;
    if let Some(url) = attempt.redirect_url.as_deref().filter(|url| gateway.still_serves(url)) {
        return Ok(url.to_owned());
    }
    let begin = Begin {
        reference: &attempt.reference,
        order_number: bill.number,
        method: bill.payment_method,
        amount: bill.total,
        currency: bill.currency,
        locale: bill.locale,
        now,
        expires_at: bill.pay_by.unwrap_or(now),
        return_path: locked.return_path(shop),
        public_url: shop.public_url(),
        shop_name: settings::get(shop).await?.name.clone(),
        items: locked.items(&mut *shop.db.acquire().await?).await?,
    };
    let page = gateway.begin(&begin, by).await?;
    let noted = transact!(shop.shopper(), |work| { attempts::set_page(work, &attempt, &page, now).await })?;

    let given_up = |gateway_reference: Option<String>| GivenUp {
        id: attempt.id,
        gateway: attempt.gateway.clone(),
        reference: attempt.reference.clone(),
        gateway_reference,
        created_at: now,
        tries: 0,
    };
    if !noted.is_live {
        // It was called off while the gateway made the page: nobody may pay there.
        let is_noted = noted.gateway_reference == page.gateway_reference;
        let own = given_up(page.gateway_reference);
        if is_noted {
            close(&shop.gateway(&attempt.gateway), &own, Deadline::of_jobs()).await?;
        } else {
            // The one that was noted is closed by the job.
            gateway.end(own.names(), Deadline::of_jobs()).await?;
        }
        return Err(Error::Refused(Message::NothingToPay));
    }
    if page.gateway_reference.is_some() && noted.gateway_reference != page.gateway_reference {
        // The buyer asked twice at once, and the other page was noted first: there must be one.
        let second = given_up(page.gateway_reference);
        if let Ended::Closed(standing) = gateway.end(second.names(), Deadline::of_jobs()).await?
            && standing.payment.outcome == GatewayOutcome::Paid
        {
            apply::learn(&shop.gateway(&second.gateway), gateway.name(), &standing).await?;
        }
    }
    Ok(noted.redirect_url.unwrap_or(page.url))
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
        let settings = work.settings().await?;
        if bill.payment_method.is_transfer() {
            let attempt = transfers::live_or_new(work, bill, &settings.transfer).await?;
            return Ok((locked, attempt, now));
        }
        let gateway = shop.gateways.of(&settings, bill.payment_method);
        let gateway = gateway.ok_or(Error::Refused(Message::PaymentMethodOff))?;
        let attempt = attempts::live_or_new(work, bill, gateway.name().as_str()).await?;
        Ok((locked, attempt, now))
    })
}

/// Ends a given-up attempt at its gateway. When it turns out to be paid, that is applied as if a notification said so.
/// False while it may still be paid.
async fn close(writer: &Writer<'_>, attempt: &GivenUp, by: Deadline) -> Result<bool> {
    if attempt.gateway == TRANSFER {
        // Nobody but the shop knows of it, and late money is counted by a person.
        return transact!(writer, |work| {
            attempts::set_closed(work, attempt.id).await?;
            Ok(true)
        });
    }
    let Some(gateway) = writer.gateways().named(&attempt.gateway) else { return Ok(false) };
    match gateway.end(attempt.names(), by).await? {
        Ended::Closed(standing) => apply::learn(writer, gateway.name(), &standing).await?,
        Ended::Unknown => {}
        Ended::StillOpen => {
            return transact!(writer, |work| {
                if work.now() - attempt.created_at > LONGEST_PAGE {
                    attempts::set_closed(work, attempt.id).await?;
                    return Ok(true);
                }
                attempts::put_off(work, attempt).await?;
                Ok(false)
            });
        }
    }
    transact!(writer, |work| {
        attempts::set_closed(work, attempt.id).await?;
        Ok(true)
    })
}
