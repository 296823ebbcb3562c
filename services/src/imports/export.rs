//! Products as a file of our own form: all of them, or those that a list has found.

use std::collections::{HashMap, HashSet};

use domain::catalog::{CategoryTree, ListCategories, ListGoods, ProductId, Selection, StoredProduct};
use domain::imports::ExportWhat;
use domain::money::Currency;
use domain::staff::{Permission, Staff};
use tracing::instrument;

use super::own::write::{self, Exported};
use super::queries;
use crate::error::{Error, Result};
use crate::{Shop, catalog, settings};

/// How many products are looked up at once.
const AT_ONCE: u32 = 200;
/// By this mark spreadsheets know UTF-8.
pub(super) const MARK: &[u8] = "\u{feff}".as_bytes();

/// Gives products to `write`, piece by piece; tells how many there were. What `write` refuses ends it.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn export(
    shop: &Shop,
    staff: &Staff,
    what: ExportWhat,
    mut write: impl FnMut(&[u8]) -> std::io::Result<()> + Send,
) -> Result<u32> {
    staff.require(Permission::ChangeCatalog)?;
    let currency = settings::get(shop).await?.currency;
    let tree = catalog::categories_of_desk(shop, staff, ListCategories {}).await?;
    let mut writer = Writer { shop, staff, currency, tree, slugs: HashMap::new() };
    let mut next = Some(Place::of(what));
    let mut count = 0;
    write(MARK).map_err(Error::internal)?;
    write(&lines(&[write::header()])?).map_err(Error::internal)?;
    while let Some(place) = next {
        let (page, following) = writer.page(place).await?;
        for some in page.chunks(AT_ONCE as usize) {
            let mut found = catalog::edited_all(shop, staff, some).await?;
            for id in some {
                // One that was deleted since the page was read is not there.
                let Some(stored) = found.remove(id) else { continue };
                write(&lines(&writer.rows(&stored).await?)?).map_err(Error::internal)?;
                count += 1;
            }
        }
        next = following;
    }
    Ok(count)
}

/// Where the next products come from.
enum Place {
    /// Those that were made after that one.
    After(ProductId),
    Found {
        list: Box<ListGoods>,
        except: HashSet<ProductId>,
    },
    These(Vec<ProductId>),
}

impl Place {
    fn of(what: ExportWhat) -> Self {
        match what {
            ExportWhat::All => Self::After(ProductId::new(0)),
            ExportWhat::Chosen(chosen) => match *chosen {
                Selection::Ids(ids) => Self::These(ids),
                Selection::Found { list, except } => {
                    let list = Box::new(ListGoods { after: None, ..list });
                    Self::Found { list, except: except.into_iter().collect() }
                }
            },
        }
    }
}

struct Writer<'a> {
    shop: &'a Shop,
    staff: &'a Staff,
    currency: Currency,
    tree: CategoryTree,
    slugs: HashMap<ProductId, String>,
}

impl Writer<'_> {
    /// Some products, and where those after them are.
    async fn page(&mut self, place: Place) -> Result<(Vec<ProductId>, Option<Place>)> {
        match place {
            Place::These(ids) => Ok((ids, None)),
            Place::After(last) => {
                let page = queries::after(&mut *self.shop.db.acquire().await?, last, AT_ONCE).await?;
                let next = page.last().map(|(last, _)| Place::After(*last));
                let ids = page.iter().map(|(id, _)| *id).collect();
                self.slugs.extend(page);
                Ok((ids, next))
            }
            Place::Found { list, except } => {
                let page = catalog::goods(self.shop, self.staff, (*list).clone()).await?;
                let ids = page.rows.into_iter().map(|row| row.id).filter(|id| !except.contains(id)).collect();
                let next = page.next.map(|after| {
                    let list = Box::new(ListGoods { after: Some(after), ..*list });
                    Place::Found { list, except }
                });
                Ok((ids, next))
            }
        }
    }

    /// The rows of a product.
    async fn rows(&mut self, stored: &StoredProduct) -> Result<Vec<Vec<String>>> {
        let mut related = Vec::new();
        for other in &stored.document.related {
            if !self.slugs.contains_key(other)
                && let Some(slug) = queries::slug_of(&mut *self.shop.db.acquire().await?, *other).await?
            {
                self.slugs.insert(*other, slug);
            }
            related.extend(self.slugs.get(other).cloned());
        }
        let category = stored.document.category.map(|id| self.tree.path(id));
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
        Ok(write::rows(&exported, self.currency))
    }
}

pub(super) fn lines<R: AsRef<[C]>, C: AsRef<str>>(rows: &[R]) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.as_ref().iter().map(AsRef::as_ref)).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|error| Error::internal(error.to_string()))
}
