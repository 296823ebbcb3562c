//! What is brought from the shop that Etalase replaces, and what is told of it: nothing is dropped in silence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::text_enum::text_enum;

mod findings;

pub use findings::Finding;

text_enum! {
    /// A kind of thing that the former shop has.
    pub enum FormerKind {
        Setting = "setting",
        Category = "category",
        Product = "product",
        Stock = "stock",
        Picture = "picture",
        Customer = "customer",
        Staff = "staff",
        Voucher = "voucher",
        Plan = "plan",
        Membership = "membership",
        Purchase = "purchase",
        Order = "order",
        KeptVoucher = "kept_voucher",
        Review = "review",
        Cart = "cart",
    }
}

impl FormerKind {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::Setting => ("Pengaturan", "Settings"),
            Self::Category => ("Kategori", "Category"),
            Self::Product => ("Produk", "Product"),
            Self::Stock => ("Stok", "Stock"),
            Self::Picture => ("Gambar", "Picture"),
            Self::Customer => ("Pelanggan", "Customer"),
            Self::Staff => ("Staf", "Staff"),
            Self::Voucher => ("Voucher", "Voucher"),
            Self::Plan => ("Paket keanggotaan", "Membership plan"),
            Self::Membership => ("Keanggotaan", "Membership"),
            Self::Purchase => ("Pembayaran keanggotaan", "Membership payment"),
            Self::Order => ("Pesanan", "Order"),
            Self::KeptVoucher => ("Voucher yang disimpan", "Saved voucher"),
            Self::Review => ("Ulasan", "Review"),
            Self::Cart => ("Keranjang", "Cart"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}

text_enum! {
    /// What became of a thing.
    pub enum Outcome {
        /// It is here now.
        Brought = "brought",
        /// An earlier import brought it; it stays as it is.
        Known = "known",
        /// It could not be brought; a remark says why.
        Refused = "refused",
    }
}

text_enum! {
    /// How grave a remark is.
    pub enum Verdict {
        /// It came with a correction.
        Corrected = "corrected",
        /// Something of it has no place here.
        LeftOut = "left_out",
        /// It did not come.
        Refused = "refused",
    }
}

impl Verdict {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Corrected, Locale::Indonesian) => "Diperbaiki",
            (Self::Corrected, Locale::English) => "Corrected",
            (Self::LeftOut, Locale::Indonesian) => "Tidak ikut",
            (Self::LeftOut, Locale::English) => "Left out",
            (Self::Refused, Locale::Indonesian) => "Ditolak",
            (Self::Refused, Locale::English) => "Refused",
        }
    }
}

/// Something to know about one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub kind: FormerKind,
    /// Its number in the former shop, or its name.
    pub which: String,
    pub verdict: Verdict,
    pub finding: Finding,
}

impl Remark {
    /// The whole of it in one line.
    pub fn text(&self, locale: Locale) -> String {
        let Self { kind, which, verdict, finding } = self;
        format!("{} {which}: {}: {}", kind.label(locale), verdict.label(locale), finding.text(locale))
    }
}

/// How many of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub brought: u32,
    pub known: u32,
    pub refused: u32,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub tallies: BTreeMap<FormerKind, Tally>,
    pub remarks: Vec<Remark>,
}

impl Report {
    /// Counts a thing.
    pub fn count(&mut self, kind: FormerKind, outcome: Outcome) {
        let tally = self.tallies.entry(kind).or_default();
        match outcome {
            Outcome::Brought => tally.brought += 1,
            Outcome::Known => tally.known += 1,
            Outcome::Refused => tally.refused += 1,
        }
    }

    /// Notes something about a thing; what is refused is counted, too.
    pub fn note(&mut self, kind: FormerKind, which: impl ToString, verdict: Verdict, finding: Finding) {
        if verdict == Verdict::Refused {
            self.count(kind, Outcome::Refused);
        }
        self.remarks.push(Remark { kind, which: which.to_string(), verdict, finding });
    }

    /// The count of a kind.
    pub fn of(&self, kind: FormerKind) -> Tally {
        self.tallies.get(&kind).copied().unwrap_or_default()
    }

    /// Whether everything is in.
    pub fn is_all_in(&self) -> bool {
        self.tallies.values().all(|tally| tally.refused == 0)
    }

    /// Whether nothing is in, neither now nor from before.
    pub fn is_nothing_in(&self) -> bool {
        self.tallies.values().all(|tally| tally.brought + tally.known == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, FormerKind, Outcome, Report, Verdict};
    use crate::locale::Locale;

    #[test]
    fn a_report_counts_what_is_refused_and_tells_it_in_both_languages() {
        let mut report = Report::default();
        assert!(report.is_nothing_in() && report.is_all_in());
        report.count(FormerKind::Order, Outcome::Brought);
        report.note(FormerKind::Order, 7, Verdict::Corrected, Finding::NoPhone);
        assert!(report.is_all_in());
        report.note(FormerKind::Order, 8, Verdict::Refused, Finding::NoLines);
        assert!(!report.is_all_in() && !report.is_nothing_in());
        assert_eq!((report.of(FormerKind::Order).brought, report.of(FormerKind::Order).refused), (1, 1));
        assert!(report.remarks[1].text(Locale::English).starts_with("Order 8: Refused: "));
        assert!(report.remarks[1].text(Locale::Indonesian).starts_with("Pesanan 8: Ditolak: "));
    }
}
