//! Placing an order: one transaction, whose statements are few and whose hot rows come last.

use std::sync::Arc;

use domain::checkout::{PlaceOrder, ReadyOrder};
use domain::customers::CustomerId;
use domain::events::Happening;
use domain::mail::MailKind;
use domain::message::Message;
use domain::orders::{Actor, OrderId, OrderStatus, Totals};
use domain::payments::PaymentMethod;
use domain::settings::Settings;
use domain::text::IdempotencyKey;
use domain::vouchers::Voucher;

use super::{Buyer, check, wanted};
use crate::buyers;
use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::inventory::{
    self,
    holds::{self, Give, Units},
};
use crate::pricing::{Benefits, destination, price_of};
use crate::vouchers::{self, VoucherBuyer};
use crate::{Shop, carts, events, mail, memberships, orders, secrets};

/// What a buyer sent, read.
pub(super) struct Wanted<'a> {
    pub(super) buyer: Buyer<'a>,
    pub(super) idempotency_key: &'a IdempotencyKey,
    pub(super) request: &'a PlaceOrder,
    pub(super) ready: &'a ReadyOrder,
}

/// A placed order, as far as the answer needs it.
pub(super) struct Placement {
    pub(super) id: OrderId,
    pub(super) number: String,
    pub(super) payment_method: PaymentMethod,
    pub(super) totals: Totals,
    /// The status that the order was placed in.
    pub(super) first_status: OrderStatus,
}

/// Places the order, or finds the one that the key placed before.
pub(super) async fn once(shop: &Shop, settings: &Arc<Settings>, wanted_order: &Wanted<'_>) -> Result<Placement> {
    let Wanted { buyer, idempotency_key, request, ready } = wanted_order;
    transact!(shop.shopper(), |work| {
        // Whoever has the cart's lock is the only one who places its orders, so that this read of the key decides.
        let (locked, has_placed) = carts::lock_to_place(shop, work, buyer.cart, idempotency_key.as_str()).await?;
        let carts::Locked { id: cart_id, hold, last_hold, account: owner, now } = locked;
        if owner.is_some() && owner != buyer.account {
            return Err(Error::NotFound(Message::NoSuchCart));
        }
        let content = fingerprint(ready)?;
        // The guest's cart may have been joined to the account's since the first try.
        let cart_ids = match (has_placed, owner) {
            (true, _) => vec![cart_id],
            (false, Some(_)) => carts::with_joined(work, cart_id).await?,
            (false, None) => Vec::new(),
        };
        if let Some(known) = orders::placed_by(work, &cart_ids, idempotency_key.as_str()).await? {
            if known.request_hash != content {
                return Err(Error::Unusable(Message::KeyReused));
            }
            carts::touch(work, cart_id).await?;
            return Ok(repeated(known));
        }
        let (cart, stocks) = carts::load_with_stock(work, cart_id).await?;
        check(&cart)?;
        let customer = customer(work, settings, *buyer, ready).await?;
        let voucher = voucher(work, settings, *buyer, customer, ready).await?;
        let benefits = Benefits {
            member: memberships::benefit(work, buyer.account, now).await?,
            voucher: voucher.as_ref().map(|voucher| voucher.terms.clone()),
        };
        let priced = price_of(&cart, settings, &destination(ready), &benefits)?;
        let totals = priced.totals;
        if request.expected_total.is_some_and(|seen| seen != totals.total) {
            return Err(Error::Refused(Message::TotalChanged { total: totals.total.display(settings.currency) }));
        }

        let placed_by = orders::PlacedBy { cart: cart_id, key: idempotency_key.as_str(), request_hash: &content };
        let draft = orders::Draft {
            settings,
            cart: &cart,
            ready,
            customer,
            account: buyer.account,
            priced: &priced,
            placed_at: now,
            placed_by: Some(placed_by),
        };
        let order = orders::insert(work, &draft).await?;
        carts::remove_ordered(work, cart_id).await?;
        if hold.or(last_hold).is_some() {
            carts::forget_holds(work, cart_id).await?;
        }
        let held = if hold.is_some() { holds::of_cart(work, cart_id).await? } else { Units::new() };
        announce(work, &order).await?;

        // Where the voucher stands in the one lock order: after the order and its lines, before the stock.
        if let Some(voucher) = &voucher {
            let who = VoucherBuyer { customer: Some(customer), account: buyer.account };
            vouchers::use_up(work, voucher, who, order.id, settings.currency).await?;
        }

        // The counters come last: a hot variant's row is locked only from here to the commit.
        let sells = order.status == OrderStatus::Processing;
        let give = if sells { Give::Sell(&Actor::Shopper) } else { Give::Reserve };
        let (from, wanted) = (Some((cart_id, &held)), wanted(&cart));
        let low: Vec<_> =
            stocks.iter().filter(|stock| sells && stock.left <= i64::from(stock.low_stock_limit)).collect();
        holds::give(work, from, order.id, &wanted, give).await?;
        for stock in low {
            inventory::warn_when_low(work, stock.variant_id).await?;
        }

        Ok(Placement {
            id: order.id,
            number: order.number,
            payment_method: ready.payment_method,
            totals,
            first_status: order.status,
        })
    })
}

