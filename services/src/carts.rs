//! Carts: what somebody means to buy. Who has a cart's key has the cart.

use chrono::{DateTime, Utc};
use domain::carts::{Cart, CartId, CartLine, MOST_LINES};
use domain::catalog::VariantId;
use domain::checkout::HoldSpan;
use domain::customers::CustomerId;
use domain::message::Message;
use domain::money::Money;
use domain::problem::Shortage;
use sqlx::MySqlConnection;

use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::inventory::holds::{self, Units};
use crate::settings;
use crate::{Shop, secrets};

mod join;
mod queries;

pub(crate) use join::{join, key_of_account, of_account, with_joined};

/// A cart that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownCart {
    pub key: String,
    pub id: CartId,
    /// Over all lines.
    pub units: u32,
}

/// Makes an empty cart and gives its key.
pub async fn create(shop: &Shop) -> Result<String> {
    let key = secrets::unguessable()?;
    transact!(shop.shopper(), |work| {
        let now = work.now();
        Ok(queries::insert(work, &secrets::digest(key.as_bytes()), now).await?)
    })?;
    Ok(key)
}

/// The cart with today's prices and what the buyer could have.
pub async fn show(shop: &Shop, key: &str) -> Result<Cart> {
    let mut conn = shop.db.acquire().await?;
    let id = find(&mut conn, key).await?;
    load(&mut conn, id).await
}

/// The cart that belongs to the key, if there is one.
pub async fn known(shop: &Shop, key: &str) -> Result<Option<KnownCart>> {
    let row = queries::known(&mut *shop.db.acquire().await?, &secrets::digest(key.as_bytes())).await?;
    Ok(row.map(|row| KnownCart { key: key.to_owned(), id: row.id, units: row.units }))
}

/// The same as [`show`] of a cart that is known: it is not looked for again.
pub async fn read(shop: &Shop, cart: &KnownCart) -> Result<Cart> {
    load(&mut *shop.db.acquire().await?, cart.id).await
}

/// Sets how many units of a variant the cart wants; 0 removes the line. What the cart's checkout held beyond it is
/// anybody's again.
///
/// `Invalid` outside the variant's own limits, `OutOfStock` above what the buyer could have.
pub async fn set_line(shop: &Shop, key: &str, variant: VariantId, quantity: u32) -> Result<Cart> {
    change(shop, key, variant, |_| Some(quantity)).await
}

/// Adds units of a variant to what the cart already wants, with the refusals of [`set_line`].
pub async fn add(shop: &Shop, key: &str, variant: VariantId, quantity: u32) -> Result<Cart> {
    change(shop, key, variant, |present| present.checked_add(quantity)).await
}

/// Notes the prices of lines that the buyer saw. One that is no longer the price was not seen, and stays told.
pub async fn see_prices(shop: &Shop, key: &str, seen: &[(VariantId, Money)]) -> Result<()> {
    transact!(shop.shopper(), |work| {
        let Locked { id: cart, now, .. } = lock(shop, work, key).await?;
        for (variant, price) in seen.iter().take(MOST_LINES) {
            queries::note_seen(work, cart, *variant, *price).await?;
        }
        queries::touch(work, cart, now).await?;
        Ok(())
    })
}

/// The cart that belongs to the key.
async fn find(conn: &mut MySqlConnection, key: &str) -> Result<CartId> {
    let known = queries::by_key(conn, &secrets::digest(key.as_bytes())).await?;
    known.ok_or(Error::NotFound(Message::NoSuchCart))
}

/// A cart that nobody else changes until the transaction ends.
pub(crate) struct Locked {
    pub(crate) id: CartId,
    /// The hold that it has, if it has one, whose time may be over.
    pub(crate) hold: Option<HoldSpan>,
    /// The hold that ended last, since the last order.
    pub(crate) last_hold: Option<HoldSpan>,
    /// Whose account it is the cart of; a guest's has none.
    pub(crate) account: Option<CustomerId>,
    /// The shop's clock at the lock.
    pub(crate) now: DateTime<Utc>,
}

/// The cart that belongs to the key, and nobody else changes it until the transaction ends.
pub(crate) async fn lock(shop: &Shop, conn: &mut MySqlConnection, key: &str) -> Result<Locked> {
    let row = queries::lock(conn, &secrets::digest(key.as_bytes())).await?;
    let row = row.ok_or(Error::NotFound(Message::NoSuchCart))?;
    Ok(locked(shop, row))
}

