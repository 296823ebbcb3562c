//! What holds for every basket, recomputed beside the engine in wide numbers.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{class, key};
use crate::id::CategoryId;
use crate::money::{BasisPoints, Money};
use crate::pricing::{
    Basket, BasketLine, MemberBenefit, Priced, PricingError, TaxRules, VoucherKind, VoucherTerms, price, prorated,
    refundable, spread,
};

prop_compose! {
    fn lines(most: i64)(lines in vec((0..=most, 0_u32..=99, vec(1_u64..4, 0..=3), 0_usize..4), 0..12)) -> Vec<BasketLine> {
        let classes = [None, Some(key("standard")), Some(key("luxury")), Some(key("free"))];
        let line = |(price, quantity, categories, class): (i64, u32, Vec<u64>, usize)| BasketLine {
            unit_price: Money::minor(price),
            quantity,
            categories: categories.into_iter().map(CategoryId::new).collect(),
            tax_class: classes[class].clone(),
            weight_grams: 100,
        };
        lines.into_iter().map(line).collect()
    }
}

prop_compose! {
    fn vouchers()(
        kind in prop_oneof![
            (0_u32..=12_000).prop_map(|rate| VoucherKind::Percent(BasisPoints::new(rate))),
            (0_i64..5_000_000).prop_map(|amount| VoucherKind::Fixed(Money::minor(amount))),
            Just(VoucherKind::FreeDelivery),
        ],
        cap in option::of(0_i64..1_000_000),
        minimum in prop_oneof![Just(0_i64), 0_i64..5_000_000],
        categories in vec(1_u64..4, 0..3),
    ) -> VoucherTerms {
        VoucherTerms {
            kind,
            cap: cap.map(Money::minor),
            minimum_purchase: Money::minor(minimum),
            categories: categories.into_iter().map(CategoryId::new).collect(),
        }
    }
}

prop_compose! {
    fn rules()(prices_include_tax: bool, rates in [0_u32..=10_000, 0..=10_000, 0..=10_000], delivery in 0_usize..4, any: bool) -> TaxRules {
        let classes = vec![
            class("standard", &[("PPN", rates[0])]),
            class("luxury", &[("PPN", rates[0]), ("PPnBM", rates[1]), ("Cukai", rates[2])]),
            class("free", &[]),
        ];
        let delivery_class = [None, Some(key("standard")), Some(key("luxury")), Some(key("free"))][delivery].clone();
        TaxRules { prices_include_tax, classes: if any { classes } else { Vec::new() }, delivery_class }
    }
}

prop_compose! {
    fn members()(percent_off in prop_oneof![Just(0_u32), Just(10_000), 0_u32..=11_000], free_delivery: bool) -> MemberBenefit {
        MemberBenefit { percent_off: BasisPoints::new(percent_off), free_delivery }
    }
}

fn wide(amounts: impl IntoIterator<Item = Money>) -> i128 {
    amounts.into_iter().map(|amount| i128::from(amount.get())).sum()
}

