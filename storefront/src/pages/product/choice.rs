//! Which variant a buyer means: from the values that they chose to the one variant that has them all.

use domain::catalog::{OptionId, OptionValueId, ProductDetail, ProductOption, Variant, VariantId};

/// One value, or none yet, for each option of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    values: Vec<Option<OptionValueId>>,
}

/// Why no variant can be told from a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unclear {
    /// This option has no value yet.
    Missing(ProductOption),
    /// No variant has these values together.
    NoSuch,
}

impl Choice {
    /// What a page shows at first: the values of the named variant; or else only what can be chosen without asking,
    /// which is a single value, and a colour, because a wrong colour is seen and a wrong size is not.
    pub(crate) fn opening(product: &ProductDetail, named: Option<VariantId>) -> Self {
        if let Some(variant) = named.and_then(|id| product.variants.iter().find(|variant| variant.id == id)) {
            return Self { values: variant.values.iter().copied().map(Some).collect() };
        }
        let best = product.variants.iter().find(|variant| variant.limit() > 0).or(product.variants.first());
        let opening = |(place, option): (usize, &ProductOption)| {
            let is_plain = option.values.len() == 1 || option.values.iter().any(|value| value.swatch.is_some());
            best.filter(|_| is_plain).and_then(|variant| variant.values.get(place).copied())
        };
        Self { values: product.options.iter().enumerate().map(opening).collect() }
    }

    /// What a form sent: pairs of an option and a value. Values of other products count as not chosen.
    pub(crate) fn posted<'a>(product: &ProductDetail, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let pairs: Vec<(OptionId, OptionValueId)> =
            pairs.filter_map(|(option, value)| Some((option.parse().ok()?, value.parse().ok()?))).collect();
        let chosen = |option: &ProductOption| {
            let sent = pairs.iter().find(|(id, _)| *id == option.id).map(|(_, value)| *value);
            sent.filter(|sent| option.values.iter().any(|value| value.id == *sent))
        };
        Self { values: product.options.iter().map(chosen).collect() }
    }

    /// The variant that has all chosen values.
    pub(crate) fn variant<'a>(&self, product: &'a ProductDetail) -> Result<&'a Variant, Unclear> {
        let missing = self.values.iter().zip(&product.options).find(|(value, _)| value.is_none());
        if let Some((_, option)) = missing {
            return Err(Unclear::Missing(option.clone()));
        }
        let is_meant = |variant: &&Variant| variant.values.iter().copied().map(Some).eq(self.values.iter().copied());
        product.variants.iter().find(is_meant).ok_or(Unclear::NoSuch)
    }

    /// Whether a value is chosen.
    pub(crate) fn has(&self, value: OptionValueId) -> bool {
        self.values.contains(&Some(value))
    }
}

/// Whether no variant with this value can be bought now.
pub(crate) fn is_sold_out(product: &ProductDetail, value: OptionValueId) -> bool {
    !product.variants.iter().any(|variant| variant.limit() > 0 && variant.values.contains(&value))
}

#[cfg(test)]
mod tests {
    use domain::catalog::{OptionId, OptionValue, OptionValueId, ProductDetail, ProductId, ProductOption, Variant};
    use domain::id::VariantId;
    use domain::locale::Translated;
    use domain::money::Money;

    use super::{Choice, Unclear, is_sold_out};

    fn value(id: u64, swatch: Option<&str>) -> OptionValue {
        OptionValue { id: OptionValueId::new(id), value: Translated::default(), swatch: swatch.map(str::to_owned) }
    }

    fn variant(id: u64, values: &[u64], available: u32) -> Variant {
        Variant {
            id: VariantId::new(id),
            sku: format!("SKU-{id}"),
            values: values.iter().copied().map(OptionValueId::new).collect(),
            price: Money::minor(100_000),
            compare_at_price: None,
            sale_until: None,
            picture: None,
            weight_grams: 200,
            available,
            min_quantity: 1,
            max_quantity: 20,
        }
    }

    /// Two colours (11 and 12) and two sizes (21 and 22); there is no 12 in 22, and 11 in 21 is sold out.
    fn shirt() -> ProductDetail {
        let option = |id, values| ProductOption { id: OptionId::new(id), name: Translated::default(), values };
        ProductDetail {
            id: ProductId::new(1),
            slug: "kemeja".to_owned(),
            name: Translated::default(),
            description: Translated::default(),
            seo_title: Translated::default(),
            seo_text: Translated::default(),
            category: Translated::default(),
            category_slug: "atasan".to_owned(),
            pictures: Vec::new(),
            options: vec![
                option(1, vec![value(11, Some("#ffffff")), value(12, Some("#000000"))]),
                option(2, vec![value(21, None), value(22, None)]),
            ],
            variants: vec![variant(1, &[11, 21], 0), variant(2, &[11, 22], 3), variant(3, &[12, 21], 1)],
            rating: None,
        }
    }

    fn posted(pairs: &[(&str, &str)]) -> Choice {
        Choice::posted(&shirt(), pairs.iter().copied())
    }

    #[test]
    fn a_full_choice_names_its_variant_in_any_order() {
        let shirt = shirt();
        assert_eq!(posted(&[("2", "22"), ("1", "11")]).variant(&shirt).unwrap().id, VariantId::new(2));
        assert_eq!(posted(&[("1", "12"), ("2", "22")]).variant(&shirt), Err(Unclear::NoSuch));
    }

    #[test]
    fn a_half_choice_asks_for_the_rest() {
        let shirt = shirt();
        let missing = Err(Unclear::Missing(shirt.options[1].clone()));
        assert_eq!(posted(&[("1", "11")]).variant(&shirt), missing);
        for odd in ["11", "999", "", "<b>", "-1"] {
            assert_eq!(posted(&[("1", "11"), ("2", odd)]).variant(&shirt), missing, "{odd}");
        }
    }

    #[test]
    fn a_page_opens_with_a_colour_that_can_be_bought_and_no_size() {
        let shirt = shirt();
        let opening = Choice::opening(&shirt, None);
        assert!(opening.has(OptionValueId::new(11)));
        assert_eq!(opening.variant(&shirt), Err(Unclear::Missing(shirt.options[1].clone())));
        assert_eq!(Choice::opening(&shirt, Some(VariantId::new(3))).variant(&shirt).unwrap().id, VariantId::new(3));
        assert_eq!(Choice::opening(&shirt, Some(VariantId::new(99))), opening);
    }

    #[test]
    fn a_product_without_options_needs_no_choice() {
        let cap = ProductDetail { options: Vec::new(), variants: vec![variant(9, &[], 5)], ..shirt() };
        assert_eq!(Choice::opening(&cap, None).variant(&cap).unwrap().id, VariantId::new(9));
    }

    #[test]
    fn a_value_is_sold_out_when_nothing_with_it_is_left() {
        let mut shirt = shirt();
        assert!(!is_sold_out(&shirt, OptionValueId::new(21)));
        shirt.variants[2].min_quantity = 2;
        assert!(is_sold_out(&shirt, OptionValueId::new(21)), "fewer are left than one order must have");
        shirt.variants[2] = variant(3, &[12, 21], 0);
        assert!(is_sold_out(&shirt, OptionValueId::new(21)));
    }
}
