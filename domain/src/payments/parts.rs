//! What a buyer pays for beside goods, as a payment service lists it.

use crate::locale::Locale;
use crate::money::Money;
use crate::orders::Totals;

/// A part of an order's total that is no goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillPart {
    Delivery,
    MemberDiscount,
    VoucherDiscount,
    Tax,
}

impl BillPart {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Delivery, Locale::Indonesian) => "Ongkos kirim",
            (Self::Delivery, Locale::English) => "Delivery",
            (Self::MemberDiscount, Locale::Indonesian) => "Diskon anggota",
            (Self::MemberDiscount, Locale::English) => "Member discount",
            (Self::VoucherDiscount, Locale::Indonesian) => "Diskon voucher",
            (Self::VoucherDiscount, Locale::English) => "Voucher discount",
            (Self::Tax, Locale::Indonesian) => "Pajak",
            (Self::Tax, Locale::English) => "Tax",
        }
    }

    /// What makes the goods' prices the total: with them it sums to it. What is taken off is below nothing.
    pub fn of(totals: &Totals) -> Vec<(Self, Money)> {
        let off = |amount: Money| Money::ZERO.minus(amount).unwrap_or_default();
        let tax = if totals.tax_included { Money::ZERO } else { totals.tax };
        let parts = [
            (Self::Delivery, totals.delivery),
            (Self::MemberDiscount, off(totals.member_discount)),
            (Self::VoucherDiscount, off(totals.voucher_discount)),
            (Self::Tax, tax),
        ];
        parts.into_iter().filter(|(_, amount)| *amount != Money::ZERO).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::BillPart;
    use crate::money::Money;
    use crate::orders::Totals;

    #[test]
    fn goods_and_parts_sum_to_the_total() {
        for tax_included in [true, false] {
            let totals = Totals {
                subtotal: Money::minor(150_000),
                member_discount: Money::minor(7_500),
                voucher_discount: Money::minor(10_000),
                delivery: Money::minor(20_000),
                tax: Money::minor(14_575),
                tax_included,
                ..Totals::default()
            };
            let totals = totals.added_up().unwrap();
            let parts = BillPart::of(&totals);
            assert_eq!(parts.len(), if tax_included { 3 } else { 4 });
            let sum = Money::sum(parts.into_iter().map(|(_, amount)| amount).chain([totals.subtotal]));
            assert_eq!(sum, Some(totals.total));
        }
    }
}
