//! A notice that only names a payment: how the payment stands is asked at its gateway, before anything is locked.

use domain::id::InboxId;

use super::{attempt, queries};
use crate::database::Writer;
use crate::error::Result;
use crate::gateways::{AttemptNames, Deadline, Standing, Statement};
use crate::{Shop, money};

/// What the gateway says of the payment that a notice names.
pub(super) enum Truth {
    /// The notice says it all itself, or nobody can be asked.
    NotAsked,
    /// The gateway knows no such payment.
    Unknown,
    Told(Standing),
}

/// Asks the gateway about the payment that a stored notice names, if it does no more than that.
pub(super) async fn truth(writer: &Writer<'_>, id: InboxId) -> Result<Truth> {
    let mut look = writer.look().await?;
    let Some(entry) = queries::peek(&mut look, id).await? else { return Ok(Truth::NotAsked) };
    let Some(gateway) = writer.gateways().named(&entry.gateway) else { return Ok(Truth::NotAsked) };
    let Ok(Statement::Names { reference }) = gateway.read(&entry.body) else { return Ok(Truth::NotAsked) };
    let known = money::attempts::gateway_reference(&mut look, &entry.gateway, &reference).await?;
    drop(look);

    let names = AttemptNames { reference: &reference, gateway_reference: known.as_deref() };
    Ok(gateway.status(names, Deadline::of_jobs()).await?.map_or(Truth::Unknown, Truth::Told))
}

/// Applies a stored notice beside the answer to it, which nobody lets wait for another machine. When many come at once, those
/// in excess are the job's.
pub(super) fn soon(shop: &Shop, gateway: &str, id: InboxId) {
    let Some(turn) = shop.gateways.turn_to_ask() else { return };
    let (shop, gateway) = (shop.clone(), gateway.to_owned());
    tokio::spawn(async move {
        if let Err(error) = attempt(&shop.gateway(&gateway), id).await {
            tracing::warn!(%error, "a stored notification waits for the next run");
        }
        drop(turn);
    });
}
