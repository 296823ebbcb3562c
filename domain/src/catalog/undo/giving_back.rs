//! What an undo gives back: fields that have still the value that the change gave them. Rows that the change added go when
//! they are as it added them; rows that it took away come back.

use serde_json::{Value, json};

use super::KeptField;
use crate::catalog::bulk::BulkProduct;
use crate::catalog::differences::{Difference, Facts, FieldPath, ORDER};
use crate::message::Message;

/// What a product is after an undo, and what was left as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenBack<T> {
    pub product: T,
    pub kept: Vec<KeptField>,
}

impl BulkProduct {
    /// Takes a change back whose fields are all of this form. A variant that could not stand so any more is left as it is.
    pub fn give_back(&self, change: &[Difference]) -> GivenBack<Self> {
        let mut product = self.clone();
        let mut kept = Vec::new();
        for difference in change {
            let now = self.value(&difference.path);
            let keep = |why| KeptField { path: difference.path.clone(), now: now.clone(), why };
            if now.is_none() {
                kept.push(keep(Message::VariantIsGone));
            } else if now == difference.before {
                // Somebody did so by hand.
            } else if now != difference.after {
                kept.push(keep(Message::ChangedSince));
            } else {
                let before = difference.before.as_ref().unwrap_or(&Value::Null);
                if !product.put(&difference.path, before) {
                    kept.push(keep(Message::ChangedSince));
                }
            }
        }
        for (variant, now) in product.variants.iter_mut().zip(&self.variants).filter(|(variant, now)| variant != now) {
            let Some(why) = variant.problem() else { continue };
            variant.clone_from(now);
            let row = format!("#{}", now.id);
            let own = change.iter().filter(|difference| difference.path.get(1) == Some(&row));
            for difference in own.filter(|difference| self.value(&difference.path) == difference.after) {
                kept.push(KeptField { path: difference.path.clone(), now: difference.after.clone(), why: why.clone() });
            }
        }
        GivenBack { product, kept }
    }
}

/// Takes a change of any fields back.
pub fn give_back(now: &Facts, change: &[Difference]) -> GivenBack<Facts> {
    let mut product = now.clone();
    let mut kept = Vec::new();
    let mut lists: Vec<List<'_>> = change.iter().filter_map(List::of).collect();
    // A row before the rows within it.
    lists.sort_by_key(|list| list.path.len());
    let mut gone: Vec<FieldPath> = Vec::new();
    let mut back: Vec<FieldPath> = Vec::new();
    let mut staying: Vec<FieldPath> = Vec::new();

    for row in lists.iter().flat_map(List::added) {
        if is_of(&staying, &row) || is_of(&gone, &row) {
            continue;
        }
        let of_change = change.iter().filter(|difference| difference.path.starts_with(&row));
        let added: Facts =
            of_change.filter_map(|difference| Some((difference.path.clone(), difference.after.clone()?))).collect();
        let is = below(now, &row);
        if is == added {
            product.retain(|path, _| !path.starts_with(&row));
            gone.push(row);
            continue;
        }
        if !is.is_empty() {
            kept.push(KeptField { path: row.clone(), now: None, why: Message::ChangedSince });
        }
        staying.push(row);
    }
    back.extend(lists.iter().flat_map(List::removed).filter(|row| below(now, row).is_empty()));

    for difference in change {
        let path = &difference.path;
        let value = now.get(path);
        if is_of(&back, path) {
            product.extend(difference.before.clone().map(|before| (path.clone(), before)));
        } else if is_order(path) || is_of(&gone, path) || is_of(&staying, path) || value == difference.before.as_ref() {
            // Orders follow, the others need nothing.
        } else if value == difference.after.as_ref() {
            match &difference.before {
                Some(before) => drop(product.insert(path.clone(), before.clone())),
                None => drop(product.remove(path)),
            }
        } else {
            kept.push(KeptField { path: path.clone(), now: value.cloned(), why: Message::ChangedSince });
        }
    }

    // A value stays with the variants and pictures that need it.
    let (needed, gone): (Vec<_>, Vec<_>) = gone.into_iter().partition(|row| is_needed(&product, row));
    for row in needed {
        product.extend(below(now, &row));
        kept.push(KeptField { path: row.clone(), now: None, why: Message::ChangedSince });
        staying.push(row);
    }

    for list in lists.iter().filter(|list| ![&gone, &back, &staying].iter().any(|rows| is_of(rows, list.path))) {
        let is_now = names(now.get(list.path));
        let has_moved = is_now != list.after;
        let is_in = |rows: &[FieldPath], name: &String| rows.contains(&list.row(name));
        let mut order = if has_moved { is_now } else { list.before.clone() };
        // What the change added and what stays all the same has its place behind the others.
        let added = list.after.iter().filter(|name| !has_moved && is_in(&staying, name));
        order.extend(added.cloned());
        order.retain(|name| !is_in(&gone, name));
        let missing: Vec<_> =
            list.before.iter().filter(|name| is_in(&back, name) && !order.contains(name)).cloned().collect();
        order.extend(missing);
        let is_mere_order = list.added().next().is_none() && list.removed().next().is_none();
        if has_moved && is_mere_order && order != list.before {
            let now = now.get(list.path).cloned();
            kept.push(KeptField { path: list.path.clone(), now, why: Message::ChangedSince });
        }
        product.insert(list.path.clone(), json!(order));
    }
    GivenBack { product, kept }
}

