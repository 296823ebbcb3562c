//! What is typed and not saved holds whoever leaves, until they say what becomes of it: by a link, by the menu or by going back.

use std::cell::RefCell;

use yew::prelude::*;

use super::navigation::go;

thread_local! {
    /// Who is asked before the address changes.
    static HOLDER: RefCell<Option<Callback<String>>> = const { RefCell::new(None) };
}

/// Whether one may go to that address; otherwise the screen that holds is told where one wanted to go.
pub(crate) fn may_go(wanted: &str) -> bool {
    let holder = HOLDER.with_borrow(Clone::clone);
    if let Some(holder) = &holder {
        holder.emit(wanted.to_owned());
    }
    holder.is_none()
}

/// Whether anything that is not saved would be lost.
pub(crate) struct Leaving {
    /// Where one wanted to go.
    pub(crate) wanted: Option<String>,
    /// Stays.
    pub(crate) stay: Callback<()>,
    /// Goes there, whatever is lost.
    pub(crate) leave: Callback<()>,
}

/// Holds whoever leaves for as long as that is so.
#[hook]
pub(crate) fn use_hold(holds: bool) -> Leaving {
    let wanted = use_state(|| None::<String>);
    {
        let wanted = wanted.setter();
        use_effect_with(holds, move |holds| {
            let holder = holds.then(|| Callback::from(move |address| wanted.set(Some(address))));
            HOLDER.set(holder);
            || HOLDER.set(None)
        });
    }
    let stay = {
        let wanted = wanted.setter();
        Callback::from(move |()| wanted.set(None))
    };
    let leave = {
        let address = (*wanted).clone();
        Callback::from(move |()| {
            HOLDER.set(None);
            if let Some(address) = &address {
                go(address);
            }
        })
    };
    Leaving { wanted: (*wanted).clone(), stay, leave }
}

/// Lets whoever leaves go, because a screen has just saved and leads on by itself.
pub(crate) fn let_go() {
    HOLDER.set(None);
}
