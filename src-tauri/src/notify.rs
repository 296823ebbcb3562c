//! The system's notifications. A machine without them is as good: a failure is logged once, and nothing waits.

use std::sync::Once;
use std::time::Duration;

use notify_rust::Notification;

const PATIENCE: Duration = Duration::from_secs(5);

/// Shows a notification, some time soon or never.
pub(crate) fn show(title: String, body: String) {
    tauri::async_runtime::spawn(async move {
        let mut notification = Notification::new();
        notification.appname("Etalase").summary(&title).body(&body);
        let shown = tokio::time::timeout(PATIENCE, notification.show_async()).await;
        let problem = match shown {
            Ok(Ok(_)) => return,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "the notification server does not answer".to_owned(),
        };
        static LOGGED: Once = Once::new();
        LOGGED.call_once(|| tracing::warn!(problem, "the system shows no notifications; the window still tells"));
    });
}
