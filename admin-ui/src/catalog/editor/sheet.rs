//! What the editor's form is over: what is stored, what is typed, the steps between, and what somebody else saved meanwhile.

use std::collections::BTreeMap;
use std::rc::Rc;

use domain::catalog::{ProductId, SaveProduct, StoredProduct};
use domain::media::Picture;
use domain::problem::FieldProblem;

use super::cells::Manner;
use super::conflict::Conflict;
use super::draft::{Draft, Meant};
use crate::kit::Undo;

/// The product, stored and typed.
#[derive(Clone)]
pub(super) struct Sheet {
    /// Nothing for a product that is new.
    pub(super) stored: Option<Rc<StoredProduct>>,
    pub(super) draft: Rc<Draft>,
    /// What stands in the form when nothing is typed.
    untouched: Rc<Draft>,
    undo: Undo<Draft>,
    /// What is known of pictures by their keys: those that are stored, and those that were taken in since.
    pictures: Rc<BTreeMap<String, Picture>>,
    pub(super) manner: Manner,
    /// What somebody else saved while this was typed.
    pub(super) conflict: Option<Rc<Conflict>>,
}

impl Sheet {
    /// A sheet over a stored product, or over a new one.
    pub(super) fn new(stored: Option<StoredProduct>, manner: Manner) -> Self {
        let draft = match &stored {
            Some(stored) => Draft::of(stored.document.clone(), manner),
            None => Draft::blank(manner),
        };
        let draft = Rc::new(draft);
        let mut sheet = Self {
            stored: stored.map(Rc::new),
            untouched: draft.clone(),
            draft,
            undo: Undo::default(),
            pictures: Rc::default(),
            manner,
            conflict: None,
        };
        let known = sheet.stored.as_ref().map(|stored| stored.pictures.clone()).unwrap_or_default();
        sheet.know(known);
        sheet
    }

    /// Whether something is typed that is not stored.
    pub(super) fn is_changed(&self) -> bool {
        self.draft != self.untouched
    }

    pub(super) fn product_id(&self) -> Option<ProductId> {
        self.stored.as_ref().map(|stored| stored.product_id)
    }

    /// The picture of that key.
    pub(super) fn picture(&self, key: &str) -> Option<&Picture> {
        self.pictures.get(key)
    }

    /// Remembers what pictures are like.
    pub(super) fn know(&mut self, pictures: impl IntoIterator<Item = Picture>) {
        Rc::make_mut(&mut self.pictures).extend(pictures.into_iter().map(|picture| (picture.key.clone(), picture)));
    }

    /// Changes what is typed, as a step that can be taken back. Steps about the same thing are one.
    pub(super) fn step(&mut self, about: Option<&str>, change: impl FnOnce(&mut Draft)) {
        let before = self.draft.clone();
        change(Rc::make_mut(&mut self.draft));
        if before != self.draft {
            self.undo.note(&before, about);
        }
    }

    /// Takes the last step back.
    pub(super) fn back(&mut self) {
        if let Some(before) = self.undo.back(&self.draft) {
            self.draft = before;
        }
    }

    /// Takes a step again that was taken back.
    pub(super) fn again(&mut self) {
        if let Some(after) = self.undo.again(&self.draft) {
            self.draft = after;
        }
    }

    pub(super) fn can_go_back(&self) -> bool {
        self.undo.has_past()
    }

    /// What is meant to be saved, or all that is wrong.
    pub(super) fn read(&self) -> Result<Meant, Vec<FieldProblem>> {
        self.draft.read(self.manner)
    }

    /// All that is wrong.
    pub(super) fn judge(&self) -> Vec<FieldProblem> {
        self.read().err().unwrap_or_default()
    }

    /// The wish to save that.
    pub(super) fn request(&self, meant: Meant) -> SaveProduct {
        let Meant { document, received, moved_stock } = meant;
        let request = match self.stored.as_deref() {
            Some(stored) => SaveProduct::of(stored, document),
            None => SaveProduct::new(document),
        };
        SaveProduct { received, moved_stock, ..request }
    }

    /// Takes over what is stored now.
    pub(super) fn store(&mut self, stored: StoredProduct) {
        let known = self.pictures.clone();
        *self = Self::new(Some(stored), self.manner);
        self.know(known.values().cloned());
    }

    /// Somebody saved: takes over what is stored when nothing is typed here, and what each changed when they do not
    /// touch. Otherwise a person must choose.
    pub(super) fn hear(&mut self, theirs: StoredProduct) {
        let known = self.stored.as_deref().map(|stored| stored.version);
        if known.is_some_and(|known| theirs.version <= known) {
            return;
        }
        if !self.is_changed() {
            return self.store(theirs);
        }
        let base = self.stored.as_deref().map(|stored| stored.document.clone());
        if let Some(base) = base {
            self.conflict = Some(Rc::new(Conflict::between(base, self.draft.glimpse(self.manner), theirs)));
        }
    }

    /// Goes on from what somebody else saved, with what was chosen.
    pub(super) fn resolve(&mut self, conflict: &Conflict, chosen: &[bool]) {
        let mine = self.draft.clone();
        let mut draft = Draft::of(conflict.merged(chosen), self.manner);
        draft.keep_received(&mine);
        let mut sheet = Self::new(Some(conflict.theirs.clone()), self.manner);
        sheet.draft = Rc::new(draft);
        sheet.undo.note(&mine, None);
        sheet.know(self.pictures.values().cloned());
        *self = sheet;
    }

    /// Goes back to what is stored.
    pub(super) fn revert(&mut self) {
        let untouched = self.untouched.clone();
        self.step(None, |draft| *draft = (*untouched).clone());
    }
}
