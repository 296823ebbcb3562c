//! Live events on their way from the shop to the owner: into the window, and to the system's notifications.

use domain::events::{Happening, ShopEvent, WINDOW_EVENT};
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
    if !event.what.brings_work() {
        return;
    }
    let (title, number, total, name) = match &event.what {
        Happening::OrderPaid { number, total, name, .. } => (DesktopText::PaidTitle, number, *total, name),
        Happening::OrderPlaced { number, total, name, .. } => (DesktopText::PlacedTitle, number, *total, name),
        Happening::OrderMoved { .. }
        | Happening::PaymentNeedsReview { .. }
        | Happening::MoneyGoesBack { .. }
        | Happening::RefundFailed { .. }
        | Happening::MembershipPaid { .. }
        | Happening::MembershipMoneyGoesBack { .. }
        | Happening::MembershipNeedsReview { .. }
        | Happening::MembershipsChanged
        | Happening::StockLow { .. }
        | Happening::StockChanged { .. }
        | Happening::StockDisagrees { .. }
        | Happening::NoticeStuck { .. }
        | Happening::NoticesChanged
        | Happening::SettingsChanged => return,
    };
    let body = match is_signed_in {
        true => {
            let (number, name) = (number.clone(), name.clone());
            DesktopText::OrderBody { number, total: display(shop, total).await, name }
        }
        false => DesktopText::OrderNumber { number: number.clone() },
    };
    notify::show(app, &title, &body);
}

async fn display(shop: &Shop, amount: Money) -> String {
    let currency = settings::get(shop).await.map_or(Currency::Rupiah, |settings| settings.currency);
    amount.display(currency)
}
