//! A product as it stands in the editor: what is typed stays text until it is saved, and rows keep their cells through every
//! change of the options.

use domain::catalog::{
    MovedStock, OptionDocument, ProductDocument, ReceivedUnits, ValueDocument, VariantDocument, VariantId,
};
use domain::locale::Locale;
use domain::message::Message;
use domain::money::Money;
use domain::problem::{FieldProblem, Fields};

use super::cells::{Column, Manner, RowDraft};

/// What stands in the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    /// Everything but what stands in the rows and in the fields below.
    pub(super) document: ProductDocument,
    /// A row for each variant of the document.
    pub(super) rows: Vec<RowDraft>,
    pub(super) publish_at: String,
    /// Variants that are gone, and the row that gets their stock.
    moved: Vec<(VariantId, u32)>,
    next_key: u32,
}

/// What is meant to be saved.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meant {
    pub(super) document: ProductDocument,
    pub(super) received: Vec<ReceivedUnits>,
    pub(super) moved_stock: Vec<MovedStock>,
}

impl Draft {
    /// An empty product.
    pub(super) fn blank(manner: Manner) -> Self {
        Self::of(ProductDocument::draft(domain::locale::Translated::default(), Money::ZERO), manner)
    }

    /// The draft of a document.
    pub(super) fn of(document: ProductDocument, manner: Manner) -> Self {
        let publish_at = document.publish_at.map(|at| manner.calendar.stamp(at)).unwrap_or_default();
        let mut draft = Self { document, rows: Vec::new(), publish_at, moved: Vec::new(), next_key: 0 };
        for at in 0..draft.document.variants.len() {
            let row = RowDraft::of(draft.fresh_key(), &draft.document.variants[at], manner);
            draft.rows.push(row);
        }
        draft
    }

