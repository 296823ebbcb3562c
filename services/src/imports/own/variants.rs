//! The cells of a variant in our own form.

use super::*;

impl Reader<'_> {
    /// Whether a row tells of a variant, and not only of one more picture.
    pub(super) fn is_variant(&self, row: &Row) -> bool {
        columns::OF_VARIANT.iter().any(|column| self.sheet.filled(row, column).is_some())
    }

    pub(super) fn variant(&self, row: &Row, told: &mut Told) -> ToldVariant {
        let line = row.line;
        let currency = self.context.currency;
        let money = |cell: &str| amounts::money(cell, currency);
        let optional = |cell: &str| if cell.is_empty() { Ok(None) } else { money(cell).map(Some) };
        let number = |most: u32| move |cell: &str| amounts::units(cell, most)?.ok_or(Message::NotAQuantity { most });

        let mut variant = ToldVariant { line, ..ToldVariant::default() };
        let sku = self.sheet.told(row, "sku").map(|cell| checked(&restored(cell)));
        variant.sku = sku.and_then(|read| self.take(told, line, "sku", read));
        let barcode = self.sheet.told(row, "barcode").map(|cell| checked(&restored(cell)));
        variant.barcode = barcode.and_then(|read| self.take(told, line, "barcode", read));
        variant.values = self.values(row, told);
        variant.price = self.filled(row, told, "price", money);
        variant.compare_at_price = self.cell(row, told, "compare_at_price", optional);
        variant.cost = self.cell(row, told, "cost", optional);
        variant.sale = self.sale(row, told);
        variant.weight_grams = self.filled(row, told, "weight_grams", |cell| amounts::grams(cell, WeightUnit::Gram));
        variant.min_quantity = self.filled(row, told, "min_quantity", number(MOST_AN_ORDER));
        variant.max_quantity = self.filled(row, told, "max_quantity", number(MOST_AN_ORDER));
        variant.low_stock_limit = self.filled(row, told, "low_stock_limit", number(MOST_UNITS));
        let units = self.filled(row, told, "stock", number(MOST_UNITS));
        let seen = self.filled(row, told, "stock_at_export", number(MOST_UNITS));
        variant.stock = units.map(|units| ToldStock { units, seen });
        let picture = self.sheet.told(row, "variant_picture").map(restored);
        variant.picture = picture.and_then(|source| self.picture(&source, line, told));
        variant
    }

    /// Everything below a column that is there, also an empty cell.
    fn cell<T>(&self, row: &Row, told: &mut Told, column: &str, read: impl Fn(&str) -> Read<T>) -> Option<T> {
        let cell = self.sheet.told(row, column)?;
        self.take(told, row.line, column, read(cell))
    }

    /// The same where an empty cell says nothing.
    fn filled<T>(&self, row: &Row, told: &mut Told, column: &str, read: impl Fn(&str) -> Read<T>) -> Option<T> {
        let cell = self.sheet.filled(row, column)?;
        self.take(told, row.line, column, read(cell))
    }

    fn take<T>(&self, told: &mut Told, line: u32, column: &str, read: Read<T>) -> Option<T> {
        told.take(line, &self.sheet.called(column), read)
    }

    fn values(&self, row: &Row, told: &mut Told) -> Vec<usize> {
        let Some(options) = &told.options else { return Vec::new() };
        let chosen: Vec<_> = options
            .iter()
            .enumerate()
            .map(|(at, option)| {
                let value = self.words(row, &format!("option{}_value", at + 1));
                place(&option.values, &value).filter(|_| !value.any().is_empty())
            })
            .collect();
        for at in (0..chosen.len()).filter(|at| chosen[*at].is_none()) {
            let column = format!("option{}_value:{}", at + 1, self.context.locale.as_str());
            self.take::<()>(told, row.line, &column, Err(Message::Required));
        }
        chosen.into_iter().map(Option::unwrap_or_default).collect()
    }

    fn sale(&self, row: &Row, told: &mut Told) -> Option<Option<Sale>> {
        let cell = self.sheet.told(row, "sale_price")?;
        if cell.is_empty() {
            for column in ["sale_from", "sale_until"] {
                if self.sheet.filled(row, column).is_some() {
                    self.take::<()>(told, row.line, "sale_price", Err(Message::Required));
                }
            }
            return Some(None);
        }
        let price = self.take(told, row.line, "sale_price", amounts::money(cell, self.context.currency));
        let offset = self.context.utc_offset_minutes;
        let from = self.cell(row, told, "sale_from", |cell| times::start(cell, offset)).flatten();
        let until = self.cell(row, told, "sale_until", |cell| times::end(cell, offset)).flatten();
        price.map(|price| Some(Sale { price, from, until }))
    }

    /// The position of the told picture of that name.
    fn picture(&self, source: &str, line: u32, told: &mut Told) -> Option<Option<usize>> {
        if source.is_empty() {
            return Some(None);
        }
        let pictures = told.pictures.as_deref().unwrap_or_default();
        match pictures.iter().position(|picture| picture.source == source) {
            Some(at) => Some(Some(at)),
            None => {
                self.take::<()>(told, line, "variant_picture", Err(Message::NoSuchPicture));
                None
            }
        }
    }
}

/// A code that no spreadsheet has made a number of.
fn checked(code: &str) -> Read<String> {
    if cells::is_shortened(code) { Err(Message::NumberWasShortened) } else { Ok(code.to_owned()) }
}
