//! The product export of WooCommerce: a row for each product, and one for each variation, which names its parent.

use std::collections::HashMap;

use domain::imports::Trouble;
use domain::message::Message;

use super::goods::{Context, Reference, Told, ToldOption, Words};
use super::own::lists;
use super::sheet::Sheet;
use super::table::{Row, Table};

mod rows;
mod variations;

/// The rows of a file, by what others call them.
struct File<'a> {
    sheet: &'a Sheet,
    context: &'a Context,
    rows: &'a [Row],
    by_sku: HashMap<String, usize>,
    by_id: HashMap<&'a str, usize>,
}

/// Reads every row.
pub(super) fn read(table: &Table, sheet: &Sheet, context: &Context) -> Vec<Told> {
    let filled = |column: &'static str| {
        let rows = table.rows.iter().enumerate();
        rows.filter_map(move |(at, row)| sheet.filled(row, column).map(|cell| (cell, at)))
    };
    let file = File {
        sheet,
        context,
        rows: &table.rows,
        by_sku: filled("SKU").map(|(sku, at)| (sku.to_lowercase(), at)).collect(),
        by_id: filled("ID").collect(),
    };
    let mut variations: HashMap<usize, Vec<&Row>> = HashMap::new();
    let mut told = Vec::new();
    for row in &table.rows {
        if !file.is_variation(row) {
            continue;
        }
        match file.named(sheet.cell(row, "Parent")).filter(|at| file.is_a(&table.rows[*at], "variable")) {
            Some(parent) => variations.entry(parent).or_default().push(row),
            None => told.push(alone(row, Trouble::new(row.line, "Parent", Message::NoSuchParent))),
        }
    }
    for (at, row) in table.rows.iter().enumerate() {
        if file.is_variation(row) {
            continue;
        }
        let children = variations.remove(&at).unwrap_or_default();
        told.push(file.product(row, &children));
    }
    told.sort_by_key(|told| told.line);
    told
}

/// The first column that a product export of WooCommerce has and this file has not.
pub(super) fn missing_column(sheet: &Sheet) -> Option<&'static str> {
    ["Type", "SKU", "Name", "Regular price"].into_iter().find(|column| !sheet.has(column))
}

/// What WooCommerce calls a field of a document.
pub(super) fn column(field: &str) -> &str {
    match field {
        "slug" | "name" => "Name",
        "description" => "Description",
        "category" => "Categories",
        "status" => "Published",
        "tax_class" => "Tax class",
        "options" | "options.name" | "options.id" => "Attribute 1 name",
        "options.values" | "options.values.value" | "options.values.id" | "variants.values" => "Attribute 1 value(s)",
        "variants" | "variants.sku" => "SKU",
        "variants.barcode" => "GTIN, UPC, EAN, or ISBN",
        "variants.price" => "Regular price",
        "variants.sale.price" => "Sale price",
        "variants.sale.from" => "Date sale price starts",
        "variants.sale.until" => "Date sale price ends",
        "variants.weight_grams" => "Weight (kg)",
        "variants.max_quantity" => "Sold individually?",
        "variants.low_stock_limit" => "Low stock amount",
        "variants.stock" => "Stock",
        "pictures" | "pictures.key" => "Images",
        "related" => "Upsells",
        field => field,
    }
}

/// A row that is no product by itself, with what is wrong with it.
fn alone(row: &Row, trouble: Trouble) -> Told {
    Told { line: row.line, rows: 1, troubles: vec![trouble], ..Told::default() }
}

impl<'a> File<'a> {
    /// `simple, downloadable, virtual` are three.
    fn is_a(&self, row: &Row, kind: &str) -> bool {
        self.sheet.cell(row, "Type").split(',').any(|named| named.trim().eq_ignore_ascii_case(kind))
    }

    fn is_variation(&self, row: &Row) -> bool {
        self.is_a(row, "variation")
    }

    /// The row that a SKU or `id:741` names.
    fn named(&self, name: &str) -> Option<usize> {
        match name.strip_prefix("id:") {
            Some(id) => self.by_id.get(id.trim()).copied(),
            None => self.by_sku.get(&name.to_lowercase()).copied(),
        }
    }

    /// The names and values of a row's attributes.
    fn attributes(&self, row: &Row) -> Vec<(usize, &'a str, Vec<String>)> {
        let count = self.sheet.names().filter(|name| name.to_lowercase().starts_with("attribute ")).count();
        let attribute = |number: usize| {
            let row = self.rows.iter().find(|other| other.line == row.line)?;
            let name = self.sheet.filled(row, &format!("Attribute {number} name"))?;
            let cell = self.sheet.cell(row, &format!("Attribute {number} value(s)"));
            let values = lists::split(cell, ',').into_iter().filter(|value| !value.is_empty()).collect();
            Some((number, name, values))
        };
        (1..=count).filter_map(attribute).collect()
    }

    /// Other goods that are shown beside one.
    fn related(&self, row: &Row) -> Option<Vec<Reference>> {
        let columns = ["Upsells", "Cross-sells"];
        if !columns.iter().any(|column| self.sheet.has(column)) {
            return None;
        }
        let mut related = Vec::new();
        for name in columns.iter().flat_map(|column| lists::split(self.sheet.cell(row, column), ',')) {
            let sku = match name.strip_prefix("id:") {
                None => Some(name.clone()).filter(|name| !name.is_empty()),
                Some(_) => self.named(&name).and_then(|at| self.sheet.filled(&self.rows[at], "SKU")).map(str::to_owned),
            };
            related.extend(sku.map(|sku| Reference::Sku(self.sold_as(&sku))));
        }
        Some(related)
    }

    /// A product of several variations is named here by the SKU of its first.
    fn sold_as(&self, sku: &str) -> String {
        let parent = self.named(sku).filter(|at| self.is_a(&self.rows[*at], "variable"));
        let first = parent.and_then(|parent| {
            let is_child =
                |row: &&Row| self.is_variation(row) && self.named(self.sheet.cell(row, "Parent")) == Some(parent);
            self.rows.iter().filter(is_child).find_map(|row| self.sheet.filled(row, "SKU"))
        });
        first.unwrap_or(sku).to_owned()
    }

    /// The attributes in which the variations differ, each with the values of its parent.
    fn options(&self, parent: &Row, children: &[&Row]) -> Vec<ToldOption> {
        let mut options: Vec<ToldOption> = Vec::new();
        let of_children: Vec<String> =
            children.iter().flat_map(|row| self.attributes(row)).map(|(_, name, _)| name.to_lowercase()).collect();
        for (number, name, values) in self.attributes(parent) {
            if !of_children.contains(&name.to_lowercase()) {
                self.sheet.leave(parent, &format!("Attribute {number} value(s)"), Message::AttributeIsNoChoice);
                continue;
            }
            let mut option =
                ToldOption { name: Words::of(self.context.locale, name), values: Vec::new(), is_whole: false };
            for value in values {
                option.place_of(Words::of(self.context.locale, value));
            }
            options.push(option);
        }
        options
    }
}

#[cfg(test)]
mod tests;
