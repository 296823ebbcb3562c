//! What a key means in a grid, in the cell with the cursor.

use web_sys::KeyboardEvent;

use super::area::Step;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Goes there; whether what is chosen stretches with it.
    Go(Step, bool),
    Tab {
        is_back: bool,
    },
    /// Changes the text that stands there.
    Within,
    Cancel,
    Empty,
    FillDown,
    All,
    Undo,
    Redo,
}

/// The keys that are held beside one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Held {
    control: bool,
    shift: bool,
}

/// What the key means: `typing` says whether a text is being typed, and whether the arrows move within it. Nothing when
/// the key belongs to the text.
pub(super) fn key_of(event: &KeyboardEvent, typing: Option<bool>) -> Option<Key> {
    if event.alt_key() || event.is_composing() {
        return None;
    }
    let held = Held { control: event.ctrl_key() || event.meta_key(), shift: event.shift_key() };
    meaning(&event.key(), held, typing)
}

fn meaning(key: &str, held: Held, typing: Option<bool>) -> Option<Key> {
    let is_typing = typing.is_some();
    let is_within = typing == Some(true);
    let go = |step| (!is_within).then_some(Key::Go(step, held.shift && !is_typing));
    match (key, held.control) {
        ("Enter", _) => Some(Key::Go(if held.shift { Step::Up } else { Step::Down }, false)),
        ("Tab", false) => Some(Key::Tab { is_back: held.shift }),
        ("Escape", _) => Some(Key::Cancel),
        ("F2", _) if !is_typing => Some(Key::Within),
        ("ArrowUp", false) => Some(Key::Go(Step::Up, held.shift && !is_typing)),
        ("ArrowDown", false) => Some(Key::Go(Step::Down, held.shift && !is_typing)),
        ("ArrowLeft", false) => go(Step::Left),
        ("ArrowRight", false) => go(Step::Right),
        ("PageUp", _) => go(Step::PageUp),
        ("PageDown", _) => go(Step::PageDown),
        ("Home", false) => go(Step::Home),
        ("End", false) => go(Step::End),
        ("Home", true) => go(Step::Top),
        ("End", true) => go(Step::Bottom),
        ("Delete" | "Backspace", false) if !is_typing => Some(Key::Empty),
        ("d" | "D", true) if !is_typing => Some(Key::FillDown),
        ("a" | "A", true) if !is_typing => Some(Key::All),
        ("z" | "Z", true) if !is_typing && held.shift => Some(Key::Redo),
        ("z" | "Z", true) if !is_typing => Some(Key::Undo),
        ("y" | "Y", true) if !is_typing => Some(Key::Redo),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::area::Step;
    use super::{Held, Key, meaning};

    const NONE: Held = Held { control: false, shift: false };
    const CONTROL: Held = Held { control: true, shift: false };
    const SHIFT: Held = Held { control: false, shift: true };

    #[test]
    fn arrows_go_from_cell_to_cell_until_one_changes_a_text() {
        assert_eq!(meaning("ArrowLeft", NONE, None), Some(Key::Go(Step::Left, false)));
        assert_eq!(meaning("ArrowLeft", NONE, Some(false)), Some(Key::Go(Step::Left, false)), "typed anew");
        assert_eq!(meaning("ArrowLeft", NONE, Some(true)), None, "within the text");
        assert_eq!(meaning("ArrowDown", NONE, Some(true)), Some(Key::Go(Step::Down, false)));
        assert_eq!(meaning("ArrowDown", SHIFT, None), Some(Key::Go(Step::Down, true)));
    }

    #[test]
    fn keys_of_the_text_stay_with_the_text() {
        for key in ["Delete", "Backspace"] {
            assert_eq!(meaning(key, NONE, None), Some(Key::Empty));
            assert_eq!(meaning(key, NONE, Some(false)), None);
        }
        for key in ["z", "a", "d"] {
            assert!(meaning(key, CONTROL, None).is_some());
            assert_eq!(meaning(key, CONTROL, Some(true)), None);
            assert_eq!(meaning(key, NONE, None), None, "a letter is typed");
        }
        for key in ["c", "v", "x", "s"] {
            assert_eq!(meaning(key, CONTROL, None), None, "the clipboard and saving are others'");
        }
    }

    #[test]
    fn tab_and_enter_go_on_whatever_is_typed() {
        for typing in [None, Some(false), Some(true)] {
            assert_eq!(meaning("Tab", SHIFT, typing), Some(Key::Tab { is_back: true }));
            assert_eq!(meaning("Enter", NONE, typing), Some(Key::Go(Step::Down, false)));
            assert_eq!(meaning("Enter", SHIFT, typing), Some(Key::Go(Step::Up, false)));
        }
    }
}
