//! Files at the desk: one is chosen, looked at, mapped and taken in, while the window asks how far it is; and goods are written to one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Counts, Encoding, FileForm, ImportedProduct, LeftOut, MissingPicture, Separator, Verdict};
use crate::catalog::Selection;
use crate::message::Message;
use crate::page::{PageNumber, Position};
use crate::reference::{FormerKind, Remark, Tally};
use crate::text_enum::text_enum;

text_enum! {
    /// What is brought to the desk.
    pub enum BringWhat {
        /// Goods, or the data of the former shop: which of them, is seen in the file.
        File = "file",
        /// A folder with the pictures that the file names.
        PictureFolder = "picture_folder",
        /// The same in a ZIP.
        PictureZip = "picture_zip",
    }
}

/// Asks for a file: the owner chooses it in the system's dialog, or has dropped it on the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BringFile {
    pub what: BringWhat,
    /// The path of what was dropped; a folder and a ZIP are pictures, whatever was asked for.
    pub dropped: Option<String>,
}

/// Asks what is at hand, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetImport {}

/// Asks to read columns of a file of our own form as others than they are called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapColumns {
    pub run: u64,
    /// The name in the file, and ours; nothing for a column to leave out.
    pub columns: BTreeMap<String, Option<String>>,
}

/// Asks for a page of what becomes of the products of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListImported {
    pub run: u64,
    /// Nothing for all.
    pub show: Option<VerdictKind>,
    pub page: PageNumber,
}

/// Asks for a page of what is to be known of the former shop's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListFindings {
    pub run: u64,
    pub page: PageNumber,
}

/// Asks to take in what was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunImport {
    pub run: u64,
}

/// Asks to end what is under way: the product at hand is finished, and no other is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StopImport {
    pub run: u64,
}

/// Asks to put the file away, and what was told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutAwayImport {
    pub run: u64,
}

/// Asks to write all that was refused, left out or not found to a file that the owner chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveTroubles {
    pub run: u64,
}

/// Asks to write goods to a file that the owner chooses, in our own form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportGoods {
    pub what: ExportWhat,
}

/// Which goods are written to a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportWhat {
    /// In the order in which they were made.
    All,
    /// What the list has found, in its order, or what was marked there.
    Chosen(Box<Selection>),
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    pub products: u32,
    /// The name of the file.
    pub file: String,
}

/// What the desk has at hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AtHand {
    /// Another one after every change of what is to be done; what is asked about an older one is refused.
    pub run: u64,
    /// The name of the file.
    pub file: String,
    /// The name of the folder or ZIP with the pictures.
    pub pictures: Option<String>,
    pub content: Content,
    pub stage: Stage,
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    Goods(Box<GoodsAtHand>),
    Former(FormerAtHand),
}

/// A file of products.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoodsAtHand {
    pub form: FileForm,
    pub encoding: Encoding,
    pub separator: Separator,
    pub rows: u32,
    pub columns: Vec<FileColumn>,
    /// Why no row says anything, until its columns are told.
    pub lacks: Option<Message>,
    /// Nothing until it was looked at.
    pub counts: Option<Counts>,
    pub left_out: Vec<LeftOut>,
    /// How many pictures were not found, and the first of them.
    pub missing: u32,
    pub missing_pictures: Vec<MissingPicture>,
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileColumn {
    pub name: String,
    /// What it is taken for; nothing when it is left out or not known.
    pub ours: Option<String>,
    /// The first cell with something in it.
    pub example: String,
}

/// The data of the former shop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerAtHand {
    pub tallies: Vec<(FormerKind, Tally)>,
    /// How many remarks there are.
    pub remarks: u32,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// What would happen is being found out.
    Looking {
        done: u32,
        of: u32,
    },
    /// What would happen is known; nothing is written yet.
    Looked,
    Running {
        done: u32,
        of: u32,
        is_stopping: bool,
    },
    Done {
        is_stopped: bool,
    },
    /// An outage ended it. What is in stays, and the same file can be brought again.
    Failed {
        why: Message,
    },
}

impl Stage {
    /// Whether it goes on by itself.
    pub const fn is_moving(&self) -> bool {
        matches!(self, Self::Looking { .. } | Self::Running { .. })
    }
}

text_enum! {
    /// What becomes of a product, in a word.
    pub enum VerdictKind {
        New = "new",
        Changed = "changed",
        Unchanged = "unchanged",
        Refused = "refused",
        NotReached = "not_reached",
    }
}

impl Verdict {
    /// The verdict in a word.
    pub const fn kind(&self) -> VerdictKind {
        match self {
            Self::New => VerdictKind::New,
            Self::Changed { .. } => VerdictKind::Changed,
            Self::Unchanged => VerdictKind::Unchanged,
            Self::Refused(_) => VerdictKind::Refused,
            Self::NotReached => VerdictKind::NotReached,
        }
    }
}

impl Counts {
    /// How many of a kind.
    pub const fn of(&self, kind: VerdictKind) -> u32 {
        match kind {
            VerdictKind::New => self.new,
            VerdictKind::Changed => self.changed,
            VerdictKind::Unchanged => self.unchanged,
            VerdictKind::Refused => self.refused,
            VerdictKind::NotReached => self.not_reached,
        }
    }

    /// All of them.
    pub const fn sum(&self) -> u32 {
        self.new + self.changed + self.unchanged + self.refused + self.not_reached
    }
}

/// A page of the products of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportedPage {
    pub rows: Vec<ImportedProduct>,
    pub position: Position,
}

/// A page of remarks on the former shop's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingPage {
    pub rows: Vec<Remark>,
    pub position: Position,
}
