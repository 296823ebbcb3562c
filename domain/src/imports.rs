//! Goods from files: which forms are understood, and what is told about each product before and after it is taken in.

use serde::{Deserialize, Serialize};

use crate::catalog::Difference;
use crate::message::Message;
use crate::text_enum::text_enum;

mod desk;

pub use desk::{
    AtHand, BringFile, BringWhat, Content, ExportGoods, ExportWhat, Exported, FileColumn, FindingPage, FormerAtHand,
    GetImport, GoodsAtHand, ImportedPage, ListFindings, ListImported, MapColumns, PutAwayImport, RunImport,
    SaveTroubles, Stage, StopImport, VerdictKind,
};

text_enum! {
    /// Whose form a file of products has.
    pub enum FileForm {
        /// Our own, which comes back without any loss.
        Products = "products",
        /// The product export of Shopify.
        Shopify = "shopify",
        /// The product export of WooCommerce.
        WooCommerce = "woocommerce",
    }
}

text_enum! {
    /// How the letters of a file are written.
    pub enum Encoding {
        Utf8 = "utf-8",
        Utf16Le = "utf-16le",
        Utf16Be = "utf-16be",
        Windows1252 = "windows-1252",
    }
}

text_enum! {
    /// What stands between the cells of a row.
    pub enum Separator {
        Comma = "comma",
        Semicolon = "semicolon",
        Tab = "tab",
    }
}

/// What is wrong with a cell, or with a whole row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Where the row begins in the file, counted from one.
    pub line: u32,
    /// Empty when it is the whole row.
    pub column: String,
    pub message: Message,
}

impl Trouble {
    /// Marks a cell.
    pub fn new(line: u32, column: impl Into<String>, message: Message) -> Self {
        Self { line, column: column.into(), message }
    }
}

/// Cells of one column that were not taken in, all for the same reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub column: String,
    pub why: Message,
    pub cells: u32,
    /// The line of the first, and its beginning.
    pub line: u32,
    pub example: String,
}

/// Units of a variant before and after an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockChange {
    pub sku: String,
    pub before: u32,
    pub after: u32,
}

/// What an import does, or did, to a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It was not here before.
    New,
    Changed {
        differences: Vec<Difference>,
        stock: Vec<StockChange>,
    },
    /// It is here already as the file tells it.
    Unchanged,
    /// Nothing of it was taken in; all that is wrong.
    Refused(Vec<Trouble>),
    /// The import was called off before it.
    NotReached,
}

/// A product of a file, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportedProduct {
    /// The line of its first row.
    pub line: u32,
    pub rows: u32,
    /// As the file names it: for people.
    pub name: String,
    pub verdict: Verdict,
}

/// A picture that a file names and that was not found beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingPicture {
    pub line: u32,
    /// The file's name or its address.
    pub name: String,
    pub why: Message,
}

/// What an import would do, or what it did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    pub form: FileForm,
    pub encoding: Encoding,
    pub separator: Separator,
    /// Rows with something in them, below the names of the columns.
    pub rows: u32,
    /// In the order of the file.
    pub products: Vec<ImportedProduct>,
    pub left_out: Vec<LeftOut>,
    pub missing_pictures: Vec<MissingPicture>,
}

impl ImportReport {
    /// How many products are new, changed, unchanged, refused and not reached.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for product in &self.products {
            match product.verdict {
                Verdict::New => counts.new += 1,
                Verdict::Changed { .. } => counts.changed += 1,
                Verdict::Unchanged => counts.unchanged += 1,
                Verdict::Refused(_) => counts.refused += 1,
                Verdict::NotReached => counts.not_reached += 1,
            }
        }
        counts
    }

    /// All that is wrong, in the order of the file.
    pub fn troubles(&self) -> impl Iterator<Item = &Trouble> {
        self.products.iter().flat_map(|product| match &product.verdict {
            Verdict::Refused(troubles) => troubles.as_slice(),
            Verdict::New | Verdict::Changed { .. } | Verdict::Unchanged | Verdict::NotReached => &[],
        })
    }
}

/// Products by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub new: u32,
    pub changed: u32,
    pub unchanged: u32,
    pub refused: u32,
    pub not_reached: u32,
}
