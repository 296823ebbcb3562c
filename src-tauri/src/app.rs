//! The window's process: what Tauri is told, and what happens with what it tells us.

use std::process::ExitCode;

use storefront::config::Config;
use tauri::{App, Manager, RunEvent};

use crate::desk::Desk;
use crate::{closing, commands, letters, pictures, startup, window};

/// Opens the window, and behind it the shop. Ends when both are closed.
pub(crate) fn run(config: Config) -> Result<ExitCode, String> {
    window::refuse_without_display()?;
    // The tray and the system's dialogs would call it by its file's name.
    #[cfg(target_os = "linux")]
    glib::set_application_name("Etalase");
    let app = tauri::Builder::default()
        .manage(Desk::default())
        .register_asynchronous_uri_scheme_protocol(pictures::SCHEME, pictures::answer)
        .register_uri_scheme_protocol(letters::SCHEME, letters::answer)
        .invoke_handler(commands::answers())
        .on_window_event(window::on_event)
        .setup(move |app| {
            begin(app, config);
            Ok(())
        })
        .build(tauri::generate_context!())
        .map_err(|error| format!("the window cannot be opened ({error})"))?;

    let code = app.run_return(|app, event| {
        if let RunEvent::ExitRequested { code, api, .. } = event {
            closing::on_exit_requested(app, code, &api);
        }
    });
    Ok(if code == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The window is there at once; the shop follows.
fn begin(app: &App, config: Config) {
    tauri::async_runtime::spawn(closing::on_signal(app.handle().clone()));
    tauri::async_runtime::spawn(closing::on_wish(app.handle().clone()));
    let app = app.handle().clone();
    tauri::async_runtime::spawn(async move {
        let desk = app.state::<Desk>();
        startup::open(&app, &desk, &config).await;
    });
}
