//! How it is written what became of a product. Most changes are of prices, and ten thousand products have forty thousand of them:
//! each is three numbers and not the names that lead there.

use domain::catalog::{Difference, VariantId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Changed, MovedUnits};

/// A [`Changed`] in few letters.
#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    differences: Vec<Difference>,
    /// Variants with their prices before and after.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    prices: Vec<(VariantId, i64, i64)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    units: Vec<MovedUnits>,
}

impl From<Changed> for Written {
    fn from(changed: Changed) -> Self {
        let mut prices = Vec::new();
        let mut differences = changed.differences;
        differences.retain(|difference| {
            let price = price(difference);
            prices.extend(price);
            price.is_none()
        });
        Self { differences, prices, units: changed.units }
    }
}

impl From<Written> for Changed {
    fn from(written: Written) -> Self {
        let mut differences = written.differences;
        differences.extend(written.prices.into_iter().map(|(id, before, after)| Difference {
            path: vec!["variants".to_owned(), format!("#{id}"), "price".to_owned()],
            before: Some(json!(before)),
            after: Some(json!(after)),
        }));
        differences.sort_by(|one, other| one.path.cmp(&other.path));
        Self { differences, units: written.units }
    }
}

/// The price of a variant before and after, if that is what differs.
fn price(difference: &Difference) -> Option<(VariantId, i64, i64)> {
    let [list, row, field] = &difference.path[..] else { return None };
    if list != "variants" || field != "price" {
        return None;
    }
    let (before, after) = (difference.before.as_ref()?.as_i64()?, difference.after.as_ref()?.as_i64()?);
    Some((row.strip_prefix('#')?.parse().ok()?, before, after))
}

#[cfg(test)]
mod tests {
    use domain::catalog::Difference;
    use serde_json::{Value, json};

    use super::super::Changed;

    fn difference(path: &[&str], before: Option<Value>, after: Option<Value>) -> Difference {
        Difference { path: path.iter().map(|name| (*name).to_owned()).collect(), before, after }
    }

    #[test]
    fn what_is_written_is_read() {
        let some = |value: i64| Some(json!(value));
        let differences = vec![
            difference(&["category"], Some(Value::Null), some(7)),
            difference(&["variants", "#12", "price"], some(50_000), some(45_000)),
            difference(&["variants", "#12", "sale"], Some(json!({ "price": 1 })), Some(Value::Null)),
            difference(&["variants", "#7", "price"], some(1_000), some(900)),
            difference(&["variants", "#8", "price"], some(1_000), None),
            difference(&["variants", "Merah", "price"], None, some(9)),
        ];
        let text = serde_json::to_string(&Changed { differences: differences.clone(), units: Vec::new() }).unwrap();
        assert!(text.contains(r#""prices":[[12,50000,45000],[7,1000,900]]"#), "{text}");
        let read: Changed = serde_json::from_str(&text).unwrap();
        assert_eq!(read.differences, differences);
        assert!(read.units.is_empty());
    }
}
