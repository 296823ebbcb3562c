//! Stripe: Checkout Sessions with a hosted page. Its events are signed over time and whole body, so that they are believed.

use chrono::{DateTime, TimeDelta, Utc};
use domain::locale::Locale;
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::payments::{GatewayMode, GatewayName, GatewayOutcome, PaymentMethod};
use reqwest::StatusCode;
use serde_json::Value;
use subtle::ConstantTimeEq;

use super::wire::{Answered, Body, Question, Wire, is_theirs, nonsense, plain, refused, text, unavailable};
use super::{
    Answer, AttemptNames, Begin, Deadline, Ended, Gateway, GiveBack, GivenBack, Notification, Page, PaymentStatement,
    RefundStatement, Standing, Statement,
};
use crate::error::{Error, Result};
use crate::{database, secrets};

/// What the owner has of Stripe.
#[derive(Clone, PartialEq, Eq)]
pub struct StripeKeys {
    pub mode: GatewayMode,
    pub secret_key: String,
    pub webhook_secret: String,
    /// Where Stripe is, when it is not where it is for everybody.
    pub base_url: Option<String>,
}

/// The header that proves an event.
const SIGNATURE_HEADER: &str = "stripe-signature";
/// How old a signature may be, in seconds.
const TOLERANCE_SECONDS: i64 = 300;
/// How soon and how late a page may close by itself; sooner we close it.
/// Stripe takes half an hour to a day by its own clock, and no two clocks agree.
const SHORTEST: TimeDelta = TimeDelta::minutes(35);
const LONGEST: TimeDelta = TimeDelta::minutes(23 * 60 + 45);
/// Where our name of an attempt, and of a refund, stands in what Stripe keeps for us.
const REFERENCE: &str = "reference";
const REFUND_KEY: &str = "refund_key";

/// Stripe with the shop's keys. Test and live differ by their keys alone.
pub(crate) struct Stripe {
    wire: Wire,
    webhook_secret: String,
}

impl std::fmt::Debug for Stripe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stripe").field("wire", &self.wire).finish_non_exhaustive()
    }
}

impl Stripe {
    pub(crate) fn new(keys: &StripeKeys) -> Self {
        Self {
            wire: Wire::new("https://api.stripe.com", keys.base_url.as_deref(), &keys.secret_key),
            webhook_secret: keys.webhook_secret.clone(),
        }
    }

    async fn make(&self, begin: &Begin<'_>, by: Deadline) -> Result<Page> {
        if begin.method != PaymentMethod::Card {
            return Err(Error::Refused(Message::PaymentMethodOff));
        }
        let amount = to_stripe(begin.amount, begin.currency).ok_or(Error::Refused(Message::PaymentMethodOff))?;
        let back = format!("{}{}", begin.public_url, begin.return_path);
        let mut fields = vec![
            ("mode", "payment".to_owned()),
            ("payment_method_types[0]", "card".to_owned()),
            ("client_reference_id", begin.reference.to_owned()),
            ("metadata[reference]", begin.reference.to_owned()),
            ("payment_intent_data[metadata][reference]", begin.reference.to_owned()),
            ("line_items[0][quantity]", "1".to_owned()),
            ("line_items[0][price_data][currency]", begin.currency.as_str().to_lowercase()),
            ("line_items[0][price_data][unit_amount]", amount.to_string()),
            ("line_items[0][price_data][product_data][name]", format!("{} {}", begin.shop_name, begin.order_number)),
            ("success_url", back.clone()),
            ("cancel_url", back),
            (
                "locale",
                match begin.locale {
                    Locale::Indonesian => "id",
                    Locale::English => "en",
                }
                .to_owned(),
            ),
        ];
        let closes = begin.expires_at.clamp(begin.now + SHORTEST, begin.now + LONGEST);
        fields.push(("expires_at", closes.timestamp().to_string()));
        let fields: Vec<_> = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        // Good for the tries of this call. Another call makes another page, of which the shop keeps one: Stripe gives an
        // answer that failed again for a day, and refuses a key that comes with other fields.
        let key = format!("{}-{}", begin.reference, secrets::unguessable()?);
        let question = Question::post("/v1/checkout/sessions".to_owned(), Body::Form(&fields));
        let answered = self.wire.ask(question.header("idempotency-key", key), by).await?;
        match (answered.text("id"), answered.text("url")) {
            (Some(id), Some(url)) if answered.status.is_success() => {
                Ok(Page { url: url.to_owned(), gateway_reference: Some(id.to_owned()) })
            }
            _ => Err(unavailable(format!("it makes no page: {}", why(&answered)))),
        }
    }

