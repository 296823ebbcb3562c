//! Failures as pages: the words and the way back that a person gets where a page could not be made.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Json, Response};
use domain::locale::Locale;
use domain::message::Message;
use domain::problem::{Kind, Problem};
use services::Shop;

use crate::assets;
use crate::layout::{self, Layout};
use crate::session::{Theme, Visitor};
use crate::texts::{Frame, Words};
use crate::visit::Visit;

/// Gives every failure behind it a face, unless it has one: a middleware around all routes.
pub(crate) async fn dress(State(shop): State<Shop>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visitor = Visitor::unasked(&parts, &shop);
    let is_order = parts.uri.path().starts_with("/orders/");
    let mut bare = next.run(Request::from_parts(parts, body)).await;

    let status = bare.status();
    let has_failed = status.is_client_error() || status.is_server_error();
    let has_face = bare.headers().get(CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    if !has_failed || has_face {
        return bare;
    }
    let problem = bare.extensions_mut().remove::<Problem>().unwrap_or_else(|| problem_of(status));
    let mut dressed = page(&shop, visitor, status, &problem, is_order).await;
    // What the inner layers said beside the body, such as `Allow`, stays.
    for (name, value) in bare.headers() {
        if name != CONTENT_TYPE && name != CONTENT_LENGTH && !dressed.headers().contains_key(name) {
            dressed.headers_mut().append(name, value.clone());
        }
    }
    dressed
}

/// A failure as a page in the shop's frame; to our own script one JSON sentence.
///
/// When the failure is ours, or the frame itself cannot be loaded, the page stands alone: it needs no database.
async fn page(shop: &Shop, visitor: Visitor, status: StatusCode, problem: &Problem, is_order: bool) -> Response {
    let locale = visitor.locale.unwrap_or(Locale::Indonesian);
    if visitor.wants_json {
        return (status, Json(serde_json::json!({ "message": problem.message.text(locale) }))).into_response();
    }
    if problem.kind.is_ours() {
        return alone(&visitor, status, problem);
    }
    let away = Problem::new(Kind::Unavailable, Message::DatabaseUnavailable);
    let Ok(visit) = Visit::of(shop, visitor.clone()).await else {
        return alone(&visitor, StatusCode::SERVICE_UNAVAILABLE, &away);
    };
    let layout = match Layout::load(shop, visit).await {
        Ok(layout) => layout,
        Err(failure) => return alone(&visitor, StatusCode::SERVICE_UNAVAILABLE, failure.problem().unwrap_or(&away)),
    };
    let (title, hint) = words(problem, is_order, layout.locale);
    let page = Failure { code: status.as_u16(), is_missing: problem.kind == Kind::NotFound, title, hint, layout };
    page.layout.page(status, &page).unwrap_or_else(|_| alone(&visitor, status, problem))
}

/// A failure as a page that stands alone.
pub(crate) fn alone(visitor: &Visitor, status: StatusCode, problem: &Problem) -> Response {
    let (title, hint) = if problem.message == Message::NotSetUp {
        (Frame::SoonTitle, Frame::SoonHint)
    } else if problem.kind == Kind::Unavailable {
        (Frame::AwayTitle, Frame::AwayHint)
    } else {
        (Frame::BrokenTitle, Frame::BrokenHint)
    };
    let locale = visitor.locale.unwrap_or(Locale::Indonesian);
    let page = Alone {
        locale,
        theme: visitor.theme.map_or("", Theme::as_str),
        is_away: problem.kind == Kind::Unavailable,
        title: title.text(locale),
        hint: hint.text(locale),
    };
    let mut response = layout::html(status, &page).unwrap_or_else(|_| status.into_response());
    if page.is_away {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

#[derive(Template)]
#[template(path = "alone.html")]
struct Alone {
    locale: Locale,
    theme: &'static str,
    is_away: bool,
    title: String,
    hint: String,
}

impl Alone {
    fn say(&self, text: impl Words) -> String {
        text.words(self.locale)
    }

    fn asset(&self, name: &str) -> String {
        assets::address(name)
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct Failure {
    layout: Layout,
    code: u16,
    is_missing: bool,
    title: String,
    hint: String,
}

fn words(problem: &Problem, is_order: bool, locale: Locale) -> (String, String) {
    let (title, hint) = match problem.kind {
        Kind::NotFound if is_order => (Frame::OrderNotFoundTitle, Frame::OrderNotFoundHint),
        Kind::NotFound => (Frame::NotFoundTitle, Frame::NotFoundHint),
        Kind::Forbidden => (Frame::NotOursTitle, Frame::NotOursHint),
        Kind::Invalid | Kind::Refused | Kind::SignedOut | Kind::TooMany => {
            return (Frame::OddTitle.text(locale), problem.message.text(locale));
        }
        Kind::Unavailable => (Frame::AwayTitle, Frame::AwayHint),
        Kind::Internal => (Frame::BrokenTitle, Frame::BrokenHint),
    };
    (title.text(locale), hint.text(locale))
}

/// What a bare status of the router means to a person.
fn problem_of(status: StatusCode) -> Problem {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Problem::new(Kind::NotFound, Message::NoSuchPage),
        StatusCode::SERVICE_UNAVAILABLE => Problem::new(Kind::Unavailable, Message::DatabaseUnavailable),
        status if status.is_client_error() => Problem::new(Kind::Invalid, Message::Unreadable),
        _ => Problem::new(Kind::Internal, Message::Internal),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, Method, StatusCode};
    use domain::locale::Locale;
    use domain::message::Message;
    use domain::problem::{Kind, Problem};

    use super::{alone, problem_of, words};
    use crate::session::Visitor;

    #[test]
    fn the_page_of_an_unreachable_shop_needs_no_shop() {
        let visitor = Visitor::read(&Method::GET, "/cart", &HeaderMap::new(), false);
        let away = Problem::new(Kind::Unavailable, Message::DatabaseUnavailable);
        let response = alone(&visitor, StatusCode::SERVICE_UNAVAILABLE, &away);
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()["retry-after"], "5");
    }

    #[test]
    fn a_missing_order_is_told_apart_from_a_missing_page() {
        let missing = Problem::new(Kind::NotFound, Message::NoSuchPage);
        assert_ne!(words(&missing, false, Locale::English), words(&missing, true, Locale::English));

        let too_many = Problem::new(Kind::TooMany, Message::TooManyTries);
        assert_eq!(words(&too_many, false, Locale::English).1, Message::TooManyTries.text(Locale::English));
    }

    #[test]
    fn a_bare_status_becomes_the_nearest_problem() {
        assert_eq!(problem_of(StatusCode::METHOD_NOT_ALLOWED).kind, Kind::NotFound);
        assert_eq!(problem_of(StatusCode::PAYLOAD_TOO_LARGE).kind, Kind::Invalid);
        assert_eq!(problem_of(StatusCode::BAD_GATEWAY).kind, Kind::Internal);
    }
}
