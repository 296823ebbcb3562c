//! Parting an amount so that the parts always make the whole again.

use crate::money::Money;

/// Parts an amount in proportion to weights, by largest remainder: every part is rounded down, and the units that are
/// left go one each to the parts that lost most, the first of equals first. The parts sum to the amount exactly, and
/// while the amount is at most the weights' sum, no part is more than its weight.
///
/// `None` when the amount or a weight is below zero, when the weights' sum leaves the range of money, and when there is
/// something to part but no weight to part it by.
pub fn spread(amount: Money, weights: &[Money]) -> Option<Vec<Money>> {
    let whole = Money::sum(weights.iter().copied())?;
    if amount.is_negative() || weights.iter().any(|weight| weight.is_negative()) {
        return None;
    }
    if amount == Money::ZERO {
        return Some(vec![Money::ZERO; weights.len()]);
    }
    let (amount, whole) = (i128::from(amount.get()), i128::from(whole.get()));
    if whole == 0 {
        return None;
    }

    let scaled = weights.iter().map(|weight| amount * i128::from(weight.get()));
    let (mut parts, remainders): (Vec<i128>, Vec<i128>) = scaled.map(|scaled| (scaled / whole, scaled % whole)).unzip();
    let left = usize::try_from(amount - parts.iter().sum::<i128>()).ok()?;
    let mut order: Vec<usize> = (0..weights.len()).collect();
    // The sort is stable, so that equals keep the order of the lines.
    order.sort_by_key(|line| std::cmp::Reverse(remainders[*line]));
    for line in order.into_iter().take(left) {
        parts[line] += 1;
    }
    parts.into_iter().map(|part| i64::try_from(part).ok().map(Money::minor)).collect()
}

/// What to give back for `units` more of a line that cost `total` for `quantity` units, of which `already` were given
/// back before.
///
/// Every unit's share is the difference of two sums rounded down, so that giving units back one by one or at once
/// comes to the line's total exactly. `None` when the line has not so many units left, or a total below zero.
pub fn refundable(total: Money, quantity: u32, already: u32, units: u32) -> Option<Money> {
    let until = already.checked_add(units).filter(|until| *until <= quantity && quantity > 0)?;
    if total.is_negative() {
        return None;
    }
    let up_to = |units: u32| i128::from(total.get()) * i128::from(units) / i128::from(quantity);
    i64::try_from(up_to(until) - up_to(already)).ok().map(Money::minor)
}

/// What the days that are left of a paid period are worth, to the nearest unit (half a unit counts as one): the credit
/// when a plan is changed in the middle. The days that are used up are worth the price less this.
///
/// `None` when the period has no days or fewer than are left.
pub fn prorated(price: Money, days_left: u32, days_in_period: u32) -> Option<Money> {
    if days_left > days_in_period { None } else { price.portion(days_left, days_in_period) }
}
