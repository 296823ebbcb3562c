//! What a product of a file names, found in the shop: itself, its category, its pictures and the goods beside it.

use std::collections::{HashMap, HashSet};

use domain::catalog::{CategoryId, CategoryTree, ChangeId, ListCategories, ProductId, SaveCategory};
use domain::imports::{MissingPicture, Trouble};
use domain::locale::Translated;
use domain::message::Message;
use domain::staff::Staff;
use domain::text::{Sku, Slug};

use super::goods::{Reference, Told, ToldCategory, ToldPicture};
use super::pictures::Pictures;
use super::queries::{self, SkuRow};
use crate::error::{Error, Result};
use crate::{Shop, catalog, media};

/// Looks things up, and remembers them for the rest of the file.
pub(super) struct Finder<'a> {
    shop: &'a Shop,
    staff: &'a Staff,
    pictures: Pictures<'a>,
    /// What notes the categories that are made; without it nothing is written, no category made and no picture taken in.
    change: Option<ChangeId>,
    tree: CategoryTree,
    keys: HashMap<String, std::result::Result<String, Message>>,
    missing: Vec<MissingPicture>,
}

/// What the shop has of what some products of a file name.
#[derive(Default)]
pub(super) struct Known {
    slugs: HashMap<String, ProductId>,
    old_slugs: HashMap<String, ProductId>,
    skus: HashMap<String, SkuRow>,
}

impl Known {
    /// How many of the first of them are about different things. What names something that an earlier one is about is looked
    /// up when that one is in.
    pub(super) fn apart(&self, some: &[Told]) -> usize {
        self.apart_from((&[], &Self::default()), some)
    }

    /// The same, when those before, of which that was known, are not in yet either.
    pub(super) fn apart_from(&self, before: (&[Told], &Self), some: &[Told]) -> usize {
        let mut met = Met::default();
        let (before, known) = before;
        before.iter().for_each(|told| met.add(told, known));
        for (at, told) in some.iter().enumerate() {
            if met.is_awaited_by(told, self) {
                return at;
            }
            met.add(told, self);
        }
        some.len()
    }

    fn product(&self, name: &Name) -> Option<ProductId> {
        match name {
            Name::Address(slug) => self.slugs.get(slug).or_else(|| self.old_slugs.get(slug)).copied(),
            Name::Sku(sku) => self.skus.get(sku).map(|row| row.product),
        }
    }
}

/// What products are about that may not be in yet.
#[derive(Default)]
struct Met {
    names: HashSet<Name>,
    ids: HashSet<ProductId>,
}

impl Met {
    fn add(&mut self, told: &Told, known: &Known) {
        for name in own_names(told) {
            self.ids.extend(known.product(&name));
            self.names.insert(name);
        }
    }

    fn is_awaited_by(&self, told: &Told, known: &Known) -> bool {
        let is_met = |name: &Name| known.product(name).is_some_and(|id| self.ids.contains(&id));
        own_names(told).any(|name| self.names.contains(&name) || is_met(&name))
            || names_beside(told).any(|name| self.names.contains(&name))
    }
}

/// By what a product is found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Name {
    Address(String),
    Sku(String),
}

impl Name {
    fn is_address(&self) -> bool {
        matches!(self, Self::Address(_))
    }

    fn text(&self) -> &str {
        let (Self::Address(text) | Self::Sku(text)) = self;
        text
    }
}

/// Everything by which a product of a file may be found, or will be.
fn own_names(told: &Told) -> impl Iterator<Item = Name> {
    let address = Some(told.slug.clone()).filter(|slug| !slug.is_empty()).or_else(|| named_alike(told));
    let skus = told.variants.iter().filter_map(|variant| variant.sku.as_deref().and_then(sku_of));
    address.into_iter().map(Name::Address).chain(skus.map(Name::Sku))
}

/// The goods beside it.
fn names_beside(told: &Told) -> impl Iterator<Item = Name> {
    told.related.iter().flatten().filter_map(name_of)
}

fn name_of(reference: &Reference) -> Option<Name> {
    match reference {
        Reference::Slug(slug) => Slug::parse(slug).ok().map(|slug| Name::Address(slug.into())),
        Reference::Sku(sku) => sku_of(sku).map(Name::Sku),
    }
}

fn sku_of(sku: &str) -> Option<String> {
    Sku::typed(sku).ok().map(String::from)
}

