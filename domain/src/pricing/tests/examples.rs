//! Baskets worked out by hand.

use super::{basket, class, key, line};
use crate::id::CategoryId;
use crate::money::{BasisPoints, Money};
use crate::pricing::{
    Basket, BasketLine, MemberBenefit, PricingError, TaxRules, VoucherKind, VoucherRefusal, VoucherTerms, price,
    prorated, refundable, spread,
};

fn voucher(kind: VoucherKind) -> VoucherTerms {
    VoucherTerms { kind, cap: None, minimum_purchase: Money::ZERO, categories: Vec::new() }
}

fn amounts(amounts: &[i64]) -> Vec<Money> {
    amounts.iter().copied().map(Money::minor).collect()
}

fn ten_percent() -> Option<MemberBenefit> {
    Some(MemberBenefit { percent_off: BasisPoints::new(1_000), free_delivery: false })
}

#[test]
fn what_is_left_goes_to_whoever_lost_most_and_then_in_line_order() {
    assert_eq!(spread(Money::minor(100), &amounts(&[1, 1, 1])), Some(amounts(&[34, 33, 33])));
    assert_eq!(spread(Money::minor(10), &amounts(&[0, 55, 45])), Some(amounts(&[0, 6, 4])));
    assert_eq!(spread(Money::minor(10), &amounts(&[33, 33, 34])), Some(amounts(&[3, 3, 4])));
    assert_eq!(spread(Money::ZERO, &amounts(&[0, 0])), Some(amounts(&[0, 0])));
    assert_eq!(spread(Money::minor(1), &amounts(&[0, 0])), None);
    assert_eq!(spread(Money::minor(1), &amounts(&[2, -1])), None);
    assert_eq!(spread(Money::minor(1), &[]), None);
}

#[test]
fn the_member_comes_first_and_the_voucher_takes_of_what_is_left() {
    let lines = [line(100_000, 2), line(50_000, 1)];
    let tax = TaxRules::default();
    let terms = voucher(VoucherKind::Percent(BasisPoints::new(2_000)));
    let basket =
        Basket { member: ten_percent(), voucher: Some(&terms), delivery: Money::minor(10_000), ..basket(&lines, &tax) };

    let priced = price(&basket).unwrap();

    assert_eq!(priced.totals.subtotal, Money::minor(250_000));
    assert_eq!(priced.totals.member_discount, Money::minor(25_000));
    assert_eq!(priced.totals.voucher_discount, Money::minor(45_000));
    assert_eq!(priced.totals.total, Money::minor(190_000));
    assert_eq!(priced.lines[0].net, Money::minor(144_000));
    assert_eq!(priced.lines[1].net, Money::minor(36_000));
}

#[test]
fn the_minimum_is_compared_after_the_members_discount() {
    let lines = [line(100_000, 1)];
    let tax = TaxRules::default();
    let minimum = Money::minor(95_000);
    let terms = VoucherTerms { minimum_purchase: minimum, ..voucher(VoucherKind::Fixed(Money::minor(5_000))) };

    assert!(price(&Basket { voucher: Some(&terms), ..basket(&lines, &tax) }).is_ok());
    let refused = price(&Basket { member: ten_percent(), voucher: Some(&terms), ..basket(&lines, &tax) });
    assert_eq!(refused, Err(PricingError::Voucher(VoucherRefusal::BelowMinimum { minimum })));
}

