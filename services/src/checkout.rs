//! Checkout: units are held while a buyer fills in the form, and become the order's when it is placed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::carts::{Cart, CartId};
use domain::checkout::{Checkout, PaymentRedirect, PlaceOrder, PlacedOrder};
use domain::events::Happening;
use domain::id::CheckoutId;
use domain::message::Message;
use domain::orders::{Actor, OrderId, OrderStatus, StockEffect, Totals};
use domain::payments::PaymentMethod;
use domain::problem::Shortage;
use domain::settings::Settings;
use domain::text::IdempotencyKey;
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::database::repeat_while_busy;
use crate::error::{Error, Result, counted};
use crate::inventory::{self, holds};
use crate::{Shop, carts, customers, events, orders, payments, secrets, settings};

mod queries;

/// Holds what the cart wants for the buyer, or renews the hold.
///
/// `Refused(CartIsEmpty)`, or `OutOfStock` naming what is short; then nothing is held that was not held before.
#[instrument(skip_all)]
pub async fn open(shop: &Shop, key: &str) -> Result<Checkout> {
    let settings = settings::get(shop).await?;
    repeat_while_busy!(open_once(shop, &settings, key))
}

/// What the cart costs when it is sent to that city.
pub async fn quote(shop: &Shop, key: &str, city: &str) -> Result<Totals> {
    let settings = settings::get(shop).await?;
    let cart = carts::show(shop, key).await?;
    totals(&cart, &settings, city)
}

