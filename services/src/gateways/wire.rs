//! How gateways are asked over HTTP: within a time, once more when that is harmless, and never more than so many bytes are read.

use std::time::Duration;

use domain::money::{Currency, Money};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;
use tokio::time::Instant;

use crate::error::{Error, Party, Result};

/// How long one question may take.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long somebody at a page or at the desk waits in all.
const PATIENCE_OF_PEOPLE: Duration = Duration::from_secs(15);
/// How long a job does: a leader leads for fifteen seconds without a sign of life, and may have used half of them.
const PATIENCE_OF_JOBS: Duration = Duration::from_secs(6);
/// So often a question is asked that harms nothing when it is asked again.
const TRIES: u32 = 3;
/// The pause before it is asked again.
const PAUSE: Duration = Duration::from_millis(300);
/// No answer that the shop needs is longer.
const MOST_BYTES: usize = 512 * 1024;
/// What stands in a path or a form as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Until when an answer is waited for, however many questions it takes. `Unavailable` afterwards; whatever is asked may be asked
/// again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// For a job, and for whoever else nobody waits for.
    pub(crate) fn of_jobs() -> Self {
        Self(Instant::now() + PATIENCE_OF_JOBS)
    }

    /// For somebody who looks at a page meanwhile.
    pub(crate) fn of_people() -> Self {
        Self(Instant::now() + PATIENCE_OF_PEOPLE)
    }

    /// What comes by then.
    pub(super) async fn limit<T>(self, asked: impl Future<Output = Result<T>>) -> Result<T> {
        let late = |_| Err(unavailable("it did not answer in time"));
        tokio::time::timeout_at(self.0, asked).await.unwrap_or_else(late)
    }
}

/// A gateway's interface at one address, asked with one key.
#[derive(Clone)]
pub(super) struct Wire {
    client: Client,
    base_url: String,
    /// Whether it is where it is for everybody.
    is_usual: bool,
    /// The user of basic authentication; the password stays empty.
    key: String,
}

/// A question.
pub(super) struct Question<'a> {
    pub(super) method: Method,
    /// With a slash in front.
    pub(super) path: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body<'a>,
    /// Whether asking twice does no more than asking once.
    pub(super) is_repeatable: bool,
}

/// What goes with a question.
pub(super) enum Body<'a> {
    Nothing,
    Json(&'a Value),
    Form(&'a [(String, String)]),
}

/// An answer; nothing but `null` when it was no JSON.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) status: StatusCode,
    pub(super) json: Value,
}

impl Question<'_> {
    /// Looks at something.
    pub(super) fn get(path: String) -> Self {
        let (headers, body) = (Vec::new(), Body::Nothing);
        Self { method: Method::GET, path, headers, body, is_repeatable: true }
    }
}

impl<'a> Question<'a> {
    /// Does something that is done once, however often it is asked for.
    pub(super) fn post(path: String, body: Body<'a>) -> Self {
        Self { method: Method::POST, path, headers: Vec::new(), body, is_repeatable: true }
    }

    /// The same with a header.
    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same, which may do twice what is asked twice.
    pub(super) fn once(mut self) -> Self {
        self.is_repeatable = false;
        self
    }
}

impl Wire {
    /// An interface that is at `usual` for everybody, unless another address is named.
    pub(super) fn new(usual: &str, named: Option<&str>, key: &str) -> Self {
        let base_url = named.unwrap_or(usual).trim_end_matches('/').to_owned();
        let builder = if base_url.starts_with("https:") { crate::http::client() } else { crate::http::plain_client() };
        let builder = builder.timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
        let client = builder.build().unwrap_or_default();
        Self { client, base_url, is_usual: named.is_none(), key: key.to_owned() }
    }

    /// Asks, and reads the answer whatever its status is. `Unavailable` when there is none by then.
    pub(super) async fn ask(&self, question: Question<'_>, by: Deadline) -> Result<Answered> {
        by.limit(self.ask_patiently(&question)).await
    }

