//! Orders that were placed elsewhere, or in a demo's past: they pass the same rules at the times they tell.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::carts::{Cart, CartLine};
use domain::checkout::PlaceOrder;
use domain::message::Message;
use domain::money::Money;
use domain::orders::{Actor, OrderEvent, OrderId, OrderStatus, StockEffect};
use domain::staff::{Permission, Staff};
use serde_json::json;
use sqlx::MySqlConnection;

use super::insert::{Draft, insert};
use super::life::{Step, replay};
use super::{parcels, queries};
use crate::buyers;
use crate::database::transact;
use crate::error::{Error, Result};
use crate::inventory::holds::{self, Give};
use crate::pricing::{self, Benefits};
use crate::{Shop, catalog, inventory, money, settings};

mod former;

pub(crate) use former::{FormerLine, FormerOrder, FormerStep, write as write_former};

/// An order with its past.
#[derive(Clone, Debug)]
pub struct ImportOrder {
    /// As the buyer sent it.
    pub request: PlaceOrder,
    /// SKUs and how many of each.
    pub lines: Vec<(String, u32)>,
    pub placed_at: DateTime<Utc>,
    /// What happened since, in order. The note of a hand-over is the tracking number.
    pub steps: Vec<(OrderEvent, DateTime<Utc>, Option<String>)>,
}

/// Writes an order with its past; stock, ledger and history follow as if it had happened here.
pub async fn import(shop: &Shop, staff: &Staff, order: ImportOrder) -> Result<OrderId> {
    let writer = shop.staff(staff, Permission::ChangeSettings)?;
    let settings = settings::get(shop).await?;
    let ready = order.request.read().map_err(Error::Invalid)?;

    transact!(writer, |work| {
        let began_at = work.now();
        work.move_to(order.placed_at);
        let cart = cart(work, &order.lines).await?;
        let priced = pricing::price_of(&cart, &settings, &pricing::destination(&ready), &Benefits::default())?;
        let totals = priced.totals;
        let customer = buyers::remember(work, &ready.email, &ready.address).await?;
        let draft = Draft {
            settings: &settings,
            cart: &cart,
            ready: &ready,
            customer,
            account: None,
            priced: &priced,
            placed_at: order.placed_at,
            placed_by: None,
        };
        let inserted = insert(work, &draft).await?;

        let wanted: BTreeMap<_, _> = cart.lines.iter().map(|line| (line.variant_id, line.quantity)).collect();
        // Its units pass the same counters as everybody's.
        holds::give(work, None, inserted.id, &wanted, Give::Reserve).await?;
        if inserted.status == OrderStatus::Processing {
            inventory::apply(work, inserted.id, StockEffect::Sell, &Actor::Import).await?;
        }
        for (event, at, note) in &order.steps {
            work.move_to(*at);
            let locked = queries::lock(work, inserted.id).await?.ok_or(Error::NotFound(Message::NoSuchOrder))?;
            match event {
                OrderEvent::HandedToCourier => parcels::import(work, inserted.id, note.as_deref()).await?,
                OrderEvent::PaymentArrived | OrderEvent::MoneyCameLate => {
                    money::attempts::record_past(work, &locked).await?;
                }
                OrderEvent::TimeRanOut
                | OrderEvent::CalledOff
                | OrderEvent::CalledOffByBuyer
                | OrderEvent::PartHandedToCourier
                | OrderEvent::RestCalledOff
                | OrderEvent::Delivered
                | OrderEvent::EverythingReturned => {}
            }
            let step = Step { event: *event, actor: &Actor::Import, note: note.as_deref() };
            replay(work, &locked, step).await?;
        }
        work.move_to(began_at);
        let subject = Subject::new(SubjectKind::Order, inserted.id, &inserted.number);
        let after = json!({ "lines": order.lines, "total": totals.total });
        work.record(AuditAction::ImportOrder, &subject, &(), &after).await?;
        Ok(inserted.id)
    })
}

/// A cart of those SKUs at today's prices; one that is named twice is one line of the sum.
async fn cart(conn: &mut MySqlConnection, lines: &[(String, u32)]) -> Result<Cart> {
    let mut sums: Vec<(&String, u32)> = Vec::new();
    for (sku, quantity) in lines {
        match sums.iter_mut().find(|(known, _)| *known == sku) {
            Some((_, sum)) => *sum = sum.saturating_add(*quantity),
            None => sums.push((sku, *quantity)),
        }
    }
    let mut cart = Cart::default();
    for (sku, quantity) in sums {
        cart.lines.push(line(conn, sku, quantity, None).await?);
    }
    add_up(cart)
}

/// A line of that many units of a SKU, at a price of the past or at today's.
async fn line(conn: &mut MySqlConnection, sku: &str, quantity: u32, price: Option<Money>) -> Result<CartLine> {
    let found = catalog::snapshot(conn, sku).await?.ok_or(Error::NotFound(Message::NoSuchVariant))?;
    let unit_price = price.unwrap_or(found.price);
    Ok(CartLine {
        variant_id: found.variant_id,
        product_id: found.product_id,
        slug: String::new(),
        name: found.name,
        options: found.options,
        sku: sku.to_owned(),
        picture: found.picture,
        unit_price,
        compare_at_price: None,
        seen_price: None,
        quantity,
        total: unit_price.times(quantity).ok_or(Error::Refused(Message::TotalOutOfRange))?,
        available: 0,
        min_quantity: 1,
        max_quantity: quantity,
        weight_grams: found.weight_grams,
        categories: found.category.into_iter().collect(),
        tax_class: settings::tax_class_of(found.tax_class)?,
    })
}

fn add_up(mut cart: Cart) -> Result<Cart> {
    cart.units = cart.lines.iter().fold(0, |units, line| units.saturating_add(line.quantity));
    cart.subtotal =
        Money::sum(cart.lines.iter().map(|line| line.total)).ok_or(Error::Refused(Message::TotalOutOfRange))?;
    Ok(cart)
}