/// Releases what the cart's checkout holds.
pub async fn leave(shop: &Shop, key: &str) -> Result<()> {
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let cart = carts::lock(&mut tx, key).await?;
    if let Some(checkout) = queries::lock_open(&mut tx, cart).await? {
        end(&mut tx, checkout.id, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Turns the cart into an order. The same key with the same content gives the same order again, whoever was first.
///
/// A hold whose time ran out is taken anew when there is stock, else `OutOfStock`.
#[instrument(skip_all)]
pub async fn place(shop: &Shop, key: &str, idempotency_key: &str, request: PlaceOrder) -> Result<PlacedOrder> {
    let settings = settings::get(shop).await?;
    let idempotency_key = IdempotencyKey::parse(idempotency_key).map_err(|_| Error::Unusable(Message::KeyMissing))?;
    let ready = request.read().map_err(Error::Invalid)?;
    let offered = payment_methods(shop, &settings);
    if !offered.contains(&ready.payment_method) {
        return Err(Error::field("payment_method", Message::PaymentMethodOff));
    }

    let number = repeat_while_busy!(place_once(shop, &settings, key, &idempotency_key, &request, &ready))?;
    answer(shop, &number).await
}

/// Ends checkouts whose time ran out. Returns how many.
pub(crate) async fn release_expired(shop: &Shop) -> Result<u64> {
    let mut released = 0;
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let due = queries::due(&mut conn, now).await?;
    drop(conn);
    for checkout in due {
        released += counted(repeat_while_busy!(release_one(shop, checkout, now)))?;
    }
    Ok(released)
}

/// How the shop can be paid now.
pub(crate) fn payment_methods(shop: &Shop, settings: &Settings) -> Vec<PaymentMethod> {
    let is_there = |method: &PaymentMethod| match method {
        PaymentMethod::Demo => shop.has_demo_gateway(),
        PaymentMethod::CashOnDelivery => true,
    };
    settings.payment_methods.iter().copied().filter(is_there).collect()
}

async fn open_once(shop: &Shop, settings: &Arc<Settings>, key: &str) -> Result<Checkout> {
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let cart_id = carts::lock(&mut tx, key).await?;
    let cart = carts::load(&mut tx, cart_id).await?;
    if cart.is_empty() {
        return Err(Error::Refused(Message::CartIsEmpty));
    }
    refuse_short(&cart)?;

    let held_until = now + TimeDelta::minutes(i64::from(settings.hold_minutes));
    let checkout = open_checkout(&mut tx, cart_id, held_until, now).await?;
    holds::take(&mut tx, checkout, &wanted(&cart), now).await?;
    let cart = carts::load(&mut tx, cart_id).await?;
    tx.commit().await?;

    Ok(Checkout {
        cart,
        held_until,
        seconds_left: settings.hold_minutes * 60,
        payment_methods: payment_methods(shop, settings),
        key: shop.order_links.token(&format!("checkout:{checkout}")),
    })
}

async fn place_once(
    shop: &Shop,
    settings: &Arc<Settings>,
    key: &str,
    idempotency_key: &IdempotencyKey,
    request: &PlaceOrder,
    ready: &domain::checkout::ReadyOrder,
) -> Result<String> {
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let cart_id = carts::lock(&mut tx, key).await?;
    let content = fingerprint(request)?;
    if let Some(known) = queries::known_key(&mut tx, cart_id, idempotency_key.as_str()).await? {
        return match known.number {
            Some(number) if known.request_hash == content => Ok(number),
            _ => Err(Error::Unusable(Message::KeyReused)),
        };
    }
    let cart = carts::load(&mut tx, cart_id).await?;
    if cart.is_empty() {
        return Err(Error::Refused(Message::CartIsEmpty));
    }
    refuse_short(&cart)?;

    let totals = totals(&cart, settings, ready.address.city.as_str())?;
    let customer = customers::remember(&mut tx, &ready.email, &ready.address, now).await?;
    let draft = orders::Draft { settings, cart: &cart, ready, customer, totals, placed_at: now };
    let order = orders::insert(&mut tx, &draft).await?;
    queries::insert_key(&mut tx, cart_id, idempotency_key.as_str(), &content, order.id, now).await?;
    carts::remove_ordered(&mut tx, cart_id, &cart.lines).await?;

    let checkout = open_checkout(&mut tx, cart_id, now, now).await?;
    queries::close(&mut tx, checkout, "placed").await?;
    announce(&mut tx, &order, now).await?;
    // The counters come last: a hot variant's row is locked only from here to the commit.
    holds::take(&mut tx, checkout, &wanted(&cart), now).await?;
    holds::hand_over(&mut tx, checkout, order.id).await?;
    if order.status == OrderStatus::Processing {
        inventory::apply(&mut tx, order.id, StockEffect::Sell, &Actor::Shopper, now).await?;
    }
    tx.commit().await?;

    shop.feed.wake();
    Ok(order.number)
}

/// The answer of a placed order, made from what is stored, so that a repeated call gives the same.
async fn answer(shop: &Shop, number: &str) -> Result<PlacedOrder> {
    let access_token = orders::token(shop, number);
    let placed = orders::placed(shop, number).await?;
    let payment = match placed.payment_method {
        PaymentMethod::CashOnDelivery => None,
        PaymentMethod::Demo => Some(PaymentRedirect {
            redirect_url: payments::hosted_page(shop, placed.id).await?.unwrap_or_else(|| {
                // The gateway is away: our own page tries again when the buyer comes.
                format!("{}{}", shop.public_url(), orders::pay_path(number, &access_token))
            }),
        }),
    };
    Ok(PlacedOrder {
        number: number.to_owned(),
        status: placed.first_status,
        totals: placed.totals,
        access_token,
        payment,
    })
}

async fn announce(conn: &mut MySqlConnection, order: &orders::Inserted, now: DateTime<Utc>) -> Result<()> {
    let placed = Happening::OrderPlaced {
        order_id: order.id,
        number: order.number.clone(),
        total: order.total,
        name: order.name.clone(),
        status: order.status,
    };
    events::record(conn, &placed, now).await
}

/// The cart's open checkout, made or renewed.
async fn open_checkout(
    conn: &mut MySqlConnection,
    cart: CartId,
    held_until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<CheckoutId> {
    match queries::lock_open(conn, cart).await? {
        Some(checkout) => {
            queries::renew(conn, checkout.id, held_until).await?;
            Ok(checkout.id)
        }
        None => Ok(queries::insert(conn, cart, held_until, now).await?),
    }
}

async fn release_one(shop: &Shop, checkout: CheckoutId, now: DateTime<Utc>) -> Result<bool> {
    let mut tx = shop.db.begin().await?;
    let Some(locked) = queries::lock_due(&mut tx, checkout, now).await? else { return Ok(false) };
    end(&mut tx, locked, now).await?;
    tx.commit().await?;
    Ok(true)
}

async fn end(conn: &mut MySqlConnection, checkout: CheckoutId, now: DateTime<Utc>) -> Result<()> {
    queries::close(conn, checkout, "ended").await?;
    holds::release_checkout(conn, checkout, now).await
}

fn wanted(cart: &Cart) -> BTreeMap<domain::catalog::VariantId, u32> {
    cart.lines.iter().map(|line| (line.variant_id, line.quantity)).collect()
}

/// Says early, and for every line at once, what a conditional update would refuse one by one.
fn refuse_short(cart: &Cart) -> Result<()> {
    let shortages: Vec<Shortage> = cart
        .lines
        .iter()
        .filter(|line| line.is_short())
        .map(|line| Shortage { variant_id: line.variant_id, available: line.available })
        .collect();
    if shortages.is_empty() { Ok(()) } else { Err(Error::OutOfStock(shortages)) }
}

/// What makes two requests the same. The language is not part of it: a header may change between two tries.
fn fingerprint(request: &PlaceOrder) -> Result<[u8; 32]> {
    let PlaceOrder { email, shipping_address, payment_method, locale: _ } = request;
    Ok(secrets::digest(&serde_json::to_vec(&(email, shipping_address, payment_method))?))
}

fn totals(cart: &Cart, settings: &Settings, city: &str) -> Result<Totals> {
    let delivery = settings.delivery.price(city, cart.subtotal);
    Totals::of(cart.lines.iter().map(|line| line.total), delivery).ok_or(Error::Refused(Message::TotalOutOfRange))
}

/// Throws away idempotency keys that no client can still mean.
pub(crate) async fn forget_keys_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> Result<u64> {
    Ok(queries::delete_keys_before(conn, limit).await?)
}

/// For imports: an order's units go through the same holds as everybody's.
pub(crate) async fn hold_for_import(
    conn: &mut MySqlConnection,
    order: OrderId,
    wanted: &BTreeMap<domain::catalog::VariantId, u32>,
    now: DateTime<Utc>,
) -> Result<()> {
    let checkout = queries::insert_closed(conn, now).await?;
    holds::take(conn, checkout, wanted, now).await?;
    holds::hand_over(conn, checkout, order).await
}
