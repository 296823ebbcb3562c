//! What changes of many products speak of: a few fields of a document, under the same paths as [`super::super::facts`] has them.
//! Ten thousand products are read, compared and written in this form, without their texts and pictures.

use serde_json::{Value, json};

use crate::catalog::differences::{Difference, FieldPath};
use crate::catalog::{ProductDocument, ProductStatus, Sale, VariantDocument};
use crate::id::{CategoryId, VariantId};
use crate::message::Message;
use crate::money::Money;
use crate::text::TaxClassKey;

/// A product in that form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkProduct {
    pub status: ProductStatus,
    pub category: Option<CategoryId>,
    pub tax_class: Option<TaxClassKey>,
    /// Those that are sold, in the product's order.
    pub variants: Vec<BulkVariant>,
}

/// A variant in that form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkVariant {
    pub id: VariantId,
    pub sku: String,
    pub price: Money,
    pub compare_at_price: Option<Money>,
    pub sale: Option<Sale>,
    pub min_quantity: u32,
    pub max_quantity: u32,
    pub low_stock_limit: u32,
}

/// The fields of a product in this form, as documents call them.
const OF_PRODUCT: [&str; 3] = ["category", "status", "tax_class"];
/// The same of a variant.
const OF_VARIANT: [&str; 6] = ["compare_at_price", "low_stock_limit", "max_quantity", "min_quantity", "price", "sale"];

impl BulkProduct {
    /// A stored document in this form. A variant that is not stored yet has no place in it.
    pub fn of(document: &ProductDocument) -> Self {
        Self {
            status: document.status,
            category: document.category,
            tax_class: document.tax_class.clone(),
            variants: document.variants.iter().filter_map(BulkVariant::of).collect(),
        }
    }

    /// The lowest price of its variants, without sales.
    pub fn from_price(&self) -> Money {
        self.variants.iter().map(|variant| variant.price).min().unwrap_or_default()
    }

    /// The fields in which another state of the same product differs, in the order of their paths.
    pub fn differences(&self, after: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        for name in OF_PRODUCT {
            note(&mut found, || vec![name.to_owned()], self.field(name), after.field(name));
        }
        for (at, was) in self.variants.iter().enumerate() {
            // They stand in the same order, unless somebody reshaped the product.
            let same = after.variants.get(at).filter(|is| is.id == was.id);
            let Some(is) = same.or_else(|| after.variants.iter().find(|is| is.id == was.id)) else { continue };
            if was == is {
                continue;
            }
            for name in OF_VARIANT {
                let path = || vec!["variants".to_owned(), format!("#{}", was.id), name.to_owned()];
                note(&mut found, path, was.field(name), is.field(name));
            }
        }
        found.sort_by(|one, other| one.path.cmp(&other.path));
        found
    }

    /// The value under a path; nothing where it has no such field.
    pub fn value(&self, path: &FieldPath) -> Option<Value> {
        match place(path)? {
            Place::Product(name) => self.field(name),
            Place::Variant(id, name) => self.variants.iter().find(|variant| variant.id == id)?.field(name),
        }
    }

    /// Whether all of those fields are of this form.
    pub fn holds<'a>(mut paths: impl Iterator<Item = &'a FieldPath>) -> bool {
        paths.all(|path| place(path).is_some())
    }

    /// Writes a value under a path; false where there is no such field, or it takes no such value.
    pub(crate) fn put(&mut self, path: &FieldPath, value: &Value) -> bool {
        match place(path) {
            Some(Place::Product(name)) => self.put_field(name, value).is_some(),
            Some(Place::Variant(id, name)) => {
                let variant = self.variants.iter_mut().find(|variant| variant.id == id);
                variant.and_then(|variant| variant.put_field(name, value)).is_some()
            }
            None => false,
        }
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "status" => Some(json!(self.status)),
            "category" => Some(json!(self.category)),
            "tax_class" => Some(json!(self.tax_class)),
            _ => None,
        }
    }

    fn put_field(&mut self, name: &str, value: &Value) -> Option<()> {
        match name {
            "status" => self.status = read(value)?,
            "category" => self.category = read(value)?,
            "tax_class" => self.tax_class = read(value)?,
            _ => return None,
        }
        Some(())
    }
}

impl BulkVariant {
    fn of(document: &VariantDocument) -> Option<Self> {
        Some(Self {
            id: document.id?,
            sku: document.sku.clone(),
            price: document.price,
            compare_at_price: document.compare_at_price,
            sale: document.sale,
            min_quantity: document.min_quantity,
            max_quantity: document.max_quantity,
            low_stock_limit: document.low_stock_limit,
        })
    }

    /// What is wrong with it, as the editor would say; nothing when it can stand so.
    pub fn problem(&self) -> Option<Message> {
        use crate::inventory::{MOST_AN_ORDER, MOST_UNITS};
        if !self.price.is_ordinary() {
            return Some(if self.price.is_negative() { Message::PriceGoesToNothing } else { Message::PriceTooHigh });
        }
        if self.compare_at_price.is_some_and(|former| former <= self.price) {
            return Some(Message::FormerIsNotAbove);
        }
        if let Some(sale) = self.sale {
            if !sale.price.is_ordinary() || sale.price >= self.price {
                return Some(Message::SaleIsNotBelow);
            }
            if sale.from.zip(sale.until).is_some_and(|(from, until)| from >= until) {
                return Some(Message::EndsBeforeItStarts);
            }
        }
        if self.min_quantity > self.max_quantity {
            return Some(Message::LimitsCross { fewest: self.min_quantity, most: self.max_quantity });
        }
        if self.min_quantity == 0 || self.max_quantity > MOST_AN_ORDER {
            return Some(Message::NotLimits { most: MOST_AN_ORDER });
        }
        (self.low_stock_limit > MOST_UNITS).then_some(Message::NotAQuantity { most: MOST_UNITS })
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "price" => Some(json!(self.price)),
            "compare_at_price" => Some(json!(self.compare_at_price)),
            "sale" => Some(json!(self.sale)),
            "min_quantity" => Some(json!(self.min_quantity)),
            "max_quantity" => Some(json!(self.max_quantity)),
            "low_stock_limit" => Some(json!(self.low_stock_limit)),
            _ => None,
        }
    }

    fn put_field(&mut self, name: &str, value: &Value) -> Option<()> {
        match name {
            "price" => self.price = read(value)?,
            "compare_at_price" => self.compare_at_price = read(value)?,
            "sale" => self.sale = read(value)?,
            "min_quantity" => self.min_quantity = read(value)?,
            "max_quantity" => self.max_quantity = read(value)?,
            "low_stock_limit" => self.low_stock_limit = read(value)?,
            _ => return None,
        }
        Some(())
    }
}

/// Where a path leads in this form.
enum Place<'a> {
    Product(&'a str),
    Variant(VariantId, &'a str),
}

fn place(path: &FieldPath) -> Option<Place<'_>> {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    match names[..] {
        [name] if OF_PRODUCT.contains(&name) => Some(Place::Product(name)),
        ["variants", row, name] if OF_VARIANT.contains(&name) => {
            Some(Place::Variant(row.strip_prefix('#')?.parse().ok()?, name))
        }
        _ => None,
    }
}

fn note(found: &mut Vec<Difference>, path: impl FnOnce() -> FieldPath, before: Option<Value>, after: Option<Value>) {
    if before != after {
        found.push(Difference { path: path(), before, after });
    }
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}
