//! A file of products, read whole: what it tells, and what of it has no place.

use std::collections::HashMap;

use domain::imports::{Encoding, FileForm, LeftOut, Separator, Trouble};
use domain::message::Message;
use domain::text::{Sku, TaxClassKey};

use super::goods::{Context, Told};
use super::sheet::Sheet;
use super::{encoding, own, shopify, table, woocommerce};
use crate::error::{Error, Result};
use crate::{Shop, settings};

/// A file that was read.
#[derive(Clone, Debug)]
pub struct GoodsFile {
    pub(super) form: FileForm,
    pub(super) encoding: Encoding,
    pub(super) separator: Separator,
    pub(super) rows: u32,
    pub(super) told: Vec<Told>,
    pub(super) left_out: Vec<LeftOut>,
    /// Those of the settings.
    pub(super) tax_classes: Vec<TaxClassKey>,
}

/// Which column of a file is which of ours: its name in the file, and ours or nothing for one to leave out.
pub type Mapping = HashMap<String, Option<String>>;

/// Reads a file of that form. A file of our own form may have columns of any name: `mapping` says what they are.
///
/// `Unusable` with a sentence that says what to do when it is no such file; what is wrong with single rows comes with them.
pub async fn read(shop: &Shop, form: FileForm, bytes: Vec<u8>, mapping: Mapping) -> Result<GoodsFile> {
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

/// What a form calls a field of a document.
pub(super) fn column(form: FileForm, field: &str) -> String {
    let name = match form {
        FileForm::Products => own::column(field),
        FileForm::Shopify => shopify::column(field),
        FileForm::WooCommerce => woocommerce::column(field),
    };
    name.to_owned()
}

fn read_now(
    form: FileForm,
    bytes: &[u8],
    mapping: &Mapping,
    context: &Context,
) -> std::result::Result<GoodsFile, Message> {
    let (text, encoding) = encoding::decode(bytes)?;
    let table = table::read(&text)?;
    let sheet = Sheet::of(&table, |column| match (form, mapping.get(column)) {
        (FileForm::Products, Some(Some(ours))) => own::columns::named(ours, context.locale),
        // A name that no reader asks for.
        (FileForm::Products, Some(None)) => Some(format!("\u{0}{column}")),
        (FileForm::Products, None) => own::columns::named(column, context.locale),
        (FileForm::Shopify | FileForm::WooCommerce, _) => None,
    });
    if let Some(column) = sheet.asked_twice() {
        return Err(Message::ColumnTwice { column });
    }
    let missing = match form {
        FileForm::Products if own::has_its_columns(&sheet) => None,
        FileForm::Products => return Err(Message::NotAProductFile),
        FileForm::Shopify => shopify::missing_column(&sheet),
        FileForm::WooCommerce => woocommerce::missing_column(&sheet),
    };
    if let Some(column) = missing {
        return Err(Message::ColumnMissing { column: column.to_owned() });
    }
    let mut told = match form {
        FileForm::Products => own::read(&table, &sheet, context),
        FileForm::Shopify => shopify::read(&table, &sheet, context),
        FileForm::WooCommerce => woocommerce::read(&table, &sheet, context),
    };
    note_repeated_skus(&mut told, &column(form, "variants.sku"));
    let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let left_out = sheet.left_out(&table.rows);
    let tax_classes = context.tax_classes.clone();
    Ok(GoodsFile { form, encoding, separator: table.separator, rows, told, left_out, tax_classes })
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
