//! What the desk asks about products: the list of them, one as a document, and what is done with it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ProductStatus;
use super::document::ProductDocument;
use crate::id::{CategoryId, ProductId, VariantId};
use crate::inventory::Stock;
use crate::locale::Translated;
use crate::media::Picture;
use crate::money::Money;
use crate::text_enum::text_enum;

text_enum! {
    /// What the desk's list of products is sorted by.
    pub enum GoodsSort {
        /// When it was made.
        Newest = "newest",
        Name = "name",
        Category = "category",
        /// The lowest price of its variants, without sales.
        Price = "price",
        /// Units that can be bought now, over all variants.
        Stock = "stock",
        Status = "status",
        /// When it was changed last.
        Updated = "updated",
    }
}

text_enum! {
    /// How much of a product is there.
    pub enum StockState {
        /// Every variant is above its limit.
        Enough = "enough",
        /// One variant at least is at or below its limit, and not all are sold out.
        Low = "low",
        /// Nothing can be bought.
        Out = "out",
    }
}

/// Which shelf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InCategory {
    /// Whatever the category.
    #[default]
    Any,
    /// Products without one.
    Nowhere,
    /// That one and those below it.
    Of(CategoryId),
}

/// Asks for a page of all products, for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListGoods {
    /// Part of a name, a SKU or a barcode.
    pub search: Option<String>,
    pub category: InCategory,
    pub status: Option<ProductStatus>,
    pub stock: Option<StockState>,
    pub sort: GoodsSort,
    pub descending: bool,
    /// The row behind which the page begins; nothing for the first page.
    pub after: Option<GoodsKey>,
}

impl Default for ListGoods {
    fn default() -> Self {
        Self {
            search: None,
            category: InCategory::Any,
            status: None,
            stock: None,
            sort: GoodsSort::Newest,
            descending: true,
            after: None,
        }
    }
}

/// Where a row stands in the list as it was sorted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoodsKey {
    /// What it is sorted by: a text, or a number where it is one.
    pub text: String,
    pub number: i64,
    pub product_id: ProductId,
}

/// A product in the desk's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsRow {
    pub id: ProductId,
    pub version: u64,
    pub slug: String,
    pub name: Translated,
    pub category: Option<(CategoryId, Translated)>,
    pub status: ProductStatus,
    pub publish_at: Option<DateTime<Utc>>,
    /// The lowest and the highest price of its variants, without sales.
    pub from_price: Money,
    pub to_price: Money,
    pub variants: u32,
    /// The SKU of its first variant.
    pub sku: String,
    pub stock: StockState,
    pub on_hand: u32,
    /// Units that can be bought now.
    pub available: u32,
    pub picture: Option<Picture>,
    pub updated_at: DateTime<Utc>,
}

/// A page of the desk's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsPage {
    pub rows: Vec<GoodsRow>,
    /// Where the next page begins; nothing on the last one.
    pub next: Option<GoodsKey>,
}

/// Asks for a product as staff edit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetProduct {
    pub product_id: ProductId,
}

/// A product as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredProduct {
    pub product_id: ProductId,
    /// Raised by every change of the document.
    pub version: u64,
    pub document: ProductDocument,
    /// The stock of each of the document's variants.
    pub stock: Vec<Stock>,
    /// The pictures of the document as the store has them, in their order.
    pub pictures: Vec<Picture>,
    /// The names of the products that are shown beside it, in their order.
    pub related: Vec<Translated>,
    /// Whether an order has it: then it is archived and not deleted.
    pub is_sold: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Asks to add a product, or to make one what the document says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveProduct {
    /// Nothing for a new one.
    pub product_id: Option<ProductId>,
    /// The version that was edited; 0 for a new product.
    pub version: u64,
    pub document: ProductDocument,
    /// Units that came in with it, as the first stock of a new product does.
    #[serde(default)]
    pub received: Vec<ReceivedUnits>,
    /// Where the stock of variants goes that the document does not have any more.
    #[serde(default)]
    pub moved_stock: Vec<MovedStock>,
}

impl SaveProduct {
    /// A new product without stock.
    pub fn new(document: ProductDocument) -> Self {
        Self { product_id: None, version: 0, document, received: Vec::new(), moved_stock: Vec::new() }
    }

    /// The same product with that document.
    pub fn of(stored: &StoredProduct, document: ProductDocument) -> Self {
        Self { product_id: Some(stored.product_id), version: stored.version, ..Self::new(document) }
    }
}

/// Units of one variant that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedUnits {
    /// The position of the variant in the document.
    pub variant: usize,
    /// 1 to 1 000 000.
    pub quantity: u32,
}

/// All units of a variant that go to another one of the same product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedStock {
    /// One that the document does not have any more.
    pub from: VariantId,
    /// The position of the other in the document.
    pub to: usize,
}

/// What became of a wish to save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SavedProduct {
    /// It is stored so.
    Saved(Box<StoredProduct>),
    /// Somebody saved since: nothing was changed, and this is what is stored now.
    ChangedMeanwhile(Box<StoredProduct>),
}

impl SavedProduct {
    /// What is stored, when it was saved.
    pub fn saved(self) -> Option<StoredProduct> {
        if let Self::Saved(stored) = self { Some(*stored) } else { None }
    }
}

/// Asks for a draft that is like a product, without its stock, its codes and its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DuplicateProduct {
    pub product_id: ProductId,
}

/// Asks to delete a product, or to archive it when an order, a cart or a review names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeleteProduct {
    pub product_id: ProductId,
    /// What was looked at; one that changed since is left alone.
    pub version: u64,
}

text_enum! {
    /// What became of a product that was to be deleted.
    pub enum DeletedProduct {
        /// It is gone.
        Deleted = "deleted",
        /// Something names it: it is kept and sold no more.
        Archived = "archived",
    }
}
