//! Payment services to test with: each is a service of its own on a port of its own, made from what its makers document and not from
//! the shop's client, with a hosted page and notices, and it can be as slow, broken and forgetful as real ones are.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use domain::payments::{Carriage, GatewayMode, GatewayName, PaymentMethod};
use reqwest::{Client, redirect};
use services::payments::{Keys, MidtransKeys, StripeKeys, XenditKeys};

mod hosted;
mod midtrans;
mod stripe;
mod xendit;

/// The key that each service knows the shop by, and the one that proves its notices.
pub(crate) const KEY: &str = "a key of the tests";
pub(crate) const PROOF: &str = "a proof of the tests";

/// What is wrong with the service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fault {
    #[default]
    None,
    /// It answers after a while.
    Slow(Duration),
    /// It answers 500 and does nothing.
    Broken,
    /// It does what it is asked, and hangs up before it says so; it tells what is there as ever.
    HangsUp,
    /// One of so many answers to what it was asked to do, and has done, is lost behind its gate.
    Loses(usize),
}

/// How a payment stands at the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Open,
    Paid,
    Expired,
}

/// What a notice may say of a payment, whatever is true of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Waiting,
    Paid,
    Failed,
    Expired,
    GivenBack,
}

/// A payment at the service.
#[derive(Clone, Debug)]
pub(crate) struct Payment {
    /// The service's name of it.
    pub(crate) id: String,
    /// The shop's.
    pub(crate) reference: String,
    /// In the service's own unit.
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) standing: Standing,
    /// Whether the buyer has chosen a way to pay.
    pub(crate) is_chosen: bool,
    pub(crate) closes_at: DateTime<Utc>,
    pub(crate) return_url: String,
    pub(crate) refunds: Vec<Refund>,
}

/// Money that went back.
#[derive(Clone, Debug)]
pub(crate) struct Refund {
    pub(crate) id: String,
    pub(crate) key: String,
    pub(crate) amount: i64,
}

/// A notice as it goes over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

/// All that a service remembers.
#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) payments: Vec<Payment>,
    /// What it has to tell, and nobody has delivered.
    pub(crate) notices: VecDeque<Notice>,
    pub(crate) fault: Fault,
    /// Whether the shop's key is no longer good.
    pub(crate) knows_nobody: bool,
    /// Whether its list of refunds can be asked for those of one payment, where nothing is published about it.
    pub(crate) lists_by_payment: bool,
    /// How far its clock is ahead.
    pub(crate) ahead: TimeDelta,
    /// How often each path was asked for.
    pub(crate) asked: Vec<String>,
    /// Answers that are kept by their idempotency key.
    pub(crate) kept: Vec<(String, String, serde_json::Value)>,
}

impl Book {
    /// The service's clock.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.ahead
    }

    /// A payment, which ends by itself when its time is over.
    pub(crate) fn find(&mut self, is_it: impl Fn(&Payment) -> bool) -> Option<&mut Payment> {
        let now = self.now();
        let found = self.payments.iter_mut().rfind(|payment| is_it(payment))?;
        if found.standing == Standing::Open && found.closes_at <= now {
            found.standing = Standing::Expired;
        }
        Some(found)
    }
}

/// What each service shares with its handlers.
#[derive(Clone)]
pub(crate) struct Desk {
    book: Arc<Mutex<Book>>,
    pub(crate) url: String,
}

