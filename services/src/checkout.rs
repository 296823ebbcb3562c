//! Checkout: units are held while a buyer fills in the form, and become the order's when it is placed.

use chrono::{DateTime, TimeDelta, Utc};
use domain::carts::{Cart, CartId};
use domain::checkout::{Checkout, Hold, HoldBounds, HoldSpan, PaymentRedirect, PlaceOrder, PlacedOrder, read_voucher};
use domain::customers::CustomerId;
use domain::message::Message;
use domain::orders::OrderStatus;
use domain::pricing::{MemberBenefit, Priced};
use domain::problem::Shortage;
use domain::settings::Settings;
use domain::shipping::Destination;
use domain::text::{IdempotencyKey, VoucherCode};
use tracing::instrument;

use crate::database::{Work, transact};
use crate::error::{Error, Result, counted};
use crate::inventory::holds::{self, Units};
use crate::lead::Fence;
pub use crate::pricing::goods_of;
use crate::pricing::{Benefits, price_of};
use crate::vouchers::{self, VoucherBuyer};
use crate::{Shop, carts, memberships, orders, payments, settings};

mod place;

/// Who places an order: the key of the cart, and the account that is signed in. A guest is a key alone.
#[derive(Clone, Copy, Debug)]
pub struct Buyer<'a> {
    pub cart: &'a str,
    pub account: Option<CustomerId>,
}

impl<'a> From<&'a str> for Buyer<'a> {
    fn from(cart: &'a str) -> Self {
        Self { cart, account: None }
    }
}

impl<'a> From<&'a String> for Buyer<'a> {
    fn from(cart: &'a String) -> Self {
        Self::from(cart.as_str())
    }
}

/// Who will pay for a cart, as far as its price depends on it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Payer {
    /// Who is signed in.
    pub account: Option<CustomerId>,
    /// What the account's membership gives now.
    pub benefit: Option<MemberBenefit>,
}

/// Holds what the cart wants for the buyer, or renews the hold, up to the longest time that the settings allow. When
/// that is over the cart holds nothing until it has rested for as long as a hold lives; it can be ordered all the same.
///
/// `Refused(CartIsEmpty)`, or `OutOfStock` naming what is short; then nothing is held that was not held before.
#[instrument(skip_all)]
pub async fn open(shop: &Shop, key: &str) -> Result<Checkout> {
    let settings = settings::get(shop).await?;
    transact!(shop.shopper(), |work| {
        let carts::Locked { id, hold, last_hold, now, .. } = carts::lock(shop, work, key).await?;
        let cart = carts::load(work, id).await?;
        check(&cart)?;

        let next = bounds(&settings).next(hold.or(last_hold), now);
        let is_used_up = next.until <= now;
        // What the cart could have is the same before and after, because its own hold counts as free to it.
        match (is_used_up, hold) {
            (true, Some(_)) => release(work, id).await?,
            (true, None) => {}
            (false, _) => {
                let held = if hold.is_some() { holds::of_cart(work, id).await? } else { Units::new() };
                carts::hold(work, id, next).await?;
                holds::take(work, id, &held, &wanted(&cart)).await?;
            }
        }

        Ok(opened(shop, &settings, id, cart, next, now))
    })
}

/// What [`open`] would answer now. Nothing is held for it, and nothing changes.
pub async fn look(shop: &Shop, key: &str) -> Result<Checkout> {
    let settings = settings::get(shop).await?;
    let mut conn = shop.db.acquire().await?;
    let carts::Locked { id, hold, last_hold, now, .. } = carts::lock(shop, &mut conn, key).await?;
    let cart = carts::load(&mut conn, id).await?;
    check(&cart)?;
    Ok(opened(shop, &settings, id, cart, bounds(&settings).next(hold.or(last_hold), now), now))
}

/// What the cart costs now when it goes there, as a member and with the voucher if a code is typed. Nothing is held and nothing used up.
///
/// A voucher that this buyer cannot use, or not for these goods, is a problem of the field `voucher_code`.
pub async fn quote<'a>(
    shop: &Shop,
    buyer: impl Into<Buyer<'a>>,
    to: &Destination<'_>,
    voucher_code: &str,
) -> Result<Priced> {
    let buyer = buyer.into();
    let code = read_code(voucher_code)?;
    let cart = carts::show(shop, buyer.cart).await?;
    let mut benefit = None;
    if buyer.account.is_some() {
        let mut conn = shop.db.acquire().await?;
        let now = shop.clock.now(&mut conn).await?;
        benefit = memberships::benefit(&mut conn, buyer.account, now).await?;
    }
    price_with(shop, &cart, Payer { account: buyer.account, benefit }, to, code).await
}

/// The same of a cart that was read, for somebody whose membership was. Without a voucher the database is not asked.
pub async fn quote_read(
    shop: &Shop,
    cart: &Cart,
    payer: Payer,
    to: &Destination<'_>,
    voucher_code: &str,
) -> Result<Priced> {
    price_with(shop, cart, payer, to, read_code(voucher_code)?).await
}

/// Releases what the cart holds.
pub async fn leave(shop: &Shop, key: &str) -> Result<()> {
    transact!(shop.shopper(), |work| {
        let cart = carts::lock(shop, work, key).await?;
        if cart.hold.is_some() {
            release(work, cart.id).await?;
        }
        Ok(())
    })
}

