//! The hosted page, where the buyer decides what becomes of the payment. It has its own look, says in words that it
//! is for practice, and works without JavaScript.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::locale::Locale;
use domain::payments::GatewayOutcome;
use domain::texts;
use serde::Deserialize;

use crate::demo_gateway::payment::Payment;
use crate::demo_gateway::{Gateway, now};
use crate::security::always;
use crate::server::Odd;

const STYLE: &str = include_str!("gateway.css");

texts! {
    /// The words of the hosted page.
    enum Words {
        Title => "Pembayaran latihan", "Practice payment";
        Notice => "Ini gerbang pembayaran latihan. Tidak ada uang sungguhan yang berpindah.", "This is a practice gateway. No real money moves.";
        PayTo => "Bayar ke", "Pay to";
        Order => "Pesanan", "Order";
        Total => "Total", "Total";
        PayBefore => "Bayar sebelum", "Pay before";
        Ask => "Pilih hasil pembayaran:", "Choose how this payment ends:";
        Pay => "Bayar", "Pay";
        Fail => "Buat gagal", "Fail";
        Expire => "Biarkan kedaluwarsa", "Let it expire";
        Paid => "Pembayaran berhasil", "Payment complete";
        Failed => "Pembayaran gagal", "Payment failed";
        Expired => "Pembayaran kedaluwarsa", "Payment expired";
        AlreadyDecided => "Pembayaran ini sudah selesai.", "This payment is already settled.";
        Back => "Kembali ke toko", "Back to the shop";
        Missing => "Pembayaran ini tidak ada.", "This payment does not exist.";
        MissingHint => "Buka lagi tautan dari halaman pesanan Anda.", "Open the link on your order's page again.";
        Broken => "Gerbang latihan sedang bermasalah. Coba lagi.", "The practice gateway is in trouble. Please try again.";
    }
}

/// What opens the page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Opening {
    key: String,
    language: String,
}

/// What the buyer decided.
#[derive(Deserialize)]
pub(super) struct Decision {
    key: String,
    decision: String,
}

#[derive(Template)]
#[template(path = "demo_gateway/pay.html")]
struct PayPage<'a> {
    locale: Locale,
    payment: &'a Payment,
}

#[derive(Template)]
#[template(path = "demo_gateway/missing.html")]
struct MissingPage {
    locale: Locale,
}

/// `GET /pay/{reference}?key=…`: a wrong key and an unknown reference look the same.
pub(super) async fn show(
    State(gateway): State<Gateway>,
    Path(reference): Path<String>,
    Query(opening): Query<Opening>,
) -> Response {
    let Some(payment) = gateway.store.find(&reference).filter(|payment| payment.key == opening.key) else {
        return missing().await;
    };
    let locale = opening.language.parse().unwrap_or(payment.request.locale);
    let mut response = html(StatusCode::OK, &PayPage { locale, payment: &payment });
    // The browser checks the redirect back to the shop as if the form led there.
    if let Some(policy) = policy(&payment.request.return_url) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// `POST /pay/{reference}`: the shop hears first, if it can be reached at once, so that the buyer finds the order paid.
pub(super) async fn decide(
    State(gateway): State<Gateway>,
    Path(reference): Path<String>,
    Form(decision): Form<Decision>,
) -> Response {
    let Some(payment) = gateway.store.find(&reference).filter(|payment| payment.key == decision.key) else {
        return missing().await;
    };
    if !payment.is_open() {
        return Redirect::to(&payment.request.return_url).into_response();
    }
    let outcome = match decision.decision.as_str() {
        "pay" => GatewayOutcome::Paid,
        "fail" => GatewayOutcome::Failed,
        "expire" => GatewayOutcome::Expired,
        _ => return missing().await,
    };
    match gateway.store.decide(&reference, outcome, now()) {
        Ok(Some(payment)) => {
            gateway.courier.tell(&reference).await;
            Redirect::to(&payment.request.return_url).into_response()
        }
        Ok(None) => missing().await,
        Err(problem) => {
            tracing::error!(%problem, "a decision cannot be kept");
            (StatusCode::INTERNAL_SERVER_ERROR, Words::Broken.text(Locale::Indonesian)).into_response()
        }
    }
}

/// The page's own style.
pub(super) async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")], STYLE)
}

