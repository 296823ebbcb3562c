//! The program in a window on a screen that nobody sees, driven as its user would.

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::ops::Deref;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use tempfile::TempDir;

use crate::bus::Bus;
use crate::demo::{self, PASSWORD};
use crate::running::{Running, built};
use crate::screen::Screen;
use crate::session::{Session, picture_at};
use crate::tree::Process;

/// What opens a demo shop.
pub(crate) const DEMO: [&str; 3] = ["--demo", "--demo-password", PASSWORD];
/// The demo shop's owner.
const OWNER: &str = "owner@serat-pagi.example";
/// What the window is called.
const TITLE: &str = "Etalase";
/// The folder of the shop's data.
const SHOP: &str = "shop";
/// The file that keeps the program's exit status.
const STATUS: &str = "status";
/// How long the program may take to end in order.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open window. Dropping it ends the program, the driver and the screen, in this order.
pub(crate) struct Window {
    session: Session,
    driver: Running,
    screen: Screen,
    folder: TempDir,
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
        Self::open_at(TempDir::new().unwrap(), None, arguments).await
    }

    /// The same on a desktop with a tray and notifications.
    pub(crate) async fn open_beside(bus: &Bus, arguments: &[&str]) -> Self {
        Self::open_at(TempDir::new().unwrap(), Some(bus), arguments).await
    }

    /// Starts the program on a demo shop that was loaded before.
    pub(crate) async fn of_demo(arguments: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        demo::copy_to(&folder.path().join(SHOP));
        Self::open_at(folder, None, &[&DEMO[..], arguments].concat()).await
    }

    async fn open_at(folder: TempDir, bus: Option<&Bus>, arguments: &[&str]) -> Self {
        let screen = Screen::start();

        let port = free_port();
        let mut driver = Command::new("WebKitWebDriver");
        driver.args(["--host=127.0.0.1", &format!("--port={port}")]).env("DISPLAY", screen.display());
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true").env("GDK_BACKEND", "x11").env("NO_AT_BRIDGE", "1");
        driver.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env_remove("WAYLAND_DISPLAY");
        for home in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"] {
            driver.env(home, folder.path().join("home"));
        }
        fs::create_dir(folder.path().join("home")).unwrap();
        // Never the bus of whoever runs the tests: their tray and their notifications are their own.
        let nowhere = || format!("unix:path={}", folder.path().join("no-bus").display());
        driver.env("DBUS_SESSION_BUS_ADDRESS", bus.map_or_else(nowhere, |bus| bus.address().to_owned()));
        driver.env("ETALASE_MYSQLD", demo::server().path());
        let driver = Running::start(&mut driver);
        let address = format!("http://127.0.0.1:{port}");
        until(|| std::net::TcpStream::connect(("127.0.0.1", port)).is_ok(), Duration::from_secs(20));

        let data = folder.path().join(SHOP);
        let own = ["--listen", "127.0.0.1:0", "--data-dir", data.to_str().unwrap()];
        let all = [&own[..], arguments].concat();
        let wishes = json!({ "webkitgtk:browserOptions": { "binary": starter(folder.path()), "args": all } });
        let session = Session::open(&address, &wishes).await;
        Self { session, driver, screen, folder }
    }

    /// Opens a demo shop and signs its owner in.
    pub(crate) async fn of_demo_owner() -> Self {
        let window = Self::of_demo(&[]).await;
        window.sign_in().await;
        window
    }

    /// Signs the owner of the demo shop in, as soon as it is open.
    pub(crate) async fn sign_in(&self) {
        self.shop_url();
        self.fill("#sign-in-email", OWNER).await;
        self.fill("#sign-in-password", PASSWORD).await;
        self.click("#sign-in-submit").await;
        self.sees("#shop-name", "Serat Pagi").await;
        self.until("document.querySelector('#dashboard [data-test=sales]')").await;
    }

    /// Closes the window by the button in its frame.
    pub(crate) fn close(&self) {
        self.screen.close_window(TITLE);
    }

    /// Says in the system's dialog of that title which file is meant.
    pub(crate) fn answer_dialog(&self, title: &str, path: &Path) {
        self.screen.answer_dialog(title, path.to_str().unwrap());
    }

    /// Drops files on the window, as from the system's own file manager.
    pub(crate) fn drop_files(&self, files: &[PathBuf]) {
        self.screen.drop_files(TITLE, files);
    }

    /// Waits until the window is on the screen, or is not.
    pub(crate) fn is_shown(&self, wanted: bool) {
        until(|| self.screen.has_window(TITLE) == wanted, Duration::from_secs(10));
        assert_eq!(self.screen.has_window(TITLE), wanted, "whether the window is on the screen");
    }

    /// Whether the window comes to the screen in time.
    pub(crate) fn comes_within(&self, patience: Duration) -> bool {
        until(|| self.screen.has_window(TITLE), patience);
        self.screen.has_window(TITLE)
    }

    /// Where the shop is served; waits until it is.
    pub(crate) fn shop_url(&self) -> String {
        self.driver.hears("listening on ")
    }

    /// What the shop shares with its practice gateway.
    pub(crate) fn gateway_secret(&self) -> String {
        fs::read_to_string(self.folder.path().join(SHOP).join("demo-gateway/secret")).unwrap().trim().to_owned()
    }

    /// Switches the desk to a language and a theme, beneath an open dialog as well, where nobody could click.
    pub(crate) async fn wear(&self, language: &str, theme: &str) {
        let word = language.to_uppercase();
        if self.run("return document.querySelector('#switch-language').innerText.trim();").await != json!(word) {
            self.run("document.querySelector('#switch-language').click();").await;
        }
        self.until(&format!("document.querySelector('#switch-language').innerText.trim() === '{word}'")).await;
        // The button goes round: system, light, dark.
        for _ in 0..3 {
            if self.run("return document.documentElement.dataset.theme ?? null;").await == json!(theme) {
                break;
            }
            self.run("document.querySelector('#switch-theme').click();").await;
        }
        assert_eq!(self.run("return document.documentElement.dataset.theme;").await, json!(theme));
    }

    /// Goes to a screen by its address.
    pub(crate) async fn goes_to(&self, screen: &str, hash: &str) {
        self.run(&format!("location.hash = '{hash}';")).await;
        self.until(&format!("document.querySelector('#{screen}')")).await;
    }

    /// The address of what it shows.
    pub(crate) async fn address(&self) -> String {
        self.run("return location.hash;").await.as_str().unwrap().to_owned()
    }

    /// Makes sure that nothing reaches beyond the window's right edge.
    pub(crate) async fn fits(&self, page: &str) {
        let spare = "return document.documentElement.scrollWidth - innerWidth;";
        assert!(self.run(spare).await.as_i64() <= Some(0), "{page} scrolls sideways");
    }

    /// Makes the window that large.
    pub(crate) async fn size(&self, width: u32, height: u32) {
        let whole = json!({ "x": 0, "y": 0, "width": width, "height": height });
        self.command(Method::POST, "/window/rect", &whole).await;
        self.until(&format!("innerWidth === {width} && innerHeight === {height}")).await;
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

    /// Waits until something of exactly that colour is within what `css` names, also inside a frame that no script can read.
    pub(crate) async fn shows_colour(&self, css: &str, colour: [u8; 3]) {
        let script = format!(
            "const {{ x, y, width, height }} = document.querySelector({}).getBoundingClientRect();
             return [x, y, Math.min(width, innerWidth - x), Math.min(height, innerHeight - y)].map(Math.round);",
            json!(css)
        );
        for _ in 0..20 {
            let place: Vec<u32> = serde_json::from_value(self.run(&script).await).unwrap();
            let (left, top) = self.screen.corner(TITLE);
            let screen = self.screen.picture().await;
            let part = image::imageops::crop_imm(&screen, left + place[0], top + place[1], place[2], place[3]);
            if part.to_image().pixels().any(|pixel| pixel.0 == colour) {
                return;
            }
        }
        panic!("nothing in {css} is of the colour {colour:?}");
    }

    /// Keeps a picture of the window while something on it may still move.
    pub(crate) async fn keep_picture(&self, page: &str, theme: &str) {
        let side =
            async |name: &str| u32::try_from(self.run(&format!("return {name};")).await.as_u64().unwrap()).unwrap();
        let (width, height) = (side("innerWidth").await, side("innerHeight").await);
        let screen = self.screen.picture().await;
        let (left, top) = self.screen.corner(TITLE);
        let window = image::imageops::crop_imm(&screen, left, top, width, height).to_image();
        assert_eq!(window.dimensions(), (width, height), "all of {page} is on the screen");
        window.save(picture_at(&format!("desktop-{page}-{theme}-{width}"))).unwrap();
    }

    /// Ends the program as a shutdown does, and makes sure that it ends in order.
    pub(crate) fn quit(self) {
        self.ends_after(|window| window.end_program());
    }

    /// Makes sure that the program ends in order after that: no process stays behind, and it is content.
    pub(crate) fn ends_after(self, how: impl FnOnce(&Self)) {
        let family = self.family();
        how(&self);
        self.has_ended(&family);
    }

    /// The same for what takes its time.
    pub(crate) async fn ends_by(self, how: impl AsyncFnOnce(&Self)) {
        let family = self.family();
        how(&self).await;
        self.has_ended(&family);
    }

    /// The program and all that it started, a database among them.
    fn family(&self) -> Vec<Process> {
        let family = self.program().map(|program| Process::all_below(program.pid)).unwrap_or_default();
        let names: Vec<&str> = family.iter().map(|it| it.name.as_str()).collect();
        assert!(names.contains(&"mariadbd") || names.contains(&"mysqld"), "a database of its own: {names:?}");
        family
    }

    fn has_ended(&self, family: &[Process]) {
        until(|| self.program().is_none(), PATIENCE);
        assert_eq!(self.program(), None, "the program has ended");
        let left = || family.iter().filter(|it| it.is_alive()).collect::<Vec<_>>();
        until(|| left().is_empty(), Duration::from_secs(5));
        assert!(left().is_empty(), "{:?}", left());
        let status = || fs::read_to_string(self.folder.path().join(STATUS)).unwrap_or_default();
        until(|| !status().is_empty(), Duration::from_secs(5));
        assert_eq!(status(), "0\n", "the exit status");
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

/// Starts the program for the driver, which would not tell how it ended.
fn starter(folder: &Path) -> PathBuf {
    let (starter, status) = (folder.join("starter"), folder.join(STATUS));
    let script = format!("#!/bin/sh\n'{}' \"$@\"\necho $? > '{}'\n", built("etalase").display(), status.display());
    fs::write(&starter, script).unwrap();
    fs::set_permissions(&starter, Permissions::from_mode(0o700)).unwrap();
    starter
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
