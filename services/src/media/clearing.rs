//! Throws away what nothing names: pictures some weeks after the last product, category or order let go of them, and files
//! that a crash left without a row.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::media::PictureId;

use super::{files, queries};
use crate::database::transact;
use crate::error::{Error, Result, counted};
use crate::lead::Fence;

/// How long a picture is kept that nothing names: longer than a change of the desk can be undone.
const KEPT_DAYS: i64 = 35;
/// How long files are kept that no row names: longer than anybody takes from the one to the other.
const STRAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Pictures of one look.
const SOME: u32 = 500;

/// The job: tells how many pictures it threw away.
pub(crate) async fn clear(fence: &Fence) -> Result<u64> {
    note(fence).await?;
    Ok(clear_pictures(fence).await? + clear_strays(fence).await?)
}

/// Begins the time of those that nothing names any more, and ends it for those that something does.
async fn note(fence: &Fence) -> Result<()> {
    transact!(fence, |work| {
        let now = work.now();
        Ok(queries::note_used(work, now).await?)
    })?;
    let mut after = PictureId::new(0);
    while fence.goes_on() {
        let found = queries::newly_unused(&mut *fence.look().await?, after, SOME).await?;
        let Some(last) = found.last() else { break };
        after = *last;
        let found = &found;
        transact!(fence, |work| {
            let now = work.now();
            for id in found {
                queries::note_unused(work, *id, now).await?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

async fn clear_pictures(fence: &Fence) -> Result<u64> {
    let before = fence.began_at() - TimeDelta::days(KEPT_DAYS);
    let mut after = PictureId::new(0);
    let mut gone = 0;
    while fence.goes_on() {
        let found = queries::long_unused(&mut *fence.look().await?, before, after, SOME).await?;
        let Some(last) = found.last() else { break };
        after = last.id;
        for picture in &found {
            gone += counted(clear_one(fence, picture, before).await)?;
        }
    }
    Ok(gone)
}

async fn clear_one(fence: &Fence, picture: &queries::Unused, before: DateTime<Utc>) -> Result<bool> {
    transact!(fence, |work| {
        match queries::delete(work, picture.id, before).await {
            Ok(false) => return Ok(false),
            // Something names it that this slice does not know.
            Err(sqlx::Error::Database(error)) if error.is_foreign_key_violation() => return Ok(false),
            done => done?,
        };
        // Before the commit, while nobody can take the same picture in: its files would be taken from it.
        files::remove(work.shop().picture_dir(), &picture.key, picture.width).await?;
        Ok(true)
    })
}

/// Files are looked at from any place on, so that every one has its turn however many there are.
async fn clear_strays(fence: &Fence) -> Result<u64> {
    let old = files::older_than(fence.picture_dir(), STRAY).await?;
    let mut turns: Vec<_> = old.chunks(SOME as usize).collect();
    let start = rand::random_range(0..turns.len().max(1));
    turns.rotate_left(start);
    let mut gone = 0;
    for some in turns {
        if !fence.goes_on() {
            break;
        }
        let (Some((first, _)), Some((last, _))) = (some.first(), some.last()) else { continue };
        let known: HashSet<String> = queries::keys(&mut *fence.look().await?, first, last).await?.into_iter().collect();
        for (key, names) in some {
            if known.contains(key) {
                files::remove_named(fence.picture_dir(), names.iter().filter(|name| files::is_part(name))).await?;
            } else {
                gone += counted(clear_stray(fence, key, names).await)?;
            }
        }
    }
    Ok(gone)
}

async fn clear_stray(fence: &Fence, key: &str, names: &[String]) -> Result<bool> {
    transact!(fence, |work| {
        let now = work.now();
        // Nobody takes the same picture in until its files are gone.
        if !queries::occupy(work, key, now).await? {
            return Ok(false);
        }
        files::remove_named(work.shop().picture_dir(), names).await?;
        queries::leave(work, key).await?;
        Ok::<_, Error>(true)
    })
}
