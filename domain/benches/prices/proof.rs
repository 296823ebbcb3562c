//! The second computation: plain `i128`, formulas instead of steps, and nothing of the engine but its answer.

use domain::money::Money;
use domain::pricing::{BasketLine, Priced, PricingError, TaxClass, VoucherKind, VoucherRefusal};

use crate::carts::Cart;

/// Whether the answer is right, or what is wrong with it.
pub(crate) fn check(cart: &Cart, answer: &Result<Priced, PricingError>) -> Result<(), String> {
    match (expected(cart, answer.as_ref().ok()), answer) {
        (Ok(()), Ok(_)) => Ok(()),
        (Ok(()), Err(error)) => Err(format!("refused ({error}) for no reason")),
        (Err(Expected::Refusal(refusal)), Err(error)) if refusal == *error => Ok(()),
        (Err(Expected::Refusal(refusal)), _) => Err(format!("not refused: {refusal}")),
        (Err(Expected::Off(what)), _) => Err(what),
    }
}

/// What stands against an answer.
enum Expected {
    /// There must be none, for this reason.
    Refusal(PricingError),
    /// A number is not what it should be.
    Off(String),
}

fn expected(cart: &Cart, priced: Option<&Priced>) -> Result<(), Expected> {
    let gross: Vec<i128> = cart.lines.iter().map(|line| wide(line.unit_price) * i128::from(line.quantity)).collect();
    let subtotal = in_range(gross.iter().sum())?;

    let member_rate = cart.member.map_or(0, |member| i128::from(member.percent_off.get()).min(10_000));
    let member_discount = nearest(subtotal * member_rate, 10_000);
    let member_shares = shares(priced, gross.len(), |line| line.member_discount);
    spread_rightly("member discount", member_discount, &gross, member_shares.as_deref())?;
    // Without an answer the engine's own shares are not known, and any right ones will do.
    let member_shares = member_shares.unwrap_or_else(|| largest_remainders(member_discount, &gross));
    let left: Vec<i128> = gross.iter().zip(&member_shares).map(|(gross, share)| gross - share).collect();

    let voucher_discount = voucher_discount(cart, &left)?;
    let in_scope: Vec<i128> =
        cart.lines.iter().zip(&left).map(|(line, left)| if covered(cart, line) { *left } else { 0 }).collect();
    let voucher_shares = shares(priced, gross.len(), |line| line.voucher_discount);
    spread_rightly("voucher discount", voucher_discount, &in_scope, voucher_shares.as_deref())?;
    let voucher_shares = voucher_shares.unwrap_or_else(|| largest_remainders(voucher_discount, &in_scope));
    let net: Vec<i128> = left.iter().zip(&voucher_shares).map(|(left, share)| left - share).collect();

    let delivery = wide(cart.delivery) - delivery_saved(cart)?;
    let line_taxes: Vec<i128> =
        cart.lines.iter().zip(&net).map(|(line, net)| tax(cart, class(cart, line), *net)).collect();
    let delivery_class = cart.tax.delivery_class.as_ref().and_then(|key| find(cart, Some(key.as_str())));
    let delivery_tax = tax(cart, delivery_class, delivery);
    let taxed = in_range(line_taxes.iter().sum::<i128>() + delivery_tax)?;
    let added = if cart.tax.prices_include_tax { 0 } else { taxed };
    let goods = subtotal - member_discount - voucher_discount;
    let total = in_range(goods + delivery + added)?;

    let Some(priced) = priced else { return Ok(()) };
    let totals = &priced.totals;
    same("subtotal", totals.subtotal, subtotal)?;
    same("member discount", totals.member_discount, member_discount)?;
    same("voucher discount", totals.voucher_discount, voucher_discount)?;
    same("delivery", totals.delivery, delivery)?;
    same("tax", totals.tax, taxed)?;
    same("delivery tax", priced.delivery_tax, delivery_tax)?;
    same("total", totals.total, total)?;
    let mut lines_total = 0;
    for (place, line) in priced.lines.iter().enumerate() {
        let on_top = if cart.tax.prices_include_tax { 0 } else { line_taxes[place] };
        same("line gross", line.gross, gross[place])?;
        same("line net", line.net, net[place])?;
        same("line tax", line.tax, line_taxes[place])?;
        same("line total", line.total, net[place] + on_top)?;
        lines_total += wide(line.total);
    }
    let delivered = delivery + if cart.tax.prices_include_tax { 0 } else { delivery_tax };
    same("lines and delivery", totals.total, lines_total + delivered)?;
    let by_rate: i128 = priced.taxes.iter().map(|tax| wide(tax.amount)).sum();
    same("taxes by rate", totals.tax, by_rate)
}

/// What the voucher takes off the goods that are left, or why it must be refused.
fn voucher_discount(cart: &Cart, left: &[i128]) -> Result<i128, Expected> {
    let Some(voucher) = &cart.voucher else { return Ok(0) };
    if !cart.lines.iter().any(|line| covered(cart, line)) {
        return Err(Expected::Refusal(VoucherRefusal::NothingInScope.into()));
    }
    let goods: i128 = cart.lines.iter().zip(left).filter(|(line, _)| covered(cart, line)).map(|(_, left)| left).sum();
    let minimum = voucher.minimum_purchase;
    if goods < wide(minimum) {
        return Err(Expected::Refusal(VoucherRefusal::BelowMinimum { minimum }.into()));
    }
    let wanted = match voucher.kind {
        VoucherKind::Percent(rate) => nearest(goods * i128::from(rate.get()).min(10_000), 10_000),
        VoucherKind::Fixed(amount) => wide(amount),
        VoucherKind::FreeDelivery => 0,
    };
    let off = wanted.min(voucher.cap.map_or(i128::MAX, wide)).min(goods);
    if off == 0 && voucher.kind != VoucherKind::FreeDelivery {
        return Err(Expected::Refusal(VoucherRefusal::NothingToTakeOff.into()));
    }
    Ok(off)
}

