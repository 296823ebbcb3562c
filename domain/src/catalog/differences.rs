//! A document as a list of single facts, each under a path that stays the same when rows move: what two people changed,
//! what an import would change, and what an undo gives back are all found by comparing two such lists.
//!
//! A path names rows by what they are, never by where they stand: `variants`, `#17`, `price`. What is stored is `#id`;
//! what is not yet, is called by its own words. The order of a list is a fact of its own.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};

use super::document::ProductDocument;
use crate::locale::Translated;
use tree::Tree;

mod tree;

/// The names that lead to a fact, from the outside in.
pub type FieldPath = Vec<String>;

/// All facts of a document.
pub type Facts = BTreeMap<FieldPath, Value>;

/// The path's end under which the order of a list stands.
pub const ORDER: &str = "order";

/// A field in which two documents differ. What one of them has not, is nothing there; an empty field is `null`, and there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    pub path: FieldPath,
    #[serde(default, deserialize_with = "there", skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    #[serde(default, deserialize_with = "there", skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// Reads a value that is there, `null` included.
pub(super) fn there<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(value).map(Some)
}

/// The lists of a document whose rows have names of their own.
const LISTS: [&str; 3] = ["options", "variants", "pictures"];

/// The fields in which two documents differ, in the order of their paths; none when they are the same.
pub fn differences(before: &ProductDocument, after: &ProductDocument) -> Vec<Difference> {
    if before == after { Vec::new() } else { Tree::of(before).differences(Tree::of(after)) }
}

