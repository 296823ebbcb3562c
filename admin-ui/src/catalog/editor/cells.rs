//! The table of variants as text: which columns there are, what stands in a variant's cell, and what a cell says.

use domain::carts::parse_quantity;
use domain::catalog::{ProductDocument, Sale, VariantDocument};
use domain::inventory::{MOST_AN_ORDER, MOST_UNITS};
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::problem::Fields;

use crate::kit::Calendar;

/// What reading depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manner {
    pub(super) currency: Currency,
    pub(super) calendar: Calendar,
}

macro_rules! columns {
    ($($column:ident = $field:literal,)*) => {
        /// A column of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Column { $($column,)* }

        impl Column {
            /// Every column, in its order.
            pub(super) const ALL: &'static [Self] = &[$(Self::$column,)*];

            /// The field of a variant that it is about, as problems name it.
            pub(super) const fn field(self) -> &'static str {
                match self { $(Self::$column => $field,)* }
            }
        }
    };
}

columns! {
    Price = "price",
    CompareAt = "compare_at_price",
    SalePrice = "sale.price",
    SaleFrom = "sale.from",
    SaleUntil = "sale.until",
    Cost = "cost",
    Received = "received",
    Sku = "sku",
    Barcode = "barcode",
    Weight = "weight_grams",
    Min = "min_quantity",
    Max = "max_quantity",
    Warning = "low_stock_limit",
}

/// A variant as it stands in the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RowDraft {
    /// Which row it is, wherever it moves.
    pub(super) key: u32,
    cells: [String; Column::ALL.len()],
}

impl RowDraft {
    /// The row of a variant.
    pub(super) fn of(key: u32, variant: &VariantDocument, manner: Manner) -> Self {
        let mut row = Self { key, cells: Default::default() };
        let money = |amount: Money| amount.digits(manner.currency);
        let optional = |amount: Option<Money>| amount.map(money).unwrap_or_default();
        let sale = variant.sale;
        for column in Column::ALL {
            *row.cell_mut(*column) = match column {
                // A new product has no price yet; nothing is given away by leaving it alone.
                Column::Price if variant.id.is_none() && variant.price == Money::ZERO => String::new(),
                Column::Price => money(variant.price),
                Column::CompareAt => optional(variant.compare_at_price),
                Column::SalePrice => optional(sale.map(|sale| sale.price)),
                Column::SaleFrom => {
                    sale.and_then(|sale| sale.from).map_or_else(String::new, |at| manner.calendar.cell(at))
                }
                Column::SaleUntil => {
                    sale.and_then(|sale| sale.until).map_or_else(String::new, |at| manner.calendar.end_cell(at))
                }
                Column::Cost => optional(variant.cost),
                Column::Received => String::new(),
                Column::Sku => variant.sku.clone(),
                Column::Barcode => variant.barcode.clone(),
                Column::Weight => variant.weight_grams.to_string(),
                Column::Min => variant.min_quantity.to_string(),
                Column::Max => variant.max_quantity.to_string(),
                Column::Warning => variant.low_stock_limit.to_string(),
            };
        }
        row
    }

    pub(super) fn cell(&self, column: Column) -> &str {
        self.cells.get(column as usize).map(String::as_str).unwrap_or_default()
    }

    /// Puts what was typed there, written as the shop writes it where it can be read.
    pub(super) fn put(&mut self, column: Column, typed: &str, manner: Manner) {
        *self.cell_mut(column) = written(column, typed, manner).unwrap_or_else(|| typed.trim().to_owned());
    }

    /// With the units that were typed into that one.
    pub(super) fn with_received_of(mut self, other: &Self) -> Self {
        *self.cell_mut(Column::Received) = other.cell(Column::Received).to_owned();
        self
    }

    fn cell_mut(&mut self, column: Column) -> &mut String {
        &mut self.cells[column as usize]
    }

