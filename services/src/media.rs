//! The picture store: files beside the database, one per width, named by the picture's key.

use std::path::Path;

use domain::media::{PictureId, WIDTHS, file_name};
use domain::message::Message;
use domain::staff::{Permission, Staff};
use image::{ImageFormat, ImageReader};
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::Shop;
use crate::database::transact;
use crate::error::{Error, Result};

mod queries;

/// The most bytes of one file.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// The most pixels a side.
const MOST_PIXELS: u32 = 4_000;

/// Takes a picture into the store: a readable WebP file for each of the kept widths.
///
/// The files are written first; a crash in between leaves files that nothing names, never a name without files.
#[instrument(skip_all, fields(picture.key = key))]
pub async fn adopt(shop: &Shop, staff: &Staff, key: &str, files: &[(u32, &[u8])]) -> Result<()> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    if key.is_empty()
        || key.len() > 96
        || !key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        return Err(Error::field("key", Message::NotASlug));
    }
    for width in WIDTHS {
        let Some((_, bytes)) = files.iter().find(|(given, _)| *given == width) else {
            return Err(Error::field("picture", Message::UnreadablePicture));
        };
        check(bytes, width)?;
    }

    tokio::fs::create_dir_all(shop.picture_dir()).await.map_err(Error::internal)?;
    for (width, bytes) in files.iter().filter(|(width, _)| WIDTHS.contains(width)) {
        write_whole(&shop.picture_dir().join(file_name(key, *width)), bytes).await?;
    }

    transact!(writer, |work| {
        let now = work.now();
        Ok(queries::insert(work, key, now).await?)
    })
}

/// The id of a picture in the store.
pub(crate) async fn find(conn: &mut MySqlConnection, key: &str) -> Result<Option<PictureId>> {
    Ok(queries::by_key(conn, key).await?)
}

/// Reads only the head of the file: a bomb is refused before anything is unpacked.
fn check(bytes: &[u8], width: u32) -> Result<()> {
    let unreadable = || Error::field("picture", Message::UnreadablePicture);
    if bytes.len() > MOST_BYTES {
        let most_megabytes = (MOST_BYTES / 1024 / 1024) as u64;
        return Err(Error::field("picture", Message::PictureTooLarge { most_megabytes, most_pixels: MOST_PIXELS }));
    }
    let reader = ImageReader::with_format(std::io::Cursor::new(bytes), ImageFormat::WebP);
    let (actual, height) = reader.into_dimensions().map_err(|_| unreadable())?;
    if actual == width && (1..=MOST_PIXELS).contains(&height) { Ok(()) } else { Err(unreadable()) }
}

/// Writes beside, then renames, so that a reader never meets half a file.
async fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = path.with_extension("part");
    tokio::fs::write(&beside, bytes).await.map_err(Error::internal)?;
    tokio::fs::rename(&beside, path).await.map_err(Error::internal)
}
