//! The rule of a product document: what can be saved, tidied, or all that is wrong with it, each at its field.

use std::collections::HashMap;
use std::hash::Hash;

use chrono::{DateTime, Datelike, SubsecRound, Utc};

use super::barcode::Barcode;
use super::document::{Centre, ProductDocument, VariantDocument};
use super::suggest;
use crate::inventory::{MOST_AN_ORDER, MOST_UNITS};
use crate::locale::Translated;
use crate::message::Message;
use crate::problem::{FieldProblem, Fields};
use crate::text::{self, Reason, Sku, Slug};

/// The years that a date of a product may be in.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

impl ProductDocument {
    /// The document as it can be saved: texts read through the door for what people type, SKUs in capitals and suggested
    /// where there is none. Tidying it again changes nothing. An empty address stays empty: which ones are taken, the shop
    /// knows.
    ///
    /// # Errors
    /// All that is wrong, each at its path: `variants[3].sku`.
    pub fn tidied(mut self) -> Result<Self, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        self.tidy_product(&mut fields);
        self.tidy_options(&mut fields);
        self.tidy_variants(&mut fields);
        self.tidy_pictures(&mut fields);
        let related = self.related.len();
        check(&mut fields, "related", related <= Self::MOST_RELATED, Message::TooMany { most: Self::MOST_RELATED });
        self.related = unique(std::mem::take(&mut self.related));

