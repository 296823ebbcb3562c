//! A product as staff edit it, whole: what the desk, an import, an export, a conflict and an undo all speak of.
//!
//! Within a document things are named by their positions, so that a new product needs no ids; what is stored already
//! brings its id, and keeps it through every change of names, order and price.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ProductStatus;
use crate::id::{CategoryId, OptionId, OptionValueId, ProductId, VariantId};
use crate::locale::{Locale, Translated};
use crate::money::Money;
use crate::text::TaxClassKey;

/// Everything that staff edit of a product. Stock is not part of it: it only moves, through the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductDocument {
    /// Its address; empty for one made of the name.
    #[serde(default)]
    pub slug: String,
    /// In at least one language; the other falls back to it.
    pub name: Translated,
    /// In Markdown.
    #[serde(default)]
    pub description: Translated,
    #[serde(default)]
    pub category: Option<CategoryId>,
    pub status: ProductStatus,
    /// An active product is in the shop from then on; nothing for at once.
    #[serde(default)]
    pub publish_at: Option<DateTime<Utc>>,
    /// Nothing for the default class.
    #[serde(default)]
    pub tax_class: Option<TaxClassKey>,
    /// What search engines show; empty for the name and the description.
    #[serde(default)]
    pub seo_title: Translated,
    #[serde(default)]
    pub seo_text: Translated,
    /// What staff should know of it. No shopper is shown it.
    #[serde(default)]
    pub note: String,
    /// What a buyer chooses; none for a product of one variant.
    #[serde(default)]
    pub options: Vec<OptionDocument>,
    /// At least one.
    pub variants: Vec<VariantDocument>,
    /// The first is the product's face.
    #[serde(default)]
    pub pictures: Vec<PictureDocument>,
    /// Other products that are shown beside it, in their order.
    #[serde(default)]
    pub related: Vec<ProductId>,
}

/// Something that a buyer chooses, such as the colour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionDocument {
    #[serde(default)]
    pub id: Option<OptionId>,
    pub name: Translated,
    /// In the order in which they are offered.
    pub values: Vec<ValueDocument>,
}

/// One choice of an option.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueDocument {
    #[serde(default)]
    pub id: Option<OptionValueId>,
    pub value: Translated,
    /// The colour of its swatch, `#rrggbb`.
    #[serde(default)]
    pub swatch: Option<String>,
}

/// A variant: the thing that is priced, in stock and sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariantDocument {
    #[serde(default)]
    pub id: Option<VariantId>,
    /// For each option, the position of the chosen value.
    #[serde(default)]
    pub values: Vec<usize>,
    /// Empty for one made of the name and the options.
    #[serde(default)]
    pub sku: String,
    /// A GTIN, or a code of the shop's own; empty for none.
    #[serde(default)]
    pub barcode: String,
    pub price: Money,
    /// The former price, above the price.
    #[serde(default)]
    pub compare_at_price: Option<Money>,
    /// What one unit costs the shop. No shopper is shown it.
    #[serde(default)]
    pub cost: Option<Money>,
    #[serde(default)]
    pub sale: Option<Sale>,
    #[serde(default)]
    pub weight_grams: u32,
    /// The fewest and the most units of it in one order.
    #[serde(default = "one")]
    pub min_quantity: u32,
    #[serde(default = "usual_most")]
    pub max_quantity: u32,
    /// At or below this many available units the owner is warned.
    #[serde(default = "usual_warning")]
    pub low_stock_limit: u32,
    /// The position of the picture that was chosen for it; nothing for the first one of its values.
    #[serde(default)]
    pub picture: Option<usize>,
}

/// A lower price for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sale {
    /// Below the price.
    pub price: Money,
    /// From that instant on; nothing for at once.
    #[serde(default)]
    pub from: Option<DateTime<Utc>>,
    /// Until just before that instant; nothing for no end.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
}

impl Sale {
    /// Whether it is on at that instant.
    pub fn is_on(&self, now: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

/// A picture of a product, already in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureDocument {
    /// Its name in the store.
    pub key: String,
    /// What it shows, for those who do not see it.
    #[serde(default)]
    pub alt: Translated,
    #[serde(default)]
    pub centre: Centre,
    /// The positions of an option and of its value that the picture shows.
    #[serde(default)]
    pub shows: Option<(usize, usize)>,
}

/// What stays in sight when a picture is cut: per mille of its width and height, from the left and from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Centre {
    pub x: u16,
    pub y: u16,
}

impl Centre {
    /// The most that each may be.
    pub const MOST: u16 = 1000;
}

impl Default for Centre {
    fn default() -> Self {
        Self { x: 500, y: 500 }
    }
}

const fn one() -> u32 {
    1
}

const fn usual_most() -> u32 {
    20
}

const fn usual_warning() -> u32 {
    3
}

impl ProductDocument {
    /// The most options of a product.
    pub const MOST_OPTIONS: usize = 3;
    /// The most values of an option.
    pub const MOST_VALUES: usize = 100;
    /// The most variants of a product.
    pub const MOST_VARIANTS: usize = 250;
    /// The most pictures of a product.
    pub const MOST_PICTURES: usize = 20;
    /// The most products that are shown beside one.
    pub const MOST_RELATED: usize = 12;
    /// The most characters of a name in one language.
    pub const MOST_NAME: usize = 200;
    /// The most characters of a description in one language.
    pub const MOST_DESCRIPTION: usize = 20_000;
    /// The most characters of an option's name, and of a value.
    pub const MOST_OPTION_NAME: usize = 60;
    /// The most characters of a title for search engines in one language.
    pub const MOST_SEO_TITLE: usize = 120;
    /// The most characters of a text for search engines in one language.
    pub const MOST_SEO_TEXT: usize = 320;
    /// The most characters of an alternative text in one language.
    pub const MOST_ALT: usize = 250;
    /// The most grams of a variant.
    pub const MOST_GRAMS: u32 = 1_000_000;

    /// A draft of that name with one variant at that price.
    pub fn draft(name: Translated, price: Money) -> Self {
        Self {
            slug: String::new(),
            name,
            description: Translated::default(),
            category: None,
            status: ProductStatus::Draft,
            publish_at: None,
            tax_class: None,
            seo_title: Translated::default(),
            seo_text: Translated::default(),
            note: String::new(),
            options: Vec::new(),
            variants: vec![VariantDocument::at(price)],
            pictures: Vec::new(),
            related: Vec::new(),
        }
    }

    /// A variant's options as people read them in each language: `Indigo / M`; empty when there are none.
    pub fn options_text(&self, variant: &VariantDocument) -> Translated {
        Translated::of(|locale| self.options_in(variant, locale))
    }

    fn options_in(&self, variant: &VariantDocument, locale: Locale) -> String {
        let chosen = variant.values.iter().zip(&self.options).filter_map(|(at, option)| option.values.get(*at));
        chosen.map(|value| value.value.get(locale)).collect::<Vec<_>>().join(" / ")
    }

    /// The lowest price of its variants, without sales.
    pub fn from_price(&self) -> Money {
        self.variants.iter().map(|variant| variant.price).min().unwrap_or_default()
    }
}

impl VariantDocument {
    /// A variant that nothing is known of but its price.
    pub fn at(price: Money) -> Self {
        Self {
            id: None,
            values: Vec::new(),
            sku: String::new(),
            barcode: String::new(),
            price,
            compare_at_price: None,
            cost: None,
            sale: None,
            weight_grams: 0,
            min_quantity: one(),
            max_quantity: usual_most(),
            low_stock_limit: usual_warning(),
            picture: None,
        }
    }
}
