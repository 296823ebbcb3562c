//! Categories: a tree of at most three levels, in the owner's order.

use serde::{Deserialize, Serialize};

use super::Category;
use super::rules::named;
use crate::id::CategoryId;
use crate::locale::Translated;
use crate::media::Picture;
use crate::message::Message;
use crate::problem::{FieldProblem, Fields};
use crate::text::{self, Slug};

/// The most levels of the tree.
pub const MOST_LEVELS: usize = 3;
/// The most characters of a category's name in one language.
const MOST_NAME: usize = 120;

/// Asks for the whole tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListCategories {}

/// A category at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryRow {
    pub id: CategoryId,
    pub parent_id: Option<CategoryId>,
    /// Raised by every change of it.
    pub version: u64,
    pub slug: String,
    pub name: Translated,
    pub picture: Option<Picture>,
    /// Products that stand right in it, of whatever status.
    pub products: u32,
}

/// The whole tree: each stands before those below it, and those of one parent in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CategoryTree(pub Vec<CategoryRow>);

/// Asks to add a category behind its siblings, or to change one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveCategory {
    /// Nothing for a new one.
    pub category_id: Option<CategoryId>,
    /// The version that was edited; 0 for a new one.
    pub version: u64,
    /// Where a new one stands; one that is there is moved by [`MoveCategory`].
    pub parent_id: Option<CategoryId>,
    /// Empty for one made of the name.
    pub slug: String,
    pub name: Translated,
    /// The key of its picture; nothing for that of its most popular product.
    pub picture: Option<String>,
}

impl SaveCategory {
    /// The texts as they can be saved, or all that is wrong with them. An empty address stays empty.
    pub fn tidied(mut self) -> Result<Self, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        let slug = fields.take_optional("slug", &self.slug, Slug::parse);
        let name = fields.take("name", named(&self.name, MOST_NAME));
        let problems = fields.into_problems();
        let Some(name) = name.filter(|_| problems.is_empty()) else { return Err(problems) };
        self.slug = slug.map(String::from).unwrap_or_default();
        self.name = name;
        Ok(self)
    }
}

/// Asks to put a category with all below it somewhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveCategory {
    pub category_id: CategoryId,
    /// Nothing for the first level.
    pub parent_id: Option<CategoryId>,
    /// The sibling before which it comes; nothing for the last place.
    pub before: Option<CategoryId>,
}

/// Asks to delete a category. Those below it come in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeleteCategory {
    pub category_id: CategoryId,
    /// What was looked at; one that changed since is left alone.
    pub version: u64,
    /// Where its products and vouchers go; nothing leaves the products without a category.
    pub goods_to: Option<CategoryId>,
}

impl CategoryTree {
    /// Puts rows in the order of the tree. They come in the order of their positions.
    pub fn of(rows: Vec<CategoryRow>) -> Self {
        let mut tree = Vec::with_capacity(rows.len());
        let mut open: Vec<&CategoryRow> = rows.iter().filter(|row| row.parent_id.is_none()).rev().collect();
        while let Some(row) = open.pop() {
            tree.push(row.clone());
            open.extend(rows.iter().filter(|other| other.parent_id == Some(row.id)).rev());
        }
        Self(tree)
    }

    /// The category.
    pub fn get(&self, id: CategoryId) -> Option<&CategoryRow> {
        self.0.iter().find(|row| row.id == id)
    }

    /// Those that lead to it from the first level, itself included.
    pub fn path(&self, id: CategoryId) -> Vec<&CategoryRow> {
        let mut path = Vec::new();
        let mut next = self.get(id);
        while let Some(row) = next.filter(|_| path.len() < self.0.len()) {
            path.push(row);
            next = row.parent_id.and_then(|parent| self.get(parent));
        }
        path.reverse();
        path
    }

    /// The level it stands on: the first is 1, and 0 is none.
    pub fn level(&self, id: CategoryId) -> usize {
        self.path(id).len()
    }

    /// It and all below it.
    pub fn with_children(&self, id: CategoryId) -> Vec<CategoryId> {
        let within = |row: &&CategoryRow| self.path(row.id).iter().any(|above| above.id == id);
        self.0.iter().filter(within).map(|row| row.id).collect()
    }

    /// How many levels it and those below it take.
    pub fn height(&self, id: CategoryId) -> usize {
        let own = self.level(id);
        self.with_children(id).into_iter().map(|below| self.level(below) + 1 - own).max().unwrap_or_default()
    }

