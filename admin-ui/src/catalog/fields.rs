//! Fields of a product by their paths: what people call them, and how their values are read.

use domain::catalog::Difference;
use domain::locale::Locale;
use domain::money::Money;
use serde_json::Value;
use yew::prelude::*;

use super::editor::{EditorText, language};
use super::texts::BulkText;
use super::words::status_name;
use crate::desk::Desk;

/// The field at the end of a path, with its language: `Nama (Inggris)`.
pub(super) fn field_at(rest: &[&str], locale: Locale) -> String {
    let (field, language_of) = match rest {
        [field, word] => (*field, word.parse::<Locale>().ok()),
        [field] => (*field, None),
        _ => ("", None),
    };
    let field = field_word(field).text(locale);
    language_of.map_or(field.clone(), |word| format!("{field} ({})", language(word, locale)))
}

/// The same for the whole path of a difference, without the name of its row.
pub(super) fn field_of(path: &[String], locale: Locale) -> String {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["options", ..] => EditorText::Options.text(locale),
        ["variants", "order"] => EditorText::Variants.text(locale),
        ["pictures", ..] => EditorText::Pictures.text(locale),
        ["variants", _, rest @ ..] => field_at(rest, locale),
        rest => field_at(rest, locale),
    }
}

/// A difference in a line; variants are called by their SKUs.
pub(super) fn change_line(difference: &Difference, skus: &[(String, String)], desk: &Desk) -> Html {
    let value = |value: Option<&Value>| shown(value, &difference.path, desk);
    let (before, after) = (value(difference.before.as_ref()), value(difference.after.as_ref()));
    let field = field_of(&difference.path, desk.locale);
    let row = difference.path.get(1).filter(|_| difference.path.first().is_some_and(|list| list == "variants"));
    let sku = skus.iter().find(|(name, _)| row == Some(name)).filter(|_| skus.len() > 1);
    let field = sku.map_or(field.clone(), |(_, sku)| format!("{sku} · {field}"));
    line(field, before, after, desk)
}

/// A field with what it was and what it becomes.
pub(super) fn line(field: String, before: String, after: String, desk: &Desk) -> Html {
    // An arrow says nothing to who listens.
    let spoken = BulkText::Becomes { before: before.clone(), after: after.clone() }.text(desk.locale);
    html! {
        <li>
            <span class="change-field">{ field }</span>
            <span class="unseen">{ spoken }</span>
            <span aria-hidden="true"><del>{ before }</del><ins>{ after }</ins></span>
        </li>
    }
}

fn field_word(field: &str) -> EditorText {
    match field {
        "slug" => EditorText::Slug,
        "name" => EditorText::Name,
        "description" => EditorText::Description,
        "category" => EditorText::Category,
        "status" => EditorText::Status,
        "publish_at" => EditorText::PublishAt,
        "tax_class" => EditorText::TaxClass,
        "seo_title" => EditorText::SeoTitle,
        "seo_text" => EditorText::SeoText,
        "note" => EditorText::Note,
        "related" => EditorText::Related,
        "value" | "values" => EditorText::Value,
        "swatch" => EditorText::Colour,
        "sku" => EditorText::Sku,
        "barcode" => EditorText::Barcode,
        "price" => EditorText::Price,
        "compare_at_price" => EditorText::CompareAt,
        "cost" => EditorText::Cost,
        "sale" => EditorText::SalePrice,
        "weight_grams" => EditorText::Weight,
        "min_quantity" => EditorText::Fewest,
        "max_quantity" => EditorText::Most,
        "low_stock_limit" => EditorText::WarnAt,
        "alt" => EditorText::AltText,
        "centre" => EditorText::CentreWord,
        "shows" => EditorText::Shows,
        "picture" => EditorText::Picture,
        _ => EditorText::OtherField,
    }
}

/// A value as people read it.
pub(super) fn shown(value: Option<&Value>, path: &[String], desk: &Desk) -> String {
    let nothing = || EditorText::Nothing.text(desk.locale);
    let field = path.iter().rev().find(|name| name.parse::<Locale>().is_err()).map(String::as_str).unwrap_or_default();
    let money = |value: &Value| value.as_i64().map(|minor| desk.money(Money::minor(minor)));
    match value {
        None | Some(Value::Null) => nothing(),
        Some(Value::String(text)) if text.is_empty() => nothing(),
        Some(Value::String(text)) if field == "status" => match text.parse() {
            Ok(status) => status_name(status).text(desk.locale),
            Err(_) => text.clone(),
        },
        Some(Value::String(text)) if field == "publish_at" => match text.parse() {
            Ok(at) => desk.calendar().full(at),
            Err(_) => text.clone(),
        },
        Some(Value::String(text)) => text.clone(),
        Some(value) if matches!(field, "price" | "compare_at_price" | "cost") => money(value).unwrap_or_else(nothing),
        Some(value) if field == "sale" => value.get("price").and_then(money).unwrap_or_else(nothing),
        Some(value) if field == "centre" => {
            let part = |name: &str| value.get(name).and_then(Value::as_u64).unwrap_or_default() / 10;
            format!("{} %, {} %", part("x"), part("y"))
        }
        Some(Value::Array(parts)) => EditorText::Parts { count: parts.len() }.text(desk.locale),
        Some(other) => other.to_string(),
    }
}
