//! Carts: what somebody means to buy. Who has a cart's key has the cart.

use domain::carts::{Cart, CartId, CartLine, MOST_LINES};
use domain::catalog::VariantId;
use domain::message::Message;
use domain::money::Money;
use domain::problem::Shortage;
use sqlx::MySqlConnection;

use crate::error::{Error, Result};
use crate::{Shop, secrets};

mod queries;

/// Makes an empty cart and gives its key.
pub async fn create(shop: &Shop) -> Result<String> {
    let key = secrets::unguessable()?;
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    queries::insert(&mut conn, &secrets::digest(key.as_bytes()), now).await?;
    Ok(key)
}

/// The cart with today's prices and what the buyer could have.
pub async fn show(shop: &Shop, key: &str) -> Result<Cart> {
    let mut conn = shop.db.acquire().await?;
    let id = find(&mut conn, key).await?;
    load(&mut conn, id).await
}

/// Sets how many units of a variant the cart wants; 0 removes the line.
///
/// `Invalid` above the variant's own limit, `OutOfStock` above what the buyer could have.
pub async fn set_line(shop: &Shop, key: &str, variant: VariantId, quantity: u32) -> Result<Cart> {
    change(shop, key, variant, |_| Some(quantity)).await
}

/// Adds units of a variant to what the cart already wants, with the refusals of [`set_line`].
pub async fn add(shop: &Shop, key: &str, variant: VariantId, quantity: u32) -> Result<Cart> {
    change(shop, key, variant, |present| present.checked_add(quantity)).await
}

/// The cart that belongs to the key.
pub(crate) async fn find(conn: &mut MySqlConnection, key: &str) -> Result<CartId> {
    queries::by_key(conn, &secrets::digest(key.as_bytes())).await?.ok_or(Error::NotFound(Message::NoSuchCart))
}

/// The same, and nobody else changes the cart until the transaction ends.
pub(crate) async fn lock(conn: &mut MySqlConnection, key: &str) -> Result<CartId> {
    queries::lock(conn, &secrets::digest(key.as_bytes())).await?.ok_or(Error::NotFound(Message::NoSuchCart))
}

/// The cart in full.
pub(crate) async fn load(conn: &mut MySqlConnection, id: CartId) -> Result<Cart> {
    let lines = queries::lines(conn, id).await?.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let out_of_range = || Error::Refused(Message::TotalOutOfRange);
    Ok(Cart {
        units: lines.iter().fold(0, |sum, line| sum.saturating_add(line.quantity)),
        subtotal: Money::sum(lines.iter().map(|line| line.total)).ok_or_else(out_of_range)?,
        lines,
    })
}

/// Takes lines out of a cart that became an order, and no others.
pub(crate) async fn remove_ordered(conn: &mut MySqlConnection, id: CartId, lines: &[CartLine]) -> Result<()> {
    for line in lines {
        queries::delete_line(conn, id, line.variant_id).await?;
    }
    Ok(())
}

/// Throws away carts that nobody touched since `limit` and that no order remembers.
pub(crate) async fn forget_before(conn: &mut MySqlConnection, limit: chrono::DateTime<chrono::Utc>) -> Result<u64> {
    Ok(queries::delete_before(conn, limit).await?)
}

async fn change(shop: &Shop, key: &str, variant: VariantId, wanted: impl Fn(u32) -> Option<u32>) -> Result<Cart> {
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let cart = lock(&mut tx, key).await?;
    let Some(limits) = queries::limits(&mut tx, cart, variant).await? else {
        return Err(Error::NotFound(Message::NoSuchVariant));
    };

    let quantity = wanted(limits.present).filter(|quantity| *quantity <= limits.most);
    let quantity = quantity.ok_or_else(|| Error::field("quantity", Message::NotAQuantity { most: limits.most }))?;
    let available = u32::try_from(limits.available).map_err(Error::internal)?;
    // Less than before is always allowed, so that a short line can be mended step by step.
    if quantity > available && quantity >= limits.present.max(1) {
        return Err(Error::OutOfStock(vec![Shortage { variant_id: variant, available }]));
    }
    if quantity > 0 && limits.present == 0 && usize::try_from(limits.lines).is_ok_and(|lines| lines >= MOST_LINES) {
        return Err(Error::Refused(Message::CartIsFull { most: MOST_LINES }));
    }

    if quantity == 0 {
        queries::delete_line(&mut tx, cart, variant).await?;
    } else {
        queries::set_line(&mut tx, cart, variant, quantity, now).await?;
    }
    queries::touch(&mut tx, cart, now).await?;
    let cart = load(&mut tx, cart).await?;
    tx.commit().await?;
    Ok(cart)
}

fn line(row: queries::LineRow) -> Result<CartLine> {
    let total = row.unit_price.times(row.quantity).ok_or(Error::Refused(Message::TotalOutOfRange))?;
    Ok(CartLine {
        variant_id: row.variant_id,
        product_id: row.product_id,
        slug: row.slug,
        name: domain::locale::Translated { id: row.name_id, en: row.name_en },
        options: domain::locale::Translated { id: row.options_id, en: row.options_en },
        sku: row.sku,
        picture: row.picture_key.map(|key| domain::media::Picture {
            key,
            alt: domain::locale::Translated { id: row.alt_id.unwrap_or_default(), en: row.alt_en.unwrap_or_default() },
        }),
        unit_price: row.unit_price,
        compare_at_price: row.compare_at,
        quantity: row.quantity,
        total,
        available: u32::try_from(row.available).map_err(Error::internal)?,
        max_quantity: row.max_quantity,
    })
}
