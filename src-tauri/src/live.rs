//! Live events on their way from the shop to the owner: into the window, and to the system's notifications.

use domain::events::{Happening, ShopEvent, WINDOW_EVENT};
use domain::locale::Locale;
use domain::money::Currency;
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
    if app.state::<Desk>().is_signed_in()
        && let Err(error) = app.emit(WINDOW_EVENT, event)
    {
        tracing::warn!(%error, "the window cannot be told");
    }
    if let Happening::OrderPaid { number, total, name, .. } = &event.what {
        let (locale, currency) = match settings::get(shop).await {
            Ok(settings) => (settings.locale, settings.currency),
            Err(_) => (Locale::Indonesian, Currency::Rupiah),
        };
        let body = DesktopText::PaidBody { number: number.clone(), total: total.display(currency), name: name.clone() };
        notify::show(DesktopText::PaidTitle.text(locale), body.text(locale));
    }
}
