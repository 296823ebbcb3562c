//! From rows to what the stock list shows.

use domain::inventory::{Stock, StockRow};

use super::queries::Row;
use crate::error::{Error, Result};

pub(super) fn row(row: Row) -> Result<StockRow> {
    Ok(StockRow {
        variant_id: row.variant_id,
        product_id: row.product_id,
        product: row.name,
        options: row.options,
        category: row.category.unwrap_or_default(),
        sku: row.sku,
        price: row.price,
        compare_at_price: row.compare_at,
        stock: Stock {
            on_hand: u32::try_from(row.on_hand).map_err(Error::internal)?,
            reserved: u32::try_from(row.reserved).map_err(Error::internal)?,
            low_stock_limit: row.low_stock_limit,
        },
        min_quantity: row.min_quantity,
        max_quantity: row.max_quantity,
        picture: row.picture,
    })
}
