//! Steps that can be taken back: what stood there before each, and what was taken back.

use std::rc::Rc;

/// The most steps that are remembered.
const MOST: usize = 100;

/// What stood there before.
#[derive(Clone, Debug)]
pub(crate) struct Undo<D> {
    past: Vec<Rc<D>>,
    future: Vec<Rc<D>>,
    /// What the last step was about: more of the same is one step with it.
    about: Option<String>,
}

impl<D> Default for Undo<D> {
    fn default() -> Self {
        Self { past: Vec::new(), future: Vec::new(), about: None }
    }
}

impl<D> Undo<D> {
    /// Notes what stands there before a step. Typing on in the same field is one step.
    pub(crate) fn note(&mut self, before: &Rc<D>, about: Option<&str>) {
        let is_more_of_it = about.is_some() && self.about.as_deref() == about && self.future.is_empty();
        self.future.clear();
        self.about = about.map(str::to_owned);
        if !is_more_of_it {
            self.past.push(before.clone());
            let surplus = self.past.len().saturating_sub(MOST);
            self.past.drain(..surplus);
        }
    }

    /// Takes the last step back: what stood there before it.
    pub(crate) fn back(&mut self, now: &Rc<D>) -> Option<Rc<D>> {
        let before = self.past.pop()?;
        self.future.push(now.clone());
        self.about = None;
        Some(before)
    }

    /// Takes again what was taken back last.
    pub(crate) fn again(&mut self, now: &Rc<D>) -> Option<Rc<D>> {
        let after = self.future.pop()?;
        self.past.push(now.clone());
        self.about = None;
        Some(after)
    }

    /// Whether there is a step to take back.
    pub(crate) fn has_past(&self) -> bool {
        !self.past.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::{MOST, Undo};

    #[test]
    fn steps_are_taken_back_one_by_one_and_again() {
        let mut undo = Undo::default();
        let states: Vec<Rc<u32>> = (0..3).map(Rc::new).collect();
        undo.note(&states[0], None);
        undo.note(&states[1], None);
        assert_eq!(undo.back(&states[2]).as_deref(), Some(&1));
        assert_eq!(undo.back(&states[1]).as_deref(), Some(&0));
        assert_eq!(undo.back(&states[0]), None);
        assert_eq!(undo.again(&states[0]).as_deref(), Some(&1));
        assert_eq!(undo.again(&states[1]).as_deref(), Some(&2));
        assert_eq!(undo.again(&states[2]), None);
    }

    #[test]
    fn typing_on_in_one_field_is_one_step_and_a_new_step_forgets_what_was_taken_back() {
        let mut undo = Undo::default();
        let states: Vec<Rc<u32>> = (0..4).map(Rc::new).collect();
        undo.note(&states[0], Some("name"));
        undo.note(&states[1], Some("name"));
        undo.note(&states[2], Some("price"));
        assert_eq!(undo.back(&states[3]).as_deref(), Some(&2));
        undo.note(&states[2], Some("price"));
        assert_eq!(undo.again(&states[3]), None);
        assert_eq!(undo.back(&states[3]).as_deref(), Some(&2));
        assert_eq!(undo.back(&states[2]).as_deref(), Some(&0));
        assert!(!undo.has_past());
    }

    #[test]
    fn only_so_many_steps_are_remembered() {
        let mut undo = Undo::default();
        for state in 0..MOST + 10 {
            undo.note(&Rc::new(state), None);
        }
        assert_eq!(std::iter::from_fn(|| undo.back(&Rc::new(0))).count(), MOST);
    }
}
