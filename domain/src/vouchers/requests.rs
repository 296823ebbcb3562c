//! What the desk asks about vouchers, and what it gets.

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};

use super::{Occasion, Voucher, VoucherCode, VoucherId};
use crate::id::CategoryId;
use crate::locale::Translated;
use crate::message::Message;
use crate::money::{BasisPoints, Money};
use crate::page::{PageNumber, Position};
use crate::pricing::{VoucherKind, VoucherTerms};
use crate::problem::{FieldProblem, Fields};

/// Asks for a page of vouchers, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListVouchers {
    /// Part of a code.
    pub search: Option<String>,
    pub page: PageNumber,
}

/// Asks for a voucher in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetVoucher {
    pub voucher_id: VoucherId,
}

/// Asks to add a voucher, or to change the one of that id and version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveVoucher {
    pub voucher_id: Option<VoucherId>,
    /// The version that was read; when somebody saved since, nothing is saved.
    pub version: u64,
    pub code: String,
    pub terms: VoucherTerms,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub total_limit: Option<u32>,
    pub customer_limit: Option<u32>,
    pub first_order_only: bool,
    pub is_personal: bool,
    /// When the shop itself gives it to customers; only a personal one.
    pub occasion: Option<Occasion>,
    pub is_active: bool,
}

/// [`SaveVoucher`], read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoucherDraft {
    pub code: VoucherCode,
    pub terms: VoucherTerms,
}

/// Asks to switch a voucher on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwitchVoucher {
    pub voucher_id: VoucherId,
    pub version: u64,
    pub is_active: bool,
}

/// A voucher in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherRow {
    pub version: u64,
    pub voucher: Voucher,
    pub occasion: Option<Occasion>,
    /// Orders that use it now.
    pub used: u32,
}

/// A page of vouchers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherPage {
    pub rows: Vec<VoucherRow>,
    pub position: Position,
    /// By the shop's clock, to tell what is over.
    pub now: DateTime<Utc>,
    /// Every category, for the choice of what a voucher is for.
    pub categories: Vec<(CategoryId, Translated)>,
}

/// A voucher, in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherDetail {
    pub row: VoucherRow,
    /// How many customers were given it.
    pub owners: u32,
    /// The newest orders that used it, newest first.
    pub uses: Vec<VoucherUse>,
}

/// An order that used a voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherUse {
    pub order_number: String,
    pub name: String,
    pub used_at: DateTime<Utc>,
    /// When it was given back, if it was.
    pub given_back_at: Option<DateTime<Utc>>,
}

/// The years in which a voucher may begin and end.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

impl SaveVoucher {
    /// A new voucher that everybody may use at once, on all goods and as often as they like.
    pub fn for_everybody(code: &str, kind: VoucherKind) -> Self {
        Self {
            voucher_id: None,
            version: 0,
            code: code.to_owned(),
            terms: VoucherTerms { kind, cap: None, minimum_purchase: Money::ZERO, categories: Vec::new() },
            starts_at: None,
            ends_at: None,
            total_limit: None,
            customer_limit: None,
            first_order_only: false,
            is_personal: false,
            occasion: None,
            is_active: true,
        }
    }

    /// The most categories that a voucher names.
    pub const MOST_CATEGORIES: usize = 50;

    /// Reads what was sent, or says all that is wrong with it.
    pub fn read(&self) -> Result<VoucherDraft, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        let code = fields.take("code", VoucherCode::typed(&self.code));
        fields.take("terms.kind", check_kind(self.terms.kind));
        if let Some(cap) = self.terms.cap {
            fields.take("terms.cap", positive(cap));
        }
        fields.take("terms.minimum_purchase", ordinary(self.terms.minimum_purchase));
        if self.terms.categories.len() > Self::MOST_CATEGORIES {
            fields.take("terms.categories", Err::<(), _>(Message::TooMany { most: Self::MOST_CATEGORIES }));
        }
        for (field, at) in [("starts_at", self.starts_at), ("ends_at", self.ends_at)] {
            fields.take(field, at.map_or(Ok(()), ordinary_year));
        }
        if self.starts_at.zip(self.ends_at).is_some_and(|(starts, ends)| ends <= starts) {
            fields.take("ends_at", Err::<(), _>(Message::EndsBeforeItStarts));
        }
        for (field, limit) in [("total_limit", self.total_limit), ("customer_limit", self.customer_limit)] {
            fields.take(field, if limit == Some(0) { Err(Message::TooFew { fewest: 1 }) } else { Ok(()) });
        }
        if self.occasion.is_some() && !self.is_personal {
            fields.take("occasion", Err::<(), _>(Message::NotAChoice));
        }

