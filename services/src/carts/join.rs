//! The one cart of an account, and how a guest's cart becomes part of it at sign-in.
//!
//! What the guest held stays held: the units change their holder in one transaction, and a counter moves only where
//! both carts together held more than the joined line wants.

use chrono::TimeDelta;
use domain::carts::{CartId, MOST_LINES, joined_quantity};
use domain::checkout::HoldSpan;
use domain::customers::CustomerId;
use domain::money::Money;
use sqlx::MySqlConnection;

use super::queries::{self, joining};
use crate::database::{self, transact};
use crate::error::Result;
use crate::inventory::holds::{self, Units};
use crate::{Shop, secrets, settings};

/// The key of the account's cart, which is made when there is none. The key never leaves the server: who is signed in
/// is asked each time.
pub(crate) async fn of_account(shop: &Shop, account: CustomerId) -> Result<String> {
    let key = key_of_account(shop, account);
    let key_hash = secrets::digest(key.as_bytes());
    if queries::by_key(&mut *shop.db.acquire().await?, &key_hash).await?.is_some() {
        return Ok(key);
    }
    transact!(shop.shopper(), |work| {
        let now = work.now();
        match joining::insert(work, &key_hash, account, now).await {
            // Another device was faster.
            Err(error) if database::is_duplicate_of(&error, "carts_key_hash") => Ok(()),
            Err(error) if database::is_duplicate_of(&error, "carts_customer") => Ok(()),
            outcome => Ok(outcome?),
        }
    })?;
    Ok(key)
}

/// The key of the account's cart, whether it is there or not.
pub(crate) fn key_of_account(shop: &Shop, account: CustomerId) -> String {
    shop.order_links.token(&format!("cart:{account}"))
}

/// Moves a guest's lines and hold to the account's cart and empties the guest's; a key of nobody's cart is left alone.
///
/// Each variant wants the sum as far as it can be had. The older hold's beginning stays, so that signing in makes no
/// hold longer than the settings allow.
pub(crate) async fn join(shop: &Shop, guest_key: &str, account: CustomerId) -> Result<()> {
    let key = of_account(shop, account).await?;
    let settings = settings::get(shop).await?;
    let longest = TimeDelta::minutes(i64::from(settings.most_hold_minutes));
    transact!(shop.shopper(), |work| {
        let now = work.now();
        let guest = queries::by_key(work, &secrets::digest(guest_key.as_bytes())).await?;
        let own = queries::by_key(work, &secrets::digest(key.as_bytes())).await?;
        let (Some(guest), Some(own)) = (guest, own) else { return Ok(()) };
        if guest == own {
            return Ok(());
        }
        let mut locked = Vec::new();
        for cart in [guest.min(own), guest.max(own)] {
            locked.extend(joining::lock(work, cart).await?);
        }
        let find = |cart: CartId| locked.iter().find(|row| row.id == cart);
        let (Some(from), Some(to)) = (find(guest), find(own)) else { return Ok(()) };
        // A foreign account's cart is not a guest's.
        if from.account.is_some() {
            return Ok(());
        }

        let held_by_guest = holds::of_cart(work, guest).await?;
        let held_by_own = holds::of_cart(work, own).await?;
        let lines = joining::lines(work, guest, own).await?;
        let joined = wanted(&lines);
        let kept = kept(&held_by_guest, &held_by_own, &joined);

        for line in lines.iter().filter(|line| line.by_guest > 0) {
            if let Some(quantity) = joined.get(&line.variant_id) {
                queries::set_line(work, own, line.variant_id, *quantity, line.seen_price, now).await?;
            }
        }
        queries::delete_lines(work, guest).await?;
        joining::mark(work, guest, own).await?;
        queries::touch(work, own, now).await?;
        if let Some(last) = last_hold(from, to) {
            joining::set_last_hold(work, own, last).await?;
        }
        queries::forget_holds(work, guest).await?;
        if let Some(hold) = hold(from, to, longest) {
            queries::set_hold(work, own, hold).await?;
        }
        holds::hand_over(work, (guest, &held_by_guest), (own, &held_by_own), &kept).await?;
        Ok(())
    })
}

/// The cart, and the guests' carts that were joined to it.
pub(crate) async fn with_joined(conn: &mut MySqlConnection, cart: CartId) -> Result<Vec<CartId>> {
    let mut carts = vec![cart];
    carts.extend(joining::joined_to(conn, cart).await?);
    Ok(carts)
}

/// How many of each variant the account's cart wants now. The account's lines come first, and stay; so many of the
/// guest's follow as a cart can have, and as it can add up: one whose sum is beyond money could not even be shown.
fn wanted(lines: &[joining::JoinedLine]) -> Units {
    let mut places = MOST_LINES.saturating_sub(lines.iter().filter(|line| line.by_account > 0).count());
    let mut units: Units =
        lines.iter().filter(|line| line.by_account > 0).map(|line| (line.variant_id, line.by_account)).collect();
    let mut sum = total(lines.iter().map(|line| (line.price, line.by_account)));
    for line in lines.iter().filter(|line| line.by_guest > 0) {
        if line.by_account == 0 && places == 0 {
            continue;
        }
        let available = u32::try_from(line.available.max(0)).unwrap_or(u32::MAX);
        let quantity = joined_quantity(line.by_account, line.by_guest, line.most, available);
        let more = line.price.times(quantity.saturating_sub(line.by_account));
        let Some(higher) = sum.zip(more).and_then(|(sum, more)| sum.plus(more)) else { continue };
        sum = Some(higher);
        places = places.saturating_sub(usize::from(line.by_account == 0));
        units.insert(line.variant_id, quantity);
    }
    units
}

fn total(mut parts: impl Iterator<Item = (Money, u32)>) -> Option<Money> {
    parts.try_fold(Money::ZERO, |sum, (price, quantity)| sum.plus(price.times(quantity)?))
}

/// What stays held: what both held, and no more than the joined line wants.
fn kept(guest: &Units, own: &Units, joined: &Units) -> Units {
    let mut both = guest.clone();
    for (variant, quantity) in own {
        let sum = both.entry(*variant).or_default();
        *sum = sum.saturating_add(*quantity);
    }
    let within = |(variant, quantity): (_, u32)| (variant, quantity.min(joined.get(&variant).copied().unwrap_or(0)));
    both.into_iter().map(within).filter(|(_, quantity)| *quantity > 0).collect()
}

/// The older beginning and the later end, within the longest time that a hold may last.
fn hold(one: &joining::JoiningRow, other: &joining::JoiningRow, longest: TimeDelta) -> Option<HoldSpan> {
    let since = one.held_since.into_iter().chain(other.held_since).min()?;
    let until = one.held_until.into_iter().chain(other.held_until).max()?;
    Some(HoldSpan { since, until: until.min(since + longest) })
}

/// What the two held last, so that signing in shortens no rest.
fn last_hold(one: &joining::JoiningRow, other: &joining::JoiningRow) -> Option<HoldSpan> {
    let last = |row: &joining::JoiningRow| super::span(row.last_held_since, row.last_held_until);
    last(one).into_iter().chain(last(other)).max_by_key(|last| last.until)
}
