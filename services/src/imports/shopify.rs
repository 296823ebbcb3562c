//! The product export of Shopify: a row for each variant and each further picture, named by the product's handle.

use std::collections::HashMap;

use domain::catalog::ProductStatus;
use domain::inventory::MOST_UNITS;
use domain::message::Message;
use domain::text::Slug;

use super::amounts::{self, WeightUnit};
use super::goods::{Context, Told, ToldCategory, ToldOption, ToldPicture, ToldStock, ToldVariant, Words};
use super::markup;
use super::sheet::Sheet;
use super::table::{Row, Table};

/// What a product without options has as its only one.
const NO_OPTION: (&str, &str) = ("Title", "Default Title");
/// The columns that a variant fills.
const OF_VARIANT: [&str; 6] =
    ["Option1 Value", "Option2 Value", "Option3 Value", "Variant SKU", "Variant Price", "Variant Inventory Qty"];

/// Reads every row.
pub(super) fn read(table: &Table, sheet: &Sheet, context: &Context) -> Vec<Told> {
    let mut groups: Vec<Vec<&Row>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for row in &table.rows {
        let handle = sheet.cell(row, "Handle");
        match places.get(handle).filter(|_| !handle.is_empty()) {
            Some(at) => groups[*at].push(row),
            None => {
                places.insert(handle, groups.len());
                groups.push(vec![row]);
            }
        }
    }
    groups.iter().map(|rows| product(rows, sheet, context)).collect()
}

/// Whether the columns are those of a product export of Shopify.
pub(super) fn missing_column(sheet: &Sheet) -> Option<&'static str> {
    ["Handle", "Title", "Variant Price"].into_iter().find(|column| !sheet.has(column))
}

/// What Shopify calls a field of a document.
pub(super) fn column(field: &str) -> &str {
    match field {
        "slug" => "Handle",
        "name" => "Title",
        "description" => "Body (HTML)",
        "category" => "Type",
        "status" => "Status",
        "seo_title" => "SEO Title",
        "seo_text" => "SEO Description",
        "options" | "options.name" | "options.id" => "Option1 Name",
        "options.values" | "options.values.value" | "options.values.id" | "variants.values" => "Option1 Value",
        "variants" | "variants.sku" => "Variant SKU",
        "variants.barcode" => "Variant Barcode",
        "variants.price" => "Variant Price",
        "variants.compare_at_price" => "Variant Compare At Price",
        "variants.cost" => "Cost per item",
        "variants.weight_grams" => "Variant Grams",
        "variants.stock" => "Variant Inventory Qty",
        "pictures" | "pictures.key" => "Image Src",
        "pictures.alt" => "Image Alt Text",
        field => field,
    }
}

fn product(rows: &[&Row], sheet: &Sheet, context: &Context) -> Told {
    let Some(first) = rows.iter().find(|row| sheet.filled(row, "Title").is_some()).or(rows.first()) else {
        return Told::default();
    };
    let line = rows.first().map_or(0, |row| row.line);
    let mut told = Told { line, rows: u32::try_from(rows.len()).unwrap_or(u32::MAX), ..Told::default() };
    let handle = Slug::parse(&sheet.cell(first, "Handle").to_lowercase()).map(String::from);
    told.slug = told.take(line, "Handle", handle).unwrap_or_default();

    let text = |column: &str| {
        let cell = sheet.told(first, column).map(str::to_owned);
        cell.map(|cell| Words::of(context.locale, cell)).unwrap_or_default()
    };
    told.name = text("Title");
    told.seo_title = text("SEO Title");
    told.seo_text = text("SEO Description");
    if let Some(html) = sheet.told(first, "Body (HTML)") {
        let (description, lost) = markup::markdown(html);
        for what in lost {
            sheet.leave(first, "Body (HTML)", Message::MarkupLeftOut { what });
        }
        told.description = Words::of(context.locale, description);
    }
    told.category = category(first, sheet, context);
    told.status = status(first, sheet, &mut told);
    told.options = Some(options(rows, first, sheet, context));
    told.pictures = Some(pictures(rows, sheet, context));
    for row in rows.iter().filter(|row| row.line == first.line || is_variant(row, sheet)) {
        let variant = variant(row, sheet, context, &mut told);
        told.variants.push(variant);
    }
    for row in rows.iter().filter(|row| !row.beyond.is_empty()) {
        told.take::<()>(row.line, "", Err(Message::BeyondTheColumns));
    }
    told
}

