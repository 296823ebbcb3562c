//! Whether a browser already has what it asks for (RFC 9110, section 13.1.2).

use axum::http::HeaderMap;
use axum::http::header::IF_NONE_MATCH;

/// Whether one of the tags that a request names is this one; a star names whatever there is. None of ours holds a comma.
pub(crate) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lines = headers.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    let mut known = lines.flat_map(|line| line.split(',')).map(str::trim);
    known.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::is_known;

    #[test]
    fn a_tag_is_known_in_any_list_and_by_a_star() {
        let asked = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("if-none-match", HeaderValue::from_static(line));
            }
            is_known(&headers, "\"a1\"")
        };
        assert!(asked(&["*"]) && asked(&["\"a1\""]) && asked(&["W/\"a1\""]) && asked(&["\"b\", W/\"a1\""]));
        assert!(asked(&["\"b\"", "\"a1\""]));
        assert!(!asked(&[]) && !asked(&["\"a12\""]) && !asked(&["a1"]) && !asked(&["\"b*\""]));
    }
}