/// The same, and whether that idempotency key has placed an order from the cart: in one statement, because placing
/// counts them.
pub(crate) async fn lock_to_place(
    shop: &Shop,
    conn: &mut MySqlConnection,
    key: &str,
    idempotency_key: &str,
) -> Result<(Locked, bool)> {
    let row = queries::lock_to_place(conn, &secrets::digest(key.as_bytes()), idempotency_key).await?;
    let (row, has_placed) = row.ok_or(Error::NotFound(Message::NoSuchCart))?;
    Ok((locked(shop, row), has_placed))
}

/// The cart in full.
pub(crate) async fn load(conn: &mut MySqlConnection, id: CartId) -> Result<Cart> {
    Ok(load_with_stock(conn, id).await?.0)
}

/// What the stock of a line's variant was when the cart was read.
#[derive(Clone, Copy)]
pub(crate) struct LineStock {
    pub(crate) variant_id: VariantId,
    /// Units left for others once the line is bought.
    pub(crate) left: i64,
    pub(crate) low_stock_limit: u32,
}

/// The cart in full, and what its lines leave of the stock.
pub(crate) async fn load_with_stock(conn: &mut MySqlConnection, id: CartId) -> Result<(Cart, Vec<LineStock>)> {
    let rows = queries::lines(conn, id).await?;
    let left = |row: &queries::LineRow| row.free + i64::from(row.held) - i64::from(row.quantity);
    let stocks = rows
        .iter()
        .map(|row| LineStock { variant_id: row.variant_id, left: left(row), low_stock_limit: row.low_stock_limit })
        .collect();
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let out_of_range = || Error::Refused(Message::TotalOutOfRange);
    let cart = Cart {
        units: lines.iter().fold(0, |sum, line| sum.saturating_add(line.quantity)),
        subtotal: Money::sum(lines.iter().map(|line| line.total)).ok_or_else(out_of_range)?,
        lines,
    };
    Ok((cart, stocks))
}

/// Takes the lines out of a cart that became an order. The caller has the lock since it read them, so that these are
/// the ordered ones and no others.
pub(crate) async fn remove_ordered(conn: &mut MySqlConnection, id: CartId) -> Result<()> {
    Ok(queries::delete_lines(conn, id).await?)
}

/// Notes that somebody was here.
///
/// A database shows a commit before it is on the disk. Whoever tells what another call did writes something, too: this
/// commit reaches the disk after the one that was read, and so nothing is told that a crash could take back.
pub(crate) async fn touch(work: &mut Work, id: CartId) -> Result<()> {
    let now = work.now();
    Ok(queries::touch(work, id, now).await?)
}

/// Notes how long the cart's hold lives.
pub(crate) async fn hold(conn: &mut MySqlConnection, id: CartId, hold: HoldSpan) -> Result<()> {
    Ok(queries::set_hold(conn, id, hold).await?)
}

/// Notes that the cart holds nothing any more, and from when to when it did.
pub(crate) async fn hold_no_more(work: &mut Work, id: CartId) -> Result<()> {
    let now = work.now();
    Ok(queries::end_hold(work, id, now).await?)
}

/// Notes that what the cart held is an order's. The next hold is one for another order, and has a time of its own.
pub(crate) async fn forget_holds(conn: &mut MySqlConnection, id: CartId) -> Result<()> {
    Ok(queries::forget_holds(conn, id).await?)
}

/// Carts whose hold ran out.
pub(crate) async fn due(conn: &mut MySqlConnection, now: DateTime<Utc>, longest: DateTime<Utc>) -> Result<Vec<CartId>> {
    Ok(queries::due(conn, now, longest).await?)
}

/// Until when the cart holds, if its hold is still due; then nobody else changes the cart until the transaction ends.
pub(crate) async fn lock_due(
    conn: &mut MySqlConnection,
    cart: CartId,
    now: DateTime<Utc>,
    longest: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    Ok(queries::lock_due(conn, cart, now, longest).await?)
}

/// Throws away guests' carts that nobody touched since `limit` and that hold nothing. An account keeps its cart.
pub(crate) async fn forget_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> Result<u64> {
    Ok(queries::delete_before(conn, limit).await?)
}