/// The address that a product without one would have by its name.
fn named_alike(told: &Told) -> Option<String> {
    let name = told.name.alone();
    (told.slug.is_empty() && !name.is_blank()).then(|| domain::catalog::suggest::slug_of(&name))
}

/// Where a product is, and what it is to be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub(super) id: ProductId,
    pub(super) slug: Option<&'a str>,
}

/// Where a product stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shelf {
    Untold,
    Told(Option<CategoryId>),
    /// It would be made: by name.
    New(Translated),
}

impl<'a> Finder<'a> {
    pub(super) async fn of(
        shop: &'a Shop,
        staff: &'a Staff,
        pictures: Pictures<'a>,
        change: Option<ChangeId>,
    ) -> Result<Self> {
        let tree = catalog::categories_of_desk(shop, staff, ListCategories {}).await?;
        Ok(Self { shop, staff, pictures, change, tree, keys: HashMap::new(), missing: Vec::new() })
    }

    /// What the shop has of all that these products name: three questions, for however many products.
    pub(super) async fn known(&self, some: &[Told]) -> Result<Known> {
        let (slugs, skus): (HashSet<Name>, HashSet<Name>) =
            some.iter().flat_map(|told| own_names(told).chain(names_beside(told))).partition(Name::is_address);
        let list = |names: &HashSet<Name>| serde_json::to_string(&names.iter().map(Name::text).collect::<Vec<_>>());
        let (slugs, skus) = (list(&slugs)?, list(&skus)?);
        let mut conn = self.shop.db.acquire().await?;
        Ok(Known {
            slugs: queries::by_slugs(&mut conn, &slugs).await?.into_iter().collect(),
            old_slugs: queries::by_old_slugs(&mut conn, &slugs).await?.into_iter().collect(),
            skus: queries::skus(&mut conn, &skus).await?.into_iter().map(|row| (row.sku.clone(), row)).collect(),
        })
    }

