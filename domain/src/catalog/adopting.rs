//! A document that brings no ids, such as a file's, is of the product that is stored: what is called the same is the same.

use std::collections::HashSet;
use std::hash::Hash;

use super::document::ProductDocument;
use crate::locale::Translated;

impl ProductDocument {
    /// The document with the ids of what is stored: options and values by their names, variants by their SKUs, or by what
    /// they chose where no SKU says otherwise. What has an id keeps it, and none is given twice.
    #[must_use]
    pub fn adopting(mut self, stored: &Self) -> Self {
        let claimed = self.options.iter().filter_map(|option| option.id).collect();
        let mut options = Claims(claimed);
        for option in &mut self.options {
            if option.id.is_none() {
                let known = stored.options.iter().filter(|known| is_alike(&known.name, &option.name));
                option.id = options.claim(known.filter_map(|known| known.id));
            }
            let Some(known) = stored.options.iter().find(|known| known.id.is_some() && known.id == option.id) else {
                continue;
            };
            let mut values = Claims(option.values.iter().filter_map(|value| value.id).collect());
            for value in option.values.iter_mut().filter(|value| value.id.is_none()) {
                let alike = known.values.iter().filter(|known| is_alike(&known.value, &value.value));
                value.id = values.claim(alike.filter_map(|known| known.id));
            }
        }
        let mut variants = Claims(self.variants.iter().filter_map(|variant| variant.id).collect());
        for variant in self.variants.iter_mut().filter(|variant| variant.id.is_none() && !variant.sku.is_empty()) {
            let known = stored.variants.iter().filter(|known| known.sku == variant.sku);
            variant.id = variants.claim(known.filter_map(|known| known.id));
        }
        for at in 0..self.variants.len() {
            if self.variants[at].id.is_none() && self.variants[at].sku.is_empty() {
                let chosen = self.chosen(at);
                let known = (0..stored.variants.len()).filter(|known| stored.chosen(*known) == chosen);
                let found = variants.claim(known.filter_map(|known| stored.variants[known].id));
                let sku = stored.variants.iter().find(|known| known.id == found && found.is_some());
                self.variants[at].sku = sku.map(|known| known.sku.clone()).unwrap_or_default();
                self.variants[at].id = found;
            }
        }
        self
    }

    /// What a variant chose, by the ids of options and values.
    fn chosen(&self, variant: usize) -> Vec<(Option<u64>, Option<u64>)> {
        let values = self.variants[variant].values.iter().zip(&self.options);
        let mut chosen: Vec<_> = values
            .map(|(at, option)| {
                let value = option.values.get(*at).and_then(|value| value.id);
                (option.id.map(|id| id.get()), value.map(|id| id.get()))
            })
            .collect();
        chosen.sort_unstable();
        chosen
    }
}

/// Ids that somebody has already.
struct Claims<T>(HashSet<T>);

impl<T: Copy + Eq + Hash> Claims<T> {
    /// The first that nobody has; it is taken from then on.
    fn claim(&mut self, mut ids: impl Iterator<Item = T>) -> Option<T> {
        ids.find(|id| self.0.insert(*id))
    }
}

/// Whether two names are one in a language in which both say something.
fn is_alike(one: &Translated, other: &Translated) -> bool {
    one.each().zip(other.each()).any(|(one, other)| !one.is_empty() && one.to_lowercase() == other.to_lowercase())
}

#[cfg(test)]
mod tests {
    use crate::catalog::document::{OptionDocument, ProductDocument, ValueDocument};
    use crate::id::{OptionId, OptionValueId, VariantId};
    use crate::locale::Translated;
    use crate::money::Money;

    fn shirt(is_stored: bool) -> ProductDocument {
        let id = |number: u64| is_stored.then_some(number);
        let value = |number, text: &str| ValueDocument {
            id: id(number).map(OptionValueId::new),
            value: Translated::same(text),
            swatch: None,
        };
        let mut shirt = ProductDocument::draft(Translated::same("Kemeja"), Money::minor(1));
        shirt.options = vec![OptionDocument {
            id: id(3).map(OptionId::new),
            name: Translated::same("Ukuran"),
            values: vec![value(4, "S"), value(5, "M")],
        }];
        shirt.variants[0].values = vec![0];
        shirt.generate().unwrap();
        for (variant, (number, sku)) in shirt.variants.iter_mut().zip([(17, "K-S"), (18, "K-M")]) {
            variant.id = id(number).map(VariantId::new);
            variant.sku = sku.to_owned();
        }
        shirt
    }

    #[test]
    fn what_is_called_the_same_is_the_same() {
        assert_eq!(shirt(false).adopting(&shirt(true)), shirt(true));
        let mut other = shirt(false);
        other.options[0].name = Translated { id: "UKURAN".to_owned(), en: "Size".to_owned() };
        other.move_value(0, 0, 1);
        other.variants[0].sku.clear();
        let adopted = other.adopting(&shirt(true));
        assert_eq!(adopted.options[0].id, shirt(true).options[0].id);
        let mut variants: Vec<_> = adopted.variants.iter().map(|v| (v.id.unwrap().get(), v.sku.as_str())).collect();
        variants.sort_unstable();
        assert_eq!(variants, [(17, "K-S"), (18, "K-M")]);
    }

    #[test]
    fn another_sku_is_another_variant() {
        let mut other = shirt(false);
        other.variants[1].sku = "NEW".to_owned();
        let ids: Vec<_> = other.adopting(&shirt(true)).variants.iter().map(|variant| variant.id).collect();
        assert_eq!(ids, [Some(VariantId::new(17)), None]);
    }
}
