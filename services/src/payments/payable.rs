//! What is paid for, held under its lock: the one place where money meets orders and memberships.

use chrono::{DateTime, Utc};
use domain::events::{About, Happening};
use domain::locale::Locale;
use domain::mail::MailKind;
use domain::money::{Currency, Money};
use domain::orders::OrderEvent;
use domain::payments::{Payable, PaymentMethod, RefundId};
use sqlx::MySqlConnection;

use crate::database::Work;
use crate::error::Result;
use crate::memberships::{self, LockedPurchase};
use crate::orders::{self, LockedOrder};
use crate::{Shop, mail, vouchers};

/// An order or a purchase of a membership, and nobody else moves it until the transaction ends.
pub(super) enum LockedPayable {
    Order(LockedOrder),
    Membership(LockedPurchase),
}

/// What money needs to know of it.
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

impl<'a> From<&'a LockedOrder> for Bill<'a> {
    fn from(order: &'a LockedOrder) -> Self {
        Self {
            what: Payable::Order(order.id),
            number: &order.number,
            total: order.total,
            currency: order.currency,
            locale: order.locale,
            payment_method: order.payment_method,
            pay_by: order.pay_by,
        }
    }
}

impl<'a> From<&'a LockedPurchase> for Bill<'a> {
    fn from(purchase: &'a LockedPurchase) -> Self {
        Self {
            what: Payable::Membership(purchase.id),
            number: &purchase.number,
            total: purchase.due,
            currency: purchase.currency,
            locale: purchase.locale,
            payment_method: purchase.payment_method,
            pay_by: Some(purchase.pay_by),
        }
    }
}

/// Locks what is paid for. The lock order of every path: this first, then its payments and refunds.
pub(super) async fn lock(conn: &mut MySqlConnection, what: Payable) -> Result<LockedPayable> {
    Ok(match what {
        Payable::Order(id) => LockedPayable::Order(orders::lock(conn, id).await?),
        Payable::Membership(id) => LockedPayable::Membership(memberships::lock_purchase(conn, id).await?),
    })
}

/// The same for money that may come late. It uses the order's voucher again, whose uses count by customer, and in the one
/// lock order a customer comes before the order.
pub(super) async fn lock_for_money(conn: &mut MySqlConnection, what: Payable) -> Result<LockedPayable> {
    if let Some(order) = what.order() {
        vouchers::lock_user(conn, order).await?;
    }
    lock(conn, what).await
}

impl LockedPayable {
    pub(super) fn bill(&self) -> Bill<'_> {
        match self {
            Self::Order(order) => order.into(),
            Self::Membership(purchase) => purchase.into(),
        }
    }

    /// Whether it waits for money now.
    pub(super) fn waits(&self, now: DateTime<Utc>) -> bool {
        match self {
            Self::Order(order) => {
                order.status.after(OrderEvent::PaymentArrived).is_ok() && order.pay_by.is_none_or(|pay_by| now < pay_by)
            }
            Self::Membership(purchase) => purchase.waits(now),
        }
    }

    /// The page that the buyer comes back to from the gateway.
    pub(super) fn return_path(&self, shop: &Shop) -> String {
        match self {
            Self::Order(order) => {
                format!("/orders/{}/thanks?token={}", order.number, orders::token(shop, &order.number))
            }
            Self::Membership(purchase) => format!("/membership/purchases/{}", purchase.number),
        }
    }

    /// Says that a person must look at a payment or a refund.
    pub(super) fn needs_review(&self) -> Happening {
        match self {
            Self::Order(order) => Happening::PaymentNeedsReview { order_id: order.id, number: order.number.clone() },
            Self::Membership(purchase) => {
                Happening::MembershipNeedsReview { purchase_id: purchase.id, number: purchase.number.clone() }
            }
        }
    }

    /// Says that a refund arrived.
    pub(super) fn refunded(&self) -> Happening {
        match self {
            Self::Order(order) => About::Order(order.id).into(),
            Self::Membership(_) => About::Memberships.into(),
        }
    }

    /// Says that the gateway will not give an amount back.
    pub(super) fn refund_failed(&self, amount: Money) -> Happening {
        match self {
            Self::Order(order) => Happening::RefundFailed { order_id: order.id, number: order.number.clone(), amount },
            Self::Membership(_) => self.needs_review(),
        }
    }
}

/// Says that money goes back which could not be used.
pub(super) fn money_goes_back(bill: Bill<'_>, amount: Money) -> Happening {
    let number = bill.number.to_owned();
    match bill.what {
        Payable::Order(order_id) => Happening::MoneyGoesBack { order_id, number, amount },
        Payable::Membership(purchase_id) => Happening::MembershipMoneyGoesBack { purchase_id, number, amount },
    }
}

/// A letter about money that goes back.
pub(super) async fn write_mail(work: &mut Work, kind: MailKind, what: Payable, refund: RefundId) -> Result<()> {
    match what {
        Payable::Order(order) => mail::write(work, kind, order, Some(refund)).await,
        Payable::Membership(purchase) => mail::write(work, kind, purchase, Some(refund)).await,
    }
}
