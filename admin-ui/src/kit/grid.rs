//! A table that is filled in like a spreadsheet: arrows, Tab and Enter go from cell to cell, typing replaces, F2 and a double
//! click change, Shift and the mouse choose several, Ctrl+D fills down, Ctrl+C and Ctrl+V exchange cells with a spreadsheet,
//! Delete empties, and Ctrl+Z takes back. Tab leaves behind the last cell, or anywhere after Escape.
//!
//! Every cell is a real input: every way of typing works in it, screen readers say what it is, and the cursor goes on at once,
//! not when the screen is drawn again, so that no key is lost however fast one types.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, Element, HtmlInputElement};
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

/// Where one is, known at once to all that listens.
#[derive(Debug, Default)]
struct Live {
    area: Area,
    typing: Option<Typing>,
    /// Whether Tab leaves the grid from anywhere.
    leaves: bool,
    /// Whether the mouse is drawing over cells.
    is_drawing: bool,
}

/// What a grid listens with.
#[derive(Clone)]
struct Hands {
    props: GridProps,
    live: Rc<RefCell<Live>>,
    redraw: UseForceUpdateHandle,
}

impl Hands {
    fn size(&self) -> Size {
        Size { row: self.props.rows.len(), column: self.props.columns.len() }
    }

    fn area(&self) -> Area {
        self.live.borrow().area.within(self.size())
    }

    fn text(&self, place: Place) -> String {
        let cell = self.props.rows.get(place.row).and_then(|row| row.cells.get(place.column));
        cell.map(|cell| cell.text.to_string()).unwrap_or_default()
    }

    fn go(&self, area: Area) {
        {
            let mut live = self.live.borrow_mut();
            live.typing = None;
            live.area = area;
        }
        select(&cell_id(self.props.id, area.cursor));
        self.redraw.force_update();
    }

    /// What was typed counts.
    fn commit(&self) {
        let typed = self.live.borrow_mut().typing.take();
        let Some(Typing { text, .. }) = typed else { return };
        let place = self.area().cursor;
        if self.text(place) != text {
            self.props.on_edit.emit(vec![Edit { place, text }]);
        }
        self.redraw.force_update();
    }

    fn empty(&self) {
        self.props.on_edit.emit(places(self.area()).map(|place| Edit { place, text: String::new() }).collect());
    }

    fn press(&self, event: &KeyboardEvent) {
        let is_leaving = std::mem::take(&mut self.live.borrow_mut().leaves);
        let typing = self.live.borrow().typing.as_ref().map(|typing| typing.is_within);
        let Some(key) = key_of(event, typing) else { return };
        let (here, size) = (self.area(), self.size());
        match key {
            Key::Go(step, stretches) => {
                self.commit();
                let to = here.to(step, size);
                self.go(if stretches { here.stretched(to) } else { Area::at(to) });
            }
            Key::Tab { is_back } => {
                self.commit();
                match here.next(is_back, size).filter(|_| !is_leaving) {
                    Some(to) => self.go(Area::at(to)),
                    None => return,
                }
            }
            Key::Within => {
                let text = self.text(here.cursor);
                self.live.borrow_mut().typing = Some(Typing { text, is_within: true });
                self.redraw.force_update();
            }
            Key::Cancel => {
                let is_typing = self.live.borrow().typing.is_some();
                self.live.borrow_mut().leaves = !is_typing;
                self.go(Area::at(here.cursor));
            }
            Key::Empty => self.empty(),
            Key::FillDown => self.props.on_edit.emit(filled_down(here, |place| self.text(place))),
            Key::All => self.go(Area::all(size)),
            Key::Undo => self.props.on_undo.emit(()),
            Key::Redo => self.props.on_redo.emit(()),
        }
        event.prevent_default();
    }

