//! Xendit: invoices with a hosted page.
//!
//! A callback carries a token that never changes and covers nothing of its body: it names an invoice, and the invoice is asked for.

use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::message::Message;
use domain::money::Currency;
use domain::payments::{GatewayMode, GatewayName, GatewayOutcome, PaymentMethod};
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::wire::{Answered, Body, Question, Wire, amount_of, is_theirs, nonsense, plain, refused, text, unavailable};
use super::{
    Answer, AttemptNames, Begin, Deadline, Ended, Gateway, GiveBack, GivenBack, Notification, Page, PaymentStatement,
    RefundStatement, Standing, Statement,
};
use crate::error::{Chain, Error, Result};
use crate::secrets;

/// What the owner has of Xendit.
#[derive(Clone, PartialEq, Eq)]
pub struct XenditKeys {
    pub mode: GatewayMode,
    pub secret_key: String,
    pub callback_token: String,
    /// Where Xendit is, when it is not where it is for everybody.
    pub base_url: Option<String>,
}

/// The header that proves a callback.
const TOKEN_HEADER: &str = "x-callback-token";
/// The shortest time that an invoice may be open.
const SHORTEST_SECONDS: i64 = 60;

/// Xendit with the shop's keys. Test and live differ by their keys alone.
pub(crate) struct Xendit {
    wire: Wire,
    callback_token: String,
}

impl std::fmt::Debug for Xendit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Xendit").field("wire", &self.wire).finish_non_exhaustive()
    }
}

/// An invoice as Xendit tells it.
pub(super) struct Invoice {
    id: String,
    url: String,
    payment: PaymentStatement,
}

impl Xendit {
    pub(crate) fn new(keys: &XenditKeys) -> Self {
        Self {
            wire: Wire::new("https://api.xendit.co", keys.base_url.as_deref(), &keys.secret_key),
            callback_token: keys.callback_token.clone(),
        }
    }

    async fn make(&self, begin: &Begin<'_>, by: Deadline) -> Result<Page> {
        if begin.currency != Currency::Rupiah {
            return Err(Error::Refused(Message::PaymentMethodOff));
        }
        let Some(way) = way(begin.method) else { return Err(Error::Refused(Message::PaymentMethodOff)) };
        // Xendit makes a second invoice of the same name without a word: one that is there is found first.
        if let Some(open) = self.of_reference(begin.reference, by).await?
            && open.payment.outcome == GatewayOutcome::Pending
            && (open.payment.amount, open.payment.currency) == (begin.amount, begin.currency)
        {
            return Ok(Page { url: open.url, gateway_reference: Some(open.id) });
        }
        let back = format!("{}{}", begin.public_url, begin.return_path);
        let request = json!({
            "external_id": begin.reference,
            "amount": begin.amount.get(),
            "currency": begin.currency.as_str(),
            "description": format!("{} {}", begin.shop_name, begin.order_number),
            "invoice_duration": (begin.expires_at - begin.now).num_seconds().max(SHORTEST_SECONDS),
            "success_redirect_url": back,
            "failure_redirect_url": back,
            "payment_methods": [way],
            "locale": match begin.locale { Locale::Indonesian => "id", Locale::English => "en" },
            "should_send_email": false,
        });
        let answered =
            self.wire.ask(Question::post("/v2/invoices".to_owned(), Body::Json(&request)).once(), by).await?;
        if !answered.status.is_success() {
            return Err(unavailable(format!("it makes no invoice: {}", why(&answered))));
        }
        let made = read_invoice(&answered.json, begin.reference)?;
        Ok(Page { url: made.url, gateway_reference: Some(made.id) })
    }

    /// The invoice that an attempt is there.
    async fn find(&self, attempt: AttemptNames<'_>, by: Deadline) -> Result<Option<Invoice>> {
        let Some(id) = attempt.gateway_reference else { return self.of_reference(attempt.reference, by).await };
        let answered = self.wire.ask(Question::get(format!("/v2/invoices/{}", plain(id))), by).await?;
        match answered.status.as_u16() {
            404 => Ok(None),
            200 => read_invoice(&answered.json, attempt.reference).map(Some),
            _ => Err(refused(answered.status, format!("it does not tell how an invoice stands: {}", why(&answered)))),
        }
    }

