//! A table: its columns, each with its head and its cells, and what is said of a row as a whole.
//!
//! It is drawn as a part of its screen, so that columns may borrow whatever the screen knows.

use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{Key, VNode};

use super::icon::{Glyph, Icon};
use super::navigation::go;
use super::shortcuts::walk_rows;
use super::skeleton::SkeletonRows;

/// What stands in a cell.
pub(crate) struct Cell {
    content: Html,
    class: Classes,
    title: Option<AttrValue>,
}

impl Cell {
    /// Text that is cut where the column ends, and shown whole on hovering.
    pub(crate) fn clipped(text: &str) -> Self {
        Self::from(text).titled(text).class("clip")
    }

    /// The link that a row leads to.
    pub(crate) fn link(href: String, text: &str) -> Self {
        html! { <a class="row-link" {href}>{ text }</a> }.into()
    }

    /// What is shown on hovering.
    pub(crate) fn titled(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into().into()), ..self }
    }

    /// How it looks in this row alone.
    pub(crate) fn class(mut self, class: impl Into<Classes>) -> Self {
        self.class.push(class);
        self
    }
}

impl From<Html> for Cell {
    fn from(content: Html) -> Self {
        Self { content, class: Classes::new(), title: None }
    }
}

macro_rules! cells_of_text {
    ($($kind:ty),*) => {
        $(impl From<$kind> for Cell {
            fn from(text: $kind) -> Self {
                Html::from(text).into()
            }
        })*
    };
}

cells_of_text!(String, &str, u32, u64, i64);

/// The way to sort by a column: where its head leads, and whether the rows stand in its order already.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sorted {
    pub(crate) href: String,
    /// Nothing when they stand in another's order; otherwise whether they go down.
    pub(crate) is_descending: Option<bool>,
}

/// A column.
pub(crate) struct Column<'a, R> {
    head: String,
    /// What stands in the head instead of its word.
    drawn_head: Option<Html>,
    is_head_unseen: bool,
    sorted: Option<Sorted>,
    head_class: Classes,
    cell_class: Classes,
    test: Option<&'static str>,
    bone: u8,
    cell: Box<dyn Fn(&R) -> Cell + 'a>,
}

impl<'a, R> Column<'a, R> {
    /// A column under a head.
    pub(crate) fn new<C: Into<Cell>>(head: String, cell: impl Fn(&R) -> C + 'a) -> Self {
        Self {
            head,
            drawn_head: None,
            is_head_unseen: false,
            sorted: None,
            head_class: Classes::new(),
            cell_class: Classes::new(),
            test: None,
            bone: 6,
            cell: Box::new(move |row| cell(row).into()),
        }
    }

    /// A column of buttons, whose head is only read aloud.
    pub(crate) fn buttons(head: String, cell: impl Fn(&R) -> Html + 'a) -> Self {
        Self { is_head_unseen: true, ..Self::new(head, cell).cells("number") }
    }

    /// A column of boxes that mark rows; `head` marks all of them.
    pub(crate) fn marks(head: Html, cell: impl Fn(&R) -> Html + 'a) -> Self {
        Self {
            drawn_head: Some(head),
            bone: 2,
            ..Self::new(String::new(), cell).of("mark-column").cells("mark-column")
        }
    }

    /// A column that the rows can be sorted by.
    pub(crate) fn sorted(self, sorted: Sorted) -> Self {
        Self { sorted: Some(sorted), ..self }
    }

    /// Numbers, which stand at the right.
    pub(crate) fn number(self) -> Self {
        self.of("number").cells("number")
    }

    /// Only where the window is wide.
    pub(crate) fn when_wide(self) -> Self {
        self.of("when-wide").cells("when-wide")
    }

    /// Instants, in digits of one width.
    pub(crate) fn instants(self) -> Self {
        self.cells("numbers nowrap")
    }

    /// How the head looks, such as the column's width.
    pub(crate) fn of(mut self, class: &'static str) -> Self {
        self.head_class.push(class);
        self
    }

    /// How the cells look.
    pub(crate) fn cells(mut self, class: &'static str) -> Self {
        self.cell_class.push(class);
        self
    }

    /// What tests call the cells.
    pub(crate) fn test(self, test: &'static str) -> Self {
        Self { test: Some(test), ..self }
    }

    /// How wide its bar is while rows are on their way, of ten.
    pub(crate) fn bone(self, bone: u8) -> Self {
        Self { bone, ..self }
    }

