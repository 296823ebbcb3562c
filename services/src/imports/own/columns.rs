//! The columns of our own form, and the words that people use for them.

use domain::locale::Locale;

/// What a product has once; further rows of it leave these empty.
pub(in crate::imports) const OF_PRODUCT: [&str; 30] = [
    "name:id",
    "name:en",
    "description:id",
    "description:en",
    "category",
    "category_path:id",
    "category_path:en",
    "status",
    "publish_at",
    "tax_class",
    "seo_title:id",
    "seo_title:en",
    "seo_text:id",
    "seo_text:en",
    "note",
    "related",
    "option1:id",
    "option1:en",
    "option1_values:id",
    "option1_values:en",
    "option1_swatches",
    "option2:id",
    "option2:en",
    "option2_values:id",
    "option2_values:en",
    "option2_swatches",
    "option3:id",
    "option3:en",
    "option3_values:id",
    "option3_values:en",
];

/// What each variant has.
pub(in crate::imports) const OF_VARIANT: [&str; 21] = [
    "sku",
    "option1_value:id",
    "option1_value:en",
    "option2_value:id",
    "option2_value:en",
    "option3_value:id",
    "option3_value:en",
    "barcode",
    "price",
    "compare_at_price",
    "cost",
    "sale_price",
    "sale_from",
    "sale_until",
    "weight_grams",
    "min_quantity",
    "max_quantity",
    "low_stock_limit",
    "stock",
    "stock_at_export",
    "variant_picture",
];

/// What each picture has.
pub(in crate::imports) const OF_PICTURE: [&str; 5] =
    ["picture", "picture_alt:id", "picture_alt:en", "picture_centre", "picture_shows"];

/// Columns that are written in each language.
const TRANSLATED: [&str; 15] = [
    "name",
    "description",
    "category_path",
    "seo_title",
    "seo_text",
    "option1",
    "option2",
    "option3",
    "option1_values",
    "option2_values",
    "option3_values",
    "option1_value",
    "option2_value",
    "option3_value",
    "picture_alt",
];

/// Words for columns, in small letters with one blank between them.
const OTHER_WORDS: [(&str, &str); 47] = [
    ("handle", "product"),
    ("slug", "product"),
    ("alamat", "product"),
    ("produk", "product"),
    ("nama", "name"),
    ("nama produk", "name"),
    ("product name", "name"),
    ("title", "name"),
    ("judul", "name"),
    ("deskripsi", "description"),
    ("keterangan", "description"),
    ("kategori", "category_path"),
    ("category name", "category_path"),
    ("kelas pajak", "tax_class"),
    ("tax class", "tax_class"),
    ("tayang", "publish_at"),
    ("publish at", "publish_at"),
    ("catatan", "note"),
    ("notes", "note"),
    ("kode", "sku"),
    ("kode produk", "sku"),
    ("kode barang", "sku"),
    ("ean", "barcode"),
    ("gtin", "barcode"),
    ("upc", "barcode"),
    ("kode batang", "barcode"),
    ("harga", "price"),
    ("harga jual", "price"),
    ("harga coret", "compare_at_price"),
    ("compare at", "compare_at_price"),
    ("compare at price", "compare_at_price"),
    ("harga modal", "cost"),
    ("modal", "cost"),
    ("harga promo", "sale_price"),
    ("sale price", "sale_price"),
    ("berat", "weight_grams"),
    ("berat (g)", "weight_grams"),
    ("berat (gram)", "weight_grams"),
    ("weight (g)", "weight_grams"),
    ("stok", "stock"),
    ("quantity", "stock"),
    ("jumlah", "stock"),
    ("minimal pembelian", "min_quantity"),
    ("maksimal pembelian", "max_quantity"),
    ("gambar", "picture"),
    ("foto", "picture"),
    ("image", "picture"),
];

/// The name by which a column is asked for, whatever word the file has for it; nothing for one that nobody knows.
///
/// A text without a language is in the shop's.
pub(in crate::imports) fn named(column: &str, locale: Locale) -> Option<String> {
    let column = column.trim().to_lowercase();
    let spaced = column.replace('_', " ");
    let plain = OTHER_WORDS.iter().find(|(word, _)| *word == spaced).map_or(column.as_str(), |(_, name)| name);
    if TRANSLATED.contains(&plain) {
        return Some(format!("{plain}:{}", locale.as_str()));
    }
    is_known(plain).then(|| plain.to_owned())
}

/// All columns in the order in which they are written.
pub(in crate::imports) fn all() -> impl Iterator<Item = &'static str> {
    let product = std::iter::once("product").chain(OF_PRODUCT).chain(std::iter::once("option3_swatches"));
    product.chain(OF_VARIANT).chain(OF_PICTURE)
}

fn is_known(column: &str) -> bool {
    all().any(|known| known == column)
}
