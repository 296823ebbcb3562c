//! Chromium with a fresh profile, and its driver.

use std::ops::Deref;
use std::process::Command;

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::running::Running;
use crate::session::Session;

/// A browser of a shopper. Dropping it ends the driver; the browser ends by [`Chromium::close`], or when the test fails.
pub(crate) struct Chromium {
    session: Session,
    _driver: Running,
    _profile: TempDir,
}

impl Deref for Chromium {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl Chromium {
    /// Starts a browser whose owner reads `language`, with or without scripts.
    pub(crate) async fn start(language: &str, has_scripts: bool) -> Self {
        let program = std::env::var_os("ETALASE_TEST_CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let driver = Running::start(Command::new(program).args(["--port=0", "--log-level=SEVERE"]));
        let port = driver.hears("started successfully on port ");
        let profile = TempDir::new().unwrap();
        let wishes = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "args": [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--disable-dev-shm-usage", "--no-proxy-server", "--hide-scrollbars", "--window-size=1280,900",
                    format!("--user-data-dir={}", profile.path().display()),
                ],
                "prefs": {
                    "intl.accept_languages": language,
                    "profile.managed_default_content_settings.javascript": if has_scripts { 1 } else { 2 },
                },
            },
        });
        let address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
        let session = Session::open(&address, &wishes).await;
        Self { session, _driver: driver, _profile: profile }
    }

    pub(crate) async fn go(&self, address: &str) {
        self.command(Method::POST, "/url", &json!({ "url": address })).await;
    }

    /// Fills in who gets the parcel and where.
    pub(crate) async fn fill_in_address(&self) {
        for (field, text) in [
            ("email", "siti@example.com"),
            ("name", "Siti Rahma"),
            ("phone", "+62 812-0000-0001"),
            ("line_1", "Jl. Melati No. 5, RT 03/RW 02"),
            ("city", "Depok"),
            ("province", "Jawa Barat"),
            ("postal_code", "16411"),
        ] {
            self.fill(&format!("#{field}"), text).await;
        }
    }

    pub(crate) async fn close(&self) {
        self.command(Method::DELETE, "", &Value::Null).await;
    }
}
