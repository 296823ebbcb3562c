//! Our own form: a row for each variant, and the product's own cells in its first row. It comes back without any loss.
//!
//! An empty cell under a column empties the field; a column that is not there leaves it as it is.

use domain::catalog::{Centre, ProductStatus, Sale};
use domain::imports::FileForm;
use domain::inventory::{MOST_AN_ORDER, MOST_UNITS};
use domain::locale::Locale;
use domain::message::Message;
use domain::text::{Slug, TaxClassKey};

use super::amounts::{self, WeightUnit};
use super::goods::{
    Context, Reference, Told, ToldCategory, ToldOption, ToldPicture, ToldStock, ToldValue, ToldVariant, Words,
};
use super::sheet::Sheet;
use super::table::{Row, Table};
use super::{cells, times};

pub(super) mod columns;
pub(super) mod lists;
mod variants;
pub(super) mod write;

use lists::{list, place};

/// Reads every row.
pub(super) fn read(table: &Table, sheet: &Sheet, context: &Context) -> Vec<Told> {
    let reader = Reader { sheet, context };
    let mut groups: Vec<Vec<&Row>> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for row in &table.rows {
        let slug = restored(sheet.cell(row, "product"));
        match places.get(&slug).filter(|_| !slug.is_empty()) {
            Some(at) => {
                let group: &mut Vec<&Row> = &mut groups[*at];
                group.push(row);
            }
            None => {
                places.insert(slug, groups.len());
                groups.push(vec![row]);
            }
        }
    }
    groups.iter().map(|rows| reader.product(rows)).collect()
}

/// Whether the columns are those of our form: rows can be told apart, and have something to say.
pub(super) fn has_its_columns(sheet: &Sheet) -> bool {
    ["product", "sku", "name:id", "name:en"].iter().any(|column| sheet.has(column))
}

/// What our form calls a field of a document.
pub(super) fn column(field: &str) -> &str {
    match field {
        "slug" => "product",
        "name" | "description" | "seo_title" | "seo_text" => field,
        "options" | "options.name" => "option1",
        "options.values" | "options.values.value" | "options.values.id" => "option1_values",
        "options.values.swatch" => "option1_swatches",
        "variants.values" => "option1_value",
        "variants" => "sku",
        "variants.sale.price" => "sale_price",
        "variants.sale.from" => "sale_from",
        "variants.sale.until" => "sale_until",
        "variants.picture" => "variant_picture",
        "pictures" | "pictures.key" => "picture",
        "pictures.alt" => "picture_alt",
        "pictures.shows" => "picture_shows",
        "form" => FileForm::Products.as_str(),
        field => field.strip_prefix("variants.").unwrap_or(field),
    }
}

/// The text of a cell as it was before a spreadsheet was kept from running it.
fn restored(cell: &str) -> String {
    cells::restored(cell).to_owned()
}

struct Reader<'a> {
    sheet: &'a Sheet,
    context: &'a Context,
}

