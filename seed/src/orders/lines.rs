//! What the planned orders contain: existing SKUs only, each at most once in an order.

use crate::catalog::{Product, Variant};
use crate::orders::{PlannedOrder, PlannedStatus};
use crate::random::SplitMix64;
use crate::reviews::reviews;

/// A number of units of one variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLine {
    pub sku: String,
    /// 1 to 3.
    pub quantity: u32,
}

/// The lines of one order. A cancelled one asks for single units of variants that are not sold out, so that placing it
/// succeeds whenever it happens; see [`crate::Units::to_receive`].
pub(crate) fn plan(products: &[Product], cancelled: bool, random: &mut SplitMix64) -> Vec<PlannedLine> {
    let wanted = match random.between(1, 100) {
        1..=54 => 1,
        55..=85 => 2,
        _ => 3,
    };
    let mut lines: Vec<PlannedLine> = Vec::new();
    for _ in 0..wanted {
        let Some(product) = random.pick(products, |product| product.popularity) else { continue };
        let Some(variant) = pick_variant(product, cancelled, random) else { continue };
        let quantity = match random.between(1, 100) {
            1..=84 => 1,
            85..=96 => 2,
            _ => 3,
        };
        if lines.iter().all(|line| line.sku != variant.sku) {
            lines.push(PlannedLine { sku: variant.sku.clone(), quantity: if cancelled { 1 } else { quantity } });
        }
    }
    if lines.is_empty() {
        return plan(products, cancelled, random);
    }
    lines
}

/// Whoever reviewed a product must have received it: adds it to one of their completed orders where it is missing.
pub(crate) fn add_reviewed_products(orders: &mut [PlannedOrder], products: &[Product], random: &mut SplitMix64) {
    for review in reviews() {
        let Some(product) = products.iter().find(|product| product.slug == review.product) else { continue };
        let theirs: Vec<usize> = (0..orders.len())
            .filter(|&at| orders[at].customer == review.customer && orders[at].status == PlannedStatus::Completed)
            .collect();
        let has_it = |at: &usize| orders[*at].lines.iter().any(|line| is_of(product, &line.sku));
        if theirs.iter().any(has_it) {
            continue;
        }
        // The shortest of their orders takes it, so that no basket grows out of proportion.
        let Some(at) = theirs.into_iter().min_by_key(|&at| orders[at].lines.len()) else { continue };
        if let Some(variant) = pick_variant(product, false, random) {
            orders[at].lines.push(PlannedLine { sku: variant.sku.clone(), quantity: 1 });
        }
    }
}

/// Whether the SKU is a variant of the product.
pub(crate) fn is_of(product: &Product, sku: &str) -> bool {
    product.variants.iter().any(|variant| variant.sku == sku)
}

fn pick_variant<'p>(product: &'p Product, must_be_for_sale: bool, random: &mut SplitMix64) -> Option<&'p Variant> {
    random.pick(&product.variants, |variant| match (must_be_for_sale, variant.stock) {
        (true, 0) => 0,
        // What is sold out now sold well before.
        (false, 0) => 3,
        _ => 2,
    })
}
