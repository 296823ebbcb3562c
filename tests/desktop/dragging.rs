//! Files that are dragged from another program and dropped on a window: the source's side of the protocol that desktops
//! share (XDND, version 5, freedesktop.org).

use std::path::PathBuf;
use std::time::{Duration, Instant};

use reqwest::Url;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window as X11Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

const VERSION: u32 = 5;
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the pointer moves while the window makes up its mind.
const BETWEEN_MOVES: Duration = Duration::from_millis(100);

/// Where the pointer is, from the upper left corner of the screen.
pub(crate) type Place = (u32, u32);

/// Drags files to a place of a window, and lets go of them.
///
/// # Errors
///
/// The window does not want them, or says nothing.
pub(crate) fn drop_files(
    x: &RustConnection,
    root: X11Window,
    window: X11Window,
    at: Place,
    files: &[PathBuf],
) -> Result<(), &'static str> {
    let own = x.generate_id().unwrap();
    let look = CreateWindowAux::new();
    x.create_window(0, own, root, -10, -10, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &look).unwrap().check().unwrap();
    let atom = |name: &str| x.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
    let list: String = files.iter().map(|file| format!("{}\r\n", Url::from_file_path(file).unwrap())).collect();
    let source = Source { x, own, window, kind: atom("text/uri-list"), list };
    let copy = atom("XdndActionCopy");

    x.set_selection_owner(own, atom("XdndSelection"), x11rb::CURRENT_TIME).unwrap().check().unwrap();
    source.tell(atom("XdndEnter"), [VERSION << 24, source.kind, 0, 0]);
    let status = atom("XdndStatus");
    let wanted = source.until(status, || {
        source.tell(atom("XdndPosition"), [0, (at.0 << 16) | at.1, x11rb::CURRENT_TIME, copy]);
    });
    if wanted.is_none() {
        source.tell(atom("XdndLeave"), [0; 4]);
        return Err("was not wanted");
    }
    source.tell(atom("XdndDrop"), [0, x11rb::CURRENT_TIME, 0, 0]);
    source.until(atom("XdndFinished"), || ()).map(drop).ok_or("was not taken")
}

struct Source<'a> {
    x: &'a RustConnection,
    own: X11Window,
    window: X11Window,
    /// What the files come as.
    kind: Atom,
    list: String,
}

impl Source<'_> {
    fn tell(&self, kind: Atom, [first, second, third, fourth]: [u32; 4]) {
        let message = ClientMessageEvent::new(32, self.window, kind, [self.own, first, second, third, fourth]);
        self.x.send_event(false, self.window, EventMask::NO_EVENT, message).unwrap().check().unwrap();
    }

    /// Answers the window until it says yes by that message; `again` is done now and then.
    fn until(&self, kind: Atom, again: impl Fn()) -> Option<()> {
        let started = Instant::now();
        let mut moved: Option<Instant> = None;
        while started.elapsed() < PATIENCE {
            if moved.is_none_or(|at| at.elapsed() > BETWEEN_MOVES) {
                again();
                moved = Some(Instant::now());
            }
            match self.x.poll_for_event().unwrap() {
                // Its lowest bit says that the files may be let go of here, or that they were taken.
                Some(Event::ClientMessage(it)) if it.type_ == kind && it.data.as_data32()[1] & 1 == 1 => {
                    return Some(());
                }
                Some(Event::SelectionRequest(request)) => self.hand_over(&request),
                Some(_) => {}
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        }
        None
    }

    /// Gives the window the list of files that it asks for.
    fn hand_over(&self, request: &SelectionRequestEvent) {
        let is_known = request.target == self.kind;
        if is_known {
            let (to, place) = (request.requestor, request.property);
            let list = self.list.as_bytes();
            self.x.change_property8(PropMode::REPLACE, to, place, request.target, list).unwrap().check().unwrap();
        }
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property: if is_known { request.property } else { AtomEnum::NONE.into() },
        };
        self.x.send_event(false, request.requestor, EventMask::NO_EVENT, answer).unwrap().check().unwrap();
    }
}
