//! Midtrans: its hosted page (Snap), and its status interface, which alone says how a payment stands.
//!
//! A notification is signed over order, code and amount and neither over the status nor a time: it names a payment, no more.

use chrono::{DateTime, FixedOffset, Utc};
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::payments::{GatewayMode, GatewayName, GatewayOutcome, PaymentMethod};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha512};
use subtle::ConstantTimeEq;

use super::wire::{Answered, Body, Question, Wire, amount_of, is_theirs, nonsense, plain, unavailable};
use super::{
    Answer, AttemptNames, Begin, Deadline, Ended, Gateway, GiveBack, GivenBack, Item, Notification, Page,
    PaymentStatement, RefundStatement, Standing, Statement,
};
use crate::error::{Error, Result};
use crate::secrets;

/// What the owner has of Midtrans.
#[derive(Clone, PartialEq, Eq)]
pub struct MidtransKeys {
    pub mode: GatewayMode,
    pub server_key: String,
    /// Signs notifications, where it is another than the server key.
    pub signing_key: Option<String>,
    /// Where Midtrans is, when it is not where it is for everybody.
    pub base_url: Option<String>,
}

/// Midtrans times carry no offset: they are those of Jakarta.
const JAKARTA_SECONDS: i32 = 7 * 60 * 60;
/// The most characters of an item's name.
const LONGEST_NAME: usize = 50;
/// The shortest time that a page may stay open.
const SHORTEST_MINUTES: i64 = 1;

/// Midtrans with the shop's keys.
#[derive(Debug)]
pub(crate) struct Midtrans {
    pages: Wire,
    core: Wire,
    signing_key: SigningKey,
}

struct SigningKey(String);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl Midtrans {
    pub(crate) fn new(keys: &MidtransKeys) -> Self {
        let (pages, core) = match keys.mode {
            GatewayMode::Test => ("https://app.sandbox.midtrans.com", "https://api.sandbox.midtrans.com"),
            GatewayMode::Live => ("https://app.midtrans.com", "https://api.midtrans.com"),
        };
        let named = keys.base_url.as_deref();
        let signing_key = keys.signing_key.clone().filter(|key| !key.is_empty());
        Self {
            pages: Wire::new(pages, named, &keys.server_key),
            core: Wire::new(core, named, &keys.server_key),
            signing_key: SigningKey(signing_key.unwrap_or_else(|| keys.server_key.clone())),
        }
    }

    async fn make(&self, begin: &Begin<'_>, by: Deadline) -> Result<Page> {
        if begin.currency != Currency::Rupiah {
            return Err(Error::Refused(Message::PaymentMethodOff));
        }
        let Some(way) = way(begin.method) else { return Err(Error::Refused(Message::PaymentMethodOff)) };
        let minutes = (begin.expires_at - begin.now).num_minutes().max(SHORTEST_MINUTES);
        let request = json!({
            "transaction_details": { "order_id": begin.reference, "gross_amount": begin.amount.get() },
            "item_details": items(begin),
            "enabled_payments": [way],
            "credit_card": { "secure": true },
            // Without a start the clock of most methods begins only when one is chosen, and outlives the hold.
            "expiry": { "start_time": start_time(begin.now)?, "unit": "minutes", "duration": minutes },
            "callbacks": { "finish": format!("{}{}", begin.public_url, begin.return_path) },
        });
        let question = Question::post("/snap/v1/transactions".to_owned(), Body::Json(&request))
            .header("x-override-notification", format!("{}/webhooks/midtrans", begin.public_url));
        let answered = self.pages.ask(question, by).await?;
        match answered.text("redirect_url") {
            Some(url) if answered.status.is_success() => Ok(Page { url: url.to_owned(), gateway_reference: None }),
            _ => Err(unavailable(format!("it makes no page: {}", why(&answered)))),
        }
    }

    async fn ask(&self, reference: &str, by: Deadline) -> Result<Option<Told>> {
        let answered = self.core.ask(Question::get(format!("/v2/{}/status", plain(reference))), by).await?;
        read_status(&answered, reference)
    }

