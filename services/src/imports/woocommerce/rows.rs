//! A product of WooCommerce: its own row, with those of its variations.

use domain::catalog::ProductStatus;
use domain::imports::Trouble;
use domain::message::Message;
use domain::text::TaxClassKey;

use super::{File, alone};
use crate::imports::goods::{Told, ToldCategory, ToldPicture, Words};
use crate::imports::markup;
use crate::imports::own::lists;
use crate::imports::table::Row;

/// Columns that tell nothing new, with what they say as a matter of course.
const MATTER_OF_COURSE: [(&str, &[&str]); 5] = [
    ("Is featured?", &["0"]),
    ("Tax status", &["taxable"]),
    ("Backorders allowed?", &["0", "no"]),
    ("Allow customer reviews?", &["1"]),
    ("In stock?", &["0", "1", "instock", "outofstock", "backorder"]),
];

impl File<'_> {
    pub(super) fn product(&self, row: &Row, children: &[&Row]) -> Told {
        self.ask_for_the_known();
        if let Some(message) = self.refused(row) {
            return Told { name: self.text(row, "Name"), ..alone(row, Trouble::new(row.line, "Type", message)) };
        }
        let rows = u32::try_from(children.len() + 1).unwrap_or(u32::MAX);
        let mut told = Told { line: row.line, rows, ..Told::default() };
        told.name = self.text(row, "Name");
        told.description = self.description(row);
        told.category = self.category(row);
        told.status = self.status(row, &mut told);
        told.tax_class = self.tax_class(row);
        told.related = self.related(row);
        told.pictures = Some(self.pictures(row, children));
        for (column, usual) in MATTER_OF_COURSE {
            std::iter::once(&row).chain(children).for_each(|row| self.sheet.expect(row, column, usual));
        }
        if self.is_a(row, "variable") {
            told.options = Some(self.options(row, children));
            self.variations(row, children, &mut told);
        } else {
            told.options = Some(Vec::new());
            for (number, _, _) in self.attributes(row) {
                self.sheet.leave(row, &format!("Attribute {number} value(s)"), Message::AttributeIsNoChoice);
            }
            let variant = self.variant(row, &mut told);
            told.variants.push(variant);
        }
        for row in std::iter::once(&row).chain(children).filter(|row| !row.beyond.is_empty()) {
            told.take::<()>(row.line, "", Err(Message::BeyondTheColumns));
        }
        told
    }

    /// What cannot be sold here.
    fn refused(&self, row: &Row) -> Option<Message> {
        if self.is_a(row, "grouped") {
            return Some(Message::GroupsAreNoProducts);
        }
        if self.is_a(row, "external") {
            return Some(Message::SoldElsewhere);
        }
        let is_known = self.is_a(row, "simple") || self.is_a(row, "variable");
        (!is_known).then_some(Message::NotAProductType)
    }

    /// Columns that say the same as others.
    fn ask_for_the_known(&self) {
        let Some(row) = self.rows.first() else { return };
        for name in self.sheet.names().map(str::to_lowercase) {
            let is_of_attribute =
                name.starts_with("attribute ") && (name.ends_with("visible") || name.ends_with("global"));
            let is_known = ["grouped products", "external url", "button text", "position", "id", "parent"]
                .contains(&name.as_str());
            if is_of_attribute || is_known {
                self.sheet.told(row, &name);
            }
        }
    }

    pub(super) fn text(&self, row: &Row, column: &str) -> Words {
        let cell = self.sheet.told(row, column).map(|cell| guarded(cell).to_owned());
        cell.map(|cell| Words::of(self.context.locale, cell)).unwrap_or_default()
    }

    /// The short description stands before the long one.
    fn description(&self, row: &Row) -> Words {
        let columns = ["Short description", "Description"];
        if !columns.iter().any(|column| self.sheet.has(column)) {
            return Words::default();
        }
        let mut parts = Vec::new();
        for column in columns {
            let (part, lost) = markup::wordpress(guarded(self.sheet.cell(row, column)));
            for what in lost {
                self.sheet.leave(row, column, Message::MarkupLeftOut { what });
            }
            parts.push(part);
        }
        parts.retain(|part| !part.is_empty());
        Words::of(self.context.locale, parts.join("\n\n"))
    }

    /// `Clothing > Shirts, Sale`: the first of the deepest; the others are told.
    fn category(&self, row: &Row) -> Option<ToldCategory> {
        let cell = self.sheet.told(row, "Categories")?;
        let paths: Vec<Vec<String>> =
            lists::split(cell, ',').iter().filter(|path| !path.is_empty()).map(|path| lists::path(path)).collect();
        if paths.len() > 1 {
            self.sheet.leave(row, "Categories", Message::OnlyOneCategory);
        }
        let deepest = paths.iter().rev().max_by_key(|path| path.len()).cloned().unwrap_or_default();
        let words = |name: String| Words::of(self.context.locale, name);
        Some(ToldCategory { slug: String::new(), path: deepest.into_iter().map(words).collect() })
    }

    /// What nobody may see is a draft, and so is what is no parcel.
    fn status(&self, row: &Row, told: &mut Told) -> Option<ProductStatus> {
        let status = match self.sheet.cell(row, "Published") {
            "1" | "" => ProductStatus::Active,
            "0" | "-1" => ProductStatus::Draft,
            _ => return told.take(row.line, "Published", Err(Message::NotAStatus)),
        };
        if self.is_a(row, "virtual") || self.is_a(row, "downloadable") {
            self.sheet.leave(row, "Type", Message::DraftAsNoParcel);
            return Some(ProductStatus::Draft);
        }
        match self.sheet.cell(row, "Visibility in catalog") {
            "visible" | "" => {}
            "hidden" => {
                self.sheet.leave(row, "Visibility in catalog", Message::DraftAsHidden);
                return Some(ProductStatus::Draft);
            }
            _ => self.sheet.leave(row, "Visibility in catalog", Message::NoPlaceForIt),
        }
        Some(status)
    }

    fn tax_class(&self, row: &Row) -> Option<Option<TaxClassKey>> {
        match self.sheet.told(row, "Tax class")? {
            "" | "standard" | "parent" => Some(None),
            class => {
                let class = TaxClassKey::parse(class).ok().filter(|class| self.context.tax_classes.contains(class));
                if class.is_none() {
                    self.sheet.leave(row, "Tax class", Message::NoSuchTaxClass);
                }
                Some(class)
            }
        }
    }

    fn pictures(&self, row: &Row, children: &[&Row]) -> Vec<ToldPicture> {
        let mut pictures: Vec<ToldPicture> = Vec::new();
        for row in std::iter::once(&row).chain(children) {
            for source in self.images(row) {
                if pictures.iter().all(|picture| picture.source != source) {
                    pictures.push(ToldPicture { line: row.line, source, ..ToldPicture::default() });
                }
            }
        }
        pictures
    }

    /// Addresses with commas between them.
    pub(super) fn images(&self, row: &Row) -> Vec<String> {
        let images = self.sheet.cell(row, "Images").split(',').map(str::trim);
        images.filter(|image| !image.is_empty()).map(str::to_owned).collect()
    }
}

/// WooCommerce puts one apostrophe before what a spreadsheet would run.
pub(super) fn guarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => text,
        _ => cell,
    }
}