    fn type_in(&self, event: &Event) {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            let mut live = self.live.borrow_mut();
            let is_within = live.typing.as_ref().is_some_and(|typing| typing.is_within);
            live.typing = Some(Typing { text: input.value(), is_within });
            self.redraw.force_update();
        }
    }

    /// The clipboard of an event, unless one changes a text, which has the clipboard for itself.
    fn clipboard(&self, event: &Event) -> Option<DataTransfer> {
        let is_typing = self.live.borrow().typing.is_some();
        event.dyn_ref::<ClipboardEvent>().filter(|_| !is_typing).and_then(ClipboardEvent::clipboard_data)
    }

    fn copy(&self, event: &Event) -> bool {
        let here = self.area();
        let row = |row: usize| here.columns().map(|column| self.text(Place { row, column })).collect();
        let text = written(here.rows().map(row).collect());
        let is_copied = self.clipboard(event).is_some_and(|data| data.set_data("text/plain", &text).is_ok());
        if is_copied {
            event.prevent_default();
        }
        is_copied
    }

    fn paste(&self, event: &Event) {
        let Some(text) = self.clipboard(event).and_then(|data| data.get_data("text/plain").ok()) else { return };
        event.prevent_default();
        let Pasted { edits, left_out } = pasted(&read(&text), self.area(), self.size());
        self.props.on_edit.emit(edits);
        self.props.on_left_out.emit(left_out);
    }

    /// The cursor came by itself, as with Tab from outside.
    fn enter(&self, event: &FocusEvent) {
        if let Some(place) = place_of(event).filter(|place| *place != self.area().cursor) {
            self.live.borrow_mut().area = Area::at(place);
            self.redraw.force_update();
        }
    }

    fn grasp(&self, event: &MouseEvent) {
        let Some(place) = place_of(event).filter(|_| event.button() == 0) else { return };
        let here = self.area();
        self.live.borrow_mut().is_drawing = true;
        if event.shift_key() || place != here.cursor {
            event.prevent_default();
            self.commit();
            self.go(if event.shift_key() { here.stretched(place) } else { Area::at(place) });
        }
    }

    fn draw_over(&self, event: &MouseEvent) {
        let is_held = event.buttons() & 1 == 1;
        let is_drawing = self.live.borrow().is_drawing && is_held;
        self.live.borrow_mut().is_drawing = is_drawing;
        let here = self.area();
        if let Some(place) = place_of(event).filter(|place| is_drawing && *place != here.cursor) {
            self.commit();
            self.go(here.stretched(place));
        }
    }

    fn within(&self) {
        let text = self.text(self.area().cursor);
        let mut live = self.live.borrow_mut();
        if live.typing.is_none() {
            live.typing = Some(Typing { text, is_within: true });
        }
    }

    fn draw_cell(&self, row: &GridRow, cell: &GridCell, place: Place) -> Html {
        let here = self.area();
        let column = self.props.columns.get(place.column);
        let is_cursor = place == here.cursor;
        let is_chosen = here.is_wide() && here.has(place);
        let class = classes!(
            "grid-cell",
            column.map(|column| column.class),
            column.is_some_and(|column| column.is_number).then_some("number"),
            is_chosen.then_some("is-chosen"),
            cell.error.is_some().then_some("has-error"),
        );
        let id = cell_id(self.props.id, place);
        let label = format!("{}, {}", column.map(|column| column.head.as_str()).unwrap_or_default(), row.head);
        let typed = self.live.borrow().typing.as_ref().filter(|_| is_cursor).map(|typing| typing.text.clone());
        let value = typed.map_or_else(|| cell.text.clone(), AttrValue::from);
        let note = cell.error.as_ref().map(|_| format!("{id}-note"));
        html! {
            <td role="gridcell" key={place.column} {class} aria-selected={(is_cursor || is_chosen).to_string()}
                title={cell.error.clone()} data-place={format!("{}:{}", place.row, place.column)}>
                <input {id} type="text" class="grid-input" autocomplete="off" spellcheck="false" aria-label={label} {value}
                    tabindex={if is_cursor { "0" } else { "-1" }} placeholder={cell.placeholder.clone()}
                    aria-invalid={cell.error.is_some().to_string()} aria-describedby={note.clone()} />
                if let Some(error) = &cell.error { <span class="unseen" id={note}>{ error }</span> }
            </td>
        }
    }
}

/// The grid.
#[component]
pub(crate) fn Grid(props: &GridProps) -> Html {
    let hands = Hands { props: props.clone(), live: use_mut_ref(Live::default), redraw: use_force_update() };
    let size = hands.size();
    let listen = |act: fn(&Hands, &Event)| {
        let hands = hands.clone();
        Callback::from(move |event: Event| act(&hands, &event))
    };
    let mouse = |act: fn(&Hands, &MouseEvent)| {
        let hands = hands.clone();
        Callback::from(move |event: MouseEvent| act(&hands, &event))
    };
    let onkeydown = {
        let hands = hands.clone();
        Callback::from(move |event: KeyboardEvent| {
            if place_of(&event).is_some() {
                hands.press(&event);
            }
        })
    };
    let oninput = {
        let hands = hands.clone();
        Callback::from(move |event: InputEvent| {
            if place_of(&event).is_some() {
                hands.type_in(&event);
            }
        })
    };
    let oncut = listen(|hands, event| {
        if hands.copy(event) {
            hands.empty();
        }
    });
    let oncopy = listen(|hands, event| {
        hands.copy(event);
    });
    let onpaste = listen(Hands::paste);
    let onfocusin = {
        let hands = hands.clone();
        Callback::from(move |event: FocusEvent| hands.enter(&event))
    };
    let onfocusout = {
        let hands = hands.clone();
        Callback::from(move |_: FocusEvent| hands.commit())
    };
    let (onmousedown, onmouseover) = (mouse(Hands::grasp), mouse(Hands::draw_over));
    let ondblclick = mouse(|hands, _| hands.within());
    html! {
        <div class="grid-frame">
            <table role="grid" id={props.id} class="grid" aria-label={props.label.clone()} aria-multiselectable="true"
                aria-rowcount={(size.row + 1).to_string()} {onkeydown} {oninput} {oncut} {oncopy} {onpaste} {onfocusin}
                {onfocusout} {onmousedown} {onmouseover} {ondblclick}>
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
                            for (column, cell) in row.cells.iter().enumerate() {
                                { hands.draw_cell(row, cell, Place { row: at, column }) }
                            }
                            <td role="gridcell" class="grid-after">{ row.after.clone() }</td>
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}

/// The cell that an event is about.
fn place_of(event: &Event) -> Option<Place> {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
    let place = target.closest("[data-place]").ok().flatten()?.get_attribute("data-place")?;
    let (row, column) = place.split_once(':')?;
    Some(Place { row: row.parse().ok()?, column: column.parse().ok()? })
}

fn cell_id(grid: &str, place: Place) -> String {
    format!("{grid}-{}-{}", place.row, place.column)
}
