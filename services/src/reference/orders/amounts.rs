//! What an order's amounts become when they do not sum: the total that was charged stands, and the rest follows it.

use domain::money::Money;
use domain::pricing::spread;

/// An order's amounts as the former shop kept them.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// Quantity and unit price of each line.
    pub(super) lines: Vec<(u32, Money)>,
    pub(super) subtotal: Money,
    pub(super) discount: Money,
    pub(super) delivery: Money,
    pub(super) total: Money,
    /// Whether the discount is a voucher's.
    pub(super) has_code: bool,
}

/// The same so that everything sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    /// Unit price and discount of each line.
    pub(super) lines: Vec<(Money, Money)>,
    pub(super) subtotal: Money,
    pub(super) discount: Money,
    pub(super) delivery: Money,
    pub(super) total: Money,
    pub(super) corrections: Vec<Correction>,
}

/// What had to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Correction {
    /// The discount is within the prices.
    DiscountWithoutCode,
    /// The parts summed to another total.
    Parts { parts: Money },
    /// One line has another unit price.
    Line { lines: Money, at: usize, price: Money },
    /// All lines have.
    Lines { lines: Money },
}

/// Makes the amounts sum; nothing when no such order can be.
pub(super) fn settle(told: &Told) -> Option<Settled> {
    let total = told.total;
    if !total.is_ordinary() {
        return None;
    }
    let mut corrections = Vec::new();
    let positive = |money: Money| if money.is_negative() { Money::ZERO } else { money };
    let (mut subtotal, mut discount) = (positive(told.subtotal), positive(told.discount));
    let mut delivery = positive(told.delivery);
    if !subtotal.is_ordinary() || !discount.is_ordinary() || !delivery.is_ordinary() {
        return None;
    }
    let parts = told.subtotal.minus(told.discount)?.plus(told.delivery)?;
    if discount > Money::ZERO && !told.has_code {
        corrections.push(Correction::DiscountWithoutCode);
        subtotal = positive(subtotal.minus(discount)?);
        discount = Money::ZERO;
    }
    discount = discount.min(subtotal);
    let goods = subtotal.minus(discount)?;
    if goods.plus(delivery)? != total {
        corrections.push(Correction::Parts { parts });
        if goods <= total {
            delivery = total.minus(goods)?;
        } else {
            delivery = Money::ZERO;
            if told.has_code {
                discount = subtotal.minus(total)?;
            } else {
                subtotal = total;
            }
        }
    }

    let mut prices: Vec<Money> = told.lines.iter().map(|(_, price)| *price).collect();
    let totals = |prices: &[Money]| {
        told.lines.iter().zip(prices).map(|((units, _), price)| price.times(*units)).collect::<Option<Vec<_>>>()
    };
    let lines = Money::sum(totals(&prices)?)?;
    if lines != subtotal {
        if let Some((at, price)) = one_line(told, subtotal.minus(lines)?) {
            corrections.push(Correction::Line { lines, at, price });
            prices[at] = price;
        } else {
            corrections.push(Correction::Lines { lines });
            let units: Vec<_> = told.lines.iter().map(|(units, _)| Money::minor(i64::from(*units))).collect();
            let weights = if lines == Money::ZERO { units } else { totals(&prices)? };
            let shares = spread(subtotal, &weights)?;
            for ((price, share), (units, _)) in prices.iter_mut().zip(shares).zip(&told.lines) {
                *price = Money::minor(share.get() / i64::from(*units));
            }
            // What no unit price can carry goes to the delivery: some rupiah.
            let carried = Money::sum(totals(&prices)?)?;
            delivery = delivery.plus(subtotal.minus(carried)?)?;
            subtotal = carried;
            if discount > subtotal {
                delivery = delivery.minus(discount.minus(subtotal)?)?;
                discount = subtotal;
            }
        }
    }
    let discounts = spread(discount, &totals(&prices)?)?;
    let is_whole = subtotal.minus(discount)?.plus(delivery)? == total && !delivery.is_negative();
    is_whole.then(|| Settled {
        lines: prices.into_iter().zip(discounts).collect(),
        subtotal,
        discount,
        delivery,
        total,
        corrections,
    })
}

