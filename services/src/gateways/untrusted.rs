//! What strangers can send to the shop's doors for payment services, and what the services can answer: handed to the code that
//! reads it, for programs that try to break it with any bytes (`fuzz/`).

use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use domain::money::{Currency, Money};
use domain::payments::{DemoPayment, GatewayMode, GatewayName, GatewayOutcome};
use reqwest::StatusCode;
use serde_json::Value;

use super::demo::{self, DemoGateway};
use super::midtrans::{self, Midtrans, MidtransKeys};
use super::stripe::{self, Stripe, StripeKeys};
use super::wire::{Answered, amount_of};
use super::xendit::{self, Xendit, XenditKeys};
use super::{Gateway, PaymentStatement};

const KEY: &str = "a key that nobody can guess";
const REFERENCE: &str = "A-1";

/// Whether somebody is believed who sends that header with that body.
pub fn is_believed(name: GatewayName, header: &str, body: &[u8], now: DateTime<Utc>) -> bool {
    let headers = [(header_of(name).to_owned(), header.to_owned())];
    gateway(name).is_some_and(|gateway| gateway.prove(&headers, body, now).is_ok())
}

/// The header that proves a body; Midtrans writes its proof into the body.
pub fn proof(name: GatewayName, body: &[u8], now: DateTime<Utc>) -> String {
    match name {
        GatewayName::Demo => demo::sign(KEY, now.timestamp(), body),
        GatewayName::Stripe => format!("t={},v1={}", now.timestamp(), stripe::signature(KEY, now.timestamp(), body)),
        GatewayName::Xendit => KEY.to_owned(),
        GatewayName::Midtrans => String::new(),
    }
}

/// Reads what a notice says.
pub fn read(name: GatewayName, body: &[u8]) {
    let _ = gateway(name).map(|gateway| gateway.read(body));
}

/// Reads what a service answers.
pub fn read_answer(name: GatewayName, status: u16, body: &[u8]) {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    let (amount, currency) = (Money::minor(150_000), Currency::Rupiah);
    let payment = PaymentStatement { reference: REFERENCE.to_owned(), outcome: GatewayOutcome::Paid, amount, currency };
    match name {
        GatewayName::Demo => drop(serde_json::from_slice::<DemoPayment>(body)),
        GatewayName::Midtrans => {
            let status = StatusCode::from_u16(status).unwrap_or_default();
            let _ = midtrans::read_status(&Answered { status, json }, REFERENCE);
        }
        GatewayName::Xendit => {
            let _ = xendit::read_invoice(&json, REFERENCE);
            let _ = xendit::read_refund(&json, &payment);
            let _ = xendit::given_back(&json);
        }
        GatewayName::Stripe => {
            let _ = stripe::read_session(&json);
            let _ = stripe::read_refund(&json, &payment);
            let _ = stripe::given_back(&json);
        }
    }
}

/// An amount as a service writes it.
pub fn amount(text: &str, currency: Currency) -> Option<i64> {
    amount_of(Some(&Value::String(text.to_owned())), currency).map(Money::get)
}

fn header_of(name: GatewayName) -> &'static str {
    match name {
        GatewayName::Demo => demo::SIGNATURE_HEADER,
        GatewayName::Midtrans => "none",
        GatewayName::Xendit => "x-callback-token",
        GatewayName::Stripe => "stripe-signature",
    }
}

/// Made once: their clients are what costs time.
fn gateway(name: GatewayName) -> Option<&'static dyn Gateway> {
    static ALL: OnceLock<Vec<Box<dyn Gateway>>> = OnceLock::new();
    let all = ALL.get_or_init(|| GatewayName::ALL.iter().copied().map(made).collect());
    all.iter().map(|gateway| &**gateway).find(|gateway| gateway.name() == name)
}

fn made(name: GatewayName) -> Box<dyn Gateway> {
    let (mode, base_url, key) = (GatewayMode::Test, Some("http://127.0.0.1:9".to_owned()), KEY.to_owned());
    match name {
        GatewayName::Demo => Box::new(DemoGateway::new("http://127.0.0.1:9", KEY)),
        GatewayName::Midtrans => {
            Box::new(Midtrans::new(&MidtransKeys { mode, server_key: key, signing_key: None, base_url }))
        }
        GatewayName::Xendit => {
            let callback_token = key.clone();
            Box::new(Xendit::new(&XenditKeys { mode, secret_key: key, callback_token, base_url }))
        }
        GatewayName::Stripe => {
            let webhook_secret = key.clone();
            Box::new(Stripe::new(&StripeKeys { mode, secret_key: key, webhook_secret, base_url }))
        }
    }
}