/// Whether it is one of the rows, or within one.
fn is_of(rows: &[FieldPath], path: &FieldPath) -> bool {
    rows.iter().any(|row| path.starts_with(row))
}

/// Whether a variant chose a value, or a picture shows one, that is that row or within it.
fn is_needed(product: &Facts, row: &FieldPath) -> bool {
    let [list, option, rest @ ..] = &row[..] else { return false };
    let names = |pair: &Value| {
        pair.get(0).and_then(Value::as_str) == Some(option)
            && rest.last().is_none_or(|value| pair.get(1).and_then(Value::as_str) == Some(value))
    };
    list == "options"
        && product.iter().any(|(path, value)| match path.last().map(String::as_str) {
            Some("values") if path.len() == 3 => value.as_array().into_iter().flatten().any(names),
            Some("shows") => names(value),
            _ => false,
        })
}

/// The order of a list before and after a change.
struct List<'a> {
    path: &'a FieldPath,
    before: Vec<String>,
    after: Vec<String>,
}

impl<'a> List<'a> {
    fn of(difference: &'a Difference) -> Option<Self> {
        let (before, after) = (names(difference.before.as_ref()), names(difference.after.as_ref()));
        is_order(&difference.path).then_some(Self { path: &difference.path, before, after })
    }

    /// The path below which the facts of a row stand.
    fn row(&self, name: &str) -> FieldPath {
        let list = self.path.split_last().map(|(_, list)| list).unwrap_or_default();
        [list, &[name.to_owned()]].concat()
    }

    fn added(&self) -> impl Iterator<Item = FieldPath> {
        self.after.iter().filter(|name| !self.before.contains(name)).map(|name| self.row(name))
    }

    fn removed(&self) -> impl Iterator<Item = FieldPath> {
        self.before.iter().filter(|name| !self.after.contains(name)).map(|name| self.row(name))
    }
}

fn below(facts: &Facts, row: &FieldPath) -> Facts {
    let own = facts.iter().filter(|(path, _)| path.starts_with(row));
    own.map(|(path, value)| (path.clone(), value.clone())).collect()
}

fn is_order(path: &FieldPath) -> bool {
    path.last().is_some_and(|name| name == ORDER)
}

fn names(order: Option<&Value>) -> Vec<String> {
    let names = order.and_then(Value::as_array).into_iter().flatten();
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
