//! `GET /api/v1/openapi.json`: the API's own description, written by hand and held to the route table by a test.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

const DOCUMENT: &str = include_str!("../../openapi/v1.json");

#[cfg(test)]
pub(super) mod conformance;

/// Shows the document.
pub(crate) async fn show() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=300")], DOCUMENT)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::conformance::{document, resolve};
    use crate::routes::ROUTES;

    #[test]
    fn the_document_describes_exactly_the_live_routes() {
        let document = document();
        let described: BTreeSet<(String, String)> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, item)| {
                let methods = item.as_object().unwrap().keys().filter(|key| key.as_str() != "parameters");
                methods.map(move |method| (method.clone(), path.clone()))
            })
            .collect();
        let of_the_api = ROUTES.iter().filter(|route| route.path.starts_with("/api/"));
        let live = of_the_api.map(|route| (route.method.to_owned(), route.path.to_owned())).collect();
        assert_eq!(described, live);
    }

    #[test]
    fn every_reference_of_the_document_leads_somewhere() {
        fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
            match value {
                Value::Object(object) => {
                    found.extend(object.get("$ref").and_then(Value::as_str));
                    object.values().for_each(|value| references(value, found));
                }
                Value::Array(items) => items.iter().for_each(|value| references(value, found)),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        let document = document();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 20);
        for reference in found {
            assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
        }
    }

    #[test]
    fn every_parameter_of_a_path_is_described() {
        let document = document();
        for (path, item) in document["paths"].as_object().unwrap() {
            let wanted = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
            let parameters = item.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
            let described: Vec<&Value> = parameters.iter().map(|parameter| resolve(&document, parameter)).collect();
            for name in wanted {
                let is_described = described.iter().any(|it| it["name"] == name && it["in"] == "path");
                assert!(is_described, "{path}: {name}");
            }
        }
    }
}
