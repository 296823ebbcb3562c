//! The goods as they will be, and how orders find them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::catalog::{OptionDocument, ProductStatus, VariantDocument};
use domain::money::Money;

use super::skus::sku_of;
use crate::reference::run::Item;

/// All goods as they will be.
#[derive(Debug, Default)]
pub(in crate::reference) struct Goods {
    pub(super) products: Vec<Planned>,
    /// Where the product of a number stands among them.
    places: HashMap<u64, usize>,
    /// Units by SKU.
    shelves: HashMap<String, u32>,
    taken: HashSet<String>,
    /// By what orders call it: product, colour and size.
    stand_ins: HashMap<(u64, String, String), String>,
}

/// A product as it will be.
#[derive(Debug)]
pub(in crate::reference) struct Planned {
    pub(super) item: Item,
    pub(super) category: Option<u64>,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) status: ProductStatus,
    pub(super) options: Vec<OptionDocument>,
    pub(super) variants: Vec<PlannedVariant>,
    /// What staff should know of it.
    pub(super) note: String,
    pub(super) made_at: DateTime<Utc>,
    /// The files of its pictures, the main one first.
    pub(in crate::reference) pictures: Vec<String>,
}

/// A variant as it will be.
#[derive(Debug)]
pub(in crate::reference) struct PlannedVariant {
    /// What its stock is remembered as.
    pub(super) item: Item,
    /// Its numbers in the former shop: more than one when several were the same choice.
    pub(super) numbers: Vec<u64>,
    pub(super) color: String,
    pub(super) size: String,
    pub(in crate::reference) sku: String,
    pub(super) values: Vec<usize>,
    pub(super) stock: u32,
    pub(super) price: Money,
    pub(super) compare_at: Option<Money>,
    pub(super) weight_grams: u32,
}

impl PlannedVariant {
    pub(super) fn document(&self) -> VariantDocument {
        VariantDocument {
            sku: self.sku.clone(),
            values: self.values.clone(),
            compare_at_price: self.compare_at,
            weight_grams: self.weight_grams,
            ..VariantDocument::at(self.price)
        }
    }
}

impl AsRef<str> for PlannedVariant {
    fn as_ref(&self) -> &str {
        &self.sku
    }
}

impl Planned {
    /// What people call it.
    pub(in crate::reference) fn name(&self) -> &str {
        &self.name
    }

    /// What it is remembered as.
    pub(in crate::reference) fn item(&self) -> Item {
        self.item
    }
}

impl Goods {
    /// The products with their pictures.
    pub(in crate::reference) fn products(&self) -> &[Planned] {
        &self.products
    }

    /// Adds a product.
    pub(super) fn add(&mut self, product: Planned) {
        if let ("product", number) = product.item {
            self.places.insert(number, self.products.len());
        }
        let shelves = product.variants.iter().map(|variant| (variant.sku.clone(), variant.stock));
        self.shelves.extend(shelves);
        self.products.push(product);
    }

    fn product(&self, number: u64) -> Option<&Planned> {
        self.places.get(&number).and_then(|at| self.products.get(*at))
    }

    /// How many units of a SKU lie on the shelf.
    pub(in crate::reference) fn stock_of(&self, sku: &str) -> u32 {
        self.shelves.get(sku).copied().unwrap_or_default()
    }

    /// The SKU of what an order names: by its variant, or by its colour and size when the variant is gone.
    pub(in crate::reference) fn sold(
        &self,
        product: u64,
        variant: Option<u64>,
        color: &str,
        size: &str,
    ) -> Option<String> {
        let product = self.product(product)?;
        let is_same = |known: &PlannedVariant| {
            known.color.to_uppercase() == color.to_uppercase() && known.size.to_uppercase() == size.to_uppercase()
        };
        let found = match variant {
            Some(number) => product.variants.iter().find(|known| known.numbers.contains(&number)),
            None => None,
        };
        let found = found.or_else(|| product.variants.iter().find(|known| is_same(known)));
        // A product without options has one variant, whatever its orders said of it.
        let found = found.or_else(|| product.variants.first().filter(|_| product.options.is_empty()));
        Some(found?.sku.clone())
    }

    /// The SKU of an archived product that stands in for goods that are gone, and whether it is new.
    pub(in crate::reference) fn stand_in(
        &mut self,
        (product, color, size): (u64, &str, &str),
        line: u64,
        price: Money,
        at: DateTime<Utc>,
    ) -> (String, Option<String>) {
        let key = (product, color.to_uppercase(), size.to_uppercase());
        if let Some(sku) = self.stand_ins.get(&key) {
            return (sku.clone(), None);
        }
        let known = self.product(product);
        let base = known.map_or_else(|| format!("Barang lama {product}"), |known| known.name.clone());
        let words = [base.as_str(), color, size];
        let name = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let name: String = name.chars().take(200).collect();
        let sku = self.free_sku(&sku_of(["LAMA", &product.to_string(), color, size]), line);
        self.add(Planned {
            item: ("stand_in", line),
            category: None,
            name: name.clone(),
            description: String::new(),
            status: ProductStatus::Archived,
            options: Vec::new(),
            variants: vec![PlannedVariant {
                item: ("stand_in_stock", line),
                numbers: Vec::new(),
                color: color.to_owned(),
                size: size.to_owned(),
                sku: sku.clone(),
                values: Vec::new(),
                stock: 0,
                price,
                compare_at: None,
                weight_grams: 0,
            }],
            note: String::new(),
            made_at: at,
            pictures: Vec::new(),
        });
        self.stand_ins.insert(key, sku.clone());
        (sku, Some(name))
    }

    pub(super) fn free_sku(&mut self, wanted: &str, number: u64) -> String {
        let sku = if self.taken.contains(wanted) { format!("{wanted}-{number}") } else { wanted.to_owned() };
        self.taken.insert(sku.clone());
        sku
    }
}