    async fn session(&self, attempt: AttemptNames<'_>, by: Deadline) -> Result<Option<Session>> {
        // Nobody has the page of a session whose name never reached us.
        let Some(id) = attempt.gateway_reference else { return Ok(None) };
        let answered = self.wire.ask(Question::get(format!("/v1/checkout/sessions/{}", plain(id))), by).await?;
        match answered.status {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => {
                let session = read_session(&answered.json)?;
                match session.payment.reference == attempt.reference {
                    true => Ok(Some(session)),
                    false => Err(nonsense("it tells of another payment than it was asked about")),
                }
            }
            _ => Err(refused(answered.status, format!("it does not tell how a payment stands: {}", why(&answered)))),
        }
    }

    async fn standing(&self, attempt: AttemptNames<'_>, by: Deadline) -> Result<Option<Standing>> {
        match self.session(attempt, by).await? {
            Some(session) => Ok(Some(self.with_refunds(session, by).await?)),
            None => Ok(None),
        }
    }

    async fn with_refunds(&self, session: Session, by: Deadline) -> Result<Standing> {
        let refunds = match &session.intent {
            Some(intent) if session.payment.outcome == GatewayOutcome::Paid => self.refunds_of(intent, by).await?,
            _ => Vec::new(),
        };
        let gone = refunds.iter().filter(|refund| text(refund, "status") == Some("succeeded"));
        let refunds = gone.map(|refund| read_refund(refund, &session.payment)).collect::<Result<_>>()?;
        Ok(Standing { payment: session.payment, refunds })
    }

    async fn refunds_of(&self, intent: &str, by: Deadline) -> Result<Vec<Value>> {
        let path = format!("/v1/refunds?payment_intent={}&limit=100", plain(intent));
        let answered = self.wire.ask(Question::get(path), by).await?;
        match answered.json.get("data").and_then(Value::as_array) {
            Some(all) if answered.status.is_success() => Ok(all.clone()),
            _ => Err(unavailable(format!("it does not list refunds: {}", why(&answered)))),
        }
    }

    async fn close(&self, attempt: AttemptNames<'_>, by: Deadline) -> Result<Ended> {
        let Some(id) = attempt.gateway_reference else { return Ok(Ended::Unknown) };
        let path = format!("/v1/checkout/sessions/{}/expire", plain(id));
        let answered = self.wire.ask(Question::post(path, Body::Nothing), by).await?;
        if is_theirs(answered.status) {
            return Err(unavailable(format!("it does not end a payment: {}", why(&answered))));
        }
        // One that is not open any more refuses to expire: how it stands is asked.
        match self.session(attempt, by).await? {
            None => Ok(Ended::Unknown),
            Some(session) if session.is_open => {
                Err(nonsense(format!("it leaves a payment open that it was asked to end: {}", why(&answered))))
            }
            Some(session) => Ok(Ended::Closed(self.with_refunds(session, by).await?)),
        }
    }

    async fn refund(&self, refund: GiveBack<'_>, by: Deadline) -> Result<GivenBack> {
        let intent = self.session(refund.attempt, by).await?.and_then(|session| session.intent);
        let (Some(intent), Some(amount)) = (intent, to_stripe(refund.amount, refund.currency)) else {
            return Ok(GivenBack::Refused { why: "no such payment was paid there".to_owned() });
        };
        // One that was taken tells by itself what became of it; a key would give the first answer for a day.
        let listed = self.refunds_of(&intent, by).await?;
        let of_key = |it: &&Value| it.pointer("/metadata/refund_key").and_then(Value::as_str) == Some(refund.key);
        if let Some(known) = listed.iter().find(of_key) {
            return given_back(known);
        }
        let fields = [
            ("payment_intent".to_owned(), intent),
            ("amount".to_owned(), amount.to_string()),
            (format!("metadata[{REFUND_KEY}]"), refund.key.to_owned()),
            (format!("metadata[{REFERENCE}]"), refund.attempt.reference.to_owned()),
        ];
        // The same for all who ask this time; an answer that failed would stick to the same key for a day.
        let key = format!("{}-{}", refund.key, refund.tries);
        let question = Question::post("/v1/refunds".to_owned(), Body::Form(&fields)).header("idempotency-key", key);
        let answered = self.wire.ask(question, by).await?;
        match answered.status.as_u16() {
            200..=299 => given_back(&answered.json),
            400 | 402 | 404 => Ok(GivenBack::Refused { why: why(&answered) }),
            _ => Err(unavailable(format!("it gives nothing back now: {}", why(&answered)))),
        }
    }
}