#[test]
fn a_voucher_for_categories_sees_nothing_else() {
    let of = |categories: &[u64], price| BasketLine {
        categories: categories.iter().copied().map(CategoryId::new).collect(),
        ..line(price, 1)
    };
    // The second stands on the third level: in 5, which stands in 4, which stands in 2.
    let lines = [of(&[1], 80_000), of(&[5, 4, 2], 20_000), of(&[], 500_000)];
    let tax = TaxRules::default();
    let mut terms = VoucherTerms {
        categories: vec![CategoryId::new(1), CategoryId::new(2)],
        minimum_purchase: Money::minor(100_000),
        ..voucher(VoucherKind::Fixed(Money::minor(1_000_000)))
    };

    let priced = price(&Basket { voucher: Some(&terms), ..basket(&lines, &tax) }).unwrap();
    assert_eq!(priced.totals.voucher_discount, Money::minor(100_000));
    assert_eq!(priced.lines[2].voucher_discount, Money::ZERO);

    terms.minimum_purchase = Money::minor(100_001);
    let refused = price(&Basket { voucher: Some(&terms), ..basket(&lines, &tax) });
    assert_eq!(refused, Err(VoucherRefusal::BelowMinimum { minimum: Money::minor(100_001) }.into()));
    for (above, is_covered) in [(5, true), (4, true), (2, true), (3, false)] {
        let terms =
            VoucherTerms { minimum_purchase: Money::ZERO, categories: vec![CategoryId::new(above)], ..terms.clone() };
        let priced = price(&Basket { voucher: Some(&terms), ..basket(&lines[1..], &tax) });
        assert_eq!(
            priced.is_ok_and(|priced| priced.totals.voucher_discount == Money::minor(20_000)),
            is_covered,
            "{above}"
        );
    }
    terms.categories = vec![CategoryId::new(3)];
    let refused = price(&Basket { voucher: Some(&terms), ..basket(&lines, &tax) });
    assert_eq!(refused, Err(VoucherRefusal::NothingInScope.into()));
}

/// Checklist 58.
#[test]
fn a_cap_ends_a_percentage_and_only_free_delivery_touches_the_delivery() {
    let lines = [line(1_000_000, 1)];
    let tax = TaxRules::default();
    let priced = |terms: &VoucherTerms| {
        price(&Basket { voucher: Some(terms), delivery: Money::minor(30_000), ..basket(&lines, &tax) }).unwrap()
    };

    let capped =
        VoucherTerms { cap: Some(Money::minor(50_000)), ..voucher(VoucherKind::Percent(BasisPoints::new(5_000))) };
    assert_eq!(priced(&capped).totals.voucher_discount, Money::minor(50_000));
    let huge = priced(&voucher(VoucherKind::Fixed(Money::minor(9_000_000))));
    assert_eq!((huge.totals.voucher_discount, huge.totals.total), (Money::minor(1_000_000), Money::minor(30_000)));
    let free = priced(&voucher(VoucherKind::FreeDelivery));
    assert_eq!((free.totals.delivery, free.delivery_saved), (Money::ZERO, Money::minor(30_000)));
    assert_eq!(free.totals.voucher_discount, Money::ZERO);
    let half = priced(&VoucherTerms { cap: Some(Money::minor(20_000)), ..voucher(VoucherKind::FreeDelivery) });
    assert_eq!((half.totals.delivery, half.totals.total), (Money::minor(10_000), Money::minor(1_010_000)));
}

/// Whatever a use of a voucher is counted for, it made something cheaper.
#[test]
fn a_voucher_that_would_take_nothing_off_is_refused() {
    let tax = TaxRules::default();
    let lines = [line(100_000, 1)];
    let refused = |basket: Basket<'_>| match price(&basket).unwrap_err() {
        PricingError::Voucher(refusal) => refusal,
        error @ (PricingError::TotalOutOfRange | PricingError::BelowZero) => panic!("{error}"),
    };
    let free = voucher(VoucherKind::FreeDelivery);
    let nothing_delivered = Basket { voucher: Some(&free), ..basket(&lines, &tax) };
    assert_eq!(refused(nothing_delivered), VoucherRefusal::DeliveryIsFree);
    let member =
        |percent_off, free_delivery| Some(MemberBenefit { percent_off: BasisPoints::new(percent_off), free_delivery });
    let of_a_member = Basket { member: member(0, true), delivery: Money::minor(20_000), ..nothing_delivered };
    assert_eq!(refused(of_a_member), VoucherRefusal::DeliveryIsFree);

    let tenth = voucher(VoucherKind::Percent(BasisPoints::new(1_000)));
    let fixed = voucher(VoucherKind::Fixed(Money::minor(5_000)));
    for terms in [&tenth, &fixed] {
        let all_off = Basket { member: member(10_000, false), voucher: Some(terms), ..basket(&lines, &tax) };
        assert_eq!(refused(all_off), VoucherRefusal::NothingToTakeOff);
        let gift = [line(0, 1)];
        assert_eq!(refused(Basket { voucher: Some(terms), ..basket(&gift, &tax) }), VoucherRefusal::NothingToTakeOff);
    }
    let small = [line(4, 1)];
    let rounded_away = Basket { voucher: Some(&tenth), ..basket(&small, &tax) };
    assert_eq!(refused(rounded_away), VoucherRefusal::NothingToTakeOff);
}