/// Every sum of the answer, worked out again.
fn check(basket: &Basket<'_>, priced: &Priced) -> Result<(), TestCaseError> {
    let totals = priced.totals;
    let of = |amount: fn(&crate::pricing::PricedLine) -> Money| wide(priced.lines.iter().map(amount));
    prop_assert_eq!(of(|line| line.gross), wide([totals.subtotal]));
    prop_assert_eq!(of(|line| line.member_discount), wide([totals.member_discount]));
    prop_assert_eq!(of(|line| line.voucher_discount), wide([totals.voucher_discount]));
    prop_assert_eq!(of(|line| line.tax) + wide([priced.delivery_tax]), wide([totals.tax]));
    prop_assert_eq!(wide(priced.taxes.iter().map(|tax| tax.amount)), wide([totals.tax]));
    let added = if totals.tax_included { Money::ZERO } else { priced.delivery_tax };
    prop_assert_eq!(of(|line| line.total) + wide([totals.delivery, added]), wide([totals.total]));
    prop_assert_eq!(wide([totals.delivery, priced.delivery_saved]), wide([basket.delivery]));
    prop_assert!(totals.is_exact());

    prop_assert_eq!(priced.lines.len(), basket.lines.len());
    for (sold, line) in basket.lines.iter().zip(&priced.lines) {
        prop_assert_eq!(wide([line.gross]), wide([sold.unit_price]) * i128::from(sold.quantity));
        prop_assert_eq!(wide([line.net, line.member_discount, line.voucher_discount]), wide([line.gross]));
        let parts = [line.member_discount, line.voucher_discount, line.net, line.tax, line.total];
        prop_assert!(!parts.into_iter().any(Money::is_negative));
        if totals.tax_included {
            prop_assert!(line.tax <= line.net && line.total == line.net);
        }
        if let Some(voucher) = basket.voucher.filter(|voucher| !voucher.covers(&sold.categories)) {
            prop_assert_eq!(line.voucher_discount, Money::ZERO, "{:?}", voucher);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Checklist 43. Checklist 58. Pitfall M9.
    #[test]
    fn every_sum_is_exact_for_member_voucher_and_tax_together(
        lines in lines(2_000_000),
        member in option::of(members()),
        voucher in option::of(vouchers()),
        delivery in 0_i64..200_000,
        tax in rules(),
    ) {
        let basket = Basket { lines: &lines, member, voucher: voucher.as_ref(), delivery: Money::minor(delivery), tax: &tax };
        match price(&basket) {
            Ok(priced) => {
                check(&basket, &priced)?;
                let by_member = member.is_some_and(|member| member.free_delivery);
                let off_delivery = if by_member { Money::ZERO } else { priced.delivery_saved };
                let off = wide([priced.totals.voucher_discount, off_delivery]);
                prop_assert!(voucher.is_none() || off > 0, "a voucher was used for nothing");
            }
            Err(error) => prop_assert!(matches!(error, PricingError::Voucher(_)), "{error}"),
        }
    }

    #[test]
    fn near_the_end_of_the_range_a_sum_is_exact_or_refused(
        lines in lines(i64::MAX),
        member in option::of(members()),
        voucher in option::of(vouchers()),
        delivery in 0_i64..=i64::MAX,
        tax in rules(),
    ) {
        let basket = Basket { lines: &lines, member, voucher: voucher.as_ref(), delivery: Money::minor(delivery), tax: &tax };
        if let Ok(priced) = price(&basket) {
            check(&basket, &priced)?;
        }
    }

    #[test]
    fn the_order_of_the_lines_changes_no_discount_and_no_untaxed_total(
        lines in lines(2_000_000),
        member in option::of(members()),
        voucher in option::of(vouchers()),
        turn in 0_usize..12,
    ) {
        let tax = TaxRules::default();
        let mut turned = lines.clone();
        turned.reverse();
        let middle = turn.min(turned.len());
        turned.rotate_left(middle);
        let priced = |lines: &[BasketLine]| {
            price(&Basket { lines, member, voucher: voucher.as_ref(), delivery: Money::ZERO, tax: &tax })
        };
        prop_assert_eq!(priced(&lines).map(|priced| priced.totals), priced(&turned).map(|priced| priced.totals));
    }

    /// Only the unit that a tie gives to the first of equals can move, so each line's tax moves by a unit at most.
    #[test]
    fn the_order_of_the_lines_moves_the_tax_by_no_more_than_the_ties(lines in lines(2_000_000), member in members(), tax in rules()) {
        let mut turned = lines.clone();
        turned.reverse();
        let priced = |lines: &[BasketLine]| {
            price(&Basket { lines, member: Some(member), voucher: None, delivery: Money::ZERO, tax: &tax }).unwrap()
        };
        let (one, other) = (priced(&lines), priced(&turned));
        prop_assert_eq!(one.totals.member_discount, other.totals.member_discount);
        let off = wide([one.totals.tax]) - wide([other.totals.tax]);
        prop_assert!(off.unsigned_abs() <= 3 * lines.len() as u128);
    }

    #[test]
    fn a_whole_percentage_leaves_nothing_and_none_takes_nothing(lines in lines(2_000_000), tax in rules()) {
        let priced = |rate| {
            let member = Some(MemberBenefit { percent_off: BasisPoints::new(rate), free_delivery: false });
            price(&Basket { lines: &lines, member, voucher: None, delivery: Money::ZERO, tax: &tax }).unwrap()
        };
        prop_assert_eq!(priced(10_000).totals.total, Money::ZERO);
        prop_assert!(priced(0).lines.iter().all(|line| line.net == line.gross));
    }

    #[test]
    fn a_spread_sums_and_stays_within_its_weights(weights in vec(0_i64..=i64::MAX / 16, 1..16), part in 0_u32..=10_000) {
        let weights: Vec<Money> = weights.into_iter().map(Money::minor).collect();
        let whole = Money::sum(weights.iter().copied()).unwrap();
        let amount = whole.portion(part, 10_000).unwrap();
        let parts = spread(amount, &weights).unwrap();
        prop_assert_eq!(wide(parts.iter().copied()), wide([amount]));
        for (part, weight) in parts.iter().zip(&weights) {
            prop_assert!(*part <= *weight && !part.is_negative());
            // Each is within one unit of its exact share.
            let off = wide([*part]) * wide([whole]) - wide([amount]) * wide([*weight]);
            prop_assert!(off.abs() < wide([whole]).max(1));
        }
    }

    #[test]
    fn units_given_back_in_any_steps_come_to_the_total(total in 0_i64..=i64::MAX, steps in vec(0_u32..20, 1..20)) {
        let quantity: u32 = steps.iter().sum::<u32>().max(1);
        let total = Money::minor(total);
        let (mut already, mut back) = (0, Money::ZERO);
        for units in steps {
            back = back.plus(refundable(total, quantity, already, units).unwrap()).unwrap();
            already += units;
        }
        let rest = refundable(total, quantity, already, quantity - already).unwrap();
        prop_assert_eq!(back.plus(rest), Some(total));
        prop_assert_eq!(refundable(total, quantity, 0, quantity), Some(total));
    }

    #[test]
    fn days_left_never_cost_more_than_the_period(price in 0_i64..=i64::MAX, left in 0_u32..=366, used in 0_u32..=366) {
        let price = Money::minor(price);
        if let Some(worth) = prorated(price, left, left + used) {
            prop_assert!(worth <= price && !worth.is_negative());
        }
    }
}