/// Turns the cart into an order. The same key with the same content gives the same order again, whoever was first.
///
/// A hold whose time ran out is taken anew when there is stock, else `OutOfStock`. The cart of an account is placed by
/// its own customer only. `Refused(UnpaidOrderFirst)` when the settings want an account's last order paid first.
#[instrument(skip_all)]
pub async fn place<'a>(
    shop: &Shop,
    buyer: impl Into<Buyer<'a>>,
    idempotency_key: &str,
    request: PlaceOrder,
) -> Result<PlacedOrder> {
    let buyer = buyer.into();
    let settings = settings::get(shop).await?;
    let idempotency_key = IdempotencyKey::parse(idempotency_key).map_err(|_| Error::Unusable(Message::KeyMissing))?;
    let ready = request.read().map_err(Error::Invalid)?;
    if !shop.payment_methods(&settings).contains(&ready.payment_method) {
        return Err(Error::field("payment_method", Message::PaymentMethodOff));
    }
    let wanted = place::Wanted { buyer, idempotency_key: &idempotency_key, request: &request, ready: &ready };

    let placement = place::once(shop, &settings, &wanted).await?;
    answer(shop, placement).await
}

fn opened(shop: &Shop, settings: &Settings, id: CartId, cart: Cart, span: HoldSpan, now: DateTime<Utc>) -> Checkout {
    let seconds_left = u32::try_from((span.until - now).num_seconds()).unwrap_or_default();
    Checkout {
        cart,
        hold: (span.until > now).then_some(Hold { until: span.until, seconds_left }),
        payment_methods: shop.payment_methods(settings),
        // One key for all tabs of one hold, another for the cart's next order.
        key: shop.order_links.token(&format!("checkout:{id}:{}", span.since.timestamp_micros())),
    }
}

/// Ends holds whose time ran out. Returns how many.
pub(crate) async fn release_expired(fence: &Fence) -> Result<u64> {
    let settings = fence.settings().await?;
    let longest = longest_hold(&settings);
    let due = carts::due(&mut *fence.look().await?, fence.began_at(), fence.began_at() + longest).await?;
    let mut released = 0;
    for cart in due.into_iter().take_while(|_| fence.goes_on()) {
        released += counted(release_one(fence, cart, &settings).await)?;
    }
    Ok(released)
}

/// How long a hold may live at most, however often it is renewed.
fn longest_hold(settings: &Settings) -> TimeDelta {
    bounds(settings).longest.max(bounds(settings).life)
}

async fn price_with(
    shop: &Shop,
    cart: &Cart,
    payer: Payer,
    to: &Destination<'_>,
    code: Option<VoucherCode>,
) -> Result<Priced> {
    let settings = settings::get(shop).await?;
    let mut benefits = Benefits { member: payer.benefit, voucher: None };
    if let Some(code) = code {
        let mut conn = shop.db.acquire().await?;
        let now = shop.clock.now(&mut conn).await?;
        let who = VoucherBuyer { customer: payer.account, account: payer.account };
        benefits.voucher = Some(vouchers::usable(&mut conn, &code, who, settings.currency, now).await?.terms);
    }
    price_of(cart, &settings, to, &benefits)
}

fn read_code(typed: &str) -> Result<Option<VoucherCode>> {
    read_voucher(typed).map_err(|message| Error::field("voucher_code", message))
}

fn bounds(settings: &Settings) -> HoldBounds {
    HoldBounds {
        life: TimeDelta::minutes(i64::from(settings.hold_minutes)),
        longest: TimeDelta::minutes(i64::from(settings.most_hold_minutes)),
    }
}

/// The answer to a placed order; a repeated call is answered from what is stored, and gets the same.
async fn answer(shop: &Shop, placed: place::Placement) -> Result<PlacedOrder> {
    let access_token = orders::token(shop, &placed.number);
    // What is paid at the door, or costs nothing, waits for no money.
    let waits = placed.payment_method.is_online() && placed.first_status == OrderStatus::PendingPayment;
    let payment = if waits {
        let page = Box::pin(payments::hosted_page(shop, placed.id)).await?;
        // The gateway is away: our own page tries again when the buyer comes.
        let own = || format!("{}{}", shop.public_url(), orders::pay_path(&placed.number, &access_token));
        Some(PaymentRedirect { redirect_url: page.unwrap_or_else(own) })
    } else {
        None
    };
    Ok(PlacedOrder { number: placed.number, status: placed.first_status, totals: placed.totals, access_token, payment })
}

async fn release_one(fence: &Fence, cart: CartId, settings: &Settings) -> Result<bool> {
    transact!(fence, |work| {
        let now = work.now();
        let Some(until) = carts::lock_due(work, cart, now, now + longest_hold(settings)).await? else {
            return Ok(false);
        };
        if until < now {
            release(work, cart).await?;
        } else {
            // The clock was set back: whoever is at the till keeps the units, for as long as everybody does.
            let span = HoldSpan { since: now, until: now + bounds(settings).life };
            carts::hold(work, cart, span).await?;
        }
        Ok(true)
    })
}

async fn release(work: &mut Work, cart: CartId) -> Result<()> {
    carts::hold_no_more(work, cart).await?;
    holds::release_cart(work, cart).await
}

/// Says early, and for every line at once, what the cart's lock and the counters would refuse one by one.
fn check(cart: &Cart) -> Result<()> {
    if cart.is_empty() {
        return Err(Error::Refused(Message::CartIsEmpty));
    }
    let shortages: Vec<Shortage> = cart
        .lines
        .iter()
        .filter(|line| line.is_short())
        .map(|line| Shortage { variant_id: line.variant_id, available: line.available })
        .collect();
    if !shortages.is_empty() {
        return Err(Error::OutOfStock(shortages));
    }
    match cart.can_be_ordered() {
        true => Ok(()),
        false => Err(Error::Refused(Message::QuantityOutOfLimits)),
    }
}

fn wanted(cart: &Cart) -> Units {
    cart.lines.iter().map(|line| (line.variant_id, line.quantity)).collect()
}
