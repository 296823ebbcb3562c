//! Midtrans' published rules and vectors.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use domain::locale::Locale;
use domain::money::{Currency, Money};
use domain::payments::{GatewayMode, GatewayOutcome, PaymentMethod};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::super::wire::Answered;
use super::super::{Begin, Gateway, Item, Statement};
use super::{Midtrans, MidtransKeys, Posted, items, outcome, read_status, start_time, verify};

const KEY: &str = "SB-Mid-server-TESTKEY";

/// M2, M3 and M4: what is signed for 150 000 of ORD-0001, by code.
const VECTORS: [(&str, &str); 3] = [
    (
        "200",
        "41f52539fcb1d589a8f1f62088fb9544518672b0ac5754a145b2ea5af76891896e0fc7a3aab77fbe6888f1fa28e2a5b3eea9344833ccf77d1fc24c5afb1d946b",
    ),
    (
        "201",
        "dcfdd6511238a2f0ede4a28bafae400541a4a00b7819e025c61e02988012fa9aedd7536857aadf4d9449ecf93d33f6918a997924b769fa75acbfbd059a5cbc53",
    ),
    (
        "202",
        "7a89b1bd79f81e4247e1dca694817117b9a5a7110d85ff53a358f38b2806b5664f0df5ff634d627d86c65010b99f72516575c83016b8b7039155de47aa9cba2a",
    ),
];

fn posted(code: &str, signature: &str) -> Posted {
    Posted {
        order_id: "ORD-0001".to_owned(),
        status_code: code.to_owned(),
        gross_amount: "150000.00".to_owned(),
        signature_key: signature.to_owned(),
    }
}

fn gateway() -> Midtrans {
    Midtrans::new(&MidtransKeys {
        mode: GatewayMode::Test,
        server_key: KEY.to_owned(),
        signing_key: None,
        base_url: Some("http://127.0.0.1:9".to_owned()),
    })
}

#[test]
fn the_vectors_are_believed_in_both_cases_of_hex() {
    for (code, signature) in VECTORS {
        assert!(verify(KEY, &posted(code, signature)), "{code}");
        assert!(verify(KEY, &posted(code, &signature.to_uppercase())), "{code}");
    }
}

#[test]
fn no_flipped_bit_is_believed() {
    let flip = |text: &str, place: usize, bit: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] ^= 1 << bit;
        String::from_utf8(bytes).ok()
    };
    for (code, signature) in VECTORS {
        for place in 0..signature.len() {
            for bit in 0..4 {
                let mut digits: Vec<u8> = signature.bytes().collect();
                let digit = char::from(digits[place]).to_digit(16).unwrap() ^ (1 << bit);
                digits[place] = u8::try_from(char::from_digit(digit, 16).unwrap()).unwrap();
                let flipped = std::str::from_utf8(&digits).unwrap();
                assert!(!verify(KEY, &posted(code, flipped)), "{place} {bit}");
            }
        }
        // Every bit of every signed text, and of the key.
        let genuine = posted(code, signature);
        for (text, put) in [
            (&genuine.order_id, (|posted, text| Posted { order_id: text, ..posted }) as fn(Posted, String) -> Posted),
            (&genuine.status_code, |posted, text| Posted { status_code: text, ..posted }),
            (&genuine.gross_amount, |posted, text| Posted { gross_amount: text, ..posted }),
        ] {
            for (place, bit) in (0..text.len()).flat_map(|place| (0..7).map(move |bit| (place, bit))) {
                let Some(flipped) = flip(text, place, bit) else { continue };
                assert!(!verify(KEY, &put(posted(code, signature), flipped.clone())), "{flipped}");
            }
        }
        for (place, bit) in (0..KEY.len()).flat_map(|place| (0..7).map(move |bit| (place, bit))) {
            let Some(flipped) = flip(KEY, place, bit) else { continue };
            assert!(!verify(&flipped, &genuine), "{flipped}");
        }
    }
}

#[test]
fn nothing_but_the_signed_text_and_the_key_is_believed() {
    let (code, signature) = VECTORS[0];
    assert!(!verify("SB-Mid-server-OTHER", &posted(code, signature)));
    assert!(!verify("", &posted(code, signature)), "no key proves nothing");
    assert!(!verify(KEY, &Posted { order_id: "ORD-0002".to_owned(), ..posted(code, signature) }));
    assert!(!verify(KEY, &Posted { gross_amount: "150000".to_owned(), ..posted(code, signature) }), "as received");
    // The same text, cut elsewhere.
    let shifted = Posted {
        order_id: "ORD-00012".to_owned(),
        status_code: "00".to_owned(),
        gross_amount: "150000.00".to_owned(),
        signature_key: signature.to_owned(),
    };
    assert!(!verify(KEY, &shifted), "a code has three digits");
    for broken in ["", "00", &signature[1..], &format!("{signature}0"), &signature.replace('4', "g")] {
        assert!(!verify(KEY, &posted(code, broken)), "{broken}");
    }
}