#[test]
fn included_tax_is_within_the_price_and_added_tax_on_top() {
    let lines = [line(111_000, 1), line(10_000, 1)];
    let classes = vec![class("standard", &[("PPN", 1_100)])];
    let included = TaxRules { prices_include_tax: true, classes, delivery_class: Some(key("standard")) };
    let added = TaxRules { prices_include_tax: false, ..included.clone() };
    let with = |tax| price(&Basket { delivery: Money::minor(22_200), ..basket(&lines, tax) }).unwrap();

    let inside = with(&included);
    // 111.000 ÷ 1,11 = 100.000; 10.000 ÷ 1,11 = 9.009,009; 22.200 ÷ 1,11 = 20.000.
    assert_eq!(inside.lines[0].tax, Money::minor(11_000));
    assert_eq!(inside.lines[1].tax, Money::minor(991));
    assert_eq!(inside.delivery_tax, Money::minor(2_200));
    assert_eq!(inside.totals.tax, Money::minor(14_191));
    assert_eq!(inside.totals.total, Money::minor(143_200));
    assert_eq!(inside.taxes[0].base, Money::minor(129_009));

    let outside = with(&added);
    assert_eq!(outside.lines[0].total, Money::minor(123_210));
    assert_eq!(outside.totals.tax, Money::minor(12_210 + 1_100 + 2_442));
    assert_eq!(outside.totals.total, Money::minor(143_200 + 15_752));
}

#[test]
fn rates_of_a_class_share_one_base_and_one_rounding() {
    let lines = [BasketLine { tax_class: Some(key("luxury")), ..line(999, 1) }, line(1_000, 1)];
    let tax = TaxRules {
        prices_include_tax: false,
        classes: vec![class("standard", &[("PPN", 1_100)]), class("luxury", &[("PPN", 1_100), ("PPnBM", 2_000)])],
        delivery_class: None,
    };

    let priced = price(&basket(&lines, &tax)).unwrap();

    // 999 × 31 % = 309,69 → 310, parted 11 : 20 into 110 and 200.
    assert_eq!(priced.lines[0].tax, Money::minor(310));
    assert_eq!(priced.taxes[0].amount, Money::minor(110 + 110));
    assert_eq!((priced.taxes[1].amount, priced.taxes[1].base), (Money::minor(200), Money::minor(999)));
}

#[test]
fn a_class_that_is_gone_counts_as_the_default() {
    let lines = [BasketLine { tax_class: Some(key("gone")), ..line(1_000, 1) }];
    let tax = TaxRules {
        prices_include_tax: false,
        classes: vec![class("standard", &[("PPN", 1_100)]), class("free", &[])],
        delivery_class: None,
    };
    assert_eq!(price(&basket(&lines, &tax)).unwrap().totals.tax, Money::minor(110));
    let free = [BasketLine { tax_class: Some(key("free")), ..line(1_000, 1) }];
    assert!(price(&basket(&free, &tax)).unwrap().taxes.is_empty());
}

