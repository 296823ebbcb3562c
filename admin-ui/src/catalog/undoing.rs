//! What was just deleted can be undone at once: the way back stands in the toast that tells of it.

use domain::catalog::{ChangeOf, ChangeState, ListChanges};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ipc;
use crate::kit::toasts::{ToastList, ToastMove};

/// Tells that it was done, with the way back if the newest change is the one that was meant.
pub(super) fn tell(
    toaster: &UseReducerDispatcher<ToastList>,
    text: String,
    is_it: impl Fn(&ChangeOf) -> bool + 'static,
) {
    let toaster = toaster.clone();
    spawn_local(async move {
        // Without the list the deed is told all the same, and the screen of changes has the way back.
        let newest = ipc::call(&ListChanges { after: None }).await.ok().and_then(|page| page.rows.into_iter().next());
        let found = newest.filter(|row| row.state == ChangeState::Open && is_it(&row.what));
        toaster.dispatch(match found {
            Some(row) => ToastMove::Undoable { text, change_id: row.id },
            None => ToastMove::Done(text),
        });
    });
}
