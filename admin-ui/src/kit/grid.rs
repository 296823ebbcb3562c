//! A table that is filled in like a spreadsheet: arrows, Tab and Enter go from cell to cell, typing replaces, F2 and a double
//! click change, Shift and the mouse choose several, Ctrl+D fills down, Ctrl+C and Ctrl+V exchange cells with a spreadsheet,
//! Delete empties, and Ctrl+Z takes back. Tab leaves behind the last cell, or anywhere after Escape.
//!
//! The cell with the cursor is a real input, so that every way of typing works in it, and screen readers say what it is.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlInputElement};
use yew::prelude::*;

use super::navigation::select;

mod area;
mod block;
mod keys;

pub(crate) use area::Place;
use area::{Area, Size};
pub(crate) use block::Edit;
use block::{Pasted, filled_down, pasted, places, read, written};
use keys::{Key, key_of};

/// A column of a grid.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GridColumn {
    pub(crate) head: AttrValue,
    /// What is said of the column on hovering.
    pub(crate) hint: Option<AttrValue>,
    pub(crate) is_number: bool,
    pub(crate) class: &'static str,
}

/// A row of a grid.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GridRow {
    pub(crate) key: u32,
    /// What the row is called.
    pub(crate) head: AttrValue,
    pub(crate) before: Html,
    pub(crate) cells: Vec<GridCell>,
    /// Behind the cells: buttons and the like.
    pub(crate) after: Html,
}

/// A cell: its text, what stands there while it is empty, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct GridCell {
    pub(crate) text: AttrValue,
    pub(crate) placeholder: Option<AttrValue>,
    pub(crate) error: Option<AttrValue>,
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct GridProps {
    pub(crate) id: &'static str,
    pub(crate) label: AttrValue,
    /// The head above the rows' names, and the one above what stands behind the cells.
    pub(crate) row_head: AttrValue,
    pub(crate) after_head: AttrValue,
    pub(crate) columns: Rc<Vec<GridColumn>>,
    pub(crate) rows: Rc<Vec<GridRow>>,
    pub(crate) on_edit: Callback<Vec<Edit>>,
    pub(crate) on_undo: Callback<()>,
    pub(crate) on_redo: Callback<()>,
    /// How many cells of a spreadsheet found no place.
    pub(crate) on_left_out: Callback<usize>,
}

/// What is being typed into the cell with the cursor.
#[derive(Clone, Debug, PartialEq)]
struct Typing {
    text: String,
    /// Whether the arrows move within the text, because one came to change it.
    is_within: bool,
}