#[test]
fn sums_beyond_the_range_and_prices_below_zero_are_refused() {
    let tax = TaxRules::default();
    let refused = |lines: &[BasketLine]| price(&basket(lines, &tax)).unwrap_err();
    assert_eq!(refused(&[line(i64::MAX, 2)]), PricingError::TotalOutOfRange);
    assert_eq!(refused(&[line(i64::MAX, 1), line(1, 1)]), PricingError::TotalOutOfRange);
    assert_eq!(refused(&[line(-1, 1)]), PricingError::BelowZero);
    let delivery = Money::minor(-1);
    assert_eq!(price(&Basket { delivery, ..basket(&[], &tax) }), Err(PricingError::BelowZero));
    let delivery = Money::minor(1);
    let lines = [line(i64::MAX, 1)];
    assert_eq!(price(&Basket { delivery, ..basket(&lines, &tax) }), Err(PricingError::TotalOutOfRange));
    assert_eq!(price(&basket(&lines, &tax)).unwrap().totals.total, Money::minor(i64::MAX));
}

/// Pitfall M8.
#[test]
fn an_order_of_a_hundred_million_is_an_ordinary_order() {
    let tax = TaxRules::default();
    let priced = price(&Basket { member: ten_percent(), ..basket(&[line(25_000_000, 4)], &tax) }).unwrap();
    assert_eq!(priced.totals.total, Money::minor(90_000_000));
}

#[test]
fn weights_are_added_up_or_refused() {
    let tax = TaxRules::default();
    let heavy = BasketLine { weight_grams: u32::MAX, ..line(1, u32::MAX) };
    assert_eq!(basket(&[line(1, 3), line(1, 1)], &tax).grams(), Some(1_000));
    assert_eq!(basket(&[heavy.clone(), heavy], &tax).grams(), None);
}

#[test]
fn shares_to_give_back_come_to_the_whole() {
    let one_by_one: Vec<Money> = (0..3).map(|done| refundable(Money::minor(100), 3, done, 1).unwrap()).collect();
    assert_eq!(one_by_one, amounts(&[33, 33, 34]));
    assert_eq!(refundable(Money::minor(100), 3, 1, 2), Some(Money::minor(67)));
    assert_eq!(refundable(Money::minor(100), 3, 2, 2), None);
    assert_eq!(refundable(Money::minor(100), 0, 0, 0), None);
    assert_eq!(refundable(Money::minor(100), 3, 1, u32::MAX), None);
}

#[test]
fn a_plan_is_worth_its_days() {
    assert_eq!(prorated(Money::minor(100_000), 10, 30), Some(Money::minor(33_333)));
    assert_eq!(prorated(Money::minor(100_000), 20, 30), Some(Money::minor(66_667)));
    assert_eq!(prorated(Money::minor(100_000), 31, 30), None);
    assert_eq!(prorated(Money::minor(100_000), 0, 0), None);
}

#[test]
fn the_preset_of_indonesia_is_eleven_percent_within_the_price() {
    let tax = TaxRules::ppn();
    tax.check().unwrap();
    let priced = price(&basket(&[line(111_000, 1)], &tax)).unwrap();
    assert_eq!((priced.totals.tax, priced.totals.total), (Money::minor(11_000), Money::minor(111_000)));
    let (name, rate) = (&priced.taxes[0].name, priced.taxes[0].rate);
    assert_eq!((name.as_str(), rate.get()), ("PPN", 1_100));
}

#[test]
fn rules_that_no_invoice_could_explain_are_refused_by_their_place() {
    let mut tax = TaxRules {
        prices_include_tax: true,
        classes: vec![class("standard", &[("PPN", 6_000), ("PPN", 6_000)]), class("standard", &[("", 10_001)])],
        delivery_class: Some(key("gone")),
    };
    let fields =
        |tax: &TaxRules| -> Vec<String> { tax.check().unwrap_err().into_iter().map(|problem| problem.field).collect() };
    assert_eq!(
        fields(&tax),
        [
            "tax.classes.0.rates.1.name",
            "tax.classes.0.rates",
            "tax.classes.1.key",
            "tax.classes.1.rates.0.name",
            "tax.classes.1.rates.0.rate",
            "tax.classes.1.rates",
            "tax.delivery_class",
        ]
    );
    tax.classes = vec![class("standard", &[("PPN", 10_000)])];
    tax.delivery_class = Some(key("standard"));
    tax.check().unwrap();
}