    /// The invoice that tells the most of those with our name: money, then one that may be paid.
    async fn of_reference(&self, reference: &str, by: Deadline) -> Result<Option<Invoice>> {
        let answered =
            self.wire.ask(Question::get(format!("/v2/invoices?external_id={}", plain(reference))), by).await?;
        let (true, Some(all)) = (answered.status.is_success(), answered.json.as_array()) else {
            return match answered.status.as_u16() {
                404 => Ok(None),
                _ => Err(unavailable(format!("it does not list invoices: {}", why(&answered)))),
            };
        };
        let named = all.iter().filter(|invoice| text(invoice, "external_id") == Some(reference));
        let read: Vec<_> = named.map(|invoice| read_invoice(invoice, reference)).collect::<Result<_>>()?;
        Ok(read.into_iter().min_by_key(|invoice| match invoice.payment.outcome {
            GatewayOutcome::Paid => 0,
            GatewayOutcome::Pending => 1,
            GatewayOutcome::Failed | GatewayOutcome::Expired => 2,
        }))
    }

    async fn close(&self, attempt: AttemptNames<'_>, by: Deadline) -> Result<Ended> {
        let Some(open) = self.find(attempt, by).await? else { return Ok(Ended::Unknown) };
        if open.payment.outcome != GatewayOutcome::Pending {
            return Ok(Ended::Closed(self.with_refunds(open, by).await?));
        }
        let answered =
            self.wire.ask(Question::post(format!("/invoices/{}/expire!", plain(&open.id)), Body::Nothing), by).await?;
        if is_theirs(answered.status) {
            return Err(unavailable(format!("it does not end an invoice: {}", why(&answered))));
        }
        // Whatever it answered: it may have been paid at the last moment.
        let names = AttemptNames { reference: attempt.reference, gateway_reference: Some(&open.id) };
        match self.find(names, by).await? {
            Some(ended) if ended.payment.outcome != GatewayOutcome::Pending => {
                Ok(Ended::Closed(self.with_refunds(ended, by).await?))
            }
            _ => Err(nonsense(format!("it leaves an invoice open that it was asked to end: {}", why(&answered)))),
        }
    }

    /// The refunds of an invoice. No filter of the list is documented: whatever it tells of others is left out.
    async fn refunds_of(&self, invoice: &str, by: Deadline) -> Result<Vec<Value>> {
        let list = format!("/refunds?invoice_id={}&limit=100", plain(invoice));
        let answered = self.wire.ask(Question::get(list), by).await?;
        match answered.json.get("data").and_then(Value::as_array) {
            Some(all) if answered.status.is_success() => {
                Ok(all.iter().filter(|refund| text(refund, "invoice_id") == Some(invoice)).cloned().collect())
            }
            _ => Err(unavailable(format!("it does not list refunds: {}", why(&answered)))),
        }
    }

    /// An invoice with what went back of it. It stays paid when money goes back, and says nothing of that by itself. Where
    /// nobody tells, the money counts.
    async fn with_refunds(&self, invoice: Invoice, by: Deadline) -> Result<Standing> {
        if invoice.payment.outcome != GatewayOutcome::Paid {
            return Ok(invoice.payment.into());
        }
        let listed = self.refunds_of(&invoice.id, by).await.unwrap_or_else(|error| {
            tracing::warn!(error = %Chain(&error), "what went back of an invoice is not known");
            Vec::new()
        });
        let gone = listed.iter().filter(|refund| text(refund, "status") == Some("SUCCEEDED"));
        let refunds = gone.map(|refund| read_refund(refund, &invoice.payment)).collect::<Result<_>>()?;
        Ok(Standing { payment: invoice.payment, refunds })
    }

