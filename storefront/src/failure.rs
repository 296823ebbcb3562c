//! Failures on their way out: a handler or a guard says what is wrong, and [`speak`] says it in the caller's language
//! as `application/problem+json` (RFC 9457) to programs. People get a page instead, from [`crate::page_error`].

use std::time::Duration;

use axum::Json;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::locale::Locale;
use domain::message::Message;
use domain::problem::{FieldProblem, Kind, Problem, Shortage};
use domain::texts;
use serde::Serialize;

use crate::report::report;

/// When a caller may ask again after a failure of ours.
const RETRY: Duration = Duration::from_secs(5);
/// When one who asked too often may ask again: tries are counted by the minute.
const REST: Duration = Duration::from_secs(60);

texts! {
    /// What can be wrong with a request before anybody looks at its meaning.
    pub(crate) enum Protocol {
        MalformedJson => "Isi permintaan bukan JSON yang benar.", "The body is not well-formed JSON.";
        DoubledKey => "Ada kunci yang ditulis dua kali di isi permintaan.", "A key stands twice in the body.";
        OneHost => "Permintaan harus menyebut tepat satu Host.", "A request must name exactly one Host.";
        OneLength => "Panjang isi permintaan disebut dua kali dengan cara berbeda.", "The request tells the length of its body twice, in two ways.";
        NotJson => "Isi permintaan harus application/json.", "The body must be application/json.";
        NotAnObject => "Isi permintaan harus berupa objek JSON.", "The body must be a JSON object.";
        TooLarge { most_kilobytes: usize } => "Isi permintaan paling besar {most_kilobytes} kB.", "The body may have at most {most_kilobytes} kB.";
        MethodNotAllowed => "Metode HTTP ini tidak bisa dipakai di alamat ini.", "This HTTP method does not work at this address.";
        NoSuchEndpoint => "Alamat API ini tidak ada.", "There is no such API endpoint.";
        NoSuchGateway => "Penyedia pembayaran ini tidak ada.", "There is no such payment gateway.";
        TimedOut => "Toko terlalu sibuk untuk menjawab tepat waktu. Coba lagi sebentar lagi.", "The shop was too busy to answer in time. Please try again soon.";
    }
}

texts! {
    /// The short name of a kind of problem.
    enum Title {
        NotFound => "Tidak ditemukan", "Not found";
        Invalid => "Isian perlu diperbaiki", "Invalid input";
        Refused => "Tidak bisa dilakukan", "Refused";
        Forbidden => "Tidak diizinkan", "Forbidden";
        SignedOut => "Belum dikenali", "Not authenticated";
        TooMany => "Terlalu sering", "Too many requests";
        Unavailable => "Sedang tidak tersedia", "Unavailable";
        Internal => "Kesalahan di pihak kami", "Internal error";
    }
}

/// A failure before it is put into words. As a response it is a bare status until [`speak`] has seen it.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    kind: Kind,
    said: Said,
}

#[derive(Clone, Debug)]
enum Said {
    Problem(Problem),
    Protocol(Protocol),
}

impl Failure {
    /// A failure of the protocol, with its status.
    pub(crate) fn protocol(status: StatusCode, protocol: Protocol) -> Self {
        let kind = match status {
            StatusCode::NOT_FOUND => Kind::NotFound,
            StatusCode::SERVICE_UNAVAILABLE => Kind::Unavailable,
            _ => Kind::Invalid,
        };
        Self { status, kind, said: Said::Protocol(protocol) }
    }

    /// Input with one marked field.
    pub(crate) fn field(field: impl Into<String>, message: Message) -> Self {
        Problem::invalid(vec![FieldProblem::new(field, message)]).into()
    }

    /// What the services said, unless it is a failure of the protocol.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match &self.said {
            Said::Problem(problem) => Some(problem),
            Said::Protocol(_) => None,
        }
    }

    /// The same with another HTTP status, where that says more than the kind's own.
    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    fn body(&self, locale: Locale) -> Body<'_> {
        let (word, detail, fields, shortages) = match &self.said {
            Said::Problem(problem) => {
                (code(&problem.message), problem.message.text(locale), &problem.fields[..], &problem.shortages[..])
            }
            Said::Protocol(protocol) => (code(protocol), protocol.text(locale), &[][..], &[][..]),
        };
        let errors = fields.iter().map(|field| {
            let FieldProblem { field, message } = field;
            FieldError { field, code: code(message), detail: message.text(locale) }
        });
        Body {
            r#type: format!("urn:etalase:problem:{}", self.kind),
            title: title(self.kind).text(locale),
            status: self.status.as_u16(),
            detail,
            code: word,
            errors: errors.collect(),
            shortages,
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let status = StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, kind: problem.kind, said: Said::Problem(problem) }
    }
}

