//! The picture store: files beside the database, one per width, named by the picture's key, which is made of its content.
//!
//! The files are written before the row: a crash in between leaves files that nothing names, never a name without files.
//! Whoever throws a picture away has its row first, and so does whoever takes one in (`queries::keep`).

use std::collections::BTreeMap;
use std::thread;

use domain::media::{Centre, Picture, PictureId, PictureNote, TakenPicture, is_key};
use domain::message::Message;
use domain::staff::{Permission, Staff};
use pictures::{Drawn, Head, Trouble};
use sha2::{Digest as _, Sha256};
use sqlx::MySqlConnection;
use tokio::sync::{Semaphore, SemaphorePermit};
use tracing::instrument;

use crate::database::{StaffWriter, transact};
use crate::error::{Error, Result};
use crate::{Shop, secrets};

mod clearing;
mod files;
mod queries;

pub(crate) use clearing::clear;

use queries::Stored;

/// Goes into every key: another one whenever pictures are drawn otherwise, because browsers keep a file for ever.
const EDITION: &[u8] = b"etalase picture 1";
/// The megabytes that all pictures under way may take together.
const ROOM: u32 = 768;
/// Below this width a picture looks blurred on the page of a product.
const SHARP_FROM: u32 = 600;

static UNDER_WAY: Semaphore = Semaphore::const_new(ROOM as usize);

/// Takes a picture into the store, whatever its file is called: JPEG, PNG, GIF or WebP, which only its content tells. It is
/// drawn anew, so that nothing that the file tells besides is kept.
///
/// The same content is the same picture. Needs no transaction and changes no product: nothing names it yet.
///
/// # Errors
/// `Invalid` with a sentence that says what to do, at the field `picture`; `Forbidden`.
#[instrument(skip_all, fields(staff.id = %staff.id, picture.bytes = bytes.len()))]
pub async fn take(shop: &Shop, staff: &Staff, bytes: Vec<u8>) -> Result<TakenPicture> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let (bytes, key, head) = aside(move || {
        let head = pictures::look(&bytes).map_err(refused)?;
        let key = key_of(&bytes);
        Ok((bytes, key, head))
    })
    .await?;
    let is_animated = head.is_animated;
    let stored = match known(&writer, shop, &key).await? {
        Some(stored) => stored,
        None => {
            let room = room(&head).await?;
            let drawn = aside(move || {
                let _room = room;
                pictures::draw(bytes, &head).map_err(troubled)
            })
            .await?;
            keep(&writer, shop, &key, drawn).await?
        }
    };
    Ok(taken(key, stored, is_animated))
}

/// A picture drawn anew in its widest width, as one WebP file, for whoever keeps it elsewhere than in the store.
///
/// # Errors
/// As of [`take`].
pub(crate) async fn redraw(bytes: Vec<u8>) -> Result<Vec<u8>> {
    let (bytes, head) = aside(move || {
        let head = pictures::look(&bytes).map_err(refused)?;
        Ok((bytes, head))
    })
    .await?;
    let room = room(&head).await?;
    let drawn = aside(move || {
        let _room = room;
        pictures::draw(bytes, &head).map_err(troubled)
    })
    .await?;
    let widest = drawn.files.into_iter().max_by_key(|(width, _)| *width);
    widest.map(|(_, file)| file).ok_or_else(|| Error::internal("a picture has no file"))
}

/// Takes a picture that is drawn already into the store, under a name of its own: a readable WebP file for each width of the
/// widest of them.
#[instrument(skip_all, fields(picture.key = key))]
pub async fn adopt(shop: &Shop, staff: &Staff, key: &str, files: &[(u32, &[u8])]) -> Result<()> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    if !is_key(key) {
        return Err(Error::field("key", Message::NotASlug));
    }
    let files = files.iter().map(|(width, bytes)| (*width, bytes.to_vec())).collect();
    let drawn = aside(move || pictures::adopt(files).map_err(troubled)).await?;
    keep(&writer, shop, key, drawn).await.map(drop)
}

