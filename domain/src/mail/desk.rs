//! Letters as the owner sees them: what became of each, and what is asked for them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{LetterId, MailKind};
use crate::locale::Locale;
use crate::orders::OrderId;
use crate::secrets::{Secret, SecretState};
use crate::text_enum::text_enum;

text_enum! {
    /// What became of a letter.
    pub enum LetterState {
        /// It is sent as soon as it can be.
        Waiting = "waiting",
        /// The mail server took it.
        Sent = "sent",
        /// There was no mail account: it lies in a file.
        Kept = "kept",
        /// It will not be sent by itself any more.
        Failed = "failed",
    }
}

text_enum! {
    /// Why a letter was not sent.
    pub enum MailTrouble {
        /// Nobody answers where the server should be.
        Away = "away",
        /// The server answers, but nobody on the way could be kept from reading.
        Insecure = "insecure",
        /// The server knows no STARTTLS.
        NoStartTls = "no_starttls",
        /// The server does not let us in.
        NotLetIn = "not_let_in",
        /// The stored password cannot be read.
        Locked = "locked",
        /// The server will not take this letter, now or later.
        Refused = "refused",
        /// The server will not take it now.
        NotNow = "not_now",
        /// The server did not answer in time.
        TooSlow = "too_slow",
        /// The server took the whole letter and did not say in time what became of it: it may have arrived.
        Unanswered = "unanswered",
        /// Its reader wants no news of the shop.
        Unwanted = "unwanted",
        /// Nothing can be sent to that address.
        Unusable = "unusable",
        /// The file cannot be written.
        Disk = "disk",
    }
}

impl MailTrouble {
    /// The trouble in a sentence.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::Away => ("Server email tidak bisa dihubungi.", "The mail server can't be reached."),
            Self::Insecure => {
                ("Koneksi ke server email tidak bisa diamankan.", "The connection to the mail server can't be secured.")
            }
            Self::NoStartTls => (
                "Server email ini tidak mendukung STARTTLS. Coba TLS dengan port 465.",
                "This mail server does not support STARTTLS. Try TLS on port 465.",
            ),
            Self::NotLetIn => (
                "Server email menolak nama pengguna atau kata sandi.",
                "The mail server rejects the user name or the password.",
            ),
            Self::Locked => (
                "Kata sandi email yang tersimpan tidak bisa dibaca. Masukkan sekali lagi.",
                "The stored mail password can't be read. Enter it once more.",
            ),
            Self::Refused => ("Server email menolak email ini.", "The mail server rejected this letter."),
            Self::NotNow => {
                ("Server email belum mau menerima email ini.", "The mail server doesn't accept this letter yet.")
            }
            Self::TooSlow => ("Server email terlalu lama menjawab.", "The mail server took too long to answer."),
            Self::Unanswered => (
                "Server email menerima seluruh isinya tetapi tidak memberi jawaban. Mungkin email ini sudah sampai.",
                "The mail server took the whole letter but never confirmed it. It may have arrived.",
            ),
            Self::Unwanted => (
                "Pelanggan ini tidak ingin menerima kabar dari toko.",
                "This customer has unsubscribed from shop news.",
            ),
            Self::Unusable => ("Alamat ini tidak bisa dikirimi email.", "Mail can't be sent to this address."),
            Self::Disk => ("Berkas emailnya tidak bisa disimpan.", "The letter's file can't be saved."),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}

/// Why a letter was not sent, with what the server or the system said to it, in its own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    pub kind: MailTrouble,
    pub said: String,
}

/// Asks for a page of letters, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListLetters {
    /// Only those that were written before this one; nothing for the newest.
    pub before: Option<LetterId>,
}

/// A letter in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterRow {
    pub id: LetterId,
    pub kind: MailKind,
    /// The e-mail address of whom it is for.
    pub to: String,
    /// The order that it is about, with its number; none when it is about a membership.
    pub order: Option<(OrderId, String)>,
    pub written_at: DateTime<Utc>,
    pub state: LetterState,
    /// When the mail server took it.
    pub sent_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next, while it waits.
    pub next_try_at: Option<DateTime<Utc>>,
    /// Why the last try was in vain.
    pub trouble: Option<Trouble>,
}

/// A page of letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPage {
    pub rows: Vec<LetterRow>,
    /// The oldest letter here, when there are older ones.
    pub older_than: Option<LetterId>,
    /// Whether there is an account that sends them.
    pub sends: bool,
}

/// Asks for a letter as its reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetLetter {
    pub letter_id: LetterId,
}

/// A letter in full, written from what the shop knows now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterDetail {
    pub row: LetterRow,
    pub from: String,
    pub subject: String,
    pub text: String,
    /// Where its file lies, when it was kept.
    pub file: Option<String>,
}

/// Asks to send a letter once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendLetterAgain {
    pub letter_id: LetterId,
}

/// Asks what is known of the account besides its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetMailState {}

/// What is known of the account besides its settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailState {
    pub password: SecretState,
    /// How many letters wait to be sent, and how many were given up.
    pub waiting: u64,
    pub failed: u64,
    /// Where letters are kept while there is no account.
    pub folder: String,
}

/// Asks to keep that password for the account, or to forget it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetMailPassword {
    pub password: Option<Secret>,
}

/// Asks to send a letter that says nothing, with the settings that are saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendTestLetter {
    pub to: String,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestLetter {
    /// Nothing when the server took it.
    pub trouble: Option<Trouble>,
}
