//! Money as whole numbers of the currency's smallest unit. No fractions, no floats.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::message::Message;
use crate::text;
use crate::text_enum::text_enum;

text_enum! {
    /// The currency of a shop: one, chosen at set-up.
    pub enum Currency {
        Rupiah = "IDR",
        Ringgit = "MYR",
        SingaporeDollar = "SGD",
        Dollar = "USD",
    }
}

impl Currency {
    /// How many digits of the smallest unit stand behind the decimal mark.
    ///
    /// The rupiah's sen are not in use, so its smallest unit here is the rupiah itself.
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Rupiah => 0,
            Self::Ringgit | Self::SingaporeDollar | Self::Dollar => 2,
        }
    }

    /// What stands before the digits.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Rupiah => "Rp",
            Self::Ringgit => "RM",
            Self::SingaporeDollar => "S$",
            Self::Dollar => "US$",
        }
    }

    const fn marks(self) -> (char, char) {
        match self {
            Self::Rupiah => ('.', ','),
            Self::Ringgit | Self::SingaporeDollar | Self::Dollar => (',', '.'),
        }
    }
}

/// An amount in the shop's currency, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// That many of the smallest unit.
    pub const fn minor(units: i64) -> Self {
        Self(units)
    }

    /// The number of smallest units.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Whether it is less than nothing.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it could stand on a price tag: not below nothing, and far from the end of the range, so that sums of it
    /// stay within.
    pub const fn is_ordinary(self) -> bool {
        0 <= self.0 && self.0 <= 1_000_000_000_000
    }

    /// The sum, unless it leaves the range of money.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, unless it leaves the range of money.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// That many times the amount, unless it leaves the range of money.
    pub fn times(self, quantity: u32) -> Option<Self> {
        self.0.checked_mul(i64::from(quantity)).map(Self)
    }

    /// The sum of all, unless it leaves the range of money.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// That share of the amount, rounded as [`Money::portion`] rounds.
    pub fn share(self, rate: BasisPoints) -> Option<Self> {
        self.portion(rate.get(), 10_000)
    }

    /// That many of so many equal portions of the amount, unless it leaves the range of money or there are none.
    ///
    /// This is the one place where money is rounded: to the nearest unit, and half a unit away from zero. Whoever
    /// parts an amount takes one part from here and finds the other by subtraction.
    pub fn portion(self, portions: u32, of: u32) -> Option<Self> {
        if of == 0 {
            return None;
        }
        let scaled = 2 * i128::from(self.0) * i128::from(portions);
        let whole = i128::from(of);
        let half = if scaled < 0 { -whole } else { whole };
        i64::try_from((scaled + half) / (2 * whole)).ok().map(Self)
    }

    /// As people read it: `Rp 299.000`, in one piece: the blank does not break.
    pub fn display(self, currency: Currency) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}\u{a0}{}", currency.symbol(), self.digits(currency))
    }

    /// The amount without sign and symbol, as it stands in a form: `299.000`.
    pub fn digits(self, currency: Currency) -> String {
        let (group, decimal) = currency.marks();
        let unit = 10_u64.pow(currency.decimals());
        let minor = self.0.unsigned_abs();
        let mut text = grouped(&(minor / unit).to_string(), group);
        if currency.decimals() > 0 {
            let width = currency.decimals() as usize;
            text.push_str(&format!("{decimal}{:0width$}", minor % unit));
        }
        text
    }

    /// Reads what somebody typed into a form: digits, with marks between thousands or without. Nothing is rounded and
    /// no digit is dropped: what is not exactly an amount from nothing up is refused.
    pub fn read(text: &str, currency: Currency) -> Result<Self, Message> {
        let text = text::line_up_to(text, 64).map_err(|_| Message::NotAnAmount)?;
        let text = text.trim_start_matches(currency.symbol()).trim_start();
        if text.is_empty() {
            return Err(Message::Required);
        }
        let (group, decimal) = currency.marks();
        let (whole, fraction) = match text.split_once(decimal) {
            Some((whole, fraction)) if currency.decimals() > 0 => (whole, fraction),
            _ => (text, ""),
        };
        let groups: Vec<&str> = whole.split([group, ' ']).collect();
        let is_grouped = groups.iter().skip(1).all(|group| group.len() == 3);
        let width = currency.decimals() as usize;
        let digits = format!("{}{fraction:0<width$}", groups.concat());
        let is_number = is_grouped
            && !whole.is_empty()
            && fraction.len() <= width
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| is_number).map(Self).ok_or(Message::NotAnAmount)
    }
}

