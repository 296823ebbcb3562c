//! The practice gateway: a separate service with a hosted page, whose notifications are signed as real ones are.
//!
//! `X-Demo-Signature: t=<unix seconds>,v1=<hex>`; v1 is the HMAC-SHA256 of `<t>.<body>`, good for five minutes.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::message::Message;
use domain::payments::{
    DemoEndRequest, DemoNotification, DemoPayment, DemoPaymentRequest, DemoRefund, DemoRefundNotification,
    DemoRefundRequest, DemoRefusal, GatewayName,
};
use reqwest::StatusCode;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use super::{
    Answer, AttemptNames, Begin, Deadline, Ended, Gateway, GiveBack, GivenBack, Notification, Page, PaymentStatement,
    RefundStatement, Standing, Statement,
};
use crate::error::{Chain, Error, Party, Result};
use crate::{database, secrets};

/// The header that proves the sender, in both directions.
pub const SIGNATURE_HEADER: &str = "X-Demo-Signature";
/// How old a signature may be, in seconds.
pub const TOLERANCE_SECONDS: i64 = 300;

/// Where the practice gateway is, and the secret that it shares with the shop.
#[derive(Clone)]
pub(crate) struct DemoGateway {
    base_url: String,
    secret: String,
    client: reqwest::Client,
}

impl DemoGateway {
    pub(crate) fn new(base_url: &str, secret: &str) -> Self {
        let client = crate::http::plain_client().timeout(Duration::from_secs(5)).build().unwrap_or_default();
        Self { base_url: base_url.trim_end_matches('/').to_owned(), secret: secret.to_owned(), client }
    }
}

impl DemoGateway {
    async fn post(&self, path: &str, request: &(impl Serialize + Sync)) -> Result<reqwest::Response> {
        let body = serde_json::to_vec(request)?;
        let request = self
            .client
            .post(format!("{}{path}", self.base_url))
            .header("content-type", "application/json")
            .header(SIGNATURE_HEADER, sign(&self.secret, unix_seconds(), &body));
        request.body(body).send().await.map_err(away)
    }
}

impl std::fmt::Debug for DemoGateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DemoGateway").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

impl DemoGateway {
    async fn make(&self, begin: &Begin<'_>) -> Result<Page> {
        let request = DemoPaymentRequest {
            reference: begin.reference.to_owned(),
            order_number: begin.order_number.to_owned(),
            shop_name: begin.shop_name.clone(),
            amount: begin.amount,
            currency: begin.currency,
            locale: begin.locale,
            expires_at: begin.expires_at,
            return_url: format!("{}{}", begin.public_url, begin.return_path),
            notify_url: format!("{}/webhooks/demo", begin.public_url),
        };
        let answer = self.post("/v1/payments", &request).await?.error_for_status().map_err(away)?;
        let url = answer.json::<DemoPayment>().await.map_err(away)?.redirect_url;
        Ok(Page { url, gateway_reference: None })
    }

    async fn ask(&self, reference: &str) -> Result<Option<PaymentStatement>> {
        let signature = sign(&self.secret, unix_seconds(), b"");
        let request = self.client.get(format!("{}/v1/payments/{reference}", self.base_url));
        let answer = request.header(SIGNATURE_HEADER, signature).send().await.map_err(away)?;
        told(answer, reference).await
    }

    async fn close(&self, reference: &str) -> Result<Ended> {
        let request = DemoEndRequest { reference: reference.to_owned() };
        let answer = self.post(&format!("/v1/payments/{reference}/end"), &request).await?;
        Ok(told(answer, reference).await?.map_or(Ended::Unknown, |payment| Ended::Closed(payment.into())))
    }