#[test]
fn a_notification_names_a_payment_and_every_other_body_is_another_event() {
    let body = |status: &str| {
        json!({
            "order_id": "ORD-0001", "status_code": "200", "gross_amount": "150000.00", "signature_key": VECTORS[0].1,
            "transaction_status": status, "transaction_id": "t-1",
        })
        .to_string()
    };
    let (settled, expired) = (body("settlement"), body("expire"));
    let prove = |body: &str| gateway().prove(&[], body.as_bytes(), DateTime::UNIX_EPOCH).unwrap().event_key;
    assert_eq!(prove(&settled), prove(&settled));
    assert_ne!(prove(&settled), prove(&expired));
    let read = gateway().read(settled.as_bytes()).unwrap();
    assert!(matches!(read, Statement::Names { reference } if reference == "ORD-0001"));
    for noise in ["", "{}", "[", "null", r#"{"order_id":1,"status_code":"200"}"#] {
        assert!(gateway().prove(&[], noise.as_bytes(), DateTime::UNIX_EPOCH).is_err(), "{noise}");
    }
}

#[test]
fn each_status_says_what_the_table_says() {
    use GatewayOutcome::{Expired, Failed, Paid, Pending};
    let table = [
        ("pending", None, Pending),
        ("authorize", Some("accept"), Pending),
        ("capture", Some("accept"), Paid),
        ("capture", Some("challenge"), Pending),
        ("capture", Some("deny"), Failed),
        ("capture", None, Pending),
        ("settlement", None, Paid),
        ("settlement", Some("accept"), Paid),
        ("deny", None, Pending),
        ("cancel", None, Failed),
        ("failure", None, Failed),
        ("expire", None, Expired),
        ("refund", None, Paid),
        ("partial_refund", None, Paid),
        ("chargeback", None, Paid),
        ("partial_chargeback", None, Paid),
    ];
    for (status, fraud, expected) in table {
        assert_eq!(outcome(status, fraud).unwrap(), expected, "{status} {fraud:?}");
    }
    assert!(outcome("sold", None).is_err(), "what nobody knows changes nothing");
}

fn answered(json: Value) -> Answered {
    Answered { status: StatusCode::OK, json }
}

#[test]
fn an_answer_is_believed_about_its_own_payment_and_in_whole_rupiah() {
    let status = |order: &str, amount: &str| {
        answered(json!({
            "status_code": "200", "transaction_status": "settlement", "order_id": order, "gross_amount": amount,
            "currency": "IDR", "payment_type": "bank_transfer",
        }))
    };
    let told = read_status(&status("A-1", "150000.00"), "A-1").unwrap().unwrap().standing.payment;
    assert_eq!(
        (told.amount, told.currency, told.outcome),
        (Money::minor(150_000), Currency::Rupiah, GatewayOutcome::Paid)
    );
    assert!(read_status(&status("B-1", "150000.00"), "A-1").is_err());
    assert!(read_status(&status("A-1", "150000.50"), "A-1").is_err());
    assert!(
        read_status(&answered(json!({ "status_code": "404" })), "A-1").unwrap().is_none(),
        "no way to pay is chosen"
    );
    assert!(read_status(&answered(json!({ "status_code": "401" })), "A-1").is_err());
    assert!(read_status(&answered(Value::Null), "A-1").is_err(), "a page of a proxy says nothing");
}

#[test]
fn what_went_back_is_told_with_our_key_and_what_a_bank_took_back_with_none_of_ours() {
    let told = answered(json!({
        "status_code": "200", "transaction_status": "partial_refund", "order_id": "A-1", "gross_amount": "150000.00",
        "refunds": [{ "refund_chargeback_id": 17, "refund_amount": "5000.00", "refund_key": "A-1-r1" }],
    }));
    let refunds = read_status(&told, "A-1").unwrap().unwrap().standing.refunds;
    assert_eq!((refunds[0].key.as_str(), refunds[0].amount), ("A-1-r1", Money::minor(5_000)));
    assert_eq!(refunds[0].gateway_reference, "17");
    let told = answered(json!({
        "status_code": "200", "transaction_status": "chargeback", "order_id": "A-1", "gross_amount": "150000.00",
    }));
    assert_eq!(read_status(&told, "A-1").unwrap().unwrap().standing.refunds.len(), 1);
}

#[test]
fn lines_sum_to_the_amount_or_are_one() {
    let now = Utc.with_ymd_and_hms(2026, 11, 30, 17, 30, 0).unwrap();
    let item = |name: &str, price, quantity| Item { name: name.to_owned(), price: Money::minor(price), quantity };
    let mut begin = Begin {
        reference: "A-1",
        order_number: "A",
        method: PaymentMethod::Qris,
        amount: Money::minor(165_000),
        currency: Currency::Rupiah,
        locale: Locale::Indonesian,
        now,
        expires_at: now + TimeDelta::hours(1),
        return_path: String::new(),
        public_url: String::new(),
        shop_name: String::new(),
        items: vec![item("Kemeja", 75_000, 2), item("Ongkos kirim", 20_000, 1), item("Diskon", -5_000, 1)],
    };
    assert_eq!(items(&begin).as_array().unwrap().len(), 3);
    begin.amount = Money::minor(165_001);
    assert_eq!(items(&begin), json!([{ "name": "A", "price": 165_001, "quantity": 1 }]));
    assert_eq!(start_time(now).unwrap(), "2026-12-01 00:30:00 +0700", "the clock of Jakarta, and its date");
}

#[test]
fn what_can_be_carried_has_a_name_there() {
    for method in PaymentMethod::ALL {
        assert_eq!(
            super::way(*method).is_some(),
            domain::payments::GatewayName::Midtrans.can_carry(*method),
            "{method}"
        );
    }
}