/// The same for facts.
pub fn between(before: &Facts, after: &Facts) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    for (path, was) in before {
        let is = after.get(path);
        if is != Some(was) {
            found.push(Difference { path: path.clone(), before: Some(was.clone()), after: is.cloned() });
        }
    }
    for (path, is) in after.iter().filter(|(path, _)| !before.contains_key(*path)) {
        found.push(Difference { path: path.clone(), before: None, after: Some(is.clone()) });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The facts of a document.
pub fn facts(document: &ProductDocument) -> Facts {
    Tree::of(document).facts()
}

/// The document that has those facts; nothing when they are not those of one.
pub fn document(facts: &Facts) -> Option<ProductDocument> {
    let mut whole = Map::new();
    for (path, value) in facts {
        if !path.first().is_some_and(|first| LISTS.contains(&first.as_str())) {
            set(&mut whole, path, value.clone());
        }
    }
    let order = |path: &[String]| names_in(facts.get(&[path, &[ORDER.to_owned()]].concat()));
    let mut places: HashMap<(String, String), (usize, usize)> = HashMap::new();
    let mut options = Vec::new();
    for (at, name) in order(&["options".to_owned()]).into_iter().enumerate() {
        let path = vec!["options".to_owned(), name.clone()];
        let values_path = [&path[..], &["values".to_owned()]].concat();
        let mut option = row(facts, &path);
        option.remove("values");
        let mut values = Vec::new();
        for (place, value) in order(&values_path).into_iter().enumerate() {
            values.push(Value::Object(row(facts, &[&values_path[..], std::slice::from_ref(&value)].concat())));
            places.insert((name.clone(), value), (at, place));
        }
        option.insert("values".to_owned(), Value::Array(values));
        options.push(Value::Object(option));
    }
    let pictures_order = order(&["pictures".to_owned()]);
    let place = |pair: &Value| {
        let [option, value] = <[String; 2]>::try_from(names_in(Some(pair))).ok()?;
        places.get(&(option, value)).copied()
    };
    let mut variants = Vec::new();
    for name in order(&["variants".to_owned()]) {
        let mut variant = row(facts, &["variants".to_owned(), name]);
        let mut chosen: Vec<(usize, usize)> =
            rows(variant.remove("values")).iter().map(place).collect::<Option<_>>()?;
        chosen.sort_unstable();
        variant.insert("values".to_owned(), json!(chosen.into_iter().map(|(_, value)| value).collect::<Vec<_>>()));
        let picture = variant.remove("picture").and_then(|name| name.as_str().map(str::to_owned));
        let picture = picture.and_then(|name| pictures_order.iter().position(|other| *other == name));
        variant.insert("picture".to_owned(), json!(picture));
        variants.push(Value::Object(variant));
    }
    let mut pictures = Vec::new();
    for name in &pictures_order {
        let mut picture = row(facts, &["pictures".to_owned(), name.clone()]);
        let shows = picture.remove("shows").as_ref().and_then(place);
        picture.insert("shows".to_owned(), json!(shows));
        pictures.push(Value::Object(picture));
    }
    whole.insert("options".to_owned(), Value::Array(options));
    whole.insert("variants".to_owned(), Value::Array(variants));
    whole.insert("pictures".to_owned(), Value::Array(pictures));
    serde_json::from_value(Value::Object(whole)).ok()
}

/// What rows are called: by their ids, or else by their words.
struct Names {
    options: Vec<String>,
    values: Vec<Vec<String>>,
    variants: Vec<String>,
    pictures: Vec<String>,
}

impl Names {
    fn of(document: &ProductDocument) -> Self {
        let called = |id: Option<u64>, words: String| id.map_or(words, |id| format!("#{id}"));
        let both = |text: &Translated| text.each().collect::<Vec<_>>().join(" | ");
        let options = document.options.iter().map(|option| called(option.id.map(|id| id.get()), both(&option.name)));
        let values = document.options.iter().map(|option| {
            let values = option.values.iter().map(|value| called(value.id.map(|id| id.get()), both(&value.value)));
            apart(values)
        });
        let (options, values) = (apart(options), values.collect());
        let variants = document
            .variants
            .iter()
            .map(|variant| called(variant.id.map(|id| id.get()), both(&document.options_text(variant))));
        let variants = apart(variants);
        let pictures = apart(document.pictures.iter().map(|picture| picture.key.clone()));
        Self { options, values, variants, pictures }
    }

    fn value(&self, option: usize, value: usize) -> Option<[&str; 2]> {
        Some([self.options.get(option)?, self.values.get(option)?.get(value)?])
    }

    /// Sorted, so that options may change their places without a change of each variant.
    fn chosen(&self, values: &[usize]) -> Vec<Option<[&str; 2]>> {
        let mut chosen: Vec<_> = values.iter().enumerate().map(|(option, value)| self.value(option, *value)).collect();
        chosen.sort_unstable();
        chosen
    }
}

/// The names, each made different from those before it and from the word under which an order stands.
fn apart(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for name in names {
        let mut wanted = if name.is_empty() { "-".to_owned() } else { name };
        while wanted == ORDER || taken.contains(&wanted) {
            wanted.push('~');
        }
        taken.push(wanted);
    }
    taken
}

/// The object of the facts below a path.
fn row(facts: &Facts, path: &[String]) -> Map<String, Value> {
    let mut object = Map::new();
    let below = facts.range(path.to_vec()..).take_while(|(other, _)| other.starts_with(path));
    for (other, value) in below {
        set(&mut object, &other[path.len()..], value.clone());
    }
    object
}

fn set(object: &mut Map<String, Value>, path: &[String], value: Value) {
    match path {
        [] => {}
        [name] => drop(object.insert(name.clone(), value)),
        [name, rest @ ..] => {
            let inner = object.entry(name.clone()).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                set(inner, rest, value);
            }
        }
    }
}

fn rows(list: Option<Value>) -> Vec<Value> {
    if let Some(Value::Array(rows)) = list { rows } else { Vec::new() }
}

fn object(row: Value) -> Map<String, Value> {
    if let Value::Object(object) = row { object } else { Map::new() }
}

fn names_in(list: Option<&Value>) -> Vec<String> {
    let names = list.and_then(Value::as_array).into_iter().flatten();
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
#[path = "differences/tests.rs"]
mod tests;
