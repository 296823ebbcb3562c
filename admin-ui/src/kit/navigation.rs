//! Moving about: to another address, and with the cursor on the screen.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, window};

/// Goes to an address.
pub(crate) fn go(href: &str) {
    if let Some(window) = window() {
        // A refused address leaves us where we are.
        let _ = window.location().set_hash(href);
    }
}

/// Goes there without a step in the history, as typing into a search field does.
pub(crate) fn slip(href: &str) {
    if let Some(window) = window() {
        let _ = window.location().replace(href);
    }
}

/// Moves the cursor to what has that id.
pub(crate) fn focus(id: &str) {
    let element = window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Moves the cursor to the field that has that id, with all of its text chosen.
pub(crate) fn select(id: &str) {
    let element = window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(input) = element.and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) {
        let _ = input.focus();
        input.select();
    }
}

/// Lets what is being typed count, as if the cursor had left the field; it stays where it is.
pub(crate) fn settle() {
    let active = window().and_then(|window| window.document()).and_then(|document| document.active_element());
    if let Some(element) = active.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.blur();
        let _ = element.focus();
    }
}

/// Shows what has that id from its top.
pub(crate) fn to_top(id: &str) {
    let element = window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        element.set_scroll_top(0);
    }
}
