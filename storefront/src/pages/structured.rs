//! What search engines read about a page: schema.org as JSON inside it.

use domain::catalog::{ProductDetail, Variant};
use domain::markdown;
use domain::money::{Currency, Money};
use serde_json::{Value, json};

use crate::dates;
use crate::layout::Layout;
use crate::pages::crumbs::Crumb;

/// The product as JSON that is safe inside a `script` element, whatever its texts hold.
pub(crate) fn product(layout: &Layout, product: &ProductDetail) -> String {
    let home = &layout.public_url;
    let address = format!("{home}/products/{}", product.slug);
    let offer = |variant: &Variant| {
        let state = if variant.limit() > 0 { "InStock" } else { "OutOfStock" };
        let mut offer = json!({
            "@type": "Offer",
            "url": address,
            "sku": variant.sku,
            "price": plain(variant.price, layout.currency()),
            "priceCurrency": layout.currency().as_str(),
            "availability": format!("https://schema.org/{state}"),
        });
        if let Some(until) = variant.sale_until {
            offer["priceValidUntil"] = dates::machine(until).into();
        }
        offer
    };
    let mut about = json!({
        "@context": "https://schema.org/",
        "@type": "Product",
        "name": layout.of(&product.name),
        "description": markdown::plain(layout.of(&product.description)),
        "category": layout.of(&product.category),
        "image": product.pictures.iter().map(|it| format!("{home}{}", it.picture.path(1200))).collect::<Vec<_>>(),
        "offers": product.variants.iter().map(offer).collect::<Vec<_>>(),
    });
    if let Some(rating) = product.rating {
        about["aggregateRating"] = json!({
            "@type": "AggregateRating",
            "ratingValue": hundredths(rating.average_hundredths),
            "reviewCount": rating.count,
        });
    }
    safe(&about)
}

/// The way to a page, as JSON that is safe inside a `script` element; the last step is the page itself.
pub(crate) fn crumbs(layout: &Layout, way: &[Crumb]) -> String {
    let step = |(at, crumb): (usize, &Crumb)| {
        json!({
            "@type": "ListItem",
            "position": at + 1,
            "name": crumb.name,
            "item": format!("{}{}", layout.public_url, crumb.address),
        })
    };
    let steps: Vec<Value> = way.iter().enumerate().map(step).collect();
    safe(&json!({ "@context": "https://schema.org/", "@type": "BreadcrumbList", "itemListElement": steps }))
}

/// JSON without a character that HTML could read.
fn safe(value: &Value) -> String {
    let escape = |c: char| match c {
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    value.to_string().chars().map(escape).collect()
}

/// An amount for machines: digits, and a point before the smallest unit where the currency has one.
fn plain(amount: Money, currency: Currency) -> String {
    let digits = usize::try_from(currency.decimals()).unwrap_or_default();
    let minor = format!("{:0>width$}", amount.get(), width = digits + 1);
    match minor.split_at_checked(minor.len().saturating_sub(digits)) {
        Some((whole, fraction)) if !fraction.is_empty() => format!("{whole}.{fraction}"),
        _ => minor,
    }
}

/// `450` as `4.50`.
fn hundredths(value: u32) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

#[cfg(test)]
mod tests {
    use domain::money::{Currency, Money};
    use serde_json::json;

    use super::{plain, safe};

    /// Pitfall S8.
    #[test]
    fn no_text_can_end_the_script_element() {
        let text = "</script><script>alert(1)</script>&amp;\u{2028}";
        let json = safe(&json!({ "name": text }));
        assert!(!json.contains(['<', '>', '&', '\u{2028}']));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["name"], text);
    }

    #[test]
    fn amounts_for_machines_have_the_currencys_digits() {
        assert_eq!(plain(Money::minor(299_000), Currency::Rupiah), "299000");
        assert_eq!(plain(Money::minor(12_345), Currency::Dollar), "123.45");
        assert_eq!(plain(Money::minor(5), Currency::Dollar), "0.05");
    }
}