impl From<services::Error> for Failure {
    fn from(error: services::Error) -> Self {
        report(&error).into()
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Said::Problem(problem) = &self.said {
            response.extensions_mut().insert(problem.clone());
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The body of an `application/problem+json` answer.
#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    /// The machine's word for the detail.
    code: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    shortages: &'a [Shortage],
}

#[derive(Serialize)]
struct FieldError<'a> {
    field: &'a str,
    code: String,
    detail: String,
}

/// Puts failures of the inner layers into words for programs; a page for people is [`crate::page_error`]'s work.
pub(crate) async fn speak(request: Request, next: Next) -> Response {
    let is_for_programs = is_for_programs(request.uri().path());
    let locale = accepted(request.headers()).unwrap_or(Locale::Indonesian);
    let mut response = next.run(request).await;
    let Some(failure) = response.extensions_mut().remove::<Failure>() else { return response };

    let pause = if failure.kind == Kind::TooMany { Some(REST) } else { failure.kind.is_ours().then_some(RETRY) };
    if let Some(pause) = pause {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(pause.as_secs()));
    }
    if is_for_programs { as_json(&failure, locale, response) } else { response }
}

/// Whether a program, and not a person with a browser, asks for this path.
pub(crate) fn is_for_programs(path: &str) -> bool {
    path == "/api" || path == "/healthz" || ["/api/", "/webhooks/"].iter().any(|prefix| path.starts_with(prefix))
}

/// What the inner layers said beside the body, such as `Allow`, stays.
fn as_json(failure: &Failure, locale: Locale, bare: Response) -> Response {
    let (mut head, _) = bare.into_parts();
    head.headers.remove(CONTENT_LENGTH);
    head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    head.headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(locale.as_str()));
    head.headers.insert(VARY, HeaderValue::from_static("accept-language"));
    head.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Response::from_parts(head, Json(failure.body(locale)).into_response().into_body())
}

/// The language that a request names, if it is one of ours.
pub(crate) fn accepted(headers: &HeaderMap) -> Option<Locale> {
    headers.get(ACCEPT_LANGUAGE)?.to_str().ok().and_then(Locale::accepted)
}

const fn title(kind: Kind) -> Title {
    match kind {
        Kind::NotFound => Title::NotFound,
        Kind::Invalid => Title::Invalid,
        Kind::Refused => Title::Refused,
        Kind::Forbidden => Title::Forbidden,
        Kind::SignedOut => Title::SignedOut,
        Kind::TooMany => Title::TooMany,
        Kind::Unavailable => Title::Unavailable,
        Kind::Internal => Title::Internal,
    }
}

/// The name of a text, as its table writes it on the wire.
fn code(text: &impl Serialize) -> String {
    let named = serde_json::to_value(text).ok();
    named.as_ref().and_then(|named| named.get("text")?.as_str()).unwrap_or("unknown").to_owned()
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::id::VariantId;
    use domain::locale::Locale;
    use domain::message::Message;
    use domain::problem::{Problem, Shortage};
    use serde_json::json;

    use super::{Failure, Protocol};

    #[test]
    fn a_shortage_names_the_variant_and_what_there_is() {
        let problem = Problem::short_of(vec![Shortage { variant_id: VariantId::new(7), available: 2 }]);
        let body = serde_json::to_value(Failure::from(problem).body(Locale::English)).unwrap();
        assert_eq!(
            body,
            json!({
                "type": "urn:etalase:problem:refused",
                "title": "Refused",
                "status": 409,
                "detail": "There is not enough stock.",
                "code": "out_of_stock",
                "shortages": [{"variant_id": 7, "available": 2}],
            })
        );
    }

    #[test]
    fn a_marked_field_says_what_to_mend_in_the_readers_language() {
        let failure = Failure::field("shipping_address.phone", Message::NotAPhone);
        let body = serde_json::to_value(failure.body(Locale::Indonesian)).unwrap();
        assert_eq!(body["status"], 422);
        assert_eq!(body["errors"][0]["field"], "shipping_address.phone");
        assert_eq!(body["errors"][0]["code"], "not_a_phone");
        assert_eq!(body["errors"][0]["detail"], Message::NotAPhone.text(Locale::Indonesian));
    }

    #[test]
    fn a_protocol_failure_keeps_its_own_status() {
        let failure = Failure::protocol(StatusCode::UNSUPPORTED_MEDIA_TYPE, Protocol::NotJson);
        let body = serde_json::to_value(failure.body(Locale::English)).unwrap();
        assert_eq!((body["status"].clone(), body["code"].clone()), (json!(415), json!("not_json")));
    }
}
