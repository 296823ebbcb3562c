//! What the desk lists of payments: the attempts, what gateways told, and how often somebody told what was not genuine.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{NoticeTrouble, PaymentStatus};
use crate::id::{InboxId, OrderId, PaymentId};
use crate::locale::Locale;
use crate::money::{Currency, Money};
use crate::text_enum::text_enum;

/// Asks for a page of attempts to pay, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListAttempts {
    pub status: Option<PaymentStatus>,
    /// The last of the page before.
    pub before: Option<PaymentId>,
}

/// A page of attempts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptPage {
    pub rows: Vec<AttemptRow>,
    /// The last of the page, when others follow.
    pub next: Option<PaymentId>,
}

/// An attempt to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptRow {
    pub id: PaymentId,
    pub gateway: String,
    /// Our name of it, and the gateway's where that is another.
    pub reference: String,
    pub gateway_reference: Option<String>,
    pub status: PaymentStatus,
    pub amount: Money,
    pub currency: Currency,
    /// What the gateway said came instead.
    pub came: Option<(Money, Currency)>,
    pub paid_for: PaidFor,
    pub begun_at: DateTime<Utc>,
    /// How often its gateway was asked how it stands, and when it is asked again.
    pub asks: u32,
    pub ask_at: Option<DateTime<Utc>>,
    /// Whether its gateway can be asked.
    pub can_ask: bool,
}

/// What an attempt is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaidFor {
    Order {
        id: OrderId,
        number: String,
    },
    /// By the number of the purchase.
    Membership {
        number: String,
    },
}

/// Asks the gateway how an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckAttempt {
    pub payment_id: PaymentId,
}

/// Asks for a page of genuine notices, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListNotices {
    /// The last of the page before.
    pub before: Option<InboxId>,
}

/// A page of notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticePage {
    pub rows: Vec<NoticeRow>,
    /// The last of the page, when others follow.
    pub next: Option<InboxId>,
    /// What was refused of late, by gateway.
    pub refused: Vec<RefusedNotices>,
}

/// A genuine notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    pub id: InboxId,
    pub gateway: String,
    pub received_at: DateTime<Utc>,
    pub applied_at: Option<DateTime<Utc>>,
    /// What came of it.
    pub outcome: Option<NoticeOutcome>,
    /// Why it could not be applied so far.
    pub trouble: Option<NoticeTrouble>,
    pub tries: u32,
}

/// Notices that proved nothing: nothing of them is kept but how many there were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedNotices {
    pub gateway: String,
    pub count: u64,
    pub last_at: DateTime<Utc>,
}

/// Asks for what a notice says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetNotice {
    pub notice_id: InboxId,
}

/// What a notice says, with secrets blacked out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeDetail {
    pub row: NoticeRow,
    pub body: String,
}

text_enum! {
    /// What came of a notice.
    pub enum NoticeOutcome {
        Paid = "paid",
        PaidLate = "paid_late",
        PaidTooMuch = "paid_too_much",
        SentBack = "sent_back",
        OtherAmount = "other_amount",
        Failed = "failed",
        Expired = "expired",
        Refunded = "refunded",
        Ignored = "ignored",
        UnknownPayment = "unknown_payment",
        SetAside = "set_aside",
    }
}

impl NoticeOutcome {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::Paid => ("Pembayaran masuk", "Payment received"),
            Self::PaidLate => ("Pembayaran masuk terlambat, pesanan dilanjutkan", "Paid late; the order goes on"),
            Self::PaidTooMuch => ("Pembayaran masuk, kelebihannya dikembalikan", "Paid; the excess goes back"),
            Self::SentBack => ("Uangnya dikembalikan", "The money goes back"),
            Self::OtherAmount => ("Jumlahnya berbeda, perlu diputuskan", "Another amount; somebody must decide"),
            Self::Failed => ("Pembayaran gagal", "The payment failed"),
            Self::Expired => ("Waktunya habis", "Time ran out"),
            Self::Refunded => ("Uang sudah dikembalikan", "Refunded"),
            Self::Ignored => ("Tidak mengubah apa pun", "Changed nothing"),
            Self::UnknownPayment => ("Pembayaran tidak dikenal", "Unknown payment"),
            Self::SetAside => ("Dikesampingkan", "Set aside"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}

/// What is told of a value that nobody may read.
const BLACKED_OUT: &str = "•••";
/// The most letters of a notice that are shown.
const MOST_SHOWN: usize = 20_000;

/// What a notice says as people may read it: of JSON every value whose name speaks of a secret, a signature or a card is blacked out;
/// what is no JSON is not shown.
pub fn blacked_out(body: &[u8]) -> Option<String> {
    let mut value = serde_json::from_slice(body).ok()?;
    black_out(&mut value);
    let text = serde_json::to_string_pretty(&value).ok()?;
    Some(if text.chars().count() > MOST_SHOWN { text.chars().take(MOST_SHOWN).chain(['…']).collect() } else { text })
}

fn black_out(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, inner) in fields {
                if is_secret(name) && !inner.is_null() {
                    *inner = serde_json::Value::String(BLACKED_OUT.to_owned());
                } else {
                    black_out(inner);
                }
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(black_out),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}

fn is_secret(name: &str) -> bool {
    const WORDS: [&str; 10] =
        ["signature", "secret", "token", "password", "card", "cvv", "cvc", "api_key", "server_key", "authorization"];
    let name = name.to_ascii_lowercase();
    WORDS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::blacked_out;

    #[test]
    fn secrets_are_blacked_out_however_deep_they_stand() {
        let body = br#"{"order_id":"ET-1-1","signature_key":"abc","x":[{"Saved_Token":"t","masked_card":{"n":"4811"}}],"card":null}"#;
        let shown = blacked_out(body).unwrap();
        for hidden in ["abc", "\"t\"", "4811"] {
            assert!(!shown.contains(hidden), "{hidden}: {shown}");
        }
        assert!(shown.contains("ET-1-1") && shown.contains("null"));
        assert_eq!(blacked_out(b"token=abc"), None);
        assert!(blacked_out(format!("\"{}\"", "x".repeat(50_000)).as_bytes()).unwrap().chars().count() < 20_010);
    }
}
