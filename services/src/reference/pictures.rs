//! Pictures of goods, from the folder where the former shop kept them.

use std::path::Path;

use domain::catalog::{Centre, GetProduct, PictureDocument, ProductDocument, ProductId, SaveProduct};
use domain::locale::Translated;
use domain::reference::{Finding, FormerKind, Outcome};
use domain::staff::Permission;

use super::goods::{Goods, saved};
use super::run::{Run, remember, why};
use crate::database::transact;
use crate::error::Result;
use crate::{catalog, media};

/// The most bytes of a file.
const MOST_BYTES: u64 = 20 << 20;

/// Gives every product that has none its pictures, the main one first. Without a folder they can be brought later.
pub(super) async fn bring(run: &mut Run<'_>, goods: &Goods) -> Result<()> {
    let which = FormerKind::Picture;
    let mut left = 0;
    for product in goods.products().iter().filter(|product| !product.pictures.is_empty()) {
        let item = ("picture", product.item().1);
        if run.known.contains_key(&item) {
            product.pictures.iter().for_each(|_| run.report.count(which, Outcome::Known));
            continue;
        }
        let Some(folder) = run.pictures else {
            left += product.pictures.len();
            continue;
        };
        let mut keys = Vec::new();
        for file in &product.pictures {
            match file_in(folder, file).await {
                Some(_) if run.is_check => run.report.count(which, Outcome::Brought),
                Some(bytes) => match media::take(run.shop, run.staff, bytes).await.map_err(why) {
                    Ok(taken) => keys.push(taken.picture.key),
                    Err(why) => run.refused(which, file, Finding::PictureRefused { file: file.clone(), why: why? }),
                },
                None => run.refused(which, file, Finding::PictureMissing { file: file.clone() }),
            }
        }
        let Some(id) = run.here(product.item()).filter(|_| !keys.is_empty()) else { continue };
        let alt = Translated::same(product.name());
        let stored = catalog::edited(run.shop, run.staff, GetProduct { product_id: ProductId::new(id) }).await?;
        // A product that shows something already keeps it.
        let request = stored.document.pictures.is_empty().then(|| {
            let shown = |key: &String| PictureDocument {
                key: key.clone(),
                alt: alt.clone(),
                centre: Centre::default(),
                shows: None,
            };
            let pictures = keys.iter().map(shown).collect();
            let document = ProductDocument { pictures, ..stored.document.clone() };
            SaveProduct { product_id: Some(stored.product_id), version: stored.version, ..SaveProduct::new(document) }
        });
        let writer = run.shop.staff(run.staff, Permission::ChangeCatalog)?;
        let done = transact!(writer, |work| {
            if let Some(request) = &request {
                saved(catalog::save_within(work, request, None).await?)?;
            }
            remember(work, item, id).await?;
            Ok(id)
        });
        match done {
            Ok(id) => {
                run.known.insert(item, id);
                keys.iter().for_each(|_| run.report.count(which, Outcome::Brought));
            }
            Err(error) => {
                let why = why(error)?;
                run.refused(which, product.item().1, Finding::Says { why });
            }
        }
    }
    if left > 0 {
        run.left_out(which, "--pictures", Finding::NoPictureFolder { count: left });
    }
    Ok(())
}

/// The content of a file of the folder, by the last part of its name alone: no name leads out of the folder.
async fn file_in(folder: &Path, name: &str) -> Option<Vec<u8>> {
    let name = name.rsplit(['/', '\\']).next().filter(|name| !name.is_empty() && !name.starts_with('.'))?;
    let path = folder.join(name);
    let about = tokio::fs::metadata(&path).await.ok().filter(std::fs::Metadata::is_file)?;
    if about.len() > MOST_BYTES {
        // It is read as far as the store needs to say that it is too large.
        return Some(vec![0; usize::try_from(MOST_BYTES).ok()? + 1]);
    }
    tokio::fs::read(&path).await.ok()
}