    async fn refund(&self, refund: GiveBack<'_>, by: Deadline) -> Result<GivenBack> {
        let Some(invoice) = self.find(refund.attempt, by).await? else {
            return Ok(GivenBack::Refused { why: "there is no such invoice".to_owned() });
        };
        let listed = self.refunds_of(&invoice.id, by).await?;
        if let Some(known) = listed.iter().find(|it| text(it, "reference_id") == Some(refund.key)) {
            return given_back(known);
        }
        let request = json!({
            "invoice_id": invoice.id,
            "reference_id": refund.key,
            "amount": refund.amount.get(),
            "currency": refund.currency.as_str(),
            "reason": "REQUESTED_BY_CUSTOMER",
            "metadata": { "reason": refund.reason },
        });
        let question =
            Question::post("/refunds".to_owned(), Body::Json(&request)).header("idempotency-key", refund.key);
        let answered = self.wire.ask(question, by).await?;
        match answered.status.as_u16() {
            200..=299 => given_back(&answered.json),
            // The same was asked for a moment ago; what became of it is told when it is asked again.
            409 => Ok(GivenBack::OnItsWay),
            400 | 403 | 404 | 422 => Ok(GivenBack::Refused { why: why(&answered) }),
            _ => Err(unavailable(format!("it gives nothing back now: {}", why(&answered)))),
        }
    }
}

impl Gateway for Xendit {
    fn name(&self) -> GatewayName {
        GatewayName::Xendit
    }

    fn begin<'a>(&'a self, begin: &'a Begin<'a>, by: Deadline) -> Answer<'a, Page> {
        Box::pin(self.make(begin, by))
    }

    fn still_serves(&self, _url: &str) -> bool {
        true
    }

    fn page_origins(&self) -> Vec<String> {
        self.wire.origins(&["https://checkout.xendit.co", "https://checkout-staging.xendit.co"])
    }

    fn status<'a>(&'a self, attempt: AttemptNames<'a>, by: Deadline) -> Answer<'a, Option<Standing>> {
        Box::pin(async move {
            match self.find(attempt, by).await? {
                Some(invoice) => Ok(Some(self.with_refunds(invoice, by).await?)),
                None => Ok(None),
            }
        })
    }

    fn end<'a>(&'a self, attempt: AttemptNames<'a>, by: Deadline) -> Answer<'a, Ended> {
        Box::pin(self.close(attempt, by))
    }

    fn give_back<'a>(&'a self, refund: GiveBack<'a>, by: Deadline) -> Answer<'a, GivenBack> {
        Box::pin(self.refund(refund, by))
    }

    fn try_out(&self, by: Deadline) -> Answer<'_, std::result::Result<(), String>> {
        Box::pin(self.wire.look("/v2/invoices?limit=1", by, why))
    }

    fn prove(&self, headers: &[(String, String)], body: &[u8], _now: DateTime<Utc>) -> Result<Notification> {
        let given = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(TOKEN_HEADER));
        let given = given.map(|(_, value)| value.as_str()).unwrap_or_default();
        if !is_token(&self.callback_token, given) {
            return Err(Error::SignedOut(Message::BadSignature));
        }
        serde_json::from_slice::<Value>(body).map_err(|_| Error::Unusable(Message::Unreadable))?;
        let event_key = secrets::hex(&secrets::digest(body));
        Ok(Notification { event_key })
    }

    fn read(&self, body: &[u8]) -> Result<Statement> {
        let posted: Posted = serde_json::from_slice(body).map_err(|_| Error::Unusable(Message::Unreadable))?;
        // Callbacks of its other products name no invoice of ours.
        Ok(posted.external_id.map_or(Statement::Nothing, |reference| Statement::Names { reference }))
    }
}

/// What a callback says that matters: which invoice to ask for.
#[derive(Deserialize)]
struct Posted {
    #[serde(default)]
    external_id: Option<String>,
}

