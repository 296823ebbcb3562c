//! What is typed and not saved holds whoever leaves, until they say what becomes of it: by a link, by the menu, by going back,
//! by signing out or by closing the window.

use std::cell::{Cell, RefCell};

use domain::setup::{CLOSE_WANTED, CloseWindow, NoteUnsaved};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::navigation::go;
use crate::ipc;

thread_local! {
    /// Who is asked before one leaves.
    static HOLDER: RefCell<Option<Callback<Way>>> = const { RefCell::new(None) };
    static IS_HEARING: Cell<bool> = const { Cell::new(false) };
}

/// A way out of a screen.
#[derive(Clone, PartialEq)]
pub(crate) enum Way {
    /// To another address.
    To(String),
    /// Out of the desk.
    Out(Callback<()>),
}

impl Way {
    /// Goes it.
    pub(crate) fn take(&self) {
        match self {
            Self::To(address) => go(address),
            Self::Out(leave) => leave.emit(()),
        }
    }
}

/// Whether one may go that way; otherwise the screen that holds is told of it.
pub(crate) fn may_go(wanted: Way) -> bool {
    let holder = HOLDER.with_borrow(Clone::clone);
    if let Some(holder) = &holder {
        holder.emit(wanted);
    }
    holder.is_none()
}

/// Whether anything that is not saved would be lost.
pub(crate) struct Leaving {
    /// The way that one wanted to go.
    pub(crate) wanted: Option<Way>,
    /// Stays.
    pub(crate) stay: Callback<()>,
    /// Goes it, whatever is lost.
    pub(crate) leave: Callback<()>,
}

/// Holds whoever leaves for as long as that is so. The window's process knows of it, because it closes the window.
#[hook]
pub(crate) fn use_hold(holds: bool) -> Leaving {
    let wanted = use_state(|| None::<Way>);
    {
        let wanted = wanted.setter();
        use_effect_with(holds, move |holds| {
            hear_of_closing();
            let holder = holds.then(|| Callback::from(move |way| wanted.set(Some(way))));
            HOLDER.set(holder);
            let holds = *holds;
            if holds {
                tell(true);
            }
            move || {
                HOLDER.set(None);
                if holds {
                    tell(false);
                }
            }
        });
    }
    let stay = {
        let wanted = wanted.setter();
        Callback::from(move |()| wanted.set(None))
    };
    let leave = {
        let way = (*wanted).clone();
        Callback::from(move |()| {
            HOLDER.set(None);
            if let Some(way) = &way {
                way.take();
            }
        })
    };
    Leaving { wanted: (*wanted).clone(), stay, leave }
}

/// Lets whoever leaves go, because a screen has just saved and leads on by itself.
pub(crate) fn let_go() {
    HOLDER.set(None);
}

fn tell(unsaved: bool) {
    // A window that is not told of asks once too often, or not at all.
    spawn_local(async move { drop(ipc::call(&NoteUnsaved { unsaved }).await) });
}

/// The window's process asks before it closes a window that holds something.
fn hear_of_closing() {
    if IS_HEARING.replace(true) {
        return;
    }
    let wanted = Callback::from(|(): ()| {
        let close = Callback::from(|()| spawn_local(async { drop(ipc::call(&CloseWindow {}).await) }));
        if may_go(Way::Out(close.clone())) {
            close.emit(());
        }
    });
    spawn_local(async move { ipc::hear(CLOSE_WANTED, wanted).await });
}