        let problems = fields.into_problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        suggest::fill_skus(&mut self);
        Ok(self)
    }

    fn tidy_product(&mut self, fields: &mut Fields) {
        if text::is_empty(&self.slug) {
            self.slug.clear();
        } else {
            keep(fields, "slug", &mut self.slug, |slug| Slug::parse(slug).map(String::from));
        }
        keep(fields, "name", &mut self.name, |name| named(name, Self::MOST_NAME));
        keep(fields, "description", &mut self.description, |description| {
            description.read(|wording| text::markdown_up_to(wording, Self::MOST_DESCRIPTION))
        });
        keep(fields, "seo_title", &mut self.seo_title, |title| line(title, Self::MOST_SEO_TITLE));
        keep(fields, "seo_text", &mut self.seo_text, |words| line(words, Self::MOST_SEO_TEXT));
        keep(fields, "note", &mut self.note, |note| {
            Reason::optional(note).map(|note| note.map(String::from).unwrap_or_default())
        });
        self.publish_at = self.publish_at.map(stored_instant);
        if let Some(at) = self.publish_at {
            fields.take("publish_at", ordinary_year(at));
        }
    }

    fn tidy_options(&mut self, fields: &mut Fields) {
        let count = self.options.len();
        check(fields, "options", count <= Self::MOST_OPTIONS, Message::TooMany { most: Self::MOST_OPTIONS });
        for (at, option) in self.options.iter_mut().enumerate() {
            let path = format!("options[{at}]");
            keep(fields, &format!("{path}.name"), &mut option.name, |name| named(name, Self::MOST_OPTION_NAME));
            let values = format!("{path}.values");
            let count = option.values.len();
            check(fields, &values, count > 0, Message::Required);
            check(fields, &values, count <= Self::MOST_VALUES, Message::TooMany { most: Self::MOST_VALUES });
            for (at, value) in option.values.iter_mut().enumerate() {
                let path = format!("{values}[{at}]");
                keep(fields, &format!("{path}.value"), &mut value.value, |name| named(name, Self::MOST_OPTION_NAME));
                keep(fields, &format!("{path}.swatch"), &mut value.swatch, |swatch| colour(swatch.as_deref()));
            }
            let twins = repeated(option.values.iter().map(|value| folded(&value.value)));
            for at in twins {
                fields.take::<()>(&format!("{values}[{at}].value"), Err(Message::StandsTwice));
            }
            for at in repeated(option.values.iter().map(|value| value.id)) {
                fields.take::<()>(&format!("{values}[{at}].id"), Err(Message::StandsTwice));
            }
        }
        for at in repeated(self.options.iter().map(|option| folded(&option.name))) {
            fields.take::<()>(&format!("options[{at}].name"), Err(Message::StandsTwice));
        }
        for at in repeated(self.options.iter().map(|option| option.id)) {
            fields.take::<()>(&format!("options[{at}].id"), Err(Message::StandsTwice));
        }
    }

    fn tidy_variants(&mut self, fields: &mut Fields) {
        let count = self.variants.len();
        check(fields, "variants", count > 0, Message::Required);
        check(fields, "variants", count <= Self::MOST_VARIANTS, Message::TooMany { most: Self::MOST_VARIANTS });
        let pictures = self.pictures.len();
        let options = &self.options;
        for (at, variant) in self.variants.iter_mut().enumerate() {
            let path = format!("variants[{at}]");
            let fits = variant.values.len() == options.len()
                && variant.values.iter().zip(options).all(|(at, option)| *at < option.values.len());
            check(fields, &format!("{path}.values"), fits, Message::NotAChoice);
            let shown = variant.picture.is_none_or(|picture| picture < pictures);
            check(fields, &format!("{path}.picture"), shown, Message::NotAChoice);
            variant.tidy(fields, &path);
        }
        for at in repeated(self.variants.iter().map(|variant| Some(variant.values.clone()))) {
            fields.take::<()>(&format!("variants[{at}].values"), Err(Message::StandsTwice));
        }
        let skus = self.variants.iter().map(|variant| Some(variant.sku.clone()).filter(|sku| !sku.is_empty()));
        for at in repeated(skus) {
            fields.take::<()>(&format!("variants[{at}].sku"), Err(Message::StandsTwice));
        }
        for at in repeated(self.variants.iter().map(|variant| variant.id)) {
            fields.take::<()>(&format!("variants[{at}].id"), Err(Message::StandsTwice));
        }
    }

    fn tidy_pictures(&mut self, fields: &mut Fields) {
        let count = self.pictures.len();
        check(fields, "pictures", count <= Self::MOST_PICTURES, Message::TooMany { most: Self::MOST_PICTURES });
        for (at, picture) in self.pictures.iter_mut().enumerate() {
            let path = format!("pictures[{at}]");
            keep(fields, &format!("{path}.alt"), &mut picture.alt, |alt| line(alt, Self::MOST_ALT));
            picture.centre = Centre { x: picture.centre.x.min(Centre::MOST), y: picture.centre.y.min(Centre::MOST) };
            let fits = picture.shows.is_none_or(|(option, value)| {
                self.options.get(option).is_some_and(|option| value < option.values.len())
            });
            check(fields, &format!("{path}.shows"), fits, Message::NotAChoice);
        }
        for at in repeated(self.pictures.iter().map(|picture| Some(picture.key.clone()))) {
            fields.take::<()>(&format!("pictures[{at}].key"), Err(Message::StandsTwice));
        }
    }
}

impl VariantDocument {
    fn tidy(&mut self, fields: &mut Fields, path: &str) {
        if text::is_empty(&self.sku) {
            self.sku.clear();
        } else {
            keep(fields, &format!("{path}.sku"), &mut self.sku, |sku| Sku::typed(sku).map(String::from));
        }
        if text::is_empty(&self.barcode) {
            self.barcode.clear();
        } else {
            keep(fields, &format!("{path}.barcode"), &mut self.barcode, |code| Barcode::parse(code).map(String::from));
        }
        check(fields, &format!("{path}.price"), self.price.is_ordinary(), Message::NotAnAmount);
        if let Some(former) = self.compare_at_price {
            let field = format!("{path}.compare_at_price");
            check(fields, &field, former.is_ordinary(), Message::NotAnAmount);
            check(fields, &field, !former.is_ordinary() || former > self.price, Message::NotAboveThePrice);
        }
        let cost = self.cost.is_none_or(crate::money::Money::is_ordinary);
        check(fields, &format!("{path}.cost"), cost, Message::NotAnAmount);
        if let Some(sale) = &mut self.sale {
            sale.from = sale.from.map(stored_instant);
            sale.until = sale.until.map(stored_instant);
            let field = format!("{path}.sale.price");
            check(fields, &field, sale.price.is_ordinary(), Message::NotAnAmount);
            check(fields, &field, !sale.price.is_ordinary() || sale.price < self.price, Message::NotBelowThePrice);
            for (name, at) in [("from", sale.from), ("until", sale.until)] {
                fields.take(&format!("{path}.sale.{name}"), at.map_or(Ok(()), ordinary_year));
            }
            let in_order = sale.from.zip(sale.until).is_none_or(|(from, until)| from < until);
            check(fields, &format!("{path}.sale.until"), in_order, Message::EndsBeforeItStarts);
        }
        let weight = self.weight_grams <= ProductDocument::MOST_GRAMS;
        let most = ProductDocument::MOST_GRAMS;
        check(fields, &format!("{path}.weight_grams"), weight, Message::NotWithin { least: 0, most });
        let limits =
            1 <= self.min_quantity && self.min_quantity <= self.max_quantity && self.max_quantity <= MOST_AN_ORDER;
        check(fields, &format!("{path}.max_quantity"), limits, Message::NotLimits { most: MOST_AN_ORDER });
        let warned = self.low_stock_limit <= MOST_UNITS;
        check(fields, &format!("{path}.low_stock_limit"), warned, Message::NotAQuantity { most: MOST_UNITS });
    }
}