fn is_variant(row: &Row, sheet: &Sheet) -> bool {
    OF_VARIANT.iter().any(|column| sheet.filled(row, column).is_some())
}

/// The merchant's own type, or else the end of Shopify's path: `Apparel & Accessories > Clothing > Shirts`.
fn category(row: &Row, sheet: &Sheet, context: &Context) -> Option<ToldCategory> {
    let standard = ["Product Category", "Standardized Product Type"];
    let path = standard.iter().find_map(|column| sheet.filled(row, column).map(|path| (*column, path)));
    let own = ["Type", "Custom Product Type"].iter().find_map(|column| sheet.filled(row, column));
    if own.is_some()
        && let Some((column, _)) = path
    {
        sheet.leave(row, column, Message::OnlyOneCategory);
    }
    let name = own.or_else(|| path.and_then(|(_, path)| path.rsplit('>').next().map(str::trim)))?;
    Some(ToldCategory { slug: String::new(), path: vec![Words::of(context.locale, name)] })
}

/// What was not published is a draft, and so is what is no parcel.
fn status(row: &Row, sheet: &Sheet, told: &mut Told) -> Option<ProductStatus> {
    let published = sheet.filled(row, "Published").map(str::to_lowercase);
    let status = match sheet.filled(row, "Status").map(str::to_lowercase).as_deref() {
        None | Some("active") if published.as_deref() == Some("false") => ProductStatus::Draft,
        None | Some("active") => ProductStatus::Active,
        Some("draft" | "unlisted") => ProductStatus::Draft,
        Some("archived") => ProductStatus::Archived,
        Some(_) => return told.take(row.line, "Status", Err(Message::NotAStatus)),
    };
    if sheet.cell(row, "Gift Card").eq_ignore_ascii_case("true") {
        sheet.leave(row, "Gift Card", Message::DraftAsNoParcel);
        return Some(ProductStatus::Draft);
    }
    Some(status)
}

fn options(rows: &[&Row], first: &Row, sheet: &Sheet, context: &Context) -> Vec<ToldOption> {
    let mut options = Vec::new();
    for number in 1..=3 {
        let value_of = |row: &Row| sheet.filled(row, &format!("Option{number} Value")).map(str::to_owned);
        sheet.expect(first, &format!("Option{number} Linked To"), &[]);
        let Some(name) = sheet.filled(first, &format!("Option{number} Name")) else { continue };
        if (name, value_of(first).as_deref()) == (NO_OPTION.0, Some(NO_OPTION.1)) {
            continue;
        }
        let mut option = ToldOption { name: Words::of(context.locale, name), ..ToldOption::default() };
        for value in rows.iter().filter_map(|row| value_of(row)) {
            option.place_of(Words::of(context.locale, value));
        }
        options.push(option);
    }
    options
}

fn pictures(rows: &[&Row], sheet: &Sheet, context: &Context) -> Vec<ToldPicture> {
    let mut pictures: Vec<(u32, ToldPicture)> = Vec::new();
    let mut add = |row: &Row, column: &str, position: u32, alt: Words| {
        let Some(source) = sheet.filled(row, column) else { return };
        if pictures.iter().all(|(_, picture)| picture.source != source) {
            let picture = ToldPicture { line: row.line, source: source.to_owned(), alt, ..ToldPicture::default() };
            pictures.push((position, picture));
        }
    };
    for row in rows {
        let position = sheet.cell(row, "Image Position").parse().unwrap_or(u32::MAX - 1);
        let alt = sheet.told(row, "Image Alt Text").map(|alt| Words::of(context.locale, alt)).unwrap_or_default();
        add(row, "Image Src", position, alt);
    }
    for row in rows {
        add(row, "Variant Image", u32::MAX, Words::default());
    }
    pictures.sort_by_key(|(position, _)| *position);
    pictures.into_iter().map(|(_, picture)| picture).collect()
}

