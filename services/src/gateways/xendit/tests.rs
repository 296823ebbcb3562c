//! Xendit's published rules.

use chrono::DateTime;
use domain::money::Money;
use domain::payments::{GatewayMode, GatewayName, GatewayOutcome, PaymentMethod};
use serde_json::{Value, json};

use super::super::{Gateway, GivenBack, Statement};
use super::{Xendit, XenditKeys, given_back, is_token, read_invoice, way};

const TOKEN: &str = "t0ken-of-the-account";

fn gateway() -> Xendit {
    Xendit::new(&XenditKeys {
        mode: GatewayMode::Test,
        secret_key: "xnd_development_x".to_owned(),
        callback_token: TOKEN.to_owned(),
        base_url: Some("http://127.0.0.1:9".to_owned()),
    })
}

#[test]
fn only_the_whole_token_proves_a_callback() {
    assert!(is_token(TOKEN, TOKEN));
    for place in 0..TOKEN.len() {
        for bit in 0..7 {
            let mut bytes = TOKEN.as_bytes().to_vec();
            bytes[place] ^= 1 << bit;
            assert!(!is_token(TOKEN, &String::from_utf8(bytes).unwrap()), "{place} {bit}");
        }
    }
    for wrong in ["", "t0ken", "t0ken-of-the-account ", "T0KEN-OF-THE-ACCOUNT"] {
        assert!(!is_token(TOKEN, wrong), "{wrong}");
    }
    assert!(!is_token("", ""), "no token proves nothing");
    let body = br#"{"external_id":"A-1","status":"PAID"}"#;
    assert!(gateway().prove(&[("X-CALLBACK-TOKEN".to_owned(), TOKEN.to_owned())], body, DateTime::UNIX_EPOCH).is_ok());
    assert!(gateway().prove(&[], body, DateTime::UNIX_EPOCH).is_err());
    assert!(gateway().prove(&[("x-callback-token".to_owned(), TOKEN.to_owned())], b"{", DateTime::UNIX_EPOCH).is_err());
}

#[test]
fn a_callback_names_an_invoice_and_nothing_it_says_is_believed() {
    let read = gateway().read(br#"{"external_id":"A-1","status":"PAID","amount":1}"#).unwrap();
    assert!(matches!(read, Statement::Names { reference } if reference == "A-1"));
    assert!(matches!(gateway().read(br#"{"event":"refund.succeeded"}"#).unwrap(), Statement::Nothing));
}

fn invoice(status: &str, more: &Value) -> Value {
    let mut invoice = json!({
        "id": "inv-1", "external_id": "A-1", "status": status, "amount": 150_000, "currency": "IDR",
        "invoice_url": "https://checkout.example/inv-1",
    });
    invoice.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    invoice
}

#[test]
fn an_invoice_says_what_came_of_it() {
    for (status, outcome) in [
        ("PENDING", GatewayOutcome::Pending),
        ("PAID", GatewayOutcome::Paid),
        ("SETTLED", GatewayOutcome::Paid),
        ("EXPIRED", GatewayOutcome::Expired),
    ] {
        let read = read_invoice(&invoice(status, &json!({})), "A-1").unwrap().payment;
        assert_eq!((read.outcome, read.amount), (outcome, Money::minor(150_000)), "{status}");
    }
    let less = read_invoice(&invoice("PAID", &json!({ "paid_amount": 149_999 })), "A-1").unwrap().payment;
    assert_eq!(less.amount, Money::minor(149_999), "what came counts, not what was asked for");
    assert!(read_invoice(&invoice("PAID", &json!({})), "B-1").is_err());
    assert!(read_invoice(&invoice("WON", &json!({})), "A-1").is_err());
    assert!(read_invoice(&invoice("PAID", &json!({ "amount": 0.5 })), "A-1").is_err());
    assert!(read_invoice(&Value::Null, "A-1").is_err());
}

#[test]
fn a_refund_is_done_only_when_it_succeeded() {
    let status = |status: &str| given_back(&json!({ "id": "rfd-1", "status": status }));
    assert!(matches!(status("SUCCEEDED"), Ok(GivenBack::Done { gateway_reference }) if gateway_reference == "rfd-1"));
    assert!(matches!(status("PENDING"), Ok(GivenBack::OnItsWay)));
    assert!(matches!(status("FAILED"), Ok(GivenBack::Refused { .. })));
    assert!(status("").is_err());
}

#[test]
fn what_can_be_carried_has_a_name_there() {
    for method in PaymentMethod::ALL {
        assert_eq!(way(*method).is_some(), GatewayName::Xendit.can_carry(*method), "{method}");
    }
}