    async fn close(&self, reference: &str, by: Deadline) -> Result<Ended> {
        // An asynchronous payment is expired, a card that is only held or looked at is cancelled.
        for way in ["expire", "cancel"] {
            let question = Question::post(format!("/v2/{}/{way}", plain(reference)), Body::Nothing);
            let answered = self.core.ask(question, by).await?;
            if is_theirs(answered.status) {
                return Err(unavailable(format!("it does not {way} a payment: {}", why(&answered))));
            }
            // Whatever it answered: how the payment stands is asked.
            let Some(told) = self.ask(reference, by).await? else { return Ok(Ended::StillOpen) };
            if told.standing.payment.outcome != GatewayOutcome::Pending {
                return Ok(Ended::Closed(told.standing));
            }
            if told.status == "deny" {
                return Ok(Ended::StillOpen);
            }
        }
        Err(nonsense("it leaves a payment open that it was asked to end"))
    }

    async fn refund(&self, refund: GiveBack<'_>, by: Deadline) -> Result<GivenBack> {
        let reference = refund.attempt.reference;
        let done = async |told: Option<Told>| {
            let known = told.and_then(|told| told.standing.refunds.into_iter().find(|known| known.key == refund.key));
            known.map(|known| match (known.amount, known.currency) == (refund.amount, refund.currency) {
                true => Ok(GivenBack::Done { gateway_reference: known.gateway_reference }),
                false => Err(nonsense("it gave back something else than it was asked for")),
            })
        };
        let before = self.ask(reference, by).await?;
        let way = match before.as_ref().map(|told| told.payment_type.as_str()) {
            // Others are refunded by way of Midtrans, or not at all: money of virtual accounts goes back by hand.
            Some("gopay" | "shopeepay" | "qris") => "refund/online/direct",
            _ => "refund",
        };
        let is_settled = before.as_ref().is_none_or(|told| told.status != "capture");
        if let Some(known) = done(before).await {
            return known;
        }
        // A card's money can go back once it is settled, within a day.
        if !is_settled {
            return Ok(GivenBack::OnItsWay);
        }
        let request = json!({ "refund_key": refund.key, "amount": refund.amount.get(), "reason": refund.reason });
        let question = Question::post(format!("/v2/{}/{way}", plain(reference)), Body::Json(&request));
        let answered = self.core.ask(question, by).await?;
        let code = code_of(&answered);
        if code == 200 {
            let own = answered.json.get("refund_chargeback_id").map(name_of).unwrap_or_default();
            let gateway_reference = if own.is_empty() { refund.key.to_owned() } else { own };
            return Ok(GivenBack::Done { gateway_reference });
        }
        if is_theirs(answered.status) || code == 401 || code >= 500 {
            return Err(unavailable(format!("it gives nothing back now: {}", why(&answered))));
        }
        // The same may have been asked for a moment earlier by somebody whose answer was lost.
        match done(self.ask(reference, by).await?).await {
            Some(known) => known,
            None => Ok(GivenBack::Refused { why: why(&answered) }),
        }
    }

    async fn look(&self, by: Deadline) -> Result<std::result::Result<(), String>> {
        let answered = self.core.ask(Question::get("/v2/etalase-try/status".to_owned()), by).await?;
        match code_of(&answered) {
            // It knows the key, and no payment of that name.
            200 | 404 => Ok(Ok(())),
            _ => Ok(Err(why(&answered))),
        }
    }
}

impl Gateway for Midtrans {
    fn name(&self) -> GatewayName {
        GatewayName::Midtrans
    }

