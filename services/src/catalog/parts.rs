//! What a product has several of, stored as a document says: options, pictures, variants with their stock, related ones.

use domain::catalog::{
    OptionDocument, OptionId, OptionValueId, ProductDocument, ProductId, SaveProduct, ValueDocument,
};
use domain::message::Message;
use serde::Serialize;
use sqlx::MySqlConnection;

use super::queries::parts::{self as queries, NamedItem, PictureItem, RelatedItem};
use super::variants;
use crate::database::StaffWork;
use crate::error::{Error, Result};
use crate::media;

/// The ids of a document's options, and of their values, by their positions.
#[derive(Default)]
pub(super) struct Ids {
    pub(super) options: Vec<OptionId>,
    pub(super) values: Vec<Vec<OptionValueId>>,
}

impl Ids {
    /// Those of a document that has them all.
    pub(super) fn of(document: &ProductDocument) -> Result<Self> {
        let stored = document.options.iter().map(|option| {
            let values = option.values.iter().map(|value| value.id).collect::<Option<Vec<_>>>()?;
            Some((option.id?, values))
        });
        let stored = stored.collect::<Option<Vec<_>>>().ok_or_else(|| Error::internal("an option has no id"))?;
        let (options, values) = stored.into_iter().unzip();
        Ok(Self { options, values })
    }

    /// Of the option and the value at those positions.
    pub(super) fn chosen(&self, option: usize, value: usize) -> Result<(OptionId, OptionValueId)> {
        let found = self.options.get(option).zip(self.values.get(option).and_then(|values| values.get(value)));
        found.map(|(option, value)| (*option, *value)).ok_or_else(|| Error::internal("a value has no place"))
    }
}

/// Makes those of a stored product what the document says. The caller has the product's lock.
pub(super) async fn store(
    work: &mut StaffWork,
    id: ProductId,
    before: &ProductDocument,
    wanted: &ProductDocument,
    request: &SaveProduct,
) -> Result<()> {
    check_ids(before, wanted)?;
    let changes = Changes {
        options: before.options != wanted.options,
        pictures: before.pictures != wanted.pictures || before.options != wanted.options,
    };
    variants::lock(work, id).await?;
    let ids = options(work, id, wanted, changes).await?;
    if changes.pictures {
        queries::clear_pictures(work, id).await?;
        pictures(work, &[(id, wanted, &ids)]).await?;
    }
    variants::store(work, id, before, wanted, &ids, changes, request).await?;
    queries::choose_pictures(work, &json(&[id])?).await?;
    if changes.options {
        queries::delete_left_over(work, id).await?;
    }
    if before.related != wanted.related {
        queries::clear_related(work, id).await?;
        related(work, &[(id, wanted)]).await?;
    }
    Ok(())
}

/// Which parts are not what they were.
#[derive(Clone, Copy)]
pub(super) struct Changes {
    pub(super) options: bool,
    pub(super) pictures: bool,
}

/// An id that a document brings is one of its product.
pub(super) fn check_ids(stored: &ProductDocument, wanted: &ProductDocument) -> Result<()> {
    for (at, option) in wanted.options.iter().enumerate() {
        let known = stored.options.iter().find(|known| known.id == option.id);
        if option.id.is_some() && known.is_none() {
            return Err(Error::field(&format!("options[{at}].id"), Message::NotAChoice));
        }
        for (place, value) in option.values.iter().enumerate().filter(|(_, value)| value.id.is_some()) {
            let is_known = known.filter(|_| option.id.is_some());
            if !is_known.is_some_and(|known| known.values.iter().any(|other| other.id == value.id)) {
                return Err(Error::field(&format!("options[{at}].values[{place}].id"), Message::NotAChoice));
            }
        }
    }
    for (at, variant) in wanted.variants.iter().enumerate().filter(|(_, variant)| variant.id.is_some()) {
        if !stored.variants.iter().any(|known| known.id == variant.id) {
            return Err(Error::field(&format!("variants[{at}].id"), Message::NotAChoice));
        }
    }
    Ok(())
}