/// Throws away guests' carts that are empty and that nobody touched since `limit`.
pub(crate) async fn forget_empty_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> Result<u64> {
    Ok(queries::joining::delete_empty_before(conn, limit).await?)
}

fn locked(shop: &Shop, row: queries::LockedRow) -> Locked {
    Locked {
        id: row.id,
        hold: span(row.held_since, row.held_until),
        last_hold: span(row.last_held_since, row.last_held_until),
        account: row.account,
        now: shop.clock.shifted(row.read_at),
    }
}

fn span(since: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> Option<HoldSpan> {
    Some(HoldSpan { since: since?, until: until? })
}

async fn change(shop: &Shop, key: &str, variant: VariantId, wanted: impl Fn(u32) -> Option<u32>) -> Result<Cart> {
    transact!(shop.shopper(), |work| {
        let Locked { id: cart, hold, now, .. } = lock(shop, work, key).await?;
        let Some(limits) = queries::limits(work, cart, variant).await? else {
            return Err(Error::NotFound(Message::NoSuchVariant));
        };
        let held = if hold.is_some() { holds::of_cart(work, cart).await? } else { Units::new() };

        let quantity = wanted(limits.present).filter(|quantity| *quantity <= limits.most);
        let quantity = quantity.ok_or_else(|| Error::field("quantity", Message::NotAQuantity { most: limits.most }))?;
        if (1..limits.fewest).contains(&quantity) {
            return Err(Error::field("quantity", Message::TooFew { fewest: limits.fewest }));
        }
        // What is no longer sold comes into no cart, and may leave every one.
        if quantity > 0 && limits.present == 0 && !limits.is_sold {
            return Err(Error::NotFound(Message::NoSuchVariant));
        }
        let available = u32::try_from(limits.available).map_err(Error::internal)?;
        // Less than before is always allowed, so that a short line can be mended step by step.
        if quantity > available && quantity >= limits.present.max(1) {
            return Err(Error::OutOfStock(vec![Shortage { variant_id: variant, available }]));
        }
        if quantity > 0 && limits.present == 0 && usize::try_from(limits.lines).is_ok_and(|lines| lines >= MOST_LINES) {
            return Err(Error::Refused(Message::CartIsFull { most: MOST_LINES }));
        }

        if quantity == 0 {
            queries::delete_line(work, cart, variant).await?;
        } else {
            queries::set_line(work, cart, variant, quantity, Some(limits.price), now).await?;
        }
        queries::touch(work, cart, now).await?;
        let kept = kept(&held, variant, quantity);
        if kept.is_empty() && hold.is_some() {
            hold_no_more(work, cart).await?;
        }
        // What the cart could have is the same before and after, because its own hold counts as free to it.
        let changed = load(work, cart).await?;
        holds::take(work, cart, &held, &kept).await?;
        Ok(changed)
    })
}

/// What stays held when a line wants so many: no more than that of its variant.
fn kept(held: &Units, variant: VariantId, quantity: u32) -> Units {
    let within = |(of, units): (&VariantId, &u32)| (*of, if *of == variant { (*units).min(quantity) } else { *units });
    held.iter().map(within).filter(|(_, units)| *units > 0).collect()
}

fn line(row: queries::LineRow) -> Result<CartLine> {
    let total = row.unit_price.times(row.quantity).ok_or(Error::Refused(Message::TotalOutOfRange))?;
    let available = if row.is_sold { row.free + i64::from(row.held) } else { 0 };
    Ok(CartLine {
        variant_id: row.variant_id,
        product_id: row.product_id,
        slug: row.slug,
        name: row.name,
        options: row.options,
        sku: row.sku,
        picture: row.picture,
        unit_price: row.unit_price,
        compare_at_price: row.compare_at,
        seen_price: row.seen_price,
        quantity: row.quantity,
        total,
        available: u32::try_from(available).map_err(Error::internal)?,
        min_quantity: row.min_quantity,
        max_quantity: row.max_quantity,
        weight_grams: row.weight_grams,
        categories: [row.category, row.above, row.top].into_iter().flatten().collect(),
        tax_class: settings::tax_class_of(row.tax_class)?,
    })
}
