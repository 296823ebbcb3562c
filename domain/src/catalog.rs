//! The catalogue: categories, products, their options and variants, as shoppers and staff see them.
//!
//! Every product has at least one variant; a product without options has exactly one, with no option values.

use serde::{Deserialize, Serialize};

use crate::carts::most_now;
use crate::locale::{Locale, Translated};
use crate::media::Picture;
use crate::money::Money;
use crate::page::{PageNumber, Position};
use crate::problem::FieldProblem;
use crate::text::{Reason, TaxClassKey};
use crate::text_enum::text_enum;

mod adopting;
mod barcode;
pub mod bulk;
mod categories;
pub mod differences;
mod document;
mod options;
mod requests;
mod rules;
pub mod suggest;
pub mod undo;

pub use barcode::Barcode;
pub use bulk::{
    ApplyBulk, BulkChange, BulkOutcome, BulkPreview, BulkRow, BulkTotals, BulkVerdict, LeftAlone, PreviewBulk, Refusal,
    SeenProduct, Selection, ShowBulkRows,
};
pub use categories::{
    CategoryRow, CategoryTree, DeleteCategory, ListCategories, MOST_LEVELS, MoveCategory, SaveCategory,
};
pub use differences::{Difference, differences};
pub use document::{Centre, OptionDocument, PictureDocument, ProductDocument, Sale, ValueDocument, VariantDocument};
pub use requests::{
    DeleteProduct, DeletedProduct, DuplicateProduct, GetProduct, GoodsKey, GoodsPage, GoodsRow, GoodsSort, InCategory,
    ListGoods, MovedStock, ReceivedUnits, SaveProduct, SavedProduct, StockState, StoredProduct,
};

pub use undo::{
    ChangeDetail, ChangeOf, ChangePage, ChangeRow, ChangeState, ChangedProduct, Did, GetChange, KeptField, ListChanges,
    UndoAnswer, UndoChange, UndoTotals, UndoVerdict,
};

pub use crate::id::{CategoryId, ChangeId, OptionId, OptionValueId, ProductId, VariantId};

text_enum! {
    /// The order of a product list.
    pub enum Sort {
        Popularity = "popularity",
        Newest = "newest",
        PriceAscending = "price_asc",
        PriceDescending = "price_desc",
    }
}

text_enum! {
    /// Who may see a product.
    pub enum ProductStatus {
        /// In the shop.
        Active = "active",
        /// Being prepared; staff only.
        Draft = "draft",
        /// No longer sold; kept for old orders.
        Archived = "archived",
    }
}

/// A category with the number of active products in it and below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub id: CategoryId,
    /// The one in which it stands; nothing on the first level.
    pub parent_id: Option<CategoryId>,
    pub slug: String,
    pub name: Translated,
    pub products: u32,
    /// The picture of its most popular product.
    pub picture: Option<Picture>,
}

/// Asks for a page of products that shoppers may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListProducts {
    pub search: Option<String>,
    /// The slug of a category; it holds what those below it do.
    pub category: Option<String>,
    pub sort: Sort,
    pub page: PageNumber,
    /// 1 to 100.
    pub per_page: u32,
}

impl Default for ListProducts {
    fn default() -> Self {
        Self { search: None, category: None, sort: Sort::Popularity, page: PageNumber::FIRST, per_page: 12 }
    }
}

/// A product in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCard {
    pub id: ProductId,
    pub slug: String,
    pub name: Translated,
    pub category: Translated,
    pub category_slug: String,
    /// The lowest price of a single variant; among sold-out ones only when all are.
    pub price: Money,
    /// The former price of that same variant.
    pub compare_at_price: Option<Money>,
    /// Whether the variants differ in price.
    pub has_price_range: bool,
    /// Units that can be bought now, over all variants.
    pub available: u32,
    pub picture: Option<Picture>,
    /// A second view, shown under the pointer.
    pub second_picture: Option<Picture>,
    /// The colours of its first option with swatches, `#rrggbb`.
    pub swatches: Vec<String>,
}

/// A page of products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductPage {
    pub items: Vec<ProductCard>,
    pub position: Position,
}

/// A product on its own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductDetail {
    pub id: ProductId,
    pub slug: String,
    pub name: Translated,
    /// Plain text; an empty line parts paragraphs.
    pub description: Translated,
    pub category: Translated,
    pub category_slug: String,
    pub pictures: Vec<ProductPicture>,
    pub options: Vec<ProductOption>,
    pub variants: Vec<Variant>,
    /// Average rating in hundredths (450 is 4.5) and the number of reviews.
    pub rating: Option<Rating>,
}

/// A picture of a product, and the option value that it shows if it shows one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductPicture {
    pub picture: Picture,
    pub shows: Option<OptionValueId>,
}

/// Something that a buyer chooses, such as the colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductOption {
    pub id: OptionId,
    pub name: Translated,
    /// In the order that people expect: S before M before L.
    pub values: Vec<OptionValue>,
}

