//! For tests: whether an answer is what the OpenAPI document promises, property by property in both directions.

use serde_json::Value;

/// The document.
pub(in crate::api) fn document() -> Value {
    serde_json::from_str(super::DOCUMENT).unwrap()
}

/// What a value of the document stands for, when it is a reference.
pub(in crate::api) fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => value,
    }
}

/// Fails unless the answer has exactly the shape of that schema.
pub(in crate::api) fn assert_conforms(name: &str, answer: &Value) {
    let document = document();
    let schema = document.pointer(&format!("/components/schemas/{name}")).unwrap();
    if let Err(problem) = check(&document, schema, answer) {
        panic!("{name}{problem}\n{answer:#}");
    }
}

fn check(document: &Value, schema: &Value, answer: &Value) -> Result<(), String> {
    let schema = resolve(document, schema);
    if let Some(choices) = schema.get("oneOf").and_then(Value::as_array) {
        let is_one = choices.iter().any(|choice| check(document, choice, answer).is_ok());
        return if is_one { Ok(()) } else { Err(format!(" is none of {choices:?}")) };
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return if words.contains(answer) { Ok(()) } else { Err(format!(" is none of {words:?}")) };
    }
    match answer {
        Value::Object(object) => {
            let parts = parts(document, schema);
            let described = |key: &str| parts.iter().find_map(|part| part.get("properties")?.get(key));
            for (key, value) in object {
                let schema = described(key).ok_or_else(|| format!(".{key} is not in the document"))?;
                check(document, schema, value).map_err(|problem| format!(".{key}{problem}"))?;
            }
            let required = parts.iter().filter_map(|part| part.get("required")?.as_array()).flatten();
            let mut missing = required.filter(|key| key.as_str().is_some_and(|key| !object.contains_key(key)));
            missing.next().map_or(Ok(()), |key| Err(format!(".{key} is missing")))
        }
        Value::Array(items) => {
            let schema = schema.get("items").ok_or(" is no list in the document")?;
            items.iter().try_for_each(|item| check(document, schema, item).map_err(|problem| format!("[]{problem}")))
        }
        Value::Null => is_of(schema, "null"),
        Value::Bool(_) => is_of(schema, "boolean"),
        Value::Number(_) => is_of(schema, "integer"),
        Value::String(_) => is_of(schema, "string"),
    }
}

/// The schemas that an object must satisfy together.
fn parts<'a>(document: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    match schema.get("allOf").and_then(Value::as_array) {
        Some(parts) => parts.iter().map(|part| resolve(document, part)).collect(),
        None => vec![schema],
    }
}

fn is_of(schema: &Value, kind: &str) -> Result<(), String> {
    let promised = &schema["type"];
    let is_promised = promised == kind || promised.as_array().is_some_and(|kinds| kinds.iter().any(|it| it == kind));
    if is_promised { Ok(()) } else { Err(format!(" is a {kind}, not {promised}")) }
}
