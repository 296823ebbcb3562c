//! What is paid for, held under its lock: the one place where gateways meet orders and memberships.

use chrono::{DateTime, Utc};
use domain::events::{About, Happening};
use domain::money::Money;
use domain::orders::OrderEvent;
use domain::payments::{BillPart, Payable};
use sqlx::MySqlConnection;

use crate::error::Result;
use crate::gateways::Item;
use crate::memberships::{self, LockedPurchase};
use crate::money::Bill;
use crate::orders::{self, LockedOrder};
use crate::{Shop, vouchers};

/// An order or a purchase of a membership, and nobody else moves it until the transaction ends.
pub(super) enum LockedPayable {
    Order(LockedOrder),
    Membership(LockedPurchase),
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

    /// Our own page that tells how it is paid.
    pub(super) fn pay_path(&self, shop: &Shop) -> String {
        match self {
            Self::Order(order) => orders::pay_path(&order.number, &orders::token(shop, &order.number)),
            Self::Membership(_) => self.return_path(shop),
        }
    }

    /// What is paid for, line by line, for the buyer to read at the gateway; nothing where one line says it all.
    pub(super) async fn items(&self, conn: &mut MySqlConnection) -> Result<Vec<Item>> {
        let Self::Order(order) = self else { return Ok(Vec::new()) };
        let (detail, locale) = (orders::load(conn, order.id).await?, order.locale);
        let goods = detail.lines.iter().map(|line| {
            let name = format!("{} {}", line.name.get(locale), line.options.get(locale)).trim_end().to_owned();
            Item { name, price: line.unit_price, quantity: line.quantity }
        });
        let more = BillPart::of(&detail.totals).into_iter();
        let more = more.map(|(part, price)| Item { name: part.label(locale).to_owned(), price, quantity: 1 });
        Ok(goods.chain(more).collect())
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