impl Gateway for Stripe {
    fn name(&self) -> GatewayName {
        GatewayName::Stripe
    }

    fn begin<'a>(&'a self, begin: &'a Begin<'a>, by: Deadline) -> Answer<'a, Page> {
        Box::pin(self.make(begin, by))
    }

    fn still_serves(&self, _url: &str) -> bool {
        true
    }

    fn page_origins(&self) -> Vec<String> {
        self.wire.origins(&["https://checkout.stripe.com"])
    }

    fn status<'a>(&'a self, attempt: AttemptNames<'a>, by: Deadline) -> Answer<'a, Option<Standing>> {
        Box::pin(self.standing(attempt, by))
    }

    fn end<'a>(&'a self, attempt: AttemptNames<'a>, by: Deadline) -> Answer<'a, Ended> {
        Box::pin(self.close(attempt, by))
    }

    fn give_back<'a>(&'a self, refund: GiveBack<'a>, by: Deadline) -> Answer<'a, GivenBack> {
        Box::pin(self.refund(refund, by))
    }

    fn try_out(&self, by: Deadline) -> Answer<'_, std::result::Result<(), String>> {
        Box::pin(self.wire.look("/v1/checkout/sessions?limit=1", by, why))
    }

    fn prove(&self, headers: &[(String, String)], body: &[u8], now: DateTime<Utc>) -> Result<Notification> {
        let header = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(SIGNATURE_HEADER));
        let header = header.map(|(_, value)| value.as_str()).unwrap_or_default();
        if !verify(&self.webhook_secret, header, body, now.timestamp()) {
            return Err(Error::SignedOut(Message::BadSignature));
        }
        let event: Value = serde_json::from_slice(body).map_err(|_| Error::Unusable(Message::Unreadable))?;
        let key = text(&event, "id").filter(|id| !id.is_empty() && id.len() <= 128 && id.is_ascii());
        let key = key.filter(|id| database::key(id).is_some()).ok_or(Error::Unusable(Message::Unreadable))?;
        Ok(Notification { event_key: key.to_owned() })
    }

    fn read(&self, body: &[u8]) -> Result<Statement> {
        let unreadable = || Error::Unusable(Message::Unreadable);
        let event: Value = serde_json::from_slice(body).map_err(|_| unreadable())?;
        let about = event.pointer("/data/object").ok_or_else(unreadable)?;
        let kind = text(&event, "type").ok_or_else(unreadable)?;
        let own = about.pointer("/metadata/reference").and_then(Value::as_str);
        let Some(reference) = own.map(str::to_owned) else {
            // The account takes money for something else, too.
            return Ok(Statement::Nothing);
        };
        match kind {
            "checkout.session.completed" | "checkout.session.async_payment_succeeded" => {
                Ok(Statement::Payment(read_session(about).map_err(|_| unreadable())?.payment))
            }
            // Another session may have had our name: how the one stands whose page the buyer has is asked. A refund also comes for
            // a part, and whose it was is told by the refunds themselves.
            "checkout.session.async_payment_failed"
            | "checkout.session.expired"
            | "charge.refunded"
            | "refund.created"
            | "refund.updated" => Ok(Statement::Names { reference }),
            _ => Ok(Statement::Nothing),
        }
    }
}

/// Whether one of the header's signatures is that of time and body, in constant time, and is recent.
fn verify(secret: &str, header: &str, body: &[u8], now_unix: i64) -> bool {
    let mut parts = header.split(',').filter_map(|part| part.trim().split_once('='));
    let Some(at) = parts.clone().find_map(|(name, value)| (name == "t").then(|| value.parse::<i64>().ok())?) else {
        return false;
    };
    let is_recent = now_unix.checked_sub(at).is_some_and(|age| age.unsigned_abs() <= TOLERANCE_SECONDS.unsigned_abs());
    let expected = signature(secret, at, body);
    // Several while a secret is being replaced; other schemes prove nothing.
    let is_genuine = parts.any(|(name, value)| name == "v1" && bool::from(expected.as_bytes().ct_eq(value.as_bytes())));
    is_genuine && is_recent && !secret.is_empty()
}