impl Desk {
    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A service that runs until the test ends.
pub(crate) struct Simulator {
    pub(crate) name: GatewayName,
    pub(crate) desk: Desk,
    pub(crate) client: Client,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Simulator {
    /// Opens the service.
    pub(crate) async fn start(name: GatewayName) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let desk = Desk { book: Arc::default(), url };
        let routes = match name {
            GatewayName::Midtrans => midtrans::routes(),
            GatewayName::Xendit => xendit::routes(),
            GatewayName::Stripe => stripe::routes(),
            GatewayName::Demo => panic!("the practice gateway is real itself"),
        };
        let pages = Router::new()
            .route("/page/{id}", axum::routing::get(hosted::page).post(hosted::pay))
            .merge(routes)
            .layer(from_fn_with_state(desk.clone(), misbehave))
            .with_state(desk.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, pages).await.unwrap() });
        let client = services::http::plain_client().redirect(redirect::Policy::none()).build().unwrap();
        Self { name, desk, client, serving }
    }

    /// What the shop is told to pay by it: a method, and which service carries that.
    pub(crate) fn carriage(&self) -> Carriage {
        Carriage { method: self.method(), gateway: self.name }
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &str {
        &self.desk.url
    }

    /// The keys that it knows the shop by.
    pub(crate) fn keys(&self) -> Keys {
        let (mode, base_url) = (GatewayMode::Test, Some(self.desk.url.clone()));
        let mut keys = Keys::default();
        match self.name {
            GatewayName::Midtrans => {
                let signing_key = Some(PROOF.to_owned());
                keys.midtrans = Some(MidtransKeys { mode, server_key: KEY.to_owned(), signing_key, base_url });
            }
            GatewayName::Xendit => {
                let callback_token = PROOF.to_owned();
                keys.xendit = Some(XenditKeys { mode, secret_key: KEY.to_owned(), callback_token, base_url });
            }
            GatewayName::Stripe => {
                let webhook_secret = PROOF.to_owned();
                keys.stripe = Some(StripeKeys { mode, secret_key: KEY.to_owned(), webhook_secret, base_url });
            }
            GatewayName::Demo => {}
        }
        keys
    }

    /// The method that it carries for the shop.
    pub(crate) fn method(&self) -> PaymentMethod {
        match self.name {
            GatewayName::Midtrans => PaymentMethod::VirtualAccountBca,
            GatewayName::Xendit => PaymentMethod::Qris,
            GatewayName::Stripe => PaymentMethod::Card,
            GatewayName::Demo => PaymentMethod::Demo,
        }
    }

    /// So many of its units are one of the shop's.
    pub(crate) fn unit(&self) -> i64 {
        if self.name == GatewayName::Stripe { 100 } else { 1 }
    }

    /// What goes wrong from here on.
    pub(crate) fn fail(&self, fault: Fault) {
        self.desk.book().fault = fault;
    }

    /// Knows the shop's key no more.
    pub(crate) fn forget_key(&self) {
        self.desk.book().knows_nobody = true;
    }

    /// Sets its clock ahead, as the shop's.
    pub(crate) fn advance(&self, by: TimeDelta) {
        self.desk.book().ahead += by;
    }

    /// The buyer pays on the hosted page.
    pub(crate) async fn pay(&self, page: &str) {
        assert!(page.starts_with(&self.desk.url), "{page} is a page of another service");
        let shown = self.client.get(page).send().await.unwrap();
        assert_eq!(shown.status(), 200);
        let paid = self.client.post(page).send().await.unwrap();
        assert_eq!(paid.status(), 303, "the page is open, and the browser goes back to the shop");
    }

    /// Whether the hosted page takes no money any more.
    pub(crate) async fn is_closed(&self, page: &str) -> bool {
        self.client.get(page).send().await.unwrap().status() == 410
    }

    /// The buyer, or somebody at the service, brings about what the page does not offer.
    pub(crate) fn alter(&self, reference: &str, change: impl FnOnce(&mut Payment)) {
        let mut book = self.desk.book();
        change(book.find(|payment| payment.reference == reference).unwrap());
    }

    /// A payment as the service has it.
    pub(crate) fn payment(&self, reference: &str) -> Option<Payment> {
        self.desk.book().find(|payment| payment.reference == reference).cloned()
    }

    /// How many payments of that name were made.
    pub(crate) fn count(&self, reference: &str) -> usize {
        self.desk.book().payments.iter().filter(|payment| payment.reference == reference).count()
    }

    /// How many of them can be paid.
    pub(crate) fn open(&self, reference: &str) -> usize {
        let book = self.desk.book();
        let is_open = |payment: &&Payment| payment.reference == reference && payment.standing == Standing::Open;
        book.payments.iter().filter(is_open).count()
    }

    /// Takes what it has to tell; what nobody delivers is lost.
    pub(crate) fn take_notices(&self) -> Vec<Notice> {
        self.desk.book().notices.drain(..).collect()
    }

    /// A notice about a payment as it stands, genuine as every other.
    pub(crate) fn notice_of(&self, reference: &str) -> Notice {
        let payment = self.payment(reference).unwrap();
        self.write(&payment)
    }

    /// A genuine notice that says so; each number is an event of its own.
    pub(crate) fn says(&self, reference: &str, said: Said, number: usize) -> Notice {
        let payment = self.payment(reference).unwrap();
        let now = self.desk.book().now();
        match self.name {
            GatewayName::Midtrans => midtrans::says(&payment, said, number),
            GatewayName::Xendit => xendit::says(&payment, said, number),
            GatewayName::Stripe => stripe::says(&payment, said, number, now),
            GatewayName::Demo => panic!("the practice gateway tells itself"),
        }
    }

    /// What proves a body with a secret, beside what stands in it.
    pub(crate) fn proof_of(
        name: GatewayName,
        secret: &str,
        body: &str,
        now: DateTime<Utc>,
    ) -> Vec<(&'static str, String)> {
        match name {
            GatewayName::Midtrans => Vec::new(),
            GatewayName::Xendit => vec![("x-callback-token", secret.to_owned())],
            GatewayName::Stripe => stripe::proof(secret, body, now),
            GatewayName::Demo => panic!("the practice gateway tells itself"),
        }
    }

    /// Has a payment of a name that the shop did not ask it for.
    pub(crate) fn adopt(&self, reference: &str, amount: i64) {
        let mut book = self.desk.book();
        let id = format!("own-{}", book.payments.len() + 1);
        let closes_at = book.now() + TimeDelta::hours(1);
        book.payments.push(Payment {
            id,
            reference: reference.to_owned(),
            amount: amount * self.unit(),
            currency: if self.name == GatewayName::Stripe { "idr" } else { "IDR" }.to_owned(),
            standing: Standing::Paid,
            is_chosen: true,
            closes_at,
            return_url: String::new(),
            refunds: Vec::new(),
        });
    }

    /// What it tells of a payment.
    pub(crate) fn write(&self, payment: &Payment) -> Notice {
        let now = self.desk.book().now();
        match self.name {
            GatewayName::Midtrans => midtrans::notice(payment),
            GatewayName::Xendit => xendit::notice(payment),
            GatewayName::Stripe => stripe::notice(payment, now),
            GatewayName::Demo => panic!("the practice gateway tells itself"),
        }
    }

    /// The same by somebody who does not know what proves it.
    pub(crate) fn forged(&self, reference: &str) -> Notice {
        let mut notice = self.notice_of(reference);
        match self.name {
            GatewayName::Midtrans => {
                notice.body = notice.body.replacen("\"signature_key\":\"", "\"signature_key\":\"0", 1)
            }
            GatewayName::Xendit | GatewayName::Stripe | GatewayName::Demo => {
                notice.headers = Self::proof_of(self.name, "another secret", &notice.body, self.desk.book().now())
            }
        }
        notice
    }
}

/// Behaves as badly as it is told to; its pages stay as they are.
async fn misbehave(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if path.starts_with("/page/") {
        return next.run(request).await;
    }
    desk.book().asked.push(path);
    let fault = desk.book().fault;
    if desk.book().knows_nobody {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match fault {
        Fault::None => next.run(request).await,
        Fault::Slow(pause) => {
            tokio::time::sleep(pause).await;
            next.run(request).await
        }
        Fault::Broken => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Fault::HangsUp | Fault::Loses(_) if request.method() == Method::GET => next.run(request).await,
        Fault::Loses(of) => {
            let is_lost = desk.book().asked.len().is_multiple_of(of);
            let answer = next.run(request).await;
            if is_lost { StatusCode::BAD_GATEWAY.into_response() } else { answer }
        }
        Fault::HangsUp => {
            next.run(request).await;
            panic!("the service hangs up")
        }
    }
}

/// Whether a request has the shop's key.
pub(crate) fn is_ours(headers: &axum::http::HeaderMap) -> bool {
    use base64::Engine;
    let expected = format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{KEY}:")));
    headers.get("authorization").and_then(|value| value.to_str().ok()) == Some(expected.as_str())
}
