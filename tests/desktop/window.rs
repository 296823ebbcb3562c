//! The program in a window on a screen that nobody sees, driven as its user would.

use std::net::TcpListener;
use std::ops::Deref;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;

use crate::running::{Running, built};
use crate::screen::Screen;
use crate::session::{Session, picture_at};
use crate::tree::Process;

/// The password of the demo shop's owner.
pub(crate) const PASSWORD: &str = "jalan sore di pasar";
/// The demo shop's owner.
const OWNER: &str = "owner@serat-pagi.example";
/// How long the program may take to end in order.
const PATIENCE: Duration = Duration::from_secs(40);

/// An open window. Dropping it ends the program, the driver and the screen, in this order.
pub(crate) struct Window {
    session: Session,
    driver: Running,
    screen: Screen,
    _folder: TempDir,
}

impl Deref for Window {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.end_program();
    }
}

impl Window {
    /// Starts the program with a new data folder and these arguments, and waits for its window.
    pub(crate) async fn open(arguments: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let screen = Screen::start();
        let display = screen.display();

        let port = free_port();
        let mut driver = Command::new("WebKitWebDriver");
        driver.args(["--host=127.0.0.1", &format!("--port={port}")]).env("DISPLAY", display);
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true").env("GDK_BACKEND", "x11").env("NO_AT_BRIDGE", "1");
        driver.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env_remove("WAYLAND_DISPLAY");
        for home in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
            driver.env(home, folder.path().join("home"));
        }
        let driver = Running::start(&mut driver);
        let address = format!("http://127.0.0.1:{port}");
        until(|| std::net::TcpStream::connect(("127.0.0.1", port)).is_ok(), Duration::from_secs(20));

        let data = folder.path().join("shop");
        let own = ["--listen", "127.0.0.1:0", "--data-dir", data.to_str().unwrap()];
        let all = [&own[..], arguments].concat();
        let wishes = json!({ "webkitgtk:browserOptions": { "binary": built("etalase"), "args": all } });
        let session = Session::open(&address, &wishes).await;
        Self { session, driver, screen, _folder: folder }
    }

    /// Opens a demo shop and signs its owner in.
    pub(crate) async fn of_demo_owner() -> Self {
        let window = Self::open(&["--demo", "--demo-password", PASSWORD]).await;
        window.shop_url();
        window.fill("#sign-in-email", OWNER).await;
        window.fill("#sign-in-password", PASSWORD).await;
        window.click("#sign-in-submit").await;
        window.sees("#shop-name", "Serat Pagi").await;
        window.until("document.querySelector('#dashboard [data-test=sales]')").await;
        window
    }

    /// Where the shop is served; waits until it is.
    pub(crate) fn shop_url(&self) -> String {
        self.driver.hears("listening on ", Duration::from_secs(120))
    }

    /// Switches the desk to a language and a theme.
    pub(crate) async fn wear(&self, language: &str, theme: &str) {
        let word = language.to_uppercase();
        if self.run("return document.querySelector('#switch-language').innerText.trim();").await != json!(word) {
            self.click("#switch-language").await;
        }
        self.until(&format!("document.querySelector('#switch-language').innerText.trim() === '{word}'")).await;
        // The button goes round: system, light, dark.
        for _ in 0..3 {
            if self.run("return document.documentElement.dataset.theme ?? null;").await == json!(theme) {
                break;
            }
            self.click("#switch-theme").await;
        }
        assert_eq!(self.run("return document.documentElement.dataset.theme;").await, json!(theme));
    }

    /// Keeps a picture of the window once it has come to rest.
    pub(crate) async fn photograph(&self, page: &str, theme: &str) {
        self.until("!document.querySelector('[aria-busy=true], [data-test=skeleton]')").await;
        self.until("document.fonts.status === 'loaded' && [...document.images].every((it) => it.complete)").await;
        self.until("document.getAnimations().every((it) => it.playState !== 'running')").await;
        let broken = "return [...document.images].filter((it) => !it.naturalWidth).map((it) => it.src);";
        assert_eq!(self.run(broken).await, json!([]), "pictures of {page}");
        self.keep_picture(page, theme).await;
    }

    /// Keeps a picture of the window while something on it may still move.
    pub(crate) async fn keep_picture(&self, page: &str, theme: &str) {
        let picture = self.screen.picture().await;
        picture.save(picture_at(&format!("desktop-{page}-{theme}-1280"))).unwrap();
    }

    /// Ends the program as Quit does, and makes sure that it leaves no process behind.
    pub(crate) fn quit(self) {
        let family = self.program().map(|program| Process::all_below(program.pid)).unwrap_or_default();
        let names: Vec<&str> = family.iter().map(|it| it.name.as_str()).collect();
        assert!(names.contains(&"mariadbd") || names.contains(&"mysqld"), "a database of its own: {names:?}");
        self.end_program();
        assert_eq!(self.program(), None, "the program has ended");
        let left = || family.iter().filter(|it| it.is_alive()).collect::<Vec<_>>();
        until(|| left().is_empty(), Duration::from_secs(5));
        assert!(left().is_empty(), "{:?}", left());
    }

    fn end_program(&self) {
        if let Some(program) = self.program() {
            program.ask_to_end();
            until(|| !program.is_alive(), PATIENCE);
        }
    }

    fn program(&self) -> Option<Process> {
        Process::all_below(self.driver.pid).into_iter().find(|it| it.name == "etalase")
    }
}

/// A port that was free a moment ago: the driver cannot choose one by itself.
fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

fn until(is_so: impl Fn() -> bool, patience: Duration) {
    let started = Instant::now();
    while !is_so() && started.elapsed() < patience {
        std::thread::sleep(Duration::from_millis(20));
    }
}
