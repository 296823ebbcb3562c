//! All products as a file of our own form.

use std::collections::HashMap;

use domain::catalog::{ListCategories, ProductId};
use domain::staff::{Permission, Staff};
use tracing::instrument;

use super::own::write::{self, Exported};
use super::queries;
use crate::error::{Error, Result};
use crate::{Shop, catalog, settings};

/// How many products are looked up at once.
const AT_ONCE: u32 = 200;
/// By this mark spreadsheets know UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Gives every product to `write`, piece by piece; tells how many there were. What `write` refuses ends it.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn export(
    shop: &Shop,
    staff: &Staff,
    mut write: impl FnMut(&[u8]) -> std::io::Result<()> + Send,
) -> Result<u32> {
    staff.require(Permission::ChangeCatalog)?;
    let currency = settings::get(shop).await?.currency;
    let tree = catalog::categories_of_desk(shop, staff, ListCategories {}).await?;
    let mut slugs: HashMap<ProductId, String> = HashMap::new();
    write(MARK).map_err(Error::internal)?;
    write(&lines(&[write::header()])?).map_err(Error::internal)?;
    let (mut last, mut count) = (ProductId::new(0), 0);
    loop {
        let page = queries::after(&mut *shop.db.acquire().await?, last, AT_ONCE).await?;
        let Some((end, _)) = page.last() else { return Ok(count) };
        last = *end;
        slugs.extend(page.iter().cloned());
        let ids: Vec<ProductId> = page.iter().map(|(id, _)| *id).collect();
        let mut found = catalog::edited_all(shop, staff, &ids).await?;
        for id in ids {
            // One that was deleted since the page was read is not there.
            let Some(stored) = found.remove(&id) else { continue };
            let mut related = Vec::new();
            for other in &stored.document.related {
                if !slugs.contains_key(other)
                    && let Some(slug) = queries::slug_of(&mut *shop.db.acquire().await?, *other).await?
                {
                    slugs.insert(*other, slug);
                }
                related.extend(slugs.get(other).cloned());
            }
            let category = stored.document.category.map(|id| tree.path(id));
            let category = category.as_ref().and_then(|path| {
                let own = path.last()?;
                Some((own.slug.as_str(), path.iter().map(|row| &row.name).collect()))
            });
            let exported = Exported {
                document: &stored.document,
                category,
                related: related.iter().map(String::as_str).collect(),
                on_hand: stored.stock.iter().map(|stock| stock.on_hand).collect(),
            };
            write(&lines(&write::rows(&exported, currency))?).map_err(Error::internal)?;
            count += 1;
        }
    }
}

fn lines<R: AsRef<[C]>, C: AsRef<str>>(rows: &[R]) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.as_ref().iter().map(AsRef::as_ref)).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|error| Error::internal(error.to_string()))
}
