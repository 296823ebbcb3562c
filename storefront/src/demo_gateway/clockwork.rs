//! What the gateway does by itself: it ends payments whose time ran out, and after a restart tells what was not heard.

use std::time::Duration;

use domain::payments::GatewayOutcome;

use crate::demo_gateway::{Gateway, now};

const TICK: Duration = Duration::from_secs(1);

/// Works until it is aborted.
pub(super) async fn run(gateway: Gateway) {
    for reference in gateway.store.unheard() {
        gateway.courier.tell(&reference).await;
    }
    let mut ticks = tokio::time::interval(TICK);
    loop {
        ticks.tick().await;
        for reference in gateway.store.overdue(now()) {
            match gateway.store.decide(&reference, GatewayOutcome::Expired, now()) {
                Ok(_) => gateway.courier.tell(&reference).await,
                Err(problem) => tracing::error!(reference, %problem, "a payment cannot be ended"),
            }
        }
    }
}
