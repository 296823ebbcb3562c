//! Pages of long lists.

use serde::{Deserialize, Serialize};

/// Which page of a list: the first is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PageNumber(u32);

impl PageNumber {
    /// The first page.
    pub const FIRST: Self = Self(1);

    /// That page; there is none before the first.
    pub fn new(number: u32) -> Self {
        Self(number.max(1))
    }

    /// The number that people see.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// How many rows stand before this page.
    pub fn offset(self, per_page: u32) -> u64 {
        u64::from(self.0 - 1) * u64::from(per_page)
    }
}

impl Default for PageNumber {
    fn default() -> Self {
        Self::FIRST
    }
}

/// Where a page stands in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub page: PageNumber,
    pub per_page: u32,
    /// How many rows the whole list has.
    pub total: u64,
}

impl Position {
    /// The number of the last page; an empty list has one page.
    pub fn last(&self) -> PageNumber {
        let pages = self.total.div_ceil(u64::from(self.per_page.max(1)));
        PageNumber::new(u32::try_from(pages).unwrap_or(u32::MAX))
    }

    /// Whether the page stands behind the end of the list.
    pub fn is_beyond(&self) -> bool {
        self.page.get() > self.last().get()
    }

    /// The page before, if there is one.
    pub fn previous(&self) -> Option<PageNumber> {
        (self.page.get() > 1).then(|| PageNumber::new((self.page.get() - 1).min(self.last().get())))
    }

    /// The page after, if there is one.
    pub fn next(&self) -> Option<PageNumber> {
        (self.page.get() < self.last().get()).then(|| PageNumber::new(self.page.get() + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::{PageNumber, Position};

    #[test]
    fn a_page_beyond_the_end_leads_back_to_the_last() {
        let position = Position { page: PageNumber::new(900), per_page: 12, total: 25 };
        assert!(position.is_beyond());
        assert_eq!(position.last(), PageNumber::new(3));
        assert_eq!(position.previous(), Some(PageNumber::new(3)));
        assert_eq!(position.next(), None);
    }

    #[test]
    fn an_empty_list_has_one_page() {
        let position = Position { page: PageNumber::FIRST, per_page: 12, total: 0 };
        assert!(!position.is_beyond());
        assert_eq!((position.previous(), position.next()), (None, None));
    }
}