async fn options(work: &mut StaffWork, id: ProductId, wanted: &ProductDocument, changes: Changes) -> Result<Ids> {
    if !changes.options {
        return Ids::of(wanted);
    }
    queries::make_room_for_values(work, id).await?;
    queries::make_room_for_options(work, id).await?;
    let items: Vec<NamedItem> = (0..)
        .zip(&wanted.options)
        .map(|(position, option)| option_item(id, option, position))
        .collect::<Result<_>>()?;
    let (kept, new): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| item.id.is_some());
    if !kept.is_empty() {
        queries::update_options(work, &json(&kept)?).await?;
    }
    if !new.is_empty() {
        queries::insert_options(work, &json(&new)?).await?;
    }
    let own = json(&[id])?;
    let options: Vec<OptionId> = queries::option_ids(work, &own).await?.into_iter().map(|(_, id)| id).collect();

    let mut items = Vec::new();
    for (option, own) in wanted.options.iter().zip(&options) {
        items.extend(value_items(*own, option)?);
    }
    let (kept, new): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| item.id.is_some());
    if !kept.is_empty() {
        queries::update_values(work, &json(&kept)?).await?;
    }
    if !new.is_empty() {
        queries::insert_values(work, &json(&new)?).await?;
    }
    let stored = queries::value_ids(work, &own).await?;
    let values = options.iter().map(|option| stored.iter().filter(|(of, _)| of == option).map(|(_, id)| *id).collect());
    Ok(Ids { values: values.collect(), options })
}

/// An option of a product, as it is to be stored.
pub(super) fn option_item(product: ProductId, option: &OptionDocument, position: usize) -> Result<NamedItem> {
    let (id, name) = (option.id.map(OptionId::get), json(&option.name)?);
    Ok(NamedItem { id, product: Some(product), option: None, position, name, swatch: None })
}

/// The values of an option, as they are to be stored.
pub(super) fn value_items(option: OptionId, document: &OptionDocument) -> Result<Vec<NamedItem>> {
    let item = |(position, value): (usize, &ValueDocument)| {
        let (id, name) = (value.id.map(OptionValueId::get), json(&value.value)?);
        Ok(NamedItem { id, product: None, option: Some(option), position, name, swatch: value.swatch.clone() })
    };
    (0..).zip(&document.values).map(item).collect()
}

/// Gives products that have none the pictures of their documents.
pub(super) async fn pictures(
    conn: &mut MySqlConnection,
    products: &[(ProductId, &ProductDocument, &Ids)],
) -> Result<()> {
    let all = products.iter().flat_map(|(_, wanted, _)| &wanted.pictures);
    let keys: Vec<&str> = all.map(|picture| picture.key.as_str()).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let claimed = media::claim(conn, &keys).await?;
    let mut items = Vec::new();
    for (product, wanted, ids) in products {
        for (position, picture) in wanted.pictures.iter().enumerate() {
            let unknown = || Error::field(&format!("pictures[{position}].key"), Message::NoSuchPicture);
            let shows = picture.shows.map(|(option, value)| ids.chosen(option, value)).transpose()?;
            items.push(PictureItem {
                product: *product,
                position,
                picture: claimed.get(&picture.key).copied().ok_or_else(unknown)?,
                alt: json(&picture.alt)?,
                shows: shows.map(|(_, value)| value),
                x: picture.centre.x,
                y: picture.centre.y,
            });
        }
    }
    Ok(queries::insert_pictures(conn, &json(&items)?).await?)
}

/// Puts others beside products that have none beside them.
pub(super) async fn related(conn: &mut MySqlConnection, products: &[(ProductId, &ProductDocument)]) -> Result<()> {
    let mut items = Vec::new();
    for (product, wanted) in products {
        if let Some(at) = wanted.related.iter().position(|other| other == product) {
            return Err(Error::field(&format!("related[{at}]"), Message::NotAChoice));
        }
        let item =
            |(position, other): (usize, &ProductId)| RelatedItem { product: *product, position, related: *other };
        items.extend(wanted.related.iter().enumerate().map(item));
    }
    if items.is_empty() || queries::insert_related(conn, &json(&items)?).await? == items.len() as u64 {
        return Ok(());
    }
    Err(Error::field("related", Message::NoSuchProduct))
}

/// A list as a statement reads it.
pub(super) fn json(list: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(list)?)
}
