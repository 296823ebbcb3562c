//! Stripe's published rules and vectors.

use chrono::{DateTime, Utc};
use domain::money::{Currency, Money};
use domain::payments::{GatewayMode, GatewayOutcome};
use serde_json::{Value, json};

use super::super::{Gateway, GivenBack, Statement};
use super::{Stripe, StripeKeys, from_stripe, given_back, read_session, signature, to_stripe, verify};

/// S3.
const BODY: &[u8] = br#"{"id":"evt_1","type":"checkout.session.completed"}"#;
const AT: i64 = 1_700_000_000;
const SIGNED: &str = "749721cbedbfa4cc1aa6c9c2bec1edd93766a07906c9d9b3dbc7626e4e660caf";
/// S2: a signature of another body, and one of a scheme that proves nothing.
const OTHER: &str = "5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd";

fn header() -> String {
    format!("t={AT},v1={SIGNED}")
}

#[test]
fn the_vector_is_believed_also_beside_others() {
    assert_eq!(signature("whsec_test", AT, BODY), SIGNED);
    assert!(verify("whsec_test", &header(), BODY, AT));
    assert!(
        verify("whsec_test", &format!("t={AT},v1={OTHER},v1={SIGNED},v0={OTHER}"), BODY, AT),
        "a secret is replaced"
    );
    assert!(verify("whsec_test", &format!("t={AT}, v1={SIGNED}"), BODY, AT));
}

#[test]
fn only_the_whole_and_recent_truth_is_believed() {
    assert!(verify("whsec_test", &header(), BODY, AT + 300));
    assert!(!verify("whsec_test", &header(), BODY, AT + 301), "too old");
    assert!(!verify("whsec_test", &header(), BODY, AT - 301), "from the future");
    assert!(!verify("whsec_other", &header(), BODY, AT));
    assert!(!verify("whsec_test", &header(), b"{}", AT));
    assert!(!verify("whsec_test", &format!("t={AT},v0={SIGNED}"), BODY, AT), "another scheme proves nothing");
    assert!(!verify("whsec_test", &format!("t=1492774577,v1={OTHER},v0={OTHER}"), BODY, 1_492_774_577));
    assert!(!verify("", &format!("t={AT},v1={}", signature("", AT, BODY)), BODY, AT), "no secret proves nothing");
    for broken in ["", "t=", "v1=", "t=x,v1=y", &format!("v1={SIGNED}"), "t=-9223372036854775808,v1=00", ",,,=,="] {
        assert!(!verify("whsec_test", broken, BODY, AT), "{broken}");
    }
}

#[test]
fn no_flipped_bit_is_believed() {
    for place in 0..BODY.len() {
        for bit in 0..8 {
            let mut body = BODY.to_vec();
            body[place] ^= 1 << bit;
            assert!(!verify("whsec_test", &header(), &body, AT), "{place} {bit}");
        }
    }
    for place in 0..SIGNED.len() {
        for bit in 0..7 {
            let mut digits = SIGNED.as_bytes().to_vec();
            digits[place] ^= 1 << bit;
            let header = format!("t={AT},v1={}", String::from_utf8(digits).unwrap());
            assert!(!verify("whsec_test", &header, BODY, AT), "{place} {bit}");
        }
    }
    // Another second within the tolerance is signed otherwise.
    for at in AT - 300..=AT + 300 {
        assert_eq!(verify("whsec_test", &format!("t={at},v1={SIGNED}"), BODY, AT), at == AT, "{at}");
    }
    let secret = "whsec_test";
    for (place, bit) in (0..secret.len()).flat_map(|place| (0..7).map(move |bit| (place, bit))) {
        let mut bytes = secret.as_bytes().to_vec();
        bytes[place] ^= 1 << bit;
        assert!(!verify(&String::from_utf8(bytes).unwrap(), &header(), BODY, AT), "{place} {bit}");
    }
}

#[test]
fn rupiah_are_counted_in_hundredths_and_never_rounded() {
    assert_eq!(to_stripe(Money::minor(150_000), Currency::Rupiah), Some(15_000_000));
    assert_eq!(to_stripe(Money::minor(1_250), Currency::Dollar), Some(1_250));
    assert_eq!(to_stripe(Money::minor(i64::MAX), Currency::Rupiah), None);
    assert_eq!(from_stripe(15_000_000, Currency::Rupiah), Some(Money::minor(150_000)));
    assert_eq!(from_stripe(15_000_050, Currency::Rupiah), None);
}