/// Takes over what was read of a value, or notes what is wrong with it.
fn keep<T>(fields: &mut Fields, field: &str, value: &mut T, read: impl FnOnce(&T) -> Result<T, Message>) {
    if let Some(read) = fields.take(field, read(value)) {
        *value = read;
    }
}

fn check(fields: &mut Fields, field: &str, is_right: bool, message: Message) {
    fields.take(field, if is_right { Ok(()) } else { Err(message) });
}

/// A name with something to read in at least one language, and not too long in any.
pub(super) fn named(name: &Translated, most: usize) -> Result<Translated, Message> {
    let name = line(name, most)?;
    if name.is_blank() { Err(Message::Required) } else { Ok(name) }
}

/// A line in each language that may be empty.
fn line(text: &Translated, most: usize) -> Result<Translated, Message> {
    text.read(|wording| text::line_up_to(wording, most))
}

/// A colour as browsers write it, `#rrggbb`; nothing for an empty one.
fn colour(typed: Option<&str>) -> Result<Option<String>, Message> {
    let Some(typed) = typed.filter(|typed| !text::is_empty(typed)) else { return Ok(None) };
    let code = text::code(typed)?.to_ascii_lowercase();
    let digits = code.strip_prefix('#').unwrap_or(&code);
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(Some(format!("#{digits}")))
    } else {
        Err(Message::NotAColour)
    }
}

/// As a database keeps it: in microseconds.
pub(super) fn stored_instant(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// No database can tell another year.
pub(super) fn ordinary_year(at: DateTime<Utc>) -> Result<(), Message> {
    let (first, last) = (*YEARS.start(), *YEARS.end());
    if YEARS.contains(&at.year()) { Ok(()) } else { Err(Message::NotAYear { first, last }) }
}

/// A name as it is compared: `M` and `m` are one. Nothing for an empty one, which is told otherwise.
fn folded(name: &Translated) -> Option<(String, String)> {
    let name = Translated::of(|locale| name.get(locale).to_lowercase());
    Some((name.id, name.en)).filter(|(id, en)| !id.is_empty() || !en.is_empty())
}

/// The positions of what stood before already.
fn repeated<T: Eq + Hash>(items: impl Iterator<Item = Option<T>>) -> Vec<usize> {
    let mut seen: HashMap<T, usize> = HashMap::new();
    let found = items.enumerate().filter_map(|(at, item)| item.and_then(|item| seen.insert(item, at)).map(|_| at));
    found.collect()
}

/// Each once, where it stood first.
fn unique<T: Copy + Eq + Hash>(items: Vec<T>) -> Vec<T> {
    let mut seen = std::collections::HashSet::new();
    items.into_iter().filter(|item| seen.insert(*item)).collect()
}

#[cfg(test)]
#[path = "rules/tests.rs"]
mod tests;
