//! A screen that nobody sees: an X server that paints into a file, so that a picture shows what really is on it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use image::RgbImage;
use tempfile::TempDir;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window as X11Window};
use x11rb::rust_connection::RustConnection;

use crate::dragging;
use crate::keys;
use crate::running::Running;
use crate::session::picture_at;

/// How long nothing may move before the screen is at rest.
const REST: Duration = Duration::from_millis(100);

/// How many of this process were started.
static STARTED: AtomicU32 = AtomicU32::new(0);

/// A running X server.
pub(crate) struct Screen {
    server: Running,
    folder: TempDir,
}

impl Screen {
    pub(crate) fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let mut command = Command::new("Xvfb");
        // Two that look for a free number at once can find the same one: each process has numbers of its own.
        let number = 100 + (std::process::id() * 4 + STARTED.fetch_add(1, Ordering::Relaxed) % 4) % 59_000;
        command.arg(format!(":{number}")).args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1920x1200x24",
            "-nolisten",
            "tcp",
            "-nocursor",
        ]);
        let server = Running::start(command.arg("-fbdir").arg(folder.path()));
        Self { server, folder }
    }

    /// What programs call it.
    pub(crate) fn display(&self) -> String {
        format!(":{}", self.server.hears(""))
    }

    /// Closes the window of that title as its frame would; there is no frame here.
    pub(crate) fn close_window(&self, title: &str) {
        let (x, root) = self.connect();
        let window = titled(&x, root, title).unwrap();
        let atom = |name: &str| x.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
        let content = [atom("WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, atom("WM_PROTOCOLS"), content);
        x.send_event(false, window, EventMask::NO_EVENT, message).unwrap().check().unwrap();
    }

    /// Where the upper left corner of the window of that title is.
    pub(crate) fn corner(&self, title: &str) -> (u32, u32) {
        let (x, root) = self.connect();
        let window = titled(&x, root, title).unwrap();
        let place = x.get_geometry(window).unwrap().reply().unwrap();
        (u32::try_from(place.x).unwrap_or_default(), u32::try_from(place.y).unwrap_or_default())
    }

    /// Whether a window of that title can be seen.
    pub(crate) fn has_window(&self, title: &str) -> bool {
        let (x, root) = self.connect();
        titled(&x, root, title).is_some()
    }

    /// Types a path into the system's dialog of that title, and says yes to it.
    pub(crate) fn answer_dialog(&self, title: &str, path: &str) {
        let (x, root) = self.connect();
        if let Err(what) = keys::answer(&x, root, || titled(&x, root, title), path) {
            let picture = picture_at("failed-dialog");
            read(&self.dump()).save(&picture).unwrap();
            panic!("the system's dialog {title:?} {what}: see {}", picture.display());
        }
    }

    /// Drags files from another program to the middle of the window of that title, and lets go of them.
    pub(crate) fn drop_files(&self, title: &str, files: &[PathBuf]) {
        let (x, root) = self.connect();
        let window = titled(&x, root, title).unwrap();
        let place = x.get_geometry(window).unwrap().reply().unwrap();
        let (left, top) = self.corner(title);
        let middle = (left + u32::from(place.width) / 2, top + u32::from(place.height) / 2);
        if let Err(why) = dragging::drop_files(&x, root, window, middle, files) {
            panic!("{files:?} {why}");
        }
    }

    /// A connection as every program has one, and the window behind all others.
    fn connect(&self) -> (RustConnection, X11Window) {
        let (x, screen) = x11rb::connect(Some(&self.display())).unwrap();
        let root = x.setup().roots[screen].root;
        (x, root)
    }

    /// What is on it once it has come to rest, or at last after three seconds.
    pub(crate) async fn picture(&self) -> RgbImage {
        let mut last = self.dump();
        let mut still = 0;
        for _ in 0..30 {
            tokio::time::sleep(REST).await;
            let next = self.dump();
            still = if next == last { still + 1 } else { 0 };
            last = next;
            if still == 3 {
                break;
            }
        }
        read(&last)
    }

    fn dump(&self) -> Vec<u8> {
        fs::read(self.folder.path().join("Xvfb_screen0")).unwrap()
    }
}

/// The window of that title among those that can be seen.
fn titled(x: &RustConnection, root: X11Window, title: &str) -> Option<X11Window> {
    let windows = x.query_tree(root).unwrap().reply().unwrap().children;
    windows.into_iter().find(|window| {
        // A window that is gone by now has neither.
        let attributes = x.get_window_attributes(*window).unwrap().reply();
        let name = x.get_property(false, *window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64).unwrap().reply();
        attributes.is_ok_and(|it| it.map_state == MapState::VIEWABLE)
            && name.is_ok_and(|it| it.value == title.as_bytes())
    })
}

/// An X window dump is a header of big-endian words, a colour table, then rows of blue, green, red, and a spare byte.
fn read(dump: &[u8]) -> RgbImage {
    let word = |at: usize| u32::from_be_bytes(dump[at * 4..at * 4 + 4].try_into().unwrap());
    let place = |at: usize| usize::try_from(word(at)).unwrap();
    assert_eq!((word(7), word(11)), (0, 32), "least significant byte first, four bytes a pixel");
    let pixels = &dump[place(0) + place(19) * 12..];
    let rows = pixels.chunks_exact(place(12)).take(place(5));
    let in_a_row = place(4) * 4;
    let rgb = rows.flat_map(|row| row[..in_a_row].chunks_exact(4).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]));
    RgbImage::from_raw(word(4), word(5), rgb.collect()).unwrap()
}
