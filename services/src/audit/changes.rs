//! In what two values differ, leaf by leaf, for a person to read.

use std::collections::BTreeMap;

use domain::audit::FieldChange;
use serde_json::Value;

/// A longer text is cut: the history shows what changed, not all that was written.
const MOST_CHARACTERS: usize = 300;

/// The leaves that differ, in the order in which the newer value has them.
pub(super) fn between(before: &Value, after: &Value) -> Vec<FieldChange> {
    let (mut old, mut new) = (Leaves::default(), Leaves::default());
    old.gather(before, &mut Vec::new());
    new.gather(after, &mut Vec::new());

    let mut changes = Vec::new();
    for path in &new.order {
        let (before, after) = (old.values.remove(path), new.values.remove(path));
        if before != after {
            changes.push(FieldChange { path: path.clone(), before, after });
        }
    }
    for path in &old.order {
        if let Some(gone) = old.values.remove(path) {
            changes.push(FieldChange { path: path.clone(), before: Some(gone), after: None });
        }
    }
    changes
}

/// Values by the names that lead to them; what is empty is not there.
#[derive(Default)]
struct Leaves {
    order: Vec<Vec<String>>,
    values: BTreeMap<Vec<String>, String>,
}

impl Leaves {
    fn gather(&mut self, value: &Value, path: &mut Vec<String>) {
        match value {
            Value::Null => {}
            Value::Bool(truth) => self.put(path, truth.to_string()),
            Value::Number(number) => self.put(path, number.to_string()),
            Value::String(text) => self.put(path, text.clone()),
            Value::Array(values) if values.iter().all(is_scalar) => {
                let words: Vec<String> = values.iter().map(word).collect();
                self.put(path, words.join(", "));
            }
            Value::Array(values) => {
                for (position, value) in (1..).zip(values) {
                    self.at(path, i32::to_string(&position), value);
                }
            }
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.at(path, name.clone(), value);
                }
            }
        }
    }

    fn at(&mut self, path: &mut Vec<String>, name: String, value: &Value) {
        path.push(name);
        self.gather(value, path);
        path.pop();
    }

    fn put(&mut self, path: &[String], text: String) {
        if text.is_empty() {
            return;
        }
        let is_long = text.chars().count() > MOST_CHARACTERS;
        let text = if is_long { text.chars().take(MOST_CHARACTERS).chain(['…']).collect() } else { text };
        self.order.push(path.to_vec());
        self.values.insert(path.to_vec(), text);
    }
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Object(_))
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::between;

    fn told(before: &Value, after: &Value) -> Vec<String> {
        let side = |side: Option<String>| side.unwrap_or_else(|| "-".to_owned());
        between(before, after)
            .into_iter()
            .map(|change| format!("{}: {} > {}", change.path.join("."), side(change.before), side(change.after)))
            .collect()
    }

    #[test]
    fn only_what_differs_is_told() {
        let before = json!({ "name": "Toko", "zones": [{ "price": 10, "cities": ["Depok"] }], "note": "" });
        let after = json!({ "name": "Toko", "zones": [{ "price": 12, "cities": ["Depok", "Bogor"] }], "note": "x" });
        assert_eq!(
            told(&before, &after),
            ["note: - > x", "zones.1.cities: Depok > Depok, Bogor", "zones.1.price: 10 > 12"]
        );
        assert_eq!(told(&after, &after), [""; 0]);
    }

    #[test]
    fn a_thing_comes_from_nothing_and_goes_to_nothing() {
        let thing = json!({ "slug": "kemeja", "price": 5 });
        assert_eq!(told(&Value::Null, &thing), ["price: - > 5", "slug: - > kemeja"]);
        assert_eq!(told(&thing, &Value::Null), ["price: 5 > -", "slug: kemeja > -"]);
    }

    #[test]
    fn a_long_text_is_cut() {
        let changes = between(&Value::Null, &json!({ "about": "é".repeat(1_000) }));
        assert_eq!(changes[0].after.as_ref().unwrap().chars().count(), 301);
    }
}
