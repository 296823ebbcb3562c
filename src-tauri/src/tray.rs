//! The icon in the system's tray, from which the window comes back and the shop is closed.

use domain::locale::Locale;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager};
use tokio::sync::oneshot;

use crate::desk::Desk;
use crate::texts::DesktopText;
use crate::{browser, closing, window};

const OPEN: &str = "open";
const STOREFRONT: &str = "storefront";
const QUIT: &str = "quit";

/// Puts the icon up; tells whether people can see it.
pub(crate) async fn raise(app: &AppHandle, locale: Locale) -> bool {
    if !is_there().await {
        tracing::info!("this system shows no tray: closing the window closes the shop");
        return false;
    }
    let (tell, told) = oneshot::channel();
    let handle = app.clone();
    let asked = app.run_on_main_thread(move || {
        // The library behind the icon panics where it is not installed.
        let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| build(&handle, locale)));
        let is_up = match built {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the tray icon cannot be shown");
                false
            }
            Err(_) => false,
        };
        // The one who waits is there until it is told.
        let _ = tell.send(is_up);
    });
    asked.is_ok() && told.await.unwrap_or(false)
}

fn build(app: &AppHandle, locale: Locale) -> tauri::Result<()> {
    let item = |id, text: DesktopText| MenuItem::with_id(app, id, text.text(locale), true, None::<&str>);
    let menu = Menu::with_items(
        app,
        &[
            &item(OPEN, DesktopText::TrayOpen)?,
            &item(STOREFRONT, DesktopText::TrayStorefront)?,
            &item(QUIT, DesktopText::TrayQuit)?,
        ],
    )?;
    let mut tray = TrayIconBuilder::with_id("tray").menu(&menu).tooltip(DesktopText::TrayTip.text(locale));
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.show_menu_on_left_click(false)
        .on_menu_event(|app, event| match event.id().as_ref() {
            OPEN => window::show(app),
            STOREFRONT => open_storefront(app.clone()),
            QUIT => closing::begin(app),
            _ => {}
        })
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event {
                window::show(tray.app_handle());
            }
        })
        .build(app)?;
    Ok(())
}

fn open_storefront(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let Ok(shop) = app.state::<Desk>().shop().await else { return };
        if let Err(error) = browser::open(&shop.public_url()) {
            tracing::warn!(%error, "the browser cannot be opened");
        }
    });
}

/// Whether something on this desktop draws tray icons. Without it the icon would be up but nowhere to be seen.
#[cfg(target_os = "linux")]
async fn is_there() -> bool {
    use std::time::Duration;

    let asked = async {
        let bus = zbus::Connection::session().await?;
        let names = zbus::fdo::DBusProxy::new(&bus).await?;
        let watcher = zbus::names::BusName::try_from("org.kde.StatusNotifierWatcher")?;
        zbus::Result::Ok(names.name_has_owner(watcher).await?)
    };
    matches!(tokio::time::timeout(Duration::from_secs(2), asked).await, Ok(Ok(true)))
}

#[cfg(not(target_os = "linux"))]
async fn is_there() -> bool {
    true
}
