//! A voucher in words: what it is good for, and how it stands.

use chrono::{DateTime, Utc};
use domain::pricing::VoucherKind;
use domain::vouchers::{Occasion, VoucherRow};

use super::VoucherText;
use crate::desk::Desk;
use crate::kit::Glyph;

/// What it is good for and under which conditions, in a line.
pub(super) fn terms(desk: &Desk, row: &VoucherRow) -> String {
    let locale = desk.locale;
    let (voucher, terms) = (&row.voucher, &row.voucher.terms);
    let say = |text: VoucherText| text.text(locale);
    let value = match terms.kind {
        VoucherKind::Percent(rate) => rate.display(locale),
        VoucherKind::Fixed(amount) => desk.money(amount),
        VoucherKind::FreeDelivery => say(VoucherText::FreeDelivery),
    };
    let occasion = row.occasion.map(|occasion| match occasion {
        Occasion::Welcome => say(VoucherText::ForWelcome),
        Occasion::TopSpender => say(VoucherText::ForTopSpenders),
    });
    let parts = [
        Some(value),
        terms.cap.map(|cap| say(VoucherText::UpTo { amount: desk.money(cap) })),
        (terms.minimum_purchase.get() > 0)
            .then(|| say(VoucherText::From { amount: desk.money(terms.minimum_purchase) })),
        (!terms.categories.is_empty()).then(|| say(VoucherText::InCategories { count: terms.categories.len() })),
        voucher.customer_limit.map(|limit| say(VoucherText::EachCustomer { limit })),
        voucher.first_order_only.then(|| say(VoucherText::FirstOrder)),
        occasion.or_else(|| voucher.is_personal.then(|| say(VoucherText::Personal))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How it stands now: icon, tone and words.
pub(super) fn state(row: &VoucherRow, now: DateTime<Utc>) -> (Glyph, &'static str, VoucherText) {
    let voucher = &row.voucher;
    if !voucher.is_active {
        return (Glyph::Cancelled, "off", VoucherText::Off);
    }
    if voucher.ends_at.is_some_and(|ends_at| ends_at <= now) {
        return (Glyph::Clock, "off", VoucherText::Over);
    }
    if voucher.total_limit.is_some_and(|limit| row.used >= limit) {
        return (Glyph::Out, "warn", VoucherText::UsedUp);
    }
    if voucher.starts_at.is_some_and(|starts_at| now < starts_at) {
        return (Glyph::Clock, "plain", VoucherText::Soon);
    }
    (Glyph::Done, "good", VoucherText::On)
}