    async fn refund(&self, refund: GiveBack<'_>) -> Result<GivenBack> {
        let reference = refund.attempt.reference;
        let request = DemoRefundRequest {
            reference: reference.to_owned(),
            key: refund.key.to_owned(),
            amount: refund.amount,
            currency: refund.currency,
            reason: refund.reason.to_owned(),
        };
        let answer = self.post(&format!("/v1/payments/{reference}/refunds"), &request).await?;
        match answer.status() {
            // There is no such payment; it has not so much left; the key was used for something else.
            StatusCode::NOT_FOUND | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => {
                Ok(GivenBack::Refused { why: refusal(answer).await? })
            }
            _ => {
                let done: DemoRefund = answer.error_for_status().map_err(away)?.json().await.map_err(away)?;
                if (done.key.as_str(), done.amount, done.currency) != (refund.key, refund.amount, refund.currency) {
                    return Err(nonsense("it gave back something else than it was asked for"));
                }
                Ok(GivenBack::Done { gateway_reference: done.refund_id })
            }
        }
    }
}

impl Gateway for DemoGateway {
    fn name(&self) -> GatewayName {
        GatewayName::Demo
    }

    fn begin<'a>(&'a self, begin: &'a Begin<'a>, by: Deadline) -> Answer<'a, Page> {
        Box::pin(by.limit(self.make(begin)))
    }

    fn status<'a>(&'a self, attempt: AttemptNames<'a>, by: Deadline) -> Answer<'a, Option<Standing>> {
        Box::pin(by.limit(async move { Ok(self.ask(attempt.reference).await?.map(Standing::from)) }))
    }

    fn end<'a>(&'a self, attempt: AttemptNames<'a>, by: Deadline) -> Answer<'a, Ended> {
        Box::pin(by.limit(self.close(attempt.reference)))
    }

    fn give_back<'a>(&'a self, refund: GiveBack<'a>, by: Deadline) -> Answer<'a, GivenBack> {
        Box::pin(by.limit(self.refund(refund)))
    }

    fn page_origins(&self) -> Vec<String> {
        vec![self.base_url.clone()]
    }

    fn try_out(&self, by: Deadline) -> Answer<'_, std::result::Result<(), String>> {
        Box::pin(by.limit(async move {
            Ok(self.ask("etalase-try").await.map(drop).map_err(|error| Chain(&error).to_string()))
        }))
    }

    fn still_serves(&self, url: &str) -> bool {
        url.strip_prefix(&self.base_url).is_some_and(|rest| rest.starts_with('/'))
    }

    fn prove(&self, headers: &[(String, String)], body: &[u8], now: DateTime<Utc>) -> Result<Notification> {
        let header = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(SIGNATURE_HEADER));
        let header = header.map(|(_, value)| value.as_str()).unwrap_or_default();
        if !verify(&self.secret, header, body, now.timestamp(), TOLERANCE_SECONDS) {
            return Err(Error::SignedOut(Message::BadSignature));
        }
        let key = match parse(body)? {
            Posted::Payment(payment) => payment.event_id,
            Posted::Refund(refund) => refund.event_id,
        };
        if key.is_empty() || key.len() > 128 || database::key(&key).is_none() {
            return Err(Error::Unusable(Message::Unreadable));
        }
        Ok(Notification { event_key: key })
    }

    fn read(&self, body: &[u8]) -> Result<Statement> {
        Ok(match parse(body)? {
            Posted::Payment(DemoNotification { reference, outcome, amount, currency, .. }) => {
                Statement::Payment(PaymentStatement { reference, outcome, amount, currency })
            }
            Posted::Refund(DemoRefundNotification { reference, refund, .. }) => Statement::Refund(RefundStatement {
                reference,
                key: refund.key,
                gateway_reference: refund.refund_id,
                amount: refund.amount,
                currency: refund.currency,
            }),
        })
    }
}

/// The header's value for a body sent at that time.
pub fn sign(secret: &str, unix_seconds: i64, body: &[u8]) -> String {
    format!("t={unix_seconds},v1={}", signature(secret, unix_seconds, body))
}