        let mut terms = self.terms.clone();
        terms.categories.sort_unstable();
        terms.categories.dedup();
        let problems = fields.into_problems();
        match code {
            Some(code) if problems.is_empty() => Ok(VoucherDraft { code, terms }),
            Some(_) | None => Err(problems),
        }
    }
}

fn check_kind(kind: VoucherKind) -> Result<(), Message> {
    match kind {
        VoucherKind::Percent(rate) if rate == BasisPoints::default() || rate > BasisPoints::WHOLE => {
            Err(Message::NotAPercentage)
        }
        VoucherKind::Fixed(amount) => positive(amount),
        VoucherKind::Percent(_) | VoucherKind::FreeDelivery => Ok(()),
    }
}

/// No database can tell another year.
fn ordinary_year(at: DateTime<Utc>) -> Result<(), Message> {
    if YEARS.contains(&at.year()) {
        Ok(())
    } else {
        Err(Message::NotAYear { first: *YEARS.start(), last: *YEARS.end() })
    }
}

fn positive(amount: Money) -> Result<(), Message> {
    if amount > Money::ZERO { ordinary(amount) } else { Err(Message::NotAnAmount) }
}

fn ordinary(amount: Money) -> Result<(), Message> {
    if amount.is_ordinary() { Ok(()) } else { Err(Message::NotAnAmount) }
}

#[cfg(test)]
mod tests {
    use super::{Occasion, SaveVoucher};
    use crate::id::CategoryId;
    use crate::message::Message;
    use crate::money::{BasisPoints, Money};
    use crate::pricing::{VoucherKind, VoucherTerms};
    use crate::problem::FieldProblem;

    fn sent() -> SaveVoucher {
        SaveVoucher {
            voucher_id: None,
            version: 0,
            code: " hemat10 ".to_owned(),
            terms: VoucherTerms {
                kind: VoucherKind::Percent(BasisPoints::new(1_000)),
                cap: None,
                minimum_purchase: Money::ZERO,
                categories: [3, 1, 3].map(CategoryId::new).to_vec(),
            },
            starts_at: None,
            ends_at: None,
            total_limit: None,
            customer_limit: None,
            first_order_only: false,
            is_personal: false,
            occasion: None,
            is_active: true,
        }
    }

    #[test]
    fn what_is_read_is_in_order() {
        let read = sent().read().unwrap();
        assert_eq!(read.code.as_str(), "HEMAT10");
        assert_eq!(read.terms.categories, [1, 3].map(CategoryId::new));
    }

    #[test]
    fn a_voucher_begins_and_ends_in_a_year_of_four_digits() {
        let in_year =
            |year: i32| chrono::NaiveDate::from_ymd_opt(year, 12, 31).unwrap().and_hms_opt(23, 59, 59).unwrap();
        let (first, last) = (in_year(1970).and_utc(), in_year(9999).and_utc());
        assert!(SaveVoucher { starts_at: Some(first), ends_at: Some(last), ..sent() }.read().is_ok());
        let (early, late) = (in_year(1969).and_utc(), last + chrono::TimeDelta::seconds(1));
        let problems = SaveVoucher { starts_at: Some(early), ends_at: Some(late), ..sent() }.read().unwrap_err();
        let why = Message::NotAYear { first: 1970, last: 9999 };
        assert_eq!(problems, ["starts_at", "ends_at"].map(|field| FieldProblem::new(field, why.clone())));
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let now = chrono::DateTime::UNIX_EPOCH;
        let mut wrong = SaveVoucher {
            code: "a b".to_owned(),
            starts_at: Some(now),
            ends_at: Some(now),
            total_limit: Some(0),
            customer_limit: Some(0),
            occasion: Some(Occasion::Welcome),
            ..sent()
        };
        wrong.terms.kind = VoucherKind::Fixed(Money::ZERO);
        wrong.terms.cap = Some(Money::minor(-1));
        wrong.terms.minimum_purchase = Money::minor(-1);
        let problems = wrong.read().unwrap_err();
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "code",
                "terms.kind",
                "terms.cap",
                "terms.minimum_purchase",
                "ends_at",
                "total_limit",
                "customer_limit",
                "occasion"
            ]
        );
    }
}
