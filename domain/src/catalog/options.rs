//! Changes of a document's options that keep what exists: a variant that still fits stays the one that it was.

use std::collections::HashSet;

use super::document::{OptionDocument, PictureDocument, ProductDocument, ValueDocument, VariantDocument};
use crate::message::Message;

impl ProductDocument {
    /// Adds an option behind the others. Every variant gets its first value, so that a product of one variant becomes one
    /// with a choice and its variant keeps id, SKU and stock. An option without values gets none until it has one.
    pub fn add_option(&mut self, option: OptionDocument) {
        self.options.push(option);
        for variant in &mut self.variants {
            variant.values.push(0);
        }
    }

    /// Takes an option away. Of the variants that are alike without it the first stays, and the others are given back,
    /// with the position of the one that stays: whoever saves says where their stock goes.
    pub fn remove_option(&mut self, at: usize) -> Vec<(VariantDocument, usize)> {
        if at >= self.options.len() {
            return Vec::new();
        }
        self.options.remove(at);
        for variant in &mut self.variants {
            if at < variant.values.len() {
                variant.values.remove(at);
            }
        }
        for picture in &mut self.pictures {
            picture.shows = match picture.shows {
                Some((option, _)) if option == at => None,
                Some((option, value)) if option > at => Some((option - 1, value)),
                shows => shows,
            };
        }
        let mut kept: Vec<VariantDocument> = Vec::with_capacity(self.variants.len());
        let mut alike = Vec::new();
        for variant in std::mem::take(&mut self.variants) {
            match kept.iter().position(|other| other.values == variant.values) {
                Some(stays) => alike.push((variant, stays)),
                None => kept.push(variant),
            }
        }
        self.variants = kept;
        alike
    }

    /// Adds a value behind the others of an option. It has no variants yet.
    pub fn add_value(&mut self, option: usize, value: ValueDocument) {
        if let Some(option) = self.options.get_mut(option) {
            option.values.push(value);
        }
    }

    /// Takes a value away, and gives back the variants that chose it.
    pub fn remove_value(&mut self, option: usize, at: usize) -> Vec<VariantDocument> {
        let Some(values) = self.options.get_mut(option).map(|option| &mut option.values) else { return Vec::new() };
        if at >= values.len() {
            return Vec::new();
        }
        values.remove(at);
        let chose = |variant: &VariantDocument| variant.values.get(option) == Some(&at);
        let (gone, kept) = std::mem::take(&mut self.variants).into_iter().partition(chose);
        self.variants = kept;
        self.renumber(option, |value| if value > at { value - 1 } else { value });
        for picture in &mut self.pictures {
            picture.shows = match picture.shows {
                Some((of, value)) if of == option && value == at => None,
                Some((of, value)) if of == option && value > at => Some((of, value - 1)),
                shows => shows,
            };
        }
        gone
    }

    /// Moves a value of an option to another place among them.
    pub fn move_value(&mut self, option: usize, from: usize, to: usize) {
        let Some(values) = self.options.get_mut(option).map(|option| &mut option.values) else { return };
        if from >= values.len() || to >= values.len() {
            return;
        }
        let value = values.remove(from);
        values.insert(to, value);
        let places = moved(from, to);
        self.renumber(option, &places);
        for picture in &mut self.pictures {
            picture.shows = picture.shows.map(|(of, value)| (of, if of == option { places(value) } else { value }));
        }
    }

    /// Moves an option to another place among them.
    pub fn move_option(&mut self, from: usize, to: usize) {
        if from >= self.options.len() || to >= self.options.len() {
            return;
        }
        let option = self.options.remove(from);
        self.options.insert(to, option);
        for variant in &mut self.variants {
            if from < variant.values.len() && to < variant.values.len() {
                let value = variant.values.remove(from);
                variant.values.insert(to, value);
            }
        }
        let places = moved(from, to);
        for picture in &mut self.pictures {
            picture.shows = picture.shows.map(|(option, value)| (places(option), value));
        }
    }

