//! Live events on their way from the shop to the owner: into the window, and to the system's notifications.

use domain::events::{ShopEvent, WINDOW_EVENT};
use domain::money::{Currency, Money};
use services::{Shop, settings};
use tauri::{AppHandle, Emitter, Manager, Runtime};
use tokio::sync::broadcast::error::RecvError;

use crate::desk::Desk;
use crate::notify;
use crate::texts::DesktopText;

/// Forwards events until the shop is closed.
pub(crate) async fn forward<R: Runtime>(app: AppHandle<R>, shop: Shop) {
    let mut events = shop.subscribe();
    loop {
        match events.recv().await {
            Ok(event) => tell(&app, &shop, &event).await,
            // The window's lists ask again at the next event; only toasts are lost.
            Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "live events were missed"),
            Err(RecvError::Closed) => return,
        }
    }
}

async fn tell<R: Runtime>(app: &AppHandle<R>, shop: &Shop, event: &ShopEvent) {
    // Names and amounts are for those who have signed in.
    let is_signed_in = app.state::<Desk>().is_signed_in();
    if is_signed_in && let Err(error) = app.emit(WINDOW_EVENT, event) {
        tracing::warn!(%error, "the window cannot be told");
    }
    let Some(order) = event.what.brings_work() else { return };
    let title = if order.is_paid { DesktopText::PaidTitle } else { DesktopText::PlacedTitle };
    let number = order.number.to_owned();
    let body = match is_signed_in {
        true => DesktopText::OrderBody { number, total: display(shop, order.total).await, name: order.name.to_owned() },
        false => DesktopText::OrderNumber { number },
    };
    notify::show(app, &title, &body);
}

async fn display(shop: &Shop, amount: Money) -> String {
    let currency = settings::get(shop).await.map_or(Currency::Rupiah, |settings| settings.currency);
    amount.display(currency)
}