/// The id of a picture in the store.
pub(crate) async fn find(conn: &mut MySqlConnection, key: &str) -> Result<Option<PictureId>> {
    Ok(queries::by_key(conn, key).await?)
}

/// The ids of the pictures of those keys that are in the store, for whoever is about to name them in the same unit of work: until
/// it ends, nobody throws one away.
pub(crate) async fn claim(conn: &mut MySqlConnection, keys: &[&str]) -> Result<BTreeMap<String, PictureId>> {
    let mut ascending = keys.to_vec();
    ascending.sort_unstable();
    ascending.dedup();
    let mut found = BTreeMap::new();
    for key in ascending {
        if queries::claim(conn, key).await?
            && let Some(id) = queries::by_key(conn, key).await?
        {
            found.insert(key.to_owned(), id);
        }
    }
    Ok(found)
}

/// What was taken in before, when all of it is still there.
async fn known(writer: &StaffWriter<'_>, shop: &Shop, key: &str) -> Result<Option<Stored>> {
    if find(&mut *shop.db.acquire().await?, key).await?.is_none() {
        return Ok(None);
    }
    transact!(writer, |work| {
        let now = work.now();
        queries::want(work, key, now).await?;
        let stored = queries::stored(work, key).await?;
        // The row is ours by now, so that nobody throws its files away.
        Ok(match stored {
            Some(stored) if files::are_there(shop.picture_dir(), key, stored.width).await => Some(stored),
            _ => None,
        })
    })
}

/// Writes the files, then the row.
async fn keep(writer: &StaffWriter<'_>, shop: &Shop, key: &str, drawn: Drawn) -> Result<Stored> {
    let dir = shop.picture_dir();
    let Drawn { width, height, placeholder, files } = drawn;
    let files = files::write(dir, key, files).await?;
    let row = queries::NewPicture { key, width, height, placeholder: &placeholder };
    let (row, files) = (&row, &files);
    transact!(writer, |work| {
        let now = work.now();
        queries::keep(work, row, now).await?;
        // Whoever threw this picture away a moment ago took the files that were just written with it.
        if !files::are_there(dir, key, width).await {
            files::write_shared(dir, key, files).await?;
        }
        queries::stored(work, key).await?.ok_or_else(|| Error::internal("a picture was not kept"))
    })
}

/// Waits until there is room for reading the picture: for as many at once as there are processors, and for fewer large ones.
async fn room(head: &Head) -> Result<SemaphorePermit<'static>> {
    let processors = u32::try_from(thread::available_parallelism().map_or(1, usize::from)).unwrap_or(1);
    let megabytes = u32::try_from(head.memory.div_ceil(1 << 20)).unwrap_or(ROOM);
    UNDER_WAY.acquire_many(megabytes.max(ROOM / processors).clamp(1, ROOM)).await.map_err(Error::internal)
}

/// Does work that takes a processor, or the disk, for itself. A reader that gives up on a hostile file is no failure of ours.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|gave_up| {
        tracing::error!(%gave_up, "a picture was too much for its reader");
        Err(refused(Message::BrokenPicture))
    })
}

fn troubled(trouble: Trouble) -> Error {
    match trouble {
        Trouble::Refused(why) => refused(why),
        failure @ Trouble::Failed(_) => Error::internal(failure),
    }
}

fn refused(why: Message) -> Error {
    Error::field("picture", why)
}

/// The name of a content: a hundred and twenty-eight bits of its print.
fn key_of(bytes: &[u8]) -> String {
    let print = Sha256::new().chain_update(EDITION).chain_update(bytes).finalize();
    secrets::hex(&print[..16])
}

fn taken(key: String, stored: Stored, is_animated: bool) -> TakenPicture {
    let Stored { id, width, height, placeholder } = stored;
    let mut notes = Vec::new();
    if is_animated {
        notes.push(PictureNote::FirstFrameOnly);
    }
    if width < SHARP_FROM {
        notes.push(PictureNote::LooksBlurred { width });
    }
    let picture =
        Picture { key, alt: domain::locale::Translated::default(), width, height, placeholder, centre: Centre::MIDDLE };
    TakenPicture { id, picture, notes }
}