/// Whether the token is the shop's. Both are hashed first, so that the time tells not even a length.
fn is_token(own: &str, given: &str) -> bool {
    let is_equal: bool = secrets::digest(own.as_bytes()).ct_eq(&secrets::digest(given.as_bytes())).into();
    is_equal && !own.is_empty()
}

pub(super) fn read_invoice(invoice: &Value, reference: &str) -> Result<Invoice> {
    let without = |what: &str| nonsense(format!("it tells an invoice without {what}"));
    if text(invoice, "external_id") != Some(reference) {
        return Err(nonsense("it tells of another invoice than it was asked about"));
    }
    let outcome = match text(invoice, "status") {
        Some("PENDING") => GatewayOutcome::Pending,
        Some("PAID" | "SETTLED") => GatewayOutcome::Paid,
        Some("EXPIRED") => GatewayOutcome::Expired,
        _ => return Err(without("a status that the shop knows")),
    };
    let currency = text(invoice, "currency").unwrap_or("IDR").parse().map_err(|_| without("a currency"))?;
    // What came counts, where that is told.
    let paid = invoice.get("paid_amount").filter(|paid| outcome == GatewayOutcome::Paid && !paid.is_null());
    let amount = amount_of(paid.or_else(|| invoice.get("amount")), currency).ok_or_else(|| without("an amount"))?;
    Ok(Invoice {
        id: text(invoice, "id").ok_or_else(|| without("a name"))?.to_owned(),
        url: text(invoice, "invoice_url").ok_or_else(|| without("a page"))?.to_owned(),
        payment: PaymentStatement { reference: reference.to_owned(), outcome, amount, currency },
    })
}

pub(super) fn read_refund(refund: &Value, of: &PaymentStatement) -> Result<RefundStatement> {
    Ok(RefundStatement {
        reference: of.reference.clone(),
        key: text(refund, "reference_id").unwrap_or_default().to_owned(),
        gateway_reference: text(refund, "id").unwrap_or_default().to_owned(),
        amount: amount_of(refund.get("amount"), of.currency)
            .ok_or_else(|| nonsense("it tells a refund without an amount"))?,
        currency: of.currency,
    })
}

/// What became of a refund that Xendit tells of.
pub(super) fn given_back(refund: &Value) -> Result<GivenBack> {
    let own = text(refund, "id").unwrap_or_default().to_owned();
    match text(refund, "status") {
        Some("SUCCEEDED") => Ok(GivenBack::Done { gateway_reference: own }),
        Some("PENDING") => Ok(GivenBack::OnItsWay),
        Some("FAILED" | "CANCELLED") => {
            Ok(GivenBack::Refused { why: text(refund, "failure_code").unwrap_or("refused").to_owned() })
        }
        _ => Err(nonsense("it tells a refund without a status that the shop knows")),
    }
}

/// The gateway's own words.
fn why(answered: &Answered) -> String {
    let said = [answered.text("error_code"), answered.text("message")];
    let said = said.into_iter().flatten().collect::<Vec<_>>().join(": ");
    format!("{} {said}", answered.status.as_u16()).trim_end().to_owned()
}

/// What Xendit calls a method.
const fn way(method: PaymentMethod) -> Option<&'static str> {
    use PaymentMethod as Method;
    Some(match method {
        Method::Qris => "QRIS",
        Method::VirtualAccountBca => "BCA",
        Method::VirtualAccountMandiri => "MANDIRI",
        Method::VirtualAccountBri => "BRI",
        Method::VirtualAccountBni => "BNI",
        Method::VirtualAccountPermata => "PERMATA",
        Method::VirtualAccountCimb => "CIMB",
        Method::VirtualAccountBsi => "BSI",
        Method::ShopeePay => "SHOPEEPAY",
        Method::Dana => "DANA",
        Method::Ovo => "OVO",
        Method::LinkAja => "LINKAJA",
        Method::Card => "CREDIT_CARD",
        Method::Demo | Method::GoPay | Method::BankTransfer | Method::CashOnDelivery => return None,
    })
}

#[cfg(test)]
mod tests;
