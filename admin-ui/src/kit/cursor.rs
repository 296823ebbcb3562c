//! Putting something in where somebody types.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement, window};

/// What the field of that id holds once `inserted` stands at its cursor, in the place of what is chosen there; the cursor
/// moves behind it. Nothing when there is no such field.
pub(crate) fn insert_at_cursor(id: &str, inserted: &str) -> Option<String> {
    let (value, start, end) = chosen(&field(id)?)?;
    let (whole, cursor) = spliced(&value, start, end, inserted);
    let id = id.to_owned();
    // The field has its new text once the screen was drawn again.
    Timeout::new(0, move || place(&id, cursor)).forget();
    Some(whole)
}

/// The text and the cursor's place behind what was put in; places are counted as browsers count them.
fn spliced(value: &str, start: u32, end: u32, inserted: &str) -> (String, u32) {
    let units: Vec<u16> = value.encode_utf16().collect();
    let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX).min(units.len());
    let (start, end) = (place(start), place(end.max(start)));
    let whole: Vec<u16> =
        units[..start].iter().copied().chain(inserted.encode_utf16()).chain(units[end..].iter().copied()).collect();
    let cursor = start + inserted.encode_utf16().count();
    (String::from_utf16_lossy(&whole), u32::try_from(cursor).unwrap_or(u32::MAX))
}

fn field(id: &str) -> Option<Element> {
    window()?.document()?.get_element_by_id(id)
}

fn chosen(field: &Element) -> Option<(String, u32, u32)> {
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        return Some((area.value(), area.selection_start().ok()??, area.selection_end().ok()??));
    }
    let input = field.dyn_ref::<HtmlInputElement>()?;
    Some((input.value(), input.selection_start().ok()??, input.selection_end().ok()??))
}

fn place(id: &str, cursor: u32) {
    let Some(field) = field(id) else { return };
    // A field that does not take the cursor is only less convenient.
    let _ = field.dyn_ref::<HtmlElement>().map(HtmlElement::focus);
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        let _ = area.set_selection_range(cursor, cursor);
    } else if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        let _ = input.set_selection_range(cursor, cursor);
    }
}

#[cfg(test)]
mod tests {
    use super::spliced;

    #[test]
    fn it_stands_at_the_cursor_or_in_the_place_of_what_is_chosen() {
        assert_eq!(spliced("Halo !", 5, 5, "{nama}"), ("Halo {nama}!".to_owned(), 11));
        assert_eq!(spliced("Halo Siti!", 5, 9, "{nama}"), ("Halo {nama}!".to_owned(), 11));
        assert_eq!(spliced("🌸 a", 2, 2, "é"), ("🌸é a".to_owned(), 3), "a flower is two places");
        assert_eq!(spliced("a", 9, 3, "b"), ("ab".to_owned(), 2));
    }
}
