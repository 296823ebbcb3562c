//! Vouchers as shoppers read them.

use domain::pricing::VoucherKind;
use domain::vouchers::{Voucher, last_minute};

use crate::layout::Layout;
use crate::texts::Buy;

impl Layout {
    /// What a voucher is good for, in a few words.
    pub(crate) fn voucher_value(&self, voucher: &Voucher) -> String {
        let terms = &voucher.terms;
        let value = match terms.kind {
            VoucherKind::Percent(rate) => rate.display(self.locale),
            VoucherKind::Fixed(amount) => self.money(&amount),
            VoucherKind::FreeDelivery => self.say(Buy::FreeDeliveryVoucher),
        };
        let parts = [
            Some(value),
            terms.cap.map(|cap| self.say(Buy::VoucherUpTo { amount: self.money(&cap) })),
            (terms.minimum_purchase.get() > 0)
                .then(|| self.say(Buy::VoucherFrom { amount: self.money(&terms.minimum_purchase) })),
            voucher.ends_at.map(|ends_at| self.say(Buy::VoucherUntil { moment: self.moment(&last_minute(ends_at)) })),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}
