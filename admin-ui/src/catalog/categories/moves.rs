//! Where a category goes when it is moved by a key or by the mouse.

use domain::catalog::{CategoryId, CategoryTree, MoveCategory};

/// A move by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Up,
    Down,
    /// Into the sibling above.
    In,
    /// Beside its parent, behind it.
    Out,
}

/// The wish to move it so; nothing when it cannot go there.
pub(super) fn request_of(tree: &CategoryTree, id: CategoryId, step: Move) -> Option<MoveCategory> {
    let parent = tree.get(id)?.parent_id;
    let siblings = children(tree, parent);
    let at = siblings.iter().position(|sibling| *sibling == id)?;
    let (parent_id, before) = match step {
        Move::Up => (parent, Some(*siblings.get(at.checked_sub(1)?)?)),
        Move::Down => {
            siblings.get(at + 1)?;
            (parent, siblings.get(at + 2).copied())
        }
        Move::In => (Some(*siblings.get(at.checked_sub(1)?)?), None),
        Move::Out => {
            let above = parent?;
            let grand = tree.get(above)?.parent_id;
            let aunts = children(tree, grand);
            let place = aunts.iter().position(|aunt| *aunt == above)?;
            (grand, aunts.get(place + 1).copied())
        }
    };
    tree.may_stand(Some(id), parent_id).ok()?;
    Some(MoveCategory { category_id: id, parent_id, before })
}

/// The wish to put it where another one stands: before it when it comes from below, behind it when it comes from above.
pub(super) fn before(tree: &CategoryTree, id: CategoryId, other: CategoryId) -> Option<MoveCategory> {
    let parent_id = tree.get(other)?.parent_id;
    tree.may_stand(Some(id), parent_id).ok()?;
    let siblings = children(tree, parent_id);
    let to = siblings.iter().position(|sibling| *sibling == other)?;
    let from = siblings.iter().position(|sibling| *sibling == id);
    let before = match from {
        Some(from) if from < to => siblings.get(to + 1).copied(),
        _ => Some(other),
    };
    (id != other).then_some(MoveCategory { category_id: id, parent_id, before })
}

fn children(tree: &CategoryTree, parent: Option<CategoryId>) -> Vec<CategoryId> {
    tree.0.iter().filter(|row| row.parent_id == parent).map(|row| row.id).collect()
}

#[cfg(test)]
mod tests {
    use domain::catalog::{CategoryId, CategoryRow, CategoryTree};
    use domain::locale::Translated;

    use super::{Move, before, request_of};

    fn row(id: u64, parent: Option<u64>) -> CategoryRow {
        CategoryRow {
            id: CategoryId::new(id),
            parent_id: parent.map(CategoryId::new),
            version: 1,
            slug: format!("c-{id}"),
            name: Translated::same(id.to_string()),
            picture: None,
            products: 0,
        }
    }

    /// 1 with 2 (with 3) and 4; then 5.
    fn tree() -> CategoryTree {
        CategoryTree::of(vec![row(1, None), row(2, Some(1)), row(3, Some(2)), row(4, Some(1)), row(5, None)])
    }

    fn goes(id: u64, step: Move) -> Option<(Option<u64>, Option<u64>)> {
        let request = request_of(&tree(), CategoryId::new(id), step)?;
        Some((request.parent_id.map(CategoryId::get), request.before.map(CategoryId::get)))
    }

    #[test]
    fn keys_move_a_category_among_its_siblings() {
        assert_eq!(goes(4, Move::Up), Some((Some(1), Some(2))));
        assert_eq!(goes(2, Move::Down), Some((Some(1), None)));
        assert_eq!(goes(2, Move::Up), None);
        assert_eq!(goes(5, Move::Down), None);
    }

    #[test]
    fn keys_move_a_category_in_and_out_of_others_as_far_as_the_levels_go() {
        assert_eq!(goes(5, Move::In), Some((Some(1), None)));
        assert_eq!(goes(4, Move::In), Some((Some(2), None)));
        assert_eq!(goes(3, Move::Out), Some((Some(1), Some(4))));
        assert_eq!(goes(2, Move::Out), Some((None, Some(5))));
        assert_eq!(goes(1, Move::Out), None);
        assert_eq!(goes(1, Move::In), None, "nothing stands above it");
    }

    #[test]
    fn what_is_dropped_on_another_takes_its_place() {
        let place = |id: u64, other: u64| {
            let request = before(&tree(), CategoryId::new(id), CategoryId::new(other))?;
            Some((request.parent_id.map(CategoryId::get), request.before.map(CategoryId::get)))
        };
        assert_eq!(place(5, 1), Some((None, Some(1))));
        assert_eq!(place(1, 5), Some((None, None)), "from above, it comes behind");
        assert_eq!(place(5, 3), Some((Some(2), Some(3))));
        assert_eq!(place(1, 3), None, "not into itself");
    }
}
