//! The history of an order: its steps, what happens between them, and what the shop itself notes about both.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Actor, OrderStatus};
use crate::locale::Locale;
use crate::text_enum::text_enum;
use crate::texts;

text_enum! {
    /// What an entry of the history tells.
    pub enum HistoryKind {
        /// The order took a step of its life.
        Step = "step",
        /// Units came back, and the order stays where it is.
        CameBack = "came_back",
        /// Money goes back, and the order stays where it is.
        MoneyBack = "money_back",
    }
}

impl HistoryKind {
    /// Whether buyers may read its note. Why staff take a step is for the desk alone.
    pub const fn is_for_buyers(self) -> bool {
        match self {
            Self::Step => false,
            Self::CameBack | Self::MoneyBack => true,
        }
    }
}

/// Something in an order's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    #[serde(default = "HistoryEntry::before_kinds")]
    pub kind: HistoryKind,
    /// Where the order stands since; the same as before when it was no step.
    pub status: OrderStatus,
    pub at: DateTime<Utc>,
    pub actor: Actor,
    pub note: Option<String>,
}

impl HistoryEntry {
    /// What every entry was before there were others.
    const fn before_kinds() -> HistoryKind {
        HistoryKind::Step
    }

    /// What people call it.
    pub const fn label(&self, locale: Locale) -> &'static str {
        match (self.kind, locale) {
            (HistoryKind::Step, locale) => self.status.label(locale),
            (HistoryKind::CameBack, Locale::Indonesian) => "Barang kembali",
            (HistoryKind::CameBack, Locale::English) => "Items came back",
            (HistoryKind::MoneyBack, Locale::Indonesian) => "Uang dikembalikan",
            (HistoryKind::MoneyBack, Locale::English) => "Money goes back",
        }
    }
}

texts! {
    /// What the shop notes by itself, in the order's language.
    pub enum HistoryNote {
        NotPaidBy { moment: String } => "Belum dibayar sampai {moment}.", "Not paid by {moment}.";
        Paid { gateway: String, reference: String } => "Dibayar lewat {gateway}: {reference}.", "Paid by {gateway}: {reference}.";
        PaidLate { gateway: String, reference: String } => "Uangnya datang setelah waktunya habis, lewat {gateway}: {reference}.", "The money came after time had run out, by {gateway}: {reference}.";
        CameBack { units: String } => "Kembali: {units}.", "Came back: {units}.";
        CameBackPaid { units: String, amount: String } => "Kembali: {units}. {amount} dikembalikan.", "Came back: {units}. {amount} goes back.";
        MoneyBack { amount: String, why: String } => "{amount} dikembalikan. {why}", "{amount} goes back. {why}";
    }
}

/// Units by their SKU in a line that fits into a note: `2 × K-1, 1 × K-2`.
pub fn listed_units<'a>(units: impl IntoIterator<Item = (&'a str, u32)>) -> String {
    const MOST: usize = 400;
    let mut line = String::new();
    for (sku, quantity) in units.into_iter().filter(|(_, quantity)| *quantity > 0) {
        let part = format!("{quantity} × {sku}");
        if line.len() + part.len() > MOST {
            line.push_str(", …");
            break;
        }
        if !line.is_empty() {
            line.push_str(", ");
        }
        line.push_str(&part);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{HistoryEntry, HistoryKind, listed_units};

    #[test]
    fn entries_from_before_there_were_kinds_are_steps() {
        let stored = r#"{"status":"shipped","at":"2026-01-05T12:00:00Z","actor":{"kind":"shopper"},"note":null}"#;
        assert_eq!(serde_json::from_str::<HistoryEntry>(stored).unwrap().kind, HistoryKind::Step);
    }

    #[test]
    fn units_are_listed_as_far_as_a_note_has_room() {
        assert_eq!(listed_units([("K-1", 2), ("K-2", 0), ("K-3", 1)]), "2 × K-1, 1 × K-3");
        let sku = "S".repeat(64);
        let many = listed_units(std::iter::repeat_n((sku.as_str(), 1_000), 50));
        assert!(many.len() < 420 && many.ends_with(", …"), "{many}");
    }
}