pub(super) fn signature(secret: &str, unix_seconds: i64, body: &[u8]) -> String {
    let mac = secrets::hmac_sha256(secret.as_bytes(), &[unix_seconds.to_string().as_bytes(), b".", body]);
    secrets::hex(&mac)
}

/// A Checkout Session as Stripe tells it.
pub(super) struct Session {
    is_open: bool,
    /// The payment within it, which refunds are of.
    intent: Option<String>,
    payment: PaymentStatement,
}

pub(super) fn read_session(session: &Value) -> Result<Session> {
    let without = |what: &str| nonsense(format!("it tells a session without {what}"));
    let currency = text(session, "currency").map(str::to_uppercase).and_then(|code| code.parse().ok());
    let currency = currency.ok_or_else(|| without("a currency that the shop knows"))?;
    let amount = session.get("amount_total").and_then(Value::as_i64).and_then(|amount| from_stripe(amount, currency));
    let status = text(session, "status").ok_or_else(|| without("a status"))?;
    let outcome = match (status, text(session, "payment_status")) {
        (_, Some("paid")) => GatewayOutcome::Paid,
        ("open" | "complete", Some(_)) => GatewayOutcome::Pending,
        ("expired", _) => GatewayOutcome::Expired,
        _ => return Err(without("a status that the shop knows")),
    };
    let reference = text(session, "client_reference_id").ok_or_else(|| without("our name"))?.to_owned();
    let intent = match session.get("payment_intent") {
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Object(intent)) => intent.get("id").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let amount = amount.ok_or_else(|| without("an amount"))?;
    Ok(Session {
        is_open: status == "open",
        intent,
        payment: PaymentStatement { reference, outcome, amount, currency },
    })
}

pub(super) fn read_refund(refund: &Value, of: &PaymentStatement) -> Result<RefundStatement> {
    let amount = refund.get("amount").and_then(Value::as_i64).and_then(|amount| from_stripe(amount, of.currency));
    Ok(RefundStatement {
        reference: of.reference.clone(),
        key: refund.pointer("/metadata/refund_key").and_then(Value::as_str).unwrap_or_default().to_owned(),
        gateway_reference: text(refund, "id").unwrap_or_default().to_owned(),
        amount: amount.ok_or_else(|| nonsense("it tells a refund without an amount"))?,
        currency: of.currency,
    })
}

/// What became of a refund that Stripe tells of.
pub(super) fn given_back(refund: &Value) -> Result<GivenBack> {
    match text(refund, "status") {
        Some("succeeded") => {
            Ok(GivenBack::Done { gateway_reference: text(refund, "id").unwrap_or_default().to_owned() })
        }
        Some("pending" | "requires_action") => Ok(GivenBack::OnItsWay),
        Some(status @ ("failed" | "canceled")) => {
            Ok(GivenBack::Refused { why: text(refund, "failure_reason").unwrap_or(status).to_owned() })
        }
        _ => Err(nonsense("it tells a refund without a status that the shop knows")),
    }
}

/// Stripe counts every currency of ours in hundredths, also the rupiah.
fn to_stripe(amount: Money, currency: Currency) -> Option<i64> {
    amount.get().checked_mul(hundredths(currency))
}

fn from_stripe(amount: i64, currency: Currency) -> Option<Money> {
    let of = hundredths(currency);
    (amount % of == 0).then(|| Money::minor(amount / of))
}

/// So many of Stripe's units are one of ours.
const fn hundredths(currency: Currency) -> i64 {
    match currency {
        Currency::Rupiah => 100,
        Currency::Ringgit | Currency::SingaporeDollar | Currency::Dollar => 1,
    }
}

/// The gateway's own words.
fn why(answered: &Answered) -> String {
    let said = answered.json.pointer("/error/message").and_then(Value::as_str).unwrap_or_default();
    format!("{} {said}", answered.status.as_u16()).trim_end().to_owned()
}

#[cfg(test)]
mod tests;
