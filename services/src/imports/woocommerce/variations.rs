//! The variations of a product of WooCommerce, and what they share with one that has none.

use domain::catalog::Sale;
use domain::inventory::{MOST_AN_ORDER, MOST_UNITS};
use domain::message::Message;
use domain::text;

use super::File;
use super::rows::guarded;
use crate::imports::amounts::{self, WeightUnit};
use crate::imports::goods::{Told, ToldStock, ToldVariant, Words};
use crate::imports::table::Row;
use crate::imports::times;

/// The columns of a code that scanners read.
const BARCODES: [&str; 3] = ["GTIN, UPC, EAN, or ISBN", "GTIN", "EAN"];

impl File<'_> {
    /// Every variation in its order; one that leaves a choice open is one for each value of it.
    pub(super) fn variations(&self, parent: &Row, children: &[&Row], told: &mut Told) {
        if children.is_empty() {
            told.take::<()>(parent.line, "Type", Err(Message::NoVariations));
            return;
        }
        for column in ["Regular price", "Sale price", "Stock"] {
            self.sheet.expect(parent, column, &[]);
        }
        let mut children: Vec<&Row> = children.to_vec();
        children.sort_by_key(|row| self.sheet.cell(row, "Position").parse().unwrap_or(u32::MAX));
        for row in children {
            if matches!(self.sheet.cell(row, "Published"), "0" | "-1") {
                self.sheet.leave(row, "Published", Message::VariationIsOff);
                continue;
            }
            for column in ["Short description", "Description"] {
                let own = self.sheet.cell(row, column);
                if !text::is_empty(own) && own != self.sheet.cell(parent, column) {
                    self.sheet.leave(row, column, Message::NoPlaceForIt);
                }
            }
            let variant = self.variant(row, told);
            let chosen = self.chosen(row, told);
            let open = chosen.iter().filter(|value| value.is_none()).count();
            for values in every(&chosen, told) {
                let mut one = ToldVariant { values, ..variant.clone() };
                if open > 0 {
                    self.spread(row, &chosen, &mut one, told);
                }
                told.variants.push(one);
            }
        }
    }

    /// For each option the position of the value; nothing for one that is left open.
    fn chosen(&self, row: &Row, told: &mut Told) -> Vec<Option<usize>> {
        let attributes = self.attributes(row);
        let mut options = told.options.take().unwrap_or_default();
        let chosen = options.iter_mut().map(|option| {
            let named = attributes.iter().find(|(_, name, _)| name.eq_ignore_ascii_case(option.name.any()));
            let value = named.and_then(|(_, _, values)| values.first())?;
            Some(option.place_of(Words::of(self.context.locale, value.clone())))
        });
        let chosen = chosen.collect();
        told.options = Some(options);
        chosen
    }

    /// One of several that come from one row: each needs a SKU of its own, and units are nobody's then.
    fn spread(&self, row: &Row, chosen: &[Option<usize>], variant: &mut ToldVariant, told: &Told) {
        let options = told.options.as_deref().unwrap_or_default();
        let names = chosen.iter().zip(&variant.values).zip(options).filter(|((chosen, _), _)| chosen.is_none());
        let suffix: Vec<String> = names
            .map(|((_, value), option)| {
                let name = option.values[*value].value.alone();
                domain::catalog::suggest::slug_of(&name).to_ascii_uppercase()
            })
            .collect();
        if let Some(sku) = &mut variant.sku {
            *sku = format!("{sku}-{}", suffix.join("-"));
        }
        variant.barcode = None;
        if variant.stock.take().is_some() {
            self.sheet.leave(row, "Stock", Message::SharedStock);
        }
    }

    /// What a row tells of a variant, but for what it chooses.
    pub(super) fn variant(&self, row: &Row, told: &mut Told) -> ToldVariant {
        let line = row.line;
        let currency = self.context.currency;
        let mut variant = ToldVariant { line, ..ToldVariant::default() };
        variant.sku = self.sheet.filled(row, "SKU").map(|sku| guarded(sku).to_owned());
        let barcode = BARCODES.iter().find_map(|column| self.sheet.told(row, column));
        variant.barcode = barcode.map(|code| guarded(code).to_owned());
        if let Some(cell) = self.sheet.filled(row, "Regular price") {
            variant.price = told.take(line, "Regular price", amounts::money(cell, currency));
        }
        variant.sale = self.sale(row, told);
        self.weight(row, told, &mut variant);
        if self.sheet.cell(row, "Sold individually?") == "1" {
            variant.max_quantity = Some(1);
        }
        if let Some(cell) = self.sheet.filled(row, "Low stock amount") {
            let read = amounts::units(cell, MOST_UNITS).map(Option::unwrap_or_default);
            variant.low_stock_limit = told.take(line, "Low stock amount", read);
        }
        variant.stock = self.stock(row, told);
        let pictures = told.pictures.as_deref().unwrap_or_default();
        if self.is_variation(row)
            && let Some(source) = self.images(row).first()
        {
            variant.picture = pictures.iter().position(|picture| picture.source == *source).map(Some);
        }
        debug_assert!(variant.max_quantity.is_none_or(|most| most <= MOST_AN_ORDER));
        variant
    }

    fn sale(&self, row: &Row, told: &mut Told) -> Option<Option<Sale>> {
        let cell = self.sheet.told(row, "Sale price")?;
        let (starts, ends) = ("Date sale price starts", "Date sale price ends");
        if cell.is_empty() {
            self.sheet.expect(row, starts, &[]);
            self.sheet.expect(row, ends, &[]);
            return Some(None);
        }
        let offset = self.context.utc_offset_minutes;
        let price = told.take(row.line, "Sale price", amounts::money(cell, self.context.currency));
        let from = told.take(row.line, starts, times::start(self.sheet.cell(row, starts), offset)).flatten();
        let until = told.take(row.line, ends, times::end(self.sheet.cell(row, ends), offset)).flatten();
        price.map(|price| Some(Sale { price, from, until }))
    }

    /// The unit stands in the column's name: `Weight (lbs)`.
    fn weight(&self, row: &Row, told: &mut Told, variant: &mut ToldVariant) {
        let column = self.sheet.names().find(|name| name.to_lowercase().starts_with("weight")).map(str::to_owned);
        let Some(column) = column else { return };
        let unit = column.split_once('(').and_then(|(_, unit)| WeightUnit::named(unit.trim_end_matches(')')));
        let Some(cell) = self.sheet.filled(row, &column) else { return };
        match unit {
            Some(unit) => variant.weight_grams = told.take(row.line, &column, amounts::grams(cell, unit)),
            None => self.sheet.leave(row, &column, Message::NoPlaceForIt),
        }
    }

    fn stock(&self, row: &Row, told: &mut Told) -> Option<ToldStock> {
        let Some(cell) = self.sheet.filled(row, "Stock") else {
            if matches!(self.sheet.cell(row, "In stock?"), "1" | "instock") {
                self.sheet.leave(row, "In stock?", Message::UnknownStock);
            }
            return None;
        };
        if cell.eq_ignore_ascii_case("parent") {
            self.sheet.leave(row, "Stock", Message::SharedStock);
            return None;
        }
        let units = told.take(row.line, "Stock", amounts::units(cell, MOST_UNITS))?;
        if units.is_none() {
            self.sheet.leave(row, "Stock", Message::LessThanNone);
        }
        Some(ToldStock { units: units.unwrap_or_default(), seen: None })
    }
}

/// All choices that fit, where nothing stands for every value.
fn every(chosen: &[Option<usize>], told: &Told) -> Vec<Vec<usize>> {
    let options = told.options.as_deref().unwrap_or_default();
    let mut all = vec![Vec::new()];
    for (value, option) in chosen.iter().zip(options) {
        let values: Vec<usize> = value.map_or_else(|| (0..option.values.len()).collect(), |value| vec![value]);
        all = all
            .iter()
            .flat_map(|front| values.iter().map(move |value| [front.as_slice(), &[*value]].concat()))
            .collect();
    }
    all
}