    /// The document with what came in, or all that is wrong.
    pub(super) fn read(&self, manner: Manner) -> Result<Meant, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        let mut document = self.document.clone();
        document.publish_at =
            fields.take_optional("publish_at", &self.publish_at, |text| manner.calendar.instant(text));
        let mut received = Vec::new();
        for (at, (variant, row)) in document.variants.iter_mut().zip(&self.rows).enumerate() {
            row.read_into(variant, at, manner, &mut fields);
            let quantity = row.received(at, &mut fields);
            if quantity > 0 {
                received.push(ReceivedUnits { variant: at, quantity });
            }
        }
        let moved_stock =
            self.moved.iter().filter_map(|(from, key)| Some(MovedStock { from: *from, to: self.place_of(*key)? }));
        let moved_stock = moved_stock.collect();
        let mut problems = fields.into_problems();
        match document.tidied() {
            Ok(document) if problems.is_empty() => Ok(Meant { document, received, moved_stock }),
            Ok(_) => Err(problems),
            Err(more) => {
                // A cell that cannot be read is told once: the rule has only seen what stood there before.
                let new = |problem: &FieldProblem| !problems.iter().any(|known| known.field == problem.field);
                let more: Vec<FieldProblem> = more.into_iter().filter(new).collect();
                problems.extend(more);
                Err(problems)
            }
        }
    }

    /// The document as far as it can be read, for what is only shown: suggestions, previews.
    pub(super) fn glimpse(&self, manner: Manner) -> ProductDocument {
        let mut document = self.document.clone();
        for (at, (variant, row)) in document.variants.iter_mut().zip(&self.rows).enumerate() {
            row.read_into(variant, at, manner, &mut Fields::default());
        }
        document
    }

    /// Takes over the units that were typed in for rows of the same variant, or of the same words.
    pub(super) fn keep_received(&mut self, from: &Self) {
        let called =
            |draft: &Self, at: usize| draft.document.variants.get(at).map(|it| draft.document.options_text(it));
        for at in 0..self.rows.len() {
            let id = self.document.variants.get(at).and_then(|variant| variant.id);
            let words = called(self, at);
            let same = (0..from.rows.len()).find(|other| {
                let other_id = from.document.variants.get(*other).and_then(|variant| variant.id);
                (id.is_some() && id == other_id) || (other_id.is_none() && called(from, *other) == words)
            });
            if let (Some(row), Some(other)) = (self.rows.get_mut(at), same.and_then(|other| from.rows.get(other))) {
                *row = row.clone().with_received_of(other);
            }
        }
    }

    /// Adds an option with its first value, which what is there already gets.
    pub(super) fn add_option(&mut self, option: OptionDocument, manner: Manner) {
        self.restructure(manner, |document| document.add_option(option));
    }

    /// Takes an option away; of variants that are alike without it, the first gets the stock.
    pub(super) fn remove_option(&mut self, at: usize, manner: Manner) {
        let alike = self.restructure(manner, |document| document.remove_option(at));
        for (gone, stays) in alike {
            if let (Some(id), Some(row)) = (gone.id, self.rows.get(stays)) {
                let key = row.key;
                self.move_stock(id, &key_of(&gone), key);
            }
        }
    }

    pub(super) fn move_option(&mut self, from: usize, to: usize, manner: Manner) {
        self.restructure(manner, |document| document.move_option(from, to));
    }

    /// Adds values to an option with the variants that they make possible.
    pub(super) fn add_values(
        &mut self,
        option: usize,
        values: Vec<ValueDocument>,
        manner: Manner,
    ) -> Result<(), Message> {
        let before = self.document.options.get(option).map_or(0, |option| option.values.len());
        let mut made = Ok(());
        self.restructure(manner, |document| {
            let kept = document.clone();
            values.into_iter().for_each(|value| document.add_value(option, value));
            if document.options.iter().all(|option| !option.values.is_empty()) {
                made = document.generate();
                // Combinations that somebody took away before stay away.
                document.variants.retain(|variant| {
                    !variant.sku.is_empty() || variant.values.get(option).is_some_and(|value| before <= *value)
                });
            }
            if made.is_err() {
                *document = kept;
            }
        });
        made
    }

    /// Takes a value away with its variants; `to` says which row gets their stock.
    pub(super) fn remove_value(&mut self, option: usize, value: usize, to: Option<u32>, manner: Manner) {
        let gone = self.restructure(manner, |document| document.remove_value(option, value));
        self.send_stock_on(&gone, to);
        if self.document.variants.is_empty() {
            // A product always has something to sell.
            self.restructure(manner, |document| document.generate().ok());
        }
    }

    pub(super) fn move_value(&mut self, option: usize, from: usize, to: usize, manner: Manner) {
        self.restructure(manner, |document| {
            document.move_value(option, from, to);
            document.variants.sort_by(|a, b| a.values.cmp(&b.values));
        });
    }

    /// Makes a variant for every combination that has none.
    pub(super) fn complete(&mut self, manner: Manner) -> Result<(), Message> {
        self.restructure(manner, ProductDocument::generate)
    }

    /// Takes one variant away; `to` says which row gets its stock.
    pub(super) fn remove_variant(&mut self, at: usize, to: Option<u32>, manner: Manner) {
        if at < self.document.variants.len() && self.document.variants.len() > 1 {
            let gone = self.restructure(manner, |document| document.variants.remove(at));
            self.send_stock_on(&[gone], to);
        }
    }

    /// What a row is called: its options, or nothing.
    pub(super) fn name_of(&self, at: usize, locale: Locale) -> String {
        let variant = self.document.variants.get(at);
        variant.map(|variant| self.document.options_text(variant).get(locale).to_owned()).unwrap_or_default()
    }

    /// How many combinations of values have no variant.
    pub(super) fn missing(&self) -> usize {
        let all = self.document.options.iter().map(|option| option.values.len()).product::<usize>();
        all.saturating_sub(self.document.variants.len())
    }

    /// Whether every row has a price.
    pub(super) fn is_priced(&self) -> bool {
        self.rows.iter().all(|row| !row.cell(Column::Price).is_empty())
    }

    fn send_stock_on(&mut self, gone: &[VariantDocument], to: Option<u32>) {
        for variant in gone {
            if let (Some(id), Some(to)) = (variant.id, to) {
                self.move_stock(id, &key_of(variant), to);
            }
        }
    }

    /// What was to go to a row that is gone itself goes on with it.
    fn move_stock(&mut self, id: VariantId, gone: &Option<u32>, to: u32) {
        self.moved.iter_mut().filter(|(_, key)| Some(*key) == *gone).for_each(|(_, key)| *key = to);
        self.moved.push((id, to));
    }

    fn place_of(&self, key: u32) -> Option<usize> {
        self.rows.iter().position(|row| row.key == key)
    }

    /// Changes the document's structure while each row stays with its variant. Until then the rows' keys stand in place of the
    /// SKUs, which the document has no need of as long as it is a draft.
    fn restructure<T>(&mut self, manner: Manner, change: impl FnOnce(&mut ProductDocument) -> T) -> T {
        for (at, (variant, row)) in self.document.variants.iter_mut().zip(&self.rows).enumerate() {
            row.read_into(variant, at, manner, &mut Fields::default());
            variant.sku = mark(row.key);
        }
        let done = change(&mut self.document);
        let rows = std::mem::take(&mut self.rows);
        for at in 0..self.document.variants.len() {
            let known = key_of(&self.document.variants[at]);
            self.document.variants[at].sku.clear();
            let row = known.and_then(|key| rows.iter().find(|row| row.key == key)).cloned();
            let row = match row {
                Some(row) => row,
                None => RowDraft::of(self.fresh_key(), &self.document.variants[at], manner),
            };
            self.rows.push(row);
        }
        done
    }

    fn fresh_key(&mut self) -> u32 {
        self.next_key += 1;
        self.next_key
    }
}

fn mark(key: u32) -> String {
    format!("#{key}")
}

fn key_of(variant: &VariantDocument) -> Option<u32> {
    variant.sku.strip_prefix('#').and_then(|key| key.parse().ok())
}

#[cfg(test)]
mod tests;
