//! How the program ends: the window goes at once, then the shop is closed in order, then the process.

use std::time::Duration;

use tauri::{AppHandle, ExitRequestApi, Manager};

use crate::desk::Desk;
use crate::window;

/// How long the house may take to close; a demo shop that is being loaded would hold it longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Ends the program in order. A second call changes nothing.
pub(crate) fn begin(app: &AppHandle) {
    if app.state::<Desk>().begin_closing() {
        return;
    }
    for window in app.webview_windows().values() {
        // A window that is already gone need not be hidden.
        let _ = window.hide();
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let desk = app.state::<Desk>();
        if tokio::time::timeout(PATIENCE, close_house(&desk)).await.is_err() {
            tracing::warn!("the shop took too long to close and was cut off");
        }
        app.exit(i32::from(desk.has_failed()));
    });
}

/// Somebody wants to end the program from outside the window, which is asked first while it holds something.
pub(crate) fn wish(app: &AppHandle) {
    if !app.state::<Desk>().has_unsaved() || !window::ask(app) {
        begin(app);
    }
}

/// Ends the program as soon as the window may be closed.
pub(crate) async fn on_wish(app: AppHandle) {
    app.state::<Desk>().wished_to_close().await;
    begin(&app);
}

/// The last window is closed and there is no tray: the shop is closed first.
pub(crate) fn on_exit_requested(app: &AppHandle, code: Option<i32>, api: &ExitRequestApi) {
    if code.is_none() {
        api.prevent_exit();
        begin(app);
    }
}

/// Ends the program when the system or a terminal asks for it.
pub(crate) async fn on_signal(app: AppHandle) {
    match storefront::signals::end().await {
        Ok(()) => begin(&app),
        Err(error) => tracing::warn!(%error, "signals cannot be heard; the program ends only from its window"),
    }
}

async fn close_house(desk: &Desk) {
    // What is being taken in ends with the product at hand, while the shop can still keep it.
    desk.bringing.end().await;
    let house = desk.house.write().await.take();
    if let Some(house) = house {
        house.stop().await;
    }
}