/// The line that can take the whole difference, and its price then: the dearest of those that can.
fn one_line(told: &Told, missing: Money) -> Option<(usize, Money)> {
    let can = told.lines.iter().enumerate().filter_map(|(at, (units, price))| {
        let units = i64::from(*units);
        let price = price.plus(Money::minor(missing.get() / units))?;
        (missing.get() % units == 0 && !price.is_negative()).then_some((at, price))
    });
    can.max_by_key(|(at, price)| (told.lines[*at].1, *price, std::cmp::Reverse(*at)))
}

#[cfg(test)]
mod tests {
    use domain::money::Money;
    use proptest::prelude::*;

    use super::{Correction, Told, settle};

    fn told(lines: &[(u32, i64)], parts: [i64; 4], has_code: bool) -> Told {
        let [subtotal, discount, delivery, total] = parts.map(Money::minor);
        let lines = lines.iter().map(|(units, price)| (*units, Money::minor(*price))).collect();
        Told { lines, subtotal, discount, delivery, total, has_code }
    }

    #[test]
    fn what_sums_stays() {
        let settled = settle(&told(&[(1, 300), (2, 150)], [600, 60, 10, 550], true)).unwrap();
        assert_eq!(settled.corrections, []);
        let lines: Vec<_> = settled.lines.iter().map(|(price, discount)| (price.get(), discount.get())).collect();
        assert_eq!(lines, [(300, 30), (150, 30)]);
    }

    #[test]
    fn a_line_takes_what_its_order_was_charged() {
        let settled = settle(&told(&[(1, 319)], [299, 15, 18, 302], true)).unwrap();
        let expected = Correction::Line { lines: Money::minor(319), at: 0, price: Money::minor(299) };
        assert_eq!(settled.corrections, [expected]);
        let settled = settle(&told(&[(1, 299), (1, 449)], [848, 15, 15, 848], true)).unwrap();
        let expected = Correction::Line { lines: Money::minor(748), at: 1, price: Money::minor(549) };
        assert_eq!((settled.corrections, settled.total), (vec![expected], Money::minor(848)));
    }

    #[test]
    fn the_total_that_was_charged_stands() {
        let settled = settle(&told(&[(1, 100)], [100, 0, 10, 95], false)).unwrap();
        assert_eq!((settled.subtotal.get(), settled.delivery.get(), settled.total.get()), (95, 0, 95));
        let settled = settle(&told(&[(1, 100)], [100, 40, 10, 20], true)).unwrap();
        assert_eq!((settled.subtotal.get(), settled.discount.get(), settled.delivery.get()), (100, 80, 0));
        let settled = settle(&told(&[(3, 33)], [100, 0, 0, 100], false)).unwrap();
        assert_eq!((settled.subtotal.get(), settled.delivery.get()), (99, 1));
        assert!(settle(&told(&[(1, 5)], [5, 0, 0, -5], false)).is_none());
    }

    proptest! {
        #[test]
        fn whatever_was_kept_sums_afterwards_to_what_was_charged(
            lines in prop::collection::vec((1_u32..20, 0_i64..2_000_000), 1..6),
            parts in prop::array::uniform4(-1_000_i64..5_000_000),
            has_code: bool,
        ) {
            let told = told(&lines, parts, has_code);
            let Some(settled) = settle(&told) else {
                prop_assert!(parts[3] < 0);
                return Ok(());
            };
            prop_assert_eq!(settled.total, told.total);
            let units = told.lines.iter().map(|(units, _)| *units);
            let goods: Vec<_> = units.zip(&settled.lines).map(|(units, (price, _))| price.times(units).unwrap()).collect();
            prop_assert_eq!(Money::sum(goods.iter().copied()), Some(settled.subtotal));
            prop_assert_eq!(Money::sum(settled.lines.iter().map(|(_, discount)| *discount)), Some(settled.discount));
            prop_assert!(goods.iter().zip(&settled.lines).all(|(goods, (_, discount))| discount <= goods));
            prop_assert!(!settled.delivery.is_negative() && !settled.discount.is_negative());
            prop_assert!(has_code || settled.discount == Money::ZERO);
            prop_assert_eq!(settled.subtotal.minus(settled.discount).unwrap().plus(settled.delivery), Some(settled.total));
        }
    }
}
