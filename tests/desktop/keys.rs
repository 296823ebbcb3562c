//! Keys for what lies outside the window's page: the system's own dialogs, which no browser's driver reaches.

use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    ConnectionExt as _, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Window as X11Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

const ENTER: u32 = 0xff0d;
const SHIFT: u32 = 0xffe1;
const CONTROL: u32 = 0xffe3;
/// How long a dialog may take to come, and to go when it was answered.
const PATIENCE: Duration = Duration::from_secs(60);
const OPENING: Duration = Duration::from_millis(500);
const BETWEEN_KEYS: Duration = Duration::from_millis(5);
/// How often it is answered: it loses keys while it reads a folder.
const ATTEMPTS: usize = 3;

/// Types a path into the dialog of that title, and says yes to it; waits until it is gone.
///
/// # Errors
///
/// It never came, or never went.
pub(crate) fn answer(
    x: &RustConnection,
    root: X11Window,
    titled: impl Fn() -> Option<X11Window>,
    path: &str,
) -> Result<(), &'static str> {
    let dialog = until(&titled).ok_or("never came")?;
    // There is no window manager that would give it the keys.
    x.set_input_focus(InputFocus::PARENT, dialog, x11rb::CURRENT_TIME).unwrap().check().unwrap();
    let board = Board::of(x, root);
    for _ in 0..ATTEMPTS {
        // What an attempt before this one left.
        board.types_with(CONTROL, u32::from('a'));
        for (at, letter) in path.chars().enumerate() {
            board.types(u32::from(letter));
            // The first sign opens the field for the others, which are lost until it is there.
            std::thread::sleep(if at == 0 { OPENING } else { BETWEEN_KEYS });
        }
        board.types(ENTER);
        if until(|| titled().is_none().then_some(())).is_some() {
            return Ok(());
        }
    }
    Err("never went")
}

/// The keyboard: which keys make which signs.
struct Board<'a> {
    x: &'a RustConnection,
    root: X11Window,
    first: u8,
    per_key: usize,
    signs: Vec<u32>,
}

impl<'a> Board<'a> {
    fn of(x: &'a RustConnection, root: X11Window) -> Self {
        let (first, last) = (x.setup().min_keycode, x.setup().max_keycode);
        let keys = x.get_keyboard_mapping(first, last - first + 1).unwrap().reply().unwrap();
        Self { x, root, first, per_key: keys.keysyms_per_keycode.into(), signs: keys.keysyms }
    }

    fn types(&self, sign: u32) {
        let (key, is_shifted) = self.key_of(sign).unwrap_or_else(|| panic!("no key makes {sign:#x}"));
        if is_shifted {
            return self.types_with(SHIFT, sign);
        }
        self.press(KEY_PRESS_EVENT, key);
        self.press(KEY_RELEASE_EVENT, key);
    }

    /// Types a sign while another key is held.
    fn types_with(&self, held: u32, sign: u32) {
        let [held, key] = [held, sign].map(|it| self.key_of(it).unwrap().0);
        self.press(KEY_PRESS_EVENT, held);
        self.press(KEY_PRESS_EVENT, key);
        self.press(KEY_RELEASE_EVENT, key);
        self.press(KEY_RELEASE_EVENT, held);
    }

    fn key_of(&self, sign: u32) -> Option<(u8, bool)> {
        self.signs.chunks(self.per_key).enumerate().find_map(|(at, signs)| {
            let place = signs.iter().take(2).position(|made| *made == sign)?;
            Some((self.first + u8::try_from(at).ok()?, place == 1))
        })
    }

    fn press(&self, kind: u8, key: u8) {
        self.x.xtest_fake_input(kind, key, x11rb::CURRENT_TIME, self.root, 0, 0, 0).unwrap().check().unwrap();
    }
}

fn until<T>(found: impl Fn() -> Option<T>) -> Option<T> {
    let started = Instant::now();
    loop {
        if let Some(it) = found() {
            return Some(it);
        }
        if started.elapsed() > PATIENCE {
            return None;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