/// The page for everything that does not exist.
pub(super) async fn missing() -> Response {
    html(StatusCode::NOT_FOUND, &MissingPage { locale: Locale::Indonesian })
}

/// Adds the headers of every answer.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let is_odd = request.extensions().get::<Odd>().is_some();
    let mut response = if is_odd { StatusCode::BAD_REQUEST.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    always(headers);
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Some(policy) = policy("") {
        headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    response
}

impl PayPage<'_> {
    fn say(&self, words: Words) -> String {
        words.text(self.locale)
    }

    fn amount(&self) -> String {
        self.payment.request.amount.display(self.payment.request.currency)
    }

    /// The end of the payment's time, in Jakarta's, where this shop's practice money lives.
    fn pay_before(&self) -> String {
        let jakarta = chrono::FixedOffset::east_opt(7 * 3600);
        let ends_at = self.payment.request.expires_at;
        jakarta.map_or_else(String::new, |zone| ends_at.with_timezone(&zone).format("%d/%m/%Y %H.%M WIB").to_string())
    }

    fn outcome(&self) -> Words {
        match self.payment.outcome {
            GatewayOutcome::Pending => Words::Title,
            GatewayOutcome::Paid => Words::Paid,
            GatewayOutcome::Failed => Words::Failed,
            GatewayOutcome::Expired => Words::Expired,
        }
    }

    fn other(&self) -> Locale {
        match self.locale {
            Locale::Indonesian => Locale::English,
            Locale::English => Locale::Indonesian,
        }
    }
}

impl MissingPage {
    fn say(&self, words: Words) -> String {
        words.text(self.locale)
    }
}

fn html(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(page) => (status, Html(page)).into_response(),
        Err(problem) => {
            tracing::error!(%problem, "the hosted page cannot be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn policy(return_url: &str) -> Option<HeaderValue> {
    let shop = reqwest::Url::parse(return_url).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
    let form_action = format!("form-action 'self' {shop}");
    let policy = format!(
        "default-src 'none'; style-src 'self'; {}; frame-ancestors 'none'; base-uri 'none'",
        form_action.trim_end()
    );
    HeaderValue::from_str(&policy).ok()
}

#[cfg(test)]
mod tests {
    use askama::Template;
    use domain::locale::Locale;
    use domain::payments::GatewayOutcome;

    use super::{PayPage, policy};
    use crate::demo_gateway::payment::Payment;
    use crate::demo_gateway::payment::tests::{noon, request};

    #[test]
    fn the_page_shows_what_is_paid_and_says_that_it_is_practice() {
        let mut payment = Payment::new(request("p-1"), noon());
        payment.request.shop_name = "<b>Toko</b>".to_owned();
        let page = PayPage { locale: Locale::Indonesian, payment: &payment }.render().unwrap();
        for words in ["Rp\u{a0}299.000", "ET-1001", "gerbang pembayaran latihan", &payment.key, "05/01/2026 20.00 WIB"]
        {
            assert!(page.contains(words), "{words}");
        }
        assert!(!page.contains("<b>Toko"));

        payment.decide(GatewayOutcome::Paid, noon());
        let page = PayPage { locale: Locale::English, payment: &payment }.render().unwrap();
        assert!(page.contains("Payment complete") && !page.contains("<form"));
    }

    #[test]
    fn the_form_may_lead_back_to_the_shop_only() {
        let policy = policy("https://toko.example/orders/1?token=x").unwrap();
        assert!(policy.to_str().unwrap().contains("form-action 'self' https://toko.example;"));
    }
}
