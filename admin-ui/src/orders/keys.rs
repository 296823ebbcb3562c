//! Walking over the rows of a list with the arrow keys: the focus goes from link to link.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Moves the focus to the row's link above or below.
pub(crate) fn walk(event: KeyboardEvent) {
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
