//! The icon in the system's tray, from which the window comes back and the shop is closed.

use std::path::Path;

use domain::locale::Locale;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};
use tokio::sync::oneshot;

use crate::desk::Desk;
use crate::texts::DesktopText;
use crate::{browser, closing, window};

const OPEN: &str = "open";
const STOREFRONT: &str = "storefront";
const QUIT: &str = "quit";

/// The menu's entries, to be put into other words later.
struct Entries {
    open: MenuItem<Wry>,
    storefront: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

/// Puts the icon up; tells whether people can see it. Its picture is kept in `folder`, from where the tray takes it.
pub(crate) async fn raise(app: &AppHandle, folder: &Path) -> bool {
    if !is_there().await {
        tracing::info!("this system shows no tray: closing the window closes the shop");
        return false;
    }
    let (tell, told) = oneshot::channel();
    let (handle, folder) = (app.clone(), folder.to_owned());
    let asked = app.run_on_main_thread(move || {
        // The library behind the icon panics where it is not installed.
        let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| build(&handle, &folder)));
        let entries = match built {
            Ok(Ok(entries)) => Some(entries),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the tray icon cannot be shown");
                None
            }
            Err(_) => None,
        };
        // The one who waits is there until it is told.
        let _ = tell.send(entries);
    });
    let entries = if asked.is_ok() { told.await.ok().flatten() } else { None };
    let is_up = entries.is_some();
    if let Some(entries) = entries {
        tauri::async_runtime::spawn(follow_language(app.clone(), entries));
    }
    is_up
}

fn build(app: &AppHandle, folder: &Path) -> tauri::Result<Entries> {
    let language = app.state::<Desk>().language().now();
    let item = |id, text: DesktopText| MenuItem::with_id(app, id, text.text(language), true, None::<&str>);
    let entries = Entries {
        open: item(OPEN, DesktopText::TrayOpen)?,
        storefront: item(STOREFRONT, DesktopText::TrayStorefront)?,
        quit: item(QUIT, DesktopText::TrayQuit)?,
    };
    let menu = Menu::with_items(app, &[&entries.open, &entries.storefront, &entries.quit])?;
    let mut tray = TrayIconBuilder::with_id("tray")
        .menu(&menu)
        .tooltip(DesktopText::TrayTip.text(language))
        // The usual folder is everybody's: the picture of another shop, or of another user, would be in the way.
        .temp_dir_path(folder);
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.show_menu_on_left_click(false)
        .on_menu_event(|app, event| match event.id().as_ref() {
            OPEN => window::show(app),
            STOREFRONT => open_storefront(app.clone()),
            QUIT => closing::wish(app),
            _ => {}
        })
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event {
                window::show(tray.app_handle());
            }
        })
        .build(app)?;
    Ok(entries)
}

/// Whoever sits at the desk reads the menu in their own language.
async fn follow_language(app: AppHandle, entries: Entries) {
    let mut language = app.state::<Desk>().language();
    loop {
        if let Err(error) = entries.speak(language.now()) {
            tracing::warn!(%error, "the tray's menu cannot be changed");
        }
        if language.changed().await.is_err() {
            return;
        }
    }
}

impl Entries {
    fn speak(&self, language: Locale) -> tauri::Result<()> {
        self.open.set_text(DesktopText::TrayOpen.text(language))?;
        self.storefront.set_text(DesktopText::TrayStorefront.text(language))?;
        self.quit.set_text(DesktopText::TrayQuit.text(language))
    }
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

    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    let asked = async {
        let bus = zbus::Connection::session().await?;
        let watcher = zbus::Proxy::new(&bus, WATCHER, "/StatusNotifierWatcher", WATCHER).await?;
        // The one who keeps the list of icons need not be the one who draws them.
        watcher.get_property::<bool>("IsStatusNotifierHostRegistered").await
    };
    matches!(tokio::time::timeout(Duration::from_secs(2), asked).await, Ok(Ok(true)))
}

#[cfg(not(target_os = "linux"))]
async fn is_there() -> bool {
    true
}
