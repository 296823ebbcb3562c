//! Goods from files and to files: what other shops export, and our own form, which comes back without any loss.

mod amounts;
mod cells;
mod encoding;
mod goods;
mod markup;
mod merge;
mod own;
mod sheet;
mod shopify;
mod table;
mod times;
mod woocommerce;