impl Reader<'_> {
    fn product(&self, rows: &[&Row]) -> Told {
        let Some(first) = rows.first() else { return Told::default() };
        let mut told =
            Told { line: first.line, rows: u32::try_from(rows.len()).unwrap_or(u32::MAX), ..Told::default() };
        told.slug = restored(self.sheet.cell(first, "product"));
        if !told.slug.is_empty() {
            let read = Slug::parse(&told.slug).map(String::from);
            let slug = told.take(first.line, &self.sheet.called("product"), read);
            told.slug = slug.unwrap_or_default();
        }
        self.texts(first, &mut told);
        self.fields(first, &mut told);
        told.options = self.options(first, &mut told);
        if let Some(options) = &mut told.options {
            self.values_of_rows(rows, options);
        }
        told.pictures = self.pictures(rows, &mut told);
        for row in rows.iter().filter(|row| rows.len() == 1 || self.is_variant(row)) {
            let variant = self.variant(row, &mut told);
            told.variants.push(variant);
        }
        self.contradictions(rows, &mut told);
        for row in rows.iter().filter(|row| !row.beyond.is_empty()) {
            told.take::<()>(row.line, "", Err(Message::BeyondTheColumns));
        }
        told
    }

    fn words(&self, row: &Row, name: &str) -> Words {
        let wording = |locale: Locale| self.sheet.told(row, &format!("{name}:{}", locale.as_str())).map(restored);
        Words { id: wording(Locale::Indonesian), en: wording(Locale::English) }
    }

    fn texts(&self, row: &Row, told: &mut Told) {
        told.name = self.words(row, "name");
        told.description = self.words(row, "description");
        told.seo_title = self.words(row, "seo_title");
        told.seo_text = self.words(row, "seo_text");
        told.note = self.sheet.told(row, "note").map(restored);
    }

    fn fields(&self, row: &Row, told: &mut Told) {
        let line = row.line;
        let called = |column: &str| self.sheet.called(column);
        if let Some(cell) = self.sheet.filled(row, "status") {
            told.status = told.take(line, &called("status"), status(cell));
        }
        if let Some(cell) = self.sheet.told(row, "publish_at") {
            told.publish_at = told.take(line, &called("publish_at"), self.time(cell));
        }
        if let Some(cell) = self.sheet.told(row, "tax_class") {
            let read = TaxClassKey::optional(&restored(cell));
            told.tax_class = told.take(line, &called("tax_class"), read);
        }
        if let Some(cell) = self.sheet.told(row, "related") {
            told.related = Some(list(&restored(cell)).into_iter().map(Reference::Slug).collect());
        }
        told.category = self.category(row);
    }

    fn category(&self, row: &Row) -> Option<ToldCategory> {
        let slug = self.sheet.told(row, "category").map(restored);
        let paths = Locale::ALL.iter().filter_map(|locale| {
            let column = format!("category_path:{}", locale.as_str());
            Some((*locale, lists::path(&restored(self.sheet.told(row, &column)?))))
        });
        let mut path: Vec<Words> = Vec::new();
        let mut is_told = slug.is_some();
        for (locale, names) in paths {
            is_told = true;
            path.resize_with(path.len().max(names.len()), Words::default);
            for (words, name) in path.iter_mut().zip(names) {
                match locale {
                    Locale::Indonesian => words.id = Some(name),
                    Locale::English => words.en = Some(name),
                }
            }
        }
        is_told.then(|| ToldCategory { slug: slug.unwrap_or_default(), path })
    }

    /// The options of the first row, with the values that it lists.
    fn options(&self, row: &Row, told: &mut Told) -> Option<Vec<ToldOption>> {
        let numbers = 1..=3;
        let is_column = |number: &i32| {
            Locale::ALL.iter().any(|locale| self.sheet.has(&format!("option{number}:{}", locale.as_str())))
        };
        if !numbers.clone().any(|number| is_column(&number)) {
            return None;
        }
        let mut options = Vec::new();
        for number in numbers {
            let name = self.words(row, &format!("option{number}"));
            if name.any().is_empty() {
                continue;
            }
            if usize::try_from(number) != Ok(options.len() + 1) {
                let column = format!("option{}:{}", options.len() + 1, self.context.locale.as_str());
                told.take::<()>(row.line, &self.sheet.called(&column), Err(Message::Required));
            }
            let listed = |locale: Locale| {
                let cell = self.sheet.filled(row, &format!("option{number}_values:{}", locale.as_str()));
                cell.map(|cell| list(&restored(cell)))
            };
            let (id, en) = (listed(Locale::Indonesian), listed(Locale::English));
            let swatches = self.sheet.told(row, &format!("option{number}_swatches")).map(|cell| list(&restored(cell)));
            let count = id.as_ref().map_or(0, Vec::len).max(en.as_ref().map_or(0, Vec::len));
            let wording = |list: &Option<Vec<String>>, at: usize| {
                list.as_ref().map(|list| list.get(at).cloned().unwrap_or_default())
            };
            let value = |at: usize| ToldValue {
                value: Words { id: wording(&id, at), en: wording(&en, at) },
                swatch: swatches.as_ref().map(|list| list.get(at).filter(|swatch| !swatch.is_empty()).cloned()),
            };
            options.push(ToldOption { name, values: (0..count).map(value).collect(), is_whole: count > 0 });
        }
        Some(options)
    }

    /// Adds the values that variants choose and no list names.
    fn values_of_rows(&self, rows: &[&Row], options: &mut [ToldOption]) {
        for row in rows {
            for (at, option) in options.iter_mut().enumerate() {
                let value = self.words(row, &format!("option{}_value", at + 1));
                if !value.any().is_empty() {
                    option.place_of(value);
                }
            }
        }
    }

    fn pictures(&self, rows: &[&Row], told: &mut Told) -> Option<Vec<ToldPicture>> {
        if !self.sheet.has("picture") {
            return None;
        }
        let mut pictures = Vec::new();
        for row in rows {
            let Some(source) = self.sheet.filled(row, "picture").map(restored) else { continue };
            let centre = self.sheet.told(row, "picture_centre").map(centre);
            let centre = centre.and_then(|read| told.take(row.line, &self.sheet.called("picture_centre"), read));
            let shows =
                self.sheet.told(row, "picture_shows").map(|cell| shown(&restored(cell), told.options.as_deref()));
            let shows = shows.and_then(|read| told.take(row.line, &self.sheet.called("picture_shows"), read));
            pictures.push(ToldPicture { line: row.line, source, alt: self.words(row, "picture_alt"), centre, shows });
        }
        Some(pictures)
    }

    /// Further rows say nothing else about the product than the first.
    fn contradictions(&self, rows: &[&Row], told: &mut Told) {
        let Some((first, others)) = rows.split_first() else { return };
        for row in others {
            for column in columns::OF_PRODUCT {
                let other = self.sheet.filled(row, column).unwrap_or_default();
                if !other.is_empty() && other != self.sheet.cell(first, column) {
                    let message = Message::SaysOtherwise { line: first.line };
                    told.take::<()>(row.line, &self.sheet.called(column), Err(message));
                }
            }
        }
    }

    fn time(&self, cell: &str) -> Result<Option<chrono::DateTime<chrono::Utc>>, Message> {
        times::start(cell, self.context.utc_offset_minutes)
    }
}