    fn begin<'a>(&'a self, begin: &'a Begin<'a>, by: Deadline) -> Answer<'a, Page> {
        Box::pin(self.make(begin, by))
    }

    fn still_serves(&self, _url: &str) -> bool {
        true
    }

    fn page_origins(&self) -> Vec<String> {
        self.pages.origins(&["https://app.midtrans.com", "https://app.sandbox.midtrans.com"])
    }

    fn status<'a>(&'a self, attempt: AttemptNames<'a>, by: Deadline) -> Answer<'a, Option<Standing>> {
        Box::pin(async move { Ok(self.ask(attempt.reference, by).await?.map(|told| told.standing)) })
    }

    fn end<'a>(&'a self, attempt: AttemptNames<'a>, by: Deadline) -> Answer<'a, Ended> {
        Box::pin(self.close(attempt.reference, by))
    }

    fn give_back<'a>(&'a self, refund: GiveBack<'a>, by: Deadline) -> Answer<'a, GivenBack> {
        Box::pin(self.refund(refund, by))
    }

    fn try_out(&self, by: Deadline) -> Answer<'_, std::result::Result<(), String>> {
        Box::pin(self.look(by))
    }

    fn prove(&self, _headers: &[(String, String)], body: &[u8], _now: DateTime<Utc>) -> Result<Notification> {
        let unproved = || Error::SignedOut(Message::BadSignature);
        let posted: Posted = serde_json::from_slice(body).map_err(|_| unproved())?;
        if !verify(&self.signing_key.0, &posted) {
            return Err(unproved());
        }
        // The signature is the same for every status of a payment: only the whole body tells two events apart.
        let event_key = secrets::hex(&secrets::digest(body));
        Ok(Notification { event_key })
    }

    fn read(&self, body: &[u8]) -> Result<Statement> {
        let posted: Posted = serde_json::from_slice(body).map_err(|_| Error::Unusable(Message::Unreadable))?;
        Ok(Statement::Names { reference: posted.order_id })
    }
}

/// What of a notification is signed, and by what.
#[derive(Deserialize)]
struct Posted {
    order_id: String,
    status_code: String,
    gross_amount: String,
    signature_key: String,
}

/// Whether the signature is that of these three and the key, in constant time.
fn verify(key: &str, posted: &Posted) -> bool {
    let has_code = posted.status_code.len() == 3 && posted.status_code.bytes().all(|byte| byte.is_ascii_digit());
    let Some(given) = bytes_of(&posted.signature_key) else { return false };
    let mut hash = Sha512::new();
    for part in [&posted.order_id, &posted.status_code, &posted.gross_amount, key] {
        hash.update(part.as_bytes());
    }
    let is_genuine: bool = hash.finalize().as_slice().ct_eq(&given).into();
    is_genuine && has_code && !key.is_empty()
}

