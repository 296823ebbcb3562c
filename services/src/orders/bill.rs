//! An order and its money: the bill that the ledger sees, and what each step does to what was paid.

use domain::money::Money;
use domain::orders::{Actor, MoneyEffect, OrderStatus};
use domain::payments::{Payable, RefundReason};
use sqlx::MySqlConnection;

use super::LockedOrder;
use crate::database::Work;
use crate::error::Result;
use crate::money::refunds::{self, Ask};
use crate::money::{self, Bill};

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

/// Does to an order's money what its move names.
pub(super) async fn move_money(work: &mut Work, order: &LockedOrder, effect: MoneyEffect, actor: &Actor) -> Result<()> {
    match effect {
        MoneyEffect::Nothing => Ok(()),
        MoneyEffect::Collect => collect(work, order).await,
        MoneyEffect::Refund => refund_everything(work, order, actor).await,
        MoneyEffect::RefundRest => refund_rest(work, order, actor).await,
    }
}

/// Whether the courier has yet to bring the money of an order.
pub(super) async fn is_paid_at_the_door_later(conn: &mut MySqlConnection, order: &LockedOrder) -> Result<bool> {
    let is_cash = !order.payment_method.is_online();
    Ok(is_cash && order.status != OrderStatus::Completed && money::balance(conn, order.id).await?.paid == Money::ZERO)
}

/// The courier brought the money that was to be paid at the door.
async fn collect(work: &mut Work, order: &LockedOrder) -> Result<()> {
    if !order.payment_method.collects_at_door() {
        return Ok(());
    }
    let due = order.total.minus(order.called_off).unwrap_or_default();
    money::attempts::record_cash(work, order, due).await
}

/// Gives back whatever is left of an order that is called off; there may be nothing.
async fn refund_everything(work: &mut Work, order: &LockedOrder, actor: &Actor) -> Result<()> {
    if money::balance(work, order.id).await?.left() == Money::ZERO {
        return Ok(());
    }
    let reason = RefundReason::OrderCancelled.text(order.locale);
    refunds::request(work, order, Ask { key: "cancelled", amount: None, units: &[], reason: &reason, actor }).await
}

/// Gives back what was paid for the units of an order that are called off; there may be nothing.
async fn refund_rest(work: &mut Work, order: &LockedOrder, actor: &Actor) -> Result<()> {
    let amount = order.called_off.min(money::balance(work, order.id).await?.left());
    if amount == Money::ZERO {
        return Ok(());
    }
    let reason = RefundReason::RestCalledOff.text(order.locale);
    // Its units count as given back from the moment they are called off, whether they were paid or not.
    refunds::request(work, order, Ask { key: "rest", amount: Some(amount), units: &[], reason: &reason, actor }).await
}
