//! A document as branches with names, whose leaves are its facts: two of them are compared without writing out what is the
//! same on both sides.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Difference, Facts, FieldPath, Names, ORDER, object, rows};
use crate::catalog::ProductDocument;
use crate::locale::Locale;

type Branches = BTreeMap<String, Tree>;

pub(super) enum Tree {
    Leaf(Value),
    Branches(Branches),
}

impl Tree {
    pub(super) fn of(document: &ProductDocument) -> Self {
        let mut whole = match serde_json::to_value(document) {
            Ok(Value::Object(whole)) => whole,
            // A document has nothing that JSON could not write.
            Ok(_) | Err(_) => Map::new(),
        };
        let names = Names::of(document);

        let options = rows(whole.remove("options")).into_iter().zip(&names.values).map(|(option, names)| {
            let mut option = object(option);
            let values = rows(option.remove("values")).into_iter().map(|value| grown(object(value)));
            let values = named(values, names);
            let mut option = grown(option);
            option.insert("values".to_owned(), values);
            option
        });
        let options = named(options, &names.options);

        let variants = rows(whole.remove("variants")).into_iter().zip(&document.variants).map(|(variant, own)| {
            let mut variant = object(variant);
            variant.insert("values".to_owned(), json!(names.chosen(&own.values)));
            variant.insert("picture".to_owned(), json!(own.picture.and_then(|at| names.pictures.get(at))));
            grown(variant)
        });
        let variants = named(variants, &names.variants);

        let pictures = rows(whole.remove("pictures")).into_iter().zip(&document.pictures).map(|(picture, own)| {
            let mut picture = object(picture);
            picture.insert("shows".to_owned(), json!(own.shows.map(|(option, value)| names.value(option, value))));
            grown(picture)
        });
        let pictures = named(pictures, &names.pictures);

        let mut tree = grown(whole);
        let lists = [("options", options), ("variants", variants), ("pictures", pictures)];
        tree.extend(lists.map(|(name, list)| (name.to_owned(), list)));
        Self::Branches(tree)
    }

    /// Every leaf under its path.
    pub(super) fn facts(self) -> Facts {
        let mut facts = Facts::new();
        walk(Vec::new(), self, &mut facts);
        facts
    }

    /// The leaves that differ, in the order of their paths.
    pub(super) fn differences(self, after: Self) -> Vec<Difference> {
        let mut found = Vec::new();
        compare(&mut Vec::new(), Some(self), Some(after), &mut found);
        found
    }
}

/// The rows of a list under their names, with the order in which they stand.
fn named(rows: impl Iterator<Item = Branches>, names: &[String]) -> Tree {
    let mut list: Branches = names.iter().cloned().zip(rows.map(Tree::Branches)).collect();
    list.insert(ORDER.to_owned(), Tree::Leaf(json!(names)));
    Tree::Branches(list)
}

/// The fields of an object; a value in each language is one leaf for each.
fn grown(fields: Map<String, Value>) -> Branches {
    let tree = |value: Value| {
        if !value.as_object().is_some_and(is_translated) {
            return Tree::Leaf(value);
        }
        Tree::Branches(object(value).into_iter().map(|(name, value)| (name, Tree::Leaf(value))).collect())
    };
    fields.into_iter().map(|(name, value)| (name, tree(value))).collect()
}

fn is_translated(object: &Map<String, Value>) -> bool {
    object.len() == Locale::ALL.len() && Locale::ALL.iter().all(|locale| object.contains_key(locale.as_str()))
}

fn walk(path: FieldPath, tree: Tree, facts: &mut Facts) {
    match tree {
        Tree::Leaf(value) => drop(facts.insert(path, value)),
        Tree::Branches(branches) => {
            for (name, tree) in branches {
                let mut path = path.clone();
                path.push(name);
                walk(path, tree, facts);
            }
        }
    }
}

fn compare(path: &mut FieldPath, before: Option<Tree>, after: Option<Tree>, found: &mut Vec<Difference>) {
    let ((before, old), (after, new)) = (parts(before), parts(after));
    if before != after {
        found.push(Difference { path: path.clone(), before, after });
    }
    let (mut old, mut new) = (old.into_iter().peekable(), new.into_iter().peekable());
    loop {
        let (was, is) = match (old.peek(), new.peek()) {
            (None, None) => break,
            (Some(_), None) => (old.next(), None),
            (None, Some(_)) => (None, new.next()),
            (Some((was, _)), Some((is, _))) => {
                let order = was.cmp(is);
                (order.is_le().then(|| old.next()).flatten(), order.is_ge().then(|| new.next()).flatten())
            }
        };
        let (was, is) = (was.unzip(), is.unzip());
        path.extend(was.0.or(is.0));
        compare(path, was.1, is.1, found);
        path.pop();
    }
}

/// The leaf or the branches.
fn parts(tree: Option<Tree>) -> (Option<Value>, Branches) {
    match tree {
        None => (None, Branches::new()),
        Some(Tree::Leaf(value)) => (Some(value), Branches::new()),
        Some(Tree::Branches(branches)) => (None, branches),
    }
}