/// The bytes of a SHA-512 that is written in hex.
fn bytes_of(hex: &str) -> Option<[u8; 64]> {
    let mut bytes = [0; 64];
    if hex.len() != 128 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

/// A payment's status, and what only Midtrans calls so.
pub(super) struct Told {
    status: String,
    payment_type: String,
    standing: Standing,
}

/// How a payment stands; nothing before its buyer has chosen a way to pay.
pub(super) fn read_status(answered: &Answered, reference: &str) -> Result<Option<Told>> {
    match code_of(answered) {
        404 => return Ok(None),
        code if code == 401 || code >= 500 => {
            return Err(unavailable(format!("it does not tell how a payment stands: {}", why(answered))));
        }
        _ => {}
    }
    let Some(status) = answered.text("transaction_status") else {
        return Err(nonsense(format!("it tells no status: {}", why(answered))));
    };
    if answered.text("order_id") != Some(reference) {
        return Err(nonsense("it tells of another payment than it was asked about"));
    }
    let currency = match answered.text("currency").unwrap_or("IDR").parse() {
        Ok(currency) => currency,
        Err(_) => return Err(nonsense("it tells a currency that the shop does not know")),
    };
    let Some(amount) = amount_of(answered.json.get("gross_amount"), currency) else {
        return Err(nonsense("it tells an amount that is none"));
    };
    let outcome = outcome(status, answered.text("fraud_status"))?;
    let payment = PaymentStatement { reference: reference.to_owned(), outcome, amount, currency };
    let refunds = refunds(answered, status, &payment);
    let payment_type = answered.text("payment_type").unwrap_or_default().to_owned();
    Ok(Some(Told { status: status.to_owned(), payment_type, standing: Standing { payment, refunds } }))
}

fn outcome(status: &str, fraud: Option<&str>) -> Result<GatewayOutcome> {
    Ok(match (status, fraud) {
        // After them money was here, whatever went back since.
        ("settlement" | "refund" | "partial_refund" | "chargeback" | "partial_chargeback", _)
        | ("capture", Some("accept")) => GatewayOutcome::Paid,
        ("capture", Some("deny")) | ("cancel" | "failure", _) => GatewayOutcome::Failed,
        ("expire", _) => GatewayOutcome::Expired,
        // A held card is no money, and a page that was refused once may be tried again.
        ("pending" | "authorize" | "capture" | "deny", _) => GatewayOutcome::Pending,
        _ => return Err(nonsense(format!("it tells a status that the shop does not know: {status}"))),
    })
}

/// What went back of a payment; money that the buyer's bank took back is named by no key of ours.
fn refunds(answered: &Answered, status: &str, payment: &PaymentStatement) -> Vec<RefundStatement> {
    let listed = answered.json.get("refunds").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let read = |refund: &Value| RefundStatement {
        reference: payment.reference.clone(),
        key: refund.get("refund_key").and_then(Value::as_str).unwrap_or_default().to_owned(),
        gateway_reference: refund.get("refund_chargeback_id").map(name_of).unwrap_or_default(),
        amount: amount_of(refund.get("refund_amount"), payment.currency).unwrap_or(Money::ZERO),
        currency: payment.currency,
    };
    let mut refunds: Vec<_> = listed.iter().map(read).collect();
    if matches!(status, "chargeback" | "partial_chargeback") {
        refunds.push(RefundStatement {
            reference: payment.reference.clone(),
            key: status.to_owned(),
            gateway_reference: String::new(),
            amount: payment.amount,
            currency: payment.currency,
        });
    }
    refunds
}

/// A name that may be written as a number.
fn name_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The status of an answer: the body's own where it has one, because the line above it may say 200 for all.
fn code_of(answered: &Answered) -> u16 {
    let own = answered.text("status_code").and_then(|code| code.parse().ok());
    own.unwrap_or_else(|| answered.status.as_u16())
}

/// The gateway's own words.
fn why(answered: &Answered) -> String {
    let listed = answered.json.get("error_messages").and_then(Value::as_array);
    let listed = listed.map(|all| all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "));
    let said = listed.or_else(|| answered.text("status_message").map(str::to_owned)).unwrap_or_default();
    format!("{} {said}", code_of(answered)).trim_end().to_owned()
}

/// Lines that sum to the amount; one line for all where the shop's own do not.
fn items(begin: &Begin<'_>) -> Value {
    let line = |item: &Item| {
        let name: String = item.name.chars().take(LONGEST_NAME).collect();
        json!({ "name": name, "price": item.price.get(), "quantity": item.quantity })
    };
    let sum = Money::sum(begin.items.iter().map(|item| item.price.times(item.quantity).unwrap_or(Money::ZERO)));
    if sum == Some(begin.amount) {
        return begin.items.iter().map(line).collect();
    }
    json!([{ "name": begin.order_number, "price": begin.amount.get(), "quantity": 1 }])
}

/// When a page begins to count, with the offset that it must carry.
fn start_time(now: DateTime<Utc>) -> Result<String> {
    let jakarta = FixedOffset::east_opt(JAKARTA_SECONDS).ok_or_else(|| Error::internal("no such offset"))?;
    Ok(now.with_timezone(&jakarta).format("%Y-%m-%d %H:%M:%S %z").to_string())
}

/// What Midtrans calls a method.
const fn way(method: PaymentMethod) -> Option<&'static str> {
    use PaymentMethod as Method;
    Some(match method {
        Method::Qris => "other_qris",
        Method::VirtualAccountBca => "bca_va",
        Method::VirtualAccountMandiri => "echannel",
        Method::VirtualAccountBri => "bri_va",
        Method::VirtualAccountBni => "bni_va",
        Method::VirtualAccountPermata => "permata_va",
        Method::VirtualAccountCimb => "cimb_va",
        Method::VirtualAccountBsi => "bsi_va",
        Method::GoPay => "gopay",
        Method::ShopeePay => "shopeepay",
        Method::Dana => "dana",
        Method::Card => "credit_card",
        Method::Demo | Method::Ovo | Method::LinkAja | Method::BankTransfer | Method::CashOnDelivery => return None,
    })
}

#[cfg(test)]
mod tests;
