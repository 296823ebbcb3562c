//! How the payment services stand, for the owner who sets them up.

use domain::audit::{AuditAction, Subject};
use domain::events::About;
use domain::message::Message;
use domain::payments::{GatewayName, GatewayState, GatewayTried, ListGateways, SaveGatewayKeys, TryGateway};
use domain::problem::FieldProblem;
use domain::secrets::Secret;
use domain::staff::{Permission, Staff};
use serde_json::json;
use tracing::instrument;

use super::inbox;
use crate::database::transact;
use crate::error::{Chain, Error, Party, Result};
use crate::gateways::Deadline;
use crate::secrets::sealed;
use crate::{Shop, events, settings};

/// Every payment service that the shop could use: the practice service only while it runs.
pub async fn gateways(shop: &Shop, staff: &Staff, _request: ListGateways) -> Result<Vec<GatewayState>> {
    staff.require(Permission::ChangeSettings)?;
    let settings = settings::get(shop).await?;
    let told = inbox::last_notices(&mut *shop.db.acquire().await?).await?;
    let public_url = shop.public_url();
    let is_shown = |name: &GatewayName| *name != GatewayName::Demo || shop.has_demo_gateway();
    let states = GatewayName::ALL.iter().copied().filter(is_shown).map(|name| GatewayState {
        name,
        mode: shop.gateways.mode(name),
        notify_url: format!("{public_url}/webhooks/{name}"),
        is_reachable: name == GatewayName::Demo || public_url.starts_with("https://"),
        last_notice_at: told.iter().find(|(gateway, _)| gateway == name.as_str()).map(|(_, at)| *at),
        carries: settings.payment_methods.iter().copied().filter(|it| settings.carrier(*it) == Some(name)).collect(),
    });
    Ok(states.collect())
}

/// Keeps keys of a payment service, sealed, and takes it into use; what they are stands in no history and no answer.
///
/// `Invalid` for a key that is none of that service, or that nobody could have typed.
#[instrument(skip_all, fields(gateway = %request.gateway, staff.id = %staff.id))]
pub async fn save_gateway_keys(shop: &Shop, staff: &Staff, request: SaveGatewayKeys) -> Result<Vec<GatewayState>> {
    let writer = shop.staff(staff, Permission::ChangeSettings)?;
    let mut keys = Vec::new();
    let mut problems = Vec::new();
    for key in &request.keys {
        if !request.gateway.keys().contains(&key.name) {
            problems.push(FieldProblem::new(key.name.as_str(), Message::NotAChoice));
            continue;
        }
        match Secret::read(key.secret.reveal()) {
            Ok(secret) => keys.push((key.name, secret)),
            Err(message) => problems.push(FieldProblem::new(key.name.as_str(), message)),
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    transact!(writer, |work| {
        for (name, secret) in &keys {
            sealed::put(work, *name, secret).await?;
        }
        let names: Vec<_> = keys.iter().map(|(name, _)| name.as_str()).collect();
        let (before, after) = (json!({ "gateway": null }), json!({ "gateway": request.gateway, "keys": names }));
        events::record(work, &About::Settings.into()).await?;
        work.record(AuditAction::SaveGatewayKeys, &Subject::settings(), &before, &after).await
    })?;
    shop.open_gateways().await?;
    gateways(shop, staff, ListGateways {}).await
}

/// Asks a payment service something harmless, and tells what it says of the shop's keys.
///
/// `Refused(PaymentMethodOff)` while its keys are not set.
#[instrument(skip_all, fields(gateway = %request.gateway, staff.id = %staff.id))]
pub async fn try_gateway(shop: &Shop, staff: &Staff, request: TryGateway) -> Result<GatewayTried> {
    staff.require(Permission::ChangeSettings)?;
    let gateway = shop.gateways.get(request.gateway).ok_or(Error::Refused(Message::PaymentMethodOff))?;
    let trouble = match gateway.try_out(Deadline::of_people()).await {
        Ok(said) => said.err(),
        Err(error @ Error::Unavailable { party: Party::Gateway, .. }) => Some(Chain(&error).to_string()),
        Err(error) => return Err(error),
    };
    Ok(GatewayTried { gateway: request.gateway, trouble })
}
