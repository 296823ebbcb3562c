//! Orders of a shop that this one replaces: their prices are what was charged then, not what our rules make of them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::carts::Cart;
use domain::checkout::ReadyOrder;
use domain::customers::CustomerId;
use domain::message::Message;
use domain::money::Money;
use domain::orders::{Actor, OrderEvent, OrderId, OrderStatus, StockEffect, Totals};
use domain::pricing::{Priced, PricedLine};
use domain::settings::Settings;
use domain::vouchers::VoucherId;

use super::super::insert::{Draft, insert_former};
use super::super::life::{Step, replay};
use super::super::{parcels, queries};
use super::{add_up, line};
use crate::database::Work;
use crate::error::{Error, Result};
use crate::inventory::holds::{self, Give};
use crate::{inventory, money, vouchers};

/// An order as the former shop charged it.
#[derive(Clone, Debug)]
pub(crate) struct FormerOrder {
    /// What its buyer knows it by.
    pub(crate) number: String,
    pub(crate) ready: ReadyOrder,
    pub(crate) customer: CustomerId,
    pub(crate) account: Option<CustomerId>,
    /// One of each SKU; their sum is the subtotal.
    pub(crate) lines: Vec<FormerLine>,
    pub(crate) totals: Totals,
    pub(crate) voucher: Option<VoucherId>,
    pub(crate) placed_at: DateTime<Utc>,
    /// What else was known of it.
    pub(crate) note: Option<String>,
    /// Whether units are promised or sold for it; one that ended has none.
    pub(crate) takes_units: bool,
    /// Until when it may be paid, if it waits.
    pub(crate) pay_by: DateTime<Utc>,
    pub(crate) steps: Vec<FormerStep>,
}

/// A line at the price of then.
#[derive(Clone, Debug)]
pub(crate) struct FormerLine {
    pub(crate) sku: String,
    pub(crate) quantity: u32,
    pub(crate) unit_price: Money,
    /// What of the order's discount lies on it.
    pub(crate) discount: Money,
}

/// Something that happened to it.
#[derive(Clone, Debug)]
pub(crate) struct FormerStep {
    pub(crate) event: OrderEvent,
    pub(crate) at: DateTime<Utc>,
    pub(crate) note: Option<String>,
    /// The courier's number, when it was handed over.
    pub(crate) tracking: Option<String>,
}

/// Writes it down with its past. Stock, ledger and history follow as if it had happened here, and nobody hears of it.
///
/// `OutOfStock` when its units are not there.
pub(crate) async fn write(work: &mut Work, settings: &Settings, order: &FormerOrder) -> Result<OrderId> {
    let began_at = work.now();
    work.move_to(order.placed_at);
    let mut cart = Cart::default();
    let mut lines = Vec::new();
    for former in &order.lines {
        let line = line(work, &former.sku, former.quantity, Some(former.unit_price)).await?;
        let net = line.total.minus(former.discount).ok_or(Error::Refused(Message::TotalOutOfRange))?;
        lines.push(PricedLine {
            gross: line.total,
            voucher_discount: former.discount,
            net,
            total: net,
            ..Default::default()
        });
        cart.lines.push(line);
    }
    let cart = add_up(cart)?;
    let priced = Priced {
        lines,
        totals: order.totals,
        delivery_saved: Money::ZERO,
        delivery_tax: Money::ZERO,
        taxes: Vec::new(),
    };
    let draft = Draft {
        settings,
        cart: &cart,
        ready: &order.ready,
        customer: order.customer,
        account: order.account,
        priced: &priced,
        placed_at: order.placed_at,
        placed_by: None,
    };
    let inserted = insert_former(work, &draft, &order.number, order.note.as_deref()).await?;
    if let Some(voucher) = order.voucher {
        vouchers::note_former_use(work, voucher, order.customer, inserted.id).await?;
    }

    if order.takes_units {
        let wanted: BTreeMap<_, _> = cart.lines.iter().map(|line| (line.variant_id, line.quantity)).collect();
        holds::give(work, None, inserted.id, &wanted, Give::Reserve).await?;
        if inserted.status == OrderStatus::Processing {
            inventory::apply(work, inserted.id, StockEffect::Sell, &Actor::Import).await?;
        }
    }
    for step in &order.steps {
        work.move_to(step.at);
        let locked = queries::lock(work, inserted.id).await?.ok_or(Error::NotFound(Message::NoSuchOrder))?;
        if step.event == OrderEvent::HandedToCourier {
            parcels::import(work, inserted.id, step.tracking.as_deref()).await?;
        }
        if step.event == OrderEvent::PaymentArrived {
            money::attempts::record_former(work, &locked, locked.total).await?;
        }
        replay(work, &locked, Step { event: step.event, actor: &Actor::Import, note: step.note.as_deref() }).await?;
    }
    work.move_to(began_at);
    if order.steps.is_empty() && inserted.status == OrderStatus::PendingPayment {
        queries::unpaid::set_pay_by(work, inserted.id, order.pay_by).await?;
    }
    Ok(inserted.id)
}