fn session(status: &str, payment_status: &str) -> Value {
    json!({
        "id": "cs_1", "status": status, "payment_status": payment_status, "client_reference_id": "A-1",
        "amount_total": 15_000_000, "currency": "idr", "payment_intent": "pi_1", "metadata": { "reference": "A-1" },
    })
}

#[test]
fn a_session_is_paid_when_its_money_is_here() {
    for (status, payment_status, outcome) in [
        ("open", "unpaid", GatewayOutcome::Pending),
        ("complete", "unpaid", GatewayOutcome::Pending),
        ("complete", "paid", GatewayOutcome::Paid),
        ("expired", "unpaid", GatewayOutcome::Expired),
    ] {
        let read = read_session(&session(status, payment_status)).unwrap();
        assert_eq!((read.payment.outcome, read.payment.amount), (outcome, Money::minor(150_000)), "{status}");
        assert_eq!((read.is_open, read.intent.as_deref()), (status == "open", Some("pi_1")));
    }
    assert!(read_session(&session("won", "lost")).is_err());
    assert!(read_session(&Value::Null).is_err());
}

fn gateway() -> Stripe {
    Stripe::new(&StripeKeys {
        mode: GatewayMode::Test,
        secret_key: "sk_test_x".to_owned(),
        webhook_secret: "whsec_test".to_owned(),
        base_url: Some("http://127.0.0.1:9".to_owned()),
    })
}

fn read(kind: &str, object: &Value) -> Statement {
    let event = json!({ "id": "evt_1", "type": kind, "data": { "object": object } });
    gateway().read(event.to_string().as_bytes()).unwrap()
}

#[test]
fn events_say_what_their_kind_says() {
    let outcome = |kind: &str, object: &Value| match read(kind, object) {
        Statement::Payment(payment) => Some(payment.outcome),
        Statement::Refund(_) | Statement::Names { .. } | Statement::Nothing => None,
    };
    let (paid, unpaid) = (session("complete", "paid"), session("complete", "unpaid"));
    assert_eq!(outcome("checkout.session.completed", &paid), Some(GatewayOutcome::Paid));
    assert_eq!(outcome("checkout.session.completed", &unpaid), Some(GatewayOutcome::Pending), "its money comes later");
    assert_eq!(outcome("checkout.session.async_payment_succeeded", &paid), Some(GatewayOutcome::Paid));
    // It may be about another session of that name than the one whose page the buyer has.
    for (kind, ended) in [("async_payment_failed", &unpaid), ("expired", &session("expired", "unpaid"))] {
        let told = read(&format!("checkout.session.{kind}"), ended);
        assert!(matches!(told, Statement::Names { reference } if reference == "A-1"), "{kind}");
    }
    let charge = json!({ "id": "ch_1", "metadata": { "reference": "A-1" } });
    assert!(matches!(read("charge.refunded", &charge), Statement::Names { reference } if reference == "A-1"));
    assert!(matches!(read("payment_intent.created", &charge), Statement::Nothing));
    assert!(
        matches!(read("checkout.session.completed", &json!({ "id": "cs_9" })), Statement::Nothing),
        "not the shop's"
    );
    for noise in ["", "[]", "{}", r#"{"type":"x"}"#] {
        assert!(gateway().read(noise.as_bytes()).is_err(), "{noise}");
    }
}

#[test]
fn an_event_is_known_by_its_own_name() {
    let now = DateTime::<Utc>::from_timestamp(AT, 0).unwrap();
    let prove = |header: String, body: &[u8]| gateway().prove(&[("Stripe-Signature".to_owned(), header)], body, now);
    assert_eq!(prove(header(), BODY).unwrap().event_key, "evt_1");
    for body in [br#"{"id":""}"#.as_slice(), b"{}", b"x"] {
        let signed = format!("t={AT},v1={}", signature("whsec_test", AT, body));
        assert!(prove(signed, body).is_err());
    }
}

#[test]
fn a_refund_is_done_only_when_it_succeeded() {
    let status = |status: &str| given_back(&json!({ "id": "re_1", "status": status }));
    assert!(matches!(status("succeeded"), Ok(GivenBack::Done { gateway_reference }) if gateway_reference == "re_1"));
    assert!(matches!(status("pending"), Ok(GivenBack::OnItsWay)));
    assert!(matches!(status("failed"), Ok(GivenBack::Refused { .. })));
    assert!(status("").is_err());
}
