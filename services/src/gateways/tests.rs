//! Nothing that anybody can send makes a gateway's rules break, and nothing unproved passes them.

use chrono::{DateTime, Utc};
use domain::payments::GatewayMode;
use proptest::prelude::*;

use super::Gateway;
use super::demo::DemoGateway;
use super::midtrans::{Midtrans, MidtransKeys};
use super::stripe::{Stripe, StripeKeys};
use super::xendit::{Xendit, XenditKeys};

const NOWHERE: &str = "http://127.0.0.1:9";

fn all() -> Vec<Box<dyn Gateway>> {
    let (mode, base_url) = (GatewayMode::Test, Some(NOWHERE.to_owned()));
    let key = || "a key".to_owned();
    vec![
        Box::new(DemoGateway::new(NOWHERE, "a secret")),
        Box::new(Midtrans::new(&MidtransKeys {
            mode,
            server_key: key(),
            signing_key: None,
            base_url: base_url.clone(),
        })),
        Box::new(Xendit::new(&XenditKeys {
            mode,
            secret_key: key(),
            callback_token: key(),
            base_url: base_url.clone(),
        })),
        Box::new(Stripe::new(&StripeKeys { mode, secret_key: key(), webhook_secret: key(), base_url })),
    ]
}

/// Bytes of every kind: noise, text, and what looks like a notice with something wrong in it.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let genuine = [
        r#"{"order_id":"A-1","status_code":"200","gross_amount":"150000.00","signature_key":"00","transaction_status":"settlement"}"#,
        r#"{"id":"inv-1","external_id":"A-1","status":"PAID","amount":150000}"#,
        r#"{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"id":"cs_1","status":"complete","payment_status":"paid","client_reference_id":"A-1","amount_total":15000000,"currency":"idr","metadata":{"reference":"A-1"}}}}"#,
        r#"{"event_id":"e","reference":"A-1","outcome":"paid","amount":150000,"currency":"IDR","at":"2026-11-30T10:00:00Z"}"#,
    ];
    let broken = (0..genuine.len(), any::<prop::sample::Index>(), any::<u8>()).prop_map(move |(which, at, byte)| {
        let mut body = genuine[which].as_bytes().to_vec();
        let place = at.index(body.len());
        body[place] = byte;
        body
    });
    prop_oneof![proptest::collection::vec(any::<u8>(), 0..300), ".{0,300}".prop_map(String::into_bytes), broken]
}

proptest! {
    #[test]
    fn whatever_comes_is_refused_or_read_and_breaks_nothing(body in bodies(), header in ".{0,200}", at in 0_i64..4_000_000_000) {
        let now = DateTime::<Utc>::from_timestamp(at, 0).unwrap();
        for gateway in all() {
            for name in ["x-demo-signature", "x-callback-token", "stripe-signature"] {
                let headers = [(name.to_owned(), header.clone()), (name.to_owned(), format!("t={at},v1={header}"))];
                for header in headers {
                    prop_assert!(gateway.prove(&[header], &body, now).is_err(), "{} believes what nobody proved", gateway.name());
                }
            }
            let _ = gateway.read(&body);
        }
    }
}
