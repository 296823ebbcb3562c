//! Amounts of money as people type them: grouped while they grow, and no digit is lost.

use domain::money::{Currency, Money};

/// Puts marks between thousands as soon as what is typed is a whole amount; everything else stays as it was typed.
pub(crate) fn grouped(typed: &str, currency: Currency) -> String {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mark = if currency.decimals() == 0 { '.' } else { ',' };
    let bare: String = typed.chars().filter(|c| *c != mark).collect();
    if currency.decimals() > 0 || !is_digits(&bare) || typed.starts_with(mark) || typed.ends_with(mark) {
        return typed.to_owned();
    }
    bare.parse().map_or_else(|_| typed.to_owned(), |units| Money::minor(units).digits(currency))
}

#[cfg(test)]
mod tests {
    use domain::money::Currency;

    use super::grouped;

    /// Pitfall B15.
    #[test]
    fn an_amount_is_grouped_as_one_types_and_never_loses_a_digit() {
        let cases = [("1", "1"), ("1000", "1.000"), ("1.0000", "10.000"), ("10.00", "1.000"), ("", ""), ("12x", "12x")];
        for (typed, shown) in cases {
            assert_eq!(grouped(typed, Currency::Rupiah), shown, "{typed}");
        }
        assert_eq!(grouped("99999999999999999999", Currency::Rupiah), "99999999999999999999");
        assert_eq!(grouped("1234.5", Currency::Dollar), "1234.5");
    }
}
