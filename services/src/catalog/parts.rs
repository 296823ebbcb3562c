//! What a product has several of, stored as a document says: options, pictures, variants with their stock, related ones.

use domain::catalog::{OptionId, OptionValueId, ProductDocument, ProductId, SaveProduct, StoredProduct};
use domain::locale::Translated;
use domain::message::Message;
use serde::Serialize;
use sqlx::MySqlConnection;

use super::queries::store::{self as queries, NamedItem, PictureItem};
use super::variants;
use crate::database::StaffWork;
use crate::error::{Error, Result};
use crate::media;

/// The ids of a document's options, and of their values, by their positions.
pub(super) struct Ids {
    options: Vec<OptionId>,
    values: Vec<Vec<OptionValueId>>,
}

impl Ids {
    /// Of the option and the value at those positions.
    pub(super) fn chosen(&self, option: usize, value: usize) -> Result<(OptionId, OptionValueId)> {
        let found = self.options.get(option).zip(self.values.get(option).and_then(|values| values.get(value)));
        found.map(|(option, value)| (*option, *value)).ok_or_else(|| Error::internal("a value has no place"))
    }
}

/// Makes them what the document says; `before` is nothing for a new product. The caller has the product's lock.
pub(super) async fn store(
    work: &mut StaffWork,
    id: ProductId,
    before: Option<&StoredProduct>,
    wanted: &ProductDocument,
    request: &SaveProduct,
) -> Result<()> {
    let nothing = ProductDocument { options: Vec::new(), variants: Vec::new(), ..wanted.clone() };
    let nothing = ProductDocument { pictures: Vec::new(), related: Vec::new(), ..nothing };
    let stored = before.map_or(&nothing, |before| &before.document);
    check_ids(stored, wanted)?;

    let changes = Changes {
        options: stored.options != wanted.options,
        pictures: stored.pictures != wanted.pictures || stored.options != wanted.options,
    };
    if before.is_some() {
        variants::lock(work, id).await?;
    }
    let ids = options(work, id, wanted, changes).await?;
    if changes.pictures {
        pictures(work, id, wanted, &ids, before.is_some()).await?;
    }
    variants::store(work, id, stored, wanted, &ids, changes, request).await?;
    queries::choose_pictures(work, id).await?;
    if before.is_some() && changes.options {
        queries::delete_left_over(work, id).await?;
    }
    if stored.related != wanted.related {
        related(work, id, wanted).await?;
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
fn check_ids(stored: &ProductDocument, wanted: &ProductDocument) -> Result<()> {
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
        let stored = wanted.options.iter().map(|option| {
            let values = option.values.iter().map(|value| value.id).collect::<Option<Vec<_>>>()?;
            Some((option.id?, values))
        });
        let stored = stored.collect::<Option<Vec<_>>>().ok_or_else(|| Error::internal("an option has no id"))?;
        let (options, values) = stored.into_iter().unzip();
        return Ok(Ids { options, values });
    }
    queries::make_room_for_values(work, id).await?;
    queries::make_room_for_options(work, id).await?;
    let items: Vec<NamedItem> = (0..)
        .zip(&wanted.options)
        .map(|(position, option)| item(option.id.map(OptionId::get), None, position, &option.name, None))
        .collect::<Result<_>>()?;
    let (kept, new): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| item.id.is_some());
    if !kept.is_empty() {
        queries::update_options(work, &json(&kept)?).await?;
    }
    if !new.is_empty() {
        queries::insert_options(work, id, &json(&new)?).await?;
    }
    let options = queries::option_ids(work, id).await?;

    let mut items = Vec::new();
    for (option, own) in wanted.options.iter().zip(&options) {
        for (position, value) in (0..).zip(&option.values) {
            let swatch = value.swatch.clone();
            items.push(item(value.id.map(OptionValueId::get), Some(*own), position, &value.value, swatch)?);
        }
    }
    let (kept, new): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| item.id.is_some());
    if !kept.is_empty() {
        queries::update_values(work, &json(&kept)?).await?;
    }
    if !new.is_empty() {
        queries::insert_values(work, &json(&new)?).await?;
    }
    let stored = queries::value_ids(work, id).await?;
    let values = options.iter().map(|option| stored.iter().filter(|(of, _)| of == option).map(|(_, id)| *id).collect());
    Ok(Ids { values: values.collect(), options })
}

fn item(
    id: Option<u64>,
    option: Option<OptionId>,
    position: usize,
    name: &Translated,
    swatch: Option<String>,
) -> Result<NamedItem> {
    Ok(NamedItem { id, option, position, name: json(name)?, swatch })
}

async fn pictures(
    conn: &mut MySqlConnection,
    id: ProductId,
    wanted: &ProductDocument,
    ids: &Ids,
    has_some: bool,
) -> Result<()> {
    if has_some {
        queries::clear_pictures(conn, id).await?;
    }
    if wanted.pictures.is_empty() {
        return Ok(());
    }
    let mut items = Vec::new();
    for (position, picture) in wanted.pictures.iter().enumerate() {
        let known = media::find(conn, &picture.key).await?;
        let unknown = || Error::field(&format!("pictures[{position}].key"), Message::NoSuchPicture);
        let shows = picture.shows.map(|(option, value)| ids.chosen(option, value)).transpose()?;
        items.push(PictureItem {
            position,
            picture: known.ok_or_else(unknown)?,
            alt: json(&picture.alt)?,
            shows: shows.map(|(_, value)| value),
            x: picture.centre.x,
            y: picture.centre.y,
        });
    }
    Ok(queries::insert_pictures(conn, id, &json(&items)?).await?)
}

async fn related(conn: &mut MySqlConnection, id: ProductId, wanted: &ProductDocument) -> Result<()> {
    if let Some(at) = wanted.related.iter().position(|other| *other == id) {
        return Err(Error::field(&format!("related[{at}]"), Message::NotAChoice));
    }
    let stored = queries::replace_related(conn, id, &json(&wanted.related)?).await?;
    if stored == wanted.related.len() as u64 {
        return Ok(());
    }
    Err(Error::field("related", Message::NoSuchProduct))
}

/// A list as a statement reads it.
pub(super) fn json(list: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(list)?)
}