    /// Puts what the row says into the variant; what cannot be read is told, and leaves the variant as it is.
    pub(super) fn read_into(&self, variant: &mut VariantDocument, at: usize, manner: Manner, fields: &mut Fields) {
        let mut reader = Reader { row: self, at, fields };
        let money = |text: &str| Money::read(text, manner.currency);
        if let Some(price) = reader.required(Column::Price, money) {
            variant.price = price;
        }
        if let Some(former) = reader.optional(Column::CompareAt, money) {
            variant.compare_at_price = former;
        }
        if let Some(cost) = reader.optional(Column::Cost, money) {
            variant.cost = cost;
        }
        let price = reader.optional(Column::SalePrice, money);
        let from = reader.optional(Column::SaleFrom, |text| manner.calendar.read_cell(text));
        let until = reader.optional(Column::SaleUntil, |text| manner.calendar.read_end_cell(text));
        match (price, from, until) {
            (Some(Some(price)), Some(from), Some(until)) => variant.sale = Some(Sale { price, from, until }),
            (Some(None), Some(None), Some(None)) => variant.sale = None,
            // Days without a price would be forgotten in silence.
            (Some(None), Some(_), Some(_)) => reader.refuse(Column::SalePrice, Message::Required),
            _ => {}
        }
        let most_grams = ProductDocument::MOST_GRAMS;
        let weight = reader.optional(Column::Weight, |text| {
            parse_quantity(&ungrouped(text), most_grams).map_err(|_| Message::NotWithin { least: 0, most: most_grams })
        });
        if let Some(weight) = weight {
            variant.weight_grams = weight.unwrap_or_default();
        }
        let units = |most| move |text: &str| parse_quantity(&ungrouped(text), most);
        if let Some(fewest) = reader.optional(Column::Min, units(MOST_AN_ORDER)) {
            variant.min_quantity = fewest.unwrap_or(1);
        }
        if let Some(most) = reader.required(Column::Max, units(MOST_AN_ORDER)) {
            variant.max_quantity = most;
        }
        if let Some(limit) = reader.optional(Column::Warning, units(MOST_UNITS)) {
            variant.low_stock_limit = limit.unwrap_or_default();
        }
        variant.sku = self.cell(Column::Sku).to_owned();
        variant.barcode = self.cell(Column::Barcode).to_owned();
    }

    /// The units that came in with it.
    pub(super) fn received(&self, at: usize, fields: &mut Fields) -> u32 {
        let units = |text: &str| parse_quantity(&ungrouped(text), MOST_UNITS);
        Reader { row: self, at, fields }.optional(Column::Received, units).flatten().unwrap_or_default()
    }
}

/// Reads the cells of one row.
struct Reader<'a> {
    row: &'a RowDraft,
    at: usize,
    fields: &'a mut Fields,
}

impl Reader<'_> {
    /// What the cell says; nothing when it cannot be read.
    fn required<T>(&mut self, column: Column, read: impl FnOnce(&str) -> Result<T, Message>) -> Option<T> {
        let text = self.row.cell(column);
        let read = if text.trim().is_empty() { Err(Message::Required) } else { read(text) };
        self.fields.take(&path(self.at, column), read)
    }

    /// What the cell says, or that it is empty; nothing when it cannot be read.
    fn optional<T>(&mut self, column: Column, read: impl FnOnce(&str) -> Result<T, Message>) -> Option<Option<T>> {
        let text = self.row.cell(column);
        let read = if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) };
        self.fields.take(&path(self.at, column), read)
    }

    fn refuse(&mut self, column: Column, message: Message) {
        self.fields.take::<()>(&path(self.at, column), Err(message));
    }
}

/// Where problems say that a cell is.
pub(super) fn path(at: usize, column: Column) -> String {
    format!("variants[{at}].{}", column.field())
}

/// The text as the shop writes it; nothing when it cannot be read.
fn written(column: Column, typed: &str, manner: Manner) -> Option<String> {
    if typed.trim().is_empty() {
        return Some(String::new());
    }
    match column {
        Column::Price | Column::CompareAt | Column::SalePrice | Column::Cost => {
            Money::read(typed, manner.currency).ok().map(|amount| amount.digits(manner.currency))
        }
        Column::SaleFrom => manner.calendar.read_cell(typed).ok().map(|at| manner.calendar.cell(at)),
        Column::SaleUntil => manner.calendar.read_end_cell(typed).ok().map(|at| manner.calendar.end_cell(at)),
        Column::Received | Column::Weight | Column::Min | Column::Max | Column::Warning => {
            parse_quantity(&ungrouped(typed), MOST_UNITS).ok().map(|units| units.to_string())
        }
        Column::Sku | Column::Barcode => None,
    }
}

