//! One change for many products: first a preview that tells what would become of each, then the change of what was shown.
//!
//! A preview answers with the products that would change, each with the version that was looked at. Those are what is
//! applied: nothing that came to the list since, and nothing that somebody saved since. Such a product is left out and named,
//! and the others change as they were shown: an owner who looked ten thousand prices through does not want to begin anew
//! because one of them moved.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ProductStatus;
use super::differences::Difference;
use super::requests::ListGoods;
use crate::id::{CategoryId, ChangeId, ProductId};
use crate::locale::Translated;
use crate::media::Picture;
use crate::message::Message;
use crate::money::{BasisPoints, Money};
use crate::text::TaxClassKey;
use crate::text_enum::text_enum;

mod goods;
mod request;
mod rule;

pub use goods::{BulkProduct, BulkVariant};
pub use rule::Effect;

/// The most products of one change.
pub const MOST_PRODUCTS: usize = 20_000;
/// The most rows of a page of a preview.
pub const MOST_ROWS: usize = 50;
/// The most characters of an idempotency key.
pub const MOST_KEY: usize = 64;

/// Which products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// Those that were marked.
    Ids(Vec<ProductId>),
    /// All that the list finds at that moment, whatever its page and order, but for some.
    Found {
        list: ListGoods,
        #[serde(default)]
        except: Vec<ProductId>,
    },
}

text_enum! {
    /// Where a price goes.
    pub enum Direction {
        Up = "up",
        Down = "down",
    }
}

/// By how much a price moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A share of the price: down by less than the whole, up by ten times the whole at most.
    Percent(BasisPoints),
    Amount(Money),
}

text_enum! {
    /// What is done to a price that was worked out, after it was rounded to a whole unit, half a unit up
    /// ([`Money::portion`]). What lies in the middle between two goes up.
    pub enum Rounding {
        /// It stays as it is.
        None = "none",
        /// To the nearest multiple of 500.
        To500 = "to_500",
        /// To the nearest multiple of 1 000.
        To1000 = "to_1000",
        /// To the nearest price that ends in 900.
        End900 = "end_900",
    }
}

/// How a sale price is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaleStep {
    /// That share below the price of each variant.
    PercentOff(BasisPoints),
    /// The same sale price for all.
    To(Money),
}

/// What is done to each product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum BulkChange {
    /// The price of every variant. Former prices and sale prices stay: where they do not fit any more, the product is refused.
    Price {
        direction: Direction,
        by: Step,
        rounding: Rounding,
    },
    /// A sale price for every variant, in place of the one that it has.
    SaleOn {
        price: SaleStep,
        rounding: Rounding,
        /// From that instant on; nothing for at once.
        #[serde(default)]
        from: Option<DateTime<Utc>>,
        /// Until just before that instant; nothing for no end.
        #[serde(default)]
        until: Option<DateTime<Utc>>,
    },
    SaleOff,
    /// Nothing for no category.
    Category(Option<CategoryId>),
    /// Also publishes and archives.
    Status(ProductStatus),
    /// Nothing for the default class.
    TaxClass(Option<TaxClassKey>),
    /// Of every variant: the fewest and the most units of one order, and from how many units on the owner is warned. What is
    /// nothing stays as it is.
    Limits {
        #[serde(default)]
        fewest: Option<u32>,
        #[serde(default)]
        most: Option<u32>,
        #[serde(default)]
        low_stock_limit: Option<u32>,
    },
    /// Deletes what nothing names, and archives what an order, a cart, a review or a stock-take names.
    Delete,
}

/// Asks what a change would do. Nothing is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviewBulk {
    pub selection: Selection,
    pub change: BulkChange,
}

/// What a change would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkPreview {
    pub totals: BulkTotals,
    /// Those that would change (or go), by ascending ids, with the versions that were looked at: what [`ApplyBulk`] wants back.
    pub changing: Vec<SeenProduct>,
    /// Those that are refused, by ascending ids.
    pub refused: Vec<ProductId>,
    /// Those that are so already, by ascending ids.
    pub staying: Vec<ProductId>,
    /// The first of those that would change, [`MOST_ROWS`] at most. [`ShowBulkRows`] asks for the others.
    pub rows: Vec<BulkRow>,
}

/// Exactly how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkTotals {
    /// All that were selected.
    pub products: u32,
    pub changing: u32,
    pub staying: u32,
    pub refused: u32,
    /// Variants of which something changes.
    pub variants: u32,
    /// How many of those that change are archived because something names them, when they were to be deleted.
    pub archived: u32,
}

/// A product as it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenProduct {
    pub product_id: ProductId,
    pub version: u64,
}

/// Asks for rows of a preview: what the change would do to each of those products, as they are now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShowBulkRows {
    pub change: BulkChange,
    /// [`MOST_ROWS`] at most. The answer comes in their order, without those that are gone.
    pub products: Vec<ProductId>,
}

/// A product, and what a change would do to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkRow {
    pub product_id: ProductId,
    /// When it is not the one of the preview, somebody saved the product since.
    pub version: u64,
    pub name: Translated,
    pub status: ProductStatus,
    pub picture: Option<Picture>,
    pub verdict: BulkVerdict,
    /// What the paths of its variants stand for: `#17` and its SKU, in the product's order.
    pub skus: Vec<(String, String)>,
}

/// What a change would do to a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkVerdict {
    /// Every field with its value before and after, under the paths of [`super::differences()`]: `variants`, `#17`, `price`.
    Changes(Vec<Difference>),
    /// It is deleted.
    Goes,
    /// It was to be deleted, and is archived because something names it.
    IsArchived,
    /// It is so already.
    Stays,
    /// Nothing of it changes; all that is wrong.
    Refused(Vec<Refusal>),
}

/// Why a product cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The variant of which it is said; nothing for the whole product.
    pub sku: Option<String>,
    pub why: Message,
}

/// Asks to change what a preview showed. The same key again is the same wish: it answers what the first one did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplyBulk {
    pub change: BulkChange,
    /// [`BulkPreview::changing`], or some of it.
    pub products: Vec<SeenProduct>,
    /// Made up by the window, once for each preview.
    pub key: String,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOutcome {
    /// What can be undone; nothing when no product was changed.
    pub change_id: Option<ChangeId>,
    pub changed: u32,
    /// How many were not, and the first of them with the reason.
    pub left_out: u32,
    pub left_out_first: Vec<LeftAlone>,
}

impl BulkOutcome {
    /// The most products that are named among those that were not changed.
    pub const MOST_NAMED: usize = 200;
}

/// A product that was shown and not changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftAlone {
    pub product_id: ProductId,
    /// Nothing when it is gone.
    pub name: Option<Translated>,
    pub why: Message,
}