    async fn ask_patiently(&self, question: &Question<'_>) -> Result<Answered> {
        let tries = if question.is_repeatable { TRIES } else { 1 };
        let mut pause = PAUSE;
        for _ in 1..tries {
            match self.ask_once(question).await {
                Ok(answered) if !is_theirs(answered.status) => return Ok(answered),
                // The gateway's own trouble may pass.
                Ok(_) | Err(_) => {}
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        self.ask_once(question).await
    }

    fn request(&self, question: &Question<'_>) -> RequestBuilder {
        let request = self.client.request(question.method.clone(), format!("{}{}", self.base_url, question.path));
        let mut request = request.basic_auth(&self.key, Some("")).header("accept", "application/json");
        for (name, value) in &question.headers {
            request = request.header(*name, value);
        }
        match &question.body {
            Body::Nothing => request,
            Body::Json(json) => request.header("content-type", "application/json").body(json.to_string()),
            Body::Form(fields) => {
                request.header("content-type", "application/x-www-form-urlencoded").body(form(fields))
            }
        }
    }

    async fn ask_once(&self, question: &Question<'_>) -> Result<Answered> {
        let mut response = self.request(question).send().await.map_err(away)?;
        let (status, mut bytes) = (response.status(), Vec::new());
        while let Some(chunk) = response.chunk().await.map_err(away)? {
            if bytes.len() + chunk.len() > MOST_BYTES {
                return Err(nonsense("its answer is too long to be one"));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Answered { status, json: serde_json::from_slice(&bytes).unwrap_or_default() })
    }

    /// Where the hosted pages are that this interface makes: there for everybody, and beside it when another address is named.
    pub(super) fn origins(&self, usual: &[&str]) -> Vec<String> {
        match self.is_usual {
            true => usual.iter().map(|origin| (*origin).to_owned()).collect(),
            false => {
                reqwest::Url::parse(&self.base_url).map(|url| url.origin().ascii_serialization()).into_iter().collect()
            }
        }
    }

    /// Looks at something harmless; a refusal comes in the gateway's own words.
    pub(super) async fn look(
        &self,
        path: &str,
        by: Deadline,
        why: impl Fn(&Answered) -> String,
    ) -> Result<std::result::Result<(), String>> {
        let answered = self.ask(Question::get(path.to_owned()), by).await?;
        Ok(if answered.status.is_success() { Ok(()) } else { Err(why(&answered)) })
    }
}

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wire").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

impl Answered {
    /// A text of the answer.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        text(&self.json, name)
    }
}

/// A text of something that a gateway tells.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// A part of a path or of a form, so that nothing in it means anything.
pub(super) fn plain(part: &str) -> String {
    utf8_percent_encode(part, PLAIN).to_string()
}

fn form(fields: &[(String, String)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", plain(name), plain(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Whether a status tells of the gateway's own trouble, or of too many questions.
pub(super) fn is_theirs(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::REQUEST_TIMEOUT
}

/// The gateway cannot be asked, or says what cannot be believed.
pub(super) fn unavailable(why: impl Into<String>) -> Error {
    Error::Unavailable { party: Party::Gateway, cause: why.into().into() }
}

/// It answered, and what it said of one payment cannot be believed: asked about another, it may well be.
pub(super) fn nonsense(why: impl Into<String>) -> Error {
    Error::Unavailable { party: Party::Gateway, cause: Box::new(Nonsense(why.into())) }
}

/// The same for a status that is no answer: it is about everything where it tells of the gateway's own trouble or of the shop's key.
pub(super) fn refused(status: StatusCode, why: String) -> Error {
    let is_about_all = is_theirs(status) || matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
    if is_about_all { unavailable(why) } else { nonsense(why) }
}

/// Whether a gateway does not answer, or answers nobody. What it said of one payment alone is no sign of that.
pub(crate) fn is_away(error: &Error) -> bool {
    matches!(error, Error::Unavailable { party: Party::Gateway, cause } if !cause.is::<Nonsense>())
}

/// Why an answer is not believed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Nonsense(String);

fn away(error: reqwest::Error) -> Error {
    // Without the address, which names the payment and nothing more that helps.
    Error::Unavailable { party: Party::Gateway, cause: Box::new(error.without_url()) }
}

/// An amount as a gateway writes it, in whole units with or without digits behind a point: never rounded.
pub(super) fn amount_of(value: Option<&Value>, currency: Currency) -> Option<Money> {
    let text = match value? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let decimals = usize::try_from(currency.decimals()).ok()?;
    let (counts, beyond) = fraction.split_at(fraction.len().min(decimals));
    if beyond.bytes().any(|digit| digit != b'0') {
        return None;
    }
    format!("{whole}{counts:0<decimals$}").parse().ok().map(Money::minor)
}

#[cfg(test)]
mod tests {
    use domain::money::{Currency, Money};
    use serde_json::json;

    use super::{Deadline, Question, Wire, amount_of, form};

    #[test]
    fn amounts_are_read_exactly_or_not_at_all() {
        let rupiah = |value| amount_of(Some(&value), Currency::Rupiah).map(Money::get);
        assert_eq!(rupiah(json!("150000.00")), Some(150_000));
        assert_eq!(rupiah(json!("150000")), Some(150_000));
        assert_eq!(rupiah(json!(150_000)), Some(150_000));
        assert_eq!(rupiah(json!(150_000.0)), Some(150_000));
        for wrong in
            [json!("150000.50"), json!("-1"), json!("1e3"), json!(""), json!(".5"), json!(null), json!("1.0.0")]
        {
            assert_eq!(rupiah(wrong.clone()), None, "{wrong}");
        }
        let dollars = |value| amount_of(Some(&value), Currency::Dollar).map(Money::get);
        assert_eq!(
            (dollars(json!("12.5")), dollars(json!("12")), dollars(json!("12.345"))),
            (Some(1250), Some(1200), None)
        );
    }

    #[test]
    fn nothing_in_a_form_means_anything() {
        let fields = [("line_items[0][price]".to_owned(), "a&b=c d".to_owned())];
        assert_eq!(form(&fields), "line_items%5B0%5D%5Bprice%5D=a%26b%3Dc%20d");
    }

    /// Midtrans' published example of a key as the user of basic authentication.
    #[test]
    fn a_key_is_the_user_and_the_password_is_empty() {
        let wire = Wire::new("https://api.example", None, "SB-Mid-server-abc123cde456");
        let request = wire.request(&Question::get("/v2/A-1/status".to_owned())).build().unwrap();
        assert_eq!(request.headers()["authorization"], "Basic U0ItTWlkLXNlcnZlci1hYmMxMjNjZGU0NTY6");
        assert_eq!(request.url().as_str(), "https://api.example/v2/A-1/status");
    }

    #[test]
    fn pages_are_where_they_are_for_everybody_or_beside_the_named_address() {
        let usual = ["https://pay.example"];
        assert_eq!(Wire::new("https://api.example", None, "k").origins(&usual), usual);
        let named = Wire::new("https://api.example", Some("http://127.0.0.1:4000/v1/"), "k");
        assert_eq!(named.origins(&usual), ["http://127.0.0.1:4000"]);
    }

    /// A service that takes a while for each of several questions has no more time for all than for one.
    #[tokio::test]
    async fn one_deadline_holds_for_all_questions_of_an_answer() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let silent = tokio::spawn(async move {
            let mut taken = Vec::new();
            while let Ok((stream, _)) = listener.accept().await {
                taken.push(stream);
            }
        });
        let wire = Wire::new("https://api.example", Some(&url), "k");
        let began_at = tokio::time::Instant::now();
        let by = Deadline(began_at + std::time::Duration::from_millis(200));
        for _ in 0..3 {
            wire.ask(Question::get("/".to_owned()), by).await.unwrap_err();
        }
        assert!(began_at.elapsed() < std::time::Duration::from_secs(2), "{:?}", began_at.elapsed());
        silent.abort();
    }
}
