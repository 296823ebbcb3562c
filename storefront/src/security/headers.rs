//! The headers of every answer. The content security policy allows nothing inline and nothing from elsewhere.

use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use services::Shop;

use crate::Site;

/// Adds the headers that every answer carries; one that the answer brought itself is kept.
/// A form may lead to the pages of the gateways that are in use: a browser checks the redirect that follows a form, too.
pub(crate) async fn set_headers(State((site, shop)): State<(Site, Shop)>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if !headers.contains_key(CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::from_str(&policy(&shop.page_origins().join(" ")))
    {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    always(headers);
    if site.is_https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// The headers that suit every server of ours, whatever it shows.
pub(crate) fn always(headers: &mut HeaderMap) {
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // An order's address holds its token: no other site may hear it. Our own forms need their `Origin`.
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

fn policy(form_targets: &str) -> String {
    let form_action = format!("form-action 'self' {form_targets}");
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        form_action.trim_end(),
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
    .join("; ")
}

#[cfg(test)]
mod tests {
    use super::policy;

    /// Pitfall S8. Pitfall S17.
    #[test]
    fn the_policy_allows_nothing_inline() {
        let policy = policy("http://127.0.0.1:4000");
        assert!(!policy.contains("unsafe"));
        assert!(policy.starts_with("default-src 'none'; "));
        assert!(policy.contains("; form-action 'self' http://127.0.0.1:4000; "));
    }
}
