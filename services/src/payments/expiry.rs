//! What nobody paid in time ends, after its attempt is ended at the gateway: one that turns out to be paid goes on instead.
//!
//! A gateway that is away stops nothing; money that comes later is dealt with when it comes.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::payments::Payable;

use super::apply;
use crate::error::{Chain, Error, Party, Result, counted};
use crate::gateways::{Deadline, Ended as AtGateway, is_away};
use crate::lead::Fence;
use crate::{memberships, money, orders};

/// Cancels orders that nobody paid in time. Returns how many.
pub(crate) async fn expire_orders(fence: &Fence) -> Result<u64> {
    let settings = fence.settings().await?;
    let now = fence.began_at();
    let to_pay = TimeDelta::hours(i64::from(settings.unpaid_hours));
    let mut look = fence.look().await?;
    let unpaid = orders::unpaid(&mut look, now, to_pay).await?;
    drop(look);

    let mut done = 0;
    for order in unpaid.early {
        done += counted(orders::shorten(fence, order, to_pay).await)?;
    }
    let mut away = BTreeSet::new();
    for order in unpaid.overdue.into_iter().take_while(|_| fence.goes_on()) {
        if may_end(fence, order, &mut away).await? {
            done += counted(orders::expire(fence, order, &settings).await)?;
        }
    }
    Ok(done)
}

/// Closes purchases past their time, ends memberships whose end has come and reminds members. Returns how many.
pub(crate) async fn expire_memberships(fence: &Fence) -> Result<u64> {
    let now = fence.began_at();
    let mut look = fence.look().await?;
    let due = memberships::running_out(&mut look, now).await?;
    drop(look);

    let mut done = 0;
    let mut away = BTreeSet::new();
    for purchase in due.unpaid.iter().copied().take_while(|_| fence.goes_on()) {
        if may_end(fence, purchase, &mut away).await? {
            done += counted(memberships::expire_purchase(fence, purchase).await)?;
        }
    }
    Ok(done + memberships::end_and_remind(fence, &due).await?)
}

/// Whether something unpaid may end. A gateway that was away is not asked again for the rest of a run; the others are.
async fn may_end(fence: &Fence, what: impl Into<Payable>, away: &mut BTreeSet<String>) -> Result<bool> {
    Ok(match end_at_gateway(fence, what, away).await? {
        Ended::Yes => true,
        Ended::GatewayAway(gateway) => {
            away.insert(gateway);
            true
        }
        Ended::Unclear => false,
    })
}

/// What became of a live attempt that was to end.
#[derive(Debug)]
enum Ended {
    /// Nobody can pay it any more, and what the gateway said of it is applied.
    Yes,
    /// The gateway of that name does not answer.
    GatewayAway(String),
    /// What the gateway said of it cannot be applied: whatever it belongs to is left as it is.
    Unclear,
}

/// Ends the live attempt at its gateway, and believes what the gateway says of it.
async fn end_at_gateway(fence: &Fence, what: impl Into<Payable>, away: &BTreeSet<String>) -> Result<Ended> {
    let what = what.into();
    let live = money::attempts::live(&mut *fence.look().await?, what).await?;
    // Without a page the gateway never heard of it.
    let Some(live) = live.filter(|attempt| attempt.redirect_url.is_some()) else { return Ok(Ended::Yes) };
    if away.contains(&live.gateway) {
        return Ok(Ended::Yes);
    }
    let Some(gateway) = fence.gateways().named(&live.gateway) else {
        tracing::warn!(gateway = live.gateway, "what nobody paid cannot be ended at a gateway that is not in use");
        return Ok(Ended::Yes);
    };
    let said = match gateway.end(live.names(), Deadline::of_jobs()).await {
        Ok(AtGateway::Closed(standing)) => apply::learn(&fence.writer(), gateway.name(), &standing).await,
        // Money that comes to a page that is still open is dealt with when it comes.
        Ok(AtGateway::Unknown | AtGateway::StillOpen) => Ok(()),
        Err(error @ Error::Unavailable { party: Party::Gateway, .. }) => {
            tracing::warn!(error = %Chain(&error), "the gateway cannot end what nobody paid; it is asked again later");
            // What it said of this one tells nothing of the others.
            return Ok(if is_away(&error) { Ended::GatewayAway(live.gateway) } else { Ended::Yes });
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