    /// The product of that address or else of those SKUs; troubles when they are of others.
    pub(super) fn product<'told>(
        &self,
        told: &'told Told,
        known: &Known,
        renames: bool,
        column: &str,
    ) -> std::result::Result<Option<Found<'told>>, Vec<Trouble>> {
        let found = known.slugs.get(&told.slug).or_else(|| known.old_slugs.get(&told.slug)).copied();
        let told_skus: Vec<(u32, String)> = told
            .variants
            .iter()
            .filter_map(|variant| Some((variant.line, variant.sku.as_deref().and_then(sku_of)?)))
            .collect();
        let rows: Vec<&SkuRow> = told_skus.iter().filter_map(|(_, sku)| known.skus.get(sku)).collect();
        let by_address = found.is_some();
        let id = found.or_else(|| rows.first().map(|row| row.product));
        let mut troubles = Vec::new();
        for row in rows.iter().filter(|row| Some(row.product) != id) {
            let line = told_skus.iter().find(|(_, sku)| *sku == row.sku).map_or(told.line, |(line, _)| *line);
            let name = row.name.get(self.staff.locale).to_owned();
            troubles.push(Trouble::new(line, column, Message::SkuInOtherProduct { name }));
        }
        if !troubles.is_empty() {
            return Err(troubles);
        }
        let slug = Some(told.slug.as_str()).filter(|slug| renames && !by_address && !slug.is_empty());
        if let Some(id) = id {
            return Ok(Some(Found { id, slug }));
        }
        // Without an address and a known SKU, the name is all there is.
        let id = named_alike(told).filter(|_| told_skus.is_empty()).and_then(|slug| known.slugs.get(&slug).copied());
        Ok(id.map(|id| Found { id, slug: None }))
    }

    /// The category, which is made where there is none.
    pub(super) async fn category(
        &mut self,
        told: Option<&ToldCategory>,
    ) -> Result<std::result::Result<Shelf, Message>> {
        let Some(told) = told else { return Ok(Ok(Shelf::Untold)) };
        if told.slug.is_empty() && told.path.is_empty() {
            return Ok(Ok(Shelf::Told(None)));
        }
        if let Some(row) = self.tree.0.iter().find(|row| row.slug == told.slug) {
            return Ok(Ok(Shelf::Told(Some(row.id))));
        }
        if told.path.is_empty() {
            return Ok(Err(Message::NoSuchCategory));
        }
        if told.path.len() > domain::catalog::MOST_LEVELS {
            return Ok(Err(Message::CategoryTooDeep { most: domain::catalog::MOST_LEVELS }));
        }
        let mut parent = None;
        for (at, name) in told.path.iter().enumerate() {
            let is_it = |row: &&domain::catalog::CategoryRow| row.parent_id == parent && name.fits(&row.name);
            if let Some(row) = self.tree.0.iter().find(is_it) {
                parent = Some(row.id);
                continue;
            }
            let Some(change) = self.change else {
                return Ok(Ok(Shelf::New(told.path.last().map(|name| name.alone()).unwrap_or_default())));
            };
            let is_last = at + 1 == told.path.len();
            let slug = Slug::parse(&told.slug).ok().filter(|_| is_last).map(String::from).unwrap_or_default();
            let request = SaveCategory {
                category_id: None,
                version: 0,
                parent_id: parent,
                slug,
                name: name.alone(),
                picture: None,
            };
            match catalog::save_category(self.shop, self.staff, request).await {
                Ok(row) => {
                    catalog::note_category(self.shop, self.staff, change, row.id).await?;
                    parent = Some(row.id);
                }
                Err(error @ Error::Invalid(_)) => {
                    let message = error.fields().first().map(|problem| problem.message.clone());
                    return Ok(Err(message.unwrap_or(Message::InvalidInput)));
                }
                Err(error) => return Err(error),
            }
            self.tree = catalog::categories_of_desk(self.shop, self.staff, ListCategories {}).await?;
        }
        Ok(Ok(Shelf::Told(parent)))
    }

    /// For each told picture its key in the store; nothing for one that is not there.
    pub(super) async fn pictures(&mut self, told: &[ToldPicture]) -> Result<Vec<Option<String>>> {
        let mut keys = Vec::with_capacity(told.len());
        for picture in told {
            if !self.keys.contains_key(&picture.source) {
                let found = self.picture(&picture.source).await?;
                self.keys.insert(picture.source.clone(), found);
            }
            match self.keys.get(&picture.source) {
                Some(Ok(key)) => keys.push(Some(key.clone())),
                Some(Err(why)) => {
                    let missing = MissingPicture { line: picture.line, name: picture.source.clone(), why: why.clone() };
                    if !self.missing.contains(&missing) {
                        self.missing.push(missing);
                    }
                    keys.push(None);
                }
                None => keys.push(None),
            }
        }
        Ok(keys)
    }

    async fn picture(&self, source: &str) -> Result<std::result::Result<String, Message>> {
        let is_key = source.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if is_key && media::find(&mut *self.shop.db.acquire().await?, source).await?.is_some() {
            return Ok(Ok(source.to_owned()));
        }
        let is_address = source.starts_with("http://") || source.starts_with("https://");
        // What lies beside the file is not fetched.
        let found = match self.pictures.files.map(|files| (files, files.find(source))) {
            Some((files, Ok(Some(found)))) => Some((files.clone(), found)),
            Some((_, Err(message))) => return Ok(Err(message)),
            Some((_, Ok(None))) | None if is_address => None,
            Some((_, Ok(None))) | None => return Ok(Err(Message::PictureNotThere)),
        };
        if self.change.is_none() {
            let looked = if found.is_some() { Ok(()) } else { self.pictures.fetcher.look_at(source).map(drop) };
            return Ok(looked.map(|()| source.to_owned()));
        }
        let bytes = match found {
            Some((files, found)) => {
                tokio::task::spawn_blocking(move || files.read(found)).await.map_err(Error::internal)?
            }
            None => self.pictures.fetcher.picture(source).await,
        };
        match bytes {
            Ok(bytes) => super::intake::take(self.shop, self.staff, bytes).await,
            Err(message) => Ok(Err(message)),
        }
    }

    /// Where the goods are that are shown beside one; nothing for one that is not there yet.
    pub(super) fn related(references: &[Reference], known: &Known) -> Vec<Option<ProductId>> {
        let found = |reference: &Reference| match name_of(reference)? {
            Name::Address(slug) => known.slugs.get(&slug).copied(),
            Name::Sku(sku) => known.skus.get(&sku).map(|row| row.product),
        };
        references.iter().map(found).collect()
    }

    /// The pictures that were not found, in the order of the file.
    pub(super) fn into_missing(self) -> Vec<MissingPicture> {
        self.missing
    }
}
