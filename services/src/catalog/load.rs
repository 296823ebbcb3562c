//! A stored product as a document.

use std::collections::HashMap;

use domain::catalog::{
    Centre, GetProduct, OptionDocument, OptionValueId, PictureDocument, ProductDocument, ProductId, Sale,
    StoredProduct, ValueDocument, VariantDocument,
};
use domain::inventory::Stock;
use domain::media::Picture;
use domain::message::Message;
use domain::staff::{Permission, Staff};
use sqlx::MySqlConnection;

use super::queries::document::{self as queries, PictureRow, RelatedRow, ValueRow, VariantRow, WholeRow};
use crate::error::{Error, Result};
use crate::{Shop, settings};

/// A product as staff edit it.
pub async fn edited(shop: &Shop, staff: &Staff, request: GetProduct) -> Result<StoredProduct> {
    staff.require(Permission::ViewStock)?;
    let mut conn = shop.db.acquire().await?;
    of_one_moment(&mut conn, &[request.product_id]).await?.pop().ok_or(Error::NotFound(Message::NoSuchProduct))
}

/// The same for those of the products that are there.
pub(crate) async fn edited_all(
    shop: &Shop,
    staff: &Staff,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, StoredProduct>> {
    staff.require(Permission::ViewStock)?;
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = of_one_moment(&mut *shop.db.acquire().await?, ids).await?;
    Ok(found.into_iter().map(|stored| (stored.product_id, stored)).collect())
}

/// Those of the products that are there, each of one version: where somebody saves while the parts are read, one after the
/// other, they are read once more. Who has the lock of a product needs none of this.
async fn of_one_moment(conn: &mut MySqlConnection, ids: &[ProductId]) -> Result<Vec<StoredProduct>> {
    let list = serde_json::to_string(ids)?;
    let mut before = None;
    loop {
        let found = many(conn, ids).await;
        let after = queries::versions(conn, &list).await?;
        let read = |found: &[StoredProduct]| found.iter().map(|stored| (stored.product_id, stored.version)).collect();
        // Parts that do not fit together have no version: they are at fault only when nobody saved meanwhile.
        let read: Option<Vec<(ProductId, u64)>> = found.as_ref().map_or(before, |found| Some(read(found)));
        if read.as_ref() == Some(&after) {
            return found;
        }
        before = Some(after);
    }
}

/// The product as it is stored now, in the eyes of this connection.
pub(super) async fn stored(conn: &mut MySqlConnection, id: ProductId) -> Result<StoredProduct> {
    many(conn, &[id]).await?.pop().ok_or(Error::NotFound(Message::NoSuchProduct))
}

/// Those of the products that are there, by ascending ids: as many statements as for one.
pub(super) async fn many(conn: &mut MySqlConnection, ids: &[ProductId]) -> Result<Vec<StoredProduct>> {
    let ids = serde_json::to_string(ids)?;
    let rows = queries::whole(conn, &ids).await?;
    let mut values = by_product(queries::values(conn, &ids).await?, |row| row.product);
    let mut variants = by_product(queries::variants(conn, &ids).await?, |row| row.product);
    let mut pictures = by_product(queries::pictures(conn, &ids).await?, |row| row.product);
    let mut related = by_product(queries::related(conn, &ids).await?, |row| row.product);
    let mut parts = |id| Parts {
        values: values.remove(&id).unwrap_or_default(),
        variants: variants.remove(&id).unwrap_or_default(),
        pictures: pictures.remove(&id).unwrap_or_default(),
        related: related.remove(&id).unwrap_or_default(),
    };
    rows.into_iter().map(|row| put_together(parts(row.id), row)).collect()
}

/// What a product has several of.
struct Parts {
    values: Vec<ValueRow>,
    variants: Vec<VariantRow>,
    pictures: Vec<PictureRow>,
    related: Vec<RelatedRow>,
}

fn by_product<Row>(rows: Vec<Row>, product: impl Fn(&Row) -> ProductId) -> HashMap<ProductId, Vec<Row>> {
    let mut found: HashMap<ProductId, Vec<Row>> = HashMap::new();
    for row in rows {
        found.entry(product(&row)).or_default().push(row);
    }
    found
}

fn put_together(parts: Parts, row: WholeRow) -> Result<StoredProduct> {
    let Parts { values, variants, pictures, related } = parts;
    let places = places(&values);
    let stock = variants.iter().map(counters).collect::<Result<_>>()?;
    let document = ProductDocument {
        slug: row.slug,
        name: row.name,
        description: row.description,
        category: row.category_id,
        status: row.status,
        publish_at: row.publish_at,
        tax_class: settings::tax_class_of(row.tax_class)?,
        seo_title: row.seo_title,
        seo_text: row.seo_text,
        note: row.staff_note.unwrap_or_default(),
        options: options(values),
        variants: variants.into_iter().map(|row| variant(row, &places)).collect::<Result<_>>()?,
        pictures: pictures.iter().map(|row| picture(row, &places)).collect(),
        related: related.iter().map(|row| row.id).collect(),
    };
    Ok(StoredProduct {
        product_id: row.id,
        version: row.version,
        document,
        stock,
        pictures: pictures.into_iter().map(kept).collect(),
        related: related.into_iter().map(|row| row.name).collect(),
        is_sold: row.is_sold,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

/// Where each value stands: the position of its option, and its own in it.
type Places = HashMap<OptionValueId, (usize, usize)>;

fn places(values: &[ValueRow]) -> Places {
    let mut places = Places::new();
    let (mut option, mut value) = (0, 0);
    for (at, row) in values.iter().enumerate() {
        if at > 0 {
            let is_next = values[at - 1].option != row.option;
            (option, value) = if is_next { (option + 1, 0) } else { (option, value + 1) };
        }
        places.insert(row.id, (option, value));
    }
    places
}

/// The values under their options; both come in their order.
fn options(values: Vec<ValueRow>) -> Vec<OptionDocument> {
    let mut options: Vec<OptionDocument> = Vec::new();
    for row in values {
        if options.last().is_none_or(|option| option.id != Some(row.option)) {
            options.push(OptionDocument { id: Some(row.option), name: row.name, values: Vec::new() });
        }
        if let Some(option) = options.last_mut() {
            option.values.push(ValueDocument { id: Some(row.id), value: row.value, swatch: row.swatch });
        }
    }
    options
}

fn variant(row: VariantRow, places: &Places) -> Result<VariantDocument> {
    let mut chosen = Vec::new();
    for id in row.choice.split('-').filter(|id| !id.is_empty()) {
        let value = id.parse::<OptionValueId>().map_err(Error::internal)?;
        chosen.push(*places.get(&value).ok_or_else(|| Error::internal(format!("no value {value}")))?);
    }
    chosen.sort_unstable();
    let sale = row.sale.map(|price| Sale { price, from: row.sale_from, until: row.sale_until });
    Ok(VariantDocument {
        id: Some(row.id),
        values: chosen.into_iter().map(|(_, value)| value).collect(),
        sku: row.sku,
        barcode: row.barcode.unwrap_or_default(),
        price: row.price,
        compare_at_price: row.compare_at,
        cost: row.cost,
        sale,
        weight_grams: row.weight_grams,
        min_quantity: row.min_quantity,
        max_quantity: row.max_quantity,
        low_stock_limit: row.low_stock_limit,
        picture: row.chosen_picture.map(usize::try_from).transpose().map_err(Error::internal)?,
    })
}

fn counters(row: &VariantRow) -> Result<Stock> {
    Ok(Stock {
        on_hand: u32::try_from(row.on_hand).map_err(Error::internal)?,
        reserved: u32::try_from(row.reserved).map_err(Error::internal)?,
        low_stock_limit: row.low_stock_limit,
    })
}

fn picture(row: &PictureRow, places: &Places) -> PictureDocument {
    PictureDocument {
        key: row.key.clone(),
        alt: row.alt.clone(),
        centre: Centre { x: row.centre_x, y: row.centre_y },
        shows: row.shows.and_then(|value| places.get(&value).copied()),
    }
}

/// The picture as the store has it.
fn kept(row: PictureRow) -> Picture {
    let centre = Centre { x: row.centre_x, y: row.centre_y };
    let PictureRow { key, alt, width, height, placeholder, .. } = row;
    Picture { key, alt, width, height, placeholder, centre }
}
