//! The way through a list whose pages are told by keys: nobody counts its pages, but the way back is remembered.

/// The keys of the pages that were passed; nothing is the first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trail<K> {
    passed: Vec<Option<K>>,
}

// Derived, it would ask the same of the keys.
impl<K> Default for Trail<K> {
    fn default() -> Self {
        Self { passed: Vec::new() }
    }
}

impl<K: Clone + PartialEq> Trail<K> {
    /// Notes where one is now, whether one came by going on, by going back or by a link.
    pub(crate) fn arrive(&mut self, here: Option<&K>) {
        if here.is_none() {
            self.passed = vec![None];
            return;
        }
        match self.passed.iter().position(|passed| passed.as_ref() == here) {
            Some(at) => self.passed.truncate(at + 1),
            None => self.passed.push(here.cloned()),
        }
    }

    /// The page before this one; nothing when one did not come by it.
    pub(crate) fn back(&self) -> Option<Option<K>> {
        let before = self.passed.len().checked_sub(2)?;
        self.passed.get(before).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::Trail;

    #[test]
    fn one_goes_back_the_way_that_one_came() {
        let mut trail = Trail::default();
        for here in [None, Some(&10), Some(&20), Some(&30)] {
            trail.arrive(here);
        }
        assert_eq!(trail.back(), Some(Some(20)));
        trail.arrive(Some(&20));
        assert_eq!(trail.back(), Some(Some(10)), "going back is no step on");
        trail.arrive(None);
        assert_eq!(trail.back(), None, "nothing stands before the first page");
    }

    #[test]
    fn a_page_that_one_came_to_by_a_link_knows_none_before_it() {
        let mut trail = Trail::default();
        trail.arrive(Some(&10));
        assert_eq!(trail.back(), None);
    }
}
