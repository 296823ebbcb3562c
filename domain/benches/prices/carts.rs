//! Carts by number: ordinary ones, odd ones, and some near the end of the range of money.

use domain::id::CategoryId;
use domain::money::{BasisPoints, Money};
use domain::pricing::{
    Basket, BasketLine, MemberBenefit, TaxClass, TaxClassKey, TaxRate, TaxRules, VoucherKind, VoucherTerms,
};

const CLASSES: [&str; 3] = ["standard", "luxury", "free"];

/// What a basket borrows.
#[derive(Debug)]
pub(crate) struct Cart {
    pub(crate) lines: Vec<BasketLine>,
    pub(crate) member: Option<MemberBenefit>,
    pub(crate) voucher: Option<VoucherTerms>,
    pub(crate) delivery: Money,
    pub(crate) tax: TaxRules,
}

/// Random numbers that anybody can draw again (SplitMix64).
struct Dice(u64);

impl Cart {
    /// The cart of that number.
    pub(crate) fn random(seed: u64, number: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0xA076_1D64_78BD_642F) ^ number.wrapping_mul(0xE703_7ED1_A0B4_28DB));
        let most = match dice.below(100) {
            0 => i64::MAX as u64,
            1..=9 => 100,
            10..=39 => 100_000,
            _ => 20_000_000,
        };
        let count = if dice.one_in(50) { dice.below(51) } else { 1 + dice.below(8) };
        let lines: Vec<BasketLine> = (0..count).map(|_| line(&mut dice, most)).collect();
        Self {
            lines,
            member: dice.one_in(2).then(|| member(&mut dice)),
            voucher: dice.one_in(2).then(|| voucher(&mut dice, most)),
            delivery: dice.money(if most > 20_000_000 { most } else { 200_000 }),
            tax: tax(&mut dice),
        }
    }

    /// As the engine takes it.
    pub(crate) fn basket(&self) -> Basket<'_> {
        Basket {
            lines: &self.lines,
            member: self.member,
            voucher: self.voucher.as_ref(),
            delivery: self.delivery,
            tax: &self.tax,
        }
    }
}

fn line(dice: &mut Dice, most: u64) -> BasketLine {
    // Prices of thousands make ties, which have a rule of their own.
    let price = if dice.one_in(2) { dice.below(most) } else { dice.below(most.div_ceil(1_000)) * 1_000 };
    BasketLine {
        unit_price: Money::minor(price.min(most).cast_signed()),
        quantity: u32::try_from(dice.below(12)).unwrap_or_default(),
        categories: (0..dice.below(4)).map(|_| CategoryId::new(dice.below(3))).collect(),
        tax_class: match dice.below(5) {
            0 => key("standard"),
            1 => key("luxury"),
            2 => key("free"),
            3 => key("gone"),
            _ => None,
        },
        weight_grams: 200,
    }
}

fn member(dice: &mut Dice) -> MemberBenefit {
    MemberBenefit { percent_off: dice.rate(11_000), free_delivery: dice.one_in(4) }
}

fn voucher(dice: &mut Dice, most: u64) -> VoucherTerms {
    let kind = match dice.below(5) {
        0 => VoucherKind::FreeDelivery,
        1 | 2 => VoucherKind::Fixed(dice.money(most)),
        _ => VoucherKind::Percent(dice.rate(11_000)),
    };
    VoucherTerms {
        kind,
        cap: dice.one_in(2).then(|| dice.money(most)),
        minimum_purchase: if dice.one_in(3) { dice.money(most) } else { Money::ZERO },
        categories: (0..dice.below(3)).map(|_| CategoryId::new(dice.below(4))).collect(),
    }
}

fn tax(dice: &mut Dice) -> TaxRules {
    if dice.one_in(4) {
        return TaxRules::default();
    }
    let standard = if dice.one_in(2) { BasisPoints::new(1_100) } else { dice.rate(10_000) };
    let rates = [vec![standard], vec![standard, dice.rate(10_000), dice.rate(3_000)], Vec::new()];
    let named = |(place, rate)| TaxRate { name: format!("tax {place}"), rate };
    let class = |(name, rates): (&str, Vec<BasisPoints>)| {
        let rates = rates.into_iter().enumerate().map(named).collect();
        Some(TaxClass { key: key(name)?, name: name.to_owned(), rates })
    };
    TaxRules {
        prices_include_tax: dice.one_in(2),
        classes: CLASSES.into_iter().zip(rates).filter_map(class).collect(),
        delivery_class: if dice.one_in(2) { key("standard") } else { None },
    }
}

fn key(text: &str) -> Option<TaxClassKey> {
    TaxClassKey::parse(text).ok()
}

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.roll() % end.max(1)
    }

    fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }

    fn money(&mut self, most: u64) -> Money {
        Money::minor(self.below(most).cast_signed())
    }

    /// Nothing and the whole come up as often as they do in shops: more than by chance.
    fn rate(&mut self, most: u64) -> BasisPoints {
        let rate = match self.below(20) {
            0 => 0,
            1 => 10_000,
            2..=9 => self.below(most / 100) * 100,
            _ => self.below(most + 1),
        };
        BasisPoints::new(u32::try_from(rate).unwrap_or_default())
    }
}