fn variant(row: &Row, sheet: &Sheet, context: &Context, told: &mut Told) -> ToldVariant {
    let line = row.line;
    let money = |cell: &str| amounts::money(cell, context.currency);
    let mut variant = ToldVariant { line, ..ToldVariant::default() };
    variant.sku = sheet.filled(row, "Variant SKU").map(str::to_owned);
    variant.barcode = sheet.told(row, "Variant Barcode").map(|code| code.trim_start_matches('\'').to_owned());
    for (at, option) in told.options.clone().unwrap_or_default().iter().enumerate() {
        let column = format!("Option{} Value", at + 1);
        let words = Words::of(context.locale, sheet.cell(row, &column));
        let place = option.values.iter().position(|value| words.fits(&value.value.alone()));
        variant.values.push(told.take(line, &column, place.ok_or(Message::Required)).unwrap_or_default());
    }
    if let Some(cell) = sheet.filled(row, "Variant Price") {
        variant.price = told.take(line, "Variant Price", money(cell));
    }
    if let Some(cell) = sheet.told(row, "Variant Compare At Price") {
        let read = if cell.is_empty() { Ok(None) } else { money(cell).map(Some) };
        let former = told.take(line, "Variant Compare At Price", read);
        // Shopify takes any number there, and shows none that is not above the price.
        let is_shown = former.flatten().zip(variant.price).is_none_or(|(former, price)| former > price);
        if !is_shown {
            sheet.leave(row, "Variant Compare At Price", Message::NotAboveThePrice);
        }
        variant.compare_at_price = former.map(|former| former.filter(|_| is_shown));
    }
    if let Some(cell) = sheet.told(row, "Cost per item") {
        let read = if cell.is_empty() { Ok(None) } else { money(cell).map(Some) };
        variant.cost = told.take(line, "Cost per item", read);
    }
    if let Some(cell) = sheet.filled(row, "Variant Grams") {
        variant.weight_grams = told.take(line, "Variant Grams", amounts::grams(cell, WeightUnit::Gram));
    }
    variant.stock = stock(row, sheet, told);
    if let Some(source) = sheet.filled(row, "Variant Image") {
        let pictures = told.pictures.as_deref().unwrap_or_default();
        variant.picture = pictures.iter().position(|picture| picture.source == source).map(Some);
    }
    let matter_of_course: [(&str, &[&str]); 6] = [
        ("Variant Inventory Tracker", &["shopify"]),
        ("Variant Inventory Policy", &["deny"]),
        ("Variant Fulfillment Service", &["manual"]),
        ("Variant Requires Shipping", &["true"]),
        ("Variant Taxable", &["true"]),
        ("Variant Weight Unit", &["g", "kg", "lb", "oz"]),
    ];
    for (column, usual) in matter_of_course {
        sheet.expect(row, column, usual);
    }
    sheet.expect(row, "Gift Card", &["true", "false"]);
    variant
}

fn stock(row: &Row, sheet: &Sheet, told: &mut Told) -> Option<ToldStock> {
    let column = "Variant Inventory Qty";
    let units = told.take(row.line, column, amounts::units(sheet.filled(row, column)?, MOST_UNITS))?;
    if units.is_none() {
        sheet.leave(row, column, Message::LessThanNone);
    }
    Some(ToldStock { units: units.unwrap_or_default(), seen: None })
}

#[cfg(test)]
mod tests;
