//! A file of products, read whole: what it tells, and what of it has no place.

use std::collections::HashMap;

use domain::imports::{Encoding, FileColumn, FileForm, LeftOut, Separator, Trouble};
use domain::message::Message;
use domain::text::{Sku, TaxClassKey};

use super::goods::{Context, Told};
use super::sheet::Sheet;
use super::table::Table;
use super::{encoding, own, sheet, shopify, table, woocommerce};
use crate::error::{Error, Result};
use crate::{Shop, settings};

/// A file that was read.
#[derive(Clone, Debug)]
pub struct GoodsFile {
    pub(super) form: FileForm,
    pub(super) encoding: Encoding,
    pub(super) separator: Separator,
    pub(super) rows: u32,
    pub(super) columns: Vec<FileColumn>,
    /// Why no row says anything, until its columns are told.
    pub(super) lacks: Option<Message>,
    pub(super) told: Vec<Told>,
    pub(super) left_out: Vec<LeftOut>,
    /// Those of the settings.
    pub(super) tax_classes: Vec<TaxClassKey>,
}

/// Which column of a file is which of ours: its name in the file, and ours or nothing for one to leave out.
pub type Mapping = HashMap<String, Option<String>>;

impl GoodsFile {
    /// Whose form it has.
    pub fn form(&self) -> FileForm {
        self.form
    }

    /// How its letters are written.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What stands between its cells.
    pub fn separator(&self) -> Separator {
        self.separator
    }

    /// Rows with something in them.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Its columns, and what they are taken for.
    pub fn columns(&self) -> &[FileColumn] {
        &self.columns
    }

    /// What it calls a field of a document.
    pub(super) fn called(&self, field: &str) -> String {
        called(self.form, &self.columns, field)
    }

    /// Why no row says anything, until its columns are told.
    pub fn lacks(&self) -> Option<&Message> {
        self.lacks.as_ref()
    }
}

/// Reads a file of that form. A file of our own form may have columns of any name: `mapping` says what they are.
///
/// `Unusable` with a sentence that says what to do when it is no such file; what is wrong with single rows comes with them.
pub async fn read(shop: &Shop, form: FileForm, bytes: Vec<u8>, mapping: Mapping) -> Result<GoodsFile> {
    let file = read_any(shop, Some(form), bytes, mapping).await?;
    match file.lacks {
        None => Ok(file),
        Some(message) => Err(Error::Unusable(message)),
    }
}

/// Reads a file whose form is found out by its columns. One of which no column is known is ours, and `lacks` them.
pub async fn read_found(shop: &Shop, bytes: Vec<u8>, mapping: Mapping) -> Result<GoodsFile> {
    read_any(shop, None, bytes, mapping).await
}

async fn read_any(shop: &Shop, form: Option<FileForm>, bytes: Vec<u8>, mapping: Mapping) -> Result<GoodsFile> {
    let settings = settings::get(shop).await?;
    let context = Context {
        currency: settings.currency,
        locale: settings.locale,
        utc_offset_minutes: settings.utc_offset_minutes,
        tax_classes: settings.tax.classes.iter().map(|class| class.key.clone()).collect(),
    };
    let read = move || read_now(form, &bytes, &mapping, &context);
    tokio::task::spawn_blocking(read).await.map_err(Error::internal)?.map_err(Error::Unusable)
}

/// What a file calls a field of a document; of a column that it does not have, what its form calls it.
fn called(form: FileForm, columns: &[FileColumn], field: &str) -> String {
    let name = match form {
        FileForm::Products => own::column(field),
        FileForm::Shopify => shopify::column(field),
        FileForm::WooCommerce => woocommerce::column(field),
    };
    // A text has a column in each language, and a category one for its names.
    let is_of =
        |ours: &str, name: &str| ours.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
    let find = |name: &str| columns.iter().find(|column| column.ours.as_deref().is_some_and(|ours| is_of(ours, name)));
    let column = find(name).or_else(|| find(if name == "category" { "category_path" } else { name }));
    column.map_or(name, |column| &column.name).to_owned()
}

