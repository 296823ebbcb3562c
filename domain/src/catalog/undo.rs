//! Changes that can be taken back: changes of many products, products and categories that were deleted, imports.
//!
//! An undo gives back exactly those fields that have still the value that the change gave them. Whatever moved on since stays
//! as it is, and is named with the reason. It is done once.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bulk::BulkChange;
use super::differences::{Difference, FieldPath, there};
use crate::id::ProductId;
use crate::locale::Translated;
use crate::message::Message;

mod giving_back;

pub use crate::id::ChangeId;
pub use giving_back::{GivenBack, give_back};

/// For how many days a change can be taken back.
pub const UNDO_DAYS: i64 = 30;

/// Until when a change of that instant can be taken back.
pub fn undoable_until(at: DateTime<Utc>) -> DateTime<Utc> {
    at + TimeDelta::days(UNDO_DAYS)
}

/// What somebody did to one or many products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeOf {
    /// The same change for many.
    Bulk {
        change: BulkChange,
        /// What the category was called that they went to, or the tax class.
        to: Option<Translated>,
    },
    /// One was deleted.
    DeletedProduct { name: Translated },
    /// One was to be deleted, and archived because something names it.
    ArchivedProduct { name: Translated },
    /// A category was deleted; its products went to another, or nowhere.
    DeletedCategory { name: Translated, goods_to: Option<Translated> },
    /// A file was taken in.
    Import { file: String },
}

/// A change that can be taken back, or was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRow {
    pub id: ChangeId,
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: String,
    pub what: ChangeOf,
    /// How many products it changed.
    pub products: u32,
    /// From then on it cannot be taken back, and is forgotten.
    pub until: DateTime<Utc>,
    pub state: ChangeState,
}

/// Where a change stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeState {
    /// It can be taken back.
    Open,
    /// Somebody is taking it back, or was when the program ended: undoing it again goes on.
    Underway { by: String, totals: UndoTotals },
    /// It was taken back.
    Undone { at: DateTime<Utc>, by: String, totals: UndoTotals },
    /// Its time is over.
    Over,
}

/// How many products an undo gave back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoTotals {
    /// Wholly.
    pub given_back: u32,
    /// But for some fields.
    pub partly: u32,
    /// Nothing of them.
    pub kept: u32,
}

/// Asks for changes that can be taken back or were, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListChanges {
    /// The change behind which the page begins; nothing for the first page.
    pub after: Option<ChangeId>,
}

/// A page of changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePage {
    pub rows: Vec<ChangeRow>,
    /// Where the next page begins; nothing on the last.
    pub next: Option<ChangeId>,
}

/// Asks what a change did to each product, and what became of it when it was undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetChange {
    pub change_id: ChangeId,
    /// Only what an undo did not give back wholly.
    #[serde(default)]
    pub only_kept: bool,
    /// The product behind which the page begins; nothing for the first page.
    #[serde(default)]
    pub after: Option<ProductId>,
}

/// A change with a page of its products.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeDetail {
    pub change: ChangeRow,
    pub products: Vec<ChangedProduct>,
    pub next: Option<ProductId>,
}

/// A product that was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangedProduct {
    pub product_id: ProductId,
    /// As it was called.
    pub name: Translated,
    pub did: Did,
    /// What the paths of its variants stand for: `#17` and its SKU.
    pub skus: Vec<(String, String)>,
    /// What an undo did; nothing as long as there was none.
    pub undone: Option<UndoVerdict>,
}

/// What a change did to a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Did {
    Created,
    Changed(Vec<Difference>),
    Deleted,
}

/// What an undo did to a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoVerdict {
    /// It is what it was.
    GivenBack,
    /// Some fields are not.
    Partly(Vec<KeptField>),
    /// Nothing of it was touched.
    Kept(Message),
}

/// A field that an undo left as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptField {
    pub path: FieldPath,
    /// What it is now; nothing when it is gone.
    #[serde(default, deserialize_with = "there", skip_serializing_if = "Option::is_none")]
    pub now: Option<Value>,
    pub why: Message,
}

/// Asks to take a change back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndoChange {
    pub change_id: ChangeId,
}

/// What became of the wish to take a change back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UndoAnswer {
    /// Whether it was undone before: then nothing was done now.
    pub already: bool,
    /// With how many products were given back.
    pub change: ChangeRow,
    /// The first products that were not given back wholly. [`GetChange`] tells the others.
    pub kept: Vec<ChangedProduct>,
}
