//! How a refund reaches its gateway: asked for outside every transaction, as often as it takes, under one key.

use domain::payments::GatewayName;

use super::payable;
use crate::database::{Work, transact};
use crate::error::{Chain, Error, Party, Result, counted};
use crate::events;
use crate::gateways::{Deadline, GiveBack, GivenBack, RefundStatement};
use crate::lead::Fence;
use crate::money::TRANSFER;
use crate::money::sending::{self as ledger, ToSend};

/// Sends every refund that is due to its gateway. Returns how many were settled.
///
/// A process that dies between the gateway's answer and our note of it asks again with the same key, and so does a
/// second process that does the same at the same time: the gateway gives the money back once.
pub(crate) async fn send_requested(fence: &Fence) -> Result<u64> {
    let due = ledger::due(&mut *fence.look().await?, fence.began_at()).await?;
    let mut settled = 0;
    for refund in due.into_iter().take_while(|_| fence.goes_on()) {
        settled += counted(send(fence, &refund).await)?;
    }
    Ok(settled)
}

/// Applies what a gateway told of a refund, and gives a word for what came of it; nothing when the shop did not ask for
/// that refund of that gateway: somebody gave money back at the gateway's own desk, and a person must see to it here.
pub(super) async fn apply(
    work: &mut Work,
    statement: &RefundStatement,
    gateway: GatewayName,
) -> Result<Option<&'static str>> {
    let Some(known) = known(work, statement, gateway).await? else { return Ok(None) };
    let done = GivenBack::Done { gateway_reference: statement.gateway_reference.clone() };
    Ok(Some(if settle(work, &known, &done).await? { "refunded" } else { "ignored" }))
}

/// The refund that a gateway tells of, if the shop asked for it.
pub(super) async fn known(
    work: &mut Work,
    statement: &RefundStatement,
    gateway: GatewayName,
) -> Result<Option<ToSend>> {
    let told = (statement.reference.as_str(), statement.amount, statement.currency);
    let is_the_same = |known: &ToSend| {
        known.gateway == gateway.as_str() && (known.reference.as_str(), known.amount, known.currency) == told
    };
    Ok(ledger::by_key(work, &statement.key).await?.filter(is_the_same))
}

async fn send(fence: &Fence, refund: &ToSend) -> Result<bool> {
    if refund.gateway == TRANSFER {
        // The shop transfers it back itself, and a person says when it did.
        let by_hand = GivenBack::Refused { why: "money of a transfer goes back by hand".to_owned() };
        return transact!(fence, |work| { settle(work, refund, &by_hand).await });
    }
    let Some(gateway) = fence.gateways().named(&refund.gateway) else { return Ok(false) };
    let ask = GiveBack {
        attempt: refund.names(),
        key: &refund.key,
        amount: refund.amount,
        currency: refund.currency,
        reason: &refund.reason,
        tries: refund.tries,
    };
    match gateway.give_back(ask, Deadline::of_jobs()).await {
        Ok(GivenBack::OnItsWay) => transact!(fence, |work| {
            ledger::put_off(work, refund).await?;
            Ok(false)
        }),
        Ok(answer) => transact!(fence, |work| { settle(work, refund, &answer).await }),
        Err(error @ (Error::LeaseLost | Error::Unavailable { party: Party::Database, .. })) => Err(error),
        Err(error) => {
            tracing::warn!(refund.id = %refund.id, error = %Chain(&error), "the gateway gives nothing back; a refund waits");
            transact!(fence, |work| {
                ledger::put_off(work, refund).await?;
                Ok(false)
            })
        }
    }
}

/// Ends a refund that is still on its way. False when it ended before.
async fn settle(work: &mut Work, refund: &ToSend, answer: &GivenBack) -> Result<bool> {
    let locked = payable::lock(work, refund.what()?).await?;
    if !ledger::is_on_its_way(work, refund).await? {
        return Ok(false);
    }
    match answer {
        GivenBack::Done { gateway_reference } => {
            ledger::set_given(work, refund, gateway_reference).await?;
            events::record(work, &locked.refunded()).await?;
        }
        GivenBack::OnItsWay => return Ok(false),
        GivenBack::Refused { why } => {
            tracing::error!(refund.id = %refund.id, why, "the gateway refuses a refund: a person must give it back");
            ledger::set_refused(work, refund).await?;
            events::record(work, &locked.refund_failed(refund.amount)).await?;
        }
    }
    Ok(true)
}