    /// Puts a picture behind the others. The same one stands once, and no more than there may be.
    pub fn add_picture(&mut self, picture: PictureDocument) {
        let is_known = self.pictures.iter().any(|known| known.key == picture.key);
        if !is_known && self.pictures.len() < Self::MOST_PICTURES {
            self.pictures.push(picture);
        }
    }

    /// Moves a picture to another place; the first is the product's face.
    pub fn move_picture(&mut self, from: usize, to: usize) {
        if from >= self.pictures.len() || to >= self.pictures.len() {
            return;
        }
        let picture = self.pictures.remove(from);
        self.pictures.insert(to, picture);
        let places = moved(from, to);
        for variant in &mut self.variants {
            variant.picture = variant.picture.map(&places);
        }
    }

    /// Takes a picture away.
    pub fn remove_picture(&mut self, at: usize) {
        if at >= self.pictures.len() {
            return;
        }
        self.pictures.remove(at);
        for variant in &mut self.variants {
            variant.picture = match variant.picture {
                Some(picture) if picture == at => None,
                Some(picture) if picture > at => Some(picture - 1),
                picture => picture,
            };
        }
    }

    /// Makes a variant for every combination of values that has none, in the order of the options; those that exist stay
    /// as they are. A new one costs and weighs what the nearest does: the one with most values in common.
    ///
    /// # Errors
    /// When there would be more than [`ProductDocument::MOST_VARIANTS`]; then nothing is changed.
    pub fn generate(&mut self) -> Result<(), Message> {
        let sizes: Vec<usize> = self.options.iter().map(|option| option.values.len()).collect();
        let most = Self::MOST_VARIANTS;
        let combinations = sizes.iter().try_fold(1_usize, |count, size| count.checked_mul(*size));
        let combinations = combinations.filter(|count| *count <= most).ok_or(Message::TooMany { most })?;
        let chosen: HashSet<&[usize]> = self.variants.iter().map(|variant| variant.values.as_slice()).collect();
        let missing: Vec<Vec<usize>> = (0..combinations)
            .map(|number| digits(number, &sizes))
            .filter(|values| !chosen.contains(&**values))
            .collect();
        if self.variants.len() + missing.len() > most {
            return Err(Message::TooMany { most });
        }
        let made: Vec<VariantDocument> = missing.into_iter().map(|values| self.like_the_nearest(values)).collect();
        self.variants.extend(made);
        // What fits stands in the options' order; what does not, behind it, for a person to see.
        self.variants.sort_by_key(|variant| (variant.values.len() != sizes.len(), variant.values.clone()));
        Ok(())
    }

    fn like_the_nearest(&self, values: Vec<usize>) -> VariantDocument {
        let in_common = |variant: &&VariantDocument| variant.values.iter().zip(&values).filter(|(a, b)| a == b).count();
        // The first of the nearest: `max_by_key` would give the last.
        let nearest = self.variants.iter().rev().max_by_key(in_common);
        let model = nearest.cloned().unwrap_or_else(|| VariantDocument::at(crate::money::Money::ZERO));
        VariantDocument { id: None, values, sku: String::new(), barcode: String::new(), picture: None, ..model }
    }

    fn renumber(&mut self, option: usize, place: impl Fn(usize) -> usize) {
        for variant in &mut self.variants {
            if let Some(value) = variant.values.get_mut(option) {
                *value = place(*value);
            }
        }
    }
}

/// Where each stands after the one at `from` went to `to`.
fn moved(from: usize, to: usize) -> impl Fn(usize) -> usize {
    move |at| {
        if at == from {
            to
        } else if from < at && at <= to {
            at - 1
        } else if to <= at && at < from {
            at + 1
        } else {
            at
        }
    }
}

/// The number written in places of those sizes, the last changing fastest.
fn digits(number: usize, sizes: &[usize]) -> Vec<usize> {
    let mut rest = number;
    let mut values = vec![0; sizes.len()];
    for (value, size) in values.iter_mut().zip(sizes).rev() {
        *value = rest % size;
        rest /= size;
    }
    values
}

#[cfg(test)]
#[path = "options/tests.rs"]
mod tests;