fn status(cell: &str) -> Result<ProductStatus, Message> {
    let status = match cell.to_lowercase().as_str() {
        "active" | "live" | "aktif" | "dijual" => ProductStatus::Active,
        "draft" | "draf" => ProductStatus::Draft,
        "archived" | "arsip" | "diarsipkan" => ProductStatus::Archived,
        _ => return Err(Message::NotAStatus),
    };
    Ok(status)
}

/// `x500 y250`; the middle for an empty cell.
fn centre(cell: &str) -> Result<Centre, Message> {
    if cell.is_empty() {
        return Ok(Centre::default());
    }
    let mut parts = cell.split_whitespace();
    let mut part = |name: char| {
        let number = parts.next().and_then(|part| part.strip_prefix(name)).and_then(|number| number.parse().ok());
        number.filter(|number| *number <= Centre::MOST).ok_or(Message::NotACentre)
    };
    Ok(Centre { x: part('x')?, y: part('y')? })
}

/// `1|Merah|Red`: the number of an option, and the value in each language.
fn shown(cell: &str, options: Option<&[ToldOption]>) -> Result<Option<(usize, usize)>, Message> {
    let parts = list(cell);
    let Some((number, wordings)) = parts.split_first() else { return Ok(None) };
    let option = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).ok_or(Message::NotAChoice)?;
    let values =
        options.and_then(|options| options.get(option)).map(|option| &option.values).ok_or(Message::NotAChoice)?;
    let words = match wordings {
        [one] => Words { id: Some(one.clone()), en: None },
        [id, en] => Words { id: Some(id.clone()), en: Some(en.clone()) },
        _ => return Err(Message::NotAChoice),
    };
    place(values, &words).map(|value| Some((option, value))).ok_or(Message::NotAChoice)
}

/// A price in each field that a variant has of them.
type Read<T> = Result<T, Message>;

#[cfg(test)]
mod tests;