    fn draw_head(&self) -> Html {
        let order = self.sorted.as_ref().map(|sorted| match sorted.is_descending {
            None => ("none", None),
            Some(false) => ("ascending", Some(Glyph::Ascending)),
            Some(true) => ("descending", Some(Glyph::Descending)),
        });
        html! {
            <th scope="col" class={self.head_class.clone()} aria-sort={order.map(|(word, _)| word)}>
                if let Some(head) = &self.drawn_head {
                    { head.clone() }
                } else if let (Some(sorted), Some((_, arrow))) = (&self.sorted, order) {
                    <a class="sort-head" href={sorted.href.clone()}>
                        { &self.head }
                        if let Some(arrow) = arrow { <Icon of={arrow} /> }
                    </a>
                } else if self.is_head_unseen {
                    <span class="unseen">{ &self.head }</span>
                } else {
                    { &self.head }
                }
            </th>
        }
    }

    fn draw_cell(&self, row: &R) -> Html {
        let Cell { content, class, title } = (self.cell)(row);
        html! { <td class={classes!(self.cell_class.clone(), class)} {title} data-test={self.test}>{ content }</td> }
    }
}

/// What is said of a row as a whole.
#[derive(Default)]
pub(crate) struct Row {
    key: Option<String>,
    data: Vec<(&'static str, String)>,
    href: Option<String>,
    is_fresh: bool,
    below: Option<Html>,
}

impl Row {
    /// A row that is told from the others by its key.
    pub(crate) fn new(key: impl ToString) -> Self {
        Self { key: Some(key.to_string()), ..Self::default() }
    }

    /// A row that is told from the others by its place alone.
    pub(crate) fn unkeyed() -> Self {
        Self::default()
    }

    /// What tests know it by.
    pub(crate) fn data(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.data.push((name, value.into()));
        self
    }

    /// A click anywhere on it goes there.
    pub(crate) fn to(self, href: String) -> Self {
        Self { href: Some(href), ..self }
    }

    /// Whether it has just changed.
    pub(crate) fn fresh(self, is_fresh: bool) -> Self {
        Self { is_fresh, ..self }
    }

    /// What belongs to it and takes a row of its own.
    pub(crate) fn below(self, below: Option<Html>) -> Self {
        Self { below, ..self }
    }

    fn draw(self, cells: Html) -> Html {
        let Self { key, data, href, is_fresh, below } = self;
        let class = classes!(href.is_some().then_some("is-link"), is_fresh.then_some("is-fresh"));
        let onclick = href.map(|href| Callback::from(move |_: MouseEvent| go(&href)));
        let mut row = html! { <tr {class} {onclick}>{ cells }</tr> };
        // The macro takes no names of attributes that it does not see written.
        if let VNode::VTag(tag) = &mut row {
            let tag = Rc::make_mut(tag);
            tag.key = key.map(Key::from);
            data.into_iter().for_each(|(name, value)| tag.add_attribute(name, value));
        }
        match below {
            None => row,
            Some(below) => html! { <>{ row }{ below }</> },
        }
    }
}

/// A table.
pub(crate) struct Table<'a, R> {
    body: &'static str,
    class: &'static str,
    caption: String,
    columns: Vec<Column<'a, R>>,
    row: Box<dyn Fn(&R) -> Row + 'a>,
    bones: usize,
    is_walked: bool,
}

impl<'a, R> Table<'a, R> {
    /// A table whose rows have the id `body`.
    pub(crate) fn new(
        body: &'static str,
        class: &'static str,
        caption: String,
        columns: Vec<Column<'a, R>>,
        row: impl Fn(&R) -> Row + 'a,
    ) -> Self {
        Self { body, class, caption, columns, row: Box::new(row), bones: 8, is_walked: false }
    }

    /// The arrow keys go from row to row.
    pub(crate) fn walked(self) -> Self {
        Self { is_walked: true, ..self }
    }

    /// How many rows there are likely to be.
    pub(crate) fn bones(self, bones: usize) -> Self {
        Self { bones, ..self }
    }

    /// Draws it with its rows, or with bones while they are on their way.
    pub(crate) fn draw(&self, rows: Option<&[R]>) -> Html {
        let onkeydown = self.is_walked.then(|| Callback::from(walk_rows));
        let draw_row = |row: &R| {
            let cells: Html = self.columns.iter().map(|column| column.draw_cell(row)).collect();
            (self.row)(row).draw(cells)
        };
        html! {
            <table class={classes!("rows", self.class)} {onkeydown}>
                <caption class="unseen">{ &self.caption }</caption>
                <thead><tr>for column in self.columns.iter() { { column.draw_head() } }</tr></thead>
                <tbody id={self.body}>
                    if let Some(rows) = rows {
                        for row in rows.iter() { { draw_row(row) } }
                    } else {
                        <SkeletonRows rows={self.bones}
                            columns={self.columns.iter().map(|column| column.bone).collect::<Vec<_>>()} />
                    }
                </tbody>
            </table>
        }
    }
}
