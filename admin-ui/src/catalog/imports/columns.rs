//! The columns of a file of one's own, and what each is taken for.

use std::collections::BTreeMap;

use domain::imports::FileColumn;
use domain::locale::Locale;
use yew::prelude::*;

use super::texts::ImportText;
use crate::desk::use_desk;
use crate::kit::{Button, Card, Choose, choices, use_form};

/// What a column can be, by our own name for it.
const OURS: [&str; 25] = [
    "product",
    "name:id",
    "name:en",
    "description:id",
    "description:en",
    "category_path:id",
    "category_path:en",
    "status",
    "sku",
    "barcode",
    "price",
    "compare_at_price",
    "cost",
    "sale_price",
    "sale_from",
    "sale_until",
    "stock",
    "weight_grams",
    "min_quantity",
    "max_quantity",
    "low_stock_limit",
    "tax_class",
    "note",
    "picture",
    "related",
];

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ColumnsCardProps {
    pub(super) columns: Vec<FileColumn>,
    /// Whether nothing can be taken in before they are told.
    pub(super) is_needed: bool,
    pub(super) on_map: Callback<BTreeMap<String, Option<String>>>,
}

/// A choice for each column. Columns that are known need none, and are folded away until something is missing.
#[component]
pub(super) fn ColumnsCard(props: &ColumnsCardProps) -> Html {
    let locale = use_desk().locale;
    let form =
        use_form(|| props.columns.iter().map(|column| column.ours.clone().unwrap_or_default()).collect::<Vec<_>>());
    let unknown = props.columns.iter().filter(|column| column.ours.is_none()).count();
    let apply = {
        let (form, columns, on_map) = (form.clone(), props.columns.clone(), props.on_map.clone());
        Callback::from(move |_: MouseEvent| {
            let chosen = columns
                .iter()
                .zip(form.draft())
                .map(|(column, ours)| (column.name.clone(), Some(ours.clone()).filter(|ours| !ours.is_empty())));
            on_map.emit(chosen.collect());
        })
    };
    let row = |at: usize, column: &FileColumn| {
        let on_choose = form.change(move |draft: &mut Vec<String>, ours: String| {
            if let Some(place) = draft.get_mut(at) {
                *place = ours;
            }
        });
        let chosen = form.draft().get(at).cloned().unwrap_or_default();
        html! {
            <div class="column-row">
                <Choose id={format!("column-{at}")} label={column.name.clone()} choices={choices(offered(column, locale))}
                    {chosen} {on_choose} hint={(!column.example.is_empty()).then(|| AttrValue::from(column.example.clone()))} />
            </div>
        }
    };
    let title = if unknown > 0 { ImportText::ColumnsUnknown { count: unknown } } else { ImportText::Columns };
    html! {
        <Card id="import-columns" class="setting" title={title.text(locale)}>
            <details open={props.is_needed}>
                <summary>{ ImportText::ColumnsHint.text(locale) }</summary>
                <div class="column-rows">
                    for (at, column) in props.columns.iter().enumerate() { { row(at, column) } }
                </div>
                <Button id="map-columns" text={ImportText::UseColumns.text(locale)} onclick={apply} />
            </details>
        </Card>
    }
}

/// What can be chosen for a column, and what the file itself calls one of ours.
fn offered(column: &FileColumn, locale: Locale) -> Vec<(String, String)> {
    let mut offered = vec![(String::new(), ImportText::LeaveColumnOut.text(locale))];
    offered.extend(OURS.iter().map(|ours| ((*ours).to_owned(), name_of(ours, locale))));
    if let Some(other) = column.ours.as_ref().filter(|ours| !OURS.contains(&ours.as_str())) {
        offered.push((other.clone(), other.clone()));
    }
    offered
}

fn name_of(ours: &str, locale: Locale) -> String {
    let (id, en) = match ours {
        "product" => ("Alamat produk", "Handle"),
        "name:id" => ("Nama (Indonesia)", "Name (Indonesian)"),
        "name:en" => ("Nama (Inggris)", "Name (English)"),
        "description:id" => ("Deskripsi (Indonesia)", "Description (Indonesian)"),
        "description:en" => ("Deskripsi (Inggris)", "Description (English)"),
        "category_path:id" => ("Kategori (Indonesia)", "Category (Indonesian)"),
        "category_path:en" => ("Kategori (Inggris)", "Category (English)"),
        "status" => ("Status", "Status"),
        "sku" => ("SKU", "SKU"),
        "barcode" => ("Barcode", "Barcode"),
        "price" => ("Harga", "Price"),
        "compare_at_price" => ("Harga coret", "Compare-at price"),
        "cost" => ("Modal", "Cost"),
        "sale_price" => ("Harga promo", "Sale price"),
        "sale_from" => ("Promo mulai", "Sale starts"),
        "sale_until" => ("Promo berakhir", "Sale ends"),
        "stock" => ("Stok", "Stock"),
        "weight_grams" => ("Berat (gram)", "Weight (grams)"),
        "min_quantity" => ("Minimal pembelian", "Fewest per order"),
        "max_quantity" => ("Maksimal pembelian", "Most per order"),
        "low_stock_limit" => ("Peringatan stok", "Low stock warning"),
        "tax_class" => ("Golongan pajak", "Tax class"),
        "note" => ("Catatan untuk staf", "Note to staff"),
        "picture" => ("Gambar", "Picture"),
        "related" => ("Produk terkait", "Related products"),
        other => return other.to_owned(),
    };
    match locale {
        Locale::Indonesian => id,
        Locale::English => en,
    }
    .to_owned()
}