/// Who buys. An account may have to pay its last order first; its lock makes two tabs ask one after the other.
async fn customer(work: &mut Work, settings: &Settings, buyer: Buyer<'_>, ready: &ReadyOrder) -> Result<CustomerId> {
    let Some(account) = buyer.account else {
        return buyers::remember(work, &ready.email, &ready.address).await;
    };
    buyers::lock(work, account).await?;
    if settings.one_unpaid_order
        && let Some(number) = orders::unpaid_of(work, account).await?
    {
        return Err(Error::Refused(Message::UnpaidOrderFirst { number }));
    }
    buyers::learn_address(work, account, &ready.address).await?;
    Ok(account)
}

/// The voucher that the order names, if its buyer may use it. The customer's row, which an account has locked already, keeps
/// two orders of one customer from counting at the same time; orders without a voucher pay nothing for it.
async fn voucher(
    work: &mut Work,
    settings: &Settings,
    buyer: Buyer<'_>,
    customer: CustomerId,
    ready: &ReadyOrder,
) -> Result<Option<Voucher>> {
    let now = work.now();
    let Some(code) = &ready.voucher_code else { return Ok(None) };
    if buyer.account.is_none() {
        buyers::lock(work, customer).await?;
    }
    let who = VoucherBuyer { customer: Some(customer), account: buyer.account };
    Ok(Some(vouchers::usable(work, code, who, settings.currency, now).await?))
}

fn repeated(known: orders::KnownRow) -> Placement {
    Placement {
        id: known.id,
        number: known.number,
        payment_method: known.payment_method,
        totals: known.totals,
        first_status: known.first_status,
    }
}

async fn announce(work: &mut Work, order: &orders::Inserted) -> Result<()> {
    mail::write(work, MailKind::OrderPlaced, order.id, None).await?;
    if order.status == OrderStatus::Processing {
        orders::tell_owner(work, order.id).await?;
    }
    let placed = Happening::OrderPlaced {
        order_id: order.id,
        number: order.number.clone(),
        total: order.total,
        name: order.name.clone(),
        status: order.status,
    };
    events::record(work, &placed).await
}

/// What makes two requests the same: what was understood of them, not its letters. The language is not part of it: a
/// header may change between two tries; the total that was seen only guards, and is not read at all.
fn fingerprint(ready: &ReadyOrder) -> Result<[u8; 32]> {
    let ReadyOrder { email, address, payment_method, delivery_method, voucher_code, locale: _ } = ready;
    // As buyers are told apart.
    let email = email.as_str().to_lowercase();
    let understood = (email, address, payment_method, delivery_method, voucher_code);
    Ok(secrets::digest(&serde_json::to_vec(&understood)?))
}
