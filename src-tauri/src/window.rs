//! The window. Closing it hides it while there is a tray to call it back from; without a tray it ends the program,
//! because a shop that nobody can see and nobody can close would be worse than one that must be started again.

use std::sync::Once;
use std::sync::atomic::Ordering;

use domain::setup::CLOSE_WANTED;
use tauri::{AppHandle, CloseRequestApi, DragDropEvent, Emitter, Manager, Runtime, Window, WindowEvent};

use crate::desk::Desk;
use crate::notify;
use crate::texts::DesktopText;

/// Says in a sentence what the window system would say with a crash.
pub(crate) fn refuse_without_display() -> Result<(), String> {
    if cfg!(target_os = "linux") && !has_display() {
        return Err("there is no display to open a window on; \
                    run `storefront serve` to serve the shop without a window"
            .to_owned());
    }
    Ok(())
}

/// Brings the window back.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window("main") else { return };
    let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window cannot be shown");
    }
}

/// What the window itself does.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event {
        window.state::<Desk>().note_dropped(paths);
    }
    if let WindowEvent::CloseRequested { api, .. } = event {
        on_close_requested(window, api);
    }
}

/// Hides the window instead of closing it, when the tray can bring it back; says so the first time.
fn on_close_requested(window: &Window, api: &CloseRequestApi) {
    let desk = window.state::<Desk>();
    if !desk.has_tray.load(Ordering::Relaxed) {
        if desk.has_unsaved() && ask(window.app_handle()) {
            api.prevent_close();
        }
        return;
    }
    api.prevent_close();
    if let Err(error) = window.hide() {
        tracing::warn!(%error, "the window cannot be hidden");
        return;
    }
    static TOLD: Once = Once::new();
    TOLD.call_once(|| notify::show(window.app_handle(), &DesktopText::StillOpenTitle, &DesktopText::StillOpenBody));
}

/// Asks the window whether it may be closed; it wishes so itself once it may.
pub(crate) fn ask<R: Runtime>(app: &AppHandle<R>) -> bool {
    show(app);
    let asked = app.emit(CLOSE_WANTED, ());
    if let Err(error) = &asked {
        tracing::warn!(%error, "the window cannot be asked");
    }
    asked.is_ok()
}

#[expect(clippy::disallowed_methods, reason = "the window system is named by these two variables and nowhere else")]
fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