fn delivery_saved(cart: &Cart) -> Result<i128, Expected> {
    let delivery = wide(cart.delivery);
    let is_members = cart.member.is_some_and(|member| member.free_delivery);
    let Some(voucher) = cart.voucher.as_ref().filter(|voucher| voucher.kind == VoucherKind::FreeDelivery) else {
        return Ok(if is_members { delivery } else { 0 });
    };
    let off = delivery.min(voucher.cap.map_or(delivery, wide));
    if is_members || off == 0 { Err(Expected::Refusal(VoucherRefusal::DeliveryIsFree.into())) } else { Ok(off) }
}

fn covered(cart: &Cart, line: &BasketLine) -> bool {
    cart.voucher.as_ref().is_some_and(|voucher| {
        voucher.categories.is_empty()
            || line.categories.iter().any(|own| voucher.categories.iter().any(|one| one == own))
    })
}

/// `amount × r` on top, or `amount − amount ÷ (1 + r)` within.
fn tax(cart: &Cart, class: Option<&TaxClass>, amount: i128) -> i128 {
    let rate: i128 = class.map_or(0, |class| class.rates.iter().map(|rate| i128::from(rate.rate.get())).sum());
    if !cart.tax.prices_include_tax {
        return nearest(amount * rate, 10_000);
    }
    // Rounding the net half down is rounding the tax half up.
    let whole = 10_000 + rate;
    let without = (2 * amount * 10_000 + whole - 1) / (2 * whole);
    amount - without
}

fn class<'a>(cart: &'a Cart, line: &BasketLine) -> Option<&'a TaxClass> {
    find(cart, line.tax_class.as_ref().map(|key| key.as_str()))
}

fn find<'a>(cart: &'a Cart, key: Option<&str>) -> Option<&'a TaxClass> {
    let named = cart.tax.classes.iter().find(|class| Some(class.key.as_str()) == key);
    named.or(cart.tax.classes.first())
}

/// Shares are right when they sum, when each is its exact share rounded down or up, and when none was rounded up that
/// lost less than one that was not, or as much and stands behind it.
fn spread_rightly(what: &str, amount: i128, weights: &[i128], shares: Option<&[i128]>) -> Result<(), Expected> {
    let Some(shares) = shares else { return Ok(()) };
    let off = |why: &str| Err(Expected::Off(format!("{what}: {why}: {amount} over {weights:?} gave {shares:?}")));
    if shares.iter().sum::<i128>() != amount {
        return off("the shares do not sum");
    }
    let whole: i128 = weights.iter().sum();
    if whole == 0 {
        return Ok(());
    }
    let mut least_up: Option<(i128, usize)> = None;
    let mut most_down: Option<(i128, usize)> = None;
    for (place, (weight, share)) in weights.iter().zip(shares).enumerate() {
        let (down, lost) = ((amount * weight).div_euclid(whole), (amount * weight).rem_euclid(whole));
        let rank = (lost, usize::MAX - place);
        if *share == down {
            most_down = most_down.max(Some(rank));
        } else if *share == down + 1 && share <= weight {
            least_up = Some(least_up.map_or(rank, |least| least.min(rank)));
        } else {
            return off("a share is not its part");
        }
    }
    match (least_up, most_down) {
        (Some(up), Some(down)) if up < down => off("a unit went to the wrong line"),
        _ => Ok(()),
    }
}

fn largest_remainders(amount: i128, weights: &[i128]) -> Vec<i128> {
    let whole = weights.iter().sum::<i128>().max(1);
    let mut shares: Vec<i128> = weights.iter().map(|weight| amount * weight / whole).collect();
    while shares.iter().sum::<i128>() < amount {
        let lost = |place: &usize| (amount * weights[*place] - shares[*place] * whole, usize::MAX - place);
        let Some(place) = (0..shares.len()).max_by_key(lost) else { break };
        shares[place] += 1;
    }
    shares
}

fn shares(
    priced: Option<&Priced>,
    lines: usize,
    share: fn(&domain::pricing::PricedLine) -> Money,
) -> Option<Vec<i128>> {
    let shares: Vec<i128> = priced?.lines.iter().map(|line| wide(share(line))).collect();
    (shares.len() == lines).then_some(shares)
}

fn same(what: &str, found: Money, expected: i128) -> Result<(), Expected> {
    if wide(found) == expected && expected >= 0 {
        Ok(())
    } else {
        Err(Expected::Off(format!("{what} is {}, not {expected}", found.get())))
    }
}

fn in_range(amount: i128) -> Result<i128, Expected> {
    if amount > i128::from(i64::MAX) { Err(Expected::Refusal(PricingError::TotalOutOfRange)) } else { Ok(amount) }
}

fn nearest(scaled: i128, of: i128) -> i128 {
    (2 * scaled + of) / (2 * of)
}

fn wide(amount: Money) -> i128 {
    i128::from(amount.get())
}