fn read_now(
    form: Option<FileForm>,
    bytes: &[u8],
    mapping: &Mapping,
    context: &Context,
) -> std::result::Result<GoodsFile, Message> {
    let (text, encoding) = encoding::decode(bytes)?;
    let table = table::read(&text)?;
    let form = form.unwrap_or_else(|| form_of(&table));
    let ours = |column: &str| match (form, mapping.get(column)) {
        (FileForm::Products, Some(Some(ours))) => own::columns::named(ours, context.locale),
        // A name that no reader asks for.
        (FileForm::Products, Some(None)) => Some(format!("\u{0}{column}")),
        (FileForm::Products, None) => own::columns::named(column, context.locale),
        (FileForm::Shopify | FileForm::WooCommerce, _) => None,
    };
    let columns = columns_of(&table, |column| ours(column).filter(|name| !name.starts_with('\u{0}')));
    let sheet = Sheet::of(&table, ours);
    let missing = match form {
        FileForm::Products => None,
        FileForm::Shopify => shopify::missing_column(&sheet),
        FileForm::WooCommerce => woocommerce::missing_column(&sheet),
    };
    let lacks = match (sheet.asked_twice(), missing) {
        (Some(column), _) => Some(Message::ColumnTwice { column }),
        (None, Some(column)) => Some(Message::ColumnMissing { column: column.to_owned() }),
        (None, None) if form == FileForm::Products && !own::has_its_columns(&sheet) => Some(Message::NotAProductFile),
        (None, None) => None,
    };
    let mut told = match form {
        _ if lacks.is_some() => Vec::new(),
        FileForm::Products => own::read(&table, &sheet, context),
        FileForm::Shopify => shopify::read(&table, &sheet, context),
        FileForm::WooCommerce => woocommerce::read(&table, &sheet, context),
    };
    note_repeated_skus(&mut told, &called(form, &columns, "variants.sku"));
    note_repeated_names(&mut told, &called(form, &columns, "name"));
    let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let left_out = if lacks.is_some() { Vec::new() } else { sheet.left_out(&table.rows) };
    let tax_classes = context.tax_classes.clone();
    let separator = table.separator;
    Ok(GoodsFile { form, encoding, separator, rows, columns, lacks, told, left_out, tax_classes })
}

/// Whose form it is, by the columns that the others do not have.
fn form_of(table: &Table) -> FileForm {
    let sheet = Sheet::of(table, |_| None);
    if shopify::missing_column(&sheet).is_none() {
        FileForm::Shopify
    } else if woocommerce::missing_column(&sheet).is_none() {
        FileForm::WooCommerce
    } else {
        FileForm::Products
    }
}

/// Every column that has a name, with the first thing that stands in it.
fn columns_of(table: &Table, ours: impl Fn(&str) -> Option<String>) -> Vec<FileColumn> {
    let named = table.columns.iter().enumerate().filter(|(_, name)| !name.is_empty());
    named
        .map(|(place, name)| {
            let mut cells = table.rows.iter().filter_map(|row| row.cells.get(place));
            let example = cells.find(|cell| !domain::text::is_empty(cell)).map(|cell| sheet::example(cell));
            FileColumn { name: name.clone(), ours: ours(name), example: example.unwrap_or_default() }
        })
        .collect()
}

/// What has neither address nor SKU is known by its name: the first keeps it.
fn note_repeated_names(told: &mut [Told], column: &str) {
    let mut lines: HashMap<String, u32> = HashMap::new();
    for told in told {
        let is_named_otherwise =
            told.variants.iter().any(|variant| variant.sku.as_deref().is_some_and(|sku| !sku.is_empty()));
        let name = told.name.any().to_lowercase();
        if !told.slug.is_empty() || is_named_otherwise || name.is_empty() {
            continue;
        }
        match lines.get(&name) {
            Some(line) => {
                told.troubles.push(Trouble::new(told.line, column, Message::ProductTwiceInFile { line: *line }))
            }
            None => drop(lines.insert(name, told.line)),
        }
    }
}

/// One SKU is one variant: the first product that has it keeps it.
fn note_repeated_skus(told: &mut [Told], column: &str) {
    let mut lines: HashMap<Sku, (usize, u32)> = HashMap::new();
    for (at, told) in told.iter_mut().enumerate() {
        let mut repeated = Vec::new();
        for variant in &told.variants {
            let Some(sku) = variant.sku.as_deref().and_then(|sku| Sku::typed(sku).ok()) else { continue };
            match lines.get(&sku) {
                // Within a product its own rule tells it.
                Some((other, _)) if *other == at => {}
                Some((_, line)) => {
                    let message = Message::SkuTwiceInFile { line: *line };
                    repeated.push(Trouble::new(variant.line, column, message));
                }
                None => drop(lines.insert(sku, (at, variant.line))),
            }
        }
        told.troubles.append(&mut repeated);
    }
}