/// The grid.
#[component]
pub(crate) fn Grid(props: &GridProps) -> Html {
    let size = Size { row: props.rows.len(), column: props.columns.len() };
    let area = use_state(Area::default);
    let typing = use_state(|| None::<Typing>);
    // Whether the cursor is to be put into its cell: only when one moves, never when the screen is merely drawn again.
    let wants_focus = use_mut_ref(|| false);
    let leaves = use_mut_ref(|| false);
    let is_drawn_over = use_mut_ref(|| false);
    let here = area.within(size);

    {
        let id = cell_id(props.id, here.cursor);
        let wants_focus = wants_focus.clone();
        use_effect(move || {
            if wants_focus.take() {
                select(&id);
            }
        });
    }

    let move_to = {
        let (area, typing, wants_focus) = (area.setter(), typing.setter(), wants_focus.clone());
        move |to: Area| {
            *wants_focus.borrow_mut() = true;
            typing.set(None);
            area.set(to);
        }
    };
    let commit = {
        let (typing, on_edit, rows) = (typing.clone(), props.on_edit.clone(), props.rows.clone());
        move || {
            let typed = typing.as_ref().map(|typing| typing.text.clone());
            let Some(text) = typed else { return };
            typing.set(None);
            if text_at(&rows, here.cursor) != text {
                on_edit.emit(vec![Edit { place: here.cursor, text }]);
            }
        }
    };

    let onkeydown = {
        let (typing, rows, on_edit) = (typing.clone(), props.rows.clone(), props.on_edit.clone());
        let (on_undo, on_redo) = (props.on_undo.clone(), props.on_redo.clone());
        let (commit, move_to) = (commit.clone(), move_to.clone());
        let leaves = leaves.clone();
        Callback::from(move |event: KeyboardEvent| {
            let is_leaving = leaves.take();
            let Some(key) = key_of(&event, typing.as_ref().map(|typing| typing.is_within)) else { return };
            match key {
                Key::Go(step, stretches) => {
                    commit();
                    let to = here.to(step, size);
                    move_to(if stretches { here.stretched(to) } else { Area::at(to) });
                }
                Key::Tab { is_back } => {
                    commit();
                    match here.next(is_back, size).filter(|_| !is_leaving) {
                        Some(to) => move_to(Area::at(to)),
                        None => return,
                    }
                }
                Key::Within => {
                    let text = text_at(&rows, here.cursor);
                    typing.set(Some(Typing { text, is_within: true }));
                }
                Key::Cancel => {
                    if typing.is_none() {
                        *leaves.borrow_mut() = true;
                    }
                    move_to(Area::at(here.cursor));
                }
                Key::Empty => {
                    on_edit.emit(places(here).map(|place| Edit { place, text: String::new() }).collect());
                }
                Key::FillDown => on_edit.emit(filled_down(here, |place| text_at(&rows, place))),
                Key::All => move_to(Area::all(size)),
                Key::Undo => on_undo.emit(()),
                Key::Redo => on_redo.emit(()),
            }
            event.prevent_default();
        })
    };
    let oninput = {
        let typing = typing.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(input) = input {
                let is_within = typing.as_ref().is_some_and(|typing| typing.is_within);
                typing.set(Some(Typing { text: input.value(), is_within }));
            }
        })
    };
    let on_copy = {
        let (rows, typing) = (props.rows.clone(), typing.clone());
        move |event: Event, cuts: Option<&Callback<Vec<Edit>>>| {
            if typing.is_some() {
                return;
            }
            let cells =
                here.rows().map(|row| here.columns().map(|column| text_at(&rows, Place { row, column })).collect());
            let text = written(cells.collect());
            let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
            if data.is_some_and(|data| data.set_data("text/plain", &text).is_ok()) {
                event.prevent_default();
                if let Some(cuts) = cuts {
                    cuts.emit(places(here).map(|place| Edit { place, text: String::new() }).collect());
                }
            }
        }
    };
    let oncut = {
        let (on_copy, on_edit) = (on_copy.clone(), props.on_edit.clone());
        Callback::from(move |event: Event| on_copy(event, Some(&on_edit)))
    };
    let oncopy = Callback::from(move |event: Event| on_copy(event, None));
    let onpaste = {
        let (typing, on_edit, on_left_out) = (typing.clone(), props.on_edit.clone(), props.on_left_out.clone());
        Callback::from(move |event: Event| {
            let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
            let Some(text) = data.and_then(|data| data.get_data("text/plain").ok()) else { return };
            // Within a text that is being changed, pasting adds to it.
            if typing.is_some() {
                return;
            }
            event.prevent_default();
            let Pasted { edits, left_out } = pasted(&read(&text), here, size);
            on_edit.emit(edits);
            on_left_out.emit(left_out);
        })
    };
    let onblur = Callback::from(move |_: FocusEvent| commit());

    let choose = {
        let (is_drawn_over, move_to) = (is_drawn_over.clone(), move_to.clone());
        move |place: Place, event: MouseEvent| {
            if event.button() != 0 || (place == here.cursor && !event.shift_key()) {
                return;
            }
            event.prevent_default();
            *is_drawn_over.borrow_mut() = true;
            move_to(if event.shift_key() { here.stretched(place) } else { Area::at(place) });
        }
    };
    let draw_over = {
        let (area, is_drawn_over) = (area.setter(), is_drawn_over.clone());
        move |place: Place, event: MouseEvent| {
            if event.buttons() & 1 == 0 {
                *is_drawn_over.borrow_mut() = false;
            } else if *is_drawn_over.borrow() {
                area.set(here.stretched(place));
            }
        }
    };
    let within = {
        let (typing, rows) = (typing.setter(), props.rows.clone());
        Callback::from(move |_: MouseEvent| {
            typing.set(Some(Typing { text: text_at(&rows, here.cursor), is_within: true }));
        })
    };

    let cell = |row: &GridRow, cell: &GridCell, place: Place| {
        let column = props.columns.get(place.column);
        let is_cursor = place == here.cursor;
        let is_chosen = here.is_wide() && here.has(place);
        let class = classes!(
            "grid-cell",
            column.map(|column| column.class),
            column.is_some_and(|column| column.is_number).then_some("number"),
            is_cursor.then_some("is-cursor"),
            is_chosen.then_some("is-chosen"),
            cell.error.is_some().then_some("has-error"),
        );
        let id = cell_id(props.id, place);
        let label = format!("{}, {}", column.map(|column| column.head.as_str()).unwrap_or_default(), row.head);
        let shown = typing.as_ref().filter(|_| is_cursor).map(|typing| AttrValue::from(typing.text.clone()));
        let value = shown.unwrap_or_else(|| cell.text.clone());
        let note = cell.error.as_ref().map(|_| format!("{id}-note"));
        let onmousedown = {
            let choose = choose.clone();
            Callback::from(move |event: MouseEvent| choose(place, event))
        };
        let onmouseenter = {
            let draw_over = draw_over.clone();
            Callback::from(move |event: MouseEvent| draw_over(place, event))
        };
        let is_empty = cell.text.is_empty();
        html! {
            <td role="gridcell" key={place.column} {class} aria-selected={(is_cursor || is_chosen).to_string()} {onmousedown}
                {onmouseenter} title={cell.error.clone()} data-place={format!("{}:{}", place.row, place.column)}>
                if is_cursor {
                    <input {id} type="text" class="grid-input" autocomplete="off" spellcheck="false" aria-label={label} {value}
                        placeholder={cell.placeholder.clone()} aria-invalid={cell.error.is_some().to_string()}
                        aria-describedby={note.clone()} oninput={oninput.clone()} onkeydown={onkeydown.clone()}
                        oncopy={oncopy.clone()} oncut={oncut.clone()} onpaste={onpaste.clone()} onblur={onblur.clone()}
                        ondblclick={within.clone()} />
                } else if is_empty {
                    <span class="quiet">{ cell.placeholder.clone() }</span>
                } else {
                    { cell.text.clone() }
                }
                if let Some(error) = &cell.error { <span class="unseen" id={note}>{ error }</span> }
            </td>
        }
    };
    html! {
        <div class="grid-frame">
            <table role="grid" id={props.id} class="grid" aria-label={props.label.clone()} aria-multiselectable="true"
                aria-rowcount={(size.row + 1).to_string()}>
                <thead><tr role="row">
                    <th role="columnheader" scope="col" class="grid-name">{ &props.row_head }</th>
                    for column in props.columns.iter() {
                        <th role="columnheader" scope="col" title={column.hint.clone()}
                            class={classes!(column.class, column.is_number.then_some("number"))}>{ &column.head }</th>
                    }
                    <th role="columnheader" scope="col" class="grid-after"><span class="unseen">{ &props.after_head }</span></th>
                </tr></thead>
                <tbody>
                    for (at, row) in props.rows.iter().enumerate() {
                        <tr role="row" key={row.key}>
                            <th role="rowheader" scope="row" class="grid-name">{ row.before.clone() }<span>{ &row.head }</span></th>
                            for (column, one) in row.cells.iter().enumerate() {
                                { cell(row, one, Place { row: at, column }) }
                            }
                            <td role="gridcell" class="grid-after">{ row.after.clone() }</td>
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}

fn cell_id(grid: &str, place: Place) -> String {
    format!("{grid}-{}-{}", place.row, place.column)
}

fn text_at(rows: &[GridRow], place: Place) -> String {
    let cell = rows.get(place.row).and_then(|row| row.cells.get(place.column));
    cell.map(|cell| cell.text.to_string()).unwrap_or_default()
}