/// Whole numbers come with marks between thousands from spreadsheets: `1.250` and `1,250`. Only where they stand as such
/// marks do: `1.5` is no whole number.
fn ungrouped(text: &str) -> String {
    let text = text.trim();
    for mark in ['.', ','] {
        let mut parts = text.split(mark);
        let is_head = parts.next().is_some_and(|head| (1..=3).contains(&head.len()));
        if is_head && text.contains(mark) && parts.all(|part| part.len() == 3) {
            return text.replace(mark, "");
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use domain::catalog::VariantDocument;
    use domain::locale::Locale;
    use domain::message::Message;
    use domain::money::{Currency, Money};
    use domain::problem::Fields;

    use super::{Column, Manner, RowDraft, ungrouped};
    use crate::kit::Calendar;

    const MANNER: Manner = Manner {
        currency: Currency::Rupiah,
        calendar: Calendar { utc_offset_minutes: 7 * 60, locale: Locale::Indonesian },
    };

    fn read(row: &RowDraft) -> (VariantDocument, Vec<(String, Message)>) {
        let (mut variant, mut fields) = (VariantDocument::at(Money::ZERO), Fields::default());
        row.read_into(&mut variant, 3, MANNER, &mut fields);
        let problems = fields.into_problems().into_iter().map(|problem| (problem.field, problem.message));
        (variant, problems.collect())
    }

    fn row(cells: &[(Column, &str)]) -> RowDraft {
        let mut row = RowDraft::of(1, &VariantDocument::at(Money::minor(50_000)), MANNER);
        cells.iter().for_each(|(column, text)| row.put(*column, text, MANNER));
        row
    }

    #[test]
    fn a_variant_stands_in_its_row_and_comes_back_from_it() {
        let typed = row(&[
            (Column::Price, "Rp 149000"),
            (Column::CompareAt, "199.000"),
            (Column::SalePrice, "111000"),
            (Column::SaleFrom, "11/11/2026"),
            (Column::SaleUntil, "2026-11-11"),
            (Column::Sku, "00123"),
            (Column::Weight, "1.250"),
        ]);
        assert_eq!(typed.cell(Column::Price), "149.000");
        assert_eq!(typed.cell(Column::SaleUntil), "2026-11-11 23:59");
        let (variant, problems) = read(&typed);
        assert_eq!(problems, []);
        assert_eq!((variant.price, variant.weight_grams, &*variant.sku), (Money::minor(149_000), 1_250, "00123"));
        assert_eq!(variant.sale.unwrap().until.unwrap().to_rfc3339(), "2026-11-11T17:00:00+00:00");
        assert_eq!(RowDraft::of(1, &variant, MANNER), typed);
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_cell_and_kept_as_it_was_typed() {
        let typed = row(&[(Column::Price, "sepuluh ribu"), (Column::Max, ""), (Column::Weight, "1,5 kg")]);
        assert_eq!(typed.cell(Column::Price), "sepuluh ribu");
        let (_, problems) = read(&typed);
        let fields: Vec<&str> = problems.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["variants[3].price", "variants[3].weight_grams", "variants[3].max_quantity"]);
    }

    #[test]
    fn days_of_a_sale_without_its_price_are_not_forgotten_in_silence() {
        let (_, problems) = read(&row(&[(Column::SaleFrom, "2026-11-11")]));
        assert_eq!(problems, [("variants[3].sale.price".to_owned(), Message::Required)]);
    }

    #[test]
    fn a_new_variant_has_no_price_until_somebody_types_one() {
        let row = RowDraft::of(1, &VariantDocument::at(Money::ZERO), MANNER);
        assert_eq!(read(&row).1, [("variants[3].price".to_owned(), Message::Required)]);
    }

    #[test]
    fn marks_between_thousands_are_no_decimals() {
        for (text, read) in
            [("1.250", "1250"), ("1,250,000", "1250000"), ("1.5", "1.5"), ("12", "12"), (".250", ".250")]
        {
            assert_eq!(ungrouped(text), read);
        }
    }
}