/// Whether the header proves the body, in constant time, and is recent.
pub fn verify(secret: &str, header: &str, body: &[u8], now_unix: i64, tolerance_seconds: i64) -> bool {
    let part = |name: &str| header.split(',').find_map(|part| part.trim().strip_prefix(name));
    let (Some(at), Some(given)) = (part("t=").and_then(|t| t.parse::<i64>().ok()), part("v1=")) else { return false };
    let is_recent = now_unix.checked_sub(at).is_some_and(|age| age.unsigned_abs() <= tolerance_seconds.unsigned_abs());
    let is_genuine: bool = signature(secret, at, body).as_bytes().ct_eq(given.as_bytes()).into();
    is_genuine && is_recent && !secret.is_empty()
}

fn signature(secret: &str, unix_seconds: i64, body: &[u8]) -> String {
    let mac = secrets::hmac_sha256(secret.as_bytes(), &[unix_seconds.to_string().as_bytes(), b".", body]);
    secrets::hex(&mac)
}

/// Everything that the gateway posts.
#[derive(Deserialize)]
#[serde(untagged)]
enum Posted {
    Payment(DemoNotification),
    Refund(DemoRefundNotification),
}

fn parse(body: &[u8]) -> Result<Posted> {
    serde_json::from_slice(body).map_err(|_| Error::Unusable(Message::Unreadable))
}

/// How a payment stands by the gateway's answer; nothing when it says that it knows none of that name.
async fn told(answer: reqwest::Response, reference: &str) -> Result<Option<PaymentStatement>> {
    if answer.status() == StatusCode::NOT_FOUND {
        refusal(answer).await?;
        return Ok(None);
    }
    let told: DemoPayment = answer.error_for_status().map_err(away)?.json().await.map_err(away)?;
    if told.reference != reference {
        return Err(nonsense("it tells of another payment than it was asked about"));
    }
    let DemoPayment { reference, outcome, amount, currency, .. } = told;
    Ok(Some(PaymentStatement { reference, outcome, amount, currency }))
}

/// The gateway's own words of refusal. A page in its place, as a proxy in between may send, refuses nothing.
async fn refusal(answer: reqwest::Response) -> Result<String> {
    Ok(answer.json::<DemoRefusal>().await.map_err(away)?.error)
}

/// An answer that cannot be believed is none.
fn nonsense(why: &'static str) -> Error {
    Error::Unavailable { party: Party::Gateway, cause: why.into() }
}

fn away(error: reqwest::Error) -> Error {
    Error::Unavailable { party: Party::Gateway, cause: Box::new(error) }
}

/// The gateway is another machine: its tolerance is for this machine's clock, not the database's.
fn unix_seconds() -> i64 {
    #[expect(clippy::disallowed_methods, reason = "signs a request to another machine by the wall clock")]
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).map(|since| since.as_secs()).unwrap_or_default();
    i64::try_from(since).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{sign, verify};

    const BODY: &[u8] = br#"{"id":"evt_1","type":"checkout.session.completed"}"#;

    #[test]
    fn the_scheme_is_the_one_of_the_published_vector() {
        // A Stripe vector: the same text is signed, so the same signature must come out.
        let expected = "749721cbedbfa4cc1aa6c9c2bec1edd93766a07906c9d9b3dbc7626e4e660caf";
        assert_eq!(sign("whsec_test", 1_700_000_000, BODY), format!("t=1700000000,v1={expected}"));
    }

    /// Pitfall S2.
    #[test]
    fn only_the_whole_and_recent_truth_is_believed() {
        let header = sign("secret", 1_000, BODY);
        assert!(verify("secret", &header, BODY, 1_300, 300));
        assert!(!verify("secret", &header, BODY, 1_301, 300), "too old");
        assert!(!verify("secret", &header, BODY, 699, 300), "from the future");
        assert!(!verify("other", &header, BODY, 1_000, 300));
        assert!(!verify("secret", &header, b"{}", 1_000, 300));
        for broken in ["", "t=1000", "v1=00", "t=x,v1=00", "t=1000,v1=", "t=-9223372036854775808,v1=00"] {
            assert!(!verify("secret", broken, BODY, 1_000, 300), "{broken}");
        }
        assert!(!verify("", &sign("", 1_000, BODY), BODY, 1_000, 300), "no secret proves nothing");
    }
}
