//! Refuses forms that other sites send through a shopper's browser.
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`; no page can forge either. A
//! request with neither comes from a program, which carries nobody's cookies.

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::message::Message;
use domain::problem::{Kind, Problem};
use services::Shop;

use crate::failure::Failure;

/// Lets through what only reads, what our own pages send, and what programs send.
pub(crate) async fn refuse_other_sites(State(shop): State<Shop>, request: Request, next: Next) -> Response {
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if only_reads || request.uri().path().starts_with("/webhooks/") || is_ours(request.headers(), &shop.public_url()) {
        next.run(request).await
    } else {
        Failure::from(Problem::new(Kind::Forbidden, Message::NotSameSite)).into_response()
    }
}

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site") {
        // `none` is a person: a reloaded form, for example.
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let has_our_host = text(HOST).is_some_and(|host| {
        let named = origin.split_once("://").map(|(_, named)| named);
        named.is_some_and(|named| named.eq_ignore_ascii_case(host))
    });
    has_our_host || origin.eq_ignore_ascii_case(public_url)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::is_ours;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn only_our_own_pages_and_programs_may_send_forms() {
        let ours = |pairs| is_ours(&headers(pairs), "https://toko.example");
        assert!(ours(&[]));
        assert!(ours(&[("sec-fetch-site", "same-origin"), ("origin", "https://toko.example")]));
        assert!(ours(&[("origin", "https://toko.example"), ("host", "127.0.0.1:8080")]));
        assert!(ours(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("sec-fetch-site", "same-site"), ("origin", "https://toko.example")]));
        assert!(!ours(&[("origin", "https://evil.example"), ("host", "toko.example")]));
        assert!(!ours(&[("origin", "null"), ("host", "toko.example")]));
    }
}
