//! The chosen cells of a grid: a rectangle between the cell that one began at and the one where the cursor is.

use std::ops::RangeInclusive;

/// A cell, counted from the top and from the left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) row: usize,
    pub(crate) column: usize,
}

/// How many rows and columns there are.
pub(crate) type Size = Place;

/// Where a key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Up,
    Down,
    Left,
    Right,
    /// To the first or the last cell of the row.
    Home,
    End,
    /// To the first or the last cell of all.
    Top,
    Bottom,
    PageUp,
    PageDown,
}

/// How many rows a page has.
const PAGE: usize = 10;

/// The chosen cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Area {
    anchor: Place,
    /// Where the cursor is.
    pub(crate) cursor: Place,
}

impl Area {
    /// One cell.
    pub(crate) fn at(cursor: Place) -> Self {
        Self { anchor: cursor, cursor }
    }

    /// All cells.
    pub(crate) fn all(size: Size) -> Self {
        Self { anchor: Place::default(), cursor: Self::last(size) }
    }

    /// The rectangle from where one began to that cell.
    pub(crate) fn stretched(self, cursor: Place) -> Self {
        Self { cursor, ..self }
    }

    /// What is left of it in a grid of that size.
    pub(crate) fn within(self, size: Size) -> Self {
        let last = Self::last(size);
        let inside = |place: Place| Place { row: place.row.min(last.row), column: place.column.min(last.column) };
        Self { anchor: inside(self.anchor), cursor: inside(self.cursor) }
    }

    /// Where the cursor goes.
    pub(crate) fn to(self, step: Step, size: Size) -> Place {
        let (Place { row, column }, last) = (self.cursor, Self::last(size));
        let place = match step {
            Step::Up => Place { row: row.saturating_sub(1), column },
            Step::Down => Place { row: row + 1, column },
            Step::Left => Place { row, column: column.saturating_sub(1) },
            Step::Right => Place { row, column: column + 1 },
            Step::Home => Place { row, column: 0 },
            Step::End => Place { row, column: last.column },
            Step::Top => Place::default(),
            Step::Bottom => last,
            Step::PageUp => Place { row: row.saturating_sub(PAGE), column },
            Step::PageDown => Place { row: row + PAGE, column },
        };
        Self::at(place).within(size).cursor
    }

    /// The cell that Tab leads to, line by line; nothing behind the last one, or before the first.
    pub(crate) fn next(self, is_back: bool, size: Size) -> Option<Place> {
        if size.row == 0 || size.column == 0 {
            return None;
        }
        let number = self.cursor.row * size.column + self.cursor.column;
        let next = if is_back { number.checked_sub(1)? } else { number + 1 };
        let place = Place { row: next / size.column, column: next % size.column };
        (place.row < size.row).then_some(place)
    }

    pub(crate) fn rows(self) -> RangeInclusive<usize> {
        self.anchor.row.min(self.cursor.row)..=self.anchor.row.max(self.cursor.row)
    }

    pub(crate) fn columns(self) -> RangeInclusive<usize> {
        self.anchor.column.min(self.cursor.column)..=self.anchor.column.max(self.cursor.column)
    }

    /// Whether the cell is chosen.
    pub(crate) fn has(self, place: Place) -> bool {
        self.rows().contains(&place.row) && self.columns().contains(&place.column)
    }

    /// Whether more than one cell is chosen.
    pub(crate) fn is_wide(self) -> bool {
        self.anchor != self.cursor
    }

    fn last(size: Size) -> Place {
        Place { row: size.row.saturating_sub(1), column: size.column.saturating_sub(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Area, Place, Size, Step};

    const SIZE: Size = Size { row: 3, column: 4 };

    fn at(row: usize, column: usize) -> Place {
        Place { row, column }
    }

    #[test]
    fn the_arrows_stop_at_the_edges() {
        let corner = Area::at(at(2, 3));
        assert_eq!(corner.to(Step::Down, SIZE), at(2, 3));
        assert_eq!(corner.to(Step::Right, SIZE), at(2, 3));
        assert_eq!(corner.to(Step::Home, SIZE), at(2, 0));
        assert_eq!(corner.to(Step::Top, SIZE), at(0, 0));
        assert_eq!(Area::at(at(0, 0)).to(Step::Up, SIZE), at(0, 0));
        assert_eq!(Area::at(at(0, 1)).to(Step::PageDown, SIZE), at(2, 1));
    }

    #[test]
    fn tab_goes_line_by_line_and_leaves_at_the_ends() {
        assert_eq!(Area::at(at(0, 3)).next(false, SIZE), Some(at(1, 0)));
        assert_eq!(Area::at(at(1, 0)).next(true, SIZE), Some(at(0, 3)));
        assert_eq!(Area::at(at(2, 3)).next(false, SIZE), None);
        assert_eq!(Area::at(at(0, 0)).next(true, SIZE), None);
    }

    #[test]
    fn a_rectangle_is_chosen_in_whichever_direction_and_shrinks_with_the_grid() {
        let area = Area::at(at(2, 2)).stretched(at(0, 1));
        assert!(area.has(at(1, 1)) && area.has(at(2, 2)) && !area.has(at(1, 0)));
        assert!(area.is_wide() && !Area::at(at(1, 1)).is_wide());
        let shrunk = area.within(Size { row: 1, column: 2 });
        assert_eq!((shrunk.rows(), shrunk.columns()), (0..=0, 1..=1));
        assert!(Area::all(SIZE).has(at(2, 3)));
    }
}