/// Digits with a mark between the thousands.
fn grouped(digits: &str, mark: char) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// An amount that names its currency, as the JSON API shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Minor units of the currency.
    pub amount: Money,
    pub currency: Currency,
}

/// A share in hundredths of a percent: 10 000 are the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct BasisPoints(u32);

impl BasisPoints {
    /// All of it: a hundred percent.
    pub const WHOLE: Self = Self(10_000);

    /// That many hundredths of a percent.
    /// That many hundredths of a percent.
    pub const fn new(hundredths: u32) -> Self {
        Self(hundredths)
    }

    /// The hundredths of a percent.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// As people read it: `11%`, and `7,5%` or `7.5%`.
    pub fn display(self, locale: Locale) -> String {
        format!("{}%", self.digits(locale))
    }

    /// The percentage as it stands in a form: `7,5`.
    pub fn digits(self, locale: Locale) -> String {
        let mark = match locale {
            Locale::Indonesian => ',',
            Locale::English => '.',
        };
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => whole.to_string(),
            (whole, part) if part % 10 == 0 => format!("{whole}{mark}{}", part / 10),
            (whole, part) => format!("{whole}{mark}{part:02}"),
        }
    }

    /// Reads a percentage from 0 to 100 with at most two decimals, whichever mark stands before them.
    pub fn read(text: &str) -> Result<Self, Message> {
        let text = text::line_up_to(text, 64).map_err(|_| Message::NotAPercentage)?;
        let text = text.trim_end_matches('%').trim_end();
        if text.is_empty() {
            return Err(Message::Required);
        }
        let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
        let digits = format!("{whole}{part:0<2}");
        let is_number = !whole.is_empty() && part.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let read = digits.parse().ok().map(Self).filter(|read| is_number && *read <= Self::WHOLE);
        read.ok_or(Message::NotAPercentage)
    }
}