/// One choice of an option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionValue {
    pub id: OptionValueId,
    pub value: Translated,
    /// The colour of its swatch, `#rrggbb`.
    pub swatch: Option<String>,
}

/// One variant of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    pub id: VariantId,
    pub sku: String,
    /// One value of each of the product's options, in the options' order.
    pub values: Vec<OptionValueId>,
    pub price: Money,
    pub compare_at_price: Option<Money>,
    pub weight_grams: u32,
    /// Units that can be bought now.
    pub available: u32,
    /// The fewest and the most units of it in one order.
    pub min_quantity: u32,
    pub max_quantity: u32,
}

impl Variant {
    /// The most units that one order could have now; nothing when fewer are left than it must have.
    pub fn limit(&self) -> u32 {
        most_now(self.available, self.min_quantity, self.max_quantity)
    }
}

/// Ratings in sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Hundredths of a star: 100 to 500.
    pub average_hundredths: u32,
    pub count: u32,
}

impl ProductDetail {
    /// The variants' options as a reader sees them: `Indigo / M`.
    pub fn options_text(&self, variant: &Variant, locale: Locale) -> String {
        let named: Vec<&str> = variant
            .values
            .iter()
            .filter_map(|id| {
                let mut values = self.options.iter().flat_map(|option| &option.values);
                values.find(|value| value.id == *id).map(|value| value.value.get(locale))
            })
            .collect();
        named.join(" / ")
    }

    /// The lowest and the highest price of its variants.
    pub fn price_range(&self) -> Option<(Money, Money)> {
        let prices = self.variants.iter().map(|variant| variant.price);
        Some((prices.clone().min()?, prices.max()?))
    }

    /// Units that can be bought now, over all variants.
    pub fn available(&self) -> u32 {
        self.variants.iter().fold(0, |sum, variant| sum.saturating_add(variant.available))
    }

    /// Whether no variant of it can be bought now.
    pub fn is_sold_out(&self) -> bool {
        self.variants.iter().all(|variant| variant.limit() == 0)
    }
}

/// Asks to add a category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateCategory {
    pub slug: String,
    pub name: Translated,
}

/// Asks to add a product with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateProduct {
    pub slug: String,
    /// The slug of its category.
    pub category: Option<String>,
    pub name: Translated,
    pub description: Translated,
    pub status: ProductStatus,
    /// The key of a tax class of the settings; nothing for the default class.
    #[serde(default)]
    pub tax_class: Option<TaxClassKey>,
    pub options: Vec<NewOption>,
    pub variants: Vec<NewVariant>,
    pub pictures: Vec<NewPicture>,
}

/// Asks how a product is taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetTaxClass {
    pub product_id: ProductId,
}

/// Asks to tax a product as another class is, from the next order on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetTaxClass {
    pub product_id: ProductId,
    /// Nothing for the default class.
    pub tax_class: Option<TaxClassKey>,
    /// What was shown; when somebody chose another class since, nothing is changed.
    pub seen: Option<TaxClassKey>,
}

/// How a product is taxed, and how it could be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductTax {
    pub product_id: ProductId,
    /// Nothing for the default class.
    pub tax_class: Option<TaxClassKey>,
    /// Keys and names; the first is the default. None where nothing is taxed.
    pub classes: Vec<(TaxClassKey, String)>,
}

/// Asks what staff should know of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetStaffNote {
    pub product_id: ProductId,
}

/// Asks to tell staff something of a product, or nothing any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetStaffNote {
    pub product_id: ProductId,
    pub note: String,
    /// What was shown; when somebody wrote another note since, nothing is changed.
    pub seen: String,
}

impl SetStaffNote {
    /// The note, or what is wrong with it; nothing when it is empty.
    pub fn read(&self) -> Result<Option<Reason>, Vec<FieldProblem>> {
        Reason::optional(&self.note).map_err(|message| vec![FieldProblem::new("note", message)])
    }
}

/// What staff should know of a product. No shopper is shown it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffNote {
    pub product_id: ProductId,
    /// Empty when there is nothing to know.
    pub note: String,
}

/// An option of a new product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOption {
    pub name: Translated,
    pub values: Vec<NewOptionValue>,
}

/// A value of a new option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOptionValue {
    pub value: Translated,
    pub swatch: Option<String>,
}

/// A variant of a new product; its stock starts at zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVariant {
    pub sku: String,
    /// For each option, the position of the chosen value.
    pub values: Vec<usize>,
    pub price: Money,
    pub compare_at_price: Option<Money>,
    pub weight_grams: u32,
    pub low_stock_limit: u32,
}

/// A picture of a new product, already in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPicture {
    pub key: String,
    pub alt: Translated,
    /// The positions of an option and of its value that the picture shows.
    pub shows: Option<(usize, usize)>,
}
