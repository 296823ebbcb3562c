//! Keys that do something wherever the cursor is, and the arrows that walk over the rows of a table.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, window};
use yew::prelude::*;

/// Does something on a key for as long as the screen is there.
#[hook]
pub(crate) fn use_shortcut(is_it: fn(&KeyboardEvent) -> bool, act: Callback<KeyboardEvent>) {
    use_effect_with(act, move |act| {
        let act = act.clone();
        let listener = window().map(|window| {
            // The browser's own meaning of the key must be taken from it.
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>().filter(|event| is_it(event)) {
                    act.emit(event.clone());
                }
            })
        });
        move || drop(listener)
    });
}

/// Ctrl+S, and Command+S.
pub(crate) fn is_save(event: &KeyboardEvent) -> bool {
    (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("s")
}

/// `/`, unless somebody is typing it.
pub(crate) fn is_search(event: &KeyboardEvent) -> bool {
    is_plain_key(event, "/")
}

/// A letter or a mark without any other key, unless somebody is typing it.
pub(crate) fn is_plain_key(event: &KeyboardEvent, key: &str) -> bool {
    let focused = || window().and_then(|window| window.document()).and_then(|document| document.active_element());
    let is_typing = || {
        focused().is_some_and(|element| {
            ["INPUT", "TEXTAREA", "SELECT"].contains(&element.tag_name().as_str())
                || element.closest("dialog").is_ok_and(|dialog| dialog.is_some())
        })
    };
    event.key().eq_ignore_ascii_case(key)
        && !event.repeat()
        && !event.ctrl_key()
        && !event.meta_key()
        && !event.alt_key()
        && !is_typing()
}

/// Moves the focus to the link of the row above or below.
pub(crate) fn walk_rows(event: KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" | "j" => 1,
        "ArrowUp" | "k" => -1,
        _ => return,
    };
    let Some(current) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    let Ok(Some(table)) = current.closest("table") else { return };
    let Ok(links) = table.query_selector_all(".row-link") else { return };
    let links: Vec<HtmlElement> =
        (0..links.length()).filter_map(|at| links.item(at)?.dyn_into::<HtmlElement>().ok()).collect();
    let at = links.iter().position(|link| *link == current);
    let next = at.map_or(Some(0), |at| at.checked_add_signed(step));
    if let Some(link) = next.and_then(|next| links.get(next)) {
        event.prevent_default();
        // The link is on the screen, so it can take the focus.
        let _ = link.focus();
    }
}
