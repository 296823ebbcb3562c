//! Goods from files and to files: what other shops export, and our own form, which comes back without any loss.

mod amounts;
mod cells;
mod encoding;
mod markup;
mod table;
