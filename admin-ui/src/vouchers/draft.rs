//! A voucher as it stands in the form: what is typed stays text until it is sent.

use chrono::{DateTime, Utc};
use domain::catalog::CategoryId;
use domain::locale::Locale;
use domain::message::Message;
use domain::money::{BasisPoints, Currency, Money};
use domain::pricing::{VoucherKind, VoucherTerms};
use domain::problem::{FieldProblem, Fields};
use domain::vouchers::{SaveVoucher, VoucherRow, end_through, last_minute};

use crate::kit::Calendar;

/// What reading a draft depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub(super) currency: Currency,
    pub(super) locale: Locale,
    /// Minutes that the shop's clock is ahead of UTC.
    pub(super) utc_offset_minutes: i32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) code: String,
    /// `percent`, `fixed` or `free_delivery`.
    pub(super) kind: String,
    pub(super) value: String,
    pub(super) cap: String,
    pub(super) minimum: String,
    pub(super) starts_at: String,
    pub(super) ends_at: String,
    pub(super) total_limit: String,
    pub(super) customer_limit: String,
    pub(super) first_order_only: bool,
    pub(super) is_personal: bool,
    /// The word of an occasion, or nothing.
    pub(super) occasion: String,
    pub(super) categories: Vec<CategoryId>,
}

impl Draft {
    /// An empty form.
    pub(super) fn blank() -> Self {
        Self { kind: "percent".to_owned(), ..Self::default() }
    }

    /// The form of a voucher that is there.
    pub(super) fn of(row: &VoucherRow, manner: Manner) -> Self {
        let (voucher, terms) = (&row.voucher, &row.voucher.terms);
        let (kind, value) = match terms.kind {
            VoucherKind::Percent(rate) => ("percent", rate.digits(manner.locale)),
            VoucherKind::Fixed(amount) => ("fixed", amount.digits(manner.currency)),
            VoucherKind::FreeDelivery => ("free_delivery", String::new()),
        };
        let amount = |amount: Money| if amount == Money::ZERO { String::new() } else { amount.digits(manner.currency) };
        let count = |count: Option<u32>| count.map_or_else(String::new, |count| count.to_string());
        let stamp = |at: Option<DateTime<Utc>>| at.map_or_else(String::new, |at| manner.local(at));
        Self {
            code: voucher.code.as_str().to_owned(),
            kind: kind.to_owned(),
            value,
            cap: terms.cap.map_or_else(String::new, amount),
            minimum: amount(terms.minimum_purchase),
            starts_at: stamp(voucher.starts_at),
            ends_at: stamp(voucher.ends_at.map(last_minute)),
            total_limit: count(voucher.total_limit),
            customer_limit: count(voucher.customer_limit),
            first_order_only: voucher.first_order_only,
            is_personal: voucher.is_personal,
            occasion: row.occasion.map_or_else(String::new, |occasion| occasion.as_str().to_owned()),
            categories: terms.categories.clone(),
        }
    }

    /// Reads the form, or says all that is wrong with it; what a shop cannot work with, the service refuses.
    pub(super) fn read(&self, known: Option<&VoucherRow>, manner: Manner) -> Result<SaveVoucher, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        let money = |text: &str| Money::read(text, manner.currency);
        let kind = match self.kind.as_str() {
            "percent" => fields.take("terms.kind", BasisPoints::read(&self.value).map(VoucherKind::Percent)),
            "fixed" => fields.take("terms.kind", money(&self.value).map(VoucherKind::Fixed)),
            _ => Some(VoucherKind::FreeDelivery),
        };
        let cap = fields.take_optional("terms.cap", &self.cap, money);
        let minimum = fields.take_optional("terms.minimum_purchase", &self.minimum, money);
        let starts_at = fields.take_optional("starts_at", &self.starts_at, |text| manner.instant(text));
        // It is good through the minute that was typed.
        let end = |text: &str| end_through(manner.instant(text)?).ok_or(Message::NotATime);
        let ends_at = fields.take_optional("ends_at", &self.ends_at, end);
        let total_limit = fields.take_optional("total_limit", &self.total_limit, count);
        let customer_limit = fields.take_optional("customer_limit", &self.customer_limit, count);

        let problems = fields.into_problems();
        let Some(kind) = kind.filter(|_| problems.is_empty()) else { return Err(problems) };
        Ok(SaveVoucher {
            voucher_id: known.map(|row| row.voucher.id),
            version: known.map_or(0, |row| row.version),
            code: self.code.clone(),
            terms: VoucherTerms {
                kind,
                cap,
                minimum_purchase: minimum.unwrap_or_default(),
                categories: self.categories.clone(),
            },
            starts_at,
            ends_at,
            total_limit,
            customer_limit,
            first_order_only: self.first_order_only,
            is_personal: self.is_personal,
            occasion: self.occasion.parse().ok().filter(|_| self.is_personal),
            is_active: known.is_none_or(|row| row.voucher.is_active),
        })
    }
}

impl Manner {
    fn calendar(self) -> Calendar {
        Calendar { utc_offset_minutes: self.utc_offset_minutes, locale: self.locale }
    }

    fn local(self, at: DateTime<Utc>) -> String {
        self.calendar().stamp(at)
    }

    fn instant(self, text: &str) -> Result<DateTime<Utc>, Message> {
        self.calendar().instant(text)
    }
}

fn count(text: &str) -> Result<u32, Message> {
    domain::carts::parse_quantity(text, 1_000_000)
}

#[cfg(test)]
mod tests {
    use domain::locale::Locale;
    use domain::money::{BasisPoints, Currency, Money};
    use domain::pricing::VoucherKind;
    use domain::vouchers::last_minute;

    use super::{Draft, Manner};

    const JAKARTA: Manner =
        Manner { currency: Currency::Rupiah, locale: Locale::Indonesian, utc_offset_minutes: 7 * 60 };

    /// Pitfall B15.
    #[test]
    fn what_is_typed_is_read_on_the_shops_clock() {
        let draft = Draft {
            code: "hemat".to_owned(),
            value: "12,5".to_owned(),
            cap: "20.000".to_owned(),
            starts_at: "2026-11-23T07:00".to_owned(),
            ends_at: "2026-11-23T17:13".to_owned(),
            total_limit: "100".to_owned(),
            ..Draft::blank()
        };
        let read = draft.read(None, JAKARTA).unwrap();
        assert_eq!(read.terms.kind, VoucherKind::Percent(BasisPoints::new(1_250)));
        assert_eq!(read.terms.cap, Some(Money::minor(20_000)));
        assert_eq!(read.starts_at.unwrap().to_rfc3339(), "2026-11-23T00:00:00+00:00");
        assert_eq!(read.ends_at.unwrap().to_rfc3339(), "2026-11-23T10:14:00+00:00", "through the minute");
        assert_eq!((read.total_limit, read.customer_limit, read.is_active), (Some(100), None, true));
        assert_eq!(JAKARTA.local(read.starts_at.unwrap()), draft.starts_at);
        assert_eq!(JAKARTA.local(last_minute(read.ends_at.unwrap())), draft.ends_at);
    }

    #[test]
    fn what_cannot_be_read_is_told_by_field() {
        let draft = Draft {
            kind: "fixed".to_owned(),
            value: "ten".to_owned(),
            cap: "-1".to_owned(),
            ends_at: "tomorrow".to_owned(),
            customer_limit: "x".to_owned(),
            ..Draft::blank()
        };
        let problems = draft.read(None, JAKARTA).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["terms.kind", "terms.cap", "ends_at", "customer_limit"]);
    }
}
