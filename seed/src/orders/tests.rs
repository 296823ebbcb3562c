//! The plan must be believable and, above all, possible.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

#[test]
fn the_plan_is_the_same_every_time() {
    assert_eq!(planned_orders(), planned_orders());
}

#[test]
fn the_plan_has_enough_orders_in_every_state() {
    let orders = planned_orders();
    let mut count: BTreeMap<PlannedStatus, usize> = BTreeMap::new();
    for order in &orders {
        *count.entry(order.status).or_default() += 1;
    }
    assert!((220..400).contains(&orders.len()), "{} orders", orders.len());
    assert_eq!(count.len(), 5, "{count:?}");
    let cancelled = count[&PlannedStatus::Cancelled] * 100 / orders.len();
    assert!((5..=12).contains(&cancelled), "{cancelled} % are cancelled");
    assert!(count[&PlannedStatus::PendingPayment] >= 1 && count[&PlannedStatus::Processing] >= 3, "{count:?}");
    assert!(orders.iter().any(|order| order.payment == PaymentMethod::CashOnDelivery));
}

#[test]
fn the_second_half_sells_more_than_the_first() {
    let (recent, early): (Vec<_>, Vec<_>) = planned_orders().into_iter().partition(|order| order.placed.days_ago < 45);
    assert!(recent.len() > early.len(), "{} against {}", recent.len(), early.len());
}

#[test]
fn only_existing_variants_are_bought_and_never_twice_in_an_order() {
    let skus: BTreeSet<String> =
        products().into_iter().flat_map(|product| product.variants).map(|variant| variant.sku).collect();
    for order in planned_orders() {
        assert!(!order.lines.is_empty());
        assert!(order.lines.iter().all(|line| skus.contains(&line.sku) && (1..=3).contains(&line.quantity)));
        let distinct: BTreeSet<&str> = order.lines.iter().map(|line| line.sku.as_str()).collect();
        assert_eq!(distinct.len(), order.lines.len());
    }
}

#[test]
fn a_cancelled_order_never_needs_more_than_what_is_left_for_sale() {
    let stock: BTreeMap<String, u32> =
        products().into_iter().flat_map(|product| product.variants).map(|v| (v.sku, v.stock)).collect();
    for order in planned_orders().iter().filter(|order| order.status == PlannedStatus::Cancelled) {
        assert!(order.lines.iter().all(|line| line.quantity <= stock[&line.sku]), "{order:?}");
    }
}

#[test]
fn each_step_follows_the_one_before_and_fits_the_status() {
    for order in planned_orders() {
        let steps: Vec<i64> = [Some(order.placed), order.shipped, order.completed, order.cancelled]
            .into_iter()
            .flatten()
            .map(Moment::rank)
            .collect();
        assert!(steps.windows(2).all(|pair| pair[0] < pair[1]), "{order:?}");
        assert!(
            order.paid.is_none_or(|paid| paid.rank() > order.placed.rank() || paid.minute_of_day == 1439),
            "{order:?}"
        );
        let has = (order.shipped.is_some(), order.completed.is_some(), order.cancelled.is_some());
        let expected = match order.status {
            PlannedStatus::PendingPayment | PlannedStatus::Processing => (false, false, false),
            PlannedStatus::Shipped => (true, false, false),
            PlannedStatus::Completed => (true, true, false),
            PlannedStatus::Cancelled => (false, false, true),
        };
        assert_eq!(has, expected, "{order:?}");
        assert_eq!(order.tracking_number.is_some(), order.shipped.is_some());
        if order.status == PlannedStatus::PendingPayment {
            assert_eq!((order.placed.days_ago, order.payment, order.paid), (0, PaymentMethod::Demo, None));
        }
        if order.status == PlannedStatus::Completed {
            assert!(order.paid.is_some());
        }
    }
}

#[test]
fn no_moment_lies_in_the_future_whatever_the_hour() {
    for now in [0, 1, 540, 1439] {
        for order in planned_orders() {
            let placed = order.placed.minutes_before(now);
            for step in [order.paid, order.shipped, order.completed, order.cancelled].into_iter().flatten() {
                assert!(step.minutes_before(now) <= placed);
            }
            if order.status == PlannedStatus::PendingPayment {
                assert!(placed < 24 * 60);
            }
        }
    }
}

#[test]
fn what_is_received_covers_what_is_taken() {
    let units = units_by_sku();
    let taken: u32 = planned_orders()
        .iter()
        .filter(|order| order.status != PlannedStatus::Cancelled)
        .flat_map(|order| &order.lines)
        .map(|line| line.quantity)
        .sum();
    assert_eq!(units.values().map(|units| units.to_receive()).sum::<u32>(), taken);
}
