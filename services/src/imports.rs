//! Goods from files and to files: what other shops export, and our own form, which comes back without any loss.
//!
//! A file is read whole (`file`): bytes to text, text to rows, rows to products as the file tells them (`goods`). Each is
//! laid over what the shop has of it (`merge`), and saved by the catalogue's one writer (`run`).

mod amounts;
mod cells;
mod encoding;
mod export;
mod file;
mod find;
mod goods;
mod intake;
mod markup;
mod merge;
mod own;
mod pictures;
mod queries;
mod run;
mod sheet;
mod shopify;
mod table;
mod times;
mod troubles;
mod woocommerce;

pub use crate::outside::{Fetcher, Reach};
pub use export::export;
pub use file::{GoodsFile, Mapping, read, read_found};
pub use pictures::{PictureFiles, Pictures};
pub use run::{Import, Watch, apply, check};
pub use troubles::{remarks, troubles};