    /// Whether the category may stand below that one, or why not.
    pub fn may_stand(&self, id: Option<CategoryId>, parent: Option<CategoryId>) -> Result<(), Message> {
        let Some(parent) = parent else { return Ok(()) };
        if self.get(parent).is_none() {
            return Err(Message::NoSuchCategory);
        }
        if id.is_some_and(|id| self.with_children(id).contains(&parent)) {
            return Err(Message::CategoryInItself);
        }
        let height = id.map_or(1, |id| self.height(id));
        let fits = self.level(parent) + height <= MOST_LEVELS;
        if fits { Ok(()) } else { Err(Message::CategoryTooDeep { most: MOST_LEVELS }) }
    }

    /// Whether a sibling there has that name already, in any language and whatever the case.
    pub fn has_name(&self, parent: Option<CategoryId>, name: &Translated, except: Option<CategoryId>) -> bool {
        let folded = |text: &str| text.to_lowercase();
        let alike = |row: &CategoryRow| {
            row.name.each().zip(name.each()).any(|(one, other)| !text::is_empty(one) && folded(one) == folded(other))
        };
        self.0.iter().any(|row| row.parent_id == parent && Some(row.id) != except && alike(row))
    }
}

/// Those of the shop's categories that lead to the one of that address from the first level, itself included.
pub fn path_to<'a>(categories: &'a [Category], slug: &str) -> Vec<&'a Category> {
    let mut path = Vec::new();
    let mut next = categories.iter().find(|category| category.slug == slug);
    while let Some(category) = next.filter(|_| path.len() < MOST_LEVELS) {
        path.push(category);
        next = category.parent_id.and_then(|parent| categories.iter().find(|above| above.id == parent));
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CategoryRow, CategoryTree, MOST_LEVELS};
    use crate::id::CategoryId;
    use crate::locale::Translated;
    use crate::message::Message;

    fn row(id: u64, parent: Option<u64>) -> CategoryRow {
        CategoryRow {
            id: CategoryId::new(id),
            parent_id: parent.map(CategoryId::new),
            version: 1,
            slug: format!("c-{id}"),
            name: Translated::same(format!("C {id}")),
            picture: None,
            products: 0,
        }
    }

    fn tree() -> CategoryTree {
        CategoryTree::of(vec![row(2, Some(1)), row(1, None), row(4, None), row(3, Some(2))])
    }

    #[test]
    fn each_stands_before_those_below_it() {
        assert_eq!(tree().0.iter().map(|row| row.id.get()).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(tree().with_children(CategoryId::new(2)), [2, 3].map(CategoryId::new));
        assert_eq!((tree().level(CategoryId::new(3)), tree().height(CategoryId::new(1))), (3, 3));
    }

    #[test]
    fn nothing_stands_in_itself_or_on_a_fourth_level() {
        let (tree, id) = (tree(), |id| Some(CategoryId::new(id)));
        assert_eq!(tree.may_stand(id(1), id(3)), Err(Message::CategoryInItself));
        assert_eq!(tree.may_stand(id(1), id(1)), Err(Message::CategoryInItself));
        assert_eq!(tree.may_stand(None, id(3)), Err(Message::CategoryTooDeep { most: 3 }));
        assert_eq!(tree.may_stand(id(1), id(4)), Err(Message::CategoryTooDeep { most: 3 }));
        assert_eq!(tree.may_stand(id(2), id(4)), Ok(()));
        assert_eq!(tree.may_stand(None, id(9)), Err(Message::NoSuchCategory));
        assert_eq!(tree.may_stand(id(1), None), Ok(()));
    }

    #[test]
    fn a_name_is_taken_among_its_siblings() {
        let name = Translated { id: "c 2".to_owned(), en: String::new() };
        assert!(tree().has_name(Some(CategoryId::new(1)), &name, None));
        assert!(!tree().has_name(Some(CategoryId::new(1)), &name, Some(CategoryId::new(2))));
        assert!(!tree().has_name(None, &name, None));
    }

    proptest! {
        /// However categories are moved, as long as each move is allowed the tree keeps all of them, without a circle.
        #[test]
        fn moves_that_are_allowed_keep_the_tree(moves in prop::collection::vec((1_u64..8, 0_u64..8), 0..40)) {
            let mut rows: Vec<CategoryRow> = (1..8).map(|id| row(id, None)).collect();
            for (id, parent) in moves {
                let parent = (parent > 0).then(|| CategoryId::new(parent));
                let tree = CategoryTree::of(rows.clone());
                if tree.may_stand(Some(CategoryId::new(id)), parent).is_ok() {
                    rows.iter_mut().filter(|row| row.id.get() == id).for_each(|row| row.parent_id = parent);
                }
            }
            let tree = CategoryTree::of(rows);
            prop_assert_eq!(tree.0.len(), 7);
            prop_assert!(tree.0.iter().all(|row| (1..=MOST_LEVELS).contains(&tree.level(row.id))));
        }
    }
}
