//! Transfers to an account of the shop itself: its accounts, what is asked for, and the proofs that buyers send.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::PaymentStatus;
use crate::id::{OrderId, ProofId};
use crate::locale::Locale;
use crate::message::Message;
use crate::money::{Currency, Money};
use crate::orders::OrderStatus;
use crate::problem::FieldProblem;
use crate::text::{AccountHolder, AccountNumber, BankName};
use crate::text_enum::text_enum;

/// The most bytes of a picture that is taken in as a proof: what phones make of a banking app.
pub const MOST_PROOF_BYTES: usize = 8 * 1024 * 1024;
/// The most bytes of a PDF, which is kept as it is.
pub const MOST_PDF_BYTES: usize = 2 * 1024 * 1024;
/// So many proofs of one order are taken in at most.
pub const MOST_PROOFS: u64 = 6;
/// A proof that waits keeps its order for so long after the time until which it had to be paid, and no longer.
pub const PROOF_HOLD: TimeDelta = TimeDelta::days(3);
/// So long a buyer whose proof was refused has at least to send another one.
pub const AFTER_REFUSAL: TimeDelta = TimeDelta::hours(6);
/// So many amounts the last three digits tell apart: 1 to 999.
const DIGITS: u64 = 999;

/// How buyers transfer money to the shop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TransferRules {
    /// In the order in which buyers see them.
    pub accounts: Vec<BankAccount>,
    /// Whether each order's amount is told with last three digits of its own, so that the owner knows it in the bank's list.
    pub unique_digits: bool,
}

/// An account of the shop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankAccount {
    pub bank: String,
    pub number: String,
    pub holder: String,
}

impl TransferRules {
    /// The most accounts that a shop tells.
    pub const MOST_ACCOUNTS: usize = 10;

    /// Whether amounts get digits of their own: only where the smallest unit is worth next to nothing.
    pub fn has_digits(&self, currency: Currency) -> bool {
        self.unique_digits && currency == Currency::Rupiah
    }

    /// Says what of it cannot be used.
    pub fn check(&self, problems: &mut Vec<FieldProblem>) {
        if self.accounts.len() > Self::MOST_ACCOUNTS {
            problems
                .push(FieldProblem::new("transfer.accounts", Message::TooManyAccounts { most: Self::MOST_ACCOUNTS }));
        }
        for (place, account) in self.accounts.iter().enumerate() {
            let mut problem = |field: &str, message: Option<Message>| {
                let field = format!("transfer.accounts.{place}.{field}");
                problems.extend(message.map(|message| FieldProblem::new(field, message)));
            };
            problem("bank", BankName::parse(&account.bank).err());
            problem("number", AccountNumber::parse(&account.number).err());
            problem("holder", AccountHolder::parse(&account.holder).err());
        }
    }

    /// Leaves out what nobody sees.
    pub fn tidy(&mut self) -> Result<(), Message> {
        for account in &mut self.accounts {
            account.bank = BankName::parse(&account.bank)?.into();
            account.number = AccountNumber::parse(&account.number)?.into();
            account.holder = AccountHolder::parse(&account.holder)?.into();
        }
        Ok(())
    }
}

/// The digits to try for an order, each once: neighbours get digits that are far apart.
pub fn digits_of(order: OrderId) -> impl Iterator<Item = Money> {
    // 619 and 999 have no common divisor: 999 orders in a row begin with as many digits.
    let first = order.get() % DIGITS * 619 % DIGITS;
    (0..DIGITS).map(move |step| Money::minor(1 + i64::try_from((first + step) % DIGITS).unwrap_or_default()))
}

text_enum! {
    /// What became of a proof.
    pub enum ProofStatus {
        /// Nobody has looked at it.
        Waiting = "waiting",
        /// Its money is here.
        Approved = "approved",
        Refused = "refused",
    }
}

impl ProofStatus {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Waiting, Locale::Indonesian) => "Menunggu diperiksa",
            (Self::Waiting, Locale::English) => "Waiting to be checked",
            (Self::Approved, Locale::Indonesian) => "Diterima",
            (Self::Approved, Locale::English) => "Approved",
            (Self::Refused, Locale::Indonesian) => "Ditolak",
            (Self::Refused, Locale::English) => "Refused",
        }
    }
}

text_enum! {
    /// What a proof is.
    pub enum ProofKind {
        Picture = "picture",
        Pdf = "pdf",
    }
}

/// A proof that a buyer sent. What it shows is for staff alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub id: ProofId,
    pub kind: ProofKind,
    pub status: ProofStatus,
    pub sent_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// Why it was refused, for the buyer.
    pub reason: Option<String>,
}

