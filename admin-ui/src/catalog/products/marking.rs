//! Marking products for one change: one by one, a range, a page, or all that were found, also those on other pages.

use std::collections::BTreeSet;
use std::rc::Rc;

use domain::catalog::{ListGoods, ProductId, Selection};
use yew::prelude::*;

/// Which products are marked. It lasts while one turns pages, and ends when something else is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// All that were found are marked, but for `ids`.
    is_all: bool,
    ids: BTreeSet<ProductId>,
    /// From where a range goes on.
    last: Option<ProductId>,
}

/// What moves the marks.
pub(super) enum Mark {
    Turn(ProductId),
    /// As the last one was turned: all between it and that one, among those of the page.
    Range(ProductId, Vec<ProductId>),
    Set(Vec<ProductId>, bool),
    All,
    Clear,
}

impl Reducible for Marks {
    type Action = Mark;

    fn reduce(self: Rc<Self>, mark: Mark) -> Rc<Self> {
        let mut marks = (*self).clone();
        match mark {
            Mark::Turn(id) => {
                let is_marked = marks.has(id);
                marks.set(id, !is_marked);
                marks.last = Some(id);
            }
            Mark::Range(id, page) => {
                let place = |id: Option<ProductId>| id.and_then(|id| page.iter().position(|other| *other == id));
                let to = place(Some(id)).unwrap_or_default();
                let from = place(marks.last).unwrap_or(to);
                let is_marked = !marks.has(id);
                for id in &page[from.min(to)..=from.max(to)] {
                    marks.set(*id, is_marked);
                }
                marks.last = Some(id);
            }
            Mark::Set(ids, is_marked) => ids.into_iter().for_each(|id| marks.set(id, is_marked)),
            Mark::All => marks = Self { is_all: true, ..Self::default() },
            Mark::Clear => marks = Self::default(),
        }
        Rc::new(marks)
    }
}

impl Marks {
    pub(super) fn has(&self, id: ProductId) -> bool {
        self.is_all != self.ids.contains(&id)
    }

    fn set(&mut self, id: ProductId, is_marked: bool) {
        if is_marked == self.is_all {
            self.ids.remove(&id);
        } else {
            self.ids.insert(id);
        }
    }

    /// Whether all that were found are marked, but for some.
    pub(super) fn is_all(&self) -> bool {
        self.is_all
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.is_all && self.ids.is_empty()
    }

    /// How many, unless it is all that were found: those nobody has counted here.
    pub(super) fn count(&self) -> Option<usize> {
        (!self.is_all).then_some(self.ids.len())
    }

    /// What is marked, for a request; `list` is what was looked for.
    pub(super) fn selection(&self, list: ListGoods) -> Selection {
        let ids = self.ids.iter().copied().collect();
        match self.is_all {
            true => Selection::Found { list: ListGoods { after: None, ..list }, except: ids },
            false => Selection::Ids(ids),
        }
    }

    /// All that were found, for a request.
    pub(super) fn all_of(list: ListGoods) -> Selection {
        Self { is_all: true, ..Self::default() }.selection(list)
    }
}

/// The box of a row: a click with Shift marks all rows between.
pub(super) fn cell(id: ProductId, label: String, marks: &UseReducerHandle<Marks>, page: &Rc<Vec<ProductId>>) -> Html {
    let (turn, page) = (marks.dispatcher(), page.clone());
    let onclick = Callback::from(move |event: MouseEvent| {
        // The row itself leads to the product.
        event.stop_propagation();
        turn.dispatch(if event.shift_key() { Mark::Range(id, page.to_vec()) } else { Mark::Turn(id) });
    });
    html! {
        <label class="mark-cell" onclick={Callback::from(|event: MouseEvent| event.stop_propagation())}>
            <input type="checkbox" class="mark" data-test="mark" checked={marks.has(id)} aria-label={label} {onclick} />
        </label>
    }
}

/// The box of the head, for all rows of the page.
pub(super) fn head(label: String, marks: &UseReducerHandle<Marks>, page: &Rc<Vec<ProductId>>) -> Html {
    let is_whole = !page.is_empty() && page.iter().all(|id| marks.has(*id));
    let (turn, page) = (marks.dispatcher(), page.clone());
    let onclick = Callback::from(move |_: MouseEvent| turn.dispatch(Mark::Set(page.to_vec(), !is_whole)));
    html! {
        <label class="mark-cell">
            <input type="checkbox" id="mark-page" class="mark" checked={is_whole} aria-label={label} {onclick} />
        </label>
    }
}

/// On a row: `x` marks it, and Shift with an arrow marks on. Escape takes all marks away.
pub(super) fn keys(marks: &UseReducerHandle<Marks>) -> Callback<KeyboardEvent> {
    let turn = marks.dispatcher();
    Callback::from(move |event: KeyboardEvent| {
        let row =
            event.target_dyn_into::<web_sys::Element>().and_then(|it| it.closest("tr[data-product]").ok().flatten());
        let id_of = |row: &web_sys::Element| row.get_attribute("data-product").and_then(|id| id.parse().ok());
        match event.key().as_str() {
            "Escape" => turn.dispatch(Mark::Clear),
            "x" if !event.ctrl_key() && !event.meta_key() => {
                if let Some(id) = row.as_ref().and_then(id_of) {
                    event.prevent_default();
                    turn.dispatch(Mark::Turn(id));
                }
            }
            key @ ("ArrowDown" | "ArrowUp") if event.shift_key() => {
                let next = row.as_ref().and_then(|row| match key {
                    "ArrowDown" => row.next_element_sibling(),
                    _ => row.previous_element_sibling(),
                });
                let ids = [row, next].into_iter().flatten().filter_map(|row| id_of(&row)).collect();
                turn.dispatch(Mark::Set(ids, true));
            }
            _ => {}
        }
    })
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use domain::catalog::{ListGoods, ProductId, Selection};
    use yew::Reducible;

    use super::{Mark, Marks};

    fn ids(numbers: &[u64]) -> Vec<ProductId> {
        numbers.iter().copied().map(ProductId::new).collect()
    }

    fn marked(marks: &Marks, page: &[ProductId]) -> Vec<u64> {
        page.iter().filter(|id| marks.has(**id)).map(|id| id.get()).collect()
    }

    #[test]
    fn a_range_is_marked_as_its_end_is() {
        let page = ids(&[5, 4, 3, 2, 1]);
        let marks = Rc::new(Marks::default()).reduce(Mark::Turn(page[1])).reduce(Mark::Range(page[3], page.clone()));
        assert_eq!(marked(&marks, &page), [4, 3, 2]);
        let marks = marks.reduce(Mark::Range(page[2], page.clone()));
        assert_eq!(marked(&marks, &page), [4], "and taken away in the same way");
        assert_eq!(marks.count(), Some(1));
    }

    #[test]
    fn of_all_that_were_found_some_can_be_left_out() {
        let page = ids(&[2, 1]);
        let marks = Rc::new(Marks::default()).reduce(Mark::All).reduce(Mark::Turn(page[0]));
        assert_eq!((marked(&marks, &page), marks.count(), marks.is_empty()), (vec![1], None, false));
        let selection = marks.selection(ListGoods::default());
        assert_eq!(selection, Selection::Found { list: ListGoods::default(), except: ids(&[2]) });
        assert!(marks.reduce(Mark::Clear).is_empty());
    }
}
