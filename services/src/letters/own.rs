//! The owner's own words of letters. They are read whenever a letter is written, so that every process writes what was saved
//! last; nothing keeps them in memory.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::About;
use domain::locale::Locale;
use domain::mail::{
    DrawLetter, GetLetterWords, LetterWords, LetterWordsDetail, LetterWordsRow, ListLetterWords, MailKind,
    SaveLetterWords,
};
use domain::message::Message;
use domain::staff::{Permission, Staff};
use tracing::instrument;

use super::queries::own as queries;
use super::source::Source;
use crate::database::transact;
use crate::error::{Error, Result};
use crate::mail::{Composed, Letter};
use crate::{Shop, events, settings};

/// Every kind of letter, and whether its words are the owner's.
pub(crate) async fn list(shop: &Shop, staff: &Staff, request: ListLetterWords) -> Result<Vec<LetterWordsRow>> {
    let ListLetterWords {} = request;
    staff.require(Permission::ChangeSettings)?;
    let stored: HashMap<String, String> = queries::all(&mut *shop.db.acquire().await?).await?.into_iter().collect();
    let settings = settings::get(shop).await?;
    let row = |kind: &MailKind| -> Result<LetterWordsRow> {
        let words = stored.get(kind.as_str()).map(|content| serde_json::from_str::<LetterWords>(content));
        let is_own = words.transpose()?.is_some_and(|words| !words.is_usual());
        Ok(LetterWordsRow { kind: *kind, is_own, is_off: !settings.wants_letter(*kind) })
    };
    MailKind::ALL.iter().map(row).collect()
}

/// The words of a kind of letter, for somebody who may change them.
pub(crate) async fn detail(shop: &Shop, staff: &Staff, request: GetLetterWords) -> Result<LetterWordsDetail> {
    staff.require(Permission::ChangeSettings)?;
    let GetLetterWords { kind } = request;
    let mut conn = shop.db.acquire().await?;
    let stored = queries::words(&mut conn, kind).await?;
    let now = shop.clock.now(&mut conn).await?;
    drop(conn);
    let words = stored.as_ref().map(queries::Stored::read).transpose()?.unwrap_or_default();
    let version = stored.map_or(0, |stored| stored.version);
    Ok(LetterWordsDetail { kind, version, words, usual: usual(shop, kind, now).await? })
}

/// Puts words in the place of those of a version; without any the program speaks again.
///
/// `Invalid` for what such a letter could not say; `Refused(ChangedMeanwhile)` when somebody saved since.
#[instrument(skip_all, fields(letter.kind = %request.kind, staff.id = %staff.id))]
pub(crate) async fn save(shop: &Shop, staff: &Staff, request: SaveLetterWords) -> Result<LetterWordsDetail> {
    let writer = shop.staff(staff, Permission::ChangeSettings)?;
    let kind = request.kind;
    let words = request.words.read(kind).map_err(Error::Invalid)?;
    transact!(writer, |work| {
        let now = work.now();
        let stored = queries::lock(work, kind, now).await?;
        let stored = stored.ok_or_else(|| Error::internal("words that were locked are not there"))?;
        if stored.version != request.version {
            return Err(Error::Refused(Message::ChangedMeanwhile));
        }
        let before = stored.read()?;
        queries::store(work, kind, &serde_json::to_string(&words)?, now).await?;
        events::record(work, &About::Letters.into()).await?;
        let subject = Subject::new(SubjectKind::LetterWords, kind, kind.as_str());
        work.record(AuditAction::SaveLetterWords, &subject, &before, &words).await?;
        Ok(())
    })?;
    detail(shop, staff, GetLetterWords { kind }).await
}

/// A letter about somebody who is nobody, with words that are not saved.
///
/// `Invalid` for what such a letter could not say.
pub async fn draw(shop: &Shop, staff: &Staff, request: DrawLetter) -> Result<Composed> {
    staff.require(Permission::ChangeSettings)?;
    let DrawLetter { kind, locale, words } = request;
    let own = words.read(kind, "").map_err(Error::Invalid)?;
    let source = source(shop).await?;
    let now = shop.clock.now(&mut *shop.db.acquire().await?).await?;
    let letter = Letter { own, ..sample(&source, kind, locale, now)? };
    source.words_of(&letter)
}

/// What the program says, in every language.
async fn usual(shop: &Shop, kind: MailKind, now: DateTime<Utc>) -> Result<LetterWords> {
    let source = source(shop).await?;
    let mut usual = LetterWords::default();
    for locale in Locale::ALL {
        let letter = sample(&source, kind, *locale, now)?;
        *usual.of_mut(*locale) = (source.writer.usual)(&letter).map_err(Error::Internal)?;
    }
    Ok(usual)
}

fn sample(source: &Source, kind: MailKind, locale: Locale, now: DateTime<Utc>) -> Result<Letter> {
    (source.writer.sample)(kind, locale, &source.settings, &source.public_url, now).map_err(Error::Internal)
}

async fn source(shop: &Shop) -> Result<Source> {
    Source::of_shop(shop).await?.ok_or_else(|| Error::internal("nobody writes letters yet"))
}