/// What an order that is paid by transfer is asked for, and what its buyer sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderTransfer {
    /// What is to be transferred, digits included.
    pub asked: Money,
    /// Until when a proof that waits keeps the order.
    pub held_until: Option<DateTime<Utc>>,
    /// Oldest first.
    pub proofs: Vec<Proof>,
}

impl OrderTransfer {
    /// Whether somebody has yet to look at a proof.
    pub fn has_waiting(&self) -> bool {
        self.proofs.iter().any(|proof| proof.status == ProofStatus::Waiting)
    }
}

text_enum! {
    /// Which proofs are listed.
    pub enum ProofShow {
        /// Those that nobody has looked at, the longest first.
        Waiting = "waiting",
        /// The others, the newest first.
        Decided = "decided",
    }
}

/// Asks for a page of proofs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListProofs {
    pub show: ProofShow,
    /// The last of the page before.
    pub after: Option<ProofId>,
}

/// A page of proofs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofPage {
    pub rows: Vec<ProofRow>,
    /// The last of the page, when others follow.
    pub next: Option<ProofId>,
}

/// A proof, with the order that it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofRow {
    pub proof: Proof,
    pub order_id: OrderId,
    pub number: String,
    pub name: String,
    pub order_status: OrderStatus,
    pub payment_status: PaymentStatus,
    pub currency: Currency,
    /// What the order costs, and what was asked for with its digits.
    pub total: Money,
    pub asked: Money,
    /// Until when the order waits for somebody to decide.
    pub held_until: Option<DateTime<Utc>>,
}

/// Asks for a proof, with what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetProof {
    pub proof_id: ProofId,
}

/// A proof, with what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofDetail {
    pub row: ProofRow,
    /// The picture as a `data:` address; nothing for a PDF, and for what was thrown away since.
    pub picture: Option<String>,
    /// Whether what it shows is still kept.
    pub is_kept: bool,
    /// The next one that waits.
    pub next: Option<ProofId>,
}

/// What somebody decides about a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofVerdict {
    /// So much came.
    Approve { came: Money },
    /// Why not, for the buyer.
    Refuse { reason: String },
}

/// Asks to decide about a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideProof {
    pub proof_id: ProofId,
    pub verdict: ProofVerdict,
}

/// Asks to count money that came to an account of the shop, with a proof or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountTransfer {
    pub order_id: OrderId,
    pub came: Money,
}

/// Asks to write the file of a proof where the owner says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveProofFile {
    pub proof_id: ProofId,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BankAccount, TransferRules, digits_of};
    use crate::id::OrderId;
    use crate::message::Message;
    use crate::money::{Currency, Money};
    use crate::problem::FieldProblem;

    fn account(number: &str) -> BankAccount {
        BankAccount { bank: "BCA".to_owned(), number: number.to_owned(), holder: "Siti Nurhaliza".to_owned() }
    }

    #[test]
    fn every_order_may_get_any_digits_and_neighbours_get_others() {
        for order in [1, 2, 998, 999, 1_000, u64::MAX] {
            let all: BTreeSet<_> = digits_of(OrderId::new(order)).collect();
            assert_eq!(all.len(), 999);
            assert_eq!((all.first(), all.last()), (Some(&Money::minor(1)), Some(&Money::minor(999))));
        }
        let firsts: BTreeSet<_> = (1..=999).map(|order| digits_of(OrderId::new(order)).next()).collect();
        assert_eq!(firsts.len(), 999);
    }

    #[test]
    fn an_account_is_read_however_its_number_is_copied() {
        let mut rules = TransferRules { accounts: vec![account(" 123-456\u{a0}7890 ")], unique_digits: true };
        let mut problems = Vec::new();
        rules.check(&mut problems);
        assert_eq!(problems, []);
        rules.tidy().unwrap();
        assert_eq!(rules.accounts[0].number, "1234567890");

        let wrong = TransferRules { accounts: vec![account("BCA 1"), account("")], unique_digits: false };
        wrong.check(&mut problems);
        let at = |place: u32, message| FieldProblem::new(format!("transfer.accounts.{place}.number"), message);
        assert_eq!(problems, [at(0, Message::NotAnAccountNumber), at(1, Message::Required)]);
    }

    #[test]
    fn only_amounts_of_small_money_get_digits() {
        let rules = TransferRules { accounts: Vec::new(), unique_digits: true };
        assert!(rules.has_digits(Currency::Rupiah) && !rules.has_digits(Currency::Dollar));
    }
}
