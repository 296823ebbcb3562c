//! A product as rows of our own form.

use std::collections::HashMap;

use domain::catalog::{Centre, PictureDocument, ProductDocument, ValueDocument, VariantDocument};
use domain::locale::{Locale, Translated};
use domain::money::{Currency, Money};

use super::{columns, lists};
use crate::imports::{cells, times};

/// A product with the names of what it refers to.
pub(in crate::imports) struct Exported<'a> {
    pub(in crate::imports) document: &'a ProductDocument,
    /// The address of its category, and the names from the top down.
    pub(in crate::imports) category: Option<(&'a str, Vec<&'a Translated>)>,
    /// The addresses of the products that are shown beside it.
    pub(in crate::imports) related: Vec<&'a str>,
    /// Units on the shelf, by variant.
    pub(in crate::imports) on_hand: Vec<u32>,
}

/// The names of the columns.
pub(in crate::imports) fn header() -> Vec<&'static str> {
    columns::all().collect()
}

/// The rows of a product, under those columns.
pub(in crate::imports) fn rows(exported: &Exported<'_>, currency: Currency) -> Vec<Vec<String>> {
    let document = exported.document;
    let count = document.variants.len().max(document.pictures.len());
    let rows = (0..count).map(|at| {
        let mut row = Cells::default();
        row.text("product", &document.slug);
        if at == 0 {
            product(&mut row, exported);
        }
        if let Some(one) = document.variants.get(at) {
            variant(&mut row, document, one, currency);
            let on_hand = exported.on_hand.get(at).copied().unwrap_or_default().to_string();
            row.plain("stock", on_hand.clone());
            row.plain("stock_at_export", on_hand);
        }
        if let Some(one) = document.pictures.get(at) {
            picture(&mut row, document, one);
        }
        row.in_order()
    });
    rows.collect()
}

/// The cells of a row, by column.
#[derive(Default)]
struct Cells(HashMap<String, String>);

impl Cells {
    fn plain(&mut self, column: &str, cell: impl Into<String>) {
        self.0.insert(column.to_owned(), cell.into());
    }

    fn text(&mut self, column: &str, text: &str) {
        self.plain(column, cells::harmless(text));
    }

    fn words(&mut self, column: &str, text: &Translated) {
        for locale in Locale::ALL {
            self.text(&format!("{column}:{}", locale.as_str()), text.wording(*locale));
        }
    }

    fn in_order(mut self) -> Vec<String> {
        columns::all().map(|column| self.0.remove(column).unwrap_or_default()).collect()
    }
}

fn product(row: &mut Cells, exported: &Exported<'_>) {
    let document = exported.document;
    row.words("name", &document.name);
    row.words("description", &document.description);
    row.words("seo_title", &document.seo_title);
    row.words("seo_text", &document.seo_text);
    if let Some((slug, path)) = &exported.category {
        row.text("category", slug);
        let names = |locale| lists::path_of(path.iter().map(|name| name.wording(locale)));
        row.words("category_path", &Translated::of(names));
    }
    row.plain("status", document.status.as_str());
    row.plain("publish_at", document.publish_at.map(times::written).unwrap_or_default());
    row.text("tax_class", document.tax_class.as_ref().map_or("", |class| class.as_str()));
    row.text("note", &document.note);
    row.text("related", &lists::joined(exported.related.iter().copied()));
    for (number, option) in (1..).zip(&document.options) {
        row.words(&format!("option{number}"), &option.name);
        let values = |locale| lists::joined(option.values.iter().map(|value| value.value.wording(locale)));
        row.words(&format!("option{number}_values"), &Translated::of(values));
        let swatch = |value: &'_ ValueDocument| value.swatch.clone().unwrap_or_default();
        let swatches: Vec<String> = option.values.iter().map(swatch).collect();
        row.text(&format!("option{number}_swatches"), &lists::joined(swatches.iter().map(String::as_str)));
    }
}

fn variant(row: &mut Cells, document: &ProductDocument, variant: &VariantDocument, currency: Currency) {
    let money = |money: Option<Money>| money.map(|money| amount(money, currency)).unwrap_or_default();
    row.text("sku", &variant.sku);
    row.text("barcode", &variant.barcode);
    for ((number, option), value) in (1..).zip(&document.options).zip(&variant.values) {
        if let Some(value) = option.values.get(*value) {
            row.words(&format!("option{number}_value"), &value.value);
        }
    }
    row.plain("price", money(Some(variant.price)));
    row.plain("compare_at_price", money(variant.compare_at_price));
    row.plain("cost", money(variant.cost));
    row.plain("sale_price", money(variant.sale.map(|sale| sale.price)));
    let time = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(times::written).unwrap_or_default();
    row.plain("sale_from", time(variant.sale.and_then(|sale| sale.from)));
    row.plain("sale_until", time(variant.sale.and_then(|sale| sale.until)));
    row.plain("weight_grams", variant.weight_grams.to_string());
    row.plain("min_quantity", variant.min_quantity.to_string());
    row.plain("max_quantity", variant.max_quantity.to_string());
    row.plain("low_stock_limit", variant.low_stock_limit.to_string());
    let picture = variant.picture.and_then(|at| document.pictures.get(at));
    row.text("variant_picture", picture.map_or("", |picture| &picture.key));
}

fn picture(row: &mut Cells, document: &ProductDocument, picture: &PictureDocument) {
    row.text("picture", &picture.key);
    row.words("picture_alt", &picture.alt);
    if picture.centre != Centre::default() {
        row.plain("picture_centre", format!("x{} y{}", picture.centre.x, picture.centre.y));
    }
    let Some((option, value)) = picture.shows else { return };
    if let Some(value) = document.options.get(option).and_then(|option| option.values.get(value)) {
        let number = (option + 1).to_string();
        let words = std::iter::once(number.as_str()).chain(value.value.each());
        row.text("picture_shows", &lists::joined(words));
    }
}

/// Digits with a point before the decimals, and none between thousands: `1290.00`.
fn amount(money: Money, currency: Currency) -> String {
    let width = currency.decimals() as usize;
    if width == 0 {
        return money.get().to_string();
    }
    let digits = format!("{:0fewest$}", money.get(), fewest = width + 1);
    let (whole, fraction) = digits.split_at(digits.len() - width);
    format!("{whole}.{fraction}")
}
