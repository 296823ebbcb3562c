//! The system's notifications. A machine without them is as good: a failure is logged once, and nothing waits.

use std::sync::Once;
use std::time::Duration;

use notify_rust::{Notification, NotificationHandle, NotificationResponse};
use tauri::{AppHandle, Manager, Runtime};

use crate::desk::Desk;
use crate::texts::DesktopText;
use crate::window;

/// How long the notification server may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a notification can be clicked. Some servers take it away as soon as nobody waits for its click.
const CLICKABLE: Duration = Duration::from_secs(30 * 60);

/// Shows a notification, some time soon or never; a click on it brings the window back.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>, title: &DesktopText, body: &DesktopText) {
    let language = app.state::<Desk>().language().now();
    let mut notification = Notification::new();
    notification.appname("Etalase").summary(&title.text(language)).body(&plain(&body.text(language)));
    notification.action("default", &DesktopText::NotificationOpen.text(language));

    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let shown = tokio::time::timeout(PATIENCE, notification.show_async()).await;
        let problem = match shown {
            Ok(Ok(handle)) => return wait_for_click(&app, &handle).await,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "the notification server does not answer".to_owned(),
        };
        static LOGGED: Once = Once::new();
        LOGGED.call_once(|| tracing::warn!(problem, "the system shows no notifications; the window still tells"));
    });
}

async fn wait_for_click<R: Runtime>(app: &AppHandle<R>, shown: &NotificationHandle) {
    let clicked = shown.wait_for_action_async(|response: &NotificationResponse| match response {
        NotificationResponse::Default | NotificationResponse::Action(_) => window::show(app),
        NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => {}
    });
    // After that it only tells.
    let _ = tokio::time::timeout(CLICKABLE, clicked).await;
}

/// A body is markup to the server, and names in it were typed by shoppers.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
