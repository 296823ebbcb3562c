//! Moving something in a list with the mouse. Whoever uses it offers keys for the same.

use yew::prelude::*;

/// What is being moved, and over what it is.
pub(crate) type Dragging = UseStateHandle<Option<(usize, usize)>>;

/// Nothing is being moved yet.
#[hook]
pub(crate) fn use_dragging() -> Dragging {
    use_state(|| None)
}

/// What an item of the list listens with.
pub(crate) struct Drag {
    pub(crate) start: Callback<DragEvent>,
    pub(crate) over: Callback<DragEvent>,
    pub(crate) drop: Callback<DragEvent>,
    pub(crate) end: Callback<DragEvent>,
    /// Whether another one would be put here.
    pub(crate) is_over: bool,
}

/// Lets the item at that place be moved, and others be put there: `dropped` hears where they come from.
pub(crate) fn draggable(dragging: &Dragging, at: usize, dropped: Callback<usize>) -> Drag {
    let moved = **dragging;
    let set = dragging.setter();
    let start = {
        let set = set.clone();
        Callback::from(move |event: DragEvent| {
            // Some browsers move nothing that has no data.
            if let Some(data) = event.data_transfer() {
                let _ = data.set_data("text/plain", &at.to_string());
                data.set_effect_allowed("move");
            }
            set.set(Some((at, at)));
        })
    };
    let over = {
        let set = set.clone();
        Callback::from(move |event: DragEvent| {
            if let Some((from, over)) = moved {
                event.prevent_default();
                if over != at {
                    set.set(Some((from, at)));
                }
            }
        })
    };
    let drop = {
        let set = set.clone();
        Callback::from(move |event: DragEvent| {
            if let Some((from, _)) = moved {
                event.prevent_default();
                set.set(None);
                if from != at {
                    dropped.emit(from);
                }
            }
        })
    };
    let end = Callback::from(move |_: DragEvent| set.set(None));
    Drag { start, over, drop, end, is_over: moved.is_some_and(|(from, over)| over == at && from != at) }
}
