//! What money needs to know of what it is paid for.

use chrono::{DateTime, Utc};
use domain::events::Happening;
use domain::locale::Locale;
use domain::money::{Currency, Money};
use domain::payments::{Payable, PaymentMethod};

/// An order or a purchase of a membership, as the ledger sees it.
#[derive(Clone, Copy)]
pub(crate) struct Bill<'a> {
    pub(crate) what: Payable,
    /// What the buyer calls it; the references of its payments and refunds begin so.
    pub(crate) number: &'a str,
    pub(crate) total: Money,
    pub(crate) currency: Currency,
    pub(crate) locale: Locale,
    pub(crate) payment_method: PaymentMethod,
    pub(crate) pay_by: Option<DateTime<Utc>>,
}

impl Bill<'_> {
    /// Says that money goes back which could not be used.
    pub(super) fn money_goes_back(&self, amount: Money) -> Happening {
        let number = self.number.to_owned();
        match self.what {
            Payable::Order(order_id) => Happening::MoneyGoesBack { order_id, number, amount },
            Payable::Membership(purchase_id) => Happening::MembershipMoneyGoesBack { purchase_id, number, amount },
        }
    }
}
