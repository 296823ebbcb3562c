//! Products as a file tells them. What it does not speak of is nothing, and stays as it is in the shop.

use chrono::{DateTime, Utc};
use domain::catalog::{Centre, ProductStatus, Sale};
use domain::imports::Trouble;
use domain::locale::{Locale, Translated};
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::text::TaxClassKey;

/// What a reader has to know of the shop.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub(super) currency: Currency,
    /// The language of texts that are in one language only.
    pub(super) locale: Locale,
    /// Minutes east of UTC, for times without a zone.
    pub(super) utc_offset_minutes: i32,
    pub(super) tax_classes: Vec<TaxClassKey>,
}

/// A text in the languages that a file tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) id: Option<String>,
    pub(super) en: Option<String>,
}

/// A product and all its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// Where it begins, and how many rows it has.
    pub(super) line: u32,
    pub(super) rows: u32,
    /// Its address, by which it is found; empty when the file has none.
    pub(super) slug: String,
    pub(super) name: Words,
    pub(super) description: Words,
    pub(super) seo_title: Words,
    pub(super) seo_text: Words,
    pub(super) category: Option<ToldCategory>,
    pub(super) status: Option<ProductStatus>,
    pub(super) publish_at: Option<Option<DateTime<Utc>>>,
    pub(super) tax_class: Option<Option<TaxClassKey>>,
    pub(super) note: Option<String>,
    pub(super) options: Option<Vec<ToldOption>>,
    pub(super) variants: Vec<ToldVariant>,
    pub(super) pictures: Option<Vec<ToldPicture>>,
    pub(super) related: Option<Vec<Reference>>,
    /// What is wrong with its cells by themselves.
    pub(super) troubles: Vec<Trouble>,
}

/// Where a product stands; no category when both are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ToldCategory {
    pub(super) slug: String,
    /// From the top down.
    pub(super) path: Vec<Words>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ToldOption {
    pub(super) name: Words,
    pub(super) values: Vec<ToldValue>,
    /// Whether the file lists all values in their order, and does not only show those of its variants.
    pub(super) is_whole: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ToldValue {
    pub(super) value: Words,
    pub(super) swatch: Option<Option<String>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ToldVariant {
    pub(super) line: u32,
    pub(super) sku: Option<String>,
    /// For each told option, the position of the value.
    pub(super) values: Vec<usize>,
    pub(super) barcode: Option<String>,
    pub(super) price: Option<Money>,
    pub(super) compare_at_price: Option<Option<Money>>,
    pub(super) cost: Option<Option<Money>>,
    pub(super) sale: Option<Option<Sale>>,
    pub(super) weight_grams: Option<u32>,
    pub(super) min_quantity: Option<u32>,
    pub(super) max_quantity: Option<u32>,
    pub(super) low_stock_limit: Option<u32>,
    pub(super) stock: Option<ToldStock>,
    /// The position of the told picture.
    pub(super) picture: Option<Option<usize>>,
}

/// Units on the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ToldStock {
    pub(super) units: u32,
    /// What stood there when the file was written: only the difference counts, so that no sale since is lost.
    pub(super) seen: Option<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ToldPicture {
    pub(super) line: u32,
    /// A key of our store, the name of a file, or an address.
    pub(super) source: String,
    pub(super) alt: Words,
    pub(super) centre: Option<Centre>,
    /// The positions of a told option and of its value.
    pub(super) shows: Option<Option<(usize, usize)>>,
}

/// Another product, as the file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    Slug(String),
    Sku(String),
}

impl Words {
    /// One language.
    pub(super) fn of(locale: Locale, text: impl Into<String>) -> Self {
        match locale {
            Locale::Indonesian => Self { id: Some(text.into()), en: None },
            Locale::English => Self { id: None, en: Some(text.into()) },
        }
    }

    /// The wording in a language, if it is told.
    pub(super) fn wording(&self, locale: Locale) -> Option<&str> {
        match locale {
            Locale::Indonesian => self.id.as_deref(),
            Locale::English => self.en.as_deref(),
        }
    }

    /// Whether any language is told.
    pub(super) fn is_told(&self) -> bool {
        self.id.is_some() || self.en.is_some()
    }

    /// The first wording that is there.
    pub(super) fn any(&self) -> &str {
        let wordings = [self.id.as_deref(), self.en.as_deref()];
        wordings.into_iter().flatten().find(|wording| !wording.is_empty()).unwrap_or_default()
    }

    /// Writes what is told over a text.
    pub(super) fn over(&self, text: &mut Translated) {
        if let Some(wording) = &self.id {
            text.id.clone_from(wording);
        }
        if let Some(wording) = &self.en {
            text.en.clone_from(wording);
        }
    }

    /// The text that it makes by itself.
    pub(super) fn alone(&self) -> Translated {
        let mut text = Translated::default();
        self.over(&mut text);
        text
    }

    /// Whether the text says the same in every language that is told, whatever the case. A language that the text has
    /// not falls back, as it does in the shop.
    pub(super) fn fits(&self, text: &Translated) -> bool {
        let same = |locale: Locale| {
            self.wording(locale).is_none_or(|told| {
                let is_same = |other: &str| told.trim().to_lowercase() == other.trim().to_lowercase();
                is_same(text.wording(locale)) || (!told.is_empty() && is_same(text.get(locale)))
            })
        };
        self.is_told() && Locale::ALL.iter().all(|locale| same(*locale))
    }
}

impl Told {
    /// Notes what is wrong with a cell, or gives what was read of it.
    pub(super) fn take<T>(&mut self, line: u32, column: &str, read: Result<T, Message>) -> Option<T> {
        read.map_err(|message| self.troubles.push(Trouble::new(line, column, message))).ok()
    }

    /// What people call it: for a report.
    pub(super) fn called(&self) -> String {
        let sku = self.variants.iter().find_map(|variant| variant.sku.as_deref()).unwrap_or_default();
        let names = [self.name.any(), self.slug.as_str(), sku];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or_default().to_owned()
    }
}

impl ToldOption {
    /// The position of a value, which is added when it is new.
    pub(super) fn place_of(&mut self, value: Words) -> usize {
        let fits = |known: &ToldValue| value.fits(&known.value.alone());
        self.values.iter().position(fits).unwrap_or_else(|| {
            self.values.push(ToldValue { value, swatch: None });
            self.values.len() - 1
        })
    }
}