/// How many whole percent a price is below the one it is compared with; a share is rounded down, so that no badge
/// promises more than it gives.
pub fn percent_off(price: Money, compare_at: Money) -> Option<u32> {
    let saved = compare_at.minus(price).filter(|saved| *saved > Money::ZERO)?;
    let percent = i128::from(saved.get()) * 100 / i128::from(compare_at.get());
    u32::try_from(percent).ok().filter(|percent| *percent > 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BasisPoints, Currency, Money, percent_off};
    use crate::locale::Locale;
    use crate::message::Message;

    /// Checklist 117.
    #[test]
    fn rupiah_read_as_in_indonesia() {
        let cases = [
            (0, "Rp\u{a0}0"),
            (999, "Rp\u{a0}999"),
            (299_000, "Rp\u{a0}299.000"),
            (1_250_000, "Rp\u{a0}1.250.000"),
            (-10_000, "-Rp\u{a0}10.000"),
        ];
        for (units, text) in cases {
            assert_eq!(Money::minor(units).display(Currency::Rupiah), text);
        }
        assert_eq!(Money::minor(123_456).display(Currency::Dollar), "US$\u{a0}1,234.56");
    }

    /// Pitfall B15.
    #[test]
    fn an_amount_is_read_as_it_was_typed_or_refused() {
        for (typed, units) in
            [("10000", 10_000), ("10.000", 10_000), (" Rp\u{a0}1.250.000\u{200b}", 1_250_000), ("0", 0)]
        {
            assert_eq!(Money::read(typed, Currency::Rupiah), Ok(Money::minor(units)), "{typed}");
        }
        for (typed, units) in [("1,234.56", 123_456), ("12", 1_200), ("0.5", 50), ("US$ 3.20", 320)] {
            assert_eq!(Money::read(typed, Currency::Dollar), Ok(Money::minor(units)), "{typed}");
        }
        for typed in ["10,5", "10.5", "-1", "1e3", "1.00", "99999999999999999999", "Rp x", "1..000", "٣"] {
            assert_eq!(Money::read(typed, Currency::Rupiah), Err(Message::NotAnAmount), "{typed}");
        }
        for typed in ["1.234", ".5", "1,23", "1.2.3"] {
            assert_eq!(Money::read(typed, Currency::Dollar), Err(Message::NotAnAmount), "{typed}");
        }
        assert_eq!(Money::read(" ", Currency::Dollar), Err(Message::Required));
    }

    /// Pitfall B15.
    #[test]
    fn a_percentage_is_read_as_it_was_typed_or_refused() {
        for (typed, rate) in [("11", 1_100), ("7,5", 750), ("7.25%", 725), ("0", 0), ("100 %", 10_000)] {
            assert_eq!(BasisPoints::read(typed), Ok(BasisPoints::new(rate)), "{typed}");
        }
        for typed in ["100,01", "101", "-1", "1.234", ",5", "x"] {
            assert_eq!(BasisPoints::read(typed), Err(Message::NotAPercentage), "{typed}");
        }
        let shown = [1_100, 750, 725, 5].map(|rate| BasisPoints::new(rate).display(Locale::Indonesian));
        assert_eq!(shown, ["11%", "7,5%", "7,25%", "0,05%"]);
    }

    #[test]
    fn a_percent_badge_never_promises_too_much() {
        assert_eq!(percent_off(Money::minor(199_000), Money::minor(249_000)), Some(20));
        assert_eq!(percent_off(Money::minor(100), Money::minor(100)), None);
        assert_eq!(percent_off(Money::minor(120), Money::minor(100)), None);
    }

    #[test]
    fn sums_that_leave_the_range_are_refused() {
        assert_eq!(Money::minor(i64::MAX).plus(Money::minor(1)), None);
        assert_eq!(Money::minor(i64::MAX).times(2), None);
        assert_eq!(Money::minor(100).portion(1, 0), None);
        assert_eq!(Money::minor(i64::MIN).portion(1, 1), Some(Money::minor(i64::MIN)));
    }

    proptest! {
        #[test]
        fn a_share_is_within_half_a_unit_of_the_exact_one(units in -1_000_000_000_000_i64..1_000_000_000_000, rate in 0_u32..=10_000) {
            let share = Money::minor(units).share(BasisPoints::new(rate)).unwrap();
            let error = i128::from(share.get()) * 10_000 - i128::from(units) * i128::from(rate);
            prop_assert!(error.abs() <= 5_000);
        }

        #[test]
        fn a_portion_is_the_nearest_unit(units: i64, portions in 0_u32..=1_000_000, of in 1_u32..=1_000_000) {
            let exact = i128::from(units) * i128::from(portions);
            match Money::minor(units).portion(portions, of) {
                Some(found) => {
                    let off = (i128::from(found.get()) * i128::from(of) - exact) * 2;
                    prop_assert!(off.abs() <= i128::from(of));
                }
                None => prop_assert!(exact.abs() / i128::from(of) >= i128::from(i64::MAX) - 1),
            }
        }

        /// Pitfall B15.
        #[test]
        fn what_stands_in_a_form_reads_as_the_same_amount(units in 0_i64..=i64::MAX, rate in 0_u32..=10_000) {
            for currency in Currency::ALL {
                let amount = Money::minor(units);
                prop_assert_eq!(Money::read(&amount.digits(*currency), *currency), Ok(amount));
            }
            for locale in Locale::ALL {
                let rate = BasisPoints::new(rate);
                prop_assert_eq!(BasisPoints::read(&rate.digits(*locale)), Ok(rate));
            }
        }

        #[test]
        fn a_part_and_the_rest_are_the_whole(units in 0_i64..1_000_000_000_000, rate in 0_u32..=10_000) {
            let whole = Money::minor(units);
            let part = whole.share(BasisPoints::new(rate)).unwrap();
            prop_assert_eq!(part.plus(whole.minus(part).unwrap()), Some(whole));
        }
    }
}
